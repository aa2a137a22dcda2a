import * as en from '#i18n/en/report-columns.ts'
import { type Locale, voucherName } from '#i18n/format.ts'
import * as nb from '#i18n/nb/report-columns.ts'
import type { Column } from './csv.ts'
import type { LedgerEntry, RunningEntry } from './general-ledger.ts'
import type { Figures, TrialBalanceRow } from './trial-balance.ts'

/** The columns of each report when it is written out as a table, named in the reader's language. */
const words = { nb: nb.reportColumns, en: en.reportColumns }

const figureColumns = (locale: Locale): Column<Figures>[] => {
  const t = words[locale]
  return [
    { name: t.opening, amount: (r) => r.opening },
    { name: t.debit, amount: (r) => r.debit },
    { name: t.credit, amount: (r) => r.credit },
    { name: t.closing, amount: (r) => r.closing },
  ]
}

export const trialBalanceColumns = (locale: Locale): Column<TrialBalanceRow>[] => [
  { name: words[locale].account, text: (r) => r.account },
  { name: words[locale].accountName, text: (r) => (locale === 'nb' ? r.nameNb : r.nameEn) },
  ...figureColumns(locale),
]

export const partyColumns = (
  locale: Locale,
  kind: string,
): Column<Figures & { party: string; name: string; organisationNumber: string | null }>[] => {
  const t = words[locale]
  return [
    { name: kind === 'customer' ? t.customer : t.supplier, text: (r) => r.party },
    { name: t.name, text: (r) => r.name },
    { name: t.organisationNumber, text: (r) => r.organisationNumber },
    ...figureColumns(locale),
  ]
}

export const journalColumns = (locale: Locale): Column<LedgerEntry>[] => {
  const t = words[locale]
  return [
    { name: t.voucher, text: (e) => voucherName(e).replaceAll('\u00a0', ' ') },
    { name: t.voucherDate, text: (e) => e.voucherDate },
    { name: t.documentDate, text: (e) => e.documentDate },
    { name: t.account, text: (e) => e.account },
    { name: t.party, text: (e) => e.party },
    { name: t.text, text: (e) => e.text },
    { name: t.vatCode, text: (e) => e.vatCode },
    { name: t.dimensions, text: (e) => dimensionText(e.dimensions) },
    { name: t.invoiceNumber, text: (e) => e.invoiceNumber },
    { name: t.amount, amount: (e) => e.amount },
    { name: t.ledgerVersion, text: (e) => e.ledgerVersion },
    { name: t.recordedAt, text: (e) => e.recordedAt },
    { name: t.by, text: (e) => e.by },
  ]
}

export const ledgerColumns = (locale: Locale): Column<RunningEntry>[] => [
  ...(journalColumns(locale) as Column<RunningEntry>[]),
  { name: words[locale].balance, amount: (e) => e.balance },
]

export const seriesColumns = (
  locale: Locale,
): Column<{
  series: string
  fiscalYear: number
  nameNb: string
  nameEn: string
  first: number
  last: number
  count: number
  gaps: readonly { from: number; to: number }[]
}>[] => {
  const t = words[locale]
  return [
    { name: t.series, text: (s) => s.series },
    { name: t.name, text: (s) => (locale === 'nb' ? s.nameNb : s.nameEn) },
    { name: t.fiscalYear, text: (s) => s.fiscalYear },
    { name: t.first, text: (s) => s.first },
    { name: t.last, text: (s) => s.last },
    { name: t.count, text: (s) => s.count },
    { name: t.gaps, text: (s) => s.gaps.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(', ') },
  ]
}

const dimensionText = (dimensions: LedgerEntry['dimensions']): string | null =>
  dimensions &&
  Object.entries(dimensions)
    .map(([key, value]) => `${key}=${value}`)
    .join('; ')
