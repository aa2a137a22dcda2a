import { Problem } from '#worker/core/problem.ts'
import { windows1252 } from '#worker/core/windows-1252.ts'
import { sourceOf } from '#worker/core/zip-archive.ts'
import { cellsOf } from './paste-text.ts'
import { readWorkbook, type SheetCells } from './read-workbook.ts'

/** A file of sheets as it was read. */
export type SheetFile = {
  kind: 'xlsx' | 'text'
  /** Of a text: how its bytes were read, and what parts its columns. */
  encoding: 'utf-8' | 'utf-16' | 'windows-1252' | null
  separator: string | null
  sheets: SheetCells[]
}

/** What a file of sheets may be, in bytes. */
export const SHEET_BYTES = 20_000_000
const MOST_ROWS = 60_000

/**
 * Reads an xlsx workbook, a CSV in any usual encoding, or what was copied from a sheet. The file tells what it is by its bytes, not
 * by its name.
 * @throws Problem 422 sheet/unreadable, sheet/macros, sheet/empty; 413 sheet/too-large.
 */
export async function readSheetFile(bytes: Uint8Array): Promise<SheetFile> {
  if (bytes.length > SHEET_BYTES)
    throw new Problem(413, 'sheet/too-large', { params: { reason: 'bytes', limit: SHEET_BYTES / 1_000_000 } })
  const kind = kindOf(bytes)
  if (kind === 'zip') {
    const sheets = await readWorkbook(sourceOf(bytes))
    if (sheets.every((sheet) => isEmpty(sheet.rows))) throw new Problem(422, 'sheet/empty')
    return { kind: 'xlsx', encoding: null, separator: null, sheets }
  }
  if (kind !== 'text') throw new Problem(422, 'sheet/unreadable', { params: { reason: kind } })
  const { text, encoding } = textOf(bytes)
  if (/^\s*<(\?xml|!doctype|html|n1:|audit)/i.test(text.slice(0, 200)))
    throw new Problem(422, 'sheet/unreadable', { params: { reason: 'xml' } })
  const { rows, separator } = rowsOf(text)
  if (isEmpty(rows)) throw new Problem(422, 'sheet/empty')
  if (rows.length > MOST_ROWS)
    throw new Problem(413, 'sheet/too-large', { params: { reason: 'rows', limit: MOST_ROWS } })
  const sheet = { name: '', hidden: false, rows, hiddenRows: 0, hiddenColumns: 0, unsolved: 0 }
  return { kind: 'text', encoding, separator, sheets: [sheet] }
}

const isEmpty = (rows: readonly string[][]): boolean => rows.every((row) => row.every((cell) => cell === ''))

/** What the first bytes say. `ole`: Excel before 2007, or a workbook with a password. */
function kindOf([a, b, c, d]: Uint8Array): 'zip' | 'ole' | 'pdf' | 'gzip' | 'text' {
  if (a === 0x50 && b === 0x4b) return 'zip'
  if (a === 0xd0 && b === 0xcf && c === 0x11 && d === 0xe0) return 'ole'
  if (a === 0x25 && b === 0x50 && c === 0x44 && d === 0x46) return 'pdf'
  return a === 0x1f && b === 0x8b ? 'gzip' : 'text'
}

/** Text from bytes: by their mark, by the zeros of UTF-16, as UTF-8 where they are that, else as Windows-1252. */
function textOf(bytes: Uint8Array): { text: string; encoding: NonNullable<SheetFile['encoding']> } {
  const [a, b] = bytes
  const utf16 = (label: string) => ({ text: new TextDecoder(label).decode(bytes), encoding: 'utf-16' as const })
  if (a === 0xff && b === 0xfe) return utf16('utf-16le')
  if (a === 0xfe && b === 0xff) return utf16('utf-16be')
  const start = bytes.subarray(0, 2_000)
  const zeros = [0, 0]
  start.forEach((byte, i) => {
    if (byte === 0) zeros[i & 1]!++
  })
  if (zeros[1]! * 4 > start.length) return utf16('utf-16le')
  if (zeros[0]! * 4 > start.length) return utf16('utf-16be')
  if (zeros[0]! + zeros[1]! > 0) throw new Problem(422, 'sheet/unreadable', { params: { reason: 'binary' } })
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes), encoding: 'utf-8' }
  } catch {
    return { text: windows1252(bytes), encoding: 'windows-1252' }
  }
}

const SEPARATORS = ['\t', ';', '|', ','] as const

/** Rows of a text, by what parts its columns: a line of Excel's that says so, else the sign that stands as often in most lines. */
function rowsOf(text: string): { rows: string[][]; separator: string } {
  const said = /^\ufeff?sep=(.)\r?\n/i.exec(text)
  const body = said ? text.slice(said[0].length) : text
  const separator = said?.[1] ?? separatorOf(body)
  return { rows: cellsOf(body, separator), separator }
}

function separatorOf(body: string): string {
  const lines = body.replace(/"(?:[^"]|"")*"/g, '').split(/\r\n?|\n/, 40)
  const filled = lines.filter((line) => line.trim() !== '')
  const scored = SEPARATORS.map((sign) => {
    const counts = filled.map((line) => line.split(sign).length - 1)
    const times = new Map<number, number>()
    for (const n of counts) if (n > 0) times.set(n, (times.get(n) ?? 0) + 1)
    const [alike = 0] = [...times.values()].sort((x, y) => y - x)
    return { sign, alike }
  })
  const best = scored.reduce((a, b) => (b.alike > a.alike ? b : a))
  return best.alike === 0 ? '\t' : best.sign
}
