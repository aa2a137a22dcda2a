import { type Meaning, sideWords, sumWords } from '#i18n/sheet-words.ts'
import { isoDate } from '#worker/core/dates.ts'
import { allowsVatCode } from '#worker/ledger/account.ts'
import type { Books } from '#worker/ledger/books.ts'
import { accountAndParty } from '#worker/ledger/entry.ts'
import { rateOn, type VatCode } from '#worker/vat/vat.ts'
import { accountFrom } from './cell-values.ts'
import type { Answers, CellReader, Question, Told } from './paste-cells.ts'
import { type Columns, meaningOf } from './paste-columns.ts'
import { currencyOf, detailsOfColumns, vatAmountOf, withDetails } from './paste-details.ts'
import type { Line } from './paste-vouchers.ts'
import { BLANK, type Row } from './sheet.ts'

type At = Partial<Record<Meaning, number>>
/** A row that is no line: a sum, or the headings again. Rows of the list are counted from 1. */
export type PassedOver = { at: number; why: 'sum' | 'header' }
type Read = { lines: Line[]; told: Told[]; percents: number; passedOver: PassedOver[]; questions: Question[] }

/** Reads the rows below the header. What is no line (blank, sum, a header again) is told by its row. */
export function linesOf(
  cells: readonly string[][],
  from: number,
  columns: Columns,
  reader: CellReader,
  books: Books,
  { vatPercent }: Pick<Answers, 'vatPercent'>,
): Read {
  const at: At = {}
  columns.meanings.forEach((meaning, col) => {
    if (meaning) at[meaning] = col
  })
  const creditIsNegative = isNegative(cells.slice(from), at.credit)
  const look = lookupIn(books, vatPercent)
  const details = detailsOfColumns(columns.meanings)
  const keys = columns.meanings.flatMap((m) => (m?.startsWith('dimensions/') ? [m.slice(11)] : []))
  const lines: Line[] = []
  const counts = {
    blank: 0,
    sums: [] as string[],
    proved: 0,
    wrong: [] as string[],
    headers: 0,
    inherited: 0,
    percents: 0,
  }
  const running = runningSums()
  const passedOver: PassedOver[] = []
  let above: Row = BLANK
  let row: readonly string[] = []
  const get = (meaning: Meaning): string => {
    const col = at[meaning]
    return col === undefined ? '' : (row[col] ?? '')
  }
  for (let i = from; i < cells.length; i++) {
    row = cells[i]!
    if (row.every((cell) => cell === '')) {
      counts.blank++
      continue
    }
    if (isHeaderAgain(row, columns)) {
      counts.headers++
      passedOver.push({ at: i + 1, why: 'header' })
      continue
    }
    if (isSum(row, get)) {
      counts.sums.push(String(i + 1))
      passedOver.push({ at: i + 1, why: 'sum' })
      const holds = running.proves(get, reader)
      if (holds) counts.proved++
      else if (holds === false) counts.wrong.push(String(i + 1))
      continue
    }
    const head = headOf(get, above, reader, books)
    if (head.inherited) counts.inherited++
    above = head.row
    const read = withDetails(head.row, get, keys, reader, books)
    if (/%/.test(get('vatCode'))) counts.percents++
    running.add(get, reader)
    bookings(read, get, reader, look, creditIsNegative).forEach((line, side) => {
      const own = details.currency ? { ...line, ...currencyOf(get, reader, line.amount, side === 1) } : line
      const vatAmount = details.vat && own.vatCode !== '' ? vatAmountOf(get, reader, own, books) : ''
      lines.push({ row: vatAmount === '' ? own : { ...own, vatAmount }, at: i + 1 })
    })
  }
  return { lines, told: toldOf(counts), percents: counts.percents, passedOver, questions: look.doubtful() }
}

/** Figures that a row of sums may be the sum of: the lines since the last such row, or all of them. */
const SUMMED = ['debit', 'credit', 'amount'] as const
const nothing = (): number[] => SUMMED.map(() => 0)

function runningSums() {
  let since = nothing()
  const all = nothing()
  const figures = (get: (meaning: Meaning) => string, reader: CellReader) =>
    SUMMED.map((meaning) => reader.figure(get(meaning)))
  return {
    add(get: (meaning: Meaning) => string, reader: CellReader): void {
      for (let i = 0; i < SUMMED.length; i++) {
        const value = reader.figure(get(SUMMED[i]!)) ?? 0
        since[i]! += value
        all[i]! += value
      }
    },
    /** Whether the row's figures are the sums of what stands above it; undefined when it has none that can be read. */
    proves(get: (meaning: Meaning) => string, reader: CellReader): boolean | undefined {
      const told = figures(get, reader)
      const filled = told.flatMap((value, i) => (value === undefined ? [] : [i]))
      const [sub, total] = [since, all]
      since = nothing()
      if (filled.length === 0) return undefined
      return filled.every((i) => told[i] === sub[i]) || filled.every((i) => told[i] === total[i])
    },
  }
}

