import type { Locale } from '#i18n/format.ts'
import { hearSheet } from '../live/page-news.ts'
import { type KeyMap, keyMapFrom } from '../voucher/keys.ts'
import type { fetchChosen } from '../voucher/layouts.ts'
import type { Line } from '../voucher/send.ts'
import type { KeptHere } from './kept-here.ts'
import { SheetLink } from './sheet-link.ts'
import type { ReadableRow, TypedRow } from './typed-rows.ts'
import { bookWhenSaved, untilCalm } from './waiting.ts'

/** What stands in the sheet, and what reads it. */
type Desk = {
  readonly typed: readonly TypedRow[]
  readonly content: unknown
  readable(typed: (amount: number) => string): readonly ReadableRow[]
  take(rows: readonly TypedRow[]): void
}
type Page = { readonly isEditing: boolean; start(): void; changed(): void; taken(): void; showState(): void }
export type SheetOptions<Answer extends { version: number }> = {
  licenceKey: string
  writable: boolean
  link: SheetLink<Answer>
  keys: KeyMap
}

type Started<Answer extends { version: number }, D extends Desk> = {
  line: Line
  path: string
  /** The page's own data: licence and whether one may write. */
  data: Readonly<Record<string, string>>
  here: KeptHere
  shortcuts: Awaited<ReturnType<typeof fetchChosen>>
  /** As the server has it. */
  kept: Answer
  rowsOf: (answer: Answer) => TypedRow[]
  typed: (amount: number) => string
  desk: (changed: () => void) => D
  page: (desk: D, locale: Locale, options: SheetOptions<Answer>) => Page
  /** Which sheet others' saves are told of. */
  hears: Parameters<typeof hearSheet>[0]
  of: string
}

/** Ties a sheet's desk, its page and its link to the server together, and takes up what was typed here before. */
export function startSheet<Answer extends { version: number }, D extends Desk>(s: Started<Answer, D>): void {
  const { line, path, data, kept, typed } = s
  const writable = data.writable === 'yes'
  let page: Page | undefined
  let changed = () => page?.changed()
  const desk = s.desk(() => changed())
  const link = new SheetLink<Answer>(
    {
      line,
      path,
      kept: s.here,
      writable,
      typed: () => desk.typed,
      readable: () => desk.readable(typed),
      content: () => desk.content,
      rowsOf: s.rowsOf,
      take(rows) {
        changed = () => page?.taken()
        desk.take(rows)
        changed = () => page?.changed()
      },
      calm: () => untilCalm(() => page?.isEditing ?? false),
      changed: () => page?.showState(),
    },
    kept,
  )
  const keys = keyMapFrom(s.shortcuts)
  page = s.page(desk, data.locale as Locale, { licenceKey: data.licenceKey!, writable, link, keys })
  link.restore()
  page.start()
  hearSheet(s.hears, s.of, (version, name) => void link.refresh(version, name))
  bookWhenSaved(link)
}
