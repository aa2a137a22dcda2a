import { type Locale, voucherName } from '#i18n/format.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import type { VoucherId } from '#worker/core/ids.ts'
import type { Issue } from '#worker/core/problem.ts'
import { checkVoucher, type Judgement, type Rights } from '#worker/ledger/voucher.ts'
import { type Placed, placeFault, placeIssue, placeUnread } from './place-issue.ts'
import { bookedOf, inOrder, likenessOf, orderOf } from './row-signature.ts'
import { correctionsIn, isBooked, type Memory, type Sent } from './sent-voucher.ts'
import type { SheetColumn } from './voucher-columns.ts'
import { draftOf, draftWithId, faultsOf, type SheetBooks, type SheetDraft, stampsIn } from './voucher-draft.ts'
import { groupsOf, type RowGroup } from './voucher-groups.ts'
import { contentHashOf, derivedId } from './voucher-identity.ts'
import { notationOf, type ReadRow, readRow, type SheetRow } from './voucher-rows.ts'

export type State = 'draft' | 'ready' | 'error' | 'unknown' | 'posted' | 'changed' | 'reversed'

/** Whether it is still to be posted. */
export const isOpen = (state: State): boolean => state === 'draft' || state === 'ready' || state === 'error'

/** A voucher of the sheet, judged. */
export type SheetVoucher = {
  readonly id: VoucherId
  readonly rows: readonly ReadRow[]
  readonly draft: SheetDraft
  readonly raw: Record<string, unknown>
  readonly contentHash: string
  readonly likeness: string
  readonly judgement: Judgement
  readonly state: State
  /** It may be sent: nothing local stands in its way, and it is not known to be posted or on its way. */
  readonly sendable: boolean
  /** It was changed after it was posted, and may take the place of what was. */
  readonly correctable: boolean
  readonly sent: Sent | undefined
  /** The rows stand twice in the workbook under one id, and these are not the first. */
  readonly copy: boolean
  /** The rows carry nothing, and book what a posted voucher does that is gone from the sheet: only the user knows whether they are it. */
  readonly alike: boolean
  readonly placed: readonly Placed[]
}

/** What vouchers are judged by. */
export type Court = {
  books: SheetBooks
  rights: Rights
  locale: Locale
  today: IsoDate
  workbook: string
  /** What the server found in a draft with exactly this content, by content hash. */
  served: ReadonlyMap<string, readonly Issue[]>
  /** What is merely unfinished is an error: the user asked for a check. */
  strict: boolean
  /** Why one books in a month with a soft lock; goes with the vouchers that need it. */
  reason?: string | undefined
  /** Ids in the workbook's other voucher sheets, and in those of them that were there before this one. */
  others?: { ids: ReadonlySet<string>; earlier: ReadonlySet<string> }
}

/** The vouchers of a sheet, in the order they stand. */
export async function vouchersOf(
  rows: readonly SheetRow[],
  columns: readonly SheetColumn[],
  memory: Memory,
  court: Court,
): Promise<SheetVoucher[]> {
  const notation = notationOf(rows, columns)
  const identified = withIds(
    rows.map((row) => readRow(row, columns, notation, court.today)),
    memory,
  )
  const read = await withRowKeys(identified, memory, court.books)
  const carried = withCarried(read, memory)
  const corrections = correctionsIn(carried)
  const known = withReversed(carried, corrections)
  const mayGrow = (id: string) => known.get(id)?.outcome === 'refused'
  const found = groupsOf(read, (id) => known.has(id), mayGrow)
  const asSent = async (group: RowGroup) => (await contentOf(group, group.held!, known.get(group.held!), court)).asSent
  // Read when something was put right: most vouchers are right.
  const groups =
    corrections.size === 0
      ? found
      : await (await import('./successors.ts')).withSuccessors(found, corrections, court.others?.ids, asSent)
  const taken = new Set(groups.flatMap((g) => (g.held ? [g.held] : [])))
  const torn = new Map<string, VoucherId[]>()
  const booked = new Map<string, Sent>()
  for (const sent of known.values()) {
    const { id, likeness, day, order, outcome } = sent
    if (taken.has(id)) continue
    if (likeness) torn.set(likeness, [...(torn.get(likeness) ?? []), id])
    if (!day || !order || outcome === 'reversed' || court.others?.ids.has(id)) continue
    const what = bookedOf(day, order)
    if (outcome === 'posted' || !booked.has(what)) booked.set(what, sent)
  }
  const vouchers: SheetVoucher[] = []
  for (const group of groups) vouchers.push(await voucherOf(group, known, { taken, torn, booked, corrections }, court))
  return vouchers
}

/**
 * Ids that rows in the sheet have, and those that were sent and that no row has any longer: by what their rows said, and by what
 * they booked.
 */
type Ids = {
  taken: Set<string>
  torn: ReadonlyMap<string, readonly VoucherId[]>
  booked: ReadonlyMap<string, Sent>
  corrections: ReadonlyMap<string, Sent>
}

