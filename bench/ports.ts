/** Free ports on loopback, so that a benchmark can run beside other programs. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

/** The ports of one node: console, door for partners, metrics. */
export type NodePorts = readonly [number, number, number]

/** Three ports on which nothing is listening. */
export async function freePorts(): Promise<NodePorts> {
  const probes = [createServer(), createServer(), createServer()]
  for (const probe of probes) await once(probe.listen(0, '127.0.0.1'), 'listening')
  const [console = 0, door = 0, metrics = 0] = probes.map((probe) => (probe.address() as AddressInfo).port)
  for (const probe of probes) await once(probe.close(), 'close')
  return [console, door, metrics]
}
