/// <reference types="office-js" />
import type { Locale } from '#i18n/format.ts'
import type { VoucherId } from '#worker/core/ids.ts'
import { type Memory, type Sent, withSent } from '../sheet/sent-voucher.ts'

/** What a workbook is bound to. It travels with the file, so no secret ever stands in it. */
export type Binding = {
  /** Made once for each workbook; a copy of the file has the same. */
  readonly workbook: string
  readonly company: string
  readonly companyName: string
  readonly language: Locale
  readonly schema: 1
}

const BINDING = 'https://hovedbok.example/excel/binding/1'
const SENT = 'https://hovedbok.example/excel/sent/1'

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const plain = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
const partOf = (namespace: string, value: unknown): string =>
  `<hovedbok xmlns="${namespace}">${escaped(JSON.stringify(value))}</hovedbok>`
function valueOf(xml: string): unknown {
  try {
    return JSON.parse(plain(/^<hovedbok[^>]*>([\s\S]*)<\/hovedbok>$/.exec(xml.trim())?.[1] ?? 'null'))
  } catch {
    return undefined // somebody else's hand has been in it: the server is asked instead
  }
}

/** The workbook's binding, if it has one. */
export async function readBinding(context: Excel.RequestContext): Promise<Binding | undefined> {
  const [xml] = await xmlOf(context, BINDING)
  const value = xml === undefined ? undefined : (valueOf(xml.text) as Binding | undefined)
  return value?.schema === 1 && typeof value.workbook === 'string' && typeof value.company === 'string' ? value : undefined
}

/** Binds the workbook; one binding takes the place of the one before. */
export async function writeBinding(context: Excel.RequestContext, binding: Binding): Promise<void> {
  const [before] = await xmlOf(context, BINDING)
  const parts = context.workbook.customXmlParts
  if (before) parts.getItem(before.id).setXml(partOf(BINDING, binding))
  else parts.add(partOf(BINDING, binding))
  await context.sync()
}

async function xmlOf(context: Excel.RequestContext, namespace: string): Promise<{ id: string; text: string }[]> {
  const parts = context.workbook.customXmlParts.getByNamespace(namespace)
  parts.load('items/id')
  await context.sync()
  if (parts.items.length === 0) return []
  const found = parts.items.map((part) => ({ id: part.id, xml: part.getXml() }))
  await context.sync()
  return found.map(({ id, xml }) => ({ id, text: xml.value }))
}

/**
 * What the workbook remembers having sent. Each window writes a part of its own and reads those of all, so that two people
 * never write over each other.
 */
export class SentRecord {
  memory: Memory = new Map()
  #own = new Map<string, Sent>()
  #part: string | undefined

  /** Reads what all windows have written. */
  async read(context: Excel.RequestContext): Promise<Memory> {
    const parts = await xmlOf(context, SENT)
    if (this.#part && !parts.some((part) => part.id === this.#part)) this.#part = undefined
    for (const { text } of parts) this.memory = withSent(this.memory, entriesOf(valueOf(text)))
    return this.memory
  }

  /** Takes in news, and queues the writing of them; they stand in the workbook after the next sync. */
  write(context: Excel.RequestContext, news: readonly Sent[]): void {
    this.memory = withSent(this.memory, news)
    for (const { id } of news) this.#own.set(id, this.memory.get(id)!)
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

  /** Forgets what was written down but never left: the only case in which an entry may go. */
  withdraw(ids: readonly string[], before: Memory): void {
    const memory = new Map(this.memory)
    for (const id of ids) {
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

const packed = ({ id, contentHash, likeness, order, outcome, name }: Sent) => [
  id,
  contentHash,
  outcome,
  likeness ?? null,
  order ?? null,
  ...(name ? [name.series, name.fiscalYear, name.number, name.ledgerVersion, name.recordedAt] : []),
]

const OUTCOMES = new Set(['unknown', 'refused', 'posted', 'reversed'])

function entriesOf(value: unknown): Sent[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((entry): Sent[] => {
    if (!Array.isArray(entry) || !/^vch_[0-9a-z]{26}$/.test(String(entry[0])) || !OUTCOMES.has(entry[2])) return []
    const [id, contentHash, outcome, likeness, order, series, fiscalYear, number, ledgerVersion, recordedAt] = entry
    const name = series === undefined ? undefined : { series, fiscalYear, number, ledgerVersion, recordedAt }
    return [{ id: id as VoucherId, contentHash, outcome, ...(likeness && { likeness }), ...(Array.isArray(order) && { order }), ...(name && { name }) }]
  })
}
