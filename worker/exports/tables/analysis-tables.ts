import { exportTexts } from '#i18n/export-texts.ts'
import { day, fill, type Locale, moment, voucherName } from '#i18n/format.ts'
import { pageTexts } from '#i18n/page-texts.ts'
import { mulDiv, ore } from '#worker/core/money.ts'
import type { Changes } from '#worker/reports/read-changes.ts'
import type { Explanation } from '#worker/reports/read-explanation.ts'
import type { KeyFigures } from '#worker/reports/read-key-figures.ts'
import type { Liquidity } from '#worker/reports/read-liquidity.ts'
import type { ExportColumn, ExportRow, ExportTable } from '../export-table.ts'
import { type Asking, headFacts, proofFacts } from './table-frame.ts'

type Shown = Parameters<typeof headFacts>[2]
const own = (locale: Locale) => (named: { nameNb: string; nameEn: string }) =>
  locale === 'nb' ? named.nameNb : named.nameEn
const money = (key: string, name: string, sums = false): ExportColumn => ({ key, name, kind: 'money', sums })

/** Each key figure beside last year's, and what stands above and below its line. A figure in per cent has two decimals too. */
export function keyFiguresTable(asking: Asking, report: KeyFigures, shown: Shown): ExportTable {
  const { locale } = asking
  const words = pageTexts[locale].reportPages.keyFigures
  const value = (unit: string, of: number | null) => (of === null || unit === 'percent' ? of : mulDiv(ore(of), 1, 100))
  return {
    name: 'key-figures',
    title: words.title,
    locale,
    company: asking.company,
    head: headFacts(asking, report, shown),
    columns: [
      { key: 'keyFigure', name: words.figure, kind: 'text', width: 30 },
      { key: 'unit', name: words.unit, kind: 'text', width: 8 },
      money('value', words.now),
      money('lastYear', words.lastYear),
      money('above', words.above),
      money('below', words.below),
    ],
    pages: [
      report.figures.map(
        (f): ExportRow => ({
          cells: [
            words.names[f.key] ?? f.key,
            words.units[f.unit] ?? f.unit,
            value(f.unit, f.value),
            value(f.unit, f.lastYear),
            f.above,
            f.below,
          ],
        }),
      ),
    ],
    proof: proofFacts(asking, report, report.checks, report.hash),
  }
}

/** Cash, and what comes in and goes out week by week. */
export function liquidityTable(asking: Asking, report: Liquidity, shown: Shown): ExportTable {
  const { locale } = asking
  const words = pageTexts[locale].reportPages.liquidity
  const name = (span: Liquidity['spans'][number]) =>
    span.kind === 'overdue'
      ? fill(words.overdue, { day: day(report.fromDate) }, locale)
      : span.kind === 'later'
        ? fill(words.later, { day: day(span.fromDate!) }, locale)
        : `${day(span.fromDate!)}–${day(span.toDate!)}`
  const [coming, going] = [
    report.spans.reduce((sum, s) => sum + s.in, 0),
    report.spans.reduce((sum, s) => sum + s.out, 0),
  ]
  return {
    name: 'liquidity',
    title: words.title,
    locale,
    company: asking.company,
    head: headFacts(asking, { asAtDate: report.fromDate }, shown),
    columns: [
      { key: 'span', name: words.span, kind: 'text', width: 30 },
      { key: 'fromDate', name: words.day, kind: 'date' },
      { key: 'toDate', name: words.through, kind: 'date' },
      money('in', words.in, true),
      money('out', words.out, true),
      money('balance', words.balance),
    ],
    pages: [
      [
        { kind: 'opening', cells: [words.cash, report.fromDate, null, null, null, report.cash] },
        ...report.spans.map(
          (span): ExportRow => ({ cells: [name(span), span.fromDate, span.toDate, span.in, span.out, span.balance] }),
        ),
        {
          kind: 'total',
          cells: [words.left, null, null, coming, going, report.cash + coming - going],
        },
      ],
    ],
    proof: proofFacts(asking, { ...report, dated: { toDate: report.fromDate } }, report.checks),
  }
}

