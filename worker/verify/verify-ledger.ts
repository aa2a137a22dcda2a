import type { IsoDate } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import { booksOf } from '#worker/ledger/books.ts'
import { GENESIS } from '#worker/ledger/hash-chain.ts'
import { readFacts } from '#worker/ledger/store.ts'
import { type Check, Finding, type Invariant, isFault, NOT_BUILT } from './check.ts'
import { checkAnchors } from './check-anchors.ts'
import { checkAuditLog } from './check-audit-log.ts'
import { checkChain } from './check-chain.ts'
import { checkDocuments } from './check-documents.ts'
import { checkFile } from './check-file.ts'
import { checkOpenings } from './check-openings.ts'
import { checkOutbox, checkRights } from './check-outside.ts'
import { checkSchema } from './check-schema.ts'
import type { Outside } from './outside-store.ts'
import { sqlChecks } from './sql-checks-store.ts'
import { readCounts, readOffenders, type SqlCheck } from './store.ts'
import type { Anchor } from './verification-store.ts'

/** How many of the newest vouchers have their hashes computed again when not all are asked for. */
const RECENT = 5_000

type Asked = {
  db: Database
  /** The id that the books were begun under. */
  company: string
  /**
   * Heads kept outside the file, where its documents lie, and what the register says of the company. A file that is looked at by itself
   * has none of it.
   */
  outside?: { anchors: readonly Anchor[]; bucket: R2Bucket; register?: Outside } | undefined
  today: IsoDate
  /** The whole chain from the first voucher, and the file's own integrity. */
  full: boolean
  /** The chain from the voucher after this ledger version. */
  since?: number | undefined
  relaxed: boolean
}

/**
 * Holds every built invariant against the company's books. Each check is taken from one moment; others may post meanwhile.
 * What is not built is listed as such.
 */
export async function verifyLedger(asked: Asked): Promise<Verified> {
  try {
    return await verifyReadable(asked)
  } catch (error) {
    if (!isFault(error)) throw error
    const file = new Finding(34, 'file-is-whole')
    file.fails(error)
    return { ...NOTHING_READ, full: asked.full, checks: [file.check(0)] }
  }
}

export type Verified = {
  ok: boolean
  ledgerVersion: number
  chainHead: string
  /** The first place of the chain whose hash was computed again. */
  chainFrom: number
  full: boolean
  checks: Check[]
  notBuilt: readonly Invariant[]
}
const NOTHING_READ = { ok: false, ledgerVersion: 0, chainHead: GENESIS.hash, chainFrom: 1, notBuilt: NOT_BUILT }

async function verifyReadable({ db, company, outside, today, full, since, relaxed }: Asked): Promise<Verified> {
  const counts = await readCounts(db)
  const { ledgerVersion, chainHead } = counts
  const { facts } = await readFacts(db)
  const checks: Check[] = []
  for (const check of sqlChecks) checks.push(await checkBySql(db, check, counts.rows))
  const from = Math.min(since ?? (full ? 0 : Math.max(0, ledgerVersion - RECENT)), ledgerVersion)
  const { vatCodes, vatRates, company: own } = booksOf(facts)
  const vat = { vatCodes, vatRates, vatAmountLimit: own.vatAmountLimit }
  checks.push(...(await checkChain(db, { company, since: from, upTo: ledgerVersion, facts: vat })))
  checks.push(await checkOpenings(db, facts.fiscalYears, ledgerVersion, today))
  checks.push(await checkAuditLog(db, full))
  checks.push(checkOwner(company, counts.company))
  checks.push(...(await checkSchema(db)))
  if (outside) checks.push(await checkAnchors(db, outside.anchors))
  if (outside?.register) checks.push(await checkRights(db, outside.register), await checkOutbox(db, outside.register))
  if (outside && full) checks.push(await checkDocuments(db, outside.bucket, today))
  if (full) checks.push(...(await checkFile(db, relaxed)))
  checks.sort((a, b) => a.invariant - b.invariant)
  const ok = checks.every((check) => check.holds)
  return { ok, ledgerVersion, chainHead, chainFrom: from + 1, full, checks, notBuilt: NOT_BUILT }
}

async function checkBySql(db: Database, check: SqlCheck, rows: Record<string, number>): Promise<Check> {
  const began = performance.now()
  const finding = new Finding(check.invariant, check.key)
  finding.read(check.reads.reduce((n, table) => n + rows[table]!, 0))
  try {
    const { offenders, violations } = await readOffenders(db, check)
    for (const offender of offenders) finding.offends(offender)
    finding.more(violations - offenders.length)
  } catch (error) {
    if (!isFault(error)) throw error
    finding.fails(error)
  }
  return finding.check(performance.now() - began)
}

/** The file holds the books of the company in the route, and of no other (30). */
function checkOwner(company: string, found: readonly string[]): Check {
  const finding = new Finding(30, 'own-company-only')
  finding.read(found.length)
  if (found.length !== 1 || found[0] !== company) finding.offends({ expected: company, found: found.join(' ') })
  return finding.check(0)
}
