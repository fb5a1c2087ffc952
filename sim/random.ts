/** Randomness of a simulated run: everything is drawn from one seed, so that a seed is a whole history. */
import { createHash } from 'node:crypto'

/** A stream of random choices. Two streams of one seed and name make the same choices. */
export interface Random {
  /** From 0 up to, not including, 1. */
  float(): number
  /** A whole number from 0 up to, not including, `bound`. */
  below(bound: number): number
  /** True with the given probability. */
  chance(probability: number): boolean
  /** One of the list, which is not empty. */
  pick<T>(list: readonly T[]): T
  /** One of the list by weight. */
  weighted<T>(list: readonly (readonly [weight: number, value: T])[]): T
  bytes(sizeBytes: number): Uint8Array
  /** Another stream, whose choices do not depend on how much was drawn from this one. */
  fork(name: string): Random
}

/** A stream by its name; the name of a run's first stream is its seed. SHA-512 in counter mode. */
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
