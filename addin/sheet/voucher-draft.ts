import { vatModeOf } from '#i18n/vat-mode-text.ts'
import { negate, type Ore } from '#worker/core/money.ts'
import type { Books } from '#worker/ledger/books.ts'
import { accountAndParty } from '#worker/ledger/entry.ts'
import { matchesIn } from '#worker/sheets/row-matches.ts'
import { amountOfRow, codeOf as code, hasTwoAmounts, type ReadRow } from './voucher-rows.ts'

/** A line of a draft and the row it comes from; a contra account makes a second line of the same row. */
export type DraftLine = { row: ReadRow; contra: boolean; fields: Record<string, unknown> }
/** A draft as the ledger takes it, with the way back to the sheet. */
export type SheetDraft = { header: Record<string, unknown>; lines: readonly DraftLine[] }

/** Something that only the sheet can get wrong, by column. */
export type SheetFault = { row: ReadRow; column: string; code: 'two-amounts' | 'contra-net' | 'matches' | 'document' }

const modeOf = (text: string | undefined): string | undefined => (text === undefined ? undefined : vatModeOf(text))
const first = <T>(rows: readonly ReadRow[], of: (row: ReadRow) => T | undefined): T | undefined => {
  for (const row of rows) {
    const value = of(row)
    if (value !== undefined) return value
  }
  return undefined
}

/** The ledger's facts, and documents by stamp number, '' where there is none. */
export type SheetBooks = Books & { stamped?: ReadonlyMap<string, string> }

const namesIn = (text: string | undefined): string[] => (text ?? '').split(/[\s\u00a0,;]+/).filter(Boolean)
/** The stamp numbers among the documents that a cell names: `12, 13`. */
export const stampsIn = (text: string | undefined): string[] =>
  namesIn(text).flatMap((name) => (/^\d{1,15}$/.test(name) ? [String(Number(name))] : []))
/** A document by its id, or by the number it was stamped with; '' for what is neither. */
const documentOf = (name: string, { stamped }: SheetBooks): string =>
  /^doc_[0-9a-z]{26}$/.test(name) ? name : (stampsIn(name).map((stamp) => stamped?.get(stamp))[0] ?? '')
/** The documents of a voucher, each once, in an order that does not follow the rows'. */
const documentsOf = (rows: readonly ReadRow[], books: SheetBooks): string[] =>
  [...new Set(rows.flatMap((row) => namesIn(row.texts.document).map((name) => documentOf(name, books))))]
    .filter(Boolean)
    .sort()

/** The draft that rows make: type, dates and text are those of its first row that has them. Rules are not judged here. */
export function draftOf(rows: readonly ReadRow[], books: SheetBooks): SheetDraft {
  const text = first(rows, (r) => r.texts.text)
  const documents = documentsOf(rows, books)
  const header = given({
    type: code(first(rows, (r) => r.texts.type)),
    voucherDate: first(rows, (r) => r.days.voucherDate),
    documentDate: first(rows, (r) => r.days.documentDate),
    vatDate: first(rows, (r) => r.days.vatDate),
    text,
    documents: documents.length > 0 ? documents : undefined,
  })
  const lines = rows.flatMap((row, i): DraftLine[] => {
    const rowKey = `r${i + 1}`
    const line = { row, contra: false, fields: { rowKey, ...lineFields(row, text, books) } }
    const contra = code(row.texts.contraAccount)
    return contra ? [line, { row, contra: true, fields: contraFields(row, contra, rowKey, text, books) }] : [line]
  })
  return { header, lines }
}

/** The whole draft under an id. */
export const draftWithId = ({ header, lines }: SheetDraft, id: string): Record<string, unknown> => ({
  id,
  ...header,
  lines: lines.map((line) => line.fields),
})

