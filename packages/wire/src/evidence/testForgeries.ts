/**
 * Thirteen kinds of tampering, each by the strongest forger for it: an outsider with its own keys, or one of
 * the two nations, which exports and signs its forgery with all its genuine keys. Only for tests.
 */
import { linkFingerprint } from '../link/card.ts'
import { cosignerName } from '../log/checkpoint.ts'
import { cosign } from '../log/cosignature.ts'
import { writeEvidence } from './evidence.ts'
import type { EvidenceParts } from './evidence.ts'
import type { EvidenceFault } from '../pillars.ts'
import { formatNote, parseNote } from '../log/note.ts'
import type { NoteSignature } from '../log/note.ts'
import { signerOf } from '../suite.ts'
import {
  START_MS,
  acceptanceOf,
  atMinute,
  concerns,
  offerOf,
  partsOf,
  receiptOf,
  showLog,
  statementText,
  testCast,
  testItem,
  testLogs,
  testNation,
} from './testEvidence.ts'
import type { TestNation } from './testEvidence.ts'

export const cast = testCast('ed25519+ml-dsa-87')
export const { home: JP, other: KR } = cast
export const A = testItem(1)
const B = testItem(2)
export const logs = testLogs(cast, [A, B])
export const honest = partsOf(cast, logs, A)
export const honestB = partsOf(cast, logs, B)
export const fingerprint = linkFingerprint(JP.card.text, KR.card.text)

type Entries = EvidenceParts['logs']['home']['entries']
type Log = EvidenceParts['logs']['home']

export function signedBy(by: TestNation, parts: EvidenceParts): string {
  return writeEvidence(parts, { nation: by.nation, keys: by.keys, at: atMinute(70) })
}

/** Evidence with changed entries in one of its logs, under the unchanged head. */
export function withEntries(side: 'home' | 'other', change: (entries: Entries) => Entries): EvidenceParts {
  const log: Log = honest.logs[side]!
  return { ...honest, logs: { ...honest.logs, [side]: { ...log, entries: change(log.entries) } } }
}

function withLog(side: 'home' | 'other', log: Log): EvidenceParts {
  return { ...honest, logs: { ...honest.logs, [side]: log } }
}

/** The signature lines that a nation put on a checkpoint as cosigner. */
function linesOf(checkpoint: string, nation: string): NoteSignature[] {
  const { signatures } = parseNote(Buffer.from(checkpoint))
  return signatures.filter(({ name }) => name === cosignerName(nation))
}

const isOf = (kind: string) => (text: string) => text.includes(`"kind":"exchange.${kind}"`)

export function replaced(entries: readonly string[], kind: string, next: string): string[] {
  const at = entries.findIndex(isOf(kind))
  return entries.with(at, next)
}

export const pick = concerns(A)
const genuineLines = {
  home: linesOf(honest.logs.home.checkpoint, 'KR'),
  other: linesOf(honest.logs.other!.checkpoint, 'JP'),
}
export const edited = testItem(1, { derivedFrom: ['JP-2026-1'] })

interface Forgery {
  readonly kind: string
  readonly how: string
  readonly fault: EvidenceFault
  readonly forge: () => string
}

