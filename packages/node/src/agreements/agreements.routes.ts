/** Agreements as pages show them, what a form may choose, and whether an order would be permitted. */
import type { z } from 'zod'
import { agreements } from '#api/agreements.ts'
import type { AgreementRowShape } from '#api/agreements.ts'
import { logistics } from '#api/logistics.ts'
import { refuse } from '#api/refusals.ts'
import type { Verdict } from '#api/shapes.ts'
import { equivalentMarkings } from '#node/law/equivalence.ts'
import type { Instrument } from '#node/law/instrument.ts'
import { ladderOf } from '#node/law/nations.ts'
import { dateAt, statusAt } from '#node/law/status.ts'
import type { InstrumentText, Passage } from '#node/law/text.ts'
import { termOf } from '#node/law/term.ts'
import { readPartner } from '#node/federation/federation.store.ts'
import type { GateFacts } from '#node/gate/facts.ts'
import type { SignedIn } from '#node/kernel/caller.ts'
import type { Act } from '#node/kernel/command.ts'
import { bind } from '#node/kernel/http.ts'
import type { Binding } from '#node/kernel/http.ts'
import { ask } from '#node/gate/ask.commands.ts'
import { readPartnerProfile } from '#node/exchange/items/item.store.ts'
import { governing } from '#node/law/governing.ts'
import type { ExchangeServices } from '#node/exchange/services.ts'
import { actorOf } from '#node/exchange/situation/situation.commands.ts'

export function agreementRoutes(services: ExchangeServices): readonly Binding[] {
  const { acts, law } = services
  return [
    bind(agreements.list, ({ on }) =>
      acts.run(async (act) => {
        const rows = []
        for (const instrument of law.instruments) rows.push(await rowOf(act, instrument, on))
        return { rows }
      }),
    ),
    bind(agreements.get, ({ instrument: id, on }) =>
      acts.run(async (act) => {
        const instrument = law.instruments.find((each) => each.id === id)
        if (instrument === undefined) return refuse('not_found')
        return { ...(await rowOf(act, instrument, on)), ...contentOf(instrument) }
      }),
    ),
    bind(agreements.choices, async ({ partner }) => choicesOf(services, partner)),
    bind(logistics.checkOrder, (input, { session }) =>
      acts.run((act) => checkOrder(act, services, session, input)),
    ),
  ]
}

async function rowOf(
  act: Act,
  instrument: Instrument,
  on: string | undefined,
): Promise<z.infer<typeof AgreementRowShape>> {
  const { terms, facts, profile } = instrument
  const day = on ?? dateAt(act.world.now(), terms)
  const status = statusAt(terms, facts, day)
  const partner = profile.parties.find((each) => each !== act.nation) ?? profile.parties[0]
  return {
    instrument: instrument.id,
    title: { ...terms.title },
    subject: profile.subject,
    parties: [...profile.parties],
    status: {
      state: status.state,
      since: status.since,
      because: [...status.because],
      nextRenewal: status.periodEnds,
      lastNoticeDay: status.lastDayForNotice,
    },
    profile: profile.hash,
    partnerProfile: await readPartnerProfile(act.tx, partner, instrument.id),
    illustrative: terms.completeness !== 'full',
  }
}

function contentOf(instrument: Instrument) {
  return {
    texts: instrument.texts.map(textOf),
    terms: instrument.terms.terms.map(({ id, articles, kind, note, ...value }) => ({
      id,
      articles: [...articles],
      kind,
      note: note ?? null,
      value,
    })),
    facts: instrument.facts.map((fact) => ({
      date: fact.date,
      kind: fact.kind,
      by: fact.by ?? null,
      text: { ...fact.text },
      source: fact.source,
    })),
  }
}

function textOf(text: InstrumentText) {
  const headings = text.passages.filter((each) => each.heading)
  return {
    language: text.language,
    authentic: text.standing === 'authentic',
    official: text.standing === 'official',
    note: text.notice,
    articles: [
      ...partOf(text, 'preamble'),
      ...headings.map((heading) => ({
        number: heading.address,
        heading: heading.text,
        paragraphs: text.passages.filter((each) => belongsTo(each, heading)).map(paragraphOf),
      })),
      ...partOf(text, 'signature'),
    ],
  }
}

