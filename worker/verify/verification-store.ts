import type { Instant, IsoDate } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { Check } from './check.ts'
import type { DayHead } from './day-root.ts'

/** One check of those that were made: how many rows it read, and how many of them do not hold. */
export type KeptCheck = Pick<Check, 'invariant' | 'key' | 'rows' | 'violations'>

/** What a kept check of a company's books came to. `findings` are the checks that do not hold; `checks` all of them, null before they were kept. */
export type Verification = {
  recordedAt: Instant
  whole: boolean
  ok: boolean
  ledgerVersion: number
  chainHead: string
  findings: Pick<Check, 'invariant' | 'key' | 'violations' | 'offenders'>[]
  checks: KeptCheck[] | null
}
/** A chain head as it was on a day, kept apart from the books, and how far their events were sealed; null before that was kept. */
export type Anchor = { day: IsoDate; ledgerVersion: number; chainHead: string; seal?: AnchoredSeal | null }
export type AnchoredSeal = { sealedTo: number; hash: string }

/** Checks of what is new that are kept of each company, and years after its own that a check of the whole is. Those that found something are kept for good. */
const [KEPT, YEARS] = [200, 5]

export const insertVerification = (company: string, v: Verification): InStatement[] => [
  {
    sql: `insert into verification (company, recorded_at, whole, ok, ledger_version, chain_head, findings, checks)
          select ?, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6 from json_each(?)
          where true on conflict do nothing`,
    args: [
      company,
      JSON.stringify([
        [
          ...[v.recordedAt, v.whole ? 1 : 0, v.ok ? 1 : 0, v.ledgerVersion, v.chainHead, JSON.stringify(v.findings)],
          v.checks && JSON.stringify(v.checks.map((c) => [c.invariant, c.key, c.rows, c.violations])),
        ],
      ]),
    ],
  },
  {
    sql: `delete from verification where company = ?1 and ok = 1 and whole = 0 and recorded_at < (
            select recorded_at from verification where company = ?1 and ok = 1 and whole = 0 order by recorded_at desc limit 1 offset ${KEPT})`,
    args: [company],
  },
  {
    sql: 'delete from verification where company = ? and ok = 1 and recorded_at < ?',
    args: [company, String(Number(v.recordedAt.slice(0, 4)) - YEARS)],
  },
]

/** A day's head, once: the first that is taken that day stands. */
export const insertAnchor = (company: string, { day, ledgerVersion, chainHead, seal }: Anchor): InStatement => ({
  sql: `insert into head_anchor (day, company, ledger_version, chain_head, sealed_to, seal_hash)
        values (?, ?, cast(? as integer), ?, cast(? as integer), ?) on conflict do nothing`,
  args: [day, company, String(ledgerVersion), chainHead, seal ? String(seal.sealedTo) : null, seal?.hash ?? null],
})

const headOf = (r: Record<string, unknown>) => ({
  ledgerVersion: Number(r.ledger_version),
  chainHead: String(r.chain_head),
  seal: r.seal_hash === null ? null : { sealedTo: Number(r.sealed_to), hash: String(r.seal_hash) },
})

/** The days of which heads are kept, oldest first. */
export async function readAnchorDays(control: Database): Promise<IsoDate[]> {
  const { rows } = await control.execute('select distinct day from head_anchor order by day')
  return rows.map((r) => String(r.day) as IsoDate)
}

/** The heads of a day, by company. */
export async function readHeadsOf(control: Database, day: IsoDate): Promise<DayHead[]> {
  const { rows } = await control.execute({
    sql: 'select * from head_anchor where day = ? order by company',
    args: [day],
  })
  return rows.map((r) => ({ company: String(r.company), ...headOf(r) }))
}

const verificationOf = (r: Record<string, unknown>): Verification => ({
  recordedAt: String(r.recorded_at) as Instant,
  whole: r.whole === 1,
  ok: r.ok === 1,
  ledgerVersion: Number(r.ledger_version),
  chainHead: String(r.chain_head),
  findings: JSON.parse(String(r.findings)),
  checks:
    r.checks === null
      ? null
      : (JSON.parse(String(r.checks)) as [number, string, number, number][]).map(
          ([invariant, key, rows, violations]) => ({ invariant, key, rows, violations }),
        ),
})

/** The newest checks of a company, newest first. */
export async function readVerifications(control: Database, company: string, count: number): Promise<Verification[]> {
  const { rows } = await control.execute({
    sql: 'select * from verification where company = ? order by recorded_at desc limit cast(? as integer)',
    args: [company, String(count)],
  })
  return rows.map(verificationOf)
}

