import type { RoleName } from '#worker/access/permission.ts'
import { TOO_LARGE } from '#worker/core/money.ts'
import { error, type Issue, isError } from '#worker/core/problem.ts'
import { type Books, fiscalYearOf } from './books.ts'
import { type Entry, entriesOf } from './entry.ts'
import { checkLineMatches } from './item-match.ts'
import { checkLock, checkScopeLocks, tellMovedTerm } from './lock.ts'
import { type Plan, plansOf, repeatsOf } from './schedule.ts'
import { checkScript } from './script-rules.ts'
import {
  HEADER_FIELDS,
  LINE_FIELDS,
  readDraft,
  type Voucher,
  type VoucherDraft,
  withDefaults,
  withTableRates,
} from './voucher-draft.ts'
import { checkLine } from './voucher-line.ts'
import { checkVoucherType } from './voucher-type.ts'

/** What the one who posts may do beyond posting, and in which role; without one, what a role may is not judged. */
export type Rights = { softLock: boolean; role?: RoleName }

export type Judgement =
  | { ok: true; voucher: Voucher; entries: Entry[]; issues: Issue[]; plans: Plan[] }
  | { ok: false; voucher: Voucher | undefined; entries: Entry[]; issues: Issue[]; plans: Plan[] }

/**
 * Judges a draft, in whatever shape it comes: every reason it cannot be posted and every warning, in field order, and the
 * entries it would give. Grid, add-in and Worker run this same function. `at` is where the draft stands in the request.
 * Source: features.md 4.6.
 */
export function checkVoucher(raw: unknown, books: Books, rights: Rights, at = '#'): Judgement {
  const shape = readDraft(raw)
  const shapeIssues = shape.success ? [] : shape.error.issues.flatMap((issue) => shapeIssue(issue, at))
  const draft = shape.success ? shape.data : withoutFaults(raw, shape.error.issues)
  if (!draft)
    return { ok: false, voucher: undefined, entries: [], issues: inFieldOrder(shapeIssues, raw, at), plans: [] }

  const voucher = withTableRates(withDefaults(draft), books.currencyRates)
  const faulty = new Set(shapeIssues.map((issue) => issue.pointer))
  const issues = [...shapeIssues]
  const add = (found: readonly Issue[]) => {
    for (const issue of found) if (!hangsOn(issue, faulty, at)) issues.push(issue)
  }
  add(checkHeader(voucher, books, rights, at))
  for (const [i, line] of voucher.lines.entries()) add(checkLine(line, voucher, books, `${at}/lines/${i}`))
  add(checkVoucherType(voucher, books, rights, at))
  for (const [i, line] of voucher.lines.entries())
    if (line.script) add(checkScript(line, { voucher, books, rights, at: `${at}/lines/${i}` }))
  add(checkRowKeys(voucher, at))
  const entries = issues.some(isError) ? entriesSoFar(voucher, books) : entriesOf(voucher, books)
  add(checkScopeLocks(voucher, entries, books, rights, at))
  add(tellMovedTerm(voucher, entries, books, at))
  add(checkLineMatches(voucher, entries, books, at))
  if (!issues.some((issue) => isError(issue) && MONEY_FIELD.test(issue.pointer)))
    issues.push(...checkBalance(entries, at), ...checkOneCurrency(entries, at))
  const plans = voucher.lines.some((line) => line.script)
    ? planned(voucher, entries, { books, rights, at, issues })
    : NO_PLANS
  const sorted = inFieldOrder(issues, raw, at)
  return sorted.some(isError)
    ? { ok: false, voucher, entries, issues: sorted, plans }
    : { ok: true, voucher, entries, issues: sorted, plans }
}

const NO_PLANS: Plan[] = []

/** What the lines' scripts will post in other months; what stands in the way of that is added to the issues. */
function planned(
  voucher: Voucher,
  entries: readonly Entry[],
  { books, rights, at, issues }: { books: Books; rights: Rights; at: string; issues: Issue[] },
): Plan[] {
  const faulty = (i: number) => issues.some((x) => isError(x) && x.pointer.startsWith(`${at}/lines/${i}/`))
  const plans = plansOf(voucher, entries, books, faulty)
  for (const plan of plans) {
    const pointer = `${at}/lines/${voucher.lines.findIndex((l) => l.rowKey === plan.rowKey)}/script`
    const found = plan.months.flatMap((m) => checkScopeLocks({ ...m.draft }, m.entries, books, rights, at))
    if (found[0]) issues.push({ ...found[0], pointer })
  }
  if (issues.some(isError)) return plans
  const repeats = repeatsOf(voucher, books, (draft) => checkVoucher(draft, books, rights), at)
  issues.push(...repeats.issues)
  return [...plans, ...repeats.plans]
}

