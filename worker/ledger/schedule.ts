import { addMonths, firstDay, type IsoDate, lastDay, type Month, monthOf } from '#worker/core/dates.ts'
import { allocate, negate, type Ore, ore } from '#worker/core/money.ts'
import type { Issue } from '#worker/core/problem.ts'
import { type Books, fiscalYearOf } from './books.ts'
import { type Entry, entriesOf } from './entry.ts'
import { allowedOn, type Group, groupsOf, PUT_OFF } from './line-script.ts'
import { readScript, type ScriptOf, scriptNamed } from './script.ts'
import { monthsOfScript, waitsForYear } from './script-rules.ts'
import { type Voucher, type VoucherDraft, type VoucherLine, withDefaults, withTableRates } from './voucher-draft.ts'

export type ScheduleKind = 'accrual' | 'depreciation' | 'repeat'

/** One month of a plan. `draft` lacks its id, which follows from the schedule's; `waits` when its fiscal year is not made yet. */
export type PlannedMonth = {
  month: Month
  amount: Ore
  draft: Omit<VoucherDraft, 'id'>
  entries: readonly Entry[]
  waits: boolean
}

/**
 * What a line's script will post in other months. `account` is what is spread over them, `through` the balance account it is
 * taken from; a repeated voucher has neither. The months' amounts sum to `amount`, in øre.
 */
export type Plan = {
  rowKey: string
  kind: ScheduleKind
  script: string
  text: string
  account: string | null
  through: string | null
  amount: Ore
  months: readonly PlannedMonth[]
}

type Judge = (draft: unknown) => { entries: readonly Entry[]; issues: readonly Issue[] }
type Line = Voucher['lines'][number]

/** The plans of a voucher's lines. `entries` are the voucher's own; lines that `isFaulty` are left out. */
export function plansOf(
  voucher: Voucher,
  entries: readonly Entry[],
  books: Books,
  isFaulty: (line: number) => boolean,
): Plan[] {
  if (!fiscalYearOf(voucher.voucherDate, books)) return []
  return voucher.lines.flatMap((line, i) => {
    const spread = scriptNamed(line.script, 'SPRE') ?? scriptNamed(line.script, 'AVSKR')
    if (!spread || isFaulty(i)) return []
    const own = entries.filter((e) => e.rowKey === line.rowKey)
    const plan = planOf(spread, line, groupsOf(own), voucher, books)
    return plan ? [plan] : []
  })
}

/** A line's amount over its months, group by group of dimensions, the odd øre of each in the last month. */
function planOf(
  script: ScriptOf<'SPRE'> | ScriptOf<'AVSKR'>,
  line: Line,
  groups: readonly Group[],
  voucher: Voucher,
  books: Books,
): Plan | undefined {
  const months = monthsOfScript(script, voucher, fiscalYearOf(voucher.voucherDate, books)!)
  if (!months || groups.length === 0) return undefined
  const kind = script.name === 'SPRE' ? ('accrual' as const) : ('depreciation' as const)
  const account = script.name === 'SPRE' ? groups[0]!.account : script.cost
  const through = script.name === 'SPRE' ? script.through : script.asset
  const equal = months.map(() => 1)
  const parts = groups.map((group) => ({ group, amounts: allocate(group.amount, equal) }))
  const booked = [...new Set(months.map((m) => m.bookedIn))].sort()
  const planned = booked.flatMap((month, i): PlannedMonth[] => {
    const shares = parts.map(({ group, amounts }) => ({
      group,
      amount: ore(months.reduce((sum, m, k) => (m.bookedIn === month ? sum + amounts[k]! : sum), 0)),
    }))
    const lines = shares.filter((s) => s.amount !== 0).flatMap((s) => monthLines(s, account, through, books))
    if (lines.length === 0) return []
    const draft = monthDraft(kind, line, voucher, month, `${i + 1}/${booked.length}`, lines, books)
    const waits = waitsForYear(draft.voucherDate, books)
    const amount = ore(shares.reduce((sum, s) => sum + s.amount, 0))
    return [
      { month, amount, draft, entries: waits ? [] : entriesOf(withDefaults({ ...NO_ID, ...draft }), books), waits },
    ]
  })
  if (planned.length === 0) return undefined
  const amount = ore(groups.reduce((sum, g) => sum + g.amount, 0))
  return { rowKey: line.rowKey, kind, script: line.script!, text: line.text, account, through, amount, months: planned }
}

const NO_ID = { id: 'vch_' } as const

const monthLines = (
  { group, amount }: { group: Group; amount: Ore },
  account: string,
  through: string,
  books: Books,
): VoucherLine[] => [
  lineOn(account, amount, allowedOn(account, group.dimensions, books)),
  lineOn(through, negate(amount), allowedOn(through, group.dimensions, books)),
]

