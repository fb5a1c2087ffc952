/** `entente link`: invite, accept, confirm, freeze, list; an administrator's acts on a running node. */
import { readFileSync, writeFileSync } from 'node:fs'
import { links } from '#api/links.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Client } from './client.ts'
import { COMMAND, Stop, say, sentence } from './say.ts'

export async function link(client: Client, words: readonly string[]): Promise<void> {
  const [verb, first, ...rest] = words
  if (verb === 'invite') return invite(client, first)
  if (verb === 'accept' && first !== undefined) return accept(client, first)
  if (verb === 'confirm' && first !== undefined) return confirm(client, first, rest.join(' '))
  if (verb === 'freeze' && first !== undefined) return freeze(client, first)
  if (verb === 'list') return list(client)
  throw new Stop(
    'Say one of: link invite [FILE], link accept FILE, link confirm NATION FINGERPRINT, link freeze NATION, link list.',
  )
}

async function invite(client: Client, file: string | undefined): Promise<void> {
  const reply = await client.call(links.ownCard, {})
  if (isRefusal(reply)) throw new Stop(sentence(reply))
  if (file === undefined) return say(reply.invitation)
  writeFileSync(file, reply.invitation)
  say(
    `The card of ${reply.nation} is in ${file}. It holds no secret. Hand it to the partner, and take in theirs.`,
  )
}

async function accept(client: Client, file: string): Promise<void> {
  const reply = await client.call(links.acceptInvitation, { invitation: readCard(file) })
  if (isRefusal(reply))
    throw new Stop(`${sentence(reply)}\n${file} is not the card of another nation's node.`)
  say(`Fingerprint of the link with ${reply.partner}:\n\n    ${reply.fingerprint}\n`)
  say('Read it to the operator on the other side, over a line on which you know the voice. If both screens')
  say(`show the same, run here:  ${COMMAND} link confirm ${reply.partner} "${reply.fingerprint}"`)
  say('The other side runs the same with your nation. The link carries nothing before both have.')
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
  say(`The link with ${reply.partner} is frozen. Nothing is sent or taken in.`)
}

async function list(client: Client): Promise<void> {
  const reply = await client.call(links.list, {})
  if (isRefusal(reply)) throw new Stop(sentence(reply))
  for (const link of reply.rows) {
    const code = link.frozenCode === null ? '' : ` (${link.frozenCode})`
    say(
      `${link.partner}  ${link.state}${code}  ours ${link.ours.cosignedSize}/${link.ours.size}  theirs ${link.theirs.applied ?? 0}/${link.theirs.size}`,
    )
    say(`    ${link.fingerprint}`)
  }
}
