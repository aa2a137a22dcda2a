import net from 'node:net'

interface Socket {
  readonly fd: number
  getsockname(out: { port?: number }): number
  close(): void
}

export interface ListeningSocket {
  /** For the child's `stdio`; undefined where open sockets cannot be handed on, then the child listens on the port itself. */
  readonly fd: number | undefined
  readonly port: number
  close(): void
}

/**
 * A bound port of 127.0.0.1 that this process holds and a child listens on. When the child dies, the port stays open and the
 * kernel keeps new connections waiting for the next child, so nobody meets a refused connection.
 * Node's own `cluster` makes its sockets by this function, which has no documentation; Node is pinned.
 */
export function boundSocket(): ListeningSocket {
  const create = (net as unknown as { _createServerHandle(address: string, port: number, family: 4): Socket | number })
    ._createServerHandle
  const socket = create('127.0.0.1', 0, 4)
  if (typeof socket === 'number') throw new Error(`no port could be bound on 127.0.0.1 (${socket})`)
  const address: { port?: number } = {}
  socket.getsockname(address)
  const port = address.port!
  if (socket.fd >= 0) return { fd: socket.fd, port, close: () => socket.close() }
  socket.close()
  return { fd: undefined, port, close() {} }
}
