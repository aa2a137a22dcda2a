import { dayInOslo, type Instant, type IsoDate } from '#worker/core/dates.ts'
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
  type Explanation,
  holdUnfinished,
  keepExplanations,
  putCutOverBack,
  readAgreed,
  readCutOver,
  readEarlier,
  readExplanations,
  readStandingOf,
  setAgreed,
  setCutOverOf,
  setReopened,
} from './agreement-store.ts'
import { type CutOver, dayBeforeImports, latest, usualCutOver, withoutImport } from './cut-over.ts'
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
  earlier: { id: string; left: number; cutOverDate: IsoDate }[]
  /** When and by whom the take-over was finished; null until then. */
  agreed: Agreed | null
  /** The day from which these are the books that count: as it was set, or as it is proposed until then. */
  cutOverDate: IsoDate | null
  /** The day after what this file holds. */
  ownCutOver: IsoDate
  cutOver: CutOver
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
  const [explained, before, undecided, cutOver] = await Promise.all([
    readExplanations(db, job.id),
    agreed ? [] : readEarlier(db, job),
    agreed ? 0 : countUndecided(db),
    readCutOver(db),
  ])
  const today = dayInOslo(new Date().toISOString() as Instant)
  const earlier = before.map((file) => ({
    id: file.id,
    left: unexplained(file.differences, file.explained).length,
    cutOverDate: usualCutOver(file.proof, today),
  }))
  const left = earlier.length === 0 ? null : earlier.reduce((sum, file) => sum + file.left, 0)
  const checks = agreementChecks(receipt.differences, explained, { observation: amount, undecided, earlier: left })
  const explanations = before.reduce((sum, file) => sum + file.explained.size, explained.size)
  const ownCutOver = usualCutOver(receipt.proof, today)
  const cutOverDate = agreed
    ? cutOver.stands
    : latest([cutOver.stands, ownCutOver, ...earlier.map((file) => file.cutOverDate)])
  const read = { ledgerVersion, explanations }
  return { job, receipt, checks, explained, earlier, agreed, cutOverDate, ownCutOver, cutOver, read }
}

const finished = (agreed: Agreed | null): Problem =>
  new Problem(422, 'takeover/finished', { params: { date: agreed ? dayInOslo(agreed.at) : '' } })

/** What is taken back, whole or so far, is neither explained nor finished. @throws Problem 422 import/already-undone. */
function checkStands({ undoneAt, undoBegunAt }: ImportJob) {
  if (undoneAt) throw new Problem(422, 'import/already-undone')
  if (undoBegunAt) throw new Problem(422, 'import/already-undone', { params: { reason: 'begun' } })
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
 * posted before the cut-over date: as proposed where none is given. The day that stands is never moved back. Finished already, it
 * changes nothing.
 * @throws Problem 404 import/unknown; 422 takeover/incomplete with the open checks; 409 version/stale when something was posted or
 *   explained otherwise meanwhile.
 */
export async function finishImport(
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
  const files = given === 'none' ? [] : filesHolding(standing, given)
  const cutOverDate = latest([standing.cutOver.stands, ...files.map(({ day }) => day)])
  const changes = changesOf({ cutOverDate: standing.cutOver.stands }, { cutOverDate })
  const events = ids.map((subject) => ({
    type: 'import.finished',
    at,
    by,
    subject,
    changes: subject === id ? changes : {},
  }))
  const [set] = await db.batch(
    [
      setAgreed(ids, { at, by, ...read, company: standing.cutOver.version }),
      insertEventsIfChanged(...events),
      ...(files.length > 0 ? setCutOverOf(at, files, cutOverDate!) : []),
    ],
    'write',
  )
  if (set!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return agreementOf(db, job)
}

/** The day that each file holds: its own, unless a person says another than was proposed. */
function filesHolding(
  { job, earlier, cutOverDate, ownCutOver, cutOver }: Agreement,
  given?: IsoDate,
): CutOver['files'] {
  const said = given === cutOverDate ? undefined : given
  const before = dayBeforeImports(cutOver)
  const others = earlier.map((file) => ({
    id: file.id,
    day: said && said < file.cutOverDate ? said : file.cutOverDate,
  }))
  return [{ id: job.id, day: said ?? ownCutOver }, ...others].map((file) => ({ ...file, before }))
}

/**
 * Takes a finished take-over up again. The cut-over date is what other finished files and what stood before them have it.
 * @throws Problem 404 import/unknown; 409 version/stale; 422 takeover/not-finished.
 */
export async function reopenImport({ db, by, at }: Acting, id: string, reason: string): Promise<Agreement> {
  const { agreed, job, cutOver } = await readAgreement(db, id)
  if (!agreed) throw new Problem(422, 'takeover/not-finished')
  const cutOverDate = withoutImport(cutOver, id)
  const moved = changesOf({ cutOverDate: cutOver.stands }, { cutOverDate })
  const changes = { reason: [null, reason] as const, ...moved }
  const event = insertEventsIfChanged({ type: 'import.reopened', at, by, subject: id, changes })
  const [opened] = await db.batch([setReopened(id, cutOver), event, putCutOverBack(id, cutOver, cutOverDate)], 'write')
  if (opened!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return agreementOf(db, job)
}
