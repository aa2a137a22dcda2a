import type { Issue } from '#worker/core/problem.ts'
import type { Facts } from '#worker/ledger/books.ts'
import type { PostedAnswer, RefusedAnswer, TriedAnswer } from '#worker/ledger/job.ts'
import type { Template } from '#worker/templates/template.ts'
import { KEPT_AT } from '../offline/kept-at.ts'

/** What the ledger answered. `lost` is no answer at all: the voucher may or may not be there. */
export type Sent<T> =
  | { kind: 'done'; answer: T }
  | { kind: 'refused'; code: string; title: string; issues: readonly Issue[]; posted?: Numbered }
  | { kind: 'signed-out' }
  | { kind: 'lost' }

/** A voucher that was posted under the same id. */
export type Numbered = { id: string; series: string; fiscalYear: number; number: number }

export type Line = {
  /** Where the company's API answers: `/api/v1/companies/cmp_…`. */
  base: string
  locale: string
  fetch: typeof fetch
  /** Waits so many milliseconds; a test does not. */
  wait: (ms: number) => Promise<void>
  /** Which window sends, so that it knows its own news. */
  tab?: string
}

/** How long an answer is waited for, in milliseconds. */
const PATIENCE_MS = 30_000
/** How long between the tries after a lost reply, in seconds. */
export const RETRY_SECONDS = [1, 2, 4, 8, 15] as const

export type FactsAnswer = Facts & { ledgerVersion: number }
export type TriedVouchers = { ledgerVersion: number; dryRunToken: string | null; vouchers: TriedAnswer[] }
export type PostedVouchers = { ledgerVersion: number; vouchers: (PostedAnswer | RefusedAnswer)[] }

/** `keptAt`: when they were read, in UTC, where there was no answer and they are as this machine had them. */
type Books = { facts: FactsAnswer; etag: string; keptAt: string | null }

/** The facts that vouchers are judged by; undefined when they are those of `etag` still. */
export async function fetchBooks(line: Line, etag?: string): Promise<Books | undefined> {
  const response = await line.fetch(`${line.base}/books`, {
    headers: { accept: 'application/json', ...(etag && { 'if-none-match': etag }) },
  })
  if (response.status === 304) return undefined
  if (!response.ok) throw new Error(`books: ${response.status}`)
  const { headers } = response
  const facts = (await response.json()) as FactsAnswer
  return { facts, etag: headers.get('etag') ?? '', keptAt: headers.get(KEPT_AT) }
}

/** Templates and keys of the company. @throws Error when there is no answer, or none that may be read. */
export async function fetchTemplates(line: Line): Promise<Template[]> {
  const response = await line.fetch(`${line.base}/templates`, { headers: { accept: 'application/json' } })
  if (!response.ok) throw new Error(`templates: ${response.status}`)
  return ((await response.json()) as { templates: Template[] }).templates
}

/** Tries vouchers without posting. A try that gets no answer is simply no try. */
export const tryVouchers = (
  line: Line,
  drafts: readonly unknown[],
  signal?: AbortSignal,
): Promise<Sent<TriedVouchers>> =>
  sendJson<TriedVouchers>(line, '/vouchers/dry-run', { mode: 'per-voucher', vouchers: drafts }, { signal })

/**
 * Posts one voucher. Without an answer it is posted again under the same id, which cannot make a second one: the ledger
 * gives its first answer. `lostReply` hears of each wait, in seconds; with none left the answer is `lost`. With the token of
 * a try exactly what was tried is posted, or `dry-run/stale` is the answer.
 */
export async function postVoucher(
  line: Line,
  draft: unknown,
  lostReply: (seconds: number) => void,
  dryRunToken?: string,
): Promise<Sent<PostedAnswer>> {
  if (!dryRunToken) return untilAnswered(line, () => sendJson<PostedAnswer>(line, '/vouchers', draft), lostReply)
  const batch = { mode: 'all-or-nothing', vouchers: [draft], dryRunToken }
  const sent = await untilAnswered(line, () => sendJson<PostedVouchers>(line, '/vouchers/batch', batch), lostReply)
  if (sent.kind !== 'done') return sent
  return { kind: 'done', answer: sent.answer.vouchers[0] as PostedAnswer }
}

