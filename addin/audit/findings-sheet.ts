/// <reference types="office-js" />
import { fill, type Locale, voucherName, whole } from '#i18n/format.ts'
import { dayInOslo } from '#worker/core/dates.ts'
import { kronerOf, serialOf } from '../sheet/excel-value.ts'
import { addinTexts } from '../sheet/sheet-words.ts'
import type { Finding } from './journal-tests.ts'
import { newSheet } from './new-sheet.ts'
import type { AuditVoucher, Recomputed } from './recompute-chain.ts'
import type { SampleWish } from './sample.ts'

const FORMATS = { text: '@', day: 'dd.mm.yyyy', amount: '#,##0.00', count: '0' } as const
type Column = keyof typeof FORMATS
const WIDTHS: Record<Column, number> = { text: 110, day: 70, amount: 84, count: 36 }

/** Writes a sample to a sheet of its own, with room for what the auditor finds. Gives the sheet's name. */
export function writeSample(
  context: Excel.RequestContext,
  found: Recomputed,
  sample: readonly AuditVoucher[],
  wish: SampleWish,
  locale: Locale,
): Promise<string> {
  const { sheetNames, block } = addinTexts[locale]
  const rows = sample.map((v, i) => [i + 1, ...cellsOf(v), v.by, '', ''])
  const foot = fill(
    block.sampleFoot,
    {
      method: block.methods[wish.method],
      seed: String(wish.seed),
      count: whole(found.list.length, locale),
      version: whole(found.ledgerVersion, locale),
      head: found.chainHead.slice(0, 16),
    },
    locale,
  )
  const columns: Column[] = ['count', 'text', 'day', 'text', 'amount', 'text', 'text', 'text']
  return writeSheet(context, { name: sheetNames.sample, captions: block.columns.sample, columns, rows, foot })
}

/** Writes what the journal tests found to a sheet of its own. Gives the sheet's name. */
export function writeFindings(
  context: Excel.RequestContext,
  found: Recomputed,
  findings: readonly Finding[],
  locale: Locale,
): Promise<string> {
  const { sheetNames, block } = addinTexts[locale]
  const rows = findings.map(({ test, voucher: v }) => [
    block.journalTests[test],
    ...cellsOf(v),
    v.by,
    serialOf(dayInOslo(v.recordedAt)),
    '',
  ])
  const params = { count: whole(found.list.length, locale), version: whole(found.ledgerVersion, locale) }
  const foot = fill(block.journalFoot, { ...params, head: found.chainHead.slice(0, 16) }, locale)
  const columns: Column[] = ['text', 'text', 'day', 'text', 'amount', 'text', 'day', 'text']
  return writeSheet(context, {
    name: sheetNames.journalTests,
    captions: block.columns.journalTests,
    columns,
    rows,
    foot,
  })
}

const cellsOf = (v: AuditVoucher): (string | number)[] => [voucherName(v), serialOf(v.date), v.text, kronerOf(v.amount)]

type Sheet = {
  name: string
  captions: readonly string[]
  columns: readonly Column[]
  rows: readonly (readonly (string | number)[])[]
  foot: string
}
const ROWS_AT_A_TIME = 10_000

async function writeSheet(
  context: Excel.RequestContext,
  { name, captions, columns, rows, foot }: Sheet,
): Promise<string> {
  const [sheet] = await newSheet(context, name)
  sheet.load('name')
  const all = [captions, ...rows] as (string | number)[][]
  for (let from = 0; from < all.length; from += ROWS_AT_A_TIME) {
    const some = all.slice(from, from + ROWS_AT_A_TIME)
    const area = sheet.getRangeByIndexes(from, 0, some.length, columns.length)
    area.numberFormat = some.map((_, i) => columns.map((column) => (from + i === 0 ? '@' : FORMATS[column])))
    area.values = some
    await context.sync()
  }
  const table = sheet.tables.add(sheet.getRangeByIndexes(0, 0, Math.max(2, all.length), columns.length), true)
  table.style = 'TableStyleLight1'
  const line = sheet.getRangeByIndexes(Math.max(2, all.length) + 1, 0, 1, 1)
  line.numberFormat = [['@']]
  line.values = [[foot]]
  for (const [at, column] of columns.entries())
    sheet.getRangeByIndexes(0, at, all.length, 1).format.columnWidth = WIDTHS[column]
  sheet.freezePanes.freezeRows(1)
  sheet.activate()
  await context.sync()
  return sheet.name
}
