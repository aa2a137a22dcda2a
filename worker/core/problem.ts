/** Something wrong with one field, as a stable code and an RFC 6901 pointer into the request. */
export type Issue = {
  code: string
  severity: 'error' | 'warning'
  pointer: string
  rowKey?: string
  params?: Params
  /** A value that would remove the issue, put in by one click and then checked again. */
  fix?: { pointer: string; value: unknown; label?: string }
  /** In the language of the request; filled in where the answer is written. */
  message?: string
}
export type Params = Record<string, string | number | boolean | null | readonly string[]>

export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 423 | 429 | 500 | 503 | 507

/** An error the caller can act on; `on-error.ts` alone renders it, as application/problem+json (RFC 9457). */
export class Problem extends Error {
  readonly status: ProblemStatus
  readonly code: string
  readonly issues: readonly Issue[]
  /** Members beside the standard ones, such as `posted` and `diff` of voucher/id-reused. */
  readonly extra: Record<string, unknown>
  readonly params: Params

  constructor(
    status: ProblemStatus,
    code: string,
    more: { issues?: readonly Issue[]; params?: Params; extra?: Record<string, unknown> } = {},
  ) {
    super(code)
    this.status = status
    this.code = code
    this.issues = more.issues ?? []
    this.params = more.params ?? {}
    this.extra = more.extra ?? {}
  }
}

/** An issue that stands in the way: `pointer` is where in what was sent, `params` fills its text, `fix` what would mend it. */
export const error = (code: string, pointer: string, params: Params, fix?: Issue['fix'], rowKey?: string): Issue => ({
  code,
  severity: 'error',
  pointer,
  ...(rowKey !== undefined && { rowKey }),
  params,
  ...(fix && { fix }),
})

export const isError = (issue: Issue): boolean => issue.severity === 'error'

/** '#/lines/2/amount' is { row: 2, field: 'amount' }; the grid and the add-in mark that cell. A header field has row -1. */
export function cellOf(pointer: string): { row: number; field: string } | undefined {
  const line = /^#(?:\/vouchers\/\d+)?\/lines\/(\d+)\/([\w-]+)(?:\/([\w-]+))?$/.exec(pointer)
  if (line) return { row: Number(line[1]), field: line[3] ? `${line[2]}/${line[3]}` : line[2]! }
  const header = /^#(?:\/vouchers\/\d+)?\/(\w+)(?:\/([\w-]+))?$/.exec(pointer)
  return header ? { row: -1, field: header[2] ? `${header[1]}/${header[2]}` : header[1]! } : undefined
}
