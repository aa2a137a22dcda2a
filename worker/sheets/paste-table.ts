import type { Meaning } from '#i18n/sheet-words.ts'
import type { Books } from '#worker/ledger/books.ts'
import { accountAndParty } from '#worker/ledger/entry.ts'
import { defaultVatCode } from './cell-values.ts'
import { type Answers, cellReader, type Question, type Told } from './paste-cells.ts'
import { type Columns, columnsByContent, headerOf } from './paste-columns.ts'
import { detailsOfColumns } from './paste-details.ts'
import { linesOf, type PassedOver } from './paste-lines.ts'
import { type Line, type Parting, partInVouchers } from './paste-vouchers.ts'
import type { Edit, Header, Row } from './sheet.ts'

/** A list as it was read: its lines, parted in vouchers, and what it was taken to mean. */
export type Reading = {
  lines: readonly Line[]
  vouchers: number
  by: Parting
  told: readonly Told[]
  passedOver: PassedOver[]
  /** What can be read in two ways; the cells in question stand as they were until it is answered. */
  questions: readonly Question[]
  /** What answers are remembered under: the shape of the list, never its content. */
  source: string
}

/**
 * Reads a list from a spreadsheet or another system: a header in Norwegian or English, or columns known by what stands in
 * them; `given` says which columns somebody has chosen. Undefined when it is no list of that kind; then it is pasted cell by cell.
 * Source: features.md 4.8, GRD-04.
 */
export function readTable(
  cells: readonly string[][],
  books: Books,
  answers: Answers,
  header: Header,
  given?: { at: number; columns: Columns },
): Reading | undefined {
  if (cells.length === 0 || Math.max(...cells.map((row) => row.length)) < 2) return undefined
  const named = given && given.at >= 0 ? given : given ? undefined : headerOf(cells, books)
  if (named && !hasMoney(named.columns)) return undefined
  const columns = (given ?? named)?.columns ?? (cells.length > 1 ? columnsByContent(cells, books) : undefined)
  if (!columns) return undefined
  const from = named ? named.at + 1 : 0
  const reader = cellReader(valuesOf(cells, from, columns, AMOUNTS), valuesOf(cells, from, columns, DATES), answers)
  const read = linesOf(cells, from, columns, reader, books, answers)
  if (read.lines.length === 0) return undefined
  const keyed = columns.meanings.includes('voucher') && read.lines.some((line) => line.row.voucher !== '')
  const parted = partInVouchers(read.lines, keyed)
  const vat = withDefaultCodes(parted.lines, columns, books, header)
  const { told, questions } = reader.outcome()
  return {
    lines: vat.lines,
    vouchers: parted.vouchers,
    by: parted.by,
    told: [
      ...toldColumns(columns, named?.at),
      ...toldParting(parted),
      ...read.told,
      ...toldBalance(parted.lines),
      ...(read.percents > 0 ? [{ key: 'toldPercents', params: { n: read.percents }, warning: true } as const] : []),
      ...vat.told,
      ...told,
    ],
    questions: [...questions, ...read.questions],
    passedOver: read.passedOver,
    source: columns.titles.some(Boolean)
      ? columns.titles.map((t) => t.toLowerCase()).join('|')
      : columns.meanings.join('|'),
  }
}

const AMOUNTS: ReadonlySet<string> = new Set(['amount', 'debit', 'credit', 'balance', 'vatAmount', 'currencyAmount'])
const DATES: ReadonlySet<string> = new Set(['date', 'documentDate', 'dueDate'])

const hasMoney = ({ meanings }: Columns): boolean =>
  meanings.some((m) => m === 'amount' || m === 'debit' || m === 'credit') &&
  meanings.some((m) => m === 'account' || m === 'debitAccount' || m === 'creditAccount' || m === 'party')

function valuesOf(cells: readonly string[][], from: number, columns: Columns, wanted: ReadonlySet<string>): string[] {
  const cols = columns.meanings.flatMap((m, col) => (m && wanted.has(m) ? [col] : []))
  const values: string[] = []
  for (let i = from; i < cells.length; i++) for (const col of cols) if (cells[i]![col]) values.push(cells[i]![col]!)
  return values
}

/** Columns that carry nothing a voucher line has. */
const UNUSED: ReadonlySet<Meaning> = new Set(['accountName', 'balance', 'status'])

