/// <reference types="office-js" />

import { day, fill, type Locale, moment, whole } from '#i18n/format.ts'
import { type LedgerApi, Refused } from '../api/ledger-api.ts'
import { cellName } from '../excel/cell-name.ts'
import { newSheet } from '../excel/new-sheet.ts'
import { layOutPage } from '../excel/page-layout.ts'
import { contentOf, partOf, xmlOf } from '../excel/workbook-part.ts'
import { BLOCK_COLUMNS, BLOCK_LAYOUTS, type BlockKind } from './block-columns.ts'
import { type BlockCell, type BlockQuery, type Drawn, drawBlock, hashOf, wordsHashOf } from './block-report.ts'
import { blockTexts } from './block-texts.ts'

/** What a block was pulled by. It holds no figure: the ledger is asked again, at the same version. */
export type Seal = {
  readonly table: string
  readonly kind: BlockKind
  readonly language: Locale
  readonly query: BlockQuery
  readonly atVersion: number
  readonly chainHead: string
  /** The hash of the figures that were pulled. */
  readonly hash: string
  /** And of what is said in words, where there are such columns. */
  readonly words?: string
  /** Which columns it was pulled with, where they were others once. */
  readonly layout?: number
  /** Ids stand in place of names. */
  readonly nameless?: true
  readonly takenAt: string
  /** The budgets in it, as they were saved then. */
  readonly budgets?: string
  /** Whether it agreed with what it must agree with; undefined where there is no such thing. Held against what is drawn anew. */
  readonly agrees?: boolean
}
export type WrongCell = { address: string; row: number; column: number; sheet: unknown; ledger: BlockCell }
export type BlockCheck = {
  readonly seal: Seal
  /** Where the block stands now; undefined when it is gone from the workbook. */
  readonly address: string | undefined
  readonly rows: number
  /** The first cells that do not say what the ledger says. */
  readonly wrong: readonly WrongCell[]
  readonly wrongCount: number
  /** Rows that the ledger does not have, and rows of the ledger that are not there. */
  readonly foreign: readonly string[]
  readonly missing: number
  /** Rows or columns of it are out of sight, by a filter or by hand: what is printed is not all that is held here. */
  readonly hidden: boolean
  /** The ledger gives the same figures, and the same head, as when the block was pulled. */
  readonly ledgerAgrees: boolean
  /** A budget was saved since: what rests on it is held against nothing. */
  readonly budgetChanged: boolean
  /** Something is named otherwise now: words are held against nothing, codes and figures are. */
  readonly wordsChanged: boolean
  /** It was pulled with columns of before, and is held against nothing. */
  readonly older: boolean
}

const SEALS = 'https://hovedbok.example/excel/seal/1'
/** Rows written or read between two syncs: a request to Excel on the web may be 5 MB. */
const ROWS_AT_A_TIME = 5_000
/** Where each portion of so many rows begins, and how many it is. */
export const portionsOf = (rows: number): (readonly [from: number, count: number])[] =>
  Array.from({ length: Math.ceil(rows / ROWS_AT_A_TIME) }, (_, i) => {
    const from = i * ROWS_AT_A_TIME
    return [from, Math.min(ROWS_AT_A_TIME, rows - from)]
  })
/** Cells that are told of one by one. */
const TOLD = 200

/** What a block is pulled by. `now` is an instant. */
export type Pulling = { kind: BlockKind; locale: Locale; query: BlockQuery; now: string }

/** Pulls a report into a sheet of its own, with the line under it that says what it was drawn from. */
export async function pullBlock(context: Excel.RequestContext, drawn: Drawn, pulling: Pulling): Promise<Seal> {
  const { kind, locale } = pulling
  const block = blockTexts[locale]
  const { sheetNames } = blockTexts[locale]
  const columns = BLOCK_COLUMNS[kind]
  const [sheet, tables] = await newSheet(context, sheetNames[kind])
  const numbers = tables.map((name) => Number(/^hbBlokk(\d+)$/.exec(name)?.[1] ?? 0))
  const height = Math.max(2, drawn.cells.length + 1)
  const captions = sheet.getRangeByIndexes(0, 0, 1, columns.length)
  captions.numberFormat = [columns.map(() => '@')]
  captions.values = [block.columns[kind] as string[]]
  for (const [at, { format, width }] of columns.entries()) {
    const column = sheet.getRangeByIndexes(1, at, height - 1, 1)
    column.numberFormat = format as never
    column.format.columnWidth = width
  }
  await writeRows(context, sheet, 1, 0, drawn.cells)
  const table = sheet.tables.add(sheet.getRangeByIndexes(0, 0, height, columns.length), true)
  table.name = `hbBlokk${1 + Math.max(0, ...numbers)}`
  table.style = 'TableStyleLight1'
  const seal = await sealOf(`hbBlokk${1 + Math.max(0, ...numbers)}`, drawn, pulling)
  writeFoot(sheet, height + 1, 0, seal)
  sheet.freezePanes.freezeRows(1)
  sheet.activate()
  await context.sync()
  await writeSeals(context, [...(await readSeals(context)), seal])
  await layOutPage(
    context,
    sheet,
    columns.map(({ width }) => width),
  )
  return seal
}

