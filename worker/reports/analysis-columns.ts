import * as en from '#i18n/en/report-columns.ts'
import { type Locale, plainKroner, voucherName } from '#i18n/format.ts'
import * as nb from '#i18n/nb/report-columns.ts'
import type { Column } from './csv.ts'
import type { LiquiditySpan } from './liquidity.ts'
import type { Changes } from './read-changes.ts'
import type { Step } from './read-explanation.ts'
import type { KeyFigures } from './read-key-figures.ts'

/** Columns of the reports that explain others, when they are written out as tables. */
const words = { nb: nb.reportColumns, en: en.reportColumns }

export const keyFigureColumns = (locale: Locale): Column<KeyFigures['figures'][number]>[] => {
  const t = words[locale]
  // Ten-thousandths are written like øre, so a per cent has two decimals and a ratio is read in per cent.
  const value = (n: number | null) => (n === null ? null : plainKroner(n, locale))
  return [
    { name: t.keyFigure, text: (f) => t.keyFigures[f.key] ?? f.key },
    { name: t.percent, text: (f) => value(f.value) },
    { name: t.lastYearPercent, text: (f) => value(f.lastYear) },
    { name: t.above, amount: (f) => f.above },
    { name: t.below, amount: (f) => f.below },
  ]
}

export const liquidityColumns = (locale: Locale): Column<LiquiditySpan>[] => {
  const t = words[locale]
  return [
    { name: t.fromDate, text: (s) => s.fromDate },
    { name: t.toDate, text: (s) => s.toDate },
    { name: t.in, amount: (s) => s.in },
    { name: t.out, amount: (s) => s.out },
    { name: t.balance, amount: (s) => s.balance },
  ]
}

export const changeColumns = (locale: Locale): Column<Changes['vouchers'][number]>[] => {
  const t = words[locale]
  return [
    { name: t.voucher, text: (v) => voucherName(v).replaceAll('\u00a0', ' ') },
    { name: t.voucherDate, text: (v) => v.voucherDate },
    { name: t.text, text: (v) => v.text },
    { name: t.amount, amount: (v) => v.amount },
    { name: t.ledgerVersion, text: (v) => v.ledgerVersion },
    { name: t.recordedAt, text: (v) => v.recordedAt },
    { name: t.by, text: (v) => v.by },
  ]
}

export const stepColumns = (locale: Locale): Column<Step>[] => {
  const t = words[locale]
  return [
    { name: t.step, text: (s) => t.steps[s.kind] ?? s.kind },
    { name: t.key, text: (s) => (s.voucher ? voucherName(s.voucher).replaceAll('\u00a0', ' ') : s.key) },
    { name: t.name, text: (s) => (locale === 'nb' ? s.nameNb : s.nameEn) },
    { name: t.before, amount: (s) => s.before },
    { name: t.statement.actual, amount: (s) => s.actual },
    { name: t.amount, amount: (s) => s.amount },
  ]
}