function toldColumns({ meanings, titles, from }: Columns, headerAt: number | undefined): Told[] {
  const own = detailsOfColumns(meanings)
  const isUsed = (m: Meaning | undefined): boolean =>
    m !== undefined && !UNUSED.has(m) && (m !== 'vatAmount' || own.vat) && (m !== 'currency' || own.currency)
  const used = meanings.flatMap((m, col) => (isUsed(m) ? [titles[col] || `${col + 1}: ${m}`] : []))
  const unused = meanings.flatMap((m, col) => (titles[col] && !isUsed(m) ? [titles[col]] : []))
  if (from === 'header')
    return [
      { key: 'toldHeader', params: { row: headerAt! + 1, used: used.join(', ') } },
      ...(unused.length > 0 ? [{ key: 'toldUnused', params: { unused: unused.join(', ') } } as const] : []),
    ]
  return meanings.some(Boolean)
    ? [{ key: 'toldContent', params: { columns: meanings.flatMap((m, col) => (m ? [`${col + 1}:${m}`] : [])) } }]
    : []
}

const toldParting = ({ vouchers, by }: { vouchers: number; by: Parting }): Told[] =>
  vouchers === 1 || by === 'one'
    ? []
    : [
        {
          key: ({ key: 'toldByKey', date: 'toldByDate', sum: 'toldBySum', text: 'toldByText' } as const)[by],
          params: { n: vouchers },
        },
      ]

/** Whether the list balances as a whole: what a list of vouchers must, and a list of one side need not. */
function toldBalance(lines: readonly Line[]): Told[] {
  let [debit, credit] = [0, 0]
  for (const { row } of lines) {
    if (typeof row.amount !== 'number') return []
    if (row.amount > 0) debit += row.amount
    else credit -= row.amount
  }
  if (debit === 0 || credit === 0) return []
  if (debit === credit) return [{ key: 'toldBalanced', params: { sum: debit } }]
  return [{ key: 'toldUnbalanced', params: { debit, credit, difference: Math.abs(debit - credit) }, warning: true }]
}

/** Without a column of VAT codes the accounts' own are filled in, unless the list books the VAT on lines of its own. */
function withDefaultCodes(
  lines: readonly Line[],
  columns: Columns,
  books: Books,
  header: Header,
): { lines: readonly Line[]; told: Told[] } {
  if (columns.meanings.includes('vatCode')) return { lines, told: [] }
  const vatAccounts = new Set([...books.vatCodes.values()].flatMap((code) => [code.inputAccount, code.outputAccount]))
  const number = (row: Row) => accountAndParty(row.account).account
  if (lines.some(({ row }) => vatAccounts.has(number(row)))) return { lines, told: [{ key: 'toldVatLines' }] }
  let n = 0
  const filled = lines.map((line) => {
    const { row } = line
    const vatCode = defaultVatCode(
      books.accounts.get(number(row)),
      row.type || header.type,
      row.date || header.voucherDate,
      books,
    )
    if (vatCode === '') return line
    n++
    return { ...line, row: { ...row, vatCode } }
  })
  return { lines: filled, told: n > 0 ? [{ key: 'toldVatDefaults', params: { n } }] : [] }
}

/** A block of cells pasted where it stands, column by column, from a row on. */
export function readBlock(
  cells: readonly string[][],
  top: number,
  fields: readonly string[],
  answers: Answers,
): { edits: Edit[]; told: Told[]; questions: Question[] } {
  const isAmount = (field: string | undefined) => field === 'amount' || field === 'debit' || field === 'credit'
  const isDate = (field: string | undefined) => field !== undefined && DATES.has(field)
  const gather = (wanted: (field: string | undefined) => boolean) =>
    cells.flatMap((row) => row.filter((text, col) => text !== '' && wanted(fields[col])))
  const reader = cellReader(gather(isAmount), gather(isDate), answers)
  const edits = cells.flatMap((row, i) =>
    row.flatMap((text, col): Edit[] => {
      const field = fields[col]
      if (field === undefined) return []
      const value = isAmount(field) ? reader.amount(text) : isDate(field) ? reader.date(text) : text
      return [{ row: top + i, field, value }]
    }),
  )
  return { edits, ...reader.outcome() }
}
