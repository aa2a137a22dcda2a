import { entryText } from '#i18n/entry-text.ts'
import { kroner, type Locale } from '#i18n/format.ts'
import { withText } from '#i18n/problem-text.ts'
import { isoDate } from '#worker/core/dates.ts'
import { decimal } from '#worker/core/decimal.ts'
import { cellOf, type Issue } from '#worker/core/problem.ts'
import { CLASH, clashesOf, REMOVAL } from '#worker/drafts/draft-merge.ts'
import type { Cell, Cells } from '#worker/drafts/draft-row.ts'
import type { Books } from '#worker/ledger/books.ts'
import { checkVoucher, type Judgement, type Rights } from '#worker/ledger/voucher.ts'
import { rateOf } from '#worker/sheets/cell-values.ts'
import { readTypedAmount } from '#worker/sheets/read-amount.ts'
import { draftOf } from '#worker/sheets/row-draft.ts'
import { matchesIn } from '#worker/sheets/row-matches.ts'
import { BLANK, type Desk, type Group, type Row, vouchersOf } from '#worker/sheets/sheet.ts'
import { correctionOf } from './correction.ts'
import { dayShown } from './day-shown.ts'
import { cellsOf } from './draft-cells.ts'
import { REMOVED } from './edit.ts'

/**
 * An issue with its place in the grid. Row -1 is the header; field names are those of `cellOf`. `unfinished` is what is
 * merely not filled in yet: it stops posting, and is not shouted about while one types.
 */
export type Placed = {
  row: number
  field: string
  level: 'error' | 'warning' | 'unfinished'
  code: string
  message: string
  fix?: Cure
  /** The other way out, where there are two. */
  other?: Cure
}
/** A value that would remove an issue, and where it goes. */
export type Cure = { row: number; field: string; value: unknown; label?: string }

export type VoucherVerdict = {
  group: Group
  draft: Record<string, unknown>
  /** The draft as it is sent, written when it is asked for: what the server said of it holds for exactly this. */
  readonly content: string
  judgement: Omit<Judgement, 'voucher'>
  /** What the rules and the reading of the cells say; the server's own come beside them. */
  placed: readonly Placed[]
  /** What is missing for the voucher to balance, in øre, as it would be written on a line: debit positive. */
  rest: number
  /** An amount cannot be read: what is missing is not known. */
  unread: boolean
  /** Nothing stands in the way of posting. */
  ready: boolean
}

export type Verdict = {
  vouchers: readonly VoucherVerdict[]
  placed: readonly Placed[]
  /** By row, then field. */
  cells: ReadonlyMap<number, ReadonlyMap<string, readonly Placed[]>>
  /** Which voucher a row belongs to. */
  voucherAt: ReadonlyMap<number, VoucherVerdict>
  /** The VAT of each row that bears any, in øre. */
  vatAt: ReadonlyMap<number, number>
  /** What each row comes to in øre, VAT included, where it is not written: from a currency amount and a rate. */
  amountAt: ReadonlyMap<number, number>
  /** Vouchers that are not judged yet: a long list is shown before all of it is. Nothing is posted while any wait. */
  waiting: number
}

export type Court = { books: Books; rights: Rights; locale: Locale }
/** What the server found beside the rules, for a voucher with exactly this content. */
export type Served = (voucher: VoucherVerdict) => readonly Issue[] | undefined

/**
 * Judges what stands on the desk; vouchers that did not change since `before` keep their verdict. Of those that did, `most`
 * rows are judged now, and the rest wait for `judgeOn`.
 */
export function judge(
  desk: Desk,
  court: Court,
  served: Served = () => undefined,
  before?: Memory,
  most = Number.POSITIVE_INFINITY,
): Verdict & { memory: Memory } {
  const memory: Memory = new Map()
  const { vouchers, waiting } = judged(desk, court, before, memory, most)
  return { ...gathered(vouchers, court, served), waiting, memory }
}

/** Judges `most` rows more, into the memory that the next `judge` is given. Gives how many vouchers still wait. */
export const judgeOn = (desk: Desk, court: Court, memory: Memory, most: number): number =>
  judged(desk, court, memory, memory, most).waiting

