import { fill, type Locale } from '#i18n/format.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import {
  type RegisterChange,
  type RegisterReading,
  type RegisterRow,
  registerAddress,
} from '../excel/register-table.ts'
import { textOf } from '../sheet/read-cell.ts'
import type { Marked } from './judge-budget.ts'

type Keyed = { at: number; row: { rowKey: string } }
type Rows<Row extends Keyed = Keyed> = { reading: RegisterReading; rows: readonly Row[] }

/** The stamp of a row that tells the version of its sheet, and was never kept itself. */
export const neverKept = (stamp: string): string => `${stamp}~`
const wasKept = (stamp: string): boolean => /\d$/.test(stamp)
/** The stamp of a copy that got a key of its own and is not kept yet: it is told of as a copy until it is. */
const copied = (stamp: string): string => stamp.replace(/~*$/, '~~')
const wasCopied = ({ opening }: RegisterRow['cells']): boolean => textOf(opening).endsWith('~~')

/** What a row is to be stamped with that is not kept: a copy stays one. */
export const unkeptStamp = ({ cells }: RegisterRow, stamp: string): string => (wasCopied(cells) ? copied(stamp) : stamp)

/** The keys that typed and copied rows lack. What was copied with a row is no sign that it was kept. */
export const newKeys = ({ reading, rows }: Rows): RegisterChange[] =>
  rows.flatMap(({ at, row }): RegisterChange[] => {
    const { rowKey, opening } = reading.rows[at]!.cells
    if (textOf(rowKey) === row.rowKey) return []
    const stamp = textOf(opening)
    const value = textOf(rowKey) !== '' ? copied(stamp) : wasKept(stamp) ? neverKept(stamp) : stamp
    const told = value === stamp ? [] : [{ at, column: 'opening', value }]
    return [{ at, column: 'rowKey', value: row.rowKey }, ...told]
  })

/** Such rows as were copied, hidden key and all, as the pane tells of them, also after a save that was refused gave each its own. */
export const copiesIn = <Row extends Keyed>(
  { reading, rows }: Rows<Row>,
  nameOf: (row: Row) => string,
  locale: Locale,
): Marked[] =>
  rows
    .filter(({ at, row }) => {
      const { cells } = reading.rows[at]!
      return wasCopied(cells) || !['', row.rowKey].includes(textOf(cells.rowKey))
    })
    .map((one) => marked(reading, one.at, takeoverTexts[locale].sheet.copyHere, nameOf(one), locale))

/** The filled rows of a sheet that were kept, and are no longer: a colleague removed them. */
export function onlyHere<Row extends Keyed>({ reading, rows }: Rows<Row>, kept: readonly { rowKey: string }[]): Row[] {
  const keys = new Set(kept.map(({ rowKey }) => rowKey))
  return rows.filter(({ at, row }) => {
    const { rowKey, opening } = reading.rows[at]!.cells
    return textOf(rowKey) === row.rowKey && wasKept(textOf(opening)) && !keys.has(row.rowKey)
  })
}

/** Such a row as the pane tells of it. */
export const leftHere = (reading: RegisterReading, at: number, name: string, locale: Locale): Marked =>
  marked(reading, at, takeoverTexts[locale].sheet.onlyHere, name, locale)
const marked = (reading: RegisterReading, at: number, text: string, name: string, locale: Locale): Marked => ({
  address: registerAddress(reading, at, 'account') ?? '',
  text: fill(text, { name }, locale),
})
