// A thin client of the public API: where it is, who asks, and what a refusal is.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Locale } from '#i18n/format.ts'

export type Environment = Readonly<Record<string, string | undefined>>
export type Wanted = { url?: string | undefined; key?: string | undefined }
export type Target = { url: string; key: string | undefined }

/** A refusal as the API gave it, problem+json read; the message has what must be put right, a line for each. */
export class Refusal extends Error {
  readonly problem: Record<string, unknown>
  constructor(problem: Record<string, unknown>) {
    const title = String(problem.title ?? problem.code)
    const issues = (Array.isArray(problem.issues) ? problem.issues : []) as { message?: string; pointer?: string }[]
    const told = issues.map(({ message, pointer }) =>
      [pointer?.replace(/^#\//, ''), message].filter(Boolean).join(': '),
    )
    super([title, ...told.map((line) => `  • ${line}`)].join('\n'))
    this.problem = problem
  }
}
/** Nobody answered. */
export class NoAnswer extends Error {}

const LOCAL = 'http://localhost:8787'

/** A path as the user meant it: npm runs scripts in the project's folder, and tells where the user was. */
export function userPath(path: string, env: Environment): string {
  const asked = resolve(env.INIT_CWD ?? '.', path)
  return existsSync(asked) ? asked : resolve(path)
}

/**
 * Which instance, and as whom: the options, else the environment, else the instance on this machine. With a data folder and
 * no key it is the local operator, whose key lies there (decisions.md 16).
 */
export function targetOf(wanted: Wanted, env: Environment): Target {
  const folder = env.HOVEDBOK_DATA ? userPath(env.HOVEDBOK_DATA, env) : '.data'
  const url = wanted.url || env.HOVEDBOK_URL || announcedUrl(folder) || LOCAL
  const key = wanted.key || env.HOVEDBOK_KEY
  if (key) return { url: withoutSlash(url), key }
  const mayBeOperator = env.HOVEDBOK_DATA !== undefined || isLocal(url)
  return { url: withoutSlash(url), key: mayBeOperator ? operatorKey(folder) : undefined }
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, '')
const isLocal = (url: string): boolean => /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(url)

/** A running instance writes where it is beside its data. */
function announcedUrl(folder: string): string | undefined {
  const file = join(folder, 'instance.json')
  if (!existsSync(file)) return undefined
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { url?: string }).url
  } catch {
    return undefined
  }
}

function operatorKey(folder: string): string | undefined {
  const file = join(folder, 'operator.key')
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}

export type Sent = { method?: string; body?: unknown; raw?: Blob; headers?: Record<string, string> }

export class Client {
  readonly target: Target
  private readonly locale: Locale

  constructor(target: Target, locale: Locale) {
    this.target = target
    this.locale = locale
  }

  /**
   * Calls a path under /api/v1 and gives the answer's JSON.
   * @throws Refusal for anything but a success; NoAnswer when there is nobody.
   */
  async call<T = Record<string, any>>(path: string, sent: Sent = {}): Promise<T> {
    const { url, key } = this.target
    const response = await fetch(`${url}/api/v1${path}`, {
      method: sent.method ?? (sent.body === undefined && !sent.raw ? 'GET' : 'POST'),
      headers: {
        accept: 'application/json',
        'accept-language': this.locale,
        ...(key && { authorization: `Bearer ${key}` }),
        ...(sent.body !== undefined && { 'content-type': 'application/json' }),
        ...sent.headers,
      },
      body: sent.raw ?? (sent.body === undefined ? null : JSON.stringify(sent.body)),
    }).catch((error: unknown) => {
      throw new NoAnswer(String((error as { cause?: unknown }).cause ?? error))
    })
    const json = await jsonOf(response)
    if (!response.ok) throw new Refusal(json)
    return json
  }

  /**
   * A file of the API, to be read as it comes, with the name it is offered under.
   * @throws Refusal for anything but a success; NoAnswer when there is nobody.
   */
  async download(path: string): Promise<{ body: ReadableStream<Uint8Array>; name: string }> {
    const { url, key } = this.target
    const headers = { 'accept-language': this.locale, ...(key && { authorization: `Bearer ${key}` }) }
    const response = await fetch(`${url}/api/v1${path}`, { headers }).catch((error: unknown) => {
      throw new NoAnswer(String((error as { cause?: unknown }).cause ?? error))
    })
    if (!response.ok) throw new Refusal(await jsonOf(response))
    const offered = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1]
    return { body: response.body!, name: offered ? decodeURIComponent(offered) : 'export' }
  }
}

async function jsonOf(response: Response): Promise<any> {
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    return { status: response.status, code: 'internal/error', title: text.slice(0, 500) }
  }
}

/** A company's path. */
export const companyPath = (id: string, rest = ''): string => `/companies/${encodeURIComponent(id)}${rest}`

/** A query without what was not given. */
export function query(values: Record<string, string | number | boolean | undefined>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([k, v]) => [k, String(v)]))}`
}
