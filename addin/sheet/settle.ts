import { fill, type Locale } from '#i18n/format.ts'
import type { Books } from '#worker/ledger/books.ts'
import { accountAndParty, computedVat } from '#worker/ledger/entry.ts'
import { kronerOf, marksOf } from './excel-value.ts'
import { type CellValue, textOf } from './read-cell.ts'
import { plainName, type SheetVoucher } from './sheet-voucher.ts'
import { addinTexts } from './sheet-words.ts'
import type { SheetColumn } from './voucher-columns.ts'
import { codeOf, type SheetRow } from './voucher-rows.ts'

/** One cell to write. */
export type CellChange = { readonly at: number; readonly column: string; readonly value: CellValue }

/**
 * What the sheet should say of its vouchers, as the cells that do not say it yet. The sheet only shows: it is a function of
 * its rows and of what is known to be sent, so writing it again changes nothing, and a cell written in the wrong place by
 * somebody's sorting is put right the next time.
 */
export function settle(
  rows: readonly SheetRow[],
  vouchers: readonly SheetVoucher[],
  columns: readonly SheetColumn[],
  books: Books,
  locale: Locale,
): CellChange[] {
  const wanted = new Map<number, Record<string, CellValue>>()
  for (const voucher of vouchers) for (const [at, cells] of shownOf(voucher, books, locale)) wanted.set(at, cells)
  const written = columns.filter((c) => c.written || c.id === 'vatAmount').map((c) => c.id)
  return rows.flatMap((row) => {
    const cells = wanted.get(row.at) ?? {}
    return written.flatMap((column) => {
      if (!wanted.has(row.at) && !(column in SHOWN)) return []
      if (wanted.has(row.at) && !(column in cells)) return []
      const value = cells[column] ?? ''
      return isSame(row.cells[column], value) ? [] : [{ at: row.at, column, value }]
    })
  })
}

/** Cells that are emptied where no voucher stands; what a row carries is left alone. */
const SHOWN: Readonly<Record<string, true>> = { status: true, message: true, accountName: true, marks: true }

const isSame = (before: CellValue, after: CellValue): boolean =>
  typeof before === 'number' || typeof after === 'number' ? before === after : textOf(before) === textOf(after)

function shownOf(voucher: SheetVoucher, books: Books, locale: Locale): Map<number, Record<string, CellValue>> {
  const { rows, state, placed } = voucher
  const texts = addinTexts[locale]
  // What may be another voucher is given nothing of it, so that the user can say that it is.
  const sent = voucher.alike ? undefined : voucher.sent
  const name = sent?.name && plainName(sent.name)
  const general = messageOf(voucher, locale)
  const vat = vatByRow(voucher, books)
  const whole = sent !== undefined && !voucher.copy && sent.contentHash === voucher.contentHash
  return new Map(
    rows.map((row, i) => {
      const own = placed.filter((p) => p.at === row.at)
      const worst = own.find((p) => p.level === 'error') ?? own[0]
      const computed = vat.get(row.at)
      const ours = row.amounts.vatAmount === undefined || row.amounts.vatAmount === row.amounts.computedVat
      return [
        row.at,
        {
          status: texts.states[state],
          message: general ?? worst?.message ?? '',
          ...(name && { number: name }),
          accountName: nameOf(row.texts.account, books, locale),
          marks: marksOf(own),
          ...(computed !== undefined && {
            computedVat: kronerOf(computed),
            ...(ours &&
              !row.unread.some((c) => c.column === 'vatAmount') && {
                vatAmount: computed === 0 ? '' : kronerOf(computed),
              }),
          }),
          // A voucher whose hidden cells were lost gets back what it was sent with.
          ...(sent && {
            voucherId: voucher.id,
            contentHash: sent.contentHash,
            sentAt: sent.name?.recordedAt ?? row.texts.sentAt ?? '',
          }),
          ...(sent && { rowKey: whole ? `r${i + 1}` : (row.texts.rowKey ?? '') }),
        },
      ] as const
    }),
  )
}

/** What is to be said of the voucher as a whole, where it is more than a cell's fault. */
function messageOf({ state, sent, copy, alike, correctable, rows }: SheetVoucher, locale: Locale): string | undefined {
  const texts = addinTexts[locale].rowMessages
  const voucher = sent?.name ? plainName(sent.name) : ''
  const say = (text: string) => fill(text, { voucher, row: rows[0]!.at + 1 }, locale)
  if (alike) return say(texts.alike)
  if (copy && state === 'posted') return say(texts.copyOfPosted)
  if (copy && state === 'changed') return say(texts.changedCopy)
  if (copy) return say(texts.copy)
  if (state === 'unknown') return texts.unknown
  if (state === 'changed' && correctable) return say(texts.changed)
  if (state === 'reversed') return say(texts.reversed)
  return state === 'posted' ? '' : undefined
}

function nameOf(account: string | undefined, books: Books, locale: Locale): string {
  if (!account) return ''
  const found = books.accounts.get(accountAndParty(codeOf(account)!).account)
  return found ? (locale === 'nb' ? found.nameNb : found.nameEn) : ''
}

/** The computed VAT of each row in øre, with the amount's own sign; a contra line bears none. */
function vatByRow({ draft, judgement: { voucher } }: SheetVoucher, books: Books): Map<number, number> {
  const rowOf = new Map(draft.lines.map((line) => [line.fields.rowKey, line]))
  return new Map(
    (voucher?.lines ?? []).flatMap((line) => {
      const from = rowOf.get(line.rowKey)
      return from && !from.contra ? [[from.row.at, computedVat(line, voucher!, books)] as const] : []
    }),
  )
}
