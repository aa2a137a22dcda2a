import type { CompanyAccess } from '#worker/access/store.ts'
import { alertAdministrators, clearAlerts } from '#worker/alerts/store.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import { companyDatabase, type Database, type InStatement, LONG_DEADLINE_MS } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import { log } from '#worker/http/log.ts'
import { counters } from '#worker/http/metrics.ts'
import { type Anchor, insertAnchor, insertVerification, readAnchors, readVerifications } from './verification-store.ts'
import { type Verified, verifyLedger } from './verify-ledger.ts'

type Asked = { env: Bindings; control: Database; company: CompanyAccess; at: Instant }

/** The check itself, with all that stands outside the company's own file. */
export async function verifyCompany(
  { env, control, company, at }: Asked,
  { full, since }: { full: boolean; since?: number | undefined },
): Promise<Verified> {
  return verifyLedger({
    db: companyDatabase(env, company.database, full ? LONG_DEADLINE_MS : undefined),
    company: company.books,
    outside: { anchors: await readKeptHeads(control, company.id), bucket: env.FILES },
    today: dayInOslo(at),
    full,
    since,
    relaxed: env.RELAXED_DURABILITY === '1',
  })
}

/** Verifications whose heads are looked at beside those of each day: what was put back to an hour ago is found within the hour. */
const NEWEST = 50

/** Where the chain stood on each day, and at each of the newest checks that held. */
async function readKeptHeads(control: Database, company: string): Promise<Anchor[]> {
  const [days, checks] = await Promise.all([readAnchors(control, company), readVerifications(control, company, NEWEST)])
  const heads = checks
    .filter(({ ok }) => ok)
    .map(({ recordedAt, ...head }) => ({ day: dayInOslo(recordedAt), ...head }))
  return [...days, ...heads]
}

/**
 * Checks a company's books and keeps what was found, with the day's chain head. Not whole: the chain from where the last check
 * that held had come.
 */
export async function keepVerification(asked: Asked, whole: boolean): Promise<Verified> {
  const { control, company } = asked
  const [last] = whole ? [] : (await readVerifications(control, company.id, 20)).filter(({ ok }) => ok)
  const verified = await verifyCompany(asked, { full: whole, since: last?.ledgerVersion })
  await keep(asked, verified)
  return verified
}

/**
 * Keeps what a check found, and the day's head when everything holds. What does not hold is told the administrators, and goes away
 * when the whole holds again.
 */
export async function keep(
  { control, company, at }: Pick<Asked, 'control' | 'at'> & { company: { id: string } },
  verified: Verified,
): Promise<void> {
  const { ok, ledgerVersion, chainHead, checks, full: whole } = verified
  const findings = checks
    .filter((check) => !check.holds)
    .map(({ invariant, key, violations, offenders }) => ({ invariant, key, violations, offenders }))
  const kept = { recordedAt: at, whole, ok, ledgerVersion, chainHead, findings }
  const anchor = ok ? [insertAnchor(company.id, { day: dayInOslo(at), ledgerVersion, chainHead })] : []
  const told = ok
    ? whole
      ? [clearAlerts('verification-failed', company.id, at)]
      : []
    : [failed(company.id, findings, at)]
  const ran = clearAlerts('verification-not-run', company.id, at)
  await control.batch([...insertVerification(company.id, kept), ...anchor, ...told, ran], 'write')
  if (ok) return
  counters.verificationsFailed++
  log('error', 'verification', { company: company.id, findings: findings.map(({ key }) => key) })
}

function failed(company: string, findings: readonly { key: string }[], at: Instant): InStatement {
  const params = { count: String(findings.length), checks: findings.map(({ key }) => key).join(' ') }
  return alertAdministrators({ kind: 'verification-failed', subject: company, params, at }, company, { once: true })
}
