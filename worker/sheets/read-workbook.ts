import { SaxesParser } from 'saxes'
import { Problem } from '#worker/core/problem.ts'
import { ArchiveFault, type ByteSource, unzippedChunks, type ZipEntry, zipEntries } from '#worker/core/zip-archive.ts'
import { numberText, type Shown, shownBy } from './number-format.ts'

/** A sheet as its cells show: days as `2026-01-31`, numbers with a decimal comma. */
export type SheetCells = {
  name: string
  hidden: boolean
  rows: string[][]
  /** Rows and columns that a filter or somebody has hidden; they are read all the same. */
  hiddenRows: number
  hiddenColumns: number
  /** Formulas that the file holds no value of. */
  unsolved: number
}

/** What a workbook may unfold to in bytes, and hold in cells. */
const MOST_BYTES = 96_000_000
const MOST_CELLS = 400_000
const MOST_ROWS = 60_000
const MOST_COLUMNS = 400

/** Stands where a formula has no value in the file: no amount and no code, so the row is told. */
export const UNSOLVED = '#?'

/**
 * The sheets of an xlsx workbook. Only what is needed is unfolded, and never beyond measure.
 * @throws Problem 422 sheet/unreadable, sheet/macros; 413 sheet/too-large.
 */
export async function readWorkbook(source: ByteSource): Promise<SheetCells[]> {
  try {
    return await sheetsOf(source)
  } catch (error) {
    if (!(error instanceof ArchiveFault)) throw error
    if (error.reason === 'bomb') throw new Problem(413, 'sheet/too-large', { params: { reason: 'bomb' } })
    throw unreadable(error.reason)
  }
}

const unreadable = (reason: string): Problem => new Problem(422, 'sheet/unreadable', { params: { reason } })