function judged(
  desk: Desk,
  court: Court,
  before: Memory | undefined,
  memory: Memory,
  most: number,
): { vouchers: VoucherVerdict[]; waiting: number } {
  const vouchers: VoucherVerdict[] = []
  let left = most
  let waiting = 0
  for (const group of groupsOf(desk)) {
    const old = before?.get(group.key)
    if (old && isSame(old, group, desk, court)) {
      if (memory !== before) memory.set(group.key, old)
      vouchers.push(old.verdict)
    } else if (left <= 0) waiting++
    else {
      left -= group.rows.length
      const rows = group.rows.map((i) => desk.rows[i]!)
      const verdict = judgeVoucher(group, rows, court)
      memory.set(group.key, { rows, court, verdict })
      vouchers.push(verdict)
    }
  }
  return { vouchers, waiting }
}

export type Memory = Map<string, { rows: readonly Row[]; court: Court; verdict: VoucherVerdict }>

const parted = new WeakMap<Desk, readonly Group[]>()
/** A desk is never changed, only replaced: it is parted in vouchers once. */
function groupsOf(desk: Desk): readonly Group[] {
  const known = parted.get(desk) ?? vouchersOf(desk)
  parted.set(desk, known)
  return known
}

function isSame(
  old: { rows: readonly Row[]; court: Court; verdict: VoucherVerdict },
  group: Group,
  desk: Desk,
  court: Court,
): boolean {
  const was = old.verdict.group
  if (old.court !== court) return false
  if (was === group) return true
  return (
    old.rows.length === group.rows.length &&
    was.rows[0] === group.rows[0] &&
    was.rows.at(-1) === group.rows.at(-1) &&
    was.id === group.id &&
    group.rows.every((at, i) => desk.rows[at] === old.rows[i]) &&
    JSON.stringify([was.header, was.more]) === JSON.stringify([group.header, group.more])
  )
}

function judgeVoucher(group: Group, rows: readonly Row[], court: Court): VoucherVerdict {
  const correction = group.several ? undefined : correctionOf(group)
  const draft = { ...draftOf(group, rows), ...(correction && { corrects: correction.of }) }
  const { voucher: _, ...judgement } = checkVoucher(draft, court.books, court.rights)
  const placed = [...clashesOfHeader(group, court.locale), ...misreadHeader(group, court.locale)]
  if (correction && !correction.reversal.reason) placed.push(place(UNEXPLAINED, group, court.locale)!)
  rows.forEach((row, i) => {
    if (row.more !== BLANK.more) placed.push(...clashesAt(cellsOf(row), group.rows[i]!, court.locale))
    addMisread(placed, row, group.rows[i]!, court.locale)
  })
  const misread = new Set(placed.map((p) => `${p.row} ${p.field}`))
  for (const issue of judgement.issues) {
    const at = place(issue, group, court.locale)
    if (at && !(misread.size > 0 && misread.has(`${at.row} ${at.field}`))) placed.push(at)
  }
  addDifferingDates(placed, group, rows, court.locale)
  const rest = judgement.entries.reduce<number>((left, entry) => left - entry.amount, 0)
  let content: string | undefined
  return {
    group,
    draft,
    get content() {
      content ??= JSON.stringify(correction ? { draft, correction } : draft)
      return content
    },
    judgement,
    placed,
    rest,
    unread: placed.some(({ code, field }) => code === 'unread' && AMOUNT_FIELDS.some((amount) => amount === field)),
    ready: placed.every((p) => p.level === 'warning') && judgement.ok,
  }
}

/** In a sheet of several a voucher's header stands in its rows: the first of them shows what is wrong with it. */
const FIELD_IN_SHEET: Readonly<Record<string, string>> = { voucherDate: 'date', lines: 'voucher' }

function cellIn(group: Group, pointer: string): { row: number; field: string } | undefined {
  const cell = cellOf(pointer)
  if (!cell) return undefined
  // What a row settles is one cell, however many items there are.
  if (cell.row >= 0) return { row: group.rows[cell.row] ?? -1, field: cell.field.replace(/^matches\/.*/, 'matches') }
  if (cell.field === 'vatDate') return { row: group.rows[0]!, field: 'vatDate' }
  return group.several ? { row: group.rows[0]!, field: FIELD_IN_SHEET[cell.field] ?? cell.field } : cell
}

