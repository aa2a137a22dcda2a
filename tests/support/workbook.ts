import { crc32, deflateRawSync } from 'node:zlib'

export type Cell = string | number | null | { v: number | string; s?: keyof typeof STYLES; f?: string; t?: string }
export type SheetSpec = {
  name?: string
  hidden?: boolean
  rows: readonly (readonly Cell[])[]
  merges?: readonly string[]
  hiddenRows?: readonly number[]
  hiddenColumns?: readonly number[]
}
const STYLES = { general: 0, date: 1, percent: 2, account: 3, month: 4, money: 5 }

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const letter = (column: number): string => String.fromCharCode(65 + column)

/** A small xlsx workbook as programs write them, made here so that nothing binary is kept. */
export function workbook(sheets: readonly SheetSpec[], more: Record<string, string> = {}): Uint8Array<ArrayBuffer> {
  const texts: string[] = []
  const shared = (text: string) => (texts.includes(text) ? texts.indexOf(text) : texts.push(text) - 1)
  const cell = (c: Cell, row: number, column: number): string => {
    const r = `r="${letter(column)}${row + 1}"`
    if (c === null || c === '') return ''
    if (typeof c === 'string') return `<c ${r} t="s"><v>${shared(c)}</v></c>`
    if (typeof c === 'number') return `<c ${r}><v>${c}</v></c>`
    const formula = c.f === undefined ? '' : `<f>${escaped(c.f)}</f>`
    const value = c.v === '' ? '' : `<v>${escaped(String(c.v))}</v>`
    return `<c ${r} s="${STYLES[c.s ?? 'general']}"${c.t ? ` t="${c.t}"` : ''}>${formula}${value}</c>`
  }
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/workbook.xml': `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>${sheets
      .map(
        (s, i) =>
          `<sheet name="${escaped(s.name ?? `Ark${i + 1}`)}" sheetId="${i + 1}"${s.hidden ? ' state="hidden"' : ''} r:id="rId${i + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${sheets
      .map(
        (_, i) =>
          `<Relationship Id="rId${i + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
      )
      .join('')}</Relationships>`,
    'xl/styles.xml':
      '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts><numFmt numFmtId="170" formatCode="00000000000"/><numFmt numFmtId="171" formatCode="mmm\\ yy"/><numFmt numFmtId="172" formatCode="#,##0.00&quot; kr&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/></cellXfs></styleSheet>',
  }
  sheets.forEach((s, i) => {
    const rows = s.rows
      .map(
        (row, r) =>
          `<row r="${r + 1}"${s.hiddenRows?.includes(r + 1) ? ' hidden="1"' : ''}>${row.map((c, col) => cell(c, r, col)).join('')}</row>`,
      )
      .join('')
    const columns = (s.hiddenColumns ?? []).map((c) => `<col min="${c}" max="${c}" hidden="1"/>`).join('')
    const merges = (s.merges ?? []).map((ref) => `<mergeCell ref="${ref}"/>`).join('')
    parts[`xl/worksheets/sheet${i + 1}.xml`] =
      `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${columns && `<cols>${columns}</cols>`}<sheetData>${rows}</sheetData>${merges && `<mergeCells>${merges}</mergeCells>`}</worksheet>`
  })
  parts['xl/sharedStrings.xml'] = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${texts
    .map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`)
    .join('')}</sst>`
  return zipOf({ ...parts, ...more })
}

/** A ZIP archive; `size` may be made to lie, as a bomb's does. */
export function zipOf(files: Record<string, string | Uint8Array>): Uint8Array<ArrayBuffer> {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const named = Buffer.from(name)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(8, 8)
    head.writeUInt32LE(crc32(bytes), 14)
    head.writeUInt32LE(packed.length, 18)
    head.writeUInt32LE(bytes.length, 22)
    head.writeUInt16LE(named.length, 26)
    const row = Buffer.alloc(46)
    row.writeUInt32LE(0x02014b50, 0)
    row.writeUInt16LE(20, 6)
    row.writeUInt16LE(8, 10)
    row.writeUInt32LE(crc32(bytes), 16)
    row.writeUInt32LE(packed.length, 20)
    row.writeUInt32LE(bytes.length, 24)
    row.writeUInt16LE(named.length, 28)
    row.writeUInt32LE(at, 42)
    bodies.push(head, named, packed)
    directory.push(row, named)
    at += head.length + named.length + packed.length
  }
  const rows = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(files).length, 8)
  end.writeUInt16LE(Object.keys(files).length, 10)
  end.writeUInt32LE(rows.length, 12)
  end.writeUInt32LE(at, 16)
  return new Uint8Array(Buffer.concat([...bodies, rows, end]))
}

/** A text as bytes in an encoding of old systems. */
export function encoded(
  text: string,
  as: 'utf-16le' | 'utf-16be' | 'utf-16le-bare' | 'windows-1252',
): Uint8Array<ArrayBuffer> {
  if (as === 'windows-1252') return new Uint8Array(Buffer.from(text, 'latin1'))
  const units = Buffer.from(as === 'utf-16le-bare' ? text : `\ufeff${text}`, 'utf16le')
  return new Uint8Array(as === 'utf-16be' ? units.swap16() : units)
}