/** The accounts that changed, before and after, and the vouchers that came between; each part sums to the same change. */
export function changesTable(
  asking: Asking,
  first: Changes,
  next: (cursor: string) => Promise<Changes>,
  shown: Shown,
): ExportTable {
  const { locale } = asking
  const words = pageTexts[locale].reportPages.changes
  const { column } = exportTexts[locale]
  const { atVersion, recordedAt } = first.since
  async function* pages(): AsyncGenerator<ExportRow[]> {
    const { totals } = first
    yield [
      { kind: 'heading', cells: [words.accounts] },
      ...first.accounts.map(
        (a): ExportRow => ({ cells: [a.account, own(locale)(a), null, null, a.before, a.after, a.change] }),
      ),
      { kind: 'sum', cells: [words.total, null, null, null, totals.before, totals.after, totals.change] },
      { kind: 'heading', cells: [words.vouchers] },
    ]
    let moved = 0
    for (let page: Changes | undefined = first; page; page = page.cursor ? await next(page.cursor) : undefined) {
      for (const { amount } of page.vouchers) moved += amount
      yield page.vouchers.map(
        (v): ExportRow => ({
          cells: [
            voucherName(v).replaceAll('\u00a0', ' '),
            v.text,
            v.voucherDate,
            moment(v.recordedAt),
            null,
            null,
            v.amount,
          ],
        }),
      )
    }
    yield [{ kind: 'sum', cells: [words.total, null, null, null, null, null, moved] }]
  }
  return {
    name: 'changes',
    title: words.title,
    locale,
    company: asking.company,
    head: [
      ...headFacts(asking, first, shown),
      [
        words.since,
        [recordedAt && moment(recordedAt), fill(words.version, { version: atVersion }, locale)]
          .filter(Boolean)
          .join(', '),
      ],
    ],
    columns: [
      { key: 'account', name: `${column.account} / ${column.voucher}`, kind: 'code', width: 16 },
      { key: 'name', name: column.name, kind: 'text', width: 34 },
      { key: 'voucherDate', name: column.date, kind: 'date' },
      { key: 'recordedAt', name: column.recordedAt, kind: 'text', width: 16 },
      money('before', words.before, true),
      money('after', words.after, true),
      money('change', words.change, true),
    ],
    pages: pages(),
    proof: proofFacts(asking, first, first.checks),
    wide: true,
  }
}

/** The way from last year's or the budgeted figure to the actual one; the steps are its whole difference. */
export function explanationTable(asking: Asking, report: Explanation, shown: Shown): ExportTable {
  const { locale } = asking
  const words = pageTexts[locale].reportPages.explanation
  const label = report.line ? own(locale)(report.line) : report.accounts.join(', ').slice(0, 60)
  const span = ({ fromDate, toDate }: { fromDate: string; toDate: string }) => `${day(fromDate)}–${day(toDate)}`
  const from = report.against === 'budget' ? words.fromBudget : words.from
  const name = (step: Explanation['steps'][number]) =>
    step.voucher
      ? [voucherName(step.voucher).replaceAll('\u00a0', ' '), step.voucher.text].join(' ')
      : step.key === null
        ? (words.kinds[step.kind] ?? step.kind)
        : [step.key === 'none' ? words.none : step.key, own(locale)(step)].join(' ').trim()
  let running: number = report.from
  return {
    name: 'explanation',
    title: `${words.title}: ${label}`,
    locale,
    company: asking.company,
    head: headFacts(asking, report, shown),
    columns: [
      { key: 'kind', name: words.step, kind: 'text', width: 24 },
      { key: 'name', name: exportTexts[locale].column.name, kind: 'text', width: 44 },
      money('before', words.before),
      money('actual', words.actual),
      money('amount', words.amount),
      money('balance', words.balance),
    ],
    pages: [
      [
        {
          kind: 'opening',
          cells: [fill(from, { name: label, span: span(report.before) }, locale), null, null, null, null, report.from],
        },
        ...report.steps.map((step): ExportRow => {
          running += step.amount
          const kind = step.vouchers === 0 ? words.kinds.budget : words.kinds[step.kind]
          return { cells: [kind ?? step.kind, name(step), step.before, step.actual, step.amount, running] }
        }),
        ...(report.remainder === 0
          ? []
          : [{ cells: [words.remainder, null, null, null, report.remainder, report.to] } satisfies ExportRow]),
        {
          kind: 'total',
          cells: [
            fill(words.from, { name: label, span: span(report) }, locale),
            null,
            null,
            null,
            report.to - report.from,
            report.to,
          ],
        },
      ],
    ],
    proof: proofFacts(asking, report, report.checks),
    wide: true,
  }
}
