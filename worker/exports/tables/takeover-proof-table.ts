import { fill, moment } from '#i18n/format.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import type { Cockpit } from '#worker/takeover/read-cockpit.ts'
import type { Pair } from '#worker/takeover/takeover-proof.ts'
import type { ExportColumn, ExportRow, ExportTable } from '../export-table.ts'
import { type Asking, headFacts, proofFacts } from './table-frame.ts'

/** Differences that are listed, so that the proof stays a page. */
const MOST = 12

/** One page that says whether every account, party and month agrees with the old system, and what does not. */
export function takeoverProofTable(asking: Asking, cockpit: Cockpit, names: ReadonlyMap<string, string>): ExportTable {
  const { locale } = asking
  const words = takeoverTexts[locale].proof
  const { plan, proof, books, itemsDate, ledgerVersion, chainHead, checklist, control } = cockpit
  const open = checklist.filter(({ done }) => !done).map(({ key }) => takeoverTexts[locale].steps[key] ?? key)
  const row = (what: string, count: number | null, { old, ledger }: Pair): ExportRow => ({
    cells: [what, count, old, ledger, ledger - old],
  })
  const heading = (text: string): ExportRow => ({ kind: 'heading', cells: [text, null, null, null, null] })
  const nameOf = (account: string) => {
    const found = books.accounts.get(account)
    return fill(
      words.accountRow,
      { account, name: (locale === 'nb' ? found?.nameNb : found?.nameEn) ?? '' },
      locale,
    ).trim()
  }
  const differences: ExportRow[] = [
    ...proof.months.flatMap((month) =>
      month.differences.map((d) =>
        row(fill(words.monthDifference, { month: month.month, account: d.account }, locale), null, d),
      ),
    ),
    ...proof.parties.flatMap(({ kind, differences }) =>
      differences.map((d) =>
        row(
          fill(
            words.partyDifference,
            { kind: kind === 'customer' ? words.customers : words.suppliers, party: d.party },
            locale,
          ),
          null,
          d,
        ),
      ),
    ),
  ]
  if (control)
    differences.unshift(
      ...control.differences.map((d) => row(fill(words.controlDifference, { account: d.account }, locale), null, d)),
    )
  const rows: ExportRow[] = [
    heading(words.months),
    ...proof.months.map((month) =>
      row(fill(words.month, { month: month.month, accounts: month.accounts }, locale), month.accounts, month.debit),
    ),
    heading(fill(words.control, { date: itemsDate }, locale)),
    ...proof.control.map((pair) => row(nameOf(pair.account), null, pair)),
    heading(words.parties),
    ...proof.parties.map(({ kind, parties, sum }) =>
      row(kind === 'customer' ? words.customers : words.suppliers, parties, sum),
    ),
    ...(differences.length === 0 ? [] : [heading(words.differences), ...differences.slice(0, MOST)]),
    ...(differences.length <= MOST ? [] : [heading(fill(words.more, { count: differences.length - MOST }, locale))]),
  ]
  const money = (key: 'old' | 'ledger' | 'difference'): ExportColumn => ({ key, name: words[key], kind: 'money' })
  return {
    name: 'takeover-proof',
    title: words.title,
    locale,
    company: asking.company,
    head: [
      ...headFacts(asking, { asAtDate: itemsDate }),
      [words.cutOver, fill('{date:day}', { date: plan.cutOverDate }, locale)],
      plan.finishedAt
        ? [words.finishedBy, [moment(plan.finishedAt), names.get(plan.finishedBy ?? '')].filter(Boolean).join(', ')]
        : [words.state, fill(words.notFinished, { open: open.join('; ') || '–' }, locale)],
      [words.result, proof.agrees ? words.agrees : words.differs],
      ...(control
        ? [
            [words.controlFile, [control.fileName, control.sha256].filter(Boolean).join(', ')] as const,
            [words.controlBy, [moment(control.at), names.get(control.by)].filter(Boolean).join(', ')] as const,
            [
              words.controlResult,
              fill(
                control.differences.length === 0 ? words.controlAgrees : words.controlDiffers,
                { accounts: control.accounts, count: control.differences.length },
                locale,
              ),
            ] as const,
          ]
        : [[words.controlFile, words.controlNone] as const]),
    ],
    columns: [
      { key: 'what', name: words.what, kind: 'text', width: 46 },
      { key: 'count', name: words.count, kind: 'number' },
      money('old'),
      money('ledger'),
      money('difference'),
    ],
    pages: [rows],
    proof: proofFacts(asking, { ledgerVersion, atVersion: ledgerVersion, chainHead, dated: null }),
  }
}
