import { accountTypeWords, countryWords } from '#i18n/import-headings.ts'
import { yesOrNo } from '#i18n/party-headings.ts'
import { sumWords } from '#i18n/sheet-words.ts'
import { plainAccount } from '#worker/core/identifiers.ts'
import { dimensionsIn } from '#worker/parties/party-import.ts'
import { type Answers, cellReader, type Question as EntryQuestion } from '#worker/sheets/paste-cells.ts'
import { FIELDS, type Field, type Register } from './import-field.ts'
import type { Layout, PassedOver, Question, SheetRecord, Told } from './import-reading.ts'

/** What a row's cells say, by field: texts, whole øre, ISO days; a text where one of those could not be read. */
export type Value = string | number | boolean | Record<string, string>
export type ReadRow = { at: number; values: Record<string, Value>; unread: string[] }
export type Read = { rows: ReadRow[]; passedOver: PassedOver[]; told: Told[]; questions: Question[] }

const SUM_ALONE = new RegExp(`^(${sumWords.join('|')})\\s*:?$`, 'i')
const SUM = new RegExp(`^(${sumWords.join('|')})(\\b|$)`, 'i')

/** Reads the rows under the headings by the columns' meaning. What is no row of the register is passed over, and told by its row. */
export function readRecords(
  rows: readonly string[][],
  register: Register,
  layout: Layout,
  answers: Record<string, string>,
): Read {
  const fields = new Map(FIELDS[register].map((f) => [f.key, f]))
  const { records, passedOver, blank } = recordsOf(rows, register, layout)
  const cellsOf = (kind: Field['kind']) =>
    records.flatMap(({ cells }) =>
      Object.entries(cells).flatMap(([key, text]) => (fields.get(key)?.kind === kind && text !== '' ? [text] : [])),
    )
  const reader = cellReader(cellsOf('amount'), cellsOf('day'), answers as Answers)
  let restored = 0
  const read = records.map(({ at, cells }): ReadRow => {
    const row: ReadRow = { at, values: {}, unread: [] }
    for (const [key, text] of Object.entries(cells)) {
      if (text === '') continue
      const kind = fields.get(key)?.kind ?? 'text'
      if (kind === 'amount' || kind === 'day') {
        const value = kind === 'amount' ? reader.amount(text) : reader.date(text)
        row.values[key] = value
        if (kind === 'amount' ? typeof value === 'string' : !/^\d{4}-\d{2}-\d{2}$/.test(String(value)))
          row.unread.push(key)
      } else {
        const value = cellValue(kind, text)
        const isPadded = kind === 'bank-account' || kind === 'postal-code'
        if (isPadded && String(value).length > text.replace(/[\s.]/g, '').length) restored++
        row.values[key] = value
      }
    }
    return row
  })
  const { told, questions } = reader.outcome()
  return {
    rows: read,
    passedOver,
    told: [
      ...(blank > 0 ? [tell('blank', { n: blank })] : []),
      ...passedOverTold(passedOver),
      ...(restored > 0 ? [tell('zerosPutBack', { n: restored })] : []),
      ...layout.told,
      ...told.map(ofEntry),
    ],
    questions: [...layout.questions, ...questions.map(askedOfEntry)],
  }
}

export const tell = (key: string, params: Told['params'] = {}, warning = false): Told => ({
  of: 'import',
  key,
  params,
  ...(warning && { warning }),
})
/** What the reading of cells tells, as it is told of an import. */
export const ofEntry = (t: { key: string; params?: Told['params']; warning?: boolean }): Told => ({
  of: 'entry',
  key: t.key,
  params: t.params ?? {},
  ...(t.warning && { warning: true }),
})

export const askedOfEntry = (q: EntryQuestion): Question => ({
  of: q.of,
  text: ofEntry(q),
  choices: q.choices.map((choice) => ({ value: choice.value, text: ofEntry(choice) })),
})

