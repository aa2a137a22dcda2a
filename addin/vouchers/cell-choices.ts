import type { Locale } from '#i18n/format.ts'
import { OpenItems } from '#web/islands/voucher/open-items.ts'
import {
  accountOptions,
  dimensionOptions,
  type Found,
  partyOptions,
  specificationOptions,
  typeOptions,
  vatModeOptions,
  vatOptions,
} from '#web/islands/voucher/search.ts'
import { accountAndParty } from '#worker/ledger/entry.ts'
import { matchesIn, type RowMatch, settledBy } from '#worker/sheets/row-matches.ts'
import { BLANK } from '#worker/sheets/sheet.ts'
import { kronerOf } from '../sheet/excel-value.ts'
import type { CellChange } from '../sheet/settle.ts'
import type { SheetVoucher } from '../sheet/sheet-voucher.ts'
import type { DraftLine } from '../sheet/voucher-draft.ts'
import { codeOf } from '../sheet/voucher-rows.ts'
import type { Desk } from './desk.ts'

/** A cell that one chooses for: its row in the table, its column, and the voucher it belongs to where there is one. */
export type ChosenCell = { at: number; column: string; voucher: SheetVoucher | undefined }

/** What a cell of the voucher sheet may hold, found as in the grid: by number and name, and open items by invoice, voucher or text. */
export class CellChoices {
  readonly #desk: Desk
  readonly #items: OpenItems

  /** `changed` hears that open items have come. */
  constructor(desk: Desk, changed: () => void) {
    this.#desk = desk
    const { api, binding } = desk
    const read = async (path: string) => Response.json(await api.get(binding.company, path.slice(1)))
    this.#items = new OpenItems({ base: '', fetch: read as typeof fetch }, changed)
  }

  options({ column, ...cell }: ChosenCell, text: string): Found {
    const { books } = this.#desk
    const locale: Locale = this.#desk.locale()
    const day = String(cell.voucher?.raw.voucherDate ?? this.#desk.today())
    const line = lineOf({ column, ...cell })
    const account = String(line?.fields.account ?? '')
    if (column.startsWith('dimensions/')) return dimensionOptions(text, column.slice(11), books, day)
    switch (column) {
      case 'account':
      case 'contraAccount':
        return accountOptions(text, books, locale, day)
      case 'party': {
        const control = books.accounts.get(accountAndParty(account).account)
        const found = partyOptions(text, books, (p) => !control?.control || p.controlAccount === control.number)
        return { ...found, options: found.options.map((option) => ({ ...option, value: option.code })) }
      }
      case 'vatCode':
        return vatOptions(text, account, books, locale, day)
      case 'type':
        return typeOptions(text, books, locale)
      case 'vatMode':
        return vatModeOptions(text, locale)
      case 'vatSpecification':
        return specificationOptions(text, codeOf(line?.row.texts.vatCode) ?? '', books)
      default: {
        void this.#items.load(account)
        const amount = line?.fields.amount
        const row = { ...BLANK, account, matches: matchesOf(line), amount: typeof amount === 'number' ? amount : '' }
        return this.#items.options(row, text, locale)
      }
    }
  }

  /** The cells that a chosen value is written in: items one settles also say what the row comes to, unless another amount is written. */
  changes({ at, column, voucher }: ChosenCell, value: string): CellChange[] {
    const change = { at, column, value }
    if (column !== 'matches') return [change]
    const line = lineOf({ at, column, voucher })
    const items = matchesIn(value) ?? []
    const before = matchesIn(matchesOf(line)) ?? []
    if (!line || line.row.unread.length > 0 || items.length === 0 || hasOtherAmount(line, before)) return [change]
    const ore = settledBy(items)
    return [change, { at, column: 'amount', value: kronerOf(line.contra ? -ore : ore) }]
  }
}

/** The line of a cell: of a row with a contra account, for open items, the one that keeps parties. */
function lineOf({ at, column, voucher }: ChosenCell): DraftLine | undefined {
  const lines = voucher?.draft.lines.filter(({ row }) => row.at === at) ?? []
  const withParty = lines.find(({ fields }) => String(fields.account).includes(':'))
  return (column === 'matches' ? withParty : undefined) ?? lines[0]
}
/** Whether an amount is written that is not what the chosen items come to. */
function hasOtherAmount({ row: { amounts }, fields }: DraftLine, items: readonly RowMatch[]): boolean {
  if (amounts.debit !== undefined || amounts.credit !== undefined) return true
  return fields.amount !== undefined && (items.length === 0 || fields.amount !== settledBy(items))
}
const matchesOf = (line: DraftLine | undefined): string => line?.row.texts.matches ?? ''
