import type { HelpedGrid } from '#i18n/column-help.ts'
import { columnHelp } from '#i18n/column-help.ts'
import type { Locale } from '#i18n/format.ts'
import { byId } from '../voucher/element.ts'
import { COMMANDS, type Command, capOf, commandOf, type KeyMap } from '../voucher/keys.ts'
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
  showCaps(map)
  const meaning = (event: KeyboardEvent): (() => void) | undefined => {
    const mine = own?.(event)
    if (mine) return mine
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 's')
      return () => {
        view.commit()
        save()
      }
    const command = commandOf(event, { inGrid: true, isWriting: view.isEditing, mayBeText: true }, map)
    return command && does[command]
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

/** The frame's line of keys says the keys that the person has. */
function showCaps(map: KeyMap): void {
  for (const [name, { keys }] of Object.entries(COMMANDS) as [Command, { keys: readonly string[] }][]) {
    const [standard, chosen] = [capOf(keys[0]!), map[name][0]]
    if (!chosen || chosen === keys[0]) continue
    for (const cap of document.querySelectorAll('.hb-keys kbd'))
      if (cap.textContent === standard) cap.textContent = capOf(chosen)
  }
}

/** Says under the grid what the column one is in is for, after what is said of the cell. */
export function explainColumn(view: SheetView, grid: HelpedGrid, locale: Locale, says: string | undefined): void {
  const field = view.current()?.field
  const column = view.columns.find((c) => c.field === field)
  if (!column) return
  byId('cell-says').textContent = [says, `${column.title}: ${columnHelp(locale, grid, column.field)}`]
    .filter(Boolean)
    .join(' ')
}
