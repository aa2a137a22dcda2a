import { isOwnVoucherHeading, plainHeading } from '#i18n/import-headings.ts'
import { error } from '#worker/core/problem.ts'
import { oneLine } from '#worker/core/text.ts'
import type { Database } from '#worker/database/connect.ts'
import { accountAndParty } from '#worker/ledger/entry.ts'
import { dimensionsIn } from '#worker/parties/party-import.ts'
import type { Line } from '#worker/sheets/paste-vouchers.ts'
import type { RowOutcome } from './import-outcome.ts'
import type { Column } from './import-reading.ts'
import { type BookedLine, readBookedLines } from './store.ts'

/** What a row of a journal says of its entry, as text: by the columns that the sheet has. */
type OwnJournal = {
  idOf: (line: Line) => string
  keyOf: (line: Line) => string
  keyOfBooked: (line: BookedLine) => string
}
type Asked = { columns: readonly Pick<Column, 'title' | 'field'>[]; cells: readonly string[][]; lines: readonly Line[] }

/** Columns of which the cell itself is held against the entry, and those that are held as they were read. */
const BY_CELL = ['vatCode', 'text', 'invoiceNumber'] as const
const AS_READ = ['date', 'documentDate', 'dueDate'] as const

/** A sheet as a journal that went out of these books: every id it has is a voucher's. Undefined for any other, whatever its headings say. */
export function ownJournalOf({ columns, cells, lines }: Asked): OwnJournal | undefined {
  const ids = columns.findIndex(({ title }) => isOwnVoucherHeading(title))
  const cellOf = ({ at }: Line, col: number): string => cells[at - 1]![col] ?? ''
  const filled = ids < 0 ? [] : lines.map((line) => cellOf(line, ids)).filter(Boolean)
  if (filled.length === 0 || !filled.every((id) => id.startsWith('vch_'))) return undefined
  const place = (field: string) => columns.findIndex((column) => column.field === field)
  const byCell = BY_CELL.map((field) => [field, place(field)] as const).filter(([, col]) => col >= 0)
  const asRead = AS_READ.filter((field) => place(field) >= 0)
  const inCurrency = place('currency') >= 0 && place('currencyAmount') >= 0
  const dimensions = columns.findIndex(({ title }) => ['dimensjoner', 'dimensions'].includes(plainHeading(title)))
  const key = (of: (string | number)[]): string => JSON.stringify(of.map((value) => oneLine(String(value))))
  return {
    idOf: (line) => cellOf(line, ids),
    keyOf: (line) => {
      const { row } = line
      const { account, party } = accountAndParty(row.account)
      return key([
        account,
        party ?? '',
        row.amount,
        ...byCell.map(([, col]) => cellOf(line, col)),
        ...asRead.map((field) => row[field]),
        ...(inCurrency ? [row.currency, row.currency && row.currencyAmount] : []),
        ...(dimensions < 0
          ? []
          : [inOrder(dimensionsIn(cellOf(line, dimensions)) ?? { '': cellOf(line, dimensions) })]),
      ])
    },
    keyOfBooked: (line) =>
      key([
        line.account,
        line.party ?? '',
        line.amount,
        ...byCell.map(([field]) => line[field] ?? ''),
        ...asRead.map((field) => line[field] ?? ''),
        ...(inCurrency ? (line.currency === null ? ['', ''] : [line.currency, line.currencyAmount ?? '']) : []),
        ...(dimensions < 0 ? [] : [inOrder(line.dimensions ?? {})]),
      ]),
  }
}

/** Dimensions in one order; a blank cell names none. */
const inOrder = (dimensions: Readonly<Record<string, string>>): string =>
  Object.entries(dimensions)
    .flatMap(([name, value]) => (value === '' ? [] : [`${name}=${value}`]))
    .sort()
    .join(';')

/**
 * What becomes of the rows of a journal that went out of the books: a voucher that stands as the rows say is unchanged; any other is
 * refused, since a posted voucher is corrected and never posted again.
 */
export async function findOwnVouchers(
  db: Database,
  lines: readonly Line[],
  { idOf, keyOf, keyOfBooked }: OwnJournal,
): Promise<RowOutcome[]> {
  const byVoucher = Map.groupBy(lines, idOf)
  const standing = await readBookedLines(db, [...byVoucher.keys()])
  return [...byVoucher].flatMap(([id, own]) => {
    const booked = standing.get(id)
    const same = booked && sorted(booked.lines.map(keyOfBooked)) === sorted(own.map(keyOf))
    const issue = booked ? error('voucher/id-reused', '#/id', {}) : error('voucher/unknown', '#/id', { voucher: id })
    return own.map(
      ({ at }, i): RowOutcome => ({
        row: at,
        status: same ? 'unchanged' : 'refused',
        subject: booked?.name ?? id,
        changes: {},
        issues: same || i > 0 ? [] : [issue],
      }),
    )
  })
}

const sorted = (keys: readonly string[]): string => keys.toSorted().join('\n')