/** A row whose id is gone, but not all the rest it was given when it was sent, is known by that. */
function withIds(rows: readonly ReadRow[], memory: Memory): ReadRow[] {
  const ids = new Map<string, string>()
  for (const { id, was } of memory.values()) for (const hash of was ?? []) ids.set(hash, id)
  for (const { id, contentHash, name } of memory.values()) {
    if (contentHash !== '') ids.set(contentHash, id) // of a reversal no row says anything
    if (name) ids.set(plainName(name), id)
  }
  return rows.map((row) => {
    const { voucherId, contentHash, number } = row.texts
    if (voucherId || row.blank || (!contentHash && !number)) return row
    const id = ids.get(contentHash ?? '') ?? ids.get(number ?? '')
    return id ? { ...row, texts: { ...row.texts, voucherId: id } } : row
  })
}

async function withRowKeys(rows: readonly ReadRow[], memory: Memory, books: SheetBooks): Promise<readonly ReadRow[]> {
  const torn = new Map<string, ReadRow[]>()
  for (const row of rows) {
    const { voucherId, rowKey } = row.texts
    if (voucherId && rowKey === undefined && !row.blank && memory.get(voucherId)?.order)
      torn.set(voucherId, [...(torn.get(voucherId) ?? []), row])
  }
  if (torn.size === 0) return rows
  const { rowKeysOf } = await import('./row-keys.ts')
  const keys = new Map<ReadRow, string>()
  for (const [id, own] of torn) {
    const taken = rows.flatMap((row) => (row.texts.voucherId === id && row.texts.rowKey ? [row.texts.rowKey] : []))
    const booked = own.map((row) => orderOf(draftOf([row], books))[0]!.split('.')[0]!)
    rowKeysOf(booked, memory.get(id)!.order!, taken).forEach((key, i) => {
      if (key) keys.set(own[i]!, key)
    })
  }
  return rows.map((row) => (keys.has(row) ? { ...row, texts: { ...row.texts, rowKey: keys.get(row)! } } : row))
}

/** IF 2026-1043 with an ordinary space, so that people can search for it. */
export const plainName = (name: { series: string; fiscalYear: number; number: number }): string =>
  voucherName(name).replace('\u00a0', ' ')

/** Rows carry the hash they were sent with, also into another workbook; what memory knows counts more. */
export function withCarried(rows: readonly ReadRow[], memory: Memory): Memory {
  const known = new Map(memory)
  for (const { texts } of rows) {
    const { voucherId: id, contentHash } = texts
    if (!id || !contentHash || known.has(id) || !/^vch_[0-9a-z]{26}$/.test(id)) continue
    known.set(id, { id: id as VoucherId, contentHash, outcome: 'unknown' })
  }
  return known
}

/** What a correction in the ledger took the place of is reversed, whatever else is known of it. */
function withReversed(known: Memory, corrections: ReadonlyMap<string, Sent>): Memory {
  const next = new Map(known)
  for (const [id, correction] of corrections) {
    const sent = known.get(id)
    if (sent && isBooked(correction)) next.set(id, { ...sent, outcome: 'reversed' })
  }
  return next
}

/** What rows say under an id, in the order they were sent in. `asSent`: nothing in them is known to differ from that. */
async function contentOf(group: RowGroup, id: string, sent: Sent | undefined, { books }: Court) {
  const asFound = draftOf(group.rows, books)
  const rows = inOrder(asFound, sent?.order)
  const draft = rows.every((row, i) => row === group.rows[i]) ? asFound : draftOf(rows, books)
  const contentHash = await contentHashOf(draft, id)
  // A document that nobody answered for may be the one that was sent.
  const unanswered = rows.some((row) => stampsIn(row.texts.document).some((stamp) => !books.stamped?.has(stamp)))
  const asSent = sent !== undefined && (sent.contentHash === contentHash || (isBooked(sent) && unanswered))
  return { rows, draft, contentHash, asSent }
}

async function voucherOf(group: RowGroup, known: Memory, ids: Ids, court: Court): Promise<SheetVoucher> {
  const likeness = await likenessOf(group.rows)
  const asFound = draftOf(group.rows, court.books)
  const gone = group.held ? undefined : goneOf(group, asFound, likeness, ids)
  const id = (group.held ?? gone ?? (await freeId(group, likeness, ids, court))) as VoucherId
  ids.taken.add(id)
  const sent = known.get(id)
  const { rows, draft, contentHash, asSent } = await contentOf(group, id, sent, court)
  const { raw, judgement } = judgedDraft(draftWithId(draft, id), court)
  const alike = gone !== undefined && sent?.outcome === 'posted' && !asSent
  // Rows of a copied sheet: what they carry, or say word for word, stands in another as well. What was never booked is the first one's.
  const { ids: elsewhere, earlier } = court.others ?? {}
  const copied = group.held || sent?.outcome === 'refused' ? earlier?.has(id) : gone !== undefined && elsewhere?.has(id)
  const correction = ids.corrections.get(id)
  // What was put right elsewhere cannot be put right once more from here.
  const replaced = isBooked(correction) && !asSent
  const copy = group.copy > 0 || alike || copied === true || replaced
  const placed = placedIn(group, draft, judgement, isBooked(sent) && asSent, sent, contentHash, court)
  const clean = judgement.ok && placed.every((p) => p.level === 'warning' || p.served)
  const pending = correction?.outcome === 'unknown' && !copy
  const state = pending ? 'unknown' : stateOf(sent, asSent, copy, clean, placed, court.strict)
  const sendable = clean && !copy && (sent === undefined || sent.outcome === 'refused')
  const correctable = clean && !copy && state === 'changed'
  return {
    id,
    rows,
    draft,
    raw,
    contentHash,
    likeness,
    judgement,
    state,
    sendable,
    correctable,
    sent,
    copy,
    alike,
    placed,
  }
}

