// Stands between two parts of an instance and does to their requests what networks do.
import { Agent, createServer, type IncomingMessage, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What happens to the next request. `late` waits before it is passed on, in milliseconds. */
export type Fate =
  | 'pass'
  | 'lose-request'
  | 'lose-answer'
  | 'twice'
  | 'black-hole'
  | 'reset'
  | { late: number }
  | { cutAfter: number }

export interface FaultyProxy {
  /** `127.0.0.1:…`, instead of the address it was made for. */
  readonly host: string
  /** Asked for each request; passes all when it is not set. */
  fate: (path: string) => Fate
  /** Closes the port, so that connecting is refused, and opens it again. */
  refuse(on: boolean): Promise<void>
  close(): Promise<void>
}

/** `target`: host and port of what it stands before. */
export async function startProxy(target: string): Promise<FaultyProxy> {
  const agent = new Agent({ keepAlive: true, maxSockets: 500 })
  const [hostname, port] = target.split(':') as [string, string]

  const pass = (request: IncomingMessage, body: Buffer, part = body.length) =>
    new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>((resolve, reject) => {
      const { method, url: path, headers } = request
      const onward: Record<string, string | string[] | undefined> = {
        ...headers,
        'content-length': String(body.length),
      }
      delete onward['transfer-encoding']
      const asked = send({ hostname, port, method, path, headers: onward, agent }, async (answer) => {
        try {
          resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: await bytesOf(answer) })
        } catch (error) {
          reject(error)
        }
      })
      asked.on('error', reject)
      if (part >= body.length) asked.end(body)
      else asked.write(body.subarray(0, part), () => asked.destroy())
    })

  const server = createServer(async (request, response) => {
    const { socket } = response
    try {
      const body = await bytesOf(request)
      const fate = proxy.fate(request.url ?? '/')
      if (fate === 'black-hole') return
      if (fate === 'reset') return void socket?.resetAndDestroy()
      if (fate === 'lose-request') return void socket?.destroy()
      if (typeof fate === 'object' && 'cutAfter' in fate) {
        await pass(request, body, fate.cutAfter).catch(() => {})
        return void socket?.destroy()
      }
      if (typeof fate === 'object') await new Promise((resume) => setTimeout(resume, fate.late))
      const [answer] = await Promise.all([pass(request, body), fate === 'twice' && pass(request, body).catch(() => {})])
      if (fate === 'lose-answer') return void socket?.destroy()
      delete answer.headers['transfer-encoding']
      response
        .writeHead(answer.status, { ...answer.headers, 'content-length': String(answer.body.length) })
        .end(answer.body)
    } catch {
      socket?.destroy()
    }
  })
  server.keepAliveTimeout = 120_000
  server.requestTimeout = 0
  const listen = (on: number) => new Promise<void>((resolve) => server.listen(on, '127.0.0.1', resolve))
  const stop = () => {
    server.closeAllConnections()
    return new Promise<void>((resolve) => (server.listening ? server.close(() => resolve()) : resolve()))
  }
  await listen(0)
  const own = (server.address() as AddressInfo).port
  const proxy: FaultyProxy = {
    host: `127.0.0.1:${own}`,
    fate: () => 'pass',
    refuse: (on) => (on ? stop() : listen(own)),
    async close() {
      agent.destroy()
      await stop()
    },
  }
  return proxy
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
