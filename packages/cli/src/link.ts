/** `entente link`: invite, accept, confirm, freeze, list; for an administrator of a running node. */
import { readFileSync, writeFileSync } from 'node:fs'
import { links } from '#api/links.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Client } from './client.ts'
import { COMMAND, Stop, say, sentence } from './say.ts'

export async function link(client: Client, args: readonly string[]): Promise<void> {
  const [verb, first, ...rest] = args
  if (verb === 'invite') return invite(client, first)
  if (verb === 'accept' && first !== undefined) return accept(client, first)
  if (verb === 'confirm' && first !== undefined) return confirm(client, first, rest.join(' '))
  if (verb === 'freeze' && first !== undefined) return freeze(client, first)
  if (verb === 'list') return list(client)
  throw new Stop(
    'Use one of: link invite [FILE], link accept FILE, link confirm NATION FINGERPRINT, link freeze NATION, link list.',
  )
}

async function invite(client: Client, file: string | undefined): Promise<void> {
  const reply = await client.call(links.ownCard, {})
  if (isRefusal(reply)) throw new Stop(sentence(reply))
  if (file === undefined) return say(reply.invitation)
  writeFileSync(file, reply.invitation)
  say(
    `The card of ${reply.nation} is in ${file}. It holds no secret. Give it to the partner, and accept theirs.`,
  )
}

async function accept(client: Client, file: string): Promise<void> {
  const reply = await client.call(links.acceptInvitation, { invitation: readCard(file) })
  if (isRefusal(reply))
    throw new Stop(`${sentence(reply)}\n${file} is not the card of another nation's node.`)
  say(`Fingerprint of the link with ${reply.partner}:\n\n    ${reply.fingerprint}\n`)
  say(
    'Read it to the operator on the other side, over a call in which you recognise their voice. If both screens',
  )
  say(`show the same, run here:  ${COMMAND} link confirm ${reply.partner} "${reply.fingerprint}"`)
  say(
    'The other operator runs the same command, naming your nation. The link opens when both have confirmed.',
  )
}

function readCard(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Stop(`${file} cannot be read. Give the file that the partner's "link invite" wrote.`, cause)
  }
}

async function confirm(client: Client, partner: string, fingerprint: string): Promise<void> {
  const reply = await client.call(links.confirm, { partner, fingerprint })
  if (isRefusal(reply)) throw new Stop(sentence(reply))
  say(`The link with ${reply.partner} is open.`)
}

async function freeze(client: Client, partner: string): Promise<void> {
  const reply = await client.call(links.freeze, { partner })
  if (isRefusal(reply)) throw new Stop(sentence(reply))
  say(`The link with ${reply.partner} is frozen. Nothing is sent or accepted.`)
}

async function list(client: Client): Promise<void> {
  const reply = await client.call(links.list, {})
  if (isRefusal(reply)) throw new Stop(sentence(reply))
  for (const { partner, state, frozenCode, ours, theirs, fingerprint } of reply.rows) {
    const code = frozenCode === null ? '' : ` (${frozenCode})`
    const sizes = `ours ${ours.cosignedSize}/${ours.size}  theirs ${theirs.applied ?? 0}/${theirs.size}`
    say(`${partner}  ${state}${code}  ${sizes}`)
    say(`    ${fingerprint}`)
  }
}