const lineOn = (account: string, amount: Ore, dimensions: Group['dimensions']): VoucherLine => ({
  account,
  amount,
  ...(dimensions && { dimensions: { ...dimensions } }),
})

function monthDraft(
  kind: 'accrual' | 'depreciation',
  line: Line,
  voucher: Voucher,
  month: Month,
  place: string,
  lines: VoucherLine[],
  books: Books,
): Omit<VoucherDraft, 'id'> {
  const type = books.voucherTypes.get(kind)?.active ? kind : 'general'
  const text = [[...line.text].slice(0, 240).join(''), place].filter(Boolean).join(' ')
  return {
    type,
    voucherDate: lastDay(month),
    text,
    ...(voucher.reason !== undefined && { reason: voucher.reason }),
    lines: lines.map((l, i) => ({ rowKey: `r${i + 1}`, ...l })),
  }
}

/**
 * The voucher again in later months, on the same day or the month's last. Each is judged as if it were posted by itself, and
 * what is wrong with one is wrong with the script.
 */
export function repeatsOf(
  voucher: Voucher,
  books: Books,
  judge: Judge,
  at: string,
): { plans: Plan[]; issues: Issue[] } {
  const i = voucher.lines.findIndex((l) => scriptNamed(l.script, 'GJENTA'))
  const line = voucher.lines[i]
  const script = scriptNamed(line?.script, 'GJENTA')
  if (!line || !script) return { plans: [], issues: [] }
  const pointer = `${at}/lines/${i}/script`
  const issues = new Map<string, Issue>()
  const months = Array.from({ length: script.times }, (_, k): PlannedMonth => {
    const draft = repeated(voucher, (k + 1) * script.every)
    const waits = waitsForYear(draft.voucherDate, books)
    const judged = waits ? undefined : judge({ ...NO_ID, ...draft, id: voucher.id })
    for (const issue of judged?.issues ?? [])
      if (issue.severity === 'error' && !issues.has(issue.code)) issues.set(issue.code, { ...issue, pointer })
    const amount = ore(
      (
        judged?.entries ?? entriesOf(withTableRates(withDefaults({ ...NO_ID, ...draft }), books.currencyRates), books)
      ).reduce((sum, e) => sum + Math.max(e.amount, 0), 0),
    )
    return { month: monthOf(draft.voucherDate), amount, draft, entries: judged?.entries ?? [], waits }
  })
  const amount = ore(months.reduce((sum, m) => sum + m.amount, 0))
  const { rowKey, text } = line
  const plan: Plan = {
    rowKey,
    kind: 'repeat',
    script: line.script!,
    text: text || voucher.text,
    account: null,
    through: null,
    amount,
    months,
  }
  return { plans: [plan], issues: [...issues.values()].map(({ fix: _, ...issue }) => issue) }
}

function repeated(voucher: Voucher, later: number): Omit<VoucherDraft, 'id'> {
  const { id: _, documentDate: __, vatDate: ___, corrects: ____, lines, ...header } = voucher
  return {
    ...header,
    voucherDate: monthsLater(voucher.voucherDate, later),
    lines: lines.map(
      ({ matches: _, invoiceNumber: __, paymentReference: ___, tableRate: ____, script, dueDate, ...line }) => ({
        ...line,
        ...(dueDate && { dueDate: monthsLater(dueDate, later) }),
        ...withoutRepeat(script),
      }),
    ),
  }
}

function withoutRepeat(script: string | undefined): { script?: string } {
  const rest = script?.replace(/GJENTA\s*\([^)]*\)/i, '').replace(/^[\s+]+|[\s+]+$/g, '')
  return rest && readScript(rest).scripts.length > 0 ? { script: rest } : {}
}

/** The same day so many months later; the last of a month stays the last. */
export function monthsLater(day: IsoDate, n: number): IsoDate {
  const month = addMonths(monthOf(day), n)
  const last = lastDay(month)
  if (day === lastDay(monthOf(day)) || day.slice(8) > last.slice(8)) return last
  return `${firstDay(month).slice(0, 8)}${day.slice(8)}` as IsoDate
}

/** A draft's entries and those of its plans' months, each with its day: what the draft comes to over time. */
export function entriesOverTime(draft: VoucherDraft, books: Books): (Entry & { date: IsoDate })[] {
  const voucher = withTableRates(withDefaults(draft), books.currencyRates)
  const entries = entriesOf(voucher, books)
  const months = plansOf(voucher, entries, books, () => false).flatMap((plan) => plan.months)
  return [
    ...entries.map((e) => ({ ...e, date: voucher.voucherDate })),
    ...months.flatMap((m) => m.entries.map((e) => ({ ...e, date: m.draft.voucherDate }))),
  ]
}

/** What stands on a row that a script made entries for. */
export const rowOfEntry = (rowKey: string): string =>
  rowKey.endsWith(PUT_OFF) ? rowKey.slice(0, -PUT_OFF.length) : rowKey
