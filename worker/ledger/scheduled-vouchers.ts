import { sha256 } from '#worker/core/hash.ts'
import { idFromHash } from '#worker/core/ids.ts'
import type { Prepared } from './judged.ts'
import type { Plan, PlannedMonth } from './schedule.ts'
import type { NewSchedule } from './schedule-store.ts'
import type { VoucherDraft } from './voucher-draft.ts'

/** A plan with its ids, and the vouchers of the months that are posted with their source. */
export type PreparedSchedule = { schedule: NewSchedule; vouchers: Prepared[] }

/** A schedule's id follows from its source voucher, row and kind; a month's voucher id from the schedule and the month. */
export const scheduleIdOf = async (source: string, plan: Pick<Plan, 'rowKey' | 'kind'>): Promise<string> =>
  idFromHash('sch', await sha256(`schedule ${source} ${plan.rowKey} ${plan.kind}`))
export const monthVoucherIdOf = async (schedule: string, month: string): Promise<VoucherDraft['id']> =>
  idFromHash('vch', await sha256(`month ${schedule} ${month}`))

/** Plans made ready to be posted with their source; `prepare` turns a month's draft and entries into a voucher. */
export async function prepareSchedules(
  source: string,
  plans: readonly Plan[],
  prepare: (draft: VoucherDraft, month: PlannedMonth) => Promise<Prepared>,
): Promise<PreparedSchedule[]> {
  const prepared: PreparedSchedule[] = []
  for (const plan of plans) {
    const id = await scheduleIdOf(source, plan)
    const vouchers: Prepared[] = []
    const months: NewSchedule['months'][number][] = []
    for (const month of plan.months) {
      const draft: VoucherDraft = { id: await monthVoucherIdOf(id, month.month), ...month.draft }
      if (!month.waits) vouchers.push(await prepare(draft, month))
      months.push({
        month: month.month,
        voucherDate: draft.voucherDate,
        amount: month.amount,
        voucher: month.waits ? null : draft.id,
        draft: month.waits ? draft : null,
      })
    }
    const { months: _, ...rest } = plan
    prepared.push({ schedule: { id, source, ...rest, months }, vouchers })
  }
  return prepared
}
