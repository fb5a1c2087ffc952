/** Two nations in memory that write evidence and can forge it, because all keys are here. Only for tests. */
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { signCard } from '../link/card.ts'
import type { SignedCard } from '../link/card.ts'
import { cosignerName, linkOrigin, signCheckpoint } from '../log/checkpoint.ts'
import { cosign } from '../log/cosignature.ts'
import { sha384 } from '../digest.ts'
import type { EvidenceFile, EvidenceParts } from './evidence.ts'
import { formatLogProof } from '../log/proof.ts'
import { appendLeaf, emptyFrontier, frontierRoot, inclusionProof, leafHash } from '../log/merkle.ts'
import type { Frontier } from '../log/merkle.ts'
import { addSignatures, formatNote } from '../log/note.ts'
import type { NoteSignature } from '../log/note.ts'
import { signAct } from '../personAct.ts'
import type { SignedAct } from '../personAct.ts'
import type { ActName } from '../pillars.ts'
import { buildManifest } from '../seal/manifest.ts'
import { exportKasPublic, generateKasKeys } from '../seal/key.ts'
import { sealMetadata, sealMetadataText } from '../seal/metadata.ts'
import { contentCommitment, createSealer } from '../seal/stream.ts'
import { encodeStatement } from '../statement.ts'
import type { Statement } from '../statement.ts'
import { exportPublicKeys, generateSuiteKeys, publicKeysOf, signerOf } from '../suite.ts'
import type { SuiteKeys, SuiteName } from '../suite.ts'
import { seededRandom } from '../seal/testSeal.ts'

export const CONTENT = Buffer.from('EXERCISE what was seen')
export const START_MS = Date.parse('2026-11-24T00:00:00Z')
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

export interface TestPerson {
  readonly id: string
  readonly office: string
  readonly authorities: readonly string[]
  readonly privateKey: Uint8Array
  readonly publicKey: string
  readonly keyId: string
}

export interface TestNation {
  readonly nation: string
  readonly keys: SuiteKeys
  readonly card: SignedCard
  readonly person: (id: string) => TestPerson
}

/** A nation whose keys are derived from a seed; with another seed it is a forger that has only the name. */
export function testNation(nation: string, suite: SuiteName, seed: string): TestNation {
  const random = seededRandom(`${seed} ${nation}`)
  const keys = generateSuiteKeys(suite, random)
  const seal = generateKasKeys('x25519', random)
  const card = signCard(
    {
      v: 1,
      nation,
      address: `https://${nation.toLowerCase()}.entente.invalid:1`,
      certificate: '0'.repeat(64),
      keys: exportPublicKeys(publicKeysOf(keys)),
      seal: exportKasPublic(seal.public),
    },
    keys,
  )
  const authorities: Readonly<Record<string, string>> = {
    analyst: 'submit',
    'release-1': 'release',
    'release-2': 'release',
    officer: 'receipt',
    security: 'assure',
  }
  const people = new Map(
    Object.entries(authorities).map(([id, authority]) => [id, testPerson(nation, id, authority, random(32))]),
  )
  return { nation, keys, card, person: (id) => people.get(id)! }
}

function testPerson(nation: string, id: string, authority: string, seed: Uint8Array): TestPerson {
  const privateKey = Buffer.concat([PKCS8_PREFIX, seed])
  const secret = createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' })
  const der = createPublicKey(secret).export({ format: 'der', type: 'spki' })
  const keyId = createHash('sha256').update(der).digest('hex').slice(0, 16)
  const publicKey = der.toString('base64')
  return { id, office: `${nation} ${id}`, authorities: [authority], privateKey, publicKey, keyId }
}

/** A signed act; `minute` is the minute of the exercise at which the person signs. */
export function actOf(by: TestNation, person: string, act: ActName, over: string, minute: number): SignedAct {
  const { id, office, keyId, privateKey } = by.person(person)
  const digest = over as ReturnType<typeof sha384>
  const text = {
    v: 1,
    act,
    nation: by.nation,
    person: id,
    office,
    key: keyId,
    at: atMinute(minute),
    over: digest,
  }
  return signAct(text as Parameters<typeof signAct>[0], privateKey)
}

export function atMinute(minute: number): string {
  return new Date(START_MS + minute * 60_000).toISOString()
}

/** The terms of the exercise, in the form that is hashed. */
export const PROFILE = JSON.stringify({
  format: 'entente-profile/2',
  instrument: 'jp-kr-gsomia-2016',
  subject: 'information',
  parties: ['JP', 'KR'],
  terms: {
    markings: [{ articles: ['4.1'], markings: { JP: ['極秘'], KR: ['군사 Ⅱ급 비밀'] } }],
    equivalence: [
      {
        articles: ['4.2'],
        rows: [{ from: 'JP', marking: '極秘', to: 'KR', markings: ['군사 Ⅱ급 비밀'] }],
      },
    ],
    categories: [{ articles: ['2'], permitted: ['missile_launch'] }],
    purpose: [{ articles: ['6(c)'], purposes: ['early_warning'] }],
    authorities: [{ articles: ['3'], organisations: [{ id: 'kr-mnd-dia', nation: 'KR' }] }],
    assurance: [{ articles: ['7.5'], covers: ['clearance'] }],
  },
})
export const PROFILE_HASH = sha384(Buffer.from(PROFILE))