/** Where an issue stands in the grid, with its text. */
export function place(issue: Issue, group: Group, locale: Locale): Placed | undefined {
  const cell = cellIn(group, issue.pointer)
  if (!cell) return undefined
  const words = toldOf(issue, locale)
  const target = issue.fix && cellIn(group, issue.fix.pointer)
  const unfinished = issue.code === 'field/required' || issue.code === 'voucher/unbalanced'
  return {
    ...cell,
    // What is missing is the reason; the day may stand.
    ...(cell.row < 0 && issue.params?.reason === 'reason-needed' && { field: 'reason' }),
    level: issue.severity === 'warning' ? 'warning' : unfinished ? 'unfinished' : 'error',
    code: issue.code,
    message: words.message,
    ...(target && { fix: { ...target, value: issue.fix!.value, ...(words.fix?.label && { label: words.fix.label }) } }),
  }
}

/** What somebody must choose, where two wrote in the same cell at the same time. */
function clashesAt(cells: Cells, row: number, locale: Locale): Placed[] {
  return clashesOf(cells).flatMap(({ field, rivals }) => {
    const [rival] = rivals
    if (!rival) return []
    const at = field === REMOVAL ? 'account' : field
    const keep: Cure = { row, field: `${CLASH}${field}`, value: '', label: entryText(locale, 'clashKeepRow') }
    const fault = { row, field: at, level: 'error' as const, code: 'clash' }
    if (field === REMOVAL) {
      const gone: Cure = { row, field: REMOVED, value: '', label: entryText(locale, 'clashRemoveRow') }
      return [{ ...fault, message: entryText(locale, 'clashRow', { name: rival.name }), fix: keep, other: gone }]
    }
    const [standing, theirs] = [cellShown(cells[field] ?? '', locale), cellShown(rival.value, locale)]
    return [
      {
        ...fault,
        message: entryText(locale, 'clash', { name: rival.name, value: theirs, standing }),
        fix: { ...keep, label: entryText(locale, 'clashKeep', { value: standing }) },
        other: { row, field, value: rival.value, label: entryText(locale, 'clashTake', { value: theirs }) },
      },
    ]
  })
}

const cellShown = (value: Cell, locale: Locale): string =>
  typeof value === 'number' ? kroner(value, locale) : value === '' ? entryText(locale, 'clashEmpty') : dayShown(value)

const clashesOfHeader = ({ more, several }: Group, locale: Locale): Placed[] =>
  more && !several ? clashesAt(more, -1, locale) : []

const told = new Map<string, { message: string; fix?: { label?: string } }>()
const MOST_TOLD = 5_000

/** The words of an issue. A pasted list says the same of thousands of lines: each saying is put into words once. */
function toldOf(issue: Issue, locale: Locale): { message: string; fix?: { label?: string } } {
  const key = `${locale} ${issue.code} ${JSON.stringify([issue.params, issue.fix?.value])}`
  const known = told.get(key)
  if (known) return known
  if (told.size > MOST_TOLD) told.clear()
  const words = withText(issue, locale)
  told.set(key, words)
  return words
}

const misreadAt = (row: number, field: string, message: string, fix?: Placed['fix']): Placed => ({
  row,
  field,
  level: 'error',
  code: 'unread',
  message,
  ...(fix && { fix }),
})

/** Days of the header that do not exist. */
export function misreadHeader({ header, several }: Pick<Group, 'header' | 'several'>, locale: Locale): Placed[] {
  if (several) return [] // its dates stand in the rows, and are read there
  return (['voucherDate', 'documentDate', 'reversalDate'] as const).flatMap((field) =>
    !header[field] || isoDate(header[field])
      ? []
      : [misreadAt(-1, field, entryText(locale, 'unreadDate', { text: header[field] }))],
  )
}

/** Whoever puts a voucher right says why: it stands on both. */
const UNEXPLAINED: Issue = { code: 'field/required', severity: 'error', pointer: '#/reason' }

const AMOUNT_FIELDS = ['amount', 'vatAmount', 'currencyAmount'] as const
const DATE_FIELDS = ['dueDate', 'date', 'documentDate', 'vatDate'] as const