/** Writes rows of values, so many at a time that no request to Excel on the web is too large. */
export async function writeRows(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  row: number,
  column: number,
  cells: readonly (readonly unknown[])[],
): Promise<void> {
  for (const [from, count] of portionsOf(cells.length)) {
    const some = cells.slice(from, from + count)
    sheet.getRangeByIndexes(row + from, column, count, some[0]!.length).values = some as unknown[][]
    await context.sync()
  }
}

export const sealOf = async (table: string, drawn: Drawn, { kind, locale, query, now }: Pulling): Promise<Seal> => ({
  table,
  kind,
  language: locale,
  query: { ...query, ...drawn.query, fromDate: drawn.fromDate, toDate: drawn.toDate },
  atVersion: drawn.atVersion,
  chainHead: drawn.chainHead,
  hash: await hashOf(kind, drawn),
  words: await wordsHashOf(kind, drawn),
  layout: BLOCK_LAYOUTS[kind],
  takenAt: now,
  ...(drawn.nameless && { nameless: drawn.nameless }),
  ...(drawn.budgets !== undefined && { budgets: drawn.budgets }),
  ...(drawn.agrees !== undefined && { agrees: drawn.agrees }),
})

/** What the line under a block begins with, in any language. */
const FOOT = 'Hovedbok: '
/** It is looked for so many rows below: one may have typed a row more. */
export const FOOT_WITHIN = 4
/** The rows under a block, from the one below it, that hold such a line: one, unless another was left or written there. */
export const feetIn = (below: readonly unknown[]): number[] =>
  below.slice(0, FOOT_WITHIN).flatMap((text, at) => (String(text).startsWith(FOOT) ? [at] : []))
/** Where the line stands, or would. */
export const FOOT_AT = 1

/** Writes the line under a block. */
export function writeFoot(sheet: Excel.Worksheet, row: number, column: number, seal: Seal): void {
  const foot = sheet.getRangeByIndexes(row, column, 1, 1)
  foot.numberFormat = [['@']]
  foot.values = [[footOf(seal)]]
}

type Told = Omit<Seal, 'agrees'> & { agrees?: boolean | undefined }
function footOf({ kind, atVersion, chainHead, query, takenAt, agrees, language, nameless }: Told): string {
  const block = blockTexts[language]
  const { holds, fails } = block.checks[kind]
  const says = agrees === undefined ? '' : ` ${agrees ? holds : fails}`
  const without = nameless ? ` ${block.nameless}` : ''
  const params = {
    version: whole(atVersion, language),
    head: `${chainHead.slice(0, 4)}…${chainHead.slice(-4)}`,
    from: day(query.fromDate!),
    to: day(query.toDate!),
    at: moment(takenAt),
  }
  return `${fill(block.foot, params, language)}${says}${without}`
}

/** The seals of the workbook’s blocks, in the order they were pulled. */
export async function readSeals(context: Excel.RequestContext): Promise<Seal[]> {
  const [part] = await xmlOf(context, SEALS)
  const seals = part && contentOf(part.text)
  return Array.isArray(seals) ? (seals as Seal[]) : []
}

/** Keeps the seals of all blocks. */
export async function writeSeals(context: Excel.RequestContext, seals: readonly Seal[]): Promise<void> {
  const [before] = await xmlOf(context, SEALS)
  const parts = context.workbook.customXmlParts
  if (before) parts.getItem(before.id).setXml(partOf(SEALS, seals))
  else parts.add(partOf(SEALS, seals))
  await context.sync()
}

