/**
 * The randomness of a run: every choice is drawn from one seed, so that a seed determines the whole history.
 */
import { createHash } from 'node:crypto'

/** A stream of random choices. Two streams of one seed and name make the same choices. */
export interface Random {
  /** From 0 to 1, exclusive. */
  float(): number
  /** An integer from 0 to `bound`, exclusive. */
  below(bound: number): number
  /** True with the given probability. */
  chance(probability: number): boolean
  /** One element of a non-empty list. */
  pick<T>(list: readonly T[]): T
  /** One element, by weight. */
  weighted<T>(list: readonly (readonly [weight: number, value: T])[]): T
  bytes(sizeBytes: number): Uint8Array
  /** An independent stream: its choices do not depend on how much was drawn from this one. */
  fork(name: string): Random
}

/** The stream of a name; a run's first stream is named by its seed. SHA-512 in counter mode. */
export function createRandom(name: string): Random {
  let counter = 0
  let block = Buffer.alloc(0)
  const bytes = (sizeBytes: number): Buffer => {
    while (block.length < sizeBytes) {
      block = Buffer.concat([
        block,
        createHash('sha512')
          .update(`${name} ${(counter += 1)}`)
          .digest(),
      ])
    }
    const taken = block.subarray(0, sizeBytes)
    block = block.subarray(sizeBytes)
    return taken
  }
  const float = (): number => bytes(4).readUInt32BE() / 2 ** 32
  const below = (bound: number): number => Math.floor(float() * bound)
  return {
    float,
    below,
    bytes,
    chance: (probability) => float() < probability,
    pick: (list) => list[below(list.length)]!,
    weighted(list) {
      let left = float() * list.reduce((sum, [weight]) => sum + weight, 0)
      for (const [weight, value] of list) if ((left -= weight) < 0) return value
      return list.at(-1)![1]
    },
    fork: (other) => createRandom(`${name}/${other}`),
  }
}