function addMisread(found: Placed[], row: Row, at: number, locale: Locale): void {
  for (const field of AMOUNT_FIELDS) {
    const value = row[field]
    if (typeof value === 'string' && value !== '') found.push(misreadAmount(value, at, field, locale))
  }
  if (row.rate !== '' && !rateOf(row.rate))
    found.push(misreadAt(at, 'rate', entryText(locale, 'unreadRate', { text: row.rate })))
  if (row.quantity !== '' && !decimal(row.quantity))
    found.push(misreadAt(at, 'quantity', entryText(locale, 'unreadQuantity', { text: row.quantity })))
  if (!matchesIn(row.matches))
    found.push(misreadAt(at, 'matches', entryText(locale, 'unreadMatches', { text: row.matches })))
  for (const field of DATE_FIELDS)
    if (row[field] !== '' && !isoDate(row[field]))
      found.push(misreadAt(at, field, entryText(locale, 'unreadDate', { text: row[field] })))
}

function misreadAmount(text: string, row: number, field: string, locale: Locale): Placed {
  const read = readTypedAmount(text)
  const cure = (value: number) => ({ row, field, value, label: kroner(value, locale) })
  if (read.kind === 'ambiguous') {
    const { asDecimal: decimal, asThousands: thousands } = read
    const words = entryText(locale, 'ambiguousAmount', { text, decimal, thousands })
    return { ...misreadAt(row, field, words, cure(thousands)), other: cure(decimal) }
  }
  if (read.kind === 'too-fine')
    return misreadAt(row, field, entryText(locale, 'fineAmount', { text, rounded: read.rounded }), cure(read.rounded))
  return misreadAt(row, field, entryText(locale, read.kind === 'too-large' ? 'largeAmount' : 'unreadAmount', { text }))
}

/** Lines have no date of their own: a voucher whose rows name two days or types says so instead of choosing. */
function addDifferingDates(found: Placed[], group: Group, rows: readonly Row[], locale: Locale): void {
  const { type, voucherDate } = group.header
  const vatDate = rows.find((row) => row.vatDate !== '')?.vatDate ?? ''
  rows.forEach((row, i) => {
    const add = (field: 'date' | 'vatDate' | 'type', text: string) => found.push(misreadAt(group.rows[i]!, field, text))
    if (row.date !== '' && row.date !== voucherDate && isoDate(row.date))
      add('date', entryText(locale, 'otherDate', { voucher: group.key }))
    if (row.vatDate !== '' && row.vatDate !== vatDate && isoDate(row.vatDate))
      add('vatDate', entryText(locale, 'otherVatDate'))
    if (row.type !== '' && row.type !== type) add('type', entryText(locale, 'otherType', { voucher: group.key }))
  })
}

function gathered(vouchers: readonly VoucherVerdict[], court: Court, served: Served): Omit<Verdict, 'waiting'> {
  const placed: Placed[] = []
  const voucherAt = new Map<number, VoucherVerdict>()
  const vatAt = new Map<number, number>()
  const amountAt = new Map<number, number>()
  for (const verdict of vouchers) {
    const { group, judgement } = verdict
    placed.push(...verdict.placed, ...beside(verdict, court, served))
    for (const row of group.rows) voucherAt.set(row, verdict)
    for (const entry of judgement.entries) {
      const row = group.rows[Number(entry.rowKey.slice(1)) - 1]
      if (row !== undefined && entry.currency && entry.origin === 'line') amountAt.set(row, entry.amount)
      if (entry.origin !== 'vat') continue
      if (row !== undefined && !vatAt.has(row)) vatAt.set(row, entry.amount)
    }
  }
  const cells = new Map<number, Map<string, Placed[]>>()
  for (const p of placed) {
    const row = cells.get(p.row) ?? new Map<string, Placed[]>()
    cells.set(p.row, row.set(p.field, [...(row.get(p.field) ?? []), p]))
  }
  return { vouchers, placed, cells, voucherAt, vatAt, amountAt }
}

/** What the server says that the rules here did not. */
function beside(verdict: VoucherVerdict, court: Court, served: Served): Placed[] {
  if (verdict.group.posted) return []
  const issues = served(verdict) ?? []
  if (issues.length === 0) return []
  const known = new Set(verdict.placed.map((p) => `${p.row} ${p.field} ${p.code}`))
  return issues.flatMap((issue) => {
    const at = place(issue, verdict.group, court.locale)
    return at && !known.has(`${at.row} ${at.field} ${at.code}`) ? [at] : []
  })
}