/** A draft as it would be sent: with the reason that was given, where the ledger takes it for one only. */
function judgedDraft(raw: Record<string, unknown>, { books, rights, reason }: Court) {
  const judgement = checkVoucher(raw, books, rights)
  if (!reason || !judgement.issues.some(needsReason)) return { raw, judgement }
  const explained = { ...raw, reason }
  return { raw: explained, judgement: checkVoucher(explained, books, rights) }
}
/** Whether a month is locked for whoever gives no reason. */
export const needsReason = ({ code, params }: Issue): boolean =>
  code === 'period/locked' && params?.reason === 'reason-needed'

/**
 * The voucher that rows without an id may be, its own rows being gone from the sheet with all they carried: one that said just
 * the same, else one of that day that books the same. As long as it may be that one, it is never sent as another.
 */
function goneOf(group: RowGroup, draft: SheetDraft, likeness: string, { taken, torn, booked }: Ids) {
  if (chosenOf(group, taken)) return undefined
  const same = torn.get(likeness)?.find((id) => !taken.has(id))
  if (same || booked.size === 0) return same
  const sent = booked.get(bookedOf(draft.header.voucherDate, orderOf(draft)))
  return sent && (sent.outcome === 'posted' || !taken.has(sent.id)) ? sent.id : undefined
}

/** The id that rows were given on purpose, when no others have it. */
function chosenOf(group: RowGroup, taken: ReadonlySet<string>): VoucherId | undefined {
  const chosen = group.rows[0]!.texts.voucherId
  return chosen && /^vch_[0-9a-z]{26}$/.test(chosen) && !taken.has(chosen) ? (chosen as VoucherId) : undefined
}

/** The id that rows were given on purpose, else the first derived one that is free. */
async function freeId(group: RowGroup, likeness: string, { taken }: Ids, court: Court): Promise<VoucherId> {
  const chosen = chosenOf(group, taken)
  if (chosen) return chosen
  for (let nth = 0; ; nth++) {
    const id = await derivedId(court.workbook, court.books.company.id, likeness, nth)
    if (!taken.has(id)) return id
  }
}

function placedIn(
  group: RowGroup,
  draft: SheetDraft,
  judgement: Judgement,
  bookedAsIs: boolean,
  sent: Sent | undefined,
  contentHash: string,
  court: Court,
): Placed[] {
  if (bookedAsIs) return []
  const misread = [
    ...group.rows.flatMap((row) => row.unread.map((cell) => placeUnread(cell, court.locale))),
    ...faultsOf(group.rows, court.books).map((fault) => placeFault(fault, court.locale)),
  ]
  const taken = new Set(misread.map((p) => `${p.at} ${p.column}`))
  const local = judgement.issues.map((issue) => placeIssue(issue, draft, court.locale, false))
  const refusal = sent?.outcome === 'refused' && sent.contentHash === contentHash ? (sent.issues ?? []) : []
  const seen = new Set(judgement.issues.map((issue) => `${issue.code} ${fieldOf(issue)}`))
  const served = [...(court.served.get(contentHash) ?? refusal)]
    .filter((issue) => !seen.has(`${issue.code} ${fieldOf(issue)}`))
    .map((issue) => placeIssue(issue, draft, court.locale, true))
  return [...misread, ...[...local, ...served].filter((p) => !taken.has(`${p.at} ${p.column}`))]
}

/** The pointer without the voucher's place in a request. */
const fieldOf = (issue: Issue): string => issue.pointer.replace(/^#\/vouchers\/\d+/, '#')

const UNFINISHED = new Set(['field/required', 'voucher/unbalanced'])

function stateOf(
  sent: Sent | undefined,
  asSent: boolean,
  copy: boolean,
  clean: boolean,
  placed: readonly Placed[],
  strict: boolean,
): State {
  if (sent?.outcome === 'reversed') return asSent ? 'reversed' : 'changed'
  if (sent?.outcome === 'posted') return asSent ? 'posted' : 'changed'
  if (sent?.outcome === 'unknown') return 'unknown'
  if (copy) return 'error'
  const errors = placed.filter((p) => p.level === 'error')
  if (clean && errors.length === 0) return 'ready'
  return !strict && errors.every((p) => UNFINISHED.has(p.code)) ? 'draft' : 'error'
}
