import { exportTexts } from '#i18n/export-texts.ts'
import type { Locale } from '#i18n/format.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import { readCalendar } from '#worker/periods/store.ts'
import type { LedgerEntry } from '#worker/reports/general-ledger.ts'
import { readTrialBalance } from '#worker/reports/read-trial-balance.ts'
import { readVoucherJournal } from '#worker/reports/read-voucher-journal.ts'
import { isZero } from '#worker/reports/trial-balance.ts'
import { type JournalFormat, PlainJournal } from './plain-journal.ts'

const PAGE = 5_000
export type JournalWish = {
  format: JournalFormat
  fromDate?: IsoDate | undefined
  toDate?: IsoDate | undefined
  atVersion?: number | undefined
}

/**
 * The ledger as a plain-text journal, a page of vouchers at a time, at one version: all of it unless days are told. Opening
 * balances come in as one transaction, closing balances of the trial balance stand at the end as assertions.
 * @throws Problem 422 request/invalid: days in the wrong order, a version that is not there.
 */
export async function exportJournal(
  db: Database,
  wish: JournalWish,
  about: { title: string; locale: Locale; today: IsoDate },
): Promise<{ chunks: AsyncGenerator<string>; fromDate: IsoDate; toDate: IsoDate; atVersion: number }> {
  const { years } = await readCalendar(db)
  const days = { fromDate: wish.fromDate ?? years[0]?.firstDate, toDate: wish.toDate ?? years.at(-1)?.lastDate }
  const question = { ...days, today: about.today, filter: { dimensions: {} } }
  const report = await readTrialBalance(db, { ...question, atVersion: wish.atVersion }, true)
  const { fromDate, toDate, atVersion, chainHead, undistributedResult } = report
  const journal = new PlainJournal(
    wish.format,
    {
      title: about.title,
      fromDate,
      toDate,
      atVersion,
      chainHead,
      opening: exportTexts[about.locale].openingBalance,
      undistributed: undistributedResult,
    },
    report.rows
      .filter((row) => !isZero(row))
      .map(({ account, nameNb, nameEn, type, opening, closing }) => ({
        account,
        name: about.locale === 'nb' ? nameNb : nameEn,
        type,
        opening,
        closing,
      })),
  )
  async function* chunks(): AsyncGenerator<string> {
    yield journal.start()
    let waiting: LedgerEntry[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await readVoucherJournal(db, { ...question, atVersion }, { cursor, limit: PAGE })
      let text = ''
      for (const entry of page.entries) {
        // Brought in on the first day: it is in the opening balances already (decisions.md 4).
        if (entry.type === 'opening-balance' && entry.voucherDate === fromDate) continue
        // A page may end within a voucher.
        if (waiting.length > 0 && waiting[0]!.ledgerVersion !== entry.ledgerVersion) {
          text += journal.voucher(waiting)
          waiting = []
        }
        waiting.push(entry)
      }
      cursor = page.cursor ?? undefined
      if (!cursor && waiting.length > 0) text += journal.voucher(waiting)
      if (text !== '') yield text
      if (!cursor) break
    }
    yield journal.end()
  }
  return { chunks: chunks(), fromDate, toDate, atVersion }
}
