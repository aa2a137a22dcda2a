import type { CompanyAccess } from '#worker/access/store.ts'
import { alertAdministrators, clearAlerts } from '#worker/alerts/store.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import { companyDatabase, type Database, type InStatement, LONG_DEADLINE_MS } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import { faultOf, log } from '#worker/http/log.ts'
import { counters } from '#worker/http/metrics.ts'
import { writerOf } from '#worker/ledger/run-job.ts'
import {
  HEAD_CHECKS,
  insertAnchor,
  insertVerification,
  type KeptHead,
  readAnchors,
  readKeptHeads,
  readStanding,
} from './verification-store.ts'
import { type Verified, verifyLedger } from './verify-ledger.ts'

type Extent = Pick<Parameters<typeof verifyLedger>[0], 'full' | 'since' | 'chainSince'>
type Asked = { env: Bindings; control: Database; company: CompanyAccess; at: Instant }

/** The check itself, with all that stands outside the company's own file. */
export async function verifyCompany(
  { env, control, company, at }: Asked,
  { full, since, chainSince, kept }: Extent & { kept?: readonly KeptHead[] },
): Promise<Verified> {
  const [days, heads] = await Promise.all([
    readAnchors(control, company.id),
    kept ?? readKeptHeads(control, company.id, NEWEST),
  ])
  const writer = writerOf(env, company.id)
  const counted = <T>(ask: () => T): T => {
    if (env.TRACE) env.TRACE.roundTrips++
    return ask()
  }
  const checked = heads.map(({ recordedAt, ok, ...head }) => ({ day: dayInOslo(recordedAt), ...head }))
  return verifyLedger({
    db: companyDatabase(env, company.database, LONG_DEADLINE_MS),
    company: company.books,
    outside: {
      anchors: [...days, ...checked],
      bucket: env.FILES,
      register: { control, company: company.id },
      journal: {
        acknowledged: (after) => counted(() => writer.acknowledged(after)),
        acknowledgedIn: (places) => counted(() => writer.acknowledgedIn(places)),
        acknowledgedMatches: (after) => counted(() => writer.acknowledgedMatches(after)),
      },
    },
    today: dayInOslo(at),
    full,
    since,
    chainSince,
    relaxed: env.RELAXED_DURABILITY === '1',
  })
}

/** Checks that say that the chain stands, up to a head that is kept with what was found, whatever else does not hold. */
const provesChain = ({ checks }: Verified): boolean =>
  HEAD_CHECKS.every((key) => checks.some((check) => check.key === key && check.holds))

/** Verifications whose heads are looked at beside those of each day: what was put back to an hour ago is found within the hour. */
const NEWEST = 50

/**
 * Checks a company's books and keeps what was found, with the day's chain head. Not whole: from where the last check that held had
 * come; all of it while the books do not stand, since what is wrong need not be new.
 */
export async function keepVerification(asked: Asked, whole: boolean): Promise<Verified> {
  const { control, company } = asked
  const [kept, standing] = await Promise.all([
    readKeptHeads(control, company.id, NEWEST),
    whole ? undefined : readStanding(control, company.id),
  ])
  const chainSince = whole ? undefined : kept.find(({ ok }) => ok)?.ledgerVersion
  const since = standing?.ok ? chainSince : undefined
  const verified = await verifyCompany(asked, { full: whole, since, chainSince, kept })
  await keep(asked, verified)
  return verified
}

/**
 * Keeps what a check found, and the day's head when everything holds. What does not hold is told the administrators, and goes away
 * when the whole holds again.
 */
async function keep({ env, control, company, at }: Asked, verified: Verified): Promise<void> {
  await control.batch(keptOf(company.id, at, verified), 'write')
  if (provesChain(verified))
    await writerOf(env, company.id)
      .settle(verified.ledgerVersion)
      .catch((error) => log('error', 'journal-not-settled', { company: company.id, ...faultOf(error) })) // the next check does
  if (verified.ok) return
  counters.verificationsFailed++
  log('error', 'verification', { company: company.id, findings: findingsOf(verified).map(({ key }) => key) })
}

const findingsOf = ({ checks }: Verified) =>
  checks
    .filter((check) => !check.holds)
    .map(({ invariant, key, violations, offenders }) => ({ invariant, key, violations, offenders }))

/** The statements that keep a check. */
export function keptOf(company: string, at: Instant, verified: Verified): InStatement[] {
  const { ok, ledgerVersion, chainHead, seal, full: whole } = verified
  const findings = findingsOf(verified)
  const checks = verified.checks.map(({ invariant, key, rows, violations }) => ({ invariant, key, rows, violations }))
  const kept = { recordedAt: at, whole, ok, ledgerVersion, chainHead, findings, checks }
  const anchor = ok ? [insertAnchor(company, { day: dayInOslo(at), ledgerVersion, chainHead, seal })] : []
  const told = ok ? (whole ? [clearAlerts('verification-failed', company, at)] : []) : [failed(company, findings, at)]
  const ran = clearAlerts('verification-not-run', company, at)
  return [...insertVerification(company, kept), ...anchor, ...told, ran]
}

function failed(company: string, findings: readonly { key: string }[], at: Instant): InStatement {
  const params = { count: String(findings.length), checks: findings.map(({ key }) => key).join(' ') }
  return alertAdministrators({ kind: 'verification-failed', subject: company, params, at }, company, { once: true })
}