function toldOf({
  blank,
  sums,
  proved,
  wrong,
  headers,
  inherited,
}: {
  blank: number
  sums: string[]
  proved: number
  wrong: string[]
  headers: number
  inherited: number
}): Told[] {
  const told: Told[] = []
  if (blank > 0) told.push({ key: 'toldBlank', params: { n: blank } })
  if (sums.length > 0)
    told.push({
      key: 'toldSums',
      params: { n: sums.length, rows: sums.length > 6 ? `${sums.slice(0, 6).join(', ')} …` : sums.join(', ') },
    })
  if (proved > 0) told.push({ key: 'toldSumsProved', params: { n: proved } })
  if (wrong.length > 0)
    told.push({ key: 'toldSumsWrong', params: { rows: wrong.slice(0, 6).join(', ') }, warning: true })
  if (headers > 0) told.push({ key: 'toldHeaders', params: { n: headers } })
  if (inherited > 0) told.push({ key: 'toldInherited', params: { n: inherited } })
  return told
}

const isHeaderAgain = (row: readonly string[], columns: Columns): boolean =>
  row.every(
    (cell, i) =>
      cell === '' || (columns.from === 'header' ? cell === columns.titles[i] : meaningOf(cell) !== undefined),
  ) && row.filter((cell) => cell !== '').length > 1

const SUM = new RegExp(`^(${sumWords.join('|')})(\\b|$)`, 'i')
const MONEY: readonly Meaning[] = ['amount', 'debit', 'credit', 'balance', 'vatAmount']

/** A sum or total: no account, and a word that says so, or nothing but figures. */
function isSum(row: readonly string[], get: (meaning: Meaning) => string): boolean {
  const account = get('account') || get('debitAccount') || get('creditAccount') || get('contraAccount')
  if (/^\d/.test(account)) return false
  if (row.some((cell) => SUM.test(cell))) return true
  const figures = MONEY.filter((meaning) => get(meaning) !== '').length
  return account === '' && figures > 0 && row.filter((cell) => cell !== '').length === figures
}

/** Voucher, type, date and text; what is blank is the same as above, where the row goes on with a voucher. */
function headOf(
  get: (meaning: Meaning) => string,
  above: Row,
  reader: CellReader,
  books: Books,
): { row: Row; inherited: boolean } {
  const own = {
    voucher: get('voucher'),
    type: typeFrom(get('type'), books),
    date: reader.date(get('date')),
    documentDate: reader.date(get('documentDate')),
    text: get('text'),
  }
  const goesOn = own.voucher === '' ? own.date === '' : own.voucher === above.voucher
  const takes = goesOn && above !== BLANK && (above.date !== '' || above.voucher !== '')
  const row: Row = {
    ...BLANK,
    voucher: own.voucher || (takes ? above.voucher : ''),
    type: own.type || (takes ? above.type : ''),
    date: own.date || (takes ? above.date : ''),
    documentDate: own.documentDate || (takes ? above.documentDate : ''),
    text: own.text || (takes ? above.text : ''),
  }
  return { row, inherited: takes && own.date === '' && above.date !== '' }
}

/** One line, or two where a row names both sides. */
function bookings(
  row: Row,
  get: (meaning: Meaning) => string,
  reader: CellReader,
  look: Lookup,
  creditIsNegative: boolean,
): Row[] {
  const { books } = look
  const amount = amountFrom(get, reader, creditIsNegative)
  const pair = get('debitAccount') !== '' || get('creditAccount') !== ''
  const contra = get('contraAccount')
  const line = (account: string, value: number | string): Row => {
    const whole = look.account(account, get('party'))
    const isControl = books.accounts.get(accountAndParty(whole).account)?.control
    const { invoiceNumber, dueDate, paymentReference } = isControl ? row : BLANK
    return { ...row, invoiceNumber, dueDate, paymentReference, account: whole, amount: value }
  }
  const minus = (value: number | string) => (typeof value !== 'number' ? value : value === 0 ? 0 : -value)
  if (!pair && contra === '') return [withVat(line(get('account'), amount), get('vatCode'), look)]
  const [first, second] = pair ? [get('debitAccount'), get('creditAccount')] : [get('account'), contra]
  const sides = [...(first ? [line(first, amount)] : []), ...(second ? [line(second, minus(amount))] : [])]
  const code = get('vatCode')
  if (code === '') return sides
  const bearer = sides.findIndex((side) => allowsCode(side.account, look.vatCode(code, side), books))
  return sides.map((side, i) => (i === Math.max(bearer, 0) ? withVat(side, code, look) : side))
}

function amountFrom(get: (meaning: Meaning) => string, reader: CellReader, creditIsNegative: boolean): number | string {
  const [debit, credit] = [reader.amount(get('debit')), reader.amount(get('credit'))]
  if (debit !== '' || credit !== '') {
    if (typeof debit === 'string' && debit !== '') return debit
    if (typeof credit === 'string' && credit !== '') return credit
    const minus = Number(credit || 0) * (creditIsNegative ? 1 : -1)
    return Number(debit || 0) + minus || 0
  }
  const amount = reader.amount(get('amount'))
  const side = sideWords[get('side').toLowerCase()]
  return typeof amount === 'number' && side === -1 && amount !== 0 ? -amount : amount
}

