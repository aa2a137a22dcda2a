import { OpeningModel } from '#addin/registers/opening-model.ts'
import { OPENING_TABLE } from '#addin/registers/opening-sheet.ts'
import type { testApp } from '#tests/support/app.ts'
import { thisYear } from './desk.ts'
import { openHands } from './pane-hands.ts'

export const day = `${thisYear}-01-01`

/** The sheet of an opening balance in a pane of its own, and what a person and a colleague do with it. */
export async function openOpening(app: ReturnType<typeof testApp>) {
  const company = await app.company()
  await company.call('/parties', { body: { kind: 'customer', number: '10001', name: 'Berg AS' } })
  const { hands, failures, state, user, workbook, network } = await openHands(app, company)
  const model = new OpeningModel(hands)
  await model.insertSheet(day)
  return {
    company,
    model,
    user,
    network,
    failures,
    tables: () => workbook.tables.map(({ name }) => name),
    view: () => state().opening!,
    news: () => state().opening!.news.map(({ text }) => text.replace(/\u00a0/g, ' ')),
    /** The pane is closed and opened again: nothing is remembered but what stands in the workbook. */
    reopen: () => new OpeningModel(hands),
    kept: async () => (await company.call(`/opening-balances/${day}`)).json,
    put: (rows: unknown[], version: number) =>
      company.call(`/opening-balances/${day}`, {
        method: 'PUT',
        body: { rows },
        headers: { 'if-match': `"${version}"` },
      }),
    deleteSheet: (name: string) => {
      workbook.tables.splice(0, workbook.tables.length, ...workbook.tables.filter((t) => t.sheet.name !== name))
      workbook.sheets.splice(0, workbook.sheets.length, ...workbook.sheets.filter((s) => s.name !== name))
    },
    days: () => state().openingDays,
    /** Pastes what the old system printed into a sheet of its own, which comes to the front. */
    report: (name: string, rows: (string | number)[][]) => {
      workbook.active = workbook.addSheet(name)
      for (const [i, row] of rows.entries()) user.type(name, `A${i + 1}`, [row])
    },
    fill: (row: number, values: Record<string, string | number>) => user.fill(OPENING_TABLE, row, values),
    rows: () => user.rows(OPENING_TABLE).filter((row) => row.Beløp !== ''),
  }
}
export type Book = Awaited<ReturnType<typeof openOpening>>
/** A bank account, an open item and what they rest on. */
export function fillIn(book: Book) {
  book.fill(0, { Konto: 1920, Beløp: '1 000,50' })
  book.fill(1, { Konto: 1500, Beløp: 500 })
  book.fill(2, {
    Konto: 1500,
    'Kunde/Leverandør': '10001',
    Faktura: '0881',
    KID: '00018',
    Forfall: '31.01.2026',
    Beløp: 500,
  })
  book.fill(3, { Konto: 2050, Beløp: '-1500,50' })
}
