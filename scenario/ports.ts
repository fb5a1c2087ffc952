/** The ports of a network: which are in use, and free ones for tests. */
import { createServer } from 'node:net'
import { CAST } from './cast.ts'

/** The ports of one nation: console, door, metrics, and the console behind a development server. */
const PORTS_OF_NATION = 4
const FIRST = 20_000
const STEP = 400
const BLOCKS = 30

/** The base port of a free block. The search starts at a block that depends on the process id. */
export async function freePorts(): Promise<number> {
  for (let attempt = 0; attempt < BLOCKS; attempt += 1) {
    const base = FIRST + ((process.pid + attempt) % BLOCKS) * STEP
    if ((await takenPorts(base)).length === 0) return base
  }
  throw new Error('no free block of ports')
}

/** The ports of the network at `base` that are in use. */
export async function takenPorts(base: number): Promise<number[]> {
  const ports = CAST.flatMap(({ offset }) =>
    Array.from({ length: PORTS_OF_NATION }, (_, index) => base + offset + index),
  )
  const free = await Promise.all(ports.map(isFree))
  return ports.filter((_, index) => free[index] === false)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