/** Posts several, each for itself: those that are refused do not hold up the others. */
export function postVouchers(
  line: Line,
  drafts: readonly unknown[],
  lostReply: (seconds: number) => void,
  dryRunToken?: string,
): Promise<Sent<PostedVouchers>> {
  const batch = { mode: 'per-voucher', vouchers: drafts, ...(dryRunToken && { dryRunToken }) }
  return untilAnswered(line, () => sendJson<PostedVouchers>(line, '/vouchers/batch', batch), lostReply)
}

/** A voucher that may have been posted before the page was closed; undefined when it was not. */
export async function findVoucher(line: Line, id: string): Promise<Sent<PostedAnswer | undefined>> {
  try {
    const response = await line.fetch(`${line.base}/vouchers/${id}`, { headers: { accept: 'application/json' } })
    if (response.status === 404) return { kind: 'done', answer: undefined }
    if (response.status === 401) return { kind: 'signed-out' }
    return response.ok ? { kind: 'done', answer: (await response.json()) as PostedAnswer } : { kind: 'lost' }
  } catch {
    return { kind: 'lost' }
  }
}

/** Sends until there is an answer, or none of the waits is left. */
export async function untilAnswered<T>(
  line: Line,
  attempt: () => Promise<Sent<T>>,
  lostReply: (seconds: number) => void,
): Promise<Sent<T>> {
  let sent = await attempt()
  for (const seconds of RETRY_SECONDS) {
    if (sent.kind !== 'lost') return sent
    lostReply(seconds)
    await line.wait(seconds * 1000)
    sent = await attempt()
  }
  return sent
}

/** A request with a JSON body. What is no answer of ours is as good as none. */
export async function sendJson<T>(
  line: Line,
  path: string,
  body: unknown,
  more: { signal?: AbortSignal | undefined; method?: string; headers?: Record<string, string> } = {},
): Promise<Sent<T>> {
  let response: Response
  let text: string
  try {
    response = await line.fetch(path.startsWith('/api/') ? path : line.base + path, {
      method: more.method ?? 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'accept-language': line.locale,
        ...(line.tab && { 'hovedbok-tab': line.tab }),
        ...more.headers,
      },
      body: JSON.stringify(body),
      signal: more.signal ?? AbortSignal.timeout(PATIENCE_MS),
    })
    text = await response.text()
  } catch {
    return { kind: 'lost' }
  }
  const answer = parsed(text)
  if (response.ok && answer !== undefined) return { kind: 'done', answer: answer as T }
  if (response.status === 401) return { kind: 'signed-out' }
  const problem = answer as { code?: string; title?: string; issues?: Issue[]; posted?: Numbered } | undefined
  // A gateway's own page, or a fault that says nothing of the voucher: as good as no answer.
  if (!problem?.code || response.status >= 500 || response.status === 429 || problem.code === 'voucher/contended')
    return { kind: 'lost' }
  const { code, title = code, issues = [], posted } = problem
  return { kind: 'refused', code, title, issues, ...(posted && { posted }) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The most one request takes (features.md 4.2), with room to spare below the limit on bytes. */
const REQUEST_LINES = 2_000
const REQUEST_CHARACTERS = 1_500_000

/** Parts vouchers in requests: at most 2,000 lines each, unless one voucher alone has more. */
export function inRequests<T extends { draft: Record<string, unknown>; content: string }>(
  vouchers: readonly T[],
): T[][] {
  const requests: T[][] = []
  let lines = 0
  let characters = 0
  for (const voucher of vouchers) {
    const own = (voucher.draft.lines as unknown[]).length
    const size = voucher.content.length
    const last = requests.at(-1)
    if (last && lines + own <= REQUEST_LINES && characters + size <= REQUEST_CHARACTERS) last.push(voucher)
    else {
      requests.push([voucher])
      lines = 0
      characters = 0
    }
    lines += own
    characters += size
  }
  return requests
}
