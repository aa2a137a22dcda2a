import { XmlDocument } from 'libxml2-wasm'
import { unzipped } from './archive.ts'

export type Cell = { value: string | number; formula: string | undefined }
export type Sheet = { name: string; rows: Map<string, Cell>[] }

/** A workbook read as a program would: every part well-formed, relations followed, cells with their formulas. */
export function workbookOf(bytes: Buffer): { sheets: Sheet[]; parts: Map<string, string> } {
  const parts = unzipped(bytes)
  for (const text of parts.values()) XmlDocument.fromString(text).dispose()
  const workbook = parts.get('xl/workbook.xml')!
  const relations = new Map(
    [...parts.get('xl/_rels/workbook.xml.rels')!.matchAll(/Id="(\w+)"[^>]*Target="([^"]+)"/g)].map((m) => [
      m[1]!,
      m[2]!,
    ]),
  )
  const sheets = [...workbook.matchAll(/<sheet name="([^"]*)" sheetId="\d+" r:id="(\w+)"/g)].map(([, name, id]) => ({
    name: name!,
    rows: rowsOf(parts.get(`xl/${relations.get(id!)}`)!),
  }))
  return { sheets, parts }
}

const rowsOf = (xml: string): Sheet['rows'] =>
  [...xml.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(
    ([, cells]) =>
      new Map(
        [...cells!.matchAll(/<c r="([A-Z]+)\d+"[^>]*?(?:\/>|>(.*?)<\/c>)/gs)].map(([, column, content = '']) => {
          const formula = /<f>(.*?)<\/f>/.exec(content)?.[1]
          const number = /<v>(.*?)<\/v>/.exec(content)?.[1]
          const text = /<t[^>]*>(.*?)<\/t>/s.exec(content)?.[1]
          return [column!, { value: number === undefined ? plain(text ?? '') : Number(number), formula }]
        }),
      ),
  )

const plain = (xml: string): string =>
  xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

export const cellsOf = (rows: Sheet['rows']): Cell['value'][][] =>
  rows.map((row) => [...row.values()].map(({ value }) => value))

/** What a formula of ours comes to, in øre: SUBTOTAL(9, …) skips other subtotals; else rows added and taken away. */
export function evaluated(sheet: Sheet, formula: string): number {
  const ore = (cell: Cell | undefined) => Math.round(Number(cell?.value ?? 0) * 100)
  const range = /^SUBTOTAL\(9,([A-Z]+)(\d+):\1(\d+)\)$/.exec(formula)
  const at = (column: string, row: number) => sheet.rows[rowAt(sheet, row)]?.get(column)
  if (range) {
    const [, column, from, to] = range
    let sum = 0
    for (let row = Number(from); row <= Number(to); row++) {
      const cell = at(column!, row)
      if (!cell?.formula?.startsWith('SUBTOTAL')) sum += ore(cell)
    }
    return sum
  }
  return [...formula.matchAll(/([+-]?)([A-Z]+)(\d+)/g)].reduce(
    (sum, [, sign, column, row]) => sum + (sign === '-' ? -1 : 1) * ore(at(column!, Number(row))),
    0,
  )
}
/** The row that is empty above the head is not in the file. */
const rowAt = (sheet: Sheet, row: number): number => {
  const head = sheet.rows.findIndex((cells) => cells.size > 1)
  return row - (sheet.rows.length > head ? 2 : 1)
}
