/** Wires between the nodes of a test network that can be cut: one TCP relay for each node that another reaches. */
import { createServer, connect } from 'node:net'
import type { Server, Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

export interface Wires {
  /** Lays a wire from one nation to the door of another; returns the address at which the door is reached over it. */
  lay(from: string, to: string, doorPort: number): Promise<string>
  /** Cuts both wires between two nations: what is under way breaks, and nothing connects. */
  cut(one: string, other: string): void
  mend(one: string, other: string): void
  close(): Promise<void>
}

interface Wire {
  readonly server: Server
  readonly sockets: Set<Socket>
  isCut: boolean
}

export function createWires(): Wires {
  const wires = new Map<string, Wire>()
  const between = (one: string, other: string): Wire[] =>
    [`${one}>${other}`, `${other}>${one}`].flatMap((name) => wires.get(name) ?? [])
  return {
    async lay(from, to, doorPort) {
      const wire: Wire = {
        server: createServer((socket) => relay(wire, socket, doorPort)),
        sockets: new Set(),
        isCut: false,
      }
      wires.set(`${from}>${to}`, wire)
      await new Promise<void>((resolve, reject) => {
        wire.server.once('error', reject)
        wire.server.listen(0, '127.0.0.1', resolve)
      })
      return `https://127.0.0.1:${(wire.server.address() as AddressInfo).port}`
    },
    cut(one, other) {
      for (const wire of between(one, other)) {
        wire.isCut = true
        for (const socket of wire.sockets) socket.destroy()
      }
    },
    mend(one, other) {
      for (const wire of between(one, other)) wire.isCut = false
    },
    async close() {
      for (const wire of wires.values()) {
        for (const socket of wire.sockets) socket.destroy()
        await new Promise((resolve) => wire.server.close(resolve))
      }
    },
  }
}

function relay(wire: Wire, near: Socket, doorPort: number): void {
  if (wire.isCut) {
    near.destroy()
    return
  }
  const far = connect(doorPort, '127.0.0.1')
  for (const socket of [near, far]) {
    wire.sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('close', () => {
      wire.sockets.delete(socket)
      near.destroy()
      far.destroy()
    })
    // A broken wire is what these sockets are for.
    socket.on('error', () => undefined)
  }
  near.pipe(far)
  far.pipe(near)
}