/** The budget was removed, or is the main one of its year no longer. */
const NO_BUDGET = /^(measure\/not-available|budget\/unknown)$/

/** Holds a block against the ledger at the version it was pulled at, row by row, wherever the rows stand now. */
export async function checkBlock(
  context: Excel.RequestContext,
  api: LedgerApi,
  company: string,
  seal: Seal,
): Promise<BlockCheck> {
  const found = await readBlock(context, seal)
  const none = { rows: 0, wrong: [], wrongCount: 0, foreign: [], missing: 0, hidden: found?.hidden ?? false }
  const unchanged = { budgetChanged: false, wordsChanged: false, older: false, ledgerAgrees: true }
  const nothing = { seal, address: found?.address, ...none, ...unchanged }
  // Of a seal that names another layout nothing is taken on trust: the block is held as it would be drawn now.
  if (seal.layout === undefined && BLOCK_LAYOUTS[seal.kind] !== undefined) return { ...nothing, older: true }
  const drawing = { api, company, locale: seal.language, kind: seal.kind, query: seal.query }
  const drawn = await drawBlock(drawing, seal.atVersion).catch((error) => {
    if (seal.budgets === undefined || !(error instanceof Refused) || !NO_BUDGET.test(error.code)) throw error
  })
  // What the line says of sums and control accounts is the ledger's to say: a seal may have been rewritten as the line was.
  const { agrees } = drawn ?? seal
  const feet = found ? wrongFeet(footOf({ ...seal, agrees }), found) : []
  if (!drawn) return { ...nothing, budgetChanged: true, wrong: feet, wrongCount: feet.length }
  const budgetChanged = drawn.budgets !== seal.budgets
  const sameFigures = budgetChanged || (await hashOf(seal.kind, drawn)) === seal.hash
  const wordsChanged = (await wordsHashOf(seal.kind, drawn)) !== seal.words
  const ledgerAgrees = drawn.chainHead === seal.chainHead && sameFigures
  const judged = { ...unchanged, seal, budgetChanged, wordsChanged, ledgerAgrees }
  if (!found) return { ...nothing, ...judged, missing: drawn.cells.length }
  const cells = compared(seal.kind, drawn, found, judged)
  return { ...judged, ...cells, wrong: [...feet, ...cells.wrong], wrongCount: feet.length + cells.wrongCount }
}

/** Lines under a block that say something else than they must, or say it twice: who reads the sheet reads them. */
function wrongFeet(ledger: string, { feet }: Block): WrongCell[] {
  const plain = (of: string) => of.replace(/\s+/g, ' ') // blanks of numbers are not the same in every browser
  const right = Math.max(
    0,
    feet.findIndex(({ text }) => plain(text) === plain(ledger)),
  )
  return feet.flatMap(({ row, column, text }, i) => {
    const due = i === right ? ledger : ''
    return plain(text) === plain(due) ? [] : [{ address: cellName(row, column), row, column, sheet: text, ledger: due }]
  })
}

export type Block = {
  address: string
  rows: unknown[][]
  row: number
  columns: readonly number[]
  /** The lines under it; where there is none, what stands in its place. */
  feet: { row: number; column: number; text: string }[]
  hidden: boolean
}

/** What stands in the block's columns now, found by their captions; undefined when the table or a column is gone. */
export async function readBlock(
  context: Excel.RequestContext,
  { table: name, kind, language }: Seal,
): Promise<Block | undefined> {
  const table = context.workbook.tables.getItemOrNullObject(name)
  table.load('id')
  await context.sync()
  if (table.isNullObject) return undefined
  const range = table.getRange()
  range.load('address, rowIndex, columnIndex, rowCount, columnCount, rowHidden, columnHidden')
  const header = table.getHeaderRowRange()
  header.load('values')
  await context.sync()
  const captions = header.values[0]!.map(String)
  const columns = blockTexts[language].columns[kind].map((caption) => captions.indexOf(caption))
  if (columns.includes(-1)) return undefined
  const rows: unknown[][] = []
  const { address, rowIndex, columnIndex, rowCount, columnCount } = range
  for (const [from, count] of portionsOf(rowCount - 1)) {
    const some = table.worksheet.getRangeByIndexes(rowIndex + 1 + from, columnIndex, count, columnCount)
    some.load('values')
    await context.sync()
    for (const values of some.values) rows.push(columns.map((at) => values[at]))
  }
  const below = table.worksheet.getRangeByIndexes(rowIndex + rowCount, columnIndex, FOOT_WITHIN, 1)
  below.load('values')
  await context.sync()
  const texts = below.values.map(([value]) => String(value))
  const found = feetIn(texts)
  const feet = (found.length > 0 ? found : [FOOT_AT]).map((at) => ({
    ...{ row: rowIndex + rowCount + at, column: columnIndex },
    text: texts[at]!,
  }))
  // Where only some of them are, Excel says null.
  const hidden = range.rowHidden !== false || range.columnHidden !== false
  return { address, rows, row: rowIndex + 1, columns: columns.map((each) => columnIndex + each), feet, hidden }
}