async function sheetsOf(source: ByteSource): Promise<SheetCells[]> {
  const entries = new Map((await zipEntries(source)).map((e) => [e.name.replace(/^\//, ''), e] as const))
  if ([...entries.keys()].some((name) => /vbaProject\.bin$|^xl\/macrosheets\//i.test(name)))
    throw new Problem(422, 'sheet/macros')
  const allowance = { left: MOST_BYTES }
  const read = async (name: string, take: Take): Promise<void> => {
    const entry = entries.get(name)
    if (entry) await parse(source, entry, allowance, take)
  }
  if (!entries.has('xl/workbook.xml')) throw unreadable(entries.has('content.xml') ? 'ods' : 'zip')
  const { sheets, from1904 } = await workbook(read)
  const relations = await targets(read)
  const [texts, formats] = [await sharedTexts(read), await cellFormats(read)]
  const budget = { cells: MOST_CELLS }
  const found: SheetCells[] = []
  for (const { name, hidden, id } of sheets) {
    const part = relations.get(id)
    if (!part || !entries.has(part)) continue // a sheet of charts only
    found.push(await cells(read, part, { name, hidden, texts, formats, from1904, budget }))
  }
  return found
}

type Attributes = Readonly<Record<string, string>>
/** What to do at a tag, its end, and with the text between. Names are without prefix. */
type Take = { open?: (name: string, attributes: Attributes) => void; close?: (name: string, text: string) => void }
type Read = (name: string, take: Take) => Promise<void>

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

async function parse(source: ByteSource, entry: ZipEntry, allowance: { left: number }, take: Take): Promise<void> {
  const parser = new SaxesParser()
  const decoder = new TextDecoder()
  let text = ''
  parser.on('error', () => {
    throw unreadable('xml')
  })
  parser.on('doctype', () => {
    throw unreadable('xml')
  })
  parser.on('text', (more) => {
    text += more
  })
  parser.on('cdata', (more) => {
    text += more
  })
  parser.on('opentag', ({ name, attributes }) => {
    text = ''
    take.open?.(local(name), attributes as Attributes)
  })
  parser.on('closetag', ({ name }) => {
    take.close?.(local(name), text)
    text = ''
  })
  for await (const chunk of unzippedChunks(source, entry, allowance))
    parser.write(decoder.decode(chunk, { stream: true }))
  parser.write(decoder.decode())
  parser.close()
}

async function workbook(read: Read) {
  const sheets: { name: string; hidden: boolean; id: string }[] = []
  let from1904 = false
  await read('xl/workbook.xml', {
    open(name, a) {
      if (name === 'workbookPr') from1904 = a.date1904 === '1' || a.date1904 === 'true'
      if (name !== 'sheet') return
      const id = Object.entries(a).find(([key]) => /:id$/.test(key))?.[1] ?? ''
      sheets.push({ name: a.name ?? '', hidden: (a.state ?? 'visible') !== 'visible', id })
    },
  })
  return { sheets, from1904 }
}

async function targets(read: Read): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  await read('xl/_rels/workbook.xml.rels', {
    open(name, { Id, Target = '', Type = '' }) {
      if (name === 'Relationship' && Id && /\/worksheet$/.test(Type))
        found.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`)
    },
  })
  return found
}

async function sharedTexts(read: Read): Promise<string[]> {
  const texts: string[] = []
  let whole = ''
  let phonetic = false
  await read('xl/sharedStrings.xml', {
    open(name) {
      if (name === 'si') whole = ''
      if (name === 'rPh') phonetic = true
    },
    close(name, text) {
      if (name === 't' && !phonetic) whole += text
      if (name === 'rPh') phonetic = false
      if (name === 'si') texts.push(whole)
    },
  })
  return texts
}

async function cellFormats(read: Read): Promise<Shown[]> {
  const codes = new Map<number, string>()
  const formats: Shown[] = []
  let inCells = false
  await read('xl/styles.xml', {
    open(name, a) {
      if (name === 'numFmt') codes.set(Number(a.numFmtId), a.formatCode ?? '')
      if (name === 'cellXfs') inCells = true
      const id = Number(a.numFmtId ?? 0)
      if (name === 'xf' && inCells) formats.push(shownBy(id, codes.get(id)))
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return formats
}

type Setting = {
  name: string
  hidden: boolean
  texts: readonly string[]
  formats: readonly Shown[]
  from1904: boolean
  budget: { cells: number }
}

async function cells(read: Read, part: string, set: Setting): Promise<SheetCells> {
  const sheet: SheetCells = {
    name: set.name,
    hidden: set.hidden,
    rows: [],
    hiddenRows: 0,
    hiddenColumns: 0,
    unsolved: 0,
  }
  let row: string[] = []
  let [column, at] = [0, 0]
  let [type, style] = ['n', 0]
  let [value, inline, formula] = ['', '', false]
  const words = new Set<string>()
  await read(part, {
    open(name, a) {
      if (name === 'row') {
        at = a.r === undefined ? at + 1 : Number(a.r)
        if (at > MOST_ROWS) throw new Problem(413, 'sheet/too-large', { params: { reason: 'rows', limit: MOST_ROWS } })
        row = []
        column = 0
        if (a.hidden === '1') sheet.hiddenRows++
      } else if (name === 'c') {
        column = a.r === undefined ? column + 1 : columnOf(a.r)
        ;[type, style, value, inline, formula] = [a.t ?? 'n', Number(a.s ?? 0), '', '', false]
      } else if (name === 'f') formula = true
      else if (name === 'col' && a.hidden === '1' && Number(a.max) <= MOST_COLUMNS)
        sheet.hiddenColumns += Number(a.max) - Number(a.min) + 1
      else if (name === 'mergeCell') unmerge(a.ref ?? '', sheet.rows, words)
    },
    close(name, text) {
      if (name === 'v') value = text
      else if (name === 't') inline += text
      else if (name === 'c') {
        if (formula && value === '' && inline === '') {
          sheet.unsolved++
          value = UNSOLVED
          type = 'str'
        }
        const shown = textOf(type, value, inline, set.formats[style] ?? { as: 'number' }, set)
        if (shown === '' || column > MOST_COLUMNS) return
        if (--set.budget.cells < 0)
          throw new Problem(413, 'sheet/too-large', { params: { reason: 'cells', limit: MOST_CELLS } })
        while (row.length < column - 1) row.push('')
        row[column - 1] = shown
        if (type === 's' || type === 'inlineStr' || type === 'str') words.add(`${at} ${column}`)
      } else if (name === 'row') {
        while (sheet.rows.length < at - 1) sheet.rows.push([])
        sheet.rows[at - 1] = row
      }
    },
  })
  return sheet
}

function textOf(type: string, value: string, inline: string, shown: Shown, set: Setting): string {
  if (type === 's') return clean(set.texts[Number(value)] ?? '')
  if (type === 'inlineStr') return clean(inline)
  if (type === 'b') return value === '1' ? '1' : '0'
  if (type === 'd') return value.slice(0, 10)
  if (type === 'str' || type === 'e') return clean(value)
  return numberText(value, shown, set.from1904)
}

const clean = (text: string): string =>
  text
    .replace(/_x([0-9A-F]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .trim()

/** `BC12` is column 55. */
function columnOf(reference: string): number {
  let column = 0
  for (const letter of /^[A-Z]+/.exec(reference)?.[0] ?? 'A') column = column * 26 + letter.charCodeAt(0) - 64
  return column
}

/** A text over several rows of one column holds in each of them. A figure does not: it would be counted again. */
function unmerge(reference: string, rows: string[][], words: ReadonlySet<string>): void {
  const read = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(reference)
  if (!read || read[1] !== read[3]) return
  const column = columnOf(read[1]!)
  const [top, bottom] = [Number(read[2]), Math.min(Number(read[4]), rows.length)]
  const text = rows[top - 1]?.[column - 1]
  if (!text || !words.has(`${top} ${column}`)) return
  for (let at = top + 1; at <= bottom; at++) {
    const row = rows[at - 1]!
    while (row.length < column) row.push('')
    row[column - 1] ||= text
  }
}
