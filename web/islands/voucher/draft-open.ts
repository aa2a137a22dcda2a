import { voucherName } from '#i18n/format.ts'
import type { DraftAnswer } from '#worker/drafts/draft-answer.ts'
import { type Desk, emptyDesk } from '#worker/sheets/sheet.ts'
import { type Known, newDraft, received, withPosted } from './draft-sync.ts'
import { newId } from './entry.ts'
import type { Line } from './send.ts'

/** A draft from the server, as it stands on the desk; undefined when there is none of that id. */
export async function openDraft(line: Line, id: string): Promise<{ desk: Desk; known: Known } | undefined> {
  const response = await line.fetch(`${line.base}/voucher-drafts/${encodeURIComponent(id)}`, {
    headers: { accept: 'application/json' },
  })
  if (!response.ok) return undefined
  const answer = (await response.json()) as DraftAnswer
  return deskOf(answer)
}

export function deskOf(answer: DraftAnswer): { desk: Desk; known: Known } {
  const header = { type: '', voucherDate: '', documentDate: '', text: '', reason: '' }
  const empty = emptyDesk(newId(), header)
  const here = new Map(answer.rows.map(({ key, position, cells, removed }) => [key, { key, position, cells, removed }]))
  const { desk } = received(
    empty,
    newDraft(answer.id),
    { ...answer, rows: answer.rows.filter((r) => !r.removed) },
    [],
    '',
  )
  const posted = new Map(answer.posted.map((voucher) => [voucher.id, voucherName(voucher)]))
  return { desk: withPosted(desk, posted), known: { draft: answer.id, since: answer.version, base: here } }
}