/** The first of many, with a sign that there are more. */
export const shortList = (names: readonly string[]): string =>
  names.length > 8 ? `${names.slice(0, 8).join(', ')} …` : names.join(', ')

function passedOverTold(passed: readonly PassedOver[]): Told[] {
  return (['sum', 'header', 'note'] as const).flatMap((why) => {
    const rows = passed.filter((p) => p.why === why).map((p) => String(p.at))
    if (rows.length === 0) return []
    return [tell(`passedOver-${why}`, { n: rows.length, rows: shortList(rows) })]
  })
}

function recordsOf(rows: readonly string[][], register: Register, layout: Layout) {
  const { header, columns } = layout
  const records: SheetRecord[] = []
  const passedOver: PassedOver[] = []
  let blank = 0
  const required = FIELDS[register].filter((f) => f.required)
  const needed = required.map((f) => f.key)
  const isListOfCodes = required.length === 1 && required[0]!.kind === 'code'
  for (let i = header + 1; i < rows.length; i++) {
    const row = rows[i]!
    const filled = row.filter((cell) => cell !== '')
    if (filled.length === 0) {
      blank++
      continue
    }
    const cells: Record<string, string> = {}
    columns.forEach(({ field }, col) => {
      if (field) cells[field] = row[col] ?? ''
    })
    const at = i + 1
    const has = (key: string) => (cells[key] ?? '') !== ''
    const key = cells[needed[0] ?? ''] ?? ''
    if (filled.length > 1 && columns.every(({ title }, col) => (row[col] ?? '') === '' || row[col] === title))
      passedOver.push({ at, why: 'header' })
    else if (isSum(row, register, identityOf(cells))) passedOver.push({ at, why: 'sum' })
    // One cell that is not what the row is known by: a heading of a group, or a note under the list.
    else if (filled.length === 1 && !(isListOfCodes && needed.every(has) && /^\d/.test(key)))
      passedOver.push({ at, why: 'note' })
    else if (register === 'balances' && !/^\d/.test(key))
      passedOver.push({ at, why: isFigures(filled) ? 'sum' : 'note' })
    else records.push({ at, cells })
  }
  return { records, passedOver, blank }
}

/** What a row is known by: a number or a code. */
const identityOf = (cells: Readonly<Record<string, string>>): string =>
  cells.number ?? cells.code ?? cells.account ?? cells.party ?? ''

/** A sum has no number of its own. Where rows have names it must be the word alone: a company may be called Total Bygg AS. */
function isSum(row: readonly string[], register: Register, identity: string): boolean {
  if (/\d/.test(identity)) return false
  const first = row.find((cell) => cell !== '') ?? ''
  const hasAmounts = register === 'balances' || register === 'open-items'
  return hasAmounts ? row.some((cell) => SUM.test(cell)) : SUM_ALONE.test(first)
}

const isFigures = (cells: readonly string[]): boolean => cells.every((cell) => /^[-(]?[\d\s.,]+[-)]?$/.test(cell))

function cellValue(kind: Field['kind'], text: string): Value {
  const digits = text.replace(/[\s.\u00a0]/g, '')
  switch (kind) {
    case 'days':
      return /^\d{1,4}\b/.test(text) ? Number(/^\d{1,4}/.exec(text)![0]) : text
    case 'organisation':
      return digits.replace(/^NO/i, '').replace(/MVA$/i, '')
    case 'bank-account':
      return /^\d{8,11}$/.test(digits) ? digits.padStart(11, '0') : plainAccount(text)
    case 'dimensions':
      return dimensionsIn(text) ?? text
    case 'yes-no':
      return yesOrNo(text) ?? text
    case 'postal-code':
      return /^\d{3}$/.test(text) ? text.padStart(4, '0') : text
    case 'country':
      return countryWords[text.toLowerCase()] ?? text.toUpperCase()
    case 'account-type':
      return accountTypeWords[text.toLowerCase()] ?? text
    case 'code':
      return text.replace(/^(\d+),0+$/, '$1')
    default:
      return text
  }
}
