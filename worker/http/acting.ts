import type { Context } from 'hono'
import type { Instant } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { type Telling, tellLive } from '#worker/events/tell-live.ts'
import { demandProof } from '#worker/identity/prove.ts'
import type { Env } from './env.ts'

/** In whose name, when, and in which company's database a command acts. */
export type Acting = { db: Database; by: string; at: Instant }

export const actingOf = (c: Context<Env>): Acting => ({
  db: c.var.db,
  by: c.var.principal.id,
  at: new Date().toISOString() as Instant,
})

export const tellingOf = (c: Context<Env>): Acting & Telling => ({
  ...actingOf(c),
  tellLive: (news) => tellLive(c, news),
})

/** What asks the caller for a fresh passkey or code where it is needed; bound to `lines`, it counts for them only. */
export type Proving = { demandProof: (lines?: readonly string[]) => Promise<void> }

export const provingOf = (c: Context<Env>): Acting & Proving => ({
  ...actingOf(c),
  demandProof: (lines) => demandProof(c, lines),
})

/**
 * The version an update is meant for, from `If-Match: "3"`. Undefined without the header, or for `*`: whichever stands.
 * @throws Problem 409 version/stale for a tag that is none of ours.
 */
export function ifMatch(c: Context<Env>): number | undefined {
  const header = c.req.header('if-match')?.trim()
  if (header === undefined || header === '*') return undefined
  const version = /^(?:W\/)?"?(\d{1,15})"?$/.exec(header)?.[1]
  if (version === undefined) throw new Problem(409, 'version/stale')
  return Number(version)
}

export const etagOf = (version: number): { etag: string } => ({ etag: `"${version}"` })
