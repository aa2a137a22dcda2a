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
