import type { Locale } from '#i18n/format.ts'
import type { Permission } from '#worker/access/permission.ts'
import type { Issue } from '#worker/core/problem.ts'
import type { Facts } from '#worker/ledger/books.ts'
import type { PostedAnswer, RefusedAnswer, TriedAnswer } from '#worker/ledger/job.ts'
import type { ReportBatch } from '#worker/reports/report-batch.ts'

/** A refusal: what the server says is final, as problem+json told it. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly issues: readonly Issue[]
  readonly body: Readonly<Record<string, unknown>>
  constructor(status: number, body: Record<string, unknown>) {
    super(String(body.code ?? status))
    this.status = status
    this.code = String(body.code ?? 'internal/error')
    this.title = String(body.title ?? '')
    this.issues = (body.issues as Issue[] | undefined) ?? []
    this.body = body
  }
}
/** No answer came, or one that does not say what was done: the request may have been carried out. */
export class NoAnswer extends Error {}

/** Where a token comes from; `undefined` when nobody is signed in. `stale` is one that was just refused. */
export type TokenSource = (stale?: string) => Promise<string | undefined>

export type Connection = {
  /** Where the API answers, without a slash at the end. */
  base: string
  token: TokenSource
  locale: () => Locale
  /** Asks who is signed in to show once more who they are, where the server wants it before it writes. */
  confirm?: () => Promise<boolean>
  /** Workbook, sheet, company and file that one writes from, `wbk_…/Bilag/cmp_…/9f86d081884c7d65`: stands in the log of changes, and what reaches another company is refused. */
  workbook?: () => string | undefined
  fetch: typeof fetch
  /** How long an answer is waited for, in milliseconds. */
  timeoutMs?: number
  /** Pauses before a request is sent again after no answer came, in milliseconds. */
  pausesMs?: readonly number[]
}

export type Company = {
  id: string
  name: string
  organisationNumber: string | null
  role: string
  permissions: readonly Permission[]
  colour?: string
  test?: boolean
  /** An auditor's fiscal years, when not all are granted. */
  audit?: { years: number[]; until: string } | null
  /** Since when it rests: it was restored from a backup, and nobody has taken it into use. */
  pausedAt?: string | null
}
export type BatchAnswer = { ledgerVersion: number; vouchers: (PostedAnswer | RefusedAnswer)[] }
export type DryRunAnswer = { ledgerVersion: number; dryRunToken: string | null; vouchers: TriedAnswer[] }
export type FiguresAnswer = {
  ledgerVersion: number
  sequence: number
  groups: {
    amounts: (number | null)[]
    atVersion?: number
    issues: { cell: number; code: string; params: object; message: string }[]
  }[]
}
/** A voucher as it stands in the ledger. Entries in øre, debit positive. */
export type StoredVoucher = PostedAnswer & {
  voucherDate: string
  documentDate: string
  text: string
  by: string
  status: 'posted' | 'reversed'
  reversedBy: string | null
  reversalOf: string | null
  corrects: string | null
  correctedBy: readonly string[]
  /** The mark of the file it was posted from, where that was asked for; left out where it is not known. */
  postedFrom?: string | null
  /** What it rests on, by stamp number. */
  documents?: { id: string; stamp: number }[]
  /** As it was sent; none for what was imported. */
  draft: { lines: Record<string, unknown>[] } | null
  entries: {
    account: string
    partyKind?: string | null
    party: string | null
    amount: number
    vatCode: string | null
    origin: string
    text: string
    rowKey: string
    dimensions?: Record<string, string> | null
  }[]
}

type Sent = {
  method?: string
  body?: unknown
  headers?: Record<string, string>
  repeat?: boolean
  signal?: AbortSignal
}

/**
 * The API as the add-in uses it. Reads, and writes that carry their own key, are sent again when no answer comes.
 * @throws Refused for what the server refuses; NoAnswer when it cannot be known what was done.
 */
