import type { VoucherId } from '#worker/core/ids.ts'
import { CLASH } from '#worker/drafts/draft-merge.ts'
import { BLANK, type Desk, type Header, isBlank, nextKey, type Row } from '#worker/sheets/sheet.ts'
import { edited, REMOVED, type Setting, withHead, withoutRows, withRowAt } from './edit.ts'
import type { Cure, Placed, Verdict } from './judge.ts'

type Place = { row: number; field: string }
/** What an action leaves on the desk, and where the focus goes. */
export type Done = { desk: Desk; at: Place }

/**
 * Takes the rest: on a line without an amount it is filled in; a line that has one is repeated below with what is left,
 * or, where that lies on the other side, only its amount goes to a new line. Undefined when nothing is left.
 */
export function takenRest(desk: Desk, at: number, verdict: Verdict, setting: Setting): Done | undefined {
  const row = desk.rows[at] ?? BLANK
  const voucher = verdict.voucherAt.get(at) ?? verdict.voucherAt.get(lastUsed(desk, at))
  const rest = voucher?.rest ?? 0
  if (rest === 0 || voucher?.unread || row.posted) return undefined
  if (row.amount === '') {
    const next = edited(desk, [{ row: at, field: 'amount', value: rest }], setting)
    return { desk: next, at: { row: at, field: row.account === '' ? 'account' : 'amount' } }
  }
  const below = at + 1
  const repeats = typeof row.amount === 'number' && Math.sign(row.amount) === Math.sign(rest)
  const copy: Row = repeats
    ? { ...row, amount: rest }
    : { ...BLANK, voucher: row.voucher, id: row.id, text: row.text, amount: rest }
  const free = desk.rows[below]
  const next = free && isBlank(free) ? replaced(desk, below, copy) : withRowAt(desk, below, copy)
  return { desk: next, at: { row: below, field: repeats ? 'amount' : 'account' } }
}

const replaced = (desk: Desk, at: number, row: Row): Desk => {
  const next = withRowAt(desk, at, row)
  return { ...next, rows: next.rows.filter((_, i) => i !== at + 1) }
}

function lastUsed(desk: Desk, before: number): number {
  for (let i = Math.min(before, desk.rows.length) - 1; i >= 0; i--) if (!isBlank(desk.rows[i]!)) return i
  return -1
}

/** Puts in the value that would remove an issue; a date of a voucher in a sheet on all its rows. */
export function cured(desk: Desk, fix: Cure, verdict: Verdict, setting: Setting): Desk {
  const { row, field, value } = fix
  if (row < 0) return curedHeader(desk, field, value, setting)
  if (field === REMOVED) return withoutRows(desk, row, row)
  const rows = field === 'date' ? (verdict.voucherAt.get(row)?.group.rows ?? [row]) : [row]
  return edited(
    desk,
    rows.map((at) => ({ row: at, field, value })),
    setting,
  )
}

function curedHeader(desk: Desk, field: string, value: unknown, setting: Setting): Desk {
  const clash = field.startsWith(CLASH) ? field : CLASH + field
  const { [clash]: _, ...more } = desk.more ?? {}
  const settled = desk.more && clash in desk.more ? { ...desk, more } : desk
  return field.startsWith(CLASH) ? settled : withHead(settled, { ...desk.header, [field]: String(value) }, setting)
}

/** Where an issue comes in reading: the header, then row by row along the columns, then the voucher as a whole. */
function rankIn(columns: ReadonlyMap<string, number>, { row, field }: Place): number {
  if (row >= 0) return (row + 1) * 1000 + (columns.get(field) ?? 0)
  return field === 'lines' ? Number.MAX_SAFE_INTEGER : 0
}
const placesOf = (fields: readonly string[]): ReadonlyMap<string, number> =>
  new Map(fields.map((field, i) => [field, i]))

/** Issues in the order one meets them. */
export function inReadingOrder(placed: readonly Placed[], fields: readonly string[]): Placed[] {
  const columns = placesOf(fields)
  const ranked = placed.map((p) => ({ p, rank: rankIn(columns, p) }))
  return ranked.sort((a, b) => a.rank - b.rank).map(({ p }) => p)
}

