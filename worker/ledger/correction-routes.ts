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
import { POSTING_PROBLEMS, told, triedAnswer } from './routes.ts'
import { runJob } from './run-job.ts'
import { PostedVoucher, TriedVouchers } from './voucher-answer.ts'
import { VoucherDraft } from './voucher-draft.ts'

const Reversed = z.strictObject({ id: VoucherId, voucherDate: IsoDate, reason: z.optional(FilledText(255)) })
const token = { dryRunToken: z.optional(z.string()) }
export const Correction = z.strictObject({ reversal: Reversed, voucher: VoucherDraft, ...token })
const UnreadCorrection = z.strictObject({ reversal: Reversed, voucher: z.unknown(), ...token })

/** Putting a posted voucher right by others. Mounted at /companies/:company. */
export const corrections = new Hono<Env>()
  .post(
    '/vouchers/:voucher/correction/dry-run',
    operation({
      summary: 'Try a correction without posting',
      description:
        'As `POST /vouchers/dry-run`, with the voucher reversed first. What that opens again is a warning; pointers of the reversal lie under /reversal.',
      access: 'ledger:post',
      body: Correction,
      answer: { status: 200, schema: TriedVouchers, description: 'One voucher; also when it has errors' },
      problems: ['voucher/unknown'],
    }),
    async (c) => {
      const { reversal, voucher } = await accept(c, UnreadCorrection)
      const done = await runJob(c.env, c.var.access, {
        do: 'try',
        drafts: [voucher],
        mode: 'all-or-nothing',
        correcting: { of: pathText(c, 'voucher'), ...reversal, reason: reversal.reason ?? null },
        by: c.var.principal.id,
        rights: rightsOf(c.var.access),
      })
      return c.json(triedAnswer(done, c))
    },
  )
  .post(
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
      problems: ['voucher/unknown', 'voucher/already-reversed', ...POSTING_PROBLEMS, 'dry-run/stale'],
    }),
    async (c) => {
      const { reversal, voucher, dryRunToken } = await accept(c, UnreadCorrection)
      const done = await runJob(c.env, c.var.access, {
        do: 'correct',
        of: pathText(c, 'voucher'),
        reversal: { ...reversal, reason: reversal.reason ?? null },
        draft: voucher,
        ...(dryRunToken !== undefined && { dryRunToken }),
        by: c.var.principal.id,
        name: c.var.principal.name,
        rights: rightsOf(c.var.access),
      })
      const [first, second] = 'vouchers' in done ? done.vouchers : []
      if (!first || !second) throw new Problem(500, 'internal/error')
      const replayed = [first, second].every((v) => v.status === 'posted' && v.replayed)
      const body = { ledgerVersion: done.ledgerVersion, reversal: told(first, c), voucher: told(second, c) }
      return c.json(body, replayed ? 200 : 201)
    },
  )
