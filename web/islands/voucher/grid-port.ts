import type { EntryKey } from '#i18n/entry-text.ts'
import type { Locale } from '#i18n/format.ts'
import type { Books } from '#worker/ledger/books.ts'
import type { Desk, Edit } from '#worker/sheets/sheet.ts'
import type { Template } from '#worker/templates/template.ts'
import type { Layout } from './columns.ts'
import type { Placed, Verdict } from './judge.ts'
import type { OpenItems } from './open-items.ts'
import type { Making, Option } from './search.ts'

/** What the grid shows and asks of the one that holds the draft. The grid itself keeps nothing. */
export type GridPort = {
  readonly books: Books
  readonly locale: Locale
  readonly licenceKey: string
  /** What a key in the text cell may unfold into. */
  templates(): readonly Template[]
  /** Earlier vouchers whose text has what is typed; `come` hears when they are found. */
  known(text: string, come: () => void): readonly Option[]
  /** Puts the lines of an earlier voucher where a line is, and first what was typed there. */
  takeKnown(row: number, voucher: string, typed: string): void
  /** Open items that a line may settle. */
  readonly items: OpenItems
  desk(): Desk
  /** Being posted: nothing may change meanwhile. */
  isBusy(): boolean
  verdict(): Verdict
  /** A column was dragged: its place before and after. */
  moveColumn(from: number, to: number): void
  widenColumn(field: string, width: number): void
  /** The columns in a grid with so many pixels for them. */
  layout(room: number): Layout
  /** How loudly a cell says what is wrong with it; undefined: not at all yet. */
  level(placed: Placed): 'error' | 'warning' | undefined
  /** Who has just written in a cell, when it was somebody else. */
  freshBy(row: number, field: string): string | undefined
  /** Word and state in the status column. */
  status(row: number): string
  lock(row: number, col: number): EntryKey | undefined
  edit(edits: readonly Edit[]): void
  /** Whether one may make parties and accounts here. */
  readonly mayMake: boolean
  /** Makes what the account field of a row lacks; what was typed stands there meanwhile. */
  make(row: number, making: Making): void
  /** Another cell is the current one. */
  moved(row: number, field: string): void
  /** The focus goes on past the first or last cell. */
  leave(way: 'back' | 'on'): void
}
