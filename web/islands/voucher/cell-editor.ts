import { TextEditor } from 'handsontable/editors/textEditor'
import { BLANK } from '#worker/sheets/sheet.ts'
import type { Column } from './columns.ts'
import type { GridPort } from './grid-port.ts'
import { withMaking } from './making.ts'
import { Picker } from './picker.ts'
import {
  accountOptions,
  dimensionOptions,
  type Found,
  type Option,
  specificationOptions,
  templateOptions,
  typeOptions,
  vatModeOptions,
  vatOptions,
} from './search.ts'
import { typedText } from './shown.ts'

/** The editor of every cell: plain text, with suggestions where a value is one of a list. Hands what was typed to the port. */
export function cellEditorFor(port: GridPort, columnAt: (col: number) => Column) {
  return class CellEditor extends TextEditor {
    picker: Picker | undefined
    /** What was chosen with the mouse, whatever is marked. */
    picked: Option | undefined

    override prepare(...cell: Parameters<TextEditor['prepare']>): void {
      super.prepare(...cell)
      this.TEXTAREA.setAttribute('aria-label', this.column.title)
    }

    override beginEditing(initial?: unknown, event?: Event): void {
      const text =
        typeof initial === 'string'
          ? initial
          : this.isInFullEditMode()
            ? typedText(this.record, this.column.field, port.locale)
            : initial
      super.beginEditing(text as string, event)
    }

    override open(): void {
      super.open()
      const { column } = this
      this.TEXTAREA.setAttribute('spellcheck', 'false')
      this.TEXTAREA.classList.toggle('hb-num', column.kind === 'amount')
      const unfolds = column.field === 'text' && this.record.account === ''
      if (!unfolds && !['account', 'vatCode', 'dimension', 'type', 'choice'].includes(column.kind)) return
      this.picker = new Picker(
        this.TEXTAREA as HTMLTextAreaElement,
        port.locale,
        (text) => this.found(text),
        (option) => {
          this.picked = option
          if (!option.making) this.setValue(option.value)
          this.finishEditing(false)
        },
      )
      this.TEXTAREA.addEventListener('input', this.look)
      if (this.isInFullEditMode() || column.kind !== 'account') this.picker.update()
      if (column.field === 'matches') void port.items.load(this.record.account, true).then(() => this.picker?.update())
    }

    override close(): void {
      this.TEXTAREA.removeEventListener('input', this.look)
      this.picker?.remove() // before its marks: it leaves one behind
      this.picker = undefined
      for (const name of ['role', 'aria-autocomplete', 'aria-controls', 'aria-expanded', 'aria-activedescendant'])
        this.TEXTAREA.removeAttribute(name)
      this.picked = undefined
      super.close()
    }

    override saveValue(value: unknown[][]): void {
      const typed = String(value[0]?.[0] ?? '')
      const option = this.picked ?? this.picker?.chosen
      if (option?.voucher) {
        port.takeKnown(this.row!, option.voucher, typed)
        return
      }
      const chosen = option?.value
      if (this.column.field === 'matches' && typed === '' && chosen === undefined) return // nothing was looked for: what was chosen stands
      port.edit([{ row: this.row!, field: this.column.field, value: chosen ?? typed }])
      if (option?.making) port.make(this.row!, option.making)
    }

    look = (): void => this.picker?.update()

    get column(): Column {
      return columnAt(this.col!)
    }
    get record() {
      return port.desk().rows[this.row!] ?? BLANK
    }

    found(text: string): Found {
      const { books, locale } = port
      const { header } = port.desk()
      const { field, kind } = this.column
      const day = this.record.date || header.voucherDate
      if (kind === 'account') {
        const found = accountOptions(text, books, locale, day)
        return port.mayMake ? withMaking(found, text, books, locale) : found
      }
      if (kind === 'vatCode') return vatOptions(text, this.record.account, books, locale, day)
      if (kind === 'text') {
        const { options, chosen } = templateOptions(text, port.templates())
        const { picker } = this // a late answer is for this cell, and opens no other's list
        const come = () => picker && picker === this.picker && picker.update()
        return { options: [...options, ...port.known(text, come)], chosen }
      }
      if (field === 'matches') return port.items.options(this.record, text, locale)
      if (field === 'vatMode') return vatModeOptions(text, locale)
      if (field === 'vatSpecification') return specificationOptions(text, this.record.vatCode, books)
      if (kind === 'type') return typeOptions(text, books, locale)
      return dimensionOptions(text, field.slice(11), books, day)
    }
  }
}
