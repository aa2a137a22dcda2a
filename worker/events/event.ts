import type { Instant } from '#worker/core/dates.ts'

/** A field's value before and after. */
export type Change = readonly [before: unknown, after: unknown]
export type Changes = Record<string, Change>

/** What an event touched: a report that rests on none of it need not be read again. */
export type Touched = {
  account?: string
  period?: string
  party?: string
  dimensions?: Readonly<Record<string, string>>
}

/** Something that happened, before it has its place in the feed. Type is noun.past-verb; subject is what it happened to. */
export type NewEvent = {
  type: string
  at: Instant
  by: string
  subject: string
  touched?: readonly Touched[]
  changes?: Changes
}

/** An event of the company's feed. `sequence` has no holes; `ledgerVersion` is the ledger's when it happened. */
export type Event = {
  sequence: number
  type: string
  recordedAt: Instant
  by: string
  ledgerVersion: number
  subject: string
  touched: readonly Touched[]
  changes: Changes | null
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/**
 * The fields that differ, with old and new value; null where there was or is none. Give undefined for what did not exist
 * before, or does not afterwards.
 */
export function changesOf(before: object | undefined, after: object | undefined): Changes {
  const old = (before ?? {}) as Record<string, unknown>
  const now = (after ?? {}) as Record<string, unknown>
  const fields = new Set([...Object.keys(old), ...Object.keys(now)])
  return Object.fromEntries(
    [...fields]
      .filter((field) => !same(old[field], now[field]))
      .map((field) => [field, [old[field] ?? null, now[field] ?? null] as const]),
  )
}

export const isUnchanged = (changes: Changes): boolean => Object.keys(changes).length === 0
