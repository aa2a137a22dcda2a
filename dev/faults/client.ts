// Clients that do what docs/problems.md asks of them: send again with the same id until there is an answer.
import { Agent, request } from 'node:http'
import type { Random } from '#db/seed/demo/random.ts'
import { pause } from './fault.ts'

export interface Answer {
  status: number
  json: any
  text: string
  headers: Record<string, string | string[] | undefined>
}

export interface Caller {
  /** One request; undefined when there was no whole answer. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer | undefined>
  close(): void
}

export function callerOf(url: string, key: string, patienceMs = 15_000): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: 400 })
  const { hostname, port } = new URL(url)
  return {
    send: (method, path, body, more) =>
      new Promise((resolve) => {
        const raw = body instanceof Uint8Array
        const bytes = body === undefined ? undefined : raw ? Buffer.from(body) : Buffer.from(JSON.stringify(body))
        const headers = {
          authorization: `Bearer ${key}`,
          ...(bytes && {
            'content-type': raw ? 'application/octet-stream' : 'application/json',
            'content-length': bytes.length,
          }),
          ...more,
        }
        const host = hostname === 'localhost' ? '127.0.0.1' : hostname
        const asked = request({ host, port, method, path, headers, agent, timeout: patienceMs }, async (response) => {
          try {
            let text = ''
            for await (const chunk of response.setEncoding('utf8')) text += chunk
            resolve({ status: response.statusCode!, json: parsed(text), text, headers: response.headers })
          } catch {
            resolve(undefined)
          }
        })
        asked.on('timeout', () => asked.destroy())
        asked.on('error', () => resolve(undefined))
        asked.end(bytes)
      }),
    close: () => agent.destroy(),
  }
}

const parsed = (text: string): any => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What was acknowledged: the client's id, and what the answer said of it. */
export interface Acknowledged {
  id: string
  number: number
  series: string
  fiscalYear: number
  ledgerVersion: number
  hash: string
}

export interface Posted {
  acknowledged: Acknowledged[]
  /** Answers by status; 0: none came. */
  statuses: Record<number, number>
  retries: number
  /** Drafts that were never acknowledged. */
  given: number
  /** How long each acknowledged draft took with all its tries, in milliseconds. */
  times: number[]
}

const thisYear = new Date().getFullYear()
let ids = 0
/** A new voucher id; of one process and never twice. */
export const nextId = (random: Random): string =>
  `vch_${String(++ids).padStart(8, '0')}${random.whole(1e8, 9e8)}${random.whole(1e8, 9e8)}`

export function draftBy(random: Random, id = nextId(random)) {
  const amount = random.whole(1, 5_000_000)
  return {
    id,
    type: 'general',
    voucherDate: `${thisYear}-0${random.whole(1, 9)}-${10 + random.whole(0, 18)}`,
    text: `Bilag ${id.slice(4, 12)} æøå`,
    lines: [
      { rowKey: 'a', account: '1920', amount },
      { rowKey: 'b', account: '2900', amount: -amount },
    ],
  }
}

/** An answer that says the request may be sent again. */
const isPassing = (status: number): boolean => status >= 500 || status === 409 || status === 429

/**
 * Posts the drafts with so many clients. Each sends a draft until it is acknowledged, or gives up after so many tries.
 * An answer that is neither a success nor a passing failure is thrown: no fault may have that effect.
 */
export async function postAll(
  caller: Caller,
  path: string,
  drafts: readonly ReturnType<typeof draftBy>[],
  { clients, tries = 400, until = () => false }: { clients: number; tries?: number; until?: () => boolean },
): Promise<Posted> {
  const posted: Posted = { acknowledged: [], statuses: {}, retries: 0, given: 0, times: [] }
  let next = 0
  const client = async () => {
    for (let i = next++; i < drafts.length && !until(); i = next++) {
      const draft = drafts[i]!
      const began = performance.now()
      let done = false
      for (let attempt = 0; attempt < tries && !done; attempt++) {
        if (attempt > 0) {
          posted.retries++
          await pause(20 + (attempt % 7) * 10)
        }
        const answer = await caller.send('POST', `${path}/vouchers`, draft)
        const status = answer?.status ?? 0
        posted.statuses[status] = (posted.statuses[status] ?? 0) + 1
        if (status === 201 || status === 200) {
          const { id, number, series, fiscalYear, ledgerVersion, hash } = answer!.json
          posted.acknowledged.push({ id, number, series, fiscalYear, ledgerVersion, hash })
          posted.times.push(performance.now() - began)
          done = true
        } else if (answer && !isPassing(status)) throw new Error(`${status} ${answer.text.slice(0, 400)}`)
      }
      if (!done) posted.given++
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return posted
}

export const merged = (parts: readonly Posted[]): Posted => {
  const statuses: Posted['statuses'] = {}
  for (const part of parts)
    for (const [status, n] of Object.entries(part.statuses))
      statuses[Number(status)] = (statuses[Number(status)] ?? 0) + n
  return {
    acknowledged: parts.flatMap((p) => p.acknowledged),
    statuses,
    retries: parts.reduce((n, p) => n + p.retries, 0),
    given: parts.reduce((n, p) => n + p.given, 0),
    times: parts.flatMap((p) => p.times),
  }
}
