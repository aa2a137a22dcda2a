import { addinFunctions as en } from '#i18n/en/addin-functions.ts'
import { fill, voucherName } from '#i18n/format.ts'
import { addinFunctions as nb } from '#i18n/nb/addin-functions.ts'
import { type IsoDate, isoDate } from '#worker/core/dates.ts'
import { kronerOf, serialOf } from '../sheet/excel-value.ts'
import { ArgumentFault, type Given, isGiven, periodText } from './arguments.ts'
import type { FunctionRuntime } from './function-runtime.ts'
import { columnsOf, cutRow, MOST_ROWS, ofCompanies, pages, rowOf } from './list-rows.ts'
import { wordsOf } from './word-list.ts'

type Ageing = {
  buckets: number[]
  rows: { party: string; partyName: string; notDue: number; pastDue: number[]; total: number }[]
  totals: { notDue: number; pastDue: number[]; total: number }
}
type VatLine = { kind: 'due' | 'deduction'; vatCode: string; rate: number | null; base: number | null; vat: number }
type Specification = { groups: { lines: VatLine[] }[] }

/** Functions over sub-ledgers and VAT. Amounts in kroner: what a customer owes is positive, what we owe negative. */
export function itemFunctions(runtime: FunctionRuntime) {
  const { around } = runtime
  const texts = () => (around.locale() === 'nb' ? nb : en)
  return {
    async OPENITEMS(kind: Given, asAtDate: Given, party: Given, columns: Given, options: Given) {
      const wantedKind = kindOf(kind)
      const captions = texts().columns
      const wanted = columnsOf(columns, USUAL, ITEM_COLUMNS, captions)
      const query = {
        kind: wantedKind,
        ...(isGiven(asAtDate) && { asAtDate: dayOf(asAtDate) }),
        ...(isGiven(party) && { party: String(party) }),
      }
      return ofCompanies(runtime, options, captions.company, async (company) => {
        const found = await pages(runtime, company, 'open-items', 'items', query, MOST_ROWS)
        return [
          wanted.map((id) => (captions as Record<string, string>)[id] ?? id),
          ...found.rows.map((row) =>
            rowOf(
              wanted.map((id) => ITEM_COLUMNS[id]!(row)),
              { company, voucher: (row.voucher as { id: string }).id },
            ),
          ),
          ...cutRow(runtime, found, wanted.length),
        ]
      })
    },

    async AGEING(kind: Given, asAtDate: Given, buckets: Given, party: Given, options: Given) {
      const query = {
        kind: kindOf(kind),
        ...(isGiven(asAtDate) && { asAtDate: dayOf(asAtDate) }),
        ...(isGiven(buckets) && { buckets: bucketsOf(buckets) }),
        ...(isGiven(party) && { party: String(party) }),
      }
      const { columns } = texts()
      const locale = around.locale()
      return ofCompanies(runtime, options, columns.company, async (company) => {
        const report = await runtime.read<Ageing>(company, 'open-items/ageing', query)
        const past = report.totals.pastDue.map((_, i) => {
          const from = i === 0 ? 1 : report.buckets[i - 1]! + 1
          const to = report.buckets[i]
          return to === undefined
            ? fill(columns.pastDueOver, { from: from - 1 }, locale)
            : fill(columns.pastDue, { from, to }, locale)
        })
        const cells = (of: Ageing['totals']) => [of.notDue, ...of.pastDue, of.total].map(kronerOf)
        return [
          [columns.party, columns.partyName, columns.notDue, ...past, columns.total],
          ...report.rows.map((row) => [row.party, row.partyName, ...cells(row)]),
          [columns.total, '', ...cells(report.totals)],
        ]
      })
    },

    async VAT(term: Given, vatCode: Given, measure: Given, options: Given) {
      const wanted = termOf(term)
      const asked = vatMeasureOf(measure)
      const { columns } = texts()
      return ofCompanies(runtime, options, isGiven(vatCode) ? undefined : columns.company, async (company) => {
        const { groups } = await runtime.read<Specification>(company, 'reports/vat-specification', { term: wanted })
        const lines = groups.flatMap((group) => group.lines)
        if (isGiven(vatCode)) {
          const code = String(vatCode).trim()
          const sum = lines.reduce((ore, line) => ore + (line.vatCode === code ? (line[asked] ?? 0) : 0), 0)
          const query = { term: wanted, vatCode: code }
          return [rowOf([kronerOf(sum)], { company, vat: () => ({ of: asked, query }) })]
        }
        return [
          [columns.vatCode, columns.rate, columns.base, columns.vat],
          ...lines.map(({ kind, vatCode: code, rate, base, vat }) =>
            rowOf([code, (rate ?? 0) / 10_000, base === null ? '' : kronerOf(base), kronerOf(vat)], {
              company,
              vat: (column) =>
                column < 2 || (column === 2 && base === null)
                  ? undefined
                  : {
                      of: column === 2 ? 'base' : 'vat',
                      query: { term: wanted, kind, vatCode: code, ...(rate !== null && { rate }) },
                    },
            }),
          ),
        ]
      })
    },
  }
}

type Row = Record<string, unknown>
const day = (of: unknown): unknown => (typeof of === 'string' ? serialOf(of as IsoDate) : '')
const USUAL = ['party', 'partyName', 'voucher', 'invoiceNumber', 'voucherDate', 'dueDate', 'amount', 'rest']
const ITEM_COLUMNS: Record<string, (row: Row) => unknown> = {
  party: (row) => row.party,
  partyName: (row) => row.partyName,
  account: (row) => row.account,
  voucher: (row) => voucherName(row.voucher as never).replace('\u00a0', ' '),
  voucherDate: (row) => day(row.voucherDate),
  dueDate: (row) => day(row.dueDate),
  daysOverdue: (row) => row.daysOverdue,
  invoiceNumber: (row) => row.invoiceNumber ?? '',
  paymentReference: (row) => row.paymentReference ?? '',
  text: (row) => row.text,
  amount: (row) => kronerOf(row.amount as number),
  rest: (row) => kronerOf(row.rest as number),
}

function dayOf(given: Given): string {
  const found = isoDate(periodText(given))
  if (!found) throw new ArgumentFault('day', given)
  return found
}

function bucketsOf(given: Given): string {
  const days = String(given)
    .split(/[;, ]+/)
    .filter((part) => part !== '')
  const rises = days.every((n, i) => /^\d{1,4}$/.test(n) && (i === 0 || Number(n) > Number(days[i - 1])))
  if (!rises || days.length === 0 || days.length > 12) throw new ArgumentFault('buckets', given)
  return days.join(',')
}

function termOf(given: Given): string {
  const text = periodText(given)
  if (!/^\d{4}(-T[1-6])?$/.test(text)) throw new ArgumentFault('term', given)
  return text
}

const vatMeasures = wordsOf(({ vatMeasures: words }) => words)
function vatMeasureOf(given: Given): 'base' | 'vat' {
  if (!isGiven(given)) return 'vat'
  const found = vatMeasures(given)
  if (!found) throw new ArgumentFault('vatMeasure', given)
  return found as 'base' | 'vat'
}

const kinds = wordsOf(({ kindWords }) => kindWords)
/** `customer` or `supplier`, in words of either language. @throws ArgumentFault */
export function kindOf(given: Given): string {
  const kind = kinds(given)
  if (!kind) throw new ArgumentFault('kind', given)
  return kind
}
