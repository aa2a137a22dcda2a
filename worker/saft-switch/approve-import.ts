import { addDays, addMonths, dayInOslo, firstDay, type Instant, type IsoDate, type Month } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { changesOf } from '#worker/events/event.ts'
import { insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { OBSERVATION_ACCOUNT } from '#worker/ledger/account.ts'
import type { Receipt } from '#worker/saft/import-saft.ts'
import { type ImportJob, readImportJob } from '#worker/saft/store.ts'
import { countUndecided } from '#worker/subledger/list-left-items.ts'
import {
  type Agreed,
  clearCutOver,
  type Explanation,
  holdUnfinished,
  keepExplanations,
  readAgreed,
  readEarlier,
  readExplanations,
  readStandingOf,
  setAgreed,
  setCutOverOf,
  setReopened,
} from './agreement-store.ts'
import {
  agreementChecks,
  type CheckedAgreement,
  type Explanations,
  type Finishing,
  keyOfDifference,
  unexplained,
} from './import-agreement.ts'

export type Agreement = {
  job: ImportJob
  receipt: Receipt
  /** Once it is finished: as they were found then. */
  checks: CheckedAgreement[]
  explained: ReadonlyMap<string, Explanation>
  /** Files booked before this one that nobody has finished: finishing this one finishes them. */
  earlier: { id: string; left: number }[]
  /** When and by whom the take-over was finished; null until then. */
  agreed: Agreed | null
  /** The day from which these are the books that count: as it was set, or as it is proposed until then. */
  cutOverDate: string | null
  /** What the checks were read at, so that it is this that is finished. */
  read: { ledgerVersion: number; explanations: number }
}

/** How far a take-over by SAF-T has come, by what stands in the books now. @throws Problem 404 import/unknown. */
export async function readAgreement(db: Database, id: string): Promise<Agreement> {
  const job = await readImportJob(db, id)
  if (job?.kind !== 'saft' || !job.receipt) throw new Problem(404, 'import/unknown')
  return agreementOf(db, job)
}

/** The same, of a finished SAF-T import that was read. */
export async function agreementOf(db: Database, job: ImportJob): Promise<Agreement> {
  const receipt = job.receipt as Receipt
  const agreed = await readAgreed(db, job.id)
  const { ledgerVersion, amount } = agreed
    ? { ledgerVersion: agreed.ledgerVersion, amount: 0 }
    : await readStandingOf(db, OBSERVATION_ACCOUNT)
  const [explained, before, undecided] = await Promise.all([
    readExplanations(db, job.id),
    agreed ? [] : readEarlier(db, job),
    agreed ? 0 : countUndecided(db),
  ])
  const earlier = before.map((file) => ({ id: file.id, left: unexplained(file.differences, file.explained).length }))
  const left = earlier.length === 0 ? null : earlier.reduce((sum, file) => sum + file.left, 0)
  const checks = agreementChecks(receipt.differences, explained, { observation: amount, undecided, earlier: left })
  const explanations = before.reduce((sum, file) => sum + file.explained.size, explained.size)
  const cutOverDate = agreed
    ? agreed.cutOverDate
    : usualCutOver(receipt.proof, dayInOslo(new Date().toISOString() as Instant))
  return { job, receipt, checks, explained, earlier, agreed, cutOverDate, read: { ledgerVersion, explanations } }
}

/** The day after the months and days that a file holds, and not after today: something may be posted ahead in it. */
function usualCutOver({ fromDate, toDate, months }: Receipt['proof'], today: IsoDate): IsoDate {
  const last = months?.findLast(({ ours }) => ours !== 0)?.month as Month | undefined
  const days = [last ? firstDay(addMonths(last, 1)) : (fromDate as IsoDate), addDays(toDate as IsoDate, 1), today]
  return days.sort()[0]!
}

const finished = (agreed: Agreed | null): Problem =>
  new Problem(422, 'takeover/finished', { params: { date: agreed?.at.slice(0, 10) ?? '' } })

/** What was taken back is neither explained nor finished. @throws Problem 422 import/already-undone. */
function checkStands({ undoneAt }: ImportJob) {
  if (undoneAt) throw new Problem(422, 'import/already-undone')
}

/**
 * Keeps why figures of the file and ours differ; those not named stay.
 * @throws Problem 404 import/unknown; 422 takeover/finished; 422 request/invalid for a difference that is none.
 */
export async function explainDifferences(
  { db, by, at }: Acting,
  id: string,
  explanations: Explanations,
): Promise<Agreement> {
  const standing = await readAgreement(db, id)
  const { receipt, explained, agreed } = standing
  checkStands(standing.job)
  if (agreed) throw finished(agreed)
  const known = new Set(receipt.differences.map(keyOfDifference))
  const issues = Object.keys(explanations).flatMap((key) =>
    known.has(key)
      ? []
      : [{ code: 'field/invalid', severity: 'error' as const, pointer: `#/explanations/${key}`, params: {} }],
  )
  if (issues.length > 0) throw new Problem(422, 'request/invalid', { issues })
  const before = Object.fromEntries(Object.keys(explanations).map((key) => [key, explained.get(key)?.text ?? '']))
  const changes = changesOf(before, explanations)
  if (Object.keys(changes).length === 0) return standing
  const texts = Object.keys(changes).map((key) => [key, explanations[key]!.trim()] as const)
  const event = insertEventsIfChanged({ type: 'import.changed', at, by, subject: id, changes })
  const [held] = await db.batch([holdUnfinished(id), event, ...keepExplanations(id, texts, by, at)], 'write')
  if (held!.rowsAffected === 0) throw finished(await readAgreed(db, id))
  return agreementOf(db, standing.job)
}

/**
 * Finishes a take-over by SAF-T, when every check holds: of this file, and of those booked before it. From then on nothing ordinary is
 * posted before the cut-over date: as proposed where none is given. Finished already, it changes nothing.
 * @throws Problem 404 import/unknown; 422 takeover/incomplete with the open checks; 409 version/stale when something was posted or
 *   explained otherwise meanwhile.
 */
export async function approveImport(
  { db, by, at }: Acting,
  id: string,
  given?: Finishing['cutOverDate'],
): Promise<Agreement> {
  const standing = await readAgreement(db, id)
  const { checks, agreed, job, earlier, read } = standing
  checkStands(job)
  if (agreed) return standing
  const open = checks.filter(({ done }) => !done).map(({ key }) => key)
  if (open.length > 0)
    throw new Problem(422, 'takeover/incomplete', { params: { count: open.length }, extra: { open } })
  const ids = [...earlier.map((file) => file.id), id]
  const cutOverDate = given === 'none' ? null : (given ?? standing.cutOverDate)
  const changes = { ...(cutOverDate && { cutOverDate: [null, cutOverDate] as const }) }
  const events = ids.map((subject) => ({ type: 'import.finished', at, by, subject, changes }))
  const [set] = await db.batch(
    [
      setAgreed(ids, { at, by, ...read }),
      insertEventsIfChanged(...events),
      ...(cutOverDate ? [setCutOverOf(id, at, cutOverDate)] : []),
    ],
    'write',
  )
  if (set!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return agreementOf(db, job)
}

/** Takes a finished take-over up again. @throws Problem 404 import/unknown; 422 takeover/not-finished. */
export async function reopenImport({ db, by, at }: Acting, id: string, reason: string): Promise<Agreement> {
  const { agreed, job } = await readAgreement(db, id)
  if (!agreed) throw new Problem(422, 'takeover/not-finished')
  const changes = { reason: [null, reason] as const }
  const event = insertEventsIfChanged({ type: 'import.reopened', at, by, subject: id, changes })
  await db.batch([setReopened(id), event, clearCutOver()], 'write')
  return agreementOf(db, job)
}
