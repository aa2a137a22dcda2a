import { entryText } from '#i18n/entry-text.ts'
import type { LayoutDefinition } from '#worker/screens/screen-layout.ts'
import { columnsFor, type Wanted } from './columns.ts'
import { openColumns } from './columns-view.ts'
import type { Entry } from './entry.ts'
import type { GridView } from './grid-view.ts'
import { useCaps } from './key-caps.ts'
import { type KeyMap, keyMapFrom, showKeyMap } from './keys.ts'
import { openKeys } from './keys-view.ts'
import { Layouts, withColumn, withMoved } from './layouts.ts'
import { sendJson } from './send.ts'

/** What the user has chosen: keys, and how the columns stand. */
export type Chosen = {
  user: string
  shortcuts: Readonly<Record<string, string>>
  layouts: ConstructorParameters<typeof Layouts>[1]
}
type Port = { grid(): GridView; wanted(): Wanted; changed(): void; say(text: string): void }

/** The user's own keys and columns: read with the page, saved as they are changed. */
export class Choices {
  readonly #entry: Entry
  readonly #port: Port
  readonly #layouts: Layouts
  #shortcuts: Readonly<Record<string, string>> = {}
  keys: KeyMap = keyMapFrom({})

  constructor(entry: Entry, { user, shortcuts, layouts }: Chosen, port: Port) {
    this.#entry = entry
    this.#port = port
    const ownName = entryText(entry.court.locale, 'layoutOwn')
    const changed = () => {
      this.useColumns()
      port.changed()
    }
    this.#layouts = new Layouts({ line: entry.line, user, ownName, changed, failed: port.say }, layouts)
    this.useType()
    this.useColumns()
    this.#useKeys(shortcuts)
  }

  get definition(): LayoutDefinition | undefined {
    return this.#layouts.definition
  }
  /** The columns are those of the voucher type that stands on the desk. */
  useType(): void {
    if (this.#layouts.useType(this.#entry.desk.header.type)) this.useColumns()
  }
  move(from: number, to: number): void {
    this.#layouts.change(withMoved(this.definition, this.#port.grid().columns, from, to))
  }
  widen(field: string, width: number): void {
    this.#layouts.change(withColumn(this.definition, this.#port.grid().columns, field, { width }))
  }

  showColumn(field: string): void {
    const { columns } = this.#port.grid()
    if (columns.some((column) => column.field === field)) return
    this.#layouts.change(withColumn(this.definition, columns, field, { hidden: false }))
  }

  openColumns(): void {
    const port = this.#port
    const { court } = this.#entry
    openColumns({
      locale: court.locale,
      layouts: this.#layouts,
      offered: () => columnsFor(this.#entry.desk, court.books, court.locale, port.wanted()),
      shown: () => port.grid().columns,
      frozen: () => port.grid().frozen,
      close: () => port.grid().focus(),
    })
  }

  /** What new lines take; where one enters in currency they repeat it. */
  useColumns(): void {
    const own = this.definition?.columns ?? []
    const repeated = this.#port.wanted().currency ? ['currency', 'rate'] : []
    this.#entry.columns = [...own, ...repeated.map((field) => ({ field, repeats: true }))]
  }

  #useKeys(chosen: Readonly<Record<string, string>>): void {
    this.#shortcuts = chosen
    this.keys = keyMapFrom(chosen)
    useCaps(this.keys)
    const { locale } = this.#entry.court
    showKeyMap(locale, this.keys, () => {
      document.querySelector<HTMLDialogElement>('#key-map')?.close()
      openKeys({ locale, chosen: () => this.#shortcuts, choose: (next) => this.#chooseKeys(next) })
    })
  }
  #chooseKeys(next: Record<string, string>): void {
    this.#useKeys(next)
    void sendJson(this.#entry.line, '/api/v1/me/settings/shortcuts', { value: next }, { method: 'PUT' })
  }
}
