import type { Issue } from '#worker/core/problem.ts'
import type { PostedAnswer } from '#worker/ledger/job.ts'
import type { Desk, Group } from '#worker/sheets/sheet.ts'
import { type Line, type Sent, sendJson, type TriedVouchers, untilAnswered } from './send.ts'

/** A posted voucher that the one on the desk takes the place of, and how it is reversed; both in one batch. */
export type Correction = {
  of: string
  name: string
  reversal: { id: string; voucherDate: string; reason?: string }
}

/** What a single voucher puts right, as its shared header says. */
export function correctionOf({ more, header }: Pick<Group, 'more' | 'header'>): Correction | undefined {
  const { corrects, correctsName, reversal } = more ?? {}
  if (typeof corrects !== 'string' || typeof reversal !== 'string') return undefined
  const { reversalDate = '', reason } = header
  return {
    of: corrects,
    name: String(correctsName ?? ''),
    reversal: { id: reversal, voucherDate: reversalDate, ...(reason && { reason }) },
  }
}
export const correctionOn = (desk: Desk): Correction | undefined =>
  desk.mode === 'voucher' ? correctionOf(desk) : undefined

const pathOf = ({ of }: Correction): string => `/vouchers/${of}/correction`

/** Tries a correction without posting; a try that gets no answer is simply no try. */
export async function tryCorrection(
  line: Line,
  correction: Correction,
  voucher: unknown,
  signal?: AbortSignal,
): Promise<Sent<TriedVouchers>> {
  const body = { reversal: correction.reversal, voucher }
  const sent = await sendJson<TriedVouchers>(line, `${pathOf(correction)}/dry-run`, body, { signal })
  if (sent.kind !== 'done') return sent
  const vouchers = sent.answer.vouchers.map((tried) => ({ ...tried, issues: onDesk(tried.issues) }))
  return { ...sent, answer: { ...sent.answer, vouchers } }
}

/** Reverses and posts, both or neither; sent again until it is answered, like any voucher. Gives the new one. */
export async function postCorrection(
  line: Line,
  correction: Correction,
  voucher: unknown,
  lostReply: (seconds: number) => void,
  dryRunToken?: string,
): Promise<Sent<PostedAnswer>> {
  const body = { reversal: correction.reversal, voucher, ...(dryRunToken && { dryRunToken }) }
  const send = () => sendJson<{ voucher: PostedAnswer }>(line, pathOf(correction), body)
  const sent = await untilAnswered(line, send, lostReply)
  if (sent.kind === 'done') return { ...sent, answer: sent.answer.voucher }
  return sent.kind === 'refused' ? { ...sent, issues: onDesk(sent.issues) } : sent
}

/** What is wrong with the reversal stands at its day, or at the voucher as a whole. */
const onDesk = (issues: readonly Issue[]): Issue[] =>
  issues.map((issue) => ({
    ...issue,
    pointer: placeOf(issue.pointer),
    ...(issue.fix && { fix: { ...issue.fix, pointer: placeOf(issue.fix.pointer) } }),
  }))

const placeOf = (pointer: string): string =>
  pointer
    .replace(/^#\/voucher(?=\/|$)/, '#')
    .replace('#/reversal/voucherDate', '#/reversalDate')
    .replace(/^#\/reversal(\/.*)?$/, '#/lines')
