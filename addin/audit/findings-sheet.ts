/// <reference types="office-js" />

import { day, fill, type Locale, voucherName, whole } from '#i18n/format.ts'
import { dayInOslo } from '#worker/core/dates.ts'
import { type ListColumn as Column, writeListSheet as writeSheet } from '../excel/list-sheet.ts'
import { kronerOf, serialOf } from '../sheet/excel-value.ts'
import { blockTexts } from './block-texts.ts'
import { digitShares } from './first-digits.ts'
import type { Finding } from './journal-tests.ts'
import type { AuditDays, AuditVoucher, Recomputed } from './recompute-chain.ts'
import type { SampleWish } from './sample.ts'

/** What was found, of all days or of some. */
type Found = Recomputed & { days?: AuditDays }
const period = ({ days }: Found, locale: Locale): string =>
  days ? fill(blockTexts[locale].period, { from: day(days.fromDate), to: day(days.toDate) }, locale) : ''

/** Writes a sample to a sheet of its own, with room for what the auditor finds. Gives the sheet's name. */
export function writeSample(
  context: Excel.RequestContext,
  found: Found,
  sample: readonly AuditVoucher[],
  wish: SampleWish,
  locale: Locale,
): Promise<string> {
  const block = blockTexts[locale]
  const { sheetNames } = blockTexts[locale]
  const rows = sample.map((v, i) => [i + 1, ...cellsOf(v), v.by, '', ''])
  const foot = fill(
    block.sampleFoot,
    {
      method: block.methods[wish.method],
      seed: String(wish.seed),
      count: whole(found.list.length, locale),
      period: period(found, locale),
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
  found: Found,
  findings: readonly Finding[],
  locale: Locale,
): Promise<string> {
  const block = blockTexts[locale]
  const { sheetNames } = blockTexts[locale]
  const rows = findings.map(({ test, voucher: v }) => [
    block.journalTests[test],
    ...cellsOf(v),
    v.by,
    serialOf(dayInOslo(v.recordedAt)),
    '',
  ])
  const params = {
    count: whole(found.list.length, locale),
    period: period(found, locale),
    version: whole(found.ledgerVersion, locale),
  }
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

/** Writes how often the amounts begin with each digit, beside what is to be expected. */
export function writeDigits(context: Excel.RequestContext, found: Found, locale: Locale): Promise<string> {
  const block = blockTexts[locale]
  const rows = digitShares(found.list).map(({ digit, count, share, expected, conspicuous }) => [
    digit,
    count,
    share,
    expected,
    conspicuous ? block.conspicuous : '',
  ])
  const params = {
    count: whole(found.list.length, locale),
    period: period(found, locale),
    version: whole(found.ledgerVersion, locale),
  }
  return writeSheet(context, {
    name: blockTexts[locale].sheetNames.firstDigits,
    captions: block.columns.firstDigits,
    columns: ['count', 'count', 'share', 'share', 'text'],
    rows,
    foot: fill(block.digitsFoot, { ...params, head: found.chainHead.slice(0, 16) }, locale),
  })
}

const cellsOf = (v: AuditVoucher): (string | number)[] => [voucherName(v), serialOf(v.date), v.text, kronerOf(v.amount)]
