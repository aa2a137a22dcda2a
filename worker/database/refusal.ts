import { Problem } from '#worker/core/problem.ts'

/**
 * Why a database refused a write, from its error. `rule`: a trigger of ours, with its code. `taken`: a unique or primary key.
 * `full`: no room left. `other`: anything else the database said. Undefined: it did not answer, so nobody knows yet.
 */
export type Refusal = { kind: 'rule'; code: string } | { kind: 'taken' | 'full' | 'other' }

const RULE = /([a-z]+(?:-[a-z]+)*\/[a-z]+(?:-[a-z]+)*)/

export function refusalOf(error: unknown): Refusal | undefined {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  const name = String(code ?? '')
  const text = String(message ?? error)
  if (/^SQLITE_FULL/.test(name)) return { kind: 'full' }
  if (/^SQLITE_CONSTRAINT_TRIGGER/.test(name)) {
    const rule = RULE.exec(text.replace(/^SQLITE_CONSTRAINT_TRIGGER:\s*/, ''))
    return rule ? { kind: 'rule', code: rule[1]! } : { kind: 'other' }
  }
  if (/^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY|ROWID)/.test(name)) return { kind: 'taken' }
  if (/^(SQLITE_BUSY|SQLITE_LOCKED)/.test(name)) return undefined
  return /^SQLITE/.test(name) ? { kind: 'other' } : undefined
}

/** Whether the database says that it, or a table asked for, is not there. One that gives no answer says no such thing. */
export function isMissing(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  return code === 'NAMESPACE_DOESNT_EXIST' || /no such table|^HTTP 404$/.test(String(message))
}

/** The database, or the way to it, gave no whole answer; `cause` is what was thrown. */
export class Silence extends Error {
  constructor(cause: unknown) {
    super(`no answer: ${cause}`, { cause })
    this.name = 'Silence'
  }
}

/** How long whoever asked for books that are set aside should wait, in seconds: somebody must mend them first. */
const MENDED_AFTER_S = 600

/** The database gave no answer, so nobody knows whether a write got through. `quarantined`: its file is set aside, so none did. */
export class NoAnswer extends Error {
  readonly why: 'busy' | 'quarantined'
  constructor(why: NoAnswer['why']) {
    super(`the database is ${why}`)
    this.name = 'NoAnswer'
    this.why = why
  }

  /** As a line of the log tells it. */
  get code(): string {
    return `DATABASE_${this.why.toUpperCase()}`
  }

  get problem(): Problem {
    return this.why === 'busy'
      ? new Problem(503, 'service/busy')
      : new Problem(503, 'company/quarantined', { params: { seconds: MENDED_AFTER_S } })
  }
}
