import type { Instant } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import { keysOfBoth, standingAt } from '#worker/verify/verification-store.ts'

/** A company as whoever looks after the installation sees it: nothing of its books. */
export type CompanyState = {
  id: string
  name: string
  database: string
  status: 'active' | 'importing' | 'failed'
  /** When it was last checked, and how the books stand: what was found stays until a check of the whole holds again. */
  verified: { recordedAt: Instant; whole: boolean; ok: boolean; ledgerVersion: number; findings: string[] } | null
  backedUp: { recordedAt: Instant; size: number } | null
}

/** Companies after an id, with what was last found of each, and when it was last backed up. */
export async function readCompanyStates(control: Database, after: string, limit: number): Promise<CompanyState[]> {
  const { rows } = await control.execute({
    sql: `select c.id, c.name, c.database, c.status,
            (select json_array(v.recorded_at, v.whole, s.ok, v.ledger_version,
                json(${keysOfBoth('s.findings', 'v.findings')}))
               from verification v join verification s on s.company = v.company and s.recorded_at = ${standingAt('c.id')}
               where v.company = c.id order by v.recorded_at desc limit 1) as verified,
            (select json_array(b.recorded_at, b.size) from backup b where b.company = c.id
              order by b.recorded_at desc limit 1) as backed_up
          from company c where c.id > ? order by c.id limit cast(? as integer)`,
    args: [after, String(limit)],
  })
  return rows.map((r) => ({
    id: String(r.id),
    name: String(r.name),
    database: String(r.database),
    status: String(r.status) as CompanyState['status'],
    verified: verifiedOf(r.verified),
    backedUp: backedUpOf(r.backed_up),
  }))
}

function verifiedOf(json: unknown): CompanyState['verified'] {
  if (json === null) return null
  const [recordedAt, whole, ok, ledgerVersion, findings] = JSON.parse(String(json))
  return { recordedAt, whole: whole === 1, ok: ok === 1, ledgerVersion, findings }
}

function backedUpOf(json: unknown): CompanyState['backedUp'] {
  if (json === null) return null
  const [recordedAt, size] = JSON.parse(String(json))
  return { recordedAt, size }
}

export type Totals = {
  companies: number
  /** Companies whose books do not stand, and the checks that do not hold in them. */
  failing: number
  findings: number
  notVerified: number
  notBackedUp: number
  /** Companies whose last check, or last backup, is longer ago than the schedule allows. */
  lateVerification: number
  lateBackup: number
  /** Companies that are being made, or came to nothing. */
  unopened: number
  /** Times of the schedule that have not come through all companies for hours. */
  unfinished: number
  /** What is wrong with what belongs to no single company. */
  instance: string[]
  /** Of the companies that have one, the last check and the last backup that are longest ago. */
  oldestVerification: Instant | null
  oldestBackup: Instant | null
}

/** Checks come each hour and backups each night; one that was missed is borne, the next is not. */
const [LATE_CHECK_MS, LATE_BACKUP_MS] = [3 * 3600_000, 36 * 3600_000]

/** All active companies together, but restored ones that nobody has taken into use: the schedule passes them by. */
export async function readTotals(control: Database, now: Instant): Promise<Totals> {
  const before = (ms: number) => new Date(Date.parse(now) - ms).toISOString()
  const sql = `
    with last as (
      select c.id, coalesce(c.in_use_since, '') as since,
        (select max(recorded_at) from verification v where v.company = c.id) as verified_at,
        ${standingAt('c.id')} as standing_at,
        (select max(recorded_at) from backup b where b.company = c.id) as backed_up_at
      from company c where c.status = 'active' and c.paused_at is null)
    select count(*) as companies,
      coalesce(sum(v.ok = 0), 0) as failing,
      coalesce(sum(json_array_length(${keysOfBoth("coalesce(v.findings, '[]')", "coalesce(n.findings, '[]')")})), 0) as findings,
      coalesce(sum(last.verified_at is null), 0) as not_verified,
      coalesce(sum(last.backed_up_at is null), 0) as not_backed_up,
      coalesce(sum(max(last.verified_at, last.since) < ?1), 0) as late_verification,
      coalesce(sum(max(last.backed_up_at, last.since) < ?2), 0) as late_backup,
      (select count(*) from company where status <> 'active' and name <> '') as unopened,
      (select count(*) from schedule_run where finished_at is null and coalesce(unfinished_since, due_at) < ?1) as unfinished,
      (select json_group_array(kind) from instance_finding) as instance,
      min(last.verified_at) as oldest_verification, min(last.backed_up_at) as oldest_backup
    from last left join verification v on v.company = last.id and v.recorded_at = last.standing_at
      left join verification n on n.company = last.id and n.recorded_at = last.verified_at`
  const { rows } = await control.execute({ sql, args: [before(LATE_CHECK_MS), before(LATE_BACKUP_MS)] })
  const [r] = rows
  return {
    companies: Number(r!.companies),
    failing: Number(r!.failing),
    findings: Number(r!.findings),
    notVerified: Number(r!.not_verified),
    notBackedUp: Number(r!.not_backed_up),
    lateVerification: Number(r!.late_verification),
    lateBackup: Number(r!.late_backup),
    unopened: Number(r!.unopened),
    unfinished: Number(r!.unfinished),
    instance: JSON.parse(String(r!.instance)) as string[],
    oldestVerification: r!.oldest_verification as Instant | null,
    oldestBackup: r!.oldest_backup as Instant | null,
  }
}

/** How far a database's schema is, and how large its file, in bytes. */
export async function readFile(db: Database): Promise<{ schema: string; size: number }> {
  const { rows } = await db.execute(`
    select (select tag from schema_migration order by tag desc limit 1) as schema,
      (select page_count from pragma_page_count()) * (select page_size from pragma_page_size()) as size`)
  return { schema: String(rows[0]!.schema), size: Number(rows[0]!.size) }
}

/** A database of an active company, to see whether its server answers. */
export async function readSomeDatabase(control: Database): Promise<string | undefined> {
  const { rows } = await control.execute("select database from company where status = 'active' order by id limit 1")
  return rows[0] && String(rows[0].database)
}
