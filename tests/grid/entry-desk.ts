import type { testApp } from '#tests/support/app.ts'
import type { DraftStore, Kept } from '#web/islands/voucher/draft-store.ts'
import { edited } from '#web/islands/voucher/edit.ts'
import { Entry } from '#web/islands/voucher/entry.ts'
import type { Notice, PostingPort } from '#web/islands/voucher/posting.ts'
import type { Line } from '#web/islands/voucher/send.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { booksOf } from '#worker/ledger/books.ts'
import type { Edit } from '#worker/sheets/sheet.ts'

type TestCompany = Awaited<ReturnType<ReturnType<typeof testApp>['company']>>
export const year = new Date().getFullYear()
export const today = `${year}-03-20` as IsoDate

/** An entry page without its page: the same draft, rules and line, in a real company. */
export async function entryIn(
  c: TestCompany,
  options: { lost?: (turn: number) => boolean; kept?: Kept; facts?: (facts: any) => unknown } = {},
) {
  let turn = 0
  const away = { now: false }
  const sent: { path: string; body: any }[] = []
  const line: Line = {
    base: '',
    locale: 'nb',
    wait: async () => {},
    fetch: async (path, init) => {
      if (away.now) throw new TypeError('network')
      const body = init?.body && { raw: String(init.body), headers: { 'content-type': 'application/json' } }
      if (init?.body) sent.push({ path: String(path), body: JSON.parse(String(init.body)) })
      const answer = await c.call(String(path), { method: init?.method, ...body } as never)
      if (init?.method === 'POST' && !String(path).endsWith('/dry-run') && options.lost?.(turn++))
        throw new TypeError('network')
      return new Response(answer.text, { status: answer.status })
    },
  }
  const facts = (await c.call('/books')).json
  options.facts?.(facts)
  const kept: { now: Kept | undefined } = { now: options.kept }
  const store: DraftStore = {
    kept: options.kept,
    save: (draft) => {
      kept.now = structuredClone(draft)
      return true
    },
    drop: () => {
      kept.now = undefined
    },
  }
  const court = { books: booksOf(facts), rights: { softLock: true }, locale: 'nb' as const }
  const header = { type: 'HB', voucherDate: today, documentDate: '', text: '', reason: '' }
  const entry = new Entry({ court, line, today, store, header, changed: () => {} })
  const told: Notice[] = []
  const port: PostingPort = { tell: (notice) => void told.push(notice), begin: () => {}, goToFirstFault: () => {} }
  return {
    entry,
    port,
    kept,
    sent,
    away,
    keys: () => told.map((notice) => notice.key),
    last: () => told.at(-1),
    type: (...edits: Edit[]) => entry.change(edited(entry.desk, edits, entry.setting)),
    count: async () => (await c.call('/vouchers')).json.vouchers.length as number,
  }
}

export const simple = (amount: number): Edit[] => [
  { row: 0, field: 'account', value: '7770' },
  { row: 0, field: 'amount', value: amount },
  { row: 1, field: 'account', value: '1920' },
  { row: 1, field: 'amount', value: -amount },
]
