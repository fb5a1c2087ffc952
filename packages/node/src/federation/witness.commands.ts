/**
 * Witnessing of national logs after C2SP tlog-witness (NAT-2 to NAT-5, LOG-44, LOG-45). A partner learns only
 * the size and the root of our national log, and cosigns only a checkpoint that extends the one that it
 * cosigned before.
 */
import { parseCheckpoint, signCheckpoint, verifyCheckpoint } from '#wire/log/checkpoint.ts'
import type { Checkpoint } from '#wire/log/checkpoint.ts'
import { cosign, verifyCosignature } from '#wire/log/cosignature.ts'
import { decodeBase64, encodeBase64 } from '#wire/digest.ts'
import { Malformed } from '#wire/json.ts'
import { emptyRoot, verifyConsistency } from '#wire/log/merkle.ts'
import {
  addSignatures,
  formatNote,
  formatSignatureLine,
  parseNote,
  parseSignatureLines,
} from '#wire/log/note.ts'
import type { NoteSignature } from '#wire/log/note.ts'
import type { Act, Acts } from '#node/kernel/command.ts'
import { freezePartner } from './federation.store.ts'
import { cosigner, nationalSigner, partnerCosigner, partnerNational } from './keys.ts'
import type { NodeKeys } from './keys.ts'
import { NATIONAL_LOG } from './log.ts'
import { proveConsistency, readHead, rootAt } from './log.store.ts'
import type { Partner } from './partner.ts'
import type { Transport } from './transport.ts'
import { lockWitnessed, putWitnessed, readWitnessed } from './witnessed.store.ts'

export interface WitnessReply {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422
  readonly body: string
}

const PROOF_LINES_MAX = 63

interface Request {
  readonly old: number
  readonly proof: readonly Uint8Array[]
  readonly note: string
}

/** Answers add-checkpoint for a partner's national log. Check and record are one transaction. */
export async function addCheckpoint(
  acts: Acts,
  keys: NodeKeys,
  partner: Partner,
  text: string,
): Promise<WitnessReply> {
  try {
    const request = parseRequest(text)
    const note = parseNote(Buffer.from(request.note))
    const verifier = partnerNational(partner)
    if (parseCheckpoint(note.text).origin !== verifier.name) return { status: 404, body: '' }
    const verdict = verifyCheckpoint(note, verifier)
    if (!verdict.ok) return { status: 403, body: '' }
    const reply = await acts.run((act) => record(act, partner.nation, request, verdict.value))
    if (typeof reply !== 'number') return reply
    const lines = cosign(note.text, Math.floor(reply / 1000), cosigner(keys))
    return { status: 200, body: lines.map(formatSignatureLine).join('') }
  } catch (error) {
    if (error instanceof Malformed) return { status: 400, body: '' }
    throw error
  }
}

/** Checks and records a checkpoint. Returns the time of recording if it may be cosigned, else the reply. */
async function record(
  act: Act,
  nation: string,
  request: Request,
  checkpoint: Checkpoint,
): Promise<WitnessReply | number> {
  const held = await lockWitnessed(act, nation)
  if (request.old !== held.size) return { status: 409, body: `${held.size}\n` }
  const oldRoot = held.note === '' ? emptyRoot : parseCheckpoint(parseNote(Buffer.from(held.note)).text).root
  const { size, root } = checkpoint
  if (size < request.old) return { status: 400, body: '' }
  if (!verifyConsistency({ oldSize: held.size, oldRoot, size, root, proof: request.proof })) {
    await freezePartner(act.tx, nation, 'fork', { held: held.note, received: request.note })
    act.hint({ routes: 'links', id: nation })
    return size === held.size ? { status: 409, body: `${held.size}\n` } : { status: 422, body: '' }
  }
  const at = act.world.now()
  await putWitnessed(act, nation, 'theirs', { size, note: request.note, at })
  return at
}

