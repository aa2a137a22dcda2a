import type { HelpedGrid } from '#i18n/column-help.ts'
import { columnHelp } from '#i18n/column-help.ts'
import type { Locale } from '#i18n/format.ts'
import { byId } from '../voucher/element.ts'
import { FindView } from '../voucher/find-view.ts'
import { useCaps } from '../voucher/key-caps.ts'
import { type Command, commandOf, type KeyMap } from '../voucher/keys.ts'
import type { SheetView } from '../voucher/sheet-view.ts'

type Keys = {
  view: SheetView
  /** The keys as the person has them, the same as where vouchers are entered. */
  map: KeyMap
  save(): void
  does: Partial<Record<Command, () => void>>
  /** Keys of this sheet alone, asked first. */
  own?(event: KeyboardEvent): (() => void) | undefined
}

/** What a key does while one is in a sheet that is filled in. What none of it means is the frame's, or the cell's. */
export function connectKeys({ view, map, save, does, own }: Keys): void {
  useCaps(map)
  const find = findIn(view)
  const doing: typeof does = { find: () => find.open(), findNext: () => void find.go(1), ...does }
  const meaning = (event: KeyboardEvent): (() => void) | undefined => {
    const mine = own?.(event)
    if (mine) return mine
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 's')
      return () => {
        view.commit()
        save()
      }
    const command = commandOf(event, { inGrid: true, isWriting: view.isEditing, mayBeText: true }, map)
    return command && doing[command]
  }
  document.addEventListener(
    'keydown',
    (event) => {
      const does = view.hasFocus ? meaning(event) : undefined
      if (!does) return
      event.preventDefault()
      event.stopPropagation()
      does()
    },
    { capture: true },
  )
}

/** Finding what stands in the cells, in those that are not drawn too. */
const findIn = (view: SheetView): FindView =>
  new FindView({
    locale: view.locale,
    size: () => view.size,
    text: (row, col) => view.textAt(row, col),
    at: () => view.place,
    goTo: ({ row, col }) => view.select(row, view.columns[col]!.field),
    close: () => view.focus(),
  })

/** Says under the grid what the column one is in is for, after what is said of the cell. */
export function explainColumn(view: SheetView, grid: HelpedGrid, locale: Locale, says: string | undefined): void {
  const field = view.current()?.field
  const column = view.columns.find((c) => c.field === field)
  if (!column) return
  byId('cell-says').textContent = [says, `${column.title}: ${columnHelp(locale, grid, column.field)}`]
    .filter(Boolean)
    .join(' ')
}
