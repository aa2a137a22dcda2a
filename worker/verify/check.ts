import { InvariantError } from '#worker/core/money.ts'

/** Something that must hold in every company's books at any time. Numbers and wording: docs/invariants.md. */
export type Invariant = { invariant: number; key: string }

/** What a check found. `rows` were read; `offenders` are the first of the `violations`. */
export type Check = Invariant & {
  holds: boolean
  rows: number
  violations: number
  ms: number
  offenders: readonly Offender[]
}
/** What does not hold, by what it concerns: a voucher, an account, a month, a trigger. */
export type Offender = Readonly<Record<string, string | number | null>>

/** Offenders told of each check. */
export const TOLD = 20

/** Gathers what one check finds. */
export class Finding {
  readonly about: Invariant
  private rows = 0
  private violations = 0
  private readonly offenders: Offender[] = []

  constructor(invariant: number, key: string) {
    this.about = { invariant, key }
  }

  read(rows: number) {
    this.rows += rows
  }

  offends(offender: Offender, violations = 1) {
    this.violations += violations
    if (this.offenders.length < TOLD) this.offenders.push(offender)
  }

  /** Violations beyond those told. */
  more(violations: number) {
    this.violations += violations
  }

  /** A file that cannot even be read does not hold. */
  fails(error: unknown) {
    const { code, name } = (error ?? {}) as { code?: string; name?: string }
    this.offends({ fault: 'unreadable', error: code ?? name ?? 'error' })
  }

  /** `ms` is the time it took, in milliseconds. */
  check(ms: number): Check {
    const { rows, violations, offenders } = this
    return { ...this.about, holds: violations === 0, rows, violations, ms: Math.ceil(ms * 10) / 10, offenders }
  }
}

/** Invariants of parts that are not built yet. They are named, so that nobody takes silence for a pass. */
export const NOT_BUILT: readonly Invariant[] = [
  { invariant: 22, key: 'sales-documents' },
  { invariant: 23, key: 'bank-statements' },
  { invariant: 25, key: 'payment-files' },
  { invariant: 26, key: 'payment-accounts' },
  { invariant: 27, key: 'payroll-runs' },
]

/**
 * What the database says of a broken file, JSON in it that is none, and amounts that no number holds. Anything else is no
 * finding but an error of ours.
 */
export const isFault = (error: unknown): boolean =>
  /^SQLITE_(CORRUPT|NOTADB|IOERR|ERROR)/.test(String((error as { code?: unknown } | null)?.code ?? '')) ||
  error instanceof SyntaxError ||
  error instanceof RangeError ||
  error instanceof InvariantError