/** What stands before the first article or after the last has an address and no heading. */
function partOf(text: InstrumentText, part: string) {
  const paragraphs = text.passages.filter((each) => each.address.startsWith(`${part}.`)).map(paragraphOf)
  return paragraphs.length === 0 ? [] : [{ number: part, heading: '', paragraphs }]
}

function belongsTo(passage: Passage, heading: Passage): boolean {
  if (passage.heading) return false
  return passage.address === heading.address || passage.address.startsWith(`${heading.address}.`)
}

function paragraphOf(passage: Passage) {
  const quoted = passage.standing === 'quoted' || passage.standing === 'authentic' ? passage.source : null
  return { address: passage.address, text: passage.text, quoted }
}

function choicesOf(services: ExchangeServices, partner: string) {
  const { law, nation, world } = services
  const governed = governing(law, nation, partner, 'information', world.now())
  const profile = governed?.instrument.profile ?? null
  const terms = governed?.instrument.terms
  const authorities = terms === undefined ? undefined : termOf(terms, 'authorities')
  const categories = terms === undefined ? undefined : termOf(terms, 'categories')
  return {
    partner,
    instrument: governed?.instrument.id ?? null,
    organisations: (authorities?.organisations ?? [])
      .filter((each) => each.nation === partner)
      .map((each) => ({ id: each.id, name: { ...each.names } })),
    markings: ladderOf(law.nations, nation)
      .toReversed()
      .map(({ marking }) => ({
        marking,
        receiverMarkings: profile === null ? [] : [...equivalentMarkings(profile, nation, marking, partner)],
      })),
    categories: [
      ...(profile?.categories ?? []).map((id) => ({ id, permitted: true })),
      ...(categories?.excluded ?? []).map((id) => ({ id, permitted: false })),
    ],
    purposes: (profile?.purposes ?? []).map((id) => ({ id, permitted: true })),
  }
}

interface OrderQuestion {
  readonly partner: string
  readonly category: string
}

/** Asks the gate about an order and records the answer; nothing is ordered. */
async function checkOrder(
  act: Act,
  services: ExchangeServices,
  by: SignedIn,
  order: OrderQuestion,
): Promise<Verdict> {
  const now = act.world.now()
  const governed = governing(services.law, order.partner, act.nation, 'logistics', now)
  const profile = governed?.instrument.profile ?? null
  const state = (await readPartner(act.tx, order.partner))?.state
  const facts: GateFacts = {
    act: 'order',
    nation: act.nation,
    from: order.partner,
    to: act.nation,
    subject: 'logistics',
    agreement:
      governed === null
        ? null
        : {
            instrument: governed.instrument.id,
            profile: governed.instrument.profile.hash,
            state: governed.status.state,
            partnerProfile: await readPartnerProfile(act.tx, order.partner, governed.instrument.id),
          },
    link: state === 'open' || state === 'frozen' || state === 'invited' ? state : 'none',
    channel: 'network',
    actor: await actorOf(act, services, by.personId, { category: order.category, author: true }),
    matter: {
      originator: order.partner,
      marking: '',
      markingRank: 0,
      receiverMarking: null,
      category: order.category,
      purpose: '',
      organisation: '',
      thirdParty: false,
      originatorConsent: false,
      receivedUnder: [],
    },
    approvals: { count: 0, authorAmong: false },
    assurance: false,
  }
  const { decision } = ask(act, services, facts, profile, { actor: by.personId, matter: null })
  return {
    permitted: decision.permitted,
    refusals: decision.reasons.map((each) => ({ code: each.code, because: [...each.because] })),
    pending: [],
    because: [...decision.because],
    instrument: governed?.instrument.id ?? null,
    receiverMarkings: [],
    outside: { from: act.nation, to: order.partner, organisation: '' },
    approvalsNeeded: 0,
    assuranceUntil: null,
  }
}