/**
 * When the check was made that tells how a company's books stand: the newest that found something, one of the whole before another,
 * until a check of the whole has held again; before and after that the newest. `company` is SQL.
 */
export const standingAt = (company: string): string => `coalesce(
  (select recorded_at from verification where company = ${company} and ok = 0 and recorded_at > coalesce(
     (select max(recorded_at) from verification where company = ${company} and ok = 1 and whole = 1), '')
   order by whole desc, recorded_at desc limit 1),
  (select max(recorded_at) from verification where company = ${company}))`

/** The check that tells how a company's books stand, with what the newest found beside it; undefined when there is none yet. */
export async function readStanding(control: Database, company: string): Promise<Verification | undefined> {
  const { rows } = await control.execute({
    sql: `select * from verification where company = ?1 and recorded_at in (${standingAt('?1')},
            (select max(recorded_at) from verification where company = ?1)) order by recorded_at`,
    args: [company],
  })
  const [standing, newest] = rows.map(verificationOf)
  if (!standing || !newest || newest.ok) return standing
  const news = new Map(newest.findings.map((finding) => [finding.key, finding]))
  return {
    ...standing,
    findings: [...standing.findings.filter(({ key }) => !news.has(key)), ...news.values()],
    checks:
      standing.checks?.map(
        (check) => (news.has(check.key) && newest.checks?.find(({ key }) => key === check.key)) || check,
      ) ?? null,
  }
}

/** The keys of what does not hold by two checks, each once, as JSON. `one` and `other` are SQL. */
export const keysOfBoth = (one: string, other: string): string =>
  `(select json_group_array(distinct value ->> 'key') from (select value from json_each(${one}) union all select value from json_each(${other})))`

/** How many checks a page of a period holds. */
const PAGE = 100

/** The checks of the whole within a period, and others that found something; oldest first, a page at a time. `before` is not in it. */
export async function* verificationsWithin(
  control: Database,
  company: string,
  from: Instant,
  before: Instant,
): AsyncGenerator<Verification[]> {
  for (let after = ''; ; ) {
    const { rows } = await control.execute({
      sql: `select * from verification where company = ?1 and (whole = 1 or ok = 0) and recorded_at >= ?2 and recorded_at < ?3
              and recorded_at > ?4 order by recorded_at limit ${PAGE}`,
      args: [company, from, before, after],
    })
    if (rows.length > 0) yield rows.map(verificationOf)
    if (rows.length < PAGE) return
    after = String(rows.at(-1)!.recorded_at)
  }
}

/** When the whole was checked within a period, whether it held, and since when the company is checked at all. */
export async function readWholeChecks(control: Database, company: string, from: Instant, before: Instant) {
  const [made, first] = await control.batch(
    [
      {
        sql: 'select recorded_at, ok from verification where company = ? and whole = 1 and recorded_at >= ? and recorded_at < ?',
        args: [company, from, before],
      },
      { sql: 'select min(recorded_at) as at from verification where company = ?', args: [company] },
    ],
    'read',
  )
  return {
    made: made!.rows.map((r) => ({ recordedAt: String(r.recorded_at) as Instant, ok: r.ok === 1 })),
    since: first!.rows[0]!.at as Instant | null,
  }
}

/** The checks that a head rests on. */
export const HEAD_CHECKS = ['hash-chain', 'heads-anchored-outside', 'acknowledged-posts-in-journal', 'own-company-only']

/** Where the chain stood when a check held, or found what is not of the chain: then not `ok`. */
export type KeptHead = { ok: boolean; recordedAt: Instant; ledgerVersion: number; chainHead: string }

/** The heads of the newest checks of a company, newest first. */
export async function readKeptHeads(control: Database, company: string, count: number): Promise<KeptHead[]> {
  const { rows } = await control.execute({
    sql: `select recorded_at, ok, ledger_version, chain_head from (
            select * from verification where company = ? order by recorded_at desc limit cast(? as integer))
          where ok = 1 or (ledger_version > 0 and not exists (
            select 1 from json_each(findings) where value ->> 'key' in (select value from json_each(?))))`,
    args: [company, String(count), JSON.stringify(HEAD_CHECKS)],
  })
  return rows.map((r) => ({
    ok: r.ok === 1,
    recordedAt: String(r.recorded_at) as Instant,
    ledgerVersion: Number(r.ledger_version),
    chainHead: String(r.chain_head),
  }))
}

/** The heads kept of a company, oldest first. */
export async function readAnchors(control: Database, company: string): Promise<Anchor[]> {
  const { rows } = await control.execute({
    sql: 'select * from head_anchor where company = ? order by day',
    args: [company],
  })
  return rows.map((r) => ({ day: String(r.day) as IsoDate, ...headOf(r) }))
}