/** One item: its id, its proposal, the exact metadata and manifest. */
export interface TestItem {
  readonly id: string
  readonly control: string
  readonly proposal: string
  readonly digest: string
  readonly manifest: string
  readonly opening: string
}

export function testItem(number: number, change: Readonly<Record<string, unknown>> = {}): TestItem {
  const random = seededRandom(`item ${number}`)
  const dek = random(32)
  const sealer = createSealer({ dek, random, contentSizeBytes: CONTENT.length })
  sealer.push(CONTENT)
  sealer.finish()
  const sealed = sealer.sealed()
  const facts = { v: 1, title: 'EXERCISE', fileName: null, mediaType: 'text/plain', note: '' } as const
  const opening = sealMetadataText({ ...facts, salt: Buffer.from(sealed.salt).toString('base64') })
  const control = `JP-KR-2026-${number.toString().padStart(6, '0')}`
  const proposal = JSON.stringify({
    v: 1,
    control,
    originator: 'JP',
    recipient: { nation: 'KR', organisation: 'kr-mnd-dia' },
    instrument: 'jp-kr-gsomia-2016',
    profile: PROFILE_HASH,
    marking: '極秘',
    receiverMarking: '군사 Ⅱ급 비밀',
    category: 'missile_launch',
    purpose: 'early_warning',
    commitment: contentCommitment(opening, sealed.contentDigest),
    payload: { digest: sealed.payloadDigest, sizeBytes: sealed.payloadSizeBytes },
    derivedFrom: [],
    ...change,
  })
  const digest = sha384(Buffer.from(proposal))
  const manifest = buildManifest({
    dek,
    table: sealed.table,
    metadataSealed: sealMetadata(dek, opening, random),
    labelDigest: digest,
    recipients: [{ key: generateKasKeys('x25519', random).public, url: 'https://kr.entente.invalid:1' }],
    random,
  })
  return { id: Buffer.from(random(16)).toString('hex'), control, proposal, digest, manifest, opening }
}

type Fields = Partial<Pick<Statement, 'matter' | 'agreement' | 'acts'>> & { readonly body: unknown }

/** The exact text of a statement. Its id is derived from its content. */
export function statementText(
  kind: string,
  from: string,
  to: string,
  minute: number,
  fields: Fields,
): string {
  const { body, ...rest } = fields
  const id = createHash('sha256')
    .update(JSON.stringify([kind, from, minute, fields]))
    .digest('hex')
    .slice(0, 32)
  const statement = { v: 1, kind, id, from, to, at: atMinute(minute), ...rest, body }
  return Buffer.from(encodeStatement(statement as Statement)).toString('utf8')
}

/** The entries of the two logs of the exercise, in order. */
export interface TestLogs {
  readonly home: readonly string[]
  readonly other: readonly string[]
}

/** The two nations of the exercise. */
export interface Cast {
  readonly home: TestNation
  readonly other: TestNation
}

export function testCast(suite: SuiteName, seed = 'genuine'): Cast {
  return { home: testNation('JP', suite, seed), other: testNation('KR', suite, seed) }
}

const declared = { instrument: 'jp-kr-gsomia-2016', profile: PROFILE_HASH }

function enteredBy(by: TestNation, to: string, minute: number, person: string): string {
  const { id, office, publicKey, keyId, authorities } = by.person(person)
  const dates = { from: atMinute(-1000), until: null }
  const entry = { person: id, office, organisation: `${by.nation.toLowerCase()}-mod`, key: publicKey, keyId }
  return statementText('directory.entered', by.nation, to, minute, {
    body: { ...entry, authorities, ...dates },
  })
}

/** The other nation's assurance in the exercise. */
export function assuranceBy({ other }: Cast, minute: number): string {
  const assurance = 'a'.repeat(32)
  const text = JSON.stringify({
    v: 1,
    assurance,
    instrument: 'jp-kr-gsomia-2016',
    by: 'KR',
    to: 'JP',
    organisation: 'kr-mnd-dia',
    markings: ['군사 Ⅱ급 비밀'],
    purposes: ['early_warning'],
    from: atMinute(0),
    until: atMinute(10_000),
  })
  const acts = [actOf(other, 'security', 'assurance.give', sha384(Buffer.from(text)), minute)]
  return statementText('assurance.given', 'KR', 'JP', minute, { acts, body: { assurance, text } })
}

export function offerOf({ home }: Cast, item: TestItem, minute: number, acts?: readonly SignedAct[]): string {
  const signed = acts ?? [
    actOf(home, 'analyst', 'exchange.submit', item.digest, minute - 2),
    actOf(home, 'release-1', 'exchange.approve', item.digest, minute - 1),
    actOf(home, 'release-2', 'exchange.approve', item.digest, minute - 1),
  ]
  const { proposal, manifest } = item
  const matter = { id: item.id, home: 'JP', seen: 0 }
  const fields = { matter, agreement: declared, acts: [...signed], body: { proposal, manifest } }
  return statementText('exchange.offered', 'JP', 'KR', minute, fields)
}