function compared(
  kind: BlockKind,
  drawn: Drawn,
  { address, rows, row: first, columns, hidden }: Block,
  { budgetChanged, wordsChanged }: Pick<BlockCheck, 'budgetChanged' | 'wordsChanged'>,
): Pick<BlockCheck, 'address' | 'rows' | 'wrong' | 'wrongCount' | 'foreign' | 'missing' | 'hidden'> {
  const roles = BLOCK_COLUMNS[kind].map(({ role }) => role)
  const figures = BLOCK_COLUMNS[kind].flatMap(({ role, budgeted }, at) =>
    (role === 'figure' && !(budgeted && budgetChanged)) || (role === 'word' && !wordsChanged) ? [at] : [],
  )
  // An account that is budgeted and not booked has no row without its budget.
  const isHeld = (row: readonly unknown[]) => !budgetChanged || figures.some((at) => row[at] !== '' && row[at] !== 0)
  const keyOf = (row: readonly unknown[]) => row.filter((_, at) => roles[at] === 'key').join('|')
  const left = new Map(drawn.cells.map((row) => [keyOf(row), row]))
  const wrong: WrongCell[] = []
  const foreign: string[] = []
  let wrongCount = 0
  for (const [r, row] of rows.entries()) {
    const expected = left.get(keyOf(row))
    left.delete(keyOf(row))
    if (!expected) {
      if (row.some((value) => value !== '') && isHeld(row) && foreign.length < TOLD)
        foreign.push(cellName(first + r, columns[0]!))
      continue
    }
    for (const at of figures) {
      if (row[at] === expected[at]) continue
      wrongCount++
      if (wrong.length < TOLD)
        wrong.push({
          address: cellName(first + r, columns[at]!),
          row: first + r,
          column: columns[at]!,
          sheet: row[at],
          ledger: expected[at]!,
        })
    }
  }
  const missing = [...left.values()].filter(isHeld).length
  return { address, rows: rows.length, wrong, wrongCount, foreign, missing, hidden }
}

const TYPED_OVER = '#FBEAE9'

/** Marks the cells that were written over, and takes the mark off those that were marked before. */
export async function markBlocks(
  context: Excel.RequestContext,
  before: readonly BlockCheck[],
  now: readonly BlockCheck[],
): Promise<void> {
  const cellsOf = (checks: readonly BlockCheck[]) =>
    checks.flatMap(({ seal, address, wrong }) => (address ? wrong.map((cell) => ({ table: seal.table, cell })) : []))
  const tables = new Map<string, Excel.Table>()
  for (const { seal } of [...before, ...now])
    tables.set(seal.table, context.workbook.tables.getItemOrNullObject(seal.table))
  for (const table of tables.values()) table.load('id')
  await context.sync()
  const fillOf = ({ table, cell }: ReturnType<typeof cellsOf>[number]) =>
    tables.get(table)?.isNullObject === false
      ? tables.get(table)!.worksheet.getRangeByIndexes(cell.row, cell.column, 1, 1).format.fill
      : undefined
  for (const cell of cellsOf(before)) fillOf(cell)?.clear()
  for (const cell of cellsOf(now)) {
    const fill = fillOf(cell)
    if (fill) fill.color = TYPED_OVER
  }
  await context.sync()
}

/** Puts the ledger's figures back in cells that were written over, without their marks. */
export async function putBack(context: Excel.RequestContext, { seal, wrong }: BlockCheck): Promise<void> {
  const { worksheet } = context.workbook.tables.getItem(seal.table)
  for (const { row, column, ledger } of wrong) {
    const cell = worksheet.getRangeByIndexes(row, column, 1, 1)
    cell.values = [[ledger]]
    cell.format.fill.clear()
  }
  await context.sync()
}
