import { voucherName } from '#i18n/format.ts'
import type { DraftAnswer } from '#worker/drafts/draft-answer.ts'
import type { LiveMessage } from '#worker/ledger/room.ts'
import { type Desk, vouchersOf } from '#worker/sheets/sheet.ts'
import type { Entry } from './entry.ts'
import type { Notice } from './posting.ts'
import { sendJson } from './send.ts'

/** What others have done with the draft that one must know: posted some of it, or deleted it. */
export function draftNews(before: Desk, entry: Entry, answer: DraftAnswer, user: string): Notice | undefined {
  const open = new Set(vouchersOf(before).flatMap((group) => (group.posted ? [] : [group.id])))
  const posted = answer.posted.filter((voucher) => open.has(voucher.id) && !entry.sending.includes(voucher.id))
  const [first] = posted
  if (first) {
    const name = answer.names[first.by] ?? ''
    if (posted.length > 1) return { level: 'done', key: 'postedByOtherMany', params: { name, n: posted.length } }
    const voucher = { id: first.id, name: voucherName(first) }
    return { level: 'done', key: 'postedByOther', params: { name, voucher: voucher.name }, vouchers: [voucher] }
  }
  if (!answer.deletedAt) return undefined
  const name = answer.deletedBy === user ? undefined : answer.names[answer.deletedBy ?? '']
  return name
    ? { level: 'warning', key: 'draftDeleted', params: { name } }
    : { level: 'warning', key: 'draftDeletedOwn' }
}

export async function restoreDraft(entry: Entry): Promise<void> {
  await sendJson(entry.line, `/voucher-drafts/${entry.link.known.draft}/restoration`, {})
  entry.link.hurry()
}

/** Whether what happened in the company is of the draft that stands here. */
export const isAbout = ({ link, line, open }: Entry, message: LiveMessage): boolean =>
  message.type === 'draft'
    ? message.draft === link.known.draft && message.tab !== line.tab
    : message.type === 'posted' && open.some(({ group }) => message.vouchers.some(({ id }) => id === group.id))
