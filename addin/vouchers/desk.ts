/// <reference types="office-js" />
import type { Locale } from '#i18n/format.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { idOf } from '#worker/core/ids.ts'
import type { Issue } from '#worker/core/problem.ts'
import { type Books, booksOf } from '#worker/ledger/books.ts'
import type { Rights } from '#worker/ledger/voucher.ts'
import { type Company, type LedgerApi, Refused } from '../api/ledger-api.ts'
import { mayPassSoftLock } from '../api/may-do.ts'
import type { Run } from '../excel/run.ts'
import { SentRecord } from '../excel/sent-record.ts'
import { type Binding, readBinding, writeBinding } from '../excel/workbook-part.ts'
import type { SheetRow } from '../sheet/voucher-rows.ts'
import { SheetLease } from './sheet-lease.ts'
import type { TriedChunk } from './tried-chunk.ts'

/** What all work on the voucher sheet rests on. */
export type Desk = {
  readonly run: Run
  readonly api: LedgerApi
  readonly binding: Binding
  readonly rights: Rights
  readonly locale: () => Locale
  readonly today: () => IsoDate
  readonly record: SentRecord
  readonly lease: SheetLease
  /** Where the file lies that is open, as Excel tells it; undefined before it is saved. */
  readonly file: () => string | undefined
  /** Why one posts, corrects or annuls in a month with a soft lock. No part of what rows say, so of no voucher's hash here. */
  reason: () => string | undefined
  /** The facts, and the tag they were got by; got anew when they have changed. */
  books: Books
  booksTag: string | undefined
  /** The newest version of the ledger that was heard of. */
  ledgerVersion: number
  /** What the server found in drafts, by content hash. */
  served: ReadonlyMap<string, readonly Issue[]>
  /** The voucher table one works on: the one in front, until another comes there. */
  table: string | undefined
  /** The rows as they were last read, with what they carried, and the table they stand in. */
  rows: readonly SheetRow[]
  rowsOf: string | undefined
  /** Documents by stamp number, as far as they were asked for; '' where there is none. */
  readonly documents: Map<string, string>
  /** What was tried, and is to be posted as it was. */
  tried: ReadonlyMap<string, TriedChunk>
}

const turns = new WeakMap<Desk, Promise<unknown>>()

/** Does work on the sheet after what is being done is done: a second click waits, and then finds nothing left to do. */
export function inTurn<T>(desk: Desk, work: () => Promise<T>): Promise<T> {
  const done = (turns.get(desk) ?? Promise.resolve()).then(work, work)
  turns.set(
    desk,
    done.catch(() => {}),
  )
  return done
}

/** A workbook that nothing can be booked from, by the key of what is said of it. */
export class UnfitWorkbook extends Error {
  readonly key: 'dates1904'
  constructor(key: 'dates1904') {
    super(key)
    this.key = key
  }
}

const nothing = () => undefined
/** What opening a desk takes. */
export type Opening = Pick<Desk, 'run' | 'api' | 'locale' | 'today'> &
  Partial<Pick<Desk, 'file' | 'reason'>> & { company: Company }

/**
 * Opens a company's desk in the workbook at hand: the binding is made when the workbook has none.
 * @throws Refused with `company/mismatch` when the workbook belongs to another company; UnfitWorkbook when it counts its days from
 * 1904, since every date in it would be read as four years earlier.
 */
export async function openDesk(opening: Opening): Promise<Desk> {
  const { run, api, locale, today, company, file = nothing, reason = nothing } = opening
  const news = (await api.books(company.id))!
  const record = new SentRecord()
  const binding = await run(async (context) => {
    const second = context.workbook.functions.date(1904, 1, 2)
    second.load('value')
    const before = await readBinding(context)
    if (second.value === 1) throw new UnfitWorkbook('dates1904')
    if (before && before.company !== company.id)
      throw new Refused(409, { code: 'company/mismatch', params: { company: before.companyName } })
    const made: Binding = before ?? {
      workbook: idOf('wbk', crypto.getRandomValues(new Uint8Array(17))),
      company: company.id,
      companyName: company.name,
      language: locale(),
      schema: 1,
    }
    if (!before) await writeBinding(context, made)
    await record.read(context)
    return made
  })
  return {
    run,
    api,
    locale,
    today,
    binding,
    record,
    lease: new SheetLease(api, binding),
    file,
    reason,
    rights: { softLock: mayPassSoftLock(company) },
    books: booksOf(news.facts),
    booksTag: news.etag,
    ledgerVersion: news.facts.ledgerVersion,
    served: new Map(),
    table: undefined,
    rows: [],
    rowsOf: undefined,
    documents: new Map(),
    tried: new Map(),
  }
}

/** Gets the facts again if they have changed. */
export async function refreshBooks(desk: Desk): Promise<void> {
  for (const [stamp, id] of desk.documents) if (id === '') desk.documents.delete(stamp) // it may have come since
  const news = await desk.api.books(desk.binding.company, desk.booksTag)
  if (!news) return
  desk.books = booksOf(news.facts)
  desk.booksTag = news.etag
  desk.ledgerVersion = news.facts.ledgerVersion
}
