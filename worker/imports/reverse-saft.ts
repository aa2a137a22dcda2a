import { made } from '#i18n/nb/imports.ts'
import { dayInOslo, type IsoDate } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { idFromHash } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { insertEventsIfChanged } from '#worker/events/store.ts'
import { runJob } from '#worker/ledger/run-job.ts'
import { beginUndo, readImportJob, readLeftOf, readReliance, setJobUndone } from '#worker/saft/store.ts'
import type { ImportContext } from './import-context.ts'

/** Vouchers taken back in one batch; others post in between. */
const BATCH_VOUCHERS = 200

/**
 * Takes a SAF-T import back while nothing builds on it: every voucher is reversed on its own day, the newest first, and what settled
 * within the file is open no more. Accounts, parties and dimensions stay. An undo that was cut off goes on where it was, and the file
 * can be brought in again.
 * Once it has begun, nothing is finished or brought in on top of what is left.
 * @throws Problem 404 import/unknown; 409 version/stale when somebody finished it meanwhile; 422 import/already-undone, takeover/finished, import/built-on with what does; 423
 *   period/locked before anything is reversed; as reversing does.
 */
export async function reverseSaft(ctx: ImportContext, id: string): Promise<void> {
  const { db, env, access, by, at, name, rights } = ctx
  const job = await readImportJob(db, id)
  if (job?.kind !== 'saft' || !job.receipt) throw new Problem(404, 'import/unknown')
  if (job.undoneAt) throw new Problem(422, 'import/already-undone')
  const { agreedAt, locked, on } = await readReliance(db, id, made.importUndone)
  if (agreedAt) throw new Problem(422, 'takeover/finished', { params: { date: dayInOslo(agreedAt) } })
  if (locked) throw new Problem(423, 'period/locked', { params: locked })
  if (on.length > 0) throw new Problem(422, 'import/built-on', { params: { on: on.join(', '), reason: 'named' } })
  const begun = await db.execute(beginUndo(id, at))
  if (begun.rowsAffected === 0) throw new Problem(409, 'version/stale')
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const left = await readLeftOf(db, id, before, BATCH_VOUCHERS)
    if (left.length === 0) break
    before = left.at(-1)!.ledgerVersion
    const reversals: { of: string; id: string; voucherDate: IsoDate }[] = []
    for (const voucher of left) {
      const reversal = idFromHash('vch', await sha256(`reversal of ${voucher.id} by import ${id}`))
      reversals.push({ of: voucher.id, id: reversal, voucherDate: voucher.voucherDate })
    }
    await runJob(env, access, { do: 'reverse-all', reversals, reason: made.importUndone, by, name, rights })
  }
  const event = insertEventsIfChanged({ type: 'import.undone', at, by, subject: id })
  await db.batch([setJobUndone(id, by, at), event], 'write')
}
