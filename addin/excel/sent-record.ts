/// <reference types="office-js" />
import type { VoucherId } from '#worker/core/ids.ts'
import { type Memory, type Sent, withSent } from '../sheet/sent-voucher.ts'
import { contentOf, partOf, xmlOf } from './workbook-part.ts'

const SENT = 'https://hovedbok.example/excel/sent/1'

/**
 * What the workbook remembers having sent. Each window writes a part of its own and reads those of all, so that two people
 * never write over each other.
 */
export class SentRecord {
  memory: Memory = new Map()
  #own = new Map<string, Sent>()
  #part: string | undefined
  #others: ReadonlySet<string> = new Set()
  #owes = false

  /** Reads what all windows have written. */
  async read(context: Excel.RequestContext): Promise<Memory> {
    const parts = await xmlOf(context, SENT)
    if (this.#part && !parts.some((part) => part.id === this.#part)) this.#part = undefined
    const others = new Set<string>()
    for (const { id: part, text } of parts) {
      const entries = entriesOf(contentOf(text))
      this.memory = withSent(this.memory, entries)
      if (part !== this.#part) for (const { id } of entries) others.add(id)
    }
    this.#others = others
    return this.memory
  }

  /** Whether another window, too, has written down that it sends this voucher; as of the last reading. */
  isOthers = (id: unknown): boolean => this.#others.has(String(id))

  /** Whether the workbook still remembers what was withdrawn: a copy of the file would know another voucher by it. */
  get owes(): boolean {
    return this.#owes
  }

  /** Takes in news, and queues the writing of them; they stand in the workbook after the next sync. */
  write(context: Excel.RequestContext, news: readonly Sent[]): void {
    this.memory = withSent(this.memory, news)
    for (const { id } of news) this.#own.set(id, this.memory.get(id)!)
    this.#owes = false
    const xml = partOf(SENT, [...this.#own.values()].map(packed))
    const parts = context.workbook.customXmlParts
    if (this.#part) parts.getItem(this.#part).setXml(xml)
    else {
      const made = parts.add(xml)
      made.load('id')
      this.#made = made
    }
  }
  #made: Excel.CustomXmlPart | undefined
  /** After the sync that followed `write`. */
  written(): void {
    if (this.#made) this.#part = this.#made.id
    this.#made = undefined
  }

  /**
   * Forgets what was written down but never left: the only case in which an entry may go. What another window wrote down under
   * the same id may have left from there.
   */
  withdraw(ids: readonly string[], before: Memory): void {
    const memory = new Map(this.memory)
    for (const id of ids) {
      if (this.isOthers(id)) continue
      this.#owes = true
      const old = before.get(id)
      if (old) {
        memory.set(id, old)
        this.#own.set(id, old)
      } else {
        memory.delete(id)
        this.#own.delete(id)
      }
    }
    this.memory = memory
  }
}

const packed = ({ id, contentHash, likeness, order, day, outcome, name, corrects, home, stays, was }: Sent) => [
  id,
  contentHash,
  outcome,
  likeness ?? null,
  order ?? null,
  name ? [name.series, name.fiscalYear, name.number, name.ledgerVersion, name.recordedAt] : null,
  day ?? null,
  corrects ?? null,
  home ?? null,
  stays ?? null,
  // Older versions read one hash, and nothing after it.
  was?.[0] ?? null,
  was?.slice(1) ?? null,
]

const isId = (value: unknown): value is VoucherId => /^vch_[0-9a-z]{26}$/.test(String(value))
const OUTCOMES = new Set(['unknown', 'refused', 'posted', 'reversed'])

function entriesOf(value: unknown): Sent[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((entry): Sent[] => {
    if (!Array.isArray(entry) || !isId(entry[0]) || !OUTCOMES.has(entry[2])) return []
    const [id, contentHash, outcome, likeness, order, named, day, corrects, home, stays, newest, older] = entry
    const [series, fiscalYear, number, ledgerVersion, recordedAt] =
      typeof named === 'string' ? entry.slice(5) : (named ?? [])
    const was = [newest, ...(Array.isArray(older) ? older : [])].filter((hash) => typeof hash === 'string')
    const name = series === undefined ? undefined : { series, fiscalYear, number, ledgerVersion, recordedAt }
    return [
      {
        id: id as VoucherId,
        contentHash,
        outcome,
        ...(likeness && { likeness }),
        ...(Array.isArray(order) && { order }),
        ...(typeof day === 'string' && { day }),
        ...(name && { name }),
        ...(isId(corrects) && { corrects }),
        ...(typeof home === 'string' && { home }),
        ...(stays === true && { stays }),
        ...(was.length > 0 && { was }),
      },
    ]
  })
}
