import { exportTexts } from '#i18n/export-texts.ts'
import { day, fill, moment, whole } from '#i18n/format.ts'
import { pageTexts } from '#i18n/page-texts.ts'
import { checkText } from '#i18n/verify-text.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import type { KeptCheck, Verification } from '#worker/verify/verification-store.ts'
import type { ExportRow, ExportTable } from '../export-table.ts'
import { type Asking, headFacts, proofFacts } from './table-frame.ts'

type Period = { fromDate: IsoDate; toDate: IsoDate }
/** What a period came to: checks of the whole, those of them that held, and the days without any. */
export type Summary = { checks: number; held: number; missing: readonly IsoDate[] }
/** Days that are named; more are counted. */
const NAMED = 10

/** Each check of the books that was made in a period, with what it read and found: the evidence that the control was in operation. */
export function verificationTable(
  asking: Asking,
  period: Period,
  { checks, held, missing }: Summary,
  pages: AsyncIterable<readonly Verification[]>,
  drawn: { ledgerVersion: number; chainHead: string },
): ExportTable {
  const { locale } = asking
  const words = pageTexts[locale].safety
  const { column } = words
  const own = exportTexts[locale]
  const days = missing.slice(0, NAMED).map((date) => day(date))
  const more = missing.length - days.length
  return {
    name: 'verifications',
    title: words.report.title,
    locale,
    company: asking.company,
    head: [
      ...headFacts(asking, period),
      [
        words.report.made,
        fill(words.report.madeOf, { checks: whole(checks, locale), held: whole(held, locale) }, locale),
      ],
      [
        words.report.missing,
        missing.length === 0 ? words.report.none : [...days, ...(more > 0 ? [`+ ${more}`] : [])].join(', '),
      ],
    ],
    columns: [
      { key: 'recordedAt', name: column.when, kind: 'text', width: 17 },
      { key: 'extent', name: column.extent, kind: 'text', width: 10 },
      { key: 'ledgerVersion', name: own.version, kind: 'number', notOnPaper: true },
      { key: 'chainHead', name: column.head, kind: 'code', notOnPaper: true },
      { key: 'invariant', name: column.number, kind: 'number', width: 5 },
      { key: 'check', name: column.check, kind: 'text', width: 62 },
      { key: 'rows', name: column.rows, kind: 'number' },
      { key: 'violations', name: column.faults, kind: 'number' },
    ],
    pages: rowsOf(pages),
    proof: proofFacts(asking, { ...drawn, atVersion: drawn.ledgerVersion, dated: null }),
    wide: true,
  }

  async function* rowsOf(found: AsyncIterable<readonly Verification[]>): AsyncGenerator<ExportRow[]> {
    for await (const page of found) yield page.flatMap(rowsOfOne)
  }

  /** Of those from before each check was kept there are the faults alone, and that the rest held. */
  function rowsOfOne(v: Verification): ExportRow[] {
    const about = [moment(v.recordedAt), v.whole ? words.whole : words.part, v.ledgerVersion, v.chainHead] as const
    const row = ({
      invariant,
      key,
      rows,
      violations,
    }: Omit<KeptCheck, 'rows'> & { rows: number | null }): ExportRow => ({
      cells: [...about, invariant, checkText(key, locale), rows, violations],
    })
    if (v.checks) return v.checks.map(row)
    if (v.findings.length > 0) return v.findings.map((finding) => row({ ...finding, rows: null }))
    return [{ cells: [...about, null, words.good, null, 0] }]
  }
}
