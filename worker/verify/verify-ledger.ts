import type { IsoDate } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import { NO_SEAL } from '#worker/events/seal-store.ts'
import { booksOf } from '#worker/ledger/books.ts'
import { GENESIS } from '#worker/ledger/hash-chain.ts'
import { readFacts } from '#worker/ledger/store.ts'
import { type Check, Finding, type Invariant, isFault, NOT_BUILT } from './check.ts'
import { checkAnchors } from './check-anchors.ts'
import { checkAuditLog } from './check-audit-log.ts'
import { checkChain } from './check-chain.ts'
import { checkDocuments } from './check-documents.ts'
import { checkFile } from './check-file.ts'
import { checkJournal, type Journal } from './check-journal.ts'
import { checkOpenings } from './check-openings.ts'
import { checkOutbox, checkRights } from './check-outside.ts'
import { checkSchema } from './check-schema.ts'
import type { Outside } from './outside-store.ts'
import { sqlChecks } from './sql-checks-store.ts'
import { readCounts, readOffenders, type SqlCheck } from './store.ts'
import type { Anchor, AnchoredSeal } from './verification-store.ts'

/** How many of the newest vouchers have their hashes computed again when not all are asked for. */
const RECENT = 5_000

type Asked = {
  db: Database
  /** The id that the books were begun under. */
  company: string
  /**
   * Heads kept outside the file, where its documents lie, and what the register and the writer say of the company. A file that is looked at by itself
   * has none of it.
   */
  outside?: { anchors: readonly Anchor[]; bucket: R2Bucket; register?: Outside; journal?: Journal } | undefined
  today: IsoDate
  /** The whole chain from the first voucher, and the file's own integrity. */
  full: boolean
  /**
   * What came after this ledger version, and not what was judged before: vouchers, what they touched, and what belongs to no voucher. Of
   * the whole file it is the chain alone that begins there.
   */
  since?: number | undefined
  /** Hashes are computed from after this one on, where that is another place than the rest is judged from. */
  chainSince?: number | undefined
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
  /** How far the events are sealed. */
  seal: AnchoredSeal
  /** The first place of the chain whose hash was computed again. */
  chainFrom: number
  full: boolean
  checks: Check[]
  notBuilt: readonly Invariant[]
}
const NOTHING_READ = {
  ...{ ok: false, ledgerVersion: 0, chainHead: GENESIS.hash, chainFrom: 1, notBuilt: NOT_BUILT },
  seal: { sealedTo: NO_SEAL.lastSequence, hash: NO_SEAL.hash },
}

async function verifyReadable({
  db,
  company,
  outside,
  today,
  full,
  since,
  chainSince = since,
  relaxed,
}: Asked): Promise<Verified> {
  const judged = full ? 0 : (since ?? 0)
  const counts = await readCounts(db, judged)
  const { ledgerVersion, chainHead, seal } = counts
  const { facts } = await readFacts(db)
  const from = Math.min(chainSince ?? (full ? 0 : Math.max(0, ledgerVersion - RECENT)), ledgerVersion)
  const { vatCodes, vatRates, company: own } = booksOf(facts)
  const vat = { vatCodes, vatRates, vatAmountLimit: own.vatAmountLimit }
  // Hashes are computed here while the database judges the rest.
  const [bySql, chain] = await Promise.all([
    checkBySql(db, judged, counts),
    checkChain(db, { company, since: from, upTo: ledgerVersion, facts: vat }),
  ])
  const checks = [...bySql, ...chain]
  checks.push(await checkOpenings(db, facts.fiscalYears, { since: judged, atVersion: ledgerVersion, today }))
  checks.push(await checkAuditLog(db, full))
  checks.push(checkOwner(company, counts.company))
  checks.push(...(await checkSchema(db)))
  if (outside) checks.push(await checkAnchors(db, outside.anchors))
  if (outside?.journal) checks.push(await checkJournal(db, outside.journal))
  if (outside?.register)
    checks.push(await checkRights(db, outside.register, judged), await checkOutbox(db, outside.register))
  if (outside && full)
    checks.push(await checkDocuments(db, outside.bucket, { today, imports: outside.register !== undefined }))
  if (full) checks.push(...(await checkFile(db, relaxed)))
  checks.sort((a, b) => a.invariant - b.invariant)
  const ok = checks.every((check) => check.holds)
  return { ok, ledgerVersion, chainHead, seal, chainFrom: from + 1, full, checks, notBuilt: NOT_BUILT }
}

type Counts = Awaited<ReturnType<typeof readCounts>>

/** Of few new vouchers all checks are one round trip. Of many, each is its own: a service ends a transaction after some seconds. */
async function checkBySql(db: Database, since: number, { rows, ledgerVersion }: Counts): Promise<Check[]> {
  if (since > 0 && ledgerVersion - since <= RECENT)
    try {
      return await judge(sqlChecks)
    } catch (error) {
      if (!isFault(error)) throw error // one by one tells whose statement it was
    }
  const checks: Check[] = []
  for (const check of sqlChecks)
    checks.push(
      ...(await judge([check]).catch((error) => {
        if (!isFault(error)) throw error
        const finding = begin(check)
        finding.fails(error)
        return [finding.check(0)]
      })),
    )
  return checks

  async function judge(asked: readonly SqlCheck[]): Promise<Check[]> {
    const began = performance.now()
    const found = await readOffenders(db, asked, since)
    const ms = performance.now() - began
    return found.map(({ offenders, violations }, i) => {
      const finding = begin(asked[i]!)
      for (const offender of offenders) finding.offends(offender)
      finding.more(violations - offenders.length)
      return finding.check(i === 0 ? ms : 0)
    })
  }

  function begin({ invariant, key, reads }: SqlCheck): Finding {
    const finding = new Finding(invariant, key)
    finding.read(reads.reduce((n, table) => n + rows[table]!, 0))
    return finding
  }
}

/** The file holds the books of the company in the route, and of no other (30). */
function checkOwner(company: string, found: readonly string[]): Check {
  const finding = new Finding(30, 'own-company-only')
  finding.read(found.length)
  if (found.length !== 1 || found[0] !== company) finding.offends({ expected: company, found: found.join(' ') })
  return finding.check(0)
}