export const forgeries: readonly Forgery[] = [
  {
    kind: 'edit',
    how: 'Korea alters the marking in what Japan said',
    fault: 'inclusion_invalid',
    forge: () =>
      signedBy(
        KR,
        withEntries('home', (all) =>
          all.map((entry) => ({ ...entry, statement: entry.statement.replaceAll('極秘', '秘') })),
        ),
      ),
  },
  {
    kind: 'edit',
    how: 'Korea rewrites its own acceptance and signs the log again',
    fault: 'cosignature_invalid',
    forge: () => {
      const entries = replaced(logs.other, 'accepted', acceptanceOf(A, 30, '대외비'))
      return signedBy(
        KR,
        withLog('other', showLog(KR, JP, entries, { pick, cosignatures: genuineLines.other })),
      )
    },
  },
  {
    kind: 'delete',
    how: 'Korea removes its acceptance from the log',
    fault: 'cosignature_invalid',
    forge: () => {
      const entries = logs.other.filter((text) => !isOf('accepted')(text))
      return signedBy(
        KR,
        withLog('other', showLog(KR, JP, entries, { pick, cosignatures: genuineLines.other })),
      )
    },
  },
  {
    kind: 'delete',
    how: 'Japan omits the acceptance and shows the receipt',
    fault: 'acceptance_missing',
    forge: () =>
      signedBy(
        JP,
        withEntries('other', (all) => all.filter(({ statement }) => !isOf('accepted')(statement))),
      ),
  },
  {
    kind: 'delete',
    how: 'Korea omits the directory entry of a release authority',
    fault: 'signer_unknown',
    forge: () =>
      signedBy(
        KR,
        withEntries('home', (all) =>
          all.filter(({ statement }) => !statement.includes('"person":"release-1"')),
        ),
      ),
  },
  {
    kind: 'swap',
    how: 'two statements are swapped',
    fault: 'inclusion_invalid',
    forge: () =>
      signedBy(
        KR,
        withEntries('other', (all) =>
          all.map((entry, at) => ({ ...entry, statement: all[at === 4 ? 5 : at === 5 ? 4 : at]!.statement })),
        ),
      ),
  },
  {
    kind: 'swap',
    how: 'two entries are swapped with their proofs',
    fault: 'index_not_increasing',
    forge: () =>
      signedBy(
        KR,
        withEntries('other', (all) => [...all.slice(0, 4), all[5]!, all[4]!]),
      ),
  },
  {
    kind: 'insert',
    how: 'a receipt that was never said, with the proof of another entry',
    fault: 'inclusion_invalid',
    forge: () =>
      signedBy(
        JP,
        withEntries('other', (all) => [
          ...all.slice(0, 5),
          { proof: all[5]!.proof, statement: receiptOf(cast, A, 41) },
        ]),
      ),
  },
  {
    kind: 'insert',
    how: 'an acceptance put into the log between two others',
    fault: 'cosignature_invalid',
    forge: () => {
      const entries = [...logs.other.slice(0, 4), acceptanceOf(A, 29), ...logs.other.slice(4)]
      return signedBy(
        KR,
        withLog('other', showLog(KR, JP, entries, { pick, cosignatures: genuineLines.other })),
      )
    },
  },
  {
    kind: 'truncate',
    how: 'someone cuts the last receipt off the file',
    fault: 'exporter_signature_invalid',
    forge: () => {
      const whole = JSON.parse(signedBy(JP, honest)) as { export: string }
      const less = withEntries('other', (all) => all.slice(0, -1))
      return `${JSON.stringify({ ...less, export: whole.export }, null, 2)}\n`
    },
  },
  {
    kind: 'truncate',
    how: 'Korea shortens its log below what Japan cosigned',
    fault: 'cosignature_invalid',
    forge: () =>
      signedBy(
        KR,
        withLog(
          'other',
          showLog(KR, JP, logs.other.slice(0, -2), { pick, cosignatures: genuineLines.other }),
        ),
      ),
  },
  {
    kind: 're-sign',
    how: 'an outsider replaces the keys of both nations with its own',
    fault: 'fingerprint_differs',
    forge: () => {
      const stage = testCast('ed25519+ml-dsa-87', 'outsider')
      return signedBy(stage.home, partsOf(stage, testLogs(stage, [A, B]), A))
    },
  },
  {
    kind: 're-sign',
    how: 'Korea replaces the keys of Japan and signs for both',
    fault: 'fingerprint_differs',
    forge: () => {
      const stage = { home: testNation('JP', 'ed25519+ml-dsa-87', 'made in Korea'), other: KR }
      return signedBy(KR, partsOf(stage, testLogs(stage, [A, B]), A))
    },
  },
  {
    kind: 're-sign',
    how: 'an outsider signs the head of a log in the name of Japan',
    fault: 'checkpoint_invalid',
    forge: () =>
      signedBy(
        KR,
        withLog('home', showLog(testNation('JP', 'ed25519+ml-dsa-87', 'outsider'), KR, logs.home, { pick })),
      ),
  },
  {
    kind: 're-sign',
    how: 'Korea drops the post-quantum line of Japan',
    fault: 'checkpoint_invalid',
    forge: () => {
      const note = parseNote(Buffer.from(honest.logs.home.checkpoint))
      const signatures = note.signatures.filter(({ name }, at) => name.includes('witness') || at !== 1)
      const checkpoint = Buffer.from(formatNote({ ...note, signatures })).toString('utf8')
      return signedBy(KR, withLog('home', { ...honest.logs.home, checkpoint }))
    },
  },
  {
    kind: 'rollback from backup',
    how: 'Japan, restored, says other things at the same indexes',
    fault: 'cosignature_missing',
    forge: () => {
      const entries = [...logs.home.slice(0, 4), offerOf(cast, edited, 25)]
      return signedBy(JP, withLog('home', showLog(JP, KR, entries, { cosignatures: [] })))
    },
  },
  {
    kind: 'fork',
    how: 'a second log of Japan, signed by its genuine key, of the same size',
    fault: 'cosignature_invalid',
    forge: () => {
      const entries = replaced(logs.home, 'offered', offerOf(cast, edited, 20))
      return signedBy(JP, withLog('home', showLog(JP, KR, entries, { cosignatures: genuineLines.home })))
    },
  },
  {
    kind: 'split view',
    how: 'another view, cosigned by a third nation to which it was shown',
    fault: 'cosignature_missing',
    forge: () => {
      const US = testNation('US', 'ed25519+ml-dsa-87', 'genuine')
      const entries = replaced(logs.home, 'offered', offerOf(cast, edited, 20))
      const { text } = parseNote(Buffer.from(showLog(JP, KR, entries).checkpoint))
      const lines = cosign(text, START_MS / 1000 + 3600, signerOf(cosignerName('US'), US.keys))
      return signedBy(JP, withLog('home', showLog(JP, KR, entries, { cosignatures: lines })))
    },
  },
  {
    kind: 'stale replay',
    how: 'a genuine old head under the newer statements',
    fault: 'inclusion_invalid',
    forge: () => {
      const old = showLog(KR, JP, logs.other, { size: 6 })
      return signedBy(JP, withLog('other', { ...honest.logs.other!, checkpoint: old.checkpoint }))
    },
  },
  {
    kind: 'stale replay',
    how: 'Korea repeats its old acceptance',
    fault: 'statement_repeated',
    forge: () =>
      signedBy(KR, withLog('other', showLog(KR, JP, [...logs.other, acceptanceOf(A, 30)], { pick }))),
  },
  {
    kind: 'stale replay',
    how: 'the signature of an authority whose key Japan had withdrawn',
    fault: 'signer_unknown',
    forge: () => {
      const { keyId } = JP.person('release-2')
      const gone = statementText('directory.withdrawn', 'JP', 'KR', 10, {
        body: { person: 'release-2', keyId },
      })
      const entries = [...logs.home.slice(0, 4), gone, ...logs.home.slice(4)]
      return signedBy(JP, withLog('home', showLog(JP, KR, entries, { pick })))
    },
  },
  {
    kind: 'proof swap',
    how: 'the proof of another item under the offer',
    fault: 'inclusion_invalid',
    forge: () => {
      const proof = honestB.logs.home.entries.find(({ statement }) => isOf('offered')(statement))!.proof
      return signedBy(
        KR,
        withEntries('home', (all) =>
          all.map((entry) => (isOf('offered')(entry.statement) ? { ...entry, proof } : entry)),
        ),
      )
    },
  },
  {
    kind: 'receipt swap',
    how: 'the genuine receipt of another item, with its proof',
    fault: 'not_about_this_matter',
    forge: () => {
      const receipt = honestB.logs.other!.entries.find(({ statement }) => isOf('receipted')(statement))!
      return signedBy(
        KR,
        withEntries('other', (all) => [...all.slice(0, 5), receipt]),
      )
    },
  },
  {
    kind: 'receipt swap',
    how: 'Korea uses for this item what its officer signed for another',
    fault: 'act_not_over_this',
    forge: () => {
      const entries = replaced(logs.other, 'receipted', receiptOf(cast, A, 40, B.digest))
      return signedBy(KR, withLog('other', showLog(KR, JP, entries, { pick })))
    },
  },
  {
    kind: 'time shift',
    how: 'someone alters the time in a statement',
    fault: 'inclusion_invalid',
    forge: () =>
      signedBy(
        KR,
        withEntries('other', (all) =>
          all.map((entry) => ({
            ...entry,
            statement: entry.statement.replaceAll(atMinute(40), atMinute(20)),
          })),
        ),
      ),
  },
  {
    kind: 'time shift',
    how: 'Japan dates its offer before everything else that it said',
    fault: 'time_not_in_order',
    forge: () => {
      const entries = replaced(logs.home, 'offered', offerOf(cast, A, -60))
      return signedBy(JP, withLog('home', showLog(JP, KR, entries, { pick })))
    },
  },
  {
    kind: 'time shift',
    how: 'Korea dates its receipt after Japan had cosigned it',
    fault: 'time_after_cosignature',
    forge: () => {
      const entries = [...logs.other.slice(0, 6), receiptOf(cast, A, 600)]
      return signedBy(KR, withLog('other', showLog(KR, JP, entries, { pick })))
    },
  },
  {
    kind: 'time shift',
    how: 'Korea alters the time of a cosignature',
    fault: 'cosignature_invalid',
    forge: () => {
      const note = parseNote(Buffer.from(honest.logs.other!.checkpoint))
      const signatures = note.signatures.map((line) => {
        if (!line.name.includes('witness')) return line
        const signature = Buffer.from(line.signature)
        signature.writeBigUInt64BE(BigInt(START_MS / 1000))
        return { ...line, signature }
      })
      const checkpoint = Buffer.from(formatNote({ ...note, signatures })).toString('utf8')
      return signedBy(KR, withLog('other', { ...honest.logs.other!, checkpoint }))
    },
  },
]
