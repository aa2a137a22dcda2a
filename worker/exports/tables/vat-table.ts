import { exportTexts } from '#i18n/export-texts.ts'
import { day, fill } from '#i18n/format.ts'
import { termName, vatTexts } from '#i18n/vat-text.ts'
import type { VatSpecification } from '#worker/vat-return/read-vat-specification.ts'
import type { ExportColumn, ExportRow, ExportTable } from '../export-table.ts'
import { type Asking, headFacts, proofFacts } from './table-frame.ts'

/**
 * The VAT specification in the groups of the return, in øre as booked and in the whole kroner that are sent, and the VAT accounts
 * beside it with what parts the two.
 */
export function vatTable(
  asking: Asking,
  report: VatSpecification,
  names: ReadonlyMap<string, string>,
  shown: Parameters<typeof headFacts>[2],
): ExportTable {
  const { locale } = asking
  const words = vatTexts[locale]
  const { column } = words
  const money = (key: string, name: string): ExportColumn => ({ key, name, kind: 'money' })
  const nothing = [null, null, null] as const
  const lines = report.groups.flatMap((group): ExportRow[] => [
    { kind: 'heading', cells: [words.groups[group.key] ?? group.key] },
    ...group.lines.map((line): ExportRow => {
      const name = [names.get(line.vatCode), line.kind === 'deduction' && words.deduction, line.specification]
      return {
        cells: [
          line.vatCode,
          name.filter(Boolean).join(', '),
          line.rate,
          line.base,
          line.vat,
          line.baseKroner === null ? null : line.baseKroner * 100,
          line.vatKroner * 100,
        ],
      }
    }),
  ])
  const vat = report.groups.flatMap((group) => group.lines).reduce((sum, line) => sum + line.vat, 0)
  const accounts = report.accounts.flatMap((row): ExportRow[] => {
    const parts = [
      [column.specified, row.specified],
      [column.later, -row.later],
      [column.earlier, row.earlier],
      [column.other, row.other],
      [column.settled, row.settled],
    ] as const
    return [
      { kind: 'heading', cells: [`${row.account} ${locale === 'nb' ? row.nameNb : row.nameEn}`] },
      ...parts
        .filter(([name, amount]) => amount !== 0 || name === column.specified)
        .map(([name, amount]): ExportRow => ({ cells: [row.account, name, null, null, amount, null, null] })),
      { kind: 'sum', terms: [], cells: [column.onAccount, ...nothing, row.booked, null, null] },
    ]
  })
  return {
    name: 'vat-specification',
    title: words.title,
    locale,
    company: asking.company,
    head: [[words.termLabel, termName(report.term.key, locale)], ...headFacts(asking, report, shown)],
    columns: [
      { key: 'vatCode', name: column.code, kind: 'code' },
      { key: 'name', name: column.name, kind: 'text', width: 50 },
      { key: 'rate', name: column.rate, kind: 'percent' },
      money('base', column.base),
      money('vat', column.vat),
      money('baseKroner', fill(words.inKroner, { what: column.base }, locale)),
      money('vatKroner', fill(words.inKroner, { what: column.vat }, locale)),
    ],
    pages: [
      [
        ...lines,
        {
          kind: 'total',
          cells: [report.toPay < 0 ? words.refund : words.toPay, ...nothing, vat, null, report.toPay * 100],
        },
        ...(report.accounts.length === 0 ? [] : [{ kind: 'heading', cells: [words.accounts] } satisfies ExportRow]),
        ...accounts,
      ],
    ],
    proof: [
      ...proofFacts(
        asking,
        { ...report, dated: { term: report.term.key } },
        [
          {
            key: 'vat-accounts-equal-specification',
            holds: report.agrees,
            difference: report.accounts.reduce((sum, a) => sum + Math.abs(a.booked - a.settled - a.specified), 0),
            amount: vat,
            accounts: report.accounts.map(({ account }) => account),
          },
        ],
        report.hash,
      ),
      [exportTexts[locale].column.due, day(report.term.dueDate)],
    ],
    wide: true,
  }
}
