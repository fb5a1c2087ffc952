/** The sentences that belong to no pillar: who speaks, the links, and bundles on media. */
import { links } from '#api/links.ts'
import { isRefusal } from '#api/refusals.ts'
import { PARTNER, form } from './form.ts'
import type { Answers, Form, Scene } from './form.ts'
import type { Relays } from './relays.ts'
import type { Stage } from './stage.ts'
import { refusalLines } from './words.ts'

interface Direction {
  readonly one: string
  readonly other: string
}

const DIRECTION = '(?<one>[A-Z]{2}) (?<other>[A-Z]{2})'

/** Changes the speaker, which starts a paragraph of the transcript. */
export const AS = form('as NATION person', 'as (?<nation>[A-Z]{2}) (?<person>[a-z0-9-]+)', speak)

export const VERBS: readonly Form[] = [
  AS,
  form('link PARTNER', `link ${PARTNER}`, link),
  form('cut NATION NATION', `cut ${DIRECTION}`, cut),
  form('mend NATION NATION', `mend ${DIRECTION}`, mend),
  form('media NATION NATION', `media ${DIRECTION}`, media),
  form('again NATION NATION', `again ${DIRECTION}`, importBundle),
]

async function speak(
  { nation, person }: { readonly nation: string; readonly person: string },
  { stage }: Scene,
): Promise<Answers> {
  await stage.step(nation, person)
  return []
}

async function link({ partner }: { readonly partner: string }, { stage }: Scene): Promise<Answers> {
  const checked = await stage.speaker().call(links.verify, { partner })
  if (isRefusal(checked)) return refusalLines(checked)
  return [
    checked.held ? 'both logs verify' : 'DOES NOT VERIFY',
    ...checked.checks.filter(({ held }) => !held).map(({ check }) => check),
  ]
}

function cut({ one, other }: Direction, { stage }: Scene): Answers {
  relaysOf(stage).cut(one, other)
  return ['cut']
}

function mend({ one, other }: Direction, { stage }: Scene): Answers {
  relaysOf(stage).mend(one, other)
  return ['mended']
}

function relaysOf({ relays }: Stage): Relays {
  if (relays === null) throw new Error('The links of this network cannot be cut.')
  return relays
}

/** One nation's registrar exports a bundle, and the other's imports it. */
async function media(direction: Direction, scene: Scene): Promise<Answers> {
  const { one, other } = direction
  const { stage } = scene
  const sender = await stage.step(one, 'registrar')
  const bundle = await sender.download(links.exportBundle, { partner: other })
  if (isRefusal(bundle)) return refusalLines(bundle)
  stage.bundles.set(`${one} ${other}`, bundle)
  return importBundle(direction, scene)
}

/** The receiver's registrar imports the last bundle, possibly once more. */
async function importBundle({ one, other }: Direction, { stage }: Scene): Promise<Answers> {
  const bundle = stage.bundles.get(`${one} ${other}`)
  if (bundle === undefined)
    throw new Error(`There is no bundle from ${one} to ${other}: write "media" first.`)
  const receiver = await stage.step(other, 'registrar')
  const imported = await receiver.upload(links.importBundle, {}, bundle)
  if (isRefusal(imported)) return refusalLines(imported)
  return [imported.stored > 0 ? 'stored what was new' : 'stored nothing: it was here already']
}