/** What the ledger has no word for, since it knows one amount and no contra account. */
export const faultsOf = (rows: readonly ReadRow[], books: SheetBooks): SheetFault[] =>
  rows.flatMap((row) => [
    ...(hasTwoAmounts(row) ? [{ row, column: 'amount', code: 'two-amounts' } as const] : []),
    ...(row.texts.contraAccount && modeOf(row.texts.vatMode) === 'net'
      ? [{ row, column: 'contraAccount', code: 'contra-net' } as const]
      : []),
    ...(matchesIn(row.texts.matches ?? '') ? [] : [{ row, column: 'matches', code: 'matches' } as const]),
    ...(namesIn(row.texts.document).every((name) => documentOf(name, books))
      ? []
      : [{ row, column: 'document', code: 'document' } as const]),
  ])

function lineFields(row: ReadRow, headerText: string | undefined, books: Books): Record<string, unknown> {
  const { texts, amounts, days, numbers } = row
  const mine = !partyBelongsToContra(row, books)
  const typedVat = amounts.vatAmount !== undefined && amounts.vatAmount !== amounts.computedVat
  return given({
    account: accountField(texts.account, mine ? texts.party : undefined),
    amount: amountOfRow(row),
    currency: code(texts.currency)?.toUpperCase(),
    currencyAmount: amounts.currencyAmount,
    rate: numbers.rate,
    rateUnit: numbers.rateUnit === undefined ? undefined : Number(numbers.rateUnit),
    vatCode: code(texts.vatCode),
    vatMode: modeOf(texts.vatMode),
    vatAmount: typedVat ? amounts.vatAmount : undefined,
    vatAmountReason: texts.vatAmountReason,
    vatSpecification: texts.vatSpecification,
    dimensions: dimensionsOf(row, books),
    text: texts.text === headerText ? undefined : texts.text,
    quantity: numbers.quantity,
    script: texts.script,
    ...(mine && invoiceFields(texts, days)),
  })
}

/** The other half of a row with a contra account: the same amount on the other side, without VAT of its own. */
function contraFields(row: ReadRow, contra: string, rowKey: string, headerText: string | undefined, books: Books) {
  const { texts, days } = row
  const amount = amountOfRow(row)
  const mine = partyBelongsToContra(row, books)
  return given({
    rowKey: `${rowKey}c`,
    account: accountField(contra, mine ? texts.party : undefined),
    amount: amount === undefined ? undefined : negate(amount as Ore),
    text: texts.text === headerText ? undefined : texts.text,
    ...(mine && invoiceFields(texts, days)),
  })
}

/** One row has one party: it stands on whichever of the two accounts keeps parties. */
function partyBelongsToContra({ texts }: ReadRow, books: Books): boolean {
  const contra = code(texts.contraAccount)
  if (!contra || !books.accounts.get(accountAndParty(contra).account)?.control) return false
  return !books.accounts.get(accountAndParty(code(texts.account) ?? '').account)?.control
}

/** An account with its party, "2400:20017"; the party's own column counts above one written with the account. */
function accountField(account: string | undefined, party: string | undefined): string | undefined {
  const number = code(account)
  const of = code(party)
  if (number === undefined || of === undefined) return number
  return `${accountAndParty(number).account}:${of}`
}

const invoiceFields = (texts: ReadRow['texts'], days: ReadRow['days']) => ({
  invoiceNumber: texts.invoiceNumber,
  dueDate: days.dueDate,
  paymentReference: texts.paymentReference?.replace(/[\s\u00a0]/g, ''),
  matches: texts.matches && matchesIn(texts.matches),
})

function dimensionsOf({ texts }: ReadRow, books: Books): Record<string, string> | undefined {
  const pairs = Object.entries(texts).flatMap(([id, value]) => {
    if (!id.startsWith('dimensions/')) return []
    const key = id.slice(11)
    return [[key, dimensionCode(value, books.dimensions.get(key)?.byCode)]]
  })
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs)
}

/**
 * A code, or a code and its name as lists show them. A code may hold spaces: of what is neither no part is taken for one, so that
 * it is refused.
 */
function dimensionCode(text: string, known: ReadonlyMap<string, { name: string }> | undefined): string {
  if (!known || known.has(text)) return text
  for (let at = text.lastIndexOf(' '); at > 0; at = text.lastIndexOf(' ', at - 1))
    if (known.get(text.slice(0, at))?.name === text.slice(at + 1)) return text.slice(0, at)
  return text
}

/** Without what is not given: a field that is undefined would be one that is there. */
const given = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