export function ledgerApi(connection: Connection) {
  const { base, token, locale, timeoutMs = 60_000, pausesMs = [300, 1_000] } = connection

  async function call<T>(path: string, sent: Sent = {}): Promise<{ status: number; body: T; headers: Headers }> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await once<T>(path, sent)
      } catch (error) {
        const pause = pausesMs[attempt]
        if (!(error instanceof NoAnswer) || pause === undefined || sent.repeat === false || sent.signal?.aborted)
          throw error
        await new Promise((resolve) => setTimeout(resolve, pause))
      }
    }
  }

  async function once<T>(path: string, sent: Sent) {
    try {
      return await read<T>(await answerTo(path, sent))
    } catch (error) {
      const old = error instanceof Refused && error.code === 'sign-in/too-old'
      if (!old || !(await connection.confirm?.())) throw error
      return read<T>(await answerTo(path, sent)) // what is refused was not done
    }
  }

  /** With a token that was renewed, where the one at hand is refused. */
  async function answerTo(path: string, sent: Sent): Promise<Response> {
    const bearer = await tokenOr()
    const response = await send(path, sent, bearer)
    if (response.status !== 401 || bearer === undefined) return response
    const renewed = await tokenOr(bearer)
    return renewed === undefined ? response : send(path, sent, renewed)
  }

  /** A token that cannot be renewed since nobody answers is no refusal. */
  const tokenOr = (stale?: string) =>
    token(stale).catch((error): never => {
      throw new NoAnswer(String(error))
    })

  async function send(
    path: string,
    { method, body, headers, signal }: Sent,
    bearer: string | undefined,
  ): Promise<Response> {
    const verb = method ?? (body === undefined ? 'GET' : 'POST')
    const workbook = verb === 'GET' ? undefined : connection.workbook?.()
    const ended = new AbortController()
    const timer = setTimeout(() => ended.abort(), timeoutMs)
    const stop = () => ended.abort()
    signal?.addEventListener('abort', stop)
    try {
      return await connection.fetch(`${base}${path}`, {
        method: verb,
        credentials: 'omit',
        cache: 'no-store',
        headers: {
          'accept-language': locale(),
          ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(workbook !== undefined && { 'x-workbook': workbook }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: ended.signal,
      } as RequestInit)
    } catch (error) {
      throw new NoAnswer(String(error))
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
    }
  }

  /** A file's bytes. */
  async function bytesOf(path: string): Promise<ArrayBuffer> {
    const response = await answerTo(path, {})
    if (!response.ok) await read(response)
    try {
      return await response.arrayBuffer()
    } catch (error) {
      throw new NoAnswer(String(error))
    }
  }

  const inCompany = (company: string) => `/api/v1/companies/${company}`
  return {
    call,
    companies: async () => (await call<{ companies: Company[] }>('/api/v1/companies')).body.companies,
    /** Everything a voucher is judged by; undefined when what is known by this tag still holds. */
    async books(
      company: string,
      etag?: string,
    ): Promise<{ facts: Facts & { ledgerVersion: number }; etag: string } | undefined> {
      const headers: Record<string, string> = etag === undefined ? {} : { 'if-none-match': etag }
      const answer = await call<Facts & { ledgerVersion: number }>(`${inCompany(company)}/books`, { headers })
      return answer.status === 304 ? undefined : { facts: answer.body, etag: answer.headers.get('etag') ?? '' }
    },
    dryRun: async (company: string, vouchers: readonly unknown[]) =>
      (await call<DryRunAnswer>(`${inCompany(company)}/vouchers/dry-run`, { body: { mode: 'per-voucher', vouchers } }))
        .body,
    /**
     * Posts each voucher for itself, or all or none of them. The key makes the request repeatable; the vouchers' ids make the
     * posting so.
     */
    post: async (company: string, vouchers: readonly unknown[], key: string, dryRunToken?: string, together = false) =>
      (
        await call<BatchAnswer>(`${inCompany(company)}/vouchers/batch`, {
          body: {
            mode: together ? 'all-or-nothing' : 'per-voucher',
            vouchers,
            ...(dryRunToken !== undefined && { dryRunToken }),
          },
          headers: { 'idempotency-key': key },
        })
      ).body,
    /** Takes a workbook's turn to post, or prolongs it. Whether it is ours, and how long until it is free at the latest. */
    async takeLease(company: string, workbook: string, holder: string): Promise<{ mine: boolean; leftMs: number }> {
      try {
        const sent = { method: 'PUT', body: { holder } }
        const { body } = await call<{ leftMs: number }>(`${inCompany(company)}/sheet-leases/${workbook}`, sent)
        return { mine: true, leftMs: body.leftMs }
      } catch (error) {
        if (!(error instanceof Refused) || error.code !== 'sheet/in-use') throw error
        return { mine: false, leftMs: (error.body.params as { leftMs: number }).leftMs }
      }
    },
    dropLease: (company: string, workbook: string, holder: string) =>
      call(`${inCompany(company)}/sheet-leases/${workbook}?holder=${holder}`, { method: 'DELETE', repeat: false }),
    /** A voucher by its id; undefined when there is none. `asked`: what else is wanted of it. */
    async voucher(company: string, id: string, asked = ''): Promise<StoredVoucher | undefined> {
      try {
        return (await call<StoredVoucher>(`${inCompany(company)}/vouchers/${id}${asked}`)).body
      } catch (error) {
        if (error instanceof Refused && error.code === 'voucher/unknown') return undefined
        throw error
      }
    },
    /** A file below the company. */
    file: async (company: string, path: string) => new Uint8Array(await bytesOf(`${inCompany(company)}/${path}`)),
    reverse: async (company: string, of: string, reversal: { id: string; voucherDate: string; reason?: string }) =>
      (await call<PostedAnswer>(`${inCompany(company)}/vouchers/${of}/reversal`, { body: reversal })).body,
    /** Reverses a voucher and posts the one that takes its place: both or neither. */
    correct: async (
      company: string,
      of: string,
      correction: { reversal: { id: string; voucherDate: string }; voucher: unknown },
    ) =>
      (
        await call<{ reversal: PostedAnswer; voucher: PostedAnswer }>(
          `${inCompany(company)}/vouchers/${of}/correction`,
          { body: correction },
        )
      ).body,
    figures: async (company: string, batch: ReportBatch, signal?: AbortSignal) =>
      (await call<FiguresAnswer>(`${inCompany(company)}/reports/batch`, { body: batch, ...(signal && { signal }) }))
        .body,
    /** The same of several companies in one request. @throws, in its own place, Refused for one that may not be read. */
    async figuresOf(
      batches: readonly ({ company: string } & ReportBatch)[],
      signal?: AbortSignal,
    ): Promise<(FiguresAnswer | Refused)[]> {
      type Answer = { batches: (FiguresAnswer | { problem: { status: number } & Record<string, unknown> })[] }
      const { body } = await call<Answer>('/api/v1/reports/batch', { body: { batches }, ...(signal && { signal }) })
      return body.batches.map((one) => ('problem' in one ? new Refused(one.problem.status, one.problem) : one))
    },
    /** Which figures of some groups events since `after` may have changed, by their places. */
    staleFigures: async (company: string, after: number, groups: ReportBatch['groups']) =>
      (
        await call<{ groups: { cells: number[] }[] }>(`${inCompany(company)}/reports/batch/stale`, {
          body: { after, groups },
        })
      ).body,
    /** A report or another list, by its name below the company. */
    get: async <T>(
      company: string,
      path: string,
      query: Readonly<Record<string, string | number | undefined>> = {},
    ) => {
      const given = Object.entries(query).flatMap(([k, v]) => (v === undefined ? [] : [[k, String(v)]]))
      return (await call<T>(`${inCompany(company)}/${path}${given.length > 0 ? `?${new URLSearchParams(given)}` : ''}`))
        .body
    },
  }
}
export type LedgerApi = ReturnType<typeof ledgerApi>

/** Statuses that leave it open whether the request was carried out. */
const OPEN = new Set([408, 425, 500, 502, 503, 504, 507])

async function read<T>(response: Response): Promise<{ status: number; body: T; headers: Headers }> {
  const { status, headers } = response
  if (status === 304) return { status, body: undefined as T, headers }
  let body: unknown
  try {
    body = await response.json()
  } catch (error) {
    throw new NoAnswer(`${status}: ${error}`)
  }
  if (response.ok) return { status, body: body as T, headers }
  const problem = body as Record<string, unknown>
  if (OPEN.has(status) || problem?.code === 'voucher/contended' || problem?.code === undefined)
    throw new NoAnswer(String(status))
  throw new Refused(status, problem)
}
