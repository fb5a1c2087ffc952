/** Sentences on items: see, open, receipt, withdraw and prove. */
import { drafts } from '#api/exchange/drafts.ts'
import { items } from '#api/exchange/items.ts'
import { identity } from '#api/identity.ts'
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { keyed } from '../client.ts'
import { NAME, form } from '../form.ts'
import type { Answers, Form, Scene } from '../form.ts'
import type { Stage } from '../stage.ts'
import { refusalLines } from '../words.ts'
import { withDraft } from './drafts.ts'
import { exportEvidence, tamperEvidence, verifyEvidenceOf } from './evidence.ts'
import { itemOf, named } from './reports.ts'
import { custodyLines, stampLine } from './words.ts'

interface Named {
  readonly name: string
}

export const ITEMS: readonly Form[] = [
  form('see NAME', `see ${NAME}`, see),
  form('custody NAME', `custody ${NAME}`, custody),
  form('open NAME for PURPOSE', `open ${NAME} for (?<purpose>[a-z_]+)`, open),
  form('receipt NAME', `receipt ${NAME}`, receipt),
  form('withdraw NAME', `withdraw ${NAME}`, withdraw),
  form('evidence NAME', `evidence ${NAME}`, exportEvidence),
  form('verify NAME', `verify ${NAME}`, verifyEvidenceOf),
  form('verify NAME with one byte changed', `verify ${NAME} with one byte changed`, tamperEvidence),
]

/** Waits until the state of an item at the speaker's node is as expected, and returns it. */
async function see({ name }: Named, { stage, isExpected }: Scene): Promise<Answers> {
  const known = named(name, stage)
  const session = stage.speaker()
  const look = async (): Promise<Answers> => {
    if (known.item !== null || session.nation !== known.nation) {
      if (known.item === null) return ['nothing released yet']
      const item = await session.call(items.get, { item: known.item })
      if (isRefusal(item)) return refusalLines(item)
      return [
        item.state,
        stampLine(item.stamps),
        ...(item.registered === null ? [] : ['registered at the receiver']),
      ]
    }
    return withDraft(name, stage, (draft) => session.call(drafts.get, { draft }))
  }
  return stage.until(look, isExpected)
}

async function custody({ name }: Named, { stage }: Scene): Promise<Answers> {
  const look = async () => stage.speaker().call(items.get, { item: itemOf(name, stage) })
  const item = await stage.until(
    look,
    (seen) =>
      !isRefusal(seen) &&
      seen.custody.every(
        ({ step, proof }) =>
          ['received', 'attempted'].includes(step) ||
          (proof?.cosigned === true && proof.checks.every(({ held }) => held)),
      ),
  )
  return isRefusal(item) ? refusalLines(item) : custodyLines(item)
}

async function open(
  { name, purpose }: { readonly name: string; readonly purpose: string },
  { stage }: Scene,
): Promise<Answers> {
  const session = stage.speaker()
  const item = itemOf(name, stage)
  const opened = await session.call(items.open, { item, purpose }, keyed())
  if (isRefusal(opened)) return [...refusalLines(opened), ...(await whomToAsk(opened, stage))]
  const heading = [`opened for ${purpose}`, opened.title]
  if (opened.text !== null)
    return [...heading, ...opened.text.split('\n').map((line) => `| ${line}`.trimEnd())]
  const bytes = await session.download(items.readContent, { item, opening: opened.opening })
  if (isRefusal(bytes)) return refusalLines(bytes)
  const own = opened.fileName === null ? undefined : stage.files.get(opened.fileName)
  const same = own !== undefined && Buffer.compare(own, bytes) === 0
  const file = `${opened.fileName}, ${opened.mediaType}, shown as ${opened.show}`
  return [...heading, `${file}, ${same ? 'byte for byte what was uploaded' : 'NOT what was uploaded'}`]
}

/** For a missing clearance or need-to-know: the offices that can grant it. */
async function whomToAsk(refusal: Refusal, stage: Stage): Promise<string[]> {
  const lines: string[] = []
  for (const { code } of refusal.reasons) {
    const need = code.startsWith('clearance')
      ? 'clearance'
      : code === 'need_to_know_missing'
        ? 'need-to-know'
        : null
    if (need === null) continue
    const helpers = await stage.speaker().call(identity.listHelpers, { need })
    if (isRefusal(helpers)) lines.push(...refusalLines(helpers))
    else lines.push(`ask for ${need}: ${helpers.rows.map((row) => row.office).join(', ')}`)
  }
  return lines
}

async function receipt({ name }: Named, { stage }: Scene): Promise<Answers> {
  return stateLines(await stage.speaker().call(items.receipt, { item: itemOf(name, stage) }, keyed()))
}

async function withdraw({ name }: Named, { stage }: Scene): Promise<Answers> {
  return stateLines(await stage.speaker().call(items.withdraw, { item: itemOf(name, stage) }, keyed()))
}

function stateLines(item: { state: string } | Refusal): Answers {
  return isRefusal(item) ? refusalLines(item) : [item.state]
}