/** A fault in one of these makes the sum meaningless, so balance is not judged until it is mended. */
const MONEY_FIELD = /(?<!\/matches\/\d+)\/(amount|currencyAmount|rate|vatAmount|vatMode|lines)$/

function checkHeader(voucher: Voucher, books: Books, rights: Rights, at: string): Issue[] {
  const issues: Issue[] = []
  const type = books.voucherTypes.get(voucher.type)
  if (!type?.active) issues.push(error('field/invalid', `${at}/type`, { reason: 'voucher-type', value: voucher.type }))
  const year = fiscalYearOf(voucher.voucherDate, books)
  if (!year) issues.push(error('fiscal-year/missing', `${at}/voucherDate`, { date: voucher.voucherDate }))
  else issues.push(...checkLock(voucher, books, rights, at))
  const cutOver = books.company.cutOverDate
  if (carriesOver(voucher)) issues.push(...checkTakenOver(voucher, books, `${at}/type`))
  else if (cutOver && voucher.voucherDate < cutOver)
    issues.push(error('voucher/before-cut-over', `${at}/voucherDate`, { cutOverDate: cutOver }))
  for (const key of Object.keys(voucher.dimensions))
    if (!books.dimensions.has(key))
      issues.push(error('dimension/unknown', `${at}/dimensions/${key}`, { dimension: key }))
  return [...issues, ...checkBeside(voucher, books, at)]
}

const carriesOver = ({ type }: Pick<Voucher, 'type'>): boolean => type === 'opening-balance' || type === 'movement'

/** What a finished take-over has carried over is what was proved to be the old system's: nothing comes to it, and none of it goes. */
export function checkTakenOver(
  voucher: Pick<Voucher, 'type' | 'voucherDate'>,
  { company }: Books,
  at: string,
): Issue[] {
  const { takenOverAt, cutOverDate } = company
  if (!takenOverAt || !cutOverDate || !carriesOver(voucher) || voucher.voucherDate > cutOverDate) return []
  return [error('takeover/finished', at, { date: takenOverAt.slice(0, 10) })]
}

/** The documents it rests on and the voucher it puts right, where they are at hand. */
function checkBeside({ documents, corrects }: Voucher, books: Books, at: string): Issue[] {
  const issues = (documents ?? []).flatMap((id, i) => {
    const found = books.documents?.get(id)
    if (!books.documents || found?.rejected === false) return []
    return found
      ? [error('document/rejected', `${at}/documents/${i}`, { document: id, stamp: found.stamp })]
      : [error('document/unknown', `${at}/documents/${i}`, { document: id })]
  })
  if (corrects === undefined || !books.correctable || books.correctable.get(corrects)) return issues
  const code = books.correctable.has(corrects) ? 'voucher/not-reversed' : 'voucher/unknown'
  return [...issues, error(code, `${at}/corrects`, { voucher: corrects })]
}

function checkRowKeys(voucher: Voucher, at: string): Issue[] {
  const seen = new Set<string>()
  return voucher.lines.flatMap((line, i) => {
    if (!seen.has(line.rowKey)) {
      seen.add(line.rowKey)
      return []
    }
    return [error('field/invalid', `${at}/lines/${i}/rowKey`, { reason: 'row-key', value: line.rowKey })]
  })
}

/** The rule that the trigger `voucher_is_whole` keeps under the same code. */
export function checkBalance(
  entries: readonly (Pick<Entry, 'amount'> & { currencyAmount?: number | null | undefined })[],
  at: string,
): Issue[] {
  const difference = entries.reduce<number>((total, entry) => total + entry.amount, 0)
  const debit = entries.reduce<number>((total, entry) => total + Math.max(entry.amount, 0), 0)
  const tooLarge = (n: number) => Math.abs(n) >= TOO_LARGE
  if ([debit, debit - difference].some(tooLarge) || entries.some((e) => tooLarge(e.currencyAmount ?? 0)))
    return [error('amount/too-large', `${at}/lines`, {})]
  if (difference !== 0)
    return [
      error('voucher/unbalanced', `${at}/lines`, {
        difference,
        missing: Math.abs(difference),
        side: difference > 0 ? 'credit' : 'debit',
      }),
    ]
  return entries.length < 2 ? [error('voucher/unbalanced', `${at}/lines`, { difference: 0, tooFew: true })] : []
}

/**
 * Lines that are all in one currency and sum to zero in kroner do so in it too: a line in kroner would hold what they differ by.
 * `verify` holds the same of what is stored.
 */
