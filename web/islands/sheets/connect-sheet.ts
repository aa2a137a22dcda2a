import type { Locale } from '#i18n/format.ts'
import { connectClipboard } from '../voucher/clipboard.ts'
import type { Range } from '../voucher/grid-view.ts'
import type { SheetView } from '../voucher/sheet-view.ts'
import { connectKeys, explainColumn } from './sheet-keys.ts'
import type { SheetOptions } from './start-sheet.ts'

type Connected = {
  view: SheetView
  options: Pick<SheetOptions<{ version: number }>, 'keys'> & {
    link: { readonly isUnsaved: boolean; save(): Promise<unknown> }
  }
  locale: Locale
  /** Whose columns `explain` tells of. */
  columns: Parameters<typeof explainColumn>[1]
  says: (row: number, field: string) => { text: string } | undefined
  textOf: (range: Range) => string
  edit: (edits: { row: number; field: string; value: string }[]) => void
  paste: (text: string, at: { row: number; field: string }) => void
  next: () => void
  undo: () => void
  redo: () => void
}

/** Clipboard, keys and the warning before one leaves with something unsaved, as every sheet that is saved while one types has them. */
export function connectSheet({
  view,
  options,
  locale,
  columns,
  says,
  textOf,
  edit,
  paste,
  next,
  undo,
  redo,
}: Connected) {
  connectClipboard(view, {
    textOf,
    copied: () => {},
    edit: (edits) => edit(edits.map((e) => ({ ...e, value: String(e.value) }))),
    paste,
  })
  connectKeys({
    view,
    map: options.keys,
    save: () => void options.link.save(),
    does: {
      nextIssue: next,
      undo,
      redo,
      explain: () => {
        const at = view.current()
        explainColumn(view, columns, locale, at && says(at.row, at.field)?.text)
      },
    },
  })
  window.addEventListener('beforeunload', (event) => {
    if (options.link.isUnsaved) event.preventDefault()
  })
}
