import type { Edit } from '#worker/sheets/sheet.ts'
import type { GridView, Range } from './grid-view.ts'

/** What copying and pasting need of a grid. */
type Grid = Pick<GridView, 'hasFocus' | 'isEditing' | 'selected' | 'columns'>

type Port = {
  /** What a range of cells gives to the clipboard. */
  textOf(range: Range): string
  copied(text: string): void
  edit(edits: readonly Edit[]): void
  paste(text: string, at: { row: number; field: string }): void
}

/**
 * Copy, cut and paste in the grid. Our own and not Handsontable's: that reads the clipboard's HTML cell by cell, and writes
 * decimals with a point, which Norwegian Excel takes for a text or a date.
 */
export function connectClipboard(grid: Grid, port: Port): void {
  const isOurs = (): boolean => grid.hasFocus && !grid.isEditing
  const take = (event: ClipboardEvent): Range | undefined => {
    const range = isOurs() ? grid.selected() : undefined
    if (!range) return undefined
    event.preventDefault()
    const text = port.textOf(range)
    event.clipboardData?.setData('text/plain', text)
    port.copied(text)
    return range
  }
  document.addEventListener('copy', take)
  document.addEventListener('cut', (event) => {
    const range = take(event)
    if (!range) return
    const edits: Edit[] = []
    for (let row = range.top; row <= range.bottom; row++)
      for (const { field } of grid.columns.slice(range.left, range.right + 1)) edits.push({ row, field, value: '' })
    port.edit(edits)
  })
  document.addEventListener('paste', (event) => {
    const range = isOurs() ? grid.selected() : undefined
    if (!range) return
    event.preventDefault()
    const text = event.clipboardData?.getData('text/plain') ?? ''
    const field = grid.columns[range.left]?.field
    if (text !== '' && field) port.paste(filling(text, range), { row: range.top, field })
  })
}

/** One cell, or one column of them, over a selection that is a multiple of it fills the selection, as in Excel. */
function filling(text: string, { top, bottom, left, right }: Range): string {
  const [height, width] = [bottom - top + 1, right - left + 1]
  const rows = text.replace(/\r?\n$/, '').split(/\r?\n/)
  if (/[\t"]/.test(text) || height % rows.length !== 0 || (width > 1 && rows.length > 1)) return text
  const wide = rows.map((cell) => Array(width).fill(cell).join('\t'))
  return Array(height / rows.length)
    .fill(wide.join('\n'))
    .join('\n')
}
