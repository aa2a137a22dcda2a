import { Hono } from 'hono'
import * as z from 'zod/mini'
import { rightsOf } from '#worker/access/permission.ts'
import { IsoDate } from '#worker/core/date-schema.ts'
import { VoucherId } from '#worker/core/ids.ts'
import { FilledText } from '#worker/core/text.ts'
import { accept, pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { copyOf } from '#worker/ledger/copy-draft.ts'
import { readVoucher } from '#worker/ledger/read-voucher.ts'
import { POSTING_PROBLEMS, told } from '#worker/ledger/routes.ts'
import { runJob } from '#worker/ledger/run-job.ts'
import { readSchedulesOf } from '#worker/ledger/schedule-store.ts'
import { PostedVoucher } from '#worker/ledger/voucher-answer.ts'
import { makeDraft } from './make-draft.ts'

const Reversal = z.strictObject({
  id: VoucherId,
  voucherDate: IsoDate,
  reason: z.optional(FilledText(255)),
  /** Whether what was reversed is wanted as a draft, to be put right and posted anew. */
  copyToDraft: z.optional(z.boolean()),
})

/** Reversing a voucher, with a draft of it where that is asked for. Mounted at /companies/:company. */
export const reversals = new Hono<Env>().post(
  '/vouchers/:voucher/reversal',
  operation({
    summary: 'Reverse a voucher',
    description:
      'A new voucher that negates each entry as it was booked. Each voucher can be reversed once. Its schedules go with it; `rest` of each names the months that stand because they are locked. With `copyToDraft` the voucher that was reversed is also a shared draft, on its own day; sent again it is the same draft.',
    access: 'ledger:post',
    body: Reversal,
    answer: {
      status: 201,
      schema: z.extend(PostedVoucher, { draft: z.optional(z.string()) }),
      description: 'The reversal, and the id of the draft copy; 200 when it was posted before',
    },
    problems: ['voucher/unknown', 'voucher/already-reversed', 'schedule/reversal-is-final', ...POSTING_PROBLEMS],
  }),
  async (c) => {
    const { copyToDraft = false, ...wanted } = await accept(c, Reversal)
    const of = pathText(c, 'voucher')
    const done = await runJob(c.env, c.var.access, {
      do: 'reverse',
      of,
      ...wanted,
      reason: wanted.reason ?? null,
      by: c.var.principal.id,
      rights: rightsOf(c.var.access),
      name: c.var.principal.name,
    })
    const posted = ('vouchers' in done ? done.vouchers[0] : undefined)!
    const schedules = await readSchedulesOf(c.var.db, of)
    const reversed = copyToDraft ? await readVoucher(c.var.db, of) : undefined
    const draft = reversed && (await makeDraft(actingOf(c), copyOf(reversed, 'vch_', reversed.voucherDate), wanted.id))
    const answer = { ...told(posted, c), ...(schedules.length > 0 && { schedules }), ...(draft && { draft }) }
    return c.json(answer, posted.status === 'posted' && posted.replayed ? 200 : 201)
  },
)
