/** Agreements as pages show them. */
import type { z } from 'zod'
import type { AgreementRowShape } from '#api/agreements.ts'
import type { SearchHit } from '#api/console.ts'
import type { View } from '#node/kernel/view.ts'
import type { Instrument } from '#node/law/instrument.ts'
import { readPartnerProfiles } from '#node/law/law.store.ts'
import { dateAt, statusAt } from '#node/law/status.ts'
import type { InstrumentText, Passage } from '#node/law/text.ts'
import type { Services } from '#node/services.ts'

type Row = z.infer<typeof AgreementRowShape>

/** Every instrument, with its status on a date, by default today. */
export async function agreementList(view: View, { readLaw }: Services, on: string | undefined) {
  const { instruments } = await readLaw(view.tx)
  const declared = await readPartnerProfiles(view.tx)
  return { rows: instruments.map((instrument) => rowOf(view, instrument, declared, on)) }
}

/** One instrument, with its texts, terms and facts. */
export async function agreementView(view: View, instrument: Instrument, on: string | undefined) {
  const declared = await readPartnerProfiles(view.tx)
  return { ...rowOf(view, instrument, declared, on), ...contentOf(instrument) }
}

type Declared = Awaited<ReturnType<typeof readPartnerProfiles>>

function rowOf(view: View, instrument: Instrument, declared: Declared, on: string | undefined): Row {
  const { terms, facts, profile } = instrument
  const day = on ?? dateAt(view.world.now(), terms)
  const status = statusAt(terms, facts, day)
  const partner = profile.parties.find((nation) => nation !== view.nation) ?? profile.parties[0]
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
    partnerProfile: declared(partner, instrument.id),
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
    facts: instrument.facts.map(({ date, kind, by, text, source }) => ({
      date,
      kind,
      by: by ?? null,
      text: { ...text },
      source,
    })),
  }
}

function textOf(text: InstrumentText) {
  const headings = text.passages.filter(({ heading }) => heading)
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
        paragraphs: text.passages.filter((passage) => belongsTo(passage, heading)).map(paragraphOf),
      })),
      ...partOf(text, 'signature'),
    ],
  }
}

/** The preamble or the closing, whose passages have an address and no heading. */
function partOf(text: InstrumentText, part: string) {
  const paragraphs = text.passages.filter(({ address }) => address.startsWith(`${part}.`)).map(paragraphOf)
  return paragraphs.length === 0 ? [] : [{ number: part, heading: '', paragraphs }]
}

function belongsTo(passage: Passage, heading: Passage): boolean {
  if (passage.heading) return false
  return passage.address === heading.address || passage.address.startsWith(`${heading.address}.`)
}

function paragraphOf({ address, text, standing, source }: Passage) {
  return { address, text, quoted: standing === 'quoted' || standing === 'authentic' ? source : null }
}

/** Searches agreements by id and by title in every language. */
export async function searchAgreements(
  view: View,
  { readLaw }: Services,
  words: string,
): Promise<SearchHit[]> {
  const query = words.toLowerCase()
  const { instruments } = await readLaw(view.tx)
  return instruments
    .filter(({ id, terms: { title, shortTitle } }) =>
      [id, ...Object.values(title), ...Object.values(shortTitle)].some((text) =>
        text.toLowerCase().includes(query),
      ),
    )
    .map(({ id, terms }) => ({ page: 'agreement', id, title: { ...terms.shortTitle }, detail: id }))
}