export function acceptanceOf(item: TestItem, minute: number, marking = '군사 Ⅱ급 비밀'): string {
  const body = { control: item.control, registered: 'KR-2026-000001', marking }
  const matter = { id: item.id, home: 'JP', seen: 1 }
  return statementText('exchange.accepted', 'KR', 'JP', minute, { matter, body })
}

export function receiptOf({ other }: Cast, item: TestItem, minute: number, over = item.digest): string {
  const { office } = other.person('officer')
  const body = { control: item.control, organisation: 'kr-mod', office }
  const acts = [actOf(other, 'officer', 'exchange.receipt', over, minute)]
  const matter = { id: item.id, home: 'JP', seen: 1 }
  return statementText('exchange.receipted', 'KR', 'JP', minute, { matter, acts, body })
}

/** The logs of the whole exercise: the items cross and are receipted, with other entries between. */
export function testLogs(cast: Cast, items: readonly TestItem[]): TestLogs {
  const { home, other } = cast
  const homeLog = [
    statementText('agreement.declared', 'JP', 'KR', 0, { body: declared }),
    ...['analyst', 'release-1', 'release-2'].map((person, at) => enteredBy(home, 'KR', 1 + at, person)),
    ...items.map((item, at) => offerOf(cast, item, 20 + at)),
  ]
  const otherLog = [
    statementText('agreement.declared', 'KR', 'JP', 0, { body: declared }),
    ...['officer', 'security'].map((person, at) => enteredBy(other, 'JP', 1 + at, person)),
    assuranceBy(cast, 5),
    ...items.map((item, at) => acceptanceOf(item, 30 + at)),
    ...items.map((item, at) => receiptOf(cast, item, 40 + at)),
  ]
  return { home: homeLog, other: otherLog }
}

type Log = EvidenceFile['logs']['home']

export interface LogOptions {
  /** How many entries the head covers; all of them by default. */
  readonly size?: number
  readonly cosignedMinute?: number
  /** Replaces the partner's lines. */
  readonly cosignatures?: readonly NoteSignature[]
  /** Selects the entries of the file. */
  readonly pick?: (text: string, index: number) => boolean
}

/**
 * A log as a nation shows it: the signed and cosigned head over `entries`, and proofs of the selected ones.
 */
export function showLog(
  by: TestNation,
  partner: TestNation,
  entries: readonly string[],
  options: LogOptions = {},
): Log {
  const size = options.size ?? entries.length
  const subtrees = new Map<string, Uint8Array>()
  let frontier: Frontier = emptyFrontier
  for (const entry of entries.slice(0, size)) {
    frontier = appendLeaf(frontier, leafHash(Buffer.from(entry)), (level, index, hash) => {
      subtrees.set(`${level}/${index}`, hash)
    })
  }
  const origin = linkOrigin(by.nation, partner.nation)
  const root = frontierRoot(frontier)
  const signed = signCheckpoint({ origin, size, root, extensions: [] }, signerOf(origin, by.keys))
  const timeS = Math.floor(START_MS / 1000) + (options.cosignedMinute ?? 60) * 60
  const signer = signerOf(cosignerName(partner.nation), partner.keys)
  const note = addSignatures(signed, options.cosignatures ?? cosign(signed.text, timeS, signer))
  const checkpoint = Buffer.from(formatNote(note)).toString('utf8')
  const read = (level: number, index: number) => subtrees.get(`${level}/${index}`)!
  const shown = entries.flatMap((statement, index) => {
    if (index >= size || !(options.pick?.(statement, index) ?? true)) return []
    const proof = inclusionProof(index, size, read)
    const whole = Buffer.from(formatLogProof({ index, proof, checkpoint: note })).toString('utf8')
    return [{ proof: whole.slice(0, whole.length - checkpoint.length), statement }]
  })
  return { checkpoint, entries: shown }
}

/** Selects the entries that belong in the evidence of an item: those about it, and those about no item. */
export function concerns(item: TestItem): (text: string) => boolean {
  return (text) => {
    const { matter } = JSON.parse(text) as { matter?: { id: string } }
    return matter === undefined || matter.id === item.id
  }
}

/** Evidence of an item, honest unless options change a log. */
export function partsOf(
  cast: Cast,
  logs: TestLogs,
  item: TestItem,
  options: { readonly home?: LogOptions; readonly other?: LogOptions } = {},
): EvidenceParts {
  const { home, other } = cast
  const pick = concerns(item)
  return {
    format: 'entente-evidence/2',
    matter: { id: item.id, home: 'JP', partner: 'KR' },
    cards: { home: home.card, other: other.card },
    logs: {
      home: showLog(home, other, logs.home, { pick, ...options.home }),
      other: showLog(other, home, logs.other, { pick, ...options.other }),
    },
    profile: PROFILE,
    opening: item.opening,
    pending: [],
  }
}
