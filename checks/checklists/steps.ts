/**
 * Performs the checklists of CONTRIBUTING.md, as an engineer who follows them would. The kind, route, page,
 * refusal, rule and kind of term are added to the exchange of information; the pillar is the one in
 * `harbour/`.
 */
import { fileURLToPath } from 'node:url'
import type { Tree } from './tree.ts'

export interface Checklist {
  /** Its heading in CONTRIBUTING.md. */
  readonly title: string
  /** The most source files in `packages/` that it may touch. */
  readonly limit: number
  perform(tree: Tree): void
}

const WIRE = 'packages/wire/src'
const WORDS = 'packages/words/src'
const API = 'packages/api/src'
const NODE = 'packages/node/src'
const WEB = 'packages/web/src'
const SIM = 'sim'
const SCENARIO = 'scenario'

const HARBOUR = fileURLToPath(new URL('./harbour', import.meta.url))

export const CHECKLISTS: readonly Checklist[] = [
  { title: 'Add a statement kind', limit: 4, perform: addKind },
  { title: 'Add a route', limit: 2, perform: addRoute },
  { title: 'Add a refusal', limit: 2, perform: addRefusal },
  { title: 'Add a page', limit: 3, perform: addPage },
  { title: 'Add a rule', limit: 3, perform: addRule },
  { title: 'Add a kind of term', limit: 4, perform: addTermKind },
  { title: 'Add a pillar', limit: 24, perform: addPillar },
]

/** The receiver asks the originator about an item. */
function addKind(tree: Tree): void {
  tree.insertBefore('spec/exchange.md', '**EXC-90**', RULE_OF_KIND)
  tree.insertAfter(
    `${WIRE}/exchange/kinds.ts`,
    `'exchange.withdrawn': z`,
    `    'exchange.asked': z.strictObject({ control: Text(40), about: Text(80) }),`,
  )
  tree.replace('spec/vectors/statement/statements.json', '\n]\n', `,\n${VECTORS_OF_KIND}\n]\n`)
  tree.insertBefore(
    `${WORDS}/exchange.ts`,
    `'register.stated': {`,
    `    'exchange.asked': { en: 'Question about an item', ko: '자료에 관한 질문', ja: '資料に関する質問' },`,
  )
  tree.create(`${NODE}/exchange/items/question.commands.ts`, QUESTION_COMMANDS)
  const peer = `${NODE}/exchange/items/item.peer.ts`
  tree.insertAfter(peer, `'exchange.receipted': onReceipted,`, `    'exchange.asked': onAsked,`)
  tree.insertBefore(peer, `/** What a partner's statements about items do, by kind. */`, QUESTION_HANDLER)
  tree.create(`${SIM}/exchange/question.workload.ts`, QUESTION_WORKLOAD)
  const simulated = `${SIM}/exchange/pillar.ts`
  tree.insertBefore(simulated, `import { createReports }`, `import { ask } from './question.workload.ts'`)
  tree.insertAfter(simulated, `reconcile: [1.5, compare],`, `    ask: [10, ask],`)
}

const RULE_OF_KIND = `- **EXC-85** The receiver of an item may ask its originator about it.
`

const VECTORS_OF_KIND = ['"source"', '1']
  .map((about) => {
    const id = '0'.repeat(32)
    const body = `"body":{"control":"JP-KR-2026-000001","about":${about}}`
    const text = `{"v":1,"kind":"exchange.asked","id":"${id}","from":"KR","to":"JP","at":"2026-11-24T00:00:00.000Z",${body}}`
    const valid = about.startsWith('"')
    return `  ${JSON.stringify({ name: `a question, ${valid ? 'valid' : 'invalid'}`, text, code: valid ? null : 'statement_invalid' })}`
  })
  .join(',\n')

const QUESTION_COMMANDS = `/** Asking the originator about an item (EXC-85). */
import { refuse } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import { recordNational } from '#node/federation/national.ts'
import { say } from '#node/federation/say.commands.ts'
import { permit } from '#node/kernel/permission.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Act } from '#node/kernel/command.ts'
import { EXCHANGE } from '../permissions.ts'
import { readItem } from './item.store.ts'

/** Asks the originator about an item; returns the item. */
export async function askAbout(act: Act, by: SignedIn, id: string, about: string): Promise<string | Refusal> {
  const can = permit(by.roles, EXCHANGE['exchange.read_items'])
  if (can !== true) return can
  const item = await readItem(act.tx, id)
  if (item === null || item.direction !== 'received') return refuse('not_found')
  const { control } = item
  await say(act, item.originator, { kind: 'exchange.asked', matter: id, body: { control, about } })
  recordNational(act, { what: 'item_asked', item: id, by: by.personId })
  return id
}
`