/** Some systems write credits with a minus in their own column. */
function isNegative(cells: readonly string[][], col: number | undefined): boolean {
  if (col === undefined) return false
  const values = cells.map((row) => row[col] ?? '').filter((text) => /[1-9]/.test(text))
  return values.length > 0 && values.every((text) => /^\s*[-\u2212(]|[-\u2212]\s*$/.test(text))
}

type Lookup = {
  books: Books
  account(text: string, party: string): string
  /** The code that a cell means on a row. */
  vatCode(text: string, row: Row): string
  /** A rate of VAT that several codes have. */
  doubtful(): Question[]
}

/** Accounts and parties by how a list writes them; each way of writing is looked up once. */
function lookupIn(books: Books, answer: string | undefined): Lookup {
  const found = new Map<string, string>()
  let asked: Question | undefined
  return {
    books,
    doubtful: () => (asked ? [asked] : []),
    vatCode(text, row) {
      const read = vatCodeFrom(text, row, books, answer)
      if (read.fits.length > 1 && !answer) asked ??= whichCode(text, row.account, read.fits)
      return read.code
    },
    account(text, party) {
      const key = `${text}\n${party}`
      const known = found.get(key)
      if (known !== undefined) return known
      const account = withParty(accountCell(text, books), party, books)
      found.set(key, account)
      return account
    },
  }
}

/** `1920`, `1 920`, `1920,00`, `1920 Bank`, a name. */
function accountCell(text: string, books: Books): string {
  const bare = text.replace(/^(\d{3,8})[.,]0+$/, '$1')
  const tight = bare.replace(/[\s\u00a0.]/g, '')
  return /^\d+$/.test(tight) && books.accounts.has(tight) ? tight : accountFrom(bare, books)
}

function withParty(account: string, party: string, books: Books): string {
  if (party === '' || account.includes(':')) return account
  const control = books.accounts.get(account)?.control
  const known = [...books.parties.values()].find(
    (p) =>
      (!control || p.kind === control) &&
      (p.number === party || party.startsWith(`${p.number} `) || p.name.toLowerCase() === party.toLowerCase()),
  )
  if (control) return `${account}:${known?.number ?? party}`
  return account === '' && known ? `${known.controlAccount}:${known.number}` : account
}

function typeFrom(text: string, books: Books): string {
  if (text === '') return ''
  const wanted = text.toLowerCase()
  const type = [...books.voucherTypes.values()].find((t) =>
    [t.series, t.key, t.nameNb, t.nameEn].some((name) => name.toLowerCase() === wanted),
  )
  return type?.series ?? text
}

function withVat(row: Row, text: string, look: Lookup): Row {
  const vatCode = look.vatCode(text, row)
  return vatCode === row.vatCode ? row : { ...row, vatCode }
}

const whichCode = (text: string, account: string, fits: readonly VatCode[]): Question => ({
  of: 'vatPercent',
  key: 'askVatPercent',
  params: { text, account },
  choices: [
    { value: 'default', key: 'answerVatDefault', params: {} },
    ...fits.map(({ code }) => ({ value: code, key: 'answerVatCode' as const, params: { code } })),
  ],
})

/**
 * `1`, `01`, `1 Inngående mva`, or `25 %` as the code of that rate on that account; a dash is none. `fits` are the codes that a rate
 * might be: of several the one that was answered, else the account's own.
 */
function vatCodeFrom(
  text: string,
  row: Row,
  books: Books,
  answer: string | undefined,
): { code: string; fits: readonly VatCode[] } {
  const sure = (own: string) => ({ code: own, fits: [] })
  if (text === '' || text === '-') return sure('')
  const code = text.split(/[\s:]/, 1)[0]!.replace(/^0+(?=\d)/, '')
  const percent = /^(\d{1,2})(?:[.,](\d{1,2}))?\s*%$/.exec(text)
  if (!percent) return sure(books.vatCodes.has(code) ? code : text)
  const rate = Number(percent[1]) * 100 + Number((percent[2] ?? '0').padEnd(2, '0'))
  const account = books.accounts.get(accountAndParty(row.account).account)
  const day = isoDate(row.date) ?? books.fiscalYears.at(-1)?.firstDate
  if (!account || !day) return sure(text)
  const fits = [...books.vatCodes.values()].filter(
    (c) =>
      rateOn(c, day, books.vatRates) === rate &&
      allowsVatCode(account, c) &&
      c.direction !== 'reverse' &&
      c.direction !== 'none',
  )
  const named = (own: string | null | undefined) => fits.find((c) => c.code === own)?.code
  const found = named(answer) ?? named(account.defaultVatCode) ?? fits[0]?.code ?? (rate === 0 ? '' : text)
  return { code: found, fits }
}

function allowsCode(field: string, code: string, books: Books): boolean {
  const account = books.accounts.get(accountAndParty(field).account)
  const vatCode = books.vatCodes.get(code)
  return account !== undefined && vatCode !== undefined && allowsVatCode(account, vatCode)
}
