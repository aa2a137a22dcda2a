import { kroner, type Locale, voucherName } from '#i18n/format.ts'
import { accountAndParty } from '#worker/ledger/entry.ts'
import type { OpenItem } from '#worker/ledger/open-item.ts'
import { matchesIn, withItem } from '#worker/sheets/row-matches.ts'
import type { Row } from '#worker/sheets/sheet.ts'
import { dayShown } from './day-shown.ts'
import type { Found, Option } from './search.ts'
import type { Line } from './send.ts'

type ListedItem = OpenItem & { text: string; voucher: { series: string; fiscalYear: number; number: number } }

/** So many are offered at a time; the others are found by typing. */
const MOST = 40

/** Open items of the parties one writes about, read when they are asked for. */
export class OpenItems {
  readonly #line: Pick<Line, 'base' | 'fetch'>
  readonly #changed: () => void
  readonly #byAccount = new Map<string, readonly ListedItem[]>()
  readonly #asked = new Set<string>()

  /** `changed` hears that items of a party have come. */
  constructor(line: Pick<Line, 'base' | 'fetch'>, changed: () => void) {
    this.#line = line
    this.#changed = changed
  }

  /** Reads the items of an account field like `1500:10001`, once; anew when it is asked to. */
  async load(field: string, anew = false): Promise<void> {
    const { account, party } = accountAndParty(field)
    if (!party || (this.#asked.has(field) && !anew)) return
    this.#asked.add(field)
    const query = new URLSearchParams({ account, party, limit: '5000' })
    try {
      const response = await this.#line.fetch(`${this.#line.base}/open-items?${query}`, {
        headers: { accept: 'application/json' },
      })
      if (!response.ok) return
      this.#byAccount.set(field, ((await response.json()) as { items: ListedItem[] }).items)
      this.#changed()
    } catch {
      this.#asked.delete(field)
    }
  }

  /** The items a row may settle, those it settles marked; found by invoice, voucher or text. */
  options(row: Row, text: string, locale: Locale): Found {
    const chosen = new Set(matchesIn(row.matches)?.map(({ openItem }) => openItem))
    const wanted = text.trim().toLowerCase()
    const found = (this.#byAccount.get(row.account) ?? []).filter((item) =>
      `${item.invoiceNumber ?? ''} ${voucherName(item.voucher)} ${item.text}`.toLowerCase().includes(wanted),
    )
    const options = found.slice(0, MOST).map(
      (item): Option => ({
        value: withItem(row.matches, item, row.amount),
        code: `${chosen.has(item.id) ? '\u2713 ' : ''}${nameOf(item)}`,
        name: `${dayShown(item.dueDate ?? item.voucherDate)} ${item.text}`.trim(),
        note: kroner(item.rest, locale),
      }),
    )
    return { options, chosen: wanted !== '' && options.length > 0 ? 0 : -1 }
  }

  /** What a row settles, as people name it; items not read yet are asked for. */
  shown(row: Row): string {
    const matches = matchesIn(row.matches)
    if (!matches) return row.matches
    const items = this.#byAccount.get(row.account)
    if (!items) void this.load(row.account)
    return matches
      .map(({ openItem }) => {
        const item = items?.find(({ id }) => id === openItem)
        return item ? nameOf(item) : '\u2026'
      })
      .join(', ')
  }
}

const nameOf = (item: ListedItem): string => item.invoiceNumber ?? voucherName(item.voucher)
