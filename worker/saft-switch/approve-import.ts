import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { changesOf } from '#worker/events/event.ts'
import { insertEvents, insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { OBSERVATION_ACCOUNT } from '#worker/ledger/account.ts'
import type { Receipt } from '#worker/saft/import-saft.ts'
import { type ImportJob, readImportJob } from '#worker/saft/store.ts'
import { countUndecided } from '#worker/subledger/list-left-items.ts'
import {
  type Agreed,
  type Explanation,
  keepExplanations,
  readAgreed,
  readExplanations,
  readStandingOf,
  setAgreed,
} from './agreement-store.ts'
import { agreementChecks, type CheckedAgreement, type Explanations, keyOfDifference } from './import-agreement.ts'

export type Agreement = {
  job: ImportJob
  receipt: Receipt
  checks: CheckedAgreement[]
  explained: ReadonlyMap<string, Explanation>
  /** When and by whom the take-over was finished; null until then. */
  agreed: Agreed | null
}

/** How far a take-over by SAF-T has come, by what stands in the books now. @throws Problem 404 import/unknown. */
export async function readAgreement(db: Database, id: string): Promise<Agreement> {
  const job = await readImportJob(db, id)
  if (job?.kind !== 'saft' || !job.receipt) throw new Problem(404, 'import/unknown')
  const receipt = job.receipt as Receipt
  const explained = await readExplanations(db, id)
  const observation = await readStandingOf(db, OBSERVATION_ACCOUNT)
  const checks = agreementChecks(receipt.differences, explained, { observation, undecided: await countUndecided(db) })
  return { job, receipt, checks, explained, agreed: await readAgreed(db, id) }
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
  const { receipt, explained, agreed } = await readAgreement(db, id)
  if (agreed) throw new Problem(422, 'takeover/finished')
  const known = new Set(receipt.differences.map(keyOfDifference))
  const issues = Object.keys(explanations).flatMap((key) =>
    known.has(key)
      ? []
      : [{ code: 'field/invalid', severity: 'error' as const, pointer: `#/explanations/${key}`, params: {} }],
  )
  if (issues.length > 0) throw new Problem(422, 'request/invalid', { issues })
  const before = Object.fromEntries(Object.keys(explanations).map((key) => [key, explained.get(key)?.text ?? '']))
  const changes = changesOf(before, explanations)
  if (Object.keys(changes).length > 0) {
    const texts = Object.keys(changes).map((key) => [key, explanations[key]!.trim()] as const)
    const event = { type: 'import.changed', at, by, subject: id, changes }
    await db.batch([...keepExplanations(id, texts, by, at), insertEvents(event)], 'write')
  }
  return readAgreement(db, id)
}

/**
 * Finishes a take-over by SAF-T, when every check holds. Finished already, it changes nothing.
 * @throws Problem 404 import/unknown; 422 takeover/incomplete with the open checks.
 */
export async function approveImport({ db, by, at }: Acting, id: string): Promise<Agreement> {
  const { checks, agreed } = await readAgreement(db, id)
  if (!agreed) {
    const open = checks.filter(({ done }) => !done).map(({ key }) => key)
    if (open.length > 0)
      throw new Problem(422, 'takeover/incomplete', { params: { count: open.length }, extra: { open } })
    await db.batch(
      [setAgreed(id, { at, by }), insertEventsIfChanged({ type: 'import.finished', at, by, subject: id })],
      'write',
    )
  }
  return readAgreement(db, id)
}

/** Takes a finished take-over up again. @throws Problem 404 import/unknown; 422 takeover/not-finished. */
export async function reopenImport({ db, by, at }: Acting, id: string): Promise<Agreement> {
  if (!(await readAgreement(db, id)).agreed) throw new Problem(422, 'takeover/not-finished')
  const event = { type: 'import.reopened', at, by, subject: id }
  await db.batch([setAgreed(id, null), insertEventsIfChanged(event)], 'write')
  return readAgreement(db, id)
}
