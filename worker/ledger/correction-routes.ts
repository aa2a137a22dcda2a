import { Hono } from 'hono'
import * as z from 'zod/mini'
import { rightsOf } from '#worker/access/permission.ts'
import { IsoDate } from '#worker/core/date-schema.ts'
import { VoucherId } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { FilledText } from '#worker/core/text.ts'
import { accept, pathText } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { POSTING_PROBLEMS, told } from './routes.ts'
import { runJob } from './run-job.ts'
import { PostedVoucher } from './voucher-answer.ts'
import { VoucherDraft } from './voucher-draft.ts'

const Reversed = z.strictObject({ id: VoucherId, voucherDate: IsoDate, reason: z.optional(FilledText(255)) })
export const Correction = z.strictObject({ reversal: Reversed, voucher: VoucherDraft })
const UnreadCorrection = z.strictObject({ reversal: Reversed, voucher: z.unknown() })

/** Putting a posted voucher right by others. Mounted at /companies/:company. */
export const corrections = new Hono<Env>().post(
  '/vouchers/:voucher/correction',
  operation({
    summary: 'Correct a voucher',
    description:
      'Its reversal and the voucher that takes its place, both or neither. Both are linked to it for ever. Pointers lie under /reversal and /voucher.',
    access: 'ledger:post',
    body: Correction,
    answer: {
      status: 201,
      schema: z.object({ ledgerVersion: z.int(), reversal: PostedVoucher, voucher: PostedVoucher }),
      description: 'Both as posted; 200 when they were posted before',
    },
    problems: ['voucher/unknown', 'voucher/already-reversed', ...POSTING_PROBLEMS],
  }),
  async (c) => {
    const { reversal, voucher } = await accept(c, UnreadCorrection)
    const done = await runJob(c.env, c.var.access, {
      do: 'correct',
      of: pathText(c, 'voucher'),
      reversal: { ...reversal, reason: reversal.reason ?? null },
      draft: voucher,
      by: c.var.principal.id,
      rights: rightsOf(c.var.access),
    })
    const [first, second] = 'vouchers' in done ? done.vouchers : []
    if (!first || !second) throw new Problem(500, 'internal/error')
    const replayed = [first, second].every((v) => v.status === 'posted' && v.replayed)
    const body = { ledgerVersion: done.ledgerVersion, reversal: told(first, c), voucher: told(second, c) }
    return c.json(body, replayed ? 200 : 201)
  },
)