function parseRequest(text: string): Request {
  const split = text.indexOf('\n\n')
  if (split < 0) throw new Malformed('request_malformed', 'add-checkpoint')
  const [first = '', ...proof] = text.slice(0, split).split('\n')
  const old = /^old (0|[1-9]\d{0,15})$/.exec(first)
  if (old === null || proof.length > PROOF_LINES_MAX)
    throw new Malformed('request_malformed', 'add-checkpoint')
  return {
    old: Number(old[1]),
    proof: proof.map((line) => decodeBase64(line, 'proof')),
    note: text.slice(split + 2),
  }
}

/** Asks partners to witness our national log. Remembers only which partners have answered since the start. */
export interface NationalWitness {
  /**
   * Asks a partner. `asked` is true if another request may be useful.
   * @throws Unreachable
   */
  ask(partner: Partner): Promise<{ asked: boolean }>
  /** True if the partner has said how much it witnessed since this process started. */
  hasMet(nation: string): boolean
}

/** Builds the client side of witnessing. */
export function createNationalWitness(acts: Acts, keys: NodeKeys, transport: Transport): NationalWitness {
  const met = new Set<string>()
  return {
    hasMet: (nation) => met.has(nation),
    async ask(partner) {
      const request = await acts.run((act) => prepare(act, keys, partner.nation, met.has(partner.nation)))
      if (request === null) return { asked: false }
      const reply = await transport.addCheckpoint(partner, request.text)
      if (reply.status === 409 && /^\d{1,15}\n$/.test(reply.body)) {
        const isOurs = await acts.run((act) => learnSize(act, partner.nation, Number(reply.body)))
        if (isOurs) met.add(partner.nation)
        return { asked: isOurs }
      }
      if (reply.status !== 200) return { asked: false }
      const note = addSignatures(parseNote(Buffer.from(request.note)), signatureLines(reply.body))
      if (!verifyCosignature(note, partnerCosigner(partner)).ok) return { asked: false }
      const text = Buffer.from(formatNote(note)).toString('utf8')
      await acts.run((act) =>
        putWitnessed(act, partner.nation, 'ours', { size: request.size, note: text, at: act.world.now() }),
      )
      met.add(partner.nation)
      return { asked: true }
    },
  }
}

/** The signature lines of a reply; none if it is malformed. */
function signatureLines(body: string): readonly NoteSignature[] {
  try {
    return parseSignatureLines(body)
  } catch (error) {
    if (error instanceof Malformed) return []
    throw error
  }
}

/**
 * Builds a request; null if there is nothing to ask. Until the partner has answered since this process
 * started, signs nothing beyond the size that it witnessed: a node restored from an old state must find that
 * out before it signs a second history (NAT-5).
 */
async function prepare(act: Act, keys: NodeKeys, nation: string, met: boolean) {
  const head = await readHead(act.tx, NATIONAL_LOG)
  const witnessed = await readWitnessed(act.tx, nation)
  const old = witnessed.find(({ direction }) => direction === 'ours')?.size ?? 0
  if (head === null || head.frontier.size < old || (met && head.frontier.size === old)) return null
  const size = met ? head.frontier.size : old
  const proof = await proveConsistency(act.tx, NATIONAL_LOG, old, size)
  const root = await rootAt(act.tx, NATIONAL_LOG, size)
  const signed = signCheckpoint({ origin: head.origin, size, root, extensions: [] }, nationalSigner(keys))
  const note = Buffer.from(formatNote(signed)).toString('utf8')
  const lines = [`old ${old}`, ...proof.map(encodeBase64)]
  return { text: `${lines.join('\n')}\n\n${note}`, note, size }
}

/**
 * Records the size that the witness reports, because an earlier answer was lost. False, and the link freezes,
 * if that size exceeds our log: this node was restored from an old state and signs nothing until people
 * intervene (NAT-5).
 */
async function learnSize(act: Act, nation: string, size: number): Promise<boolean> {
  // Read our size again: another process may have extended the log since the request.
  const ourSize = (await readHead(act.tx, NATIONAL_LOG))?.frontier.size ?? 0
  if (size > ourSize) {
    await freezePartner(act.tx, nation, 'rolled_back', { witnessed_by_partner: size, our_size: ourSize })
    act.hint({ routes: 'links', id: nation })
    return false
  }
  await putWitnessed(act, nation, 'ours', { size, note: '', at: act.world.now() })
  return true
}