/** The same of a verdict, kept until the draft is judged again: a sheet may have thousands of them. */
export class ReadingOrder {
  #of: Verdict | undefined
  #placed: readonly Placed[] = []

  of(verdict: Verdict, fields: () => readonly string[]): readonly Placed[] {
    if (this.#of !== verdict) this.#placed = inReadingOrder(verdict.placed, fields())
    this.#of = verdict
    return this.#placed
  }
}

/** The issue after (or before) the one a cell has, round and round. */
export function nextIssue<P extends Placed>(
  ordered: readonly P[],
  at: Place | undefined,
  fields: readonly string[],
  step: 1 | -1,
): P | undefined {
  const columns = placesOf(fields)
  const here = at ? rankIn(columns, at) : -1
  const next =
    step > 0 ? ordered.find((p) => rankIn(columns, p) > here) : ordered.findLast((p) => rankIn(columns, p) < here)
  return next ?? (step > 0 ? ordered[0] : ordered.at(-1))
}

/** Where a list is put: in place of an empty desk, else after what stands there, as vouchers of one sheet. */
export function withPastedVouchers(desk: Desk, rows: readonly Row[], vouchers: number): Desk {
  const used = desk.rows.filter((row) => !isBlank(row))
  if (vouchers === 1 && desk.mode === 'voucher') {
    const lines = rows.map((row) => ({ ...row, voucher: '', type: '', date: '', documentDate: '', id: '' }))
    return {
      ...desk,
      id: used.length === 0 && rows[0]?.id ? (rows[0].id as VoucherId) : desk.id,
      header: used.length === 0 ? headerFrom(desk.header, rows) : desk.header,
      rows: [...used, ...lines],
    }
  }
  const before =
    desk.mode === 'sheet'
      ? used
      : used.map((row) => ({
          ...row,
          voucher: '1',
          id: desk.id,
          date: desk.header.voucherDate,
          type: desk.header.type,
        }))
  const taken = new Set(before.map((row) => row.voucher))
  const clash = rows.some((row) => taken.has(row.voucher))
  return { ...desk, mode: 'sheet', rows: [...before, ...(clash ? renamed(rows, Number(nextKey(before))) : rows)] }
}

function renamed(rows: readonly Row[], from: number): Row[] {
  const names = new Map<string, string>()
  return rows.map((row) => {
    if (!names.has(row.voucher)) names.set(row.voucher, String(from + names.size))
    return { ...row, voucher: names.get(row.voucher)! }
  })
}

/** What all lines of one voucher say of it goes to its header. */
function headerFrom(header: Header, rows: readonly Row[]): Header {
  const shared = (field: 'type' | 'date' | 'documentDate' | 'text'): string => {
    const value = rows[0]?.[field] ?? ''
    return value !== '' && rows.every((row) => row[field] === value) ? value : ''
  }
  return {
    ...header,
    type: shared('type') || header.type,
    voucherDate: shared('date') || header.voucherDate,
    documentDate: shared('documentDate') || header.documentDate,
    text: shared('text') || header.text,
  }
}

/** All of a sheet as the lines of one voucher. */
export function asOne(desk: Desk): Desk {
  const used = desk.rows.filter((row) => !isBlank(row))
  const header = headerFrom(
    {
      ...desk.header,
      ...(used[0]?.date && { voucherDate: used[0].date }),
      ...(used[0]?.type && { type: used[0].type }),
    },
    used,
  )
  return {
    ...desk,
    mode: 'voucher',
    header,
    rows: used.map((row) => ({ ...row, voucher: '', type: '', date: '', documentDate: '', id: '' })),
  }
}

/** Edits of a pasted block, in the grid's fields from the chosen one on. */
export const fieldsFrom = (fields: readonly string[], first: string): readonly string[] =>
  fields.slice(Math.max(fields.indexOf(first), 0))

/** Where a voucher that lacks lines is gone on with: the last one if its amount is missing, else the one below. */
export function lineToWrite({ rows }: Desk): { row: number; field: 'account' | 'amount' } {
  const last = rows.findLastIndex((row) => !isBlank(row))
  const row = last >= 0 && rows[last]!.amount === '' ? last : Math.min(last + 1, rows.length - 1)
  return { row, field: rows[row]?.account === '' ? 'account' : 'amount' }
}