function checkOneCurrency(entries: readonly Entry[], at: string): Issue[] {
  const lines = entries.filter(({ origin }) => origin === 'line')
  const currency = lines[0]?.currency
  const sum = (of: 'amount' | 'currencyAmount') => lines.reduce((total, line) => total + (line[of] ?? 0), 0)
  return currency &&
    lines.every((line) => line.currency === currency) &&
    sum('amount') === 0 &&
    sum('currencyAmount') !== 0
    ? [error('voucher/unbalanced', `${at}/lines`, { currency })]
    : []
}

/** Entries of what can already be read, for showing beside an unfinished draft. */
function entriesSoFar(voucher: Voucher, books: Books): Entry[] {
  try {
    return entriesOf(voucher, books)
  } catch {
    return [] // amounts beyond the range have their own issue
  }
}

type ShapeFault = { code?: string; message: string; path: PropertyKey[]; keys?: string[]; input?: unknown }

const CODE = /^[a-z-]+\/[a-z-]+$/
const pointerOf = (at: string, path: readonly PropertyKey[]): string =>
  [at, ...path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/')

function shapeIssue(fault: ShapeFault, at: string): Issue[] {
  if (fault.code === 'unrecognized_keys')
    return (fault.keys ?? []).map((key) =>
      error('field/invalid', pointerOf(at, [...fault.path, key]), { reason: 'unknown', field: key }),
    )
  const code = CODE.test(fault.message) ? fault.message : 'field/invalid'
  return [error(code, pointerOf(at, fault.path), {})]
}

/** The draft with each faulty field taken out, so that the rules can judge what is left; undefined when nothing is left. */
function withoutFaults(raw: unknown, faults: readonly ShapeFault[]): VoucherDraft | undefined {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined
  const copy = structuredClone(raw) as Record<string, unknown>
  for (const fault of faults) {
    if (fault.code === 'unrecognized_keys') for (const key of fault.keys ?? []) removeAt(copy, [...fault.path, key])
    else removeAt(copy, fault.path)
  }
  if (!Array.isArray(copy.lines)) return undefined
  copy.lines = copy.lines.filter((line) => typeof line === 'object' && line !== null)
  const filler = { id: 'vch_', type: '', voucherDate: '0000-00-00' }
  for (const line of copy.lines as Record<string, unknown>[]) line.account ??= ''
  return { ...filler, ...copy } as unknown as VoucherDraft
}

function removeAt(from: Record<string, unknown>, path: readonly PropertyKey[]) {
  const holder = path.slice(0, -1).reduce<any>((node, key) => node?.[key as string], from)
  if (holder && typeof holder === 'object' && !Array.isArray(holder)) delete holder[path.at(-1) as string]
}

/** A field that is wrong in shape is judged no further, nor is what hangs on it; without a day no VAT code can be judged by day. */
function hangsOn({ code, pointer }: Issue, faulty: ReadonlySet<string>, at: string): boolean {
  if (faulty.size === 0) return false
  if (code === 'vat-code/not-valid-on-date')
    return ['voucherDate', 'documentDate', 'vatDate'].some((f) => faulty.has(`${at}/${f}`))
  for (let end = pointer.length; end > 0; end = pointer.lastIndexOf('/', end - 1))
    if (faulty.has(pointer.slice(0, end))) return true
  return false
}

/** Header fields in field order with `lines` last, then lines in order with fields in field order. */
function inFieldOrder(issues: readonly Issue[], raw: unknown, at: string): Issue[] {
  if (issues.length === 0) return []
  const rowKeys = (raw as { lines?: { rowKey?: unknown }[] } | null)?.lines
  return issues
    .map((issue) => {
      const path = issue.pointer.slice(at.length + 1).split('/')
      const inLine = path[0] === 'lines' && path.length > 1
      const line = inLine ? Number(path[1]) : -1
      const field = inLine ? LINE_FIELDS.indexOf(path[2] ?? '') : headerPlace(path[0]!)
      const rowKey = inLine && Array.isArray(rowKeys) ? rowKeys[line]?.rowKey : undefined
      const named = inLine ? { ...issue, rowKey: typeof rowKey === 'string' ? rowKey : `r${line + 1}` } : issue
      return { issue: named, line, field }
    })
    .sort((a, b) => a.line - b.line || a.field - b.field)
    .map(({ issue }) => issue)
}

const headerPlace = (field: string): number => {
  const place = HEADER_FIELDS.indexOf(field)
  return field === 'lines' ? HEADER_FIELDS.length + 1 : place < 0 ? HEADER_FIELDS.length : place
}