const QUESTION_HANDLER = `/** The receiver asks about an item of ours (EXC-85). */
const onAsked: Handler<'exchange.asked'> = oneByOne(async (act, statement, heard) => {
  const item = await addStatementAbout(act, statement, heard, statement.body.control)
  await refold(act, item.id)
})
`

const QUESTION_WORKLOAD = `/** Questions about received items. */
import { askAbout } from '#node/exchange/items/question.commands.ts'
import { NOTHING_TO_DO, perform } from '../job.ts'
import type { CommandOutcome, Job } from '../job.ts'
import { receivedItems } from './item.workload.ts'

export async function ask(job: Job): Promise<CommandOutcome> {
  const { nation, random } = job
  const items = await receivedItems(nation)
  if (items.length === 0) return NOTHING_TO_DO
  const id = random.pick(items)
  return perform(
    job,
    (act) => askAbout(act, nation.people['officer']!, id, 'EXERCISE'),
    () => [\`said exchange.asked \${id}\`],
  )
}
`

/** How many items crossed with a partner. */
function addRoute(tree: Tree): void {
  tree.insertBefore(`${API}/exchange/items.ts`, `  open: route({`, COUNT_CONTRACT)
  const routes = `${NODE}/exchange/items/item.routes.ts`
  tree.insertAfter(routes, `import { items } from`, `import { isRefusal, refuse } from '#api/refusals.ts'`)
  tree.insertAfter(routes, `look(items.list,`, COUNT_BINDING)
}

const COUNT_CONTRACT = `  count: route({
    name: 'exchange.items.count',
    method: 'GET',
    path: '/api/item-count',
    summary: 'How many items crossed with a partner; null for more than are counted.',
    access: 'person',
    input: z.object({ partner: NationCode }),
    reply: z.object({ count: z.int().nullable() }),
    refusals: ['not_permitted'],
  }),`

const COUNT_BINDING = `    look(items.count, async (view, { partner }, by) => {
      const found = await itemList(view, by, { partner, limit: 1 })
      if (isRefusal(found)) return found
      return found.total === 0 ? refuse('nothing_crossed') : { count: found.total }
    }),`

/** The refusal of the route above. */
function addRefusal(tree: Tree): void {
  tree.insertAfter(`${WORDS}/exchange.ts`, `  refusals: {`, WORDS_OF_REFUSAL)
  tree.replace(
    `${API}/exchange/items.ts`,
    `count: z.int().nullable() }),\n    refusals: ['not_permitted'],`,
    `count: z.int().nullable() }),\n    refusals: ['not_permitted', 'nothing_crossed'],`,
  )
}

const WORDS_OF_REFUSAL = `    nothing_crossed: {
      en: 'Nothing has crossed with this partner. Choose another partner.',
      ko: '이 상대국과 오간 자료가 없습니다. 다른 상대국을 선택하십시오.',
      ja: 'この相手国との送受はありません。別の相手国を選んでください。',
    },`

/** A page of the route above. */
function addPage(tree: Tree): void {
  tree.insertBefore(
    `${WEB}/exchange/items/words.ts`,
    `  itemsLead: [`,
    `  countTitle: ['Number of items', '자료 수', '資料の数'],`,
  )
  tree.create(`${WEB}/exchange/items/CountPage.tsx`, COUNT_PAGE)
  const slice = `${WEB}/exchange/slice.ts`
  tree.insertBefore(slice, `  item: address(`, `  itemCount: address('/item-count', ['partner']),`)
  tree.insertBefore(
    slice,
    `    page(paths.item,`,
    `    page(paths.itemCount, () => import('./items/CountPage.tsx')),`,
  )
  tree.insertBefore(`${WEB}/slices.test.ts`, `'/items',`, `      '/item-count',`)
}

const COUNT_PAGE = `/** How many items crossed with a partner. */
import { items } from '#api/exchange/items.ts'
import { refusalOf, useRoute } from '../../core/queries.ts'
import { useText } from '../../core/texts.ts'
import { useAddressQuery } from '../../ui/address.ts'
import { PageFrame } from '../../ui/PageFrame.tsx'
import { itemWords } from './words.ts'

export function Page() {
  const t = useText(itemWords)
  const { data, error } = useRoute(items.count, { partner: useAddressQuery().get('partner') })
  return (
    <PageFrame title={t('countTitle')} failure={refusalOf(error)} isLoading={data === undefined}>
      <p>{data?.count}</p>
    </PageFrame>
  )
}
`

