/** TCP relays between the nodes of a test network, one per direction, so that links can be cut. */
import { createServer, connect } from 'node:net'
import type { Server, Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

export interface Relays {
  /** Starts a relay from one nation to the door of another. Returns the URL of the door through the relay. */
  open(from: string, to: string, doorPort: number): Promise<string>
  /** Closes all connections between two nations and refuses new ones. */
  cut(one: string, other: string): void
  /** Accepts connections again after `cut`. */
  mend(one: string, other: string): void
  close(): Promise<void>
}

interface Relay {
  readonly server: Server
  readonly sockets: Set<Socket>
  isCut: boolean
}

export function createRelays(): Relays {
  const relays = new Map<string, Relay>()
  const between = (one: string, other: string): Relay[] =>
    [`${one}>${other}`, `${other}>${one}`].flatMap((name) => relays.get(name) ?? [])
  return {
    async open(from, to, doorPort) {
      const relay: Relay = {
        server: createServer((socket) => connectThrough(relay, socket, doorPort)),
        sockets: new Set(),
        isCut: false,
      }
      relays.set(`${from}>${to}`, relay)
      await new Promise<void>((resolve, reject) => {
        relay.server.once('error', reject)
        relay.server.listen(0, '127.0.0.1', resolve)
      })
      return `https://127.0.0.1:${(relay.server.address() as AddressInfo).port}`
    },
    cut(one, other) {
      for (const relay of between(one, other)) {
        relay.isCut = true
        for (const socket of relay.sockets) socket.destroy()
      }
    },
    mend(one, other) {
      for (const relay of between(one, other)) relay.isCut = false
    },
    async close() {
      for (const relay of relays.values()) {
        for (const socket of relay.sockets) socket.destroy()
        await new Promise((resolve) => relay.server.close(resolve))
      }
    },
  }
}

function connectThrough(relay: Relay, near: Socket, doorPort: number): void {
  if (relay.isCut) {
    near.destroy()
    return
  }
  const far = connect(doorPort, '127.0.0.1')
  for (const socket of [near, far]) {
    relay.sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('close', () => {
      relay.sockets.delete(socket)
      near.destroy()
      far.destroy()
    })
    // `close` follows every error.
    socket.on('error', () => undefined)
  }
  near.pipe(far)
  far.pipe(near)
}
