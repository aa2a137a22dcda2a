import { kroner, type Locale, voucherName } from '#i18n/format.ts'
import { fieldsOf, filledIn } from '#worker/drafts/line-cells.ts'
import type { Books } from '#worker/ledger/books.ts'
import { type Copied, copyOf } from '#worker/ledger/copy-draft.ts'
import type { VoucherDraft } from '#worker/ledger/voucher-draft.ts'
import { BLANK, type Desk, isBlank, type Row } from '#worker/sheets/sheet.ts'
import { dayShown } from './day-shown.ts'
import { edited } from './edit.ts'
import type { Entry } from './entry.ts'
import type { Option } from './search.ts'
import type { Line } from './send.ts'
import { partyIn } from './usual-values.ts'

type Listed = {
  id: string
  series: string
  fiscalYear: number
  number: number
  voucherDate: string
  text: string
  amount: number
  status: 'posted' | 'reversed'
  reversalOf: string | null
}

/** Letters that are typed before earlier vouchers are looked for, and how many are offered. */
const [LEAST, MOST] = [3, 6]
/** How long one pauses before they are looked for, in milliseconds. */
const PAUSE_MS = 120

/** Vouchers of texts one has used before: their lines are proposed while the text is typed (LED-07). */
export class KnownTexts {
  readonly #line: Line
  readonly #found = new Map<string, readonly (Listed & { ofParty: boolean })[]>()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(line: Line) {
    this.#line = line
  }

  /**
   * The newest voucher of each text that has what is typed: those of the party on the desk first, then those of its type. What
   * is not at hand is asked for, and `come` hears of it.
   */
  options(typed: string, entry: Pick<Entry, 'desk' | 'court'>, come: () => void): readonly Option[] {
    clearTimeout(this.#timer)
    const text = typed.trim().toLowerCase()
    if (text.length < LEAST) return []
    const { desk, court } = entry
    const party = firstParty(desk, court.books)
    const found = this.#found.get(`${text} ${party}`)
    if (!found) {
      this.#timer = setTimeout(() => void this.#load(text, party).then((found) => found && come()), PAUSE_MS)
      return []
    }
    const rank = ({ ofParty, series }: Pick<(typeof found)[number], 'ofParty' | 'series'>) =>
      ofParty ? 0 : series === desk.header.type ? 1 : 2
    const newest = new Map<string, (typeof found)[number]>()
    for (const voucher of found) {
      const key = voucher.text.toLowerCase()
      if (key.includes(text) && !newest.has(key)) newest.set(key, voucher)
    }
    return [...newest.values()]
      .sort((a, b) => rank(a) - rank(b))
      .slice(0, MOST)
      .map((voucher) => optionOf(voucher, court.locale))
  }

  /** What was found is no longer all there is. */
  forget(): void {
    this.#found.clear()
  }

  /**
   * Puts the lines of an earlier voucher on the desk: at a line without an account, or as the whole of an empty one. What was
   * typed in the line stands at once; the lines come to it wherever it stands when they are here, once nobody is writing.
   */
  async take(entry: Entry, at: number | undefined, id: string, typed = ''): Promise<void> {
    let key: string | undefined
    if (at !== undefined) {
      const setting = { ...entry.setting, columns: [], templates: [] } // what follows is the earlier voucher's, and no key's or layout's
      entry.change(edited(entry.desk, [{ row: at, field: 'text', value: typed }], setting))
      key = entry.desk.rows[at]?.key || undefined
      if (key === undefined) return
    }
    const draft = await this.#draftOf(id, entry.today)
    if (!draft) return
    await entry.calm()
    const row = key === undefined ? undefined : entry.desk.rows.findIndex((other) => other.key === key)
    if (row !== -1) entry.change(withKnown(entry.desk, row, draft))
  }

  /** The voucher as a draft again: what was typed, less what was its own alone. Undefined when there is no answer. */
  async #draftOf(id: string, voucherDate: VoucherDraft['voucherDate']): Promise<VoucherDraft | undefined> {
    const answer = await this.#read<Copied & { draft: unknown }>(`/vouchers/${id}`)
    return (
      answer && copyOf({ ...answer, content: answer.draft ? JSON.stringify(answer.draft) : null }, 'vch_', voucherDate)
    )
  }

  /** Whether there was an answer; without one it is asked for again. */
  async #load(text: string, party: string): Promise<boolean> {
    const search = async (words: string, ofParty: boolean) => {
      const query = new URLSearchParams({ search: words, limit: '20' })
      const answer = await this.#read<{ vouchers: Listed[] }>(`/vouchers?${query}`)
      return answer?.vouchers
        .filter(({ status, reversalOf }) => status === 'posted' && reversalOf === null)
        .map((voucher) => ({ ...voucher, ofParty }))
    }
    const [own, all] = await Promise.all([party ? search(`${text} ${party}`, true) : [], search(text, false)])
    if (!own || !all) return false
    this.#found.set(`${text} ${party}`, [...own, ...all])
    return true
  }

  /** Without an answer nothing is proposed, and one goes on. */
  async #read<T>(path: string): Promise<T | undefined> {
    try {
      const answer = await this.#line.fetch(this.#line.base + path, { headers: { accept: 'application/json' } })
      return answer.ok ? ((await answer.json()) as T) : undefined
    } catch {
      return undefined
    }
  }
}

/** The name of the first party on the desk; '' where there is none. */
function firstParty({ rows }: Desk, books: Books): string {
  for (const { account } of rows) {
    const party = account === '' ? undefined : partyIn(account, books)
    if (party) return party.name
  }
  return ''
}

const optionOf = (voucher: Listed, locale: Locale): Option => ({
  value: voucher.text,
  voucher: voucher.id,
  code: voucher.text,
  name: `${voucherName(voucher)} \u00b7 ${dayShown(voucher.voucherDate)}`,
  note: kroner(voucher.amount, locale),
})

/**
 * The desk with the lines of an earlier voucher at a line without an account, or as the whole of an empty one. What stands in
 * the line stays; what was that day's alone (rates, and VAT that was typed) is left out.
 */
export function withKnown(desk: Desk, at: number | undefined, draft: VoucherDraft): Desk {
  if (at === undefined && !desk.rows.every(isBlank)) return desk
  const base = desk.rows[at ?? 0] ?? BLANK
  if (base.account !== '' || base.posted) return desk
  const { voucher, id, type, date } = base
  const lines = draft.lines.map((line, i): Row => {
    const { rate, ...fields } = fieldsOf(line)
    const text = fields.text === draft.text && at === undefined ? '' : fields.text
    const known = { ...BLANK, ...fields, vatAmount: '', vatAmountReason: '', ...(rate && { amount: '' }) }
    if (i > 0) return { ...known, text, voucher, id, type, date }
    return {
      ...known,
      ...filledIn(base),
      text,
      dimensions: { ...known.dimensions, ...(filledIn(base.dimensions) as typeof base.dimensions) },
    }
  })
  const header = at === undefined ? { ...desk.header, text: draft.text ?? '' } : desk.header
  const from = at ?? 0
  const below = desk.rows.slice(from + 1)
  return { ...desk, header, rows: [...desk.rows.slice(0, from), ...lines, ...(below.every(isBlank) ? [] : below)] }
}