/** A rule of the gate with its own code, under the article on the purpose. */
function addRule(tree: Tree): void {
  const rules = `${NODE}/exchange/policies/27-purpose.cedar`
  tree.insertBefore(rules, `@id("purpose-named")`, NEW_RULE)
  tree.insertAfter(`${WORDS}/exchange.ts`, `  gateRefusals: {`, WORDS_OF_RULE)
  tree.insertAfter(`${API}/exchange/gateCodes.ts`, `'purpose_missing',`, `  'exercise_below_secret',`)
}

const NEW_RULE = `// Information above the lowest marking must not be used in an exercise.
@id("purpose-exercise")
@code("exercise_below_secret")
@term("purpose")
@national("10")
@applies("terms")
forbid (principal, action in Action::"provision", resource)
when { context has terms && resource.purpose == "exercise" && resource.markingRank > 1 };
`

const WORDS_OF_RULE = `    exercise_below_secret: {
      en: 'This marking is too high for an exercise. Choose another purpose.',
      ko: '연습에 제공하기에는 표지가 너무 높습니다. 다른 목적을 선택하십시오.',
      ja: '演習に提供するには表示が高すぎます。別の目的を選んでください。',
      short: { en: 'too high for an exercise', ko: '연습에는 너무 높음', ja: '演習には高すぎる' },
    },`

/** The languages in which information is provided. */
function addTermKind(tree: Tree): void {
  const terms = `${NODE}/exchange/terms.ts`
  tree.insertBefore(terms, `const DUTIES = [`, LANGUAGES_KIND)
  tree.insertBefore(terms, `  ...DUTIES.map(dutyKind),`, `  LANGUAGES,`)
  tree.insertAfter(
    `${WORDS}/exchange.ts`,
    `  termKinds: {`,
    `    languages: { en: 'Languages', ko: '언어', ja: '言語' },`,
  )
  tree.insertBefore(`${WEB}/exchange/terms.tsx`, `  purpose: Purpose,`, LANGUAGES_VALUE)
}

const LANGUAGES_KIND = `/** The languages in which information is provided. */
const LANGUAGES = termKind(
  'languages',
  { languages: z.array(z.enum(['en', 'ko', 'ja'])).min(1) },
  { compile: ({ languages }) => ({ languages: sorted(languages) }) },
)
`

const LANGUAGES_VALUE = "  languages: ({ value }) => <Lines of={[textsIn(value['languages']).join(', ')]} />,"

/** Port calls: a folder in each package, and a line in each list. */
function addPillar(tree: Tree): void {
  tree.plant(HARBOUR)
  tree.insertBefore(`${WIRE}/pillars.ts`, `import { link }`, `import { harbour } from './harbour/kinds.ts'`)
  tree.replace(
    `${WIRE}/pillars.ts`,
    `agreements, exchange] as const`,
    `agreements, exchange, harbour] as const`,
  )
  tree.insertBefore(`${WORDS}/pillars.ts`, `import { identity }`, `import { harbour } from './harbour.ts'`)
  tree.replace(
    `${WORDS}/pillars.ts`,
    `exchange, logistics] as const`,
    `exchange, logistics, harbour] as const`,
  )
  tree.insertBefore(`${API}/pillars.ts`, `import { identity }`, `import { harbour } from './harbour.ts'`)
  tree.insertAfter(`${API}/pillars.ts`, `{ routes: [logistics] },`, `  { routes: [harbour] },`)
  tree.insertBefore(
    `${NODE}/pillars.ts`,
    `import { LAW_TERMS }`,
    `import { harbour } from '#node/harbour/pillar.ts'`,
  )
  tree.replace(
    `${NODE}/pillars.ts`,
    `[agreements, exchange, logistics]`,
    `[agreements, exchange, logistics, harbour]`,
  )
  tree.insertBefore(
    `${SIM}/pillars.ts`,
    `import type { SimulatedPillar }`,
    `import { harbour } from './harbour/pillar.ts'`,
  )
  tree.replace(`${SIM}/pillars.ts`, `[exchange]`, `[exchange, harbour]`)
  tree.insertBefore(
    `${SCENARIO}/pillars.ts`,
    `import { logistics }`,
    `import { harbour } from './harbour/pillar.ts'`,
  )
  tree.replace(`${SCENARIO}/pillars.ts`, `[exchange, logistics]`, `[exchange, logistics, harbour]`)
  const list = `${WEB}/slices.test.ts`
  tree.insertAfter(list, `'/people/$person',`, `      '/port-calls',`)
  tree.insertBefore(list, `'People',`, `      'Port calls',`)
}
