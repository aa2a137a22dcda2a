// HTTP/1.1 on one kept-alive socket with as little of our own as possible, so that the load generator is not what is measured.
import { connect, type Socket } from 'node:net'

/** `head` is the answer's header in lower case. */
export type Reply = { status: number; head: string; body: string; firstByteMs: number; ms: number }

export class Connection {
  private socket: Socket | undefined
  private readonly url: string
  private readonly head: string
  private buffer = Buffer.alloc(0)
  private waiting:
    | { began: number; first: number; resolve: (reply: Reply) => void; reject: (error: Error) => void }
    | undefined

  private constructor(url: string, headers: Record<string, string>) {
    this.url = url
    const all = { host: new URL(url).host, ...headers }
    this.head = Object.entries(all)
      .map(([k, v]) => `${k}: ${v}`)
      .join('\r\n')
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<Connection> {
    const connection = new Connection(url, headers)
    await connection.connect()
    return connection
  }

  /** One request, and its whole answer. One at a time. */
  async send(method: string, path: string, body?: string): Promise<Reply> {
    // A server closes what was idle for some seconds.
    if (!this.socket) await this.connect()
    const entity =
      body === undefined ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`
    return new Promise((resolve, reject) => {
      this.waiting = { began: performance.now(), first: 0, resolve, reject }
      this.socket!.write(`${method} ${path} HTTP/1.1\r\n${this.head}\r\n${entity}\r\n${body ?? ''}`)
    })
  }

  close() {
    this.waiting = undefined
    this.socket?.destroy()
  }

  private connect(): Promise<void> {
    const { hostname, port } = new URL(this.url)
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname)
      socket.setNoDelay(true)
      socket.on('data', (chunk: Buffer) => this.receive(chunk))
      socket.on('error', (error) => {
        reject(error)
        this.waiting?.reject(error)
      })
      socket.on('close', () => {
        this.socket = undefined
        this.waiting?.reject(new Error('the connection was closed'))
      })
      socket.once('connect', () => {
        this.socket = socket
        resolve()
      })
    })
  }

  private receive(chunk: Buffer) {
    if (!this.waiting) return
    this.waiting.first ||= performance.now()
    this.buffer = this.buffer.length === 0 ? chunk : Buffer.concat([this.buffer, chunk])
    const end = this.buffer.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = this.buffer.toString('latin1', 0, end).toLowerCase()
    const body = bodyOf(head, this.buffer.subarray(end + 4))
    if (body === undefined) return
    const { began, first, resolve } = this.waiting
    this.waiting = undefined
    this.buffer = Buffer.alloc(0)
    resolve({
      status: Number(head.slice(9, 12)),
      head,
      body,
      firstByteMs: first - began,
      ms: performance.now() - began,
    })
  }
}

/** The body when all of it is there. */
function bodyOf(head: string, rest: Buffer): string | undefined {
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1]
  if (length !== undefined) return rest.length >= Number(length) ? rest.toString('utf8', 0, Number(length)) : undefined
  if (!head.includes('transfer-encoding: chunked')) return ''
  if (!rest.subarray(-5).equals(Buffer.from('0\r\n\r\n'))) return undefined
  const parts: Buffer[] = []
  for (let at = 0; ; ) {
    const line = rest.indexOf('\r\n', at)
    const size = Number.parseInt(rest.toString('latin1', at, line), 16)
    if (size === 0) return Buffer.concat(parts).toString()
    parts.push(rest.subarray(line + 2, line + 2 + size))
    at = line + 2 + size + 2
  }
}
