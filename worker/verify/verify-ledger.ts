import type { IsoDate } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import { booksOf } from '#worker/ledger/books.ts'
import { readFacts } from '#worker/ledger/store.ts'
import { type Check, Finding, isFault, NOT_BUILT } from './check.ts'
import { checkChain } from './check-chain.ts'
import { checkFile } from './check-file.ts'
import { checkOpenings } from './check-openings.ts'
import { checkSchema } from './check-schema.ts'
import { sqlChecks } from './sql-checks-store.ts'
import { readCounts, readOffenders, type SqlCheck } from './store.ts'

/** How many of the newest vouchers have their hashes computed again when not all are asked for. */
const RECENT = 5_000

type Asked = {
  db: Database
  company: string
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
export async function verifyLedger({ db, company, today, full, since, relaxed }: Asked) {
  const counts = await readCounts(db)
  const { ledgerVersion, chainHead } = counts
  const { facts } = await readFacts(db)
  const checks: Check[] = []
  for (const check of sqlChecks) checks.push(await checkBySql(db, check, counts.rows))
  const from = since ?? (full ? 0 : Math.max(0, ledgerVersion - RECENT))
  const { vatCodes, vatRates, company: own } = booksOf(facts)
  const vat = { vatCodes, vatRates, vatAmountLimit: own.vatAmountLimit }
  checks.push(
    ...(await checkChain(db, { company, since: Math.min(from, ledgerVersion), upTo: ledgerVersion, facts: vat })),
  )
  checks.push(await checkOpenings(db, facts.fiscalYears, ledgerVersion, today))
  checks.push(checkOwner(company, counts.company))
  checks.push(...(await checkSchema(db)))
  if (full) checks.push(...(await checkFile(db, relaxed)))
  checks.sort((a, b) => a.invariant - b.invariant)
  return {
    ok: checks.every((check) => check.holds),
    ledgerVersion,
    chainHead,
    chainFrom: Math.min(from, ledgerVersion) + 1,
    full,
    checks,
    notBuilt: NOT_BUILT,
  }
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
