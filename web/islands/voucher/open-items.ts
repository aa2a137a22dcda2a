import { kroner, type Locale, voucherName } from '#i18n/format.ts'
import { ore } from '#worker/core/money.ts'
import { accountAndParty } from '#worker/ledger/entry.ts'
import type { OpenItem } from '#worker/ledger/open-item.ts'
import { matchesIn, type RowMatch, withItem } from '#worker/sheets/row-matches.ts'
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
  /** Those that a row names and that are not open: what is put right has settled them. */
  readonly #named = new Map<string, ListedItem | undefined>()
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

  /** Reads one that is settled, once. What the row settles of it is what it may be settled with. */
  async #loadNamed({ openItem: id, amount }: RowMatch): Promise<void> {
    if (this.#named.has(id)) return
    this.#named.set(id, undefined)
    const response = await this.#line
      .fetch(`${this.#line.base}/open-items/${id}`, { headers: { accept: 'application/json' } })
      .catch(() => undefined)
    if (!response?.ok) return
    const item = (await response.json()) as ListedItem
    this.#named.set(id, { ...item, rest: ore(item.rest + amount) })
    this.#changed()
  }

  /** What is open on a row's account, and what it settles beside. */
  #of(account: string): readonly ListedItem[] {
    const open = this.#byAccount.get(account) ?? []
    const named = [...this.#named.values()].filter((item) => item !== undefined)
    const theirs = named.filter((item) => `${item.account}:${item.party}` === account)
    return theirs.length > 0 ? [...theirs.filter(({ id }) => !open.some((one) => one.id === id)), ...open] : open
  }

  /** The items a row may settle, those it settles marked; found by invoice, voucher or text. */
  options(row: Row, text: string, locale: Locale): Found {
    const chosen = new Set(matchesIn(row.matches)?.map(({ openItem }) => openItem))
    const wanted = text.trim().toLowerCase()
    const found = this.#of(row.account).filter((item) =>
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
    const isRead = this.#byAccount.has(row.account)
    if (!isRead) void this.load(row.account)
    const items = this.#of(row.account)
    return matches
      .map((match) => {
        const item = items.find(({ id }) => id === match.openItem)
        if (!item && isRead) void this.#loadNamed(match)
        return item ? nameOf(item) : '\u2026'
      })
      .join(', ')
  }
}

const nameOf = (item: ListedItem): string => item.invoiceNumber ?? voucherName(item.voucher)
