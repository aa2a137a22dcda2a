import { fill, kroner, type Locale, month as monthName } from '#i18n/format.ts'
import type { BudgetFacts } from '#web/islands/budget/budget-facts.ts'
import { directionIn } from '#web/islands/budget/budget-facts.ts'
import { type Base, totalOf, twins } from '#web/islands/budget/budget-row.ts'
import { afterSave, type SavedAnswer, unsavedOf } from '#web/islands/budget/budget-save.ts'
import { spreadName } from '#web/islands/budget/budget-shown.ts'
import { signed } from '#worker/budgets/budget-sign.ts'
import { ore } from '#worker/core/money.ts'
import { type RegisterChange, type RegisterReading, registerAddress } from '../excel/register-table.ts'
import { textOf } from '../sheet/read-cell.ts'
import { baseText, budgetTexts, cellsOf, type SheetLine, totalFormula } from './budget-sheet.ts'

/** What somebody else wrote in a cell of this sheet: by row key and field. Both are kept until one of them is chosen. */
export type SheetConflict = { id: string; field: string; theirs: number | string | null; byName: string | null }
export type Marked = { address: string; text: string }
export type JudgedBudget = {
  lines: readonly SheetLine[]
  unsaved: ReturnType<typeof unsavedOf>
  wrong: Marked[]
  doubtful: Marked[]
  conflicts: Marked[]
  /** Each line's state and what is said of it, by its row. */
  says: ReadonlyMap<number, { state: keyof (typeof budgetTexts)['nb']['states']; text: string }>
}

export const basesOf = (lines: readonly SheetLine[]): Map<string, Base> =>
  new Map(lines.flatMap(({ row, base }) => (base ? [[row.id, base] as const] : [])))

/** A cell's column in the sheet, from a field of a line. */
export const columnOfField = (field: string, { months }: Pick<BudgetFacts, 'months'>): string => {
  const at = months.indexOf(field)
  return at < 0 ? field : `m${at}`
}

/** How each row of a budget sheet stands, and what of it is to be saved. */
export function judgeBudget(
  reading: RegisterReading,
  lines: readonly SheetLine[],
  facts: BudgetFacts,
  conflicts: readonly SheetConflict[],
  saved: ReadonlySet<string>,
): JudgedBudget {
  const t = budgetTexts[facts.locale]
  const { locale } = facts
  const standing = lines.filter((line) => !line.blank)
  const unsaved = unsavedOf(
    standing.map((line) => line.row),
    basesOf(lines),
    new Map(),
    facts,
  )
  const changed = new Set(unsaved.map(({ id }) => id))
  const twice = twins(standing.map((line) => line.row))
  const judged: JudgedBudget = { lines, unsaved, wrong: [], doubtful: [], conflicts: [], says: new Map() }
  const says = judged.says as Map<number, { state: 'error'; text: string }>
  for (const line of lines) {
    const { row, at, base } = line
    const mark = (list: Marked[], column: string, text: string) => {
      list.push({ address: registerAddress(reading, at, column) ?? '', text })
      return text
    }
    const faults = faultsOf(line, twice.has(row.id), facts)
    const own = conflicts.filter((c) => c.id === row.id)
    const told = [
      ...faults.map(([column, text]) => mark(judged.wrong, column, text)),
      ...own.map((c) => mark(judged.conflicts, columnOfField(c.field, facts), conflictText(c, line, facts))),
    ]
    const unknown = row.account !== '' && !facts.books.accounts.has(row.account)
    if (unknown) told.push(mark(judged.doubtful, 'account', fill(t.unknownAccount, { account: row.account }, locale)))
    const state =
      faults.length > 0
        ? 'error'
        : own.length > 0
          ? 'conflict'
          : changed.has(row.id)
            ? base
              ? 'changed'
              : 'new'
            : unknown
              ? 'warning'
              : saved.has(row.id)
                ? 'saved'
                : 'unchanged'
    says.set(at, { state: state as 'error', text: told.join(' ') })
  }
  return judged
}

function faultsOf(line: SheetLine, twice: boolean, facts: BudgetFacts): [column: string, text: string][] {
  const t = budgetTexts[facts.locale]
  const { row, blank, unreadTotal, unknownSpread } = line
  if (blank) return []
  const say = (text: string, params: Record<string, string>) => fill(text, params, facts.locale)
  const faults: [string, string][] = []
  if (row.account === '') faults.push(['account', t.noAccount])
  if (twice) faults.push(['account', say(t.twice, { account: row.account })])
  row.amounts.forEach((amount, i) => {
    if (typeof amount === 'string')
      faults.push([`m${i}`, say(t.unread, { month: longMonth(facts.months[i]!, facts.locale), text: amount.trim() })])
  })
  if (unreadTotal !== undefined) faults.push(['total', say(t.unreadTotal, { text: unreadTotal.trim() })])
  if (unknownSpread !== undefined) {
    const keys = ['even', 'last-year', ...facts.seasons.map((s) => s.key)].map((key) => spreadName(key, facts))
    faults.push(['spread', say(t.unknownSpread, { text: unknownSpread, allowed: keys.join(', ') })])
  }
  return faults
}

const longMonth = (iso: string, locale: Locale): string => {
  const name = monthName(iso, locale)
  return name[0]!.toUpperCase() + name.slice(1)
}

function conflictText({ field, theirs, byName }: SheetConflict, { row }: SheetLine, facts: BudgetFacts): string {
  const t = budgetTexts[facts.locale]
  const { locale, months } = facts
  const at = months.indexOf(field)
  const name = byName ?? t.somebody
  if (at < 0) {
    const yours = field === 'spread' ? row.spread : row.comment
    return fill(t.conflictField, { name, theirs: String(theirs ?? ''), yours }, locale)
  }
  const written = (amount: unknown) =>
    typeof amount === 'number'
      ? kroner(signed(ore(amount), facts.sign, directionIn(facts, row.account)), locale)
      : t.nothing
  const params = { month: longMonth(field, locale), name, theirs: written(theirs), yours: written(row.amounts[at]) }
  return fill(theirs === null ? t.conflictGone : t.conflict, params, locale)
}

/** What the sheet must be given so that it shows how its rows stand: states, names, sums, and sums that were typed, spread. */
export function shownChanges(
  reading: RegisterReading,
  judged: JudgedBudget,
  budget: string,
  facts: BudgetFacts,
): RegisterChange[] {
  const { states } = budgetTexts[facts.locale]
  const changes: RegisterChange[] = []
  for (const { at, row, base, blank, typedTotal, unreadTotal } of judged.lines) {
    const { cells, formulas } = reading.rows[at]!
    const says = judged.says.get(at)!
    const wanted = blank
      ? { status: states[says.state], message: '', accountName: '' }
      : cellsOf(row, base, { budget, status: states[says.state], message: says.text }, facts, [])
    const mayWrite = [
      'status',
      'message',
      'accountName',
      ...(typedTotal && unreadTotal === undefined ? [...row.amounts.keys()].map((i) => `m${i}`) : []),
    ]
    for (const column of mayWrite) {
      const value = (wanted as Record<string, unknown>)[column] as never
      if (textOf(cells[column]) !== textOf(value)) changes.push({ at, column, value })
    }
    const isFormula = String(formulas.total ?? '').startsWith('=')
    if (!blank && unreadTotal === undefined && !isFormula && (typedTotal || totalOf(row.amounts) !== null))
      changes.push({ at, column: 'total', value: totalFormula(at, facts.months.length, reading), isFormula: true })
  }
  return changes
}

/**
 * What is written after a save: each line's new base, so that the next save sends only what changes from now on. A cell that
 * somebody else changed keeps the base it had: saving once more tells of it again, and never writes it over.
 */
export function savedChanges(
  lines: readonly SheetLine[],
  sent: ReturnType<typeof unsavedOf>,
  answer: SavedAnswer,
  budget: string,
  facts: BudgetFacts,
): { changes: RegisterChange[]; conflicts: SheetConflict[]; saved: Set<string> } {
  const before = basesOf(lines)
  const { bases } = afterSave(sent, { ...answer, conflicts: [] }, before, new Map(), facts.months)
  const conflicts = answer.conflicts.flatMap((c): SheetConflict[] => {
    const id = sent[c.line]?.id
    return id === undefined ? [] : [{ id, field: c.field, theirs: c.theirs, byName: c.byName }]
  })
  const changes: RegisterChange[] = []
  const saved = new Set<string>()
  for (const { id } of sent) {
    const line = lines.find((one) => one.row.id === id)
    if (!line || saved.has(id)) continue
    saved.add(id)
    const now = bases.get(id)
    const base =
      now &&
      withOld(
        now,
        before.get(id),
        conflicts.filter((c) => c.id === id),
        facts,
      )
    changes.push(
      { at: line.at, column: 'rowKey', value: base ? id : '' },
      { at: line.at, column: 'budget', value: base ? `${budget}|${facts.sign}` : '' },
      { at: line.at, column: 'base', value: baseText(id, base) },
    )
  }
  return { changes, conflicts, saved }
}

function withOld(
  now: Base,
  before: Base | undefined,
  conflicts: readonly SheetConflict[],
  { months }: BudgetFacts,
): Base {
  const amounts = [...now.amounts]
  let { spread, comment } = now
  for (const { field } of conflicts) {
    if (field === 'spread') spread = before?.spread ?? ''
    else if (field === 'comment') comment = before?.comment ?? ''
    else amounts[months.indexOf(field)] = before?.amounts[months.indexOf(field)] ?? null
  }
  return { ...now, spread, comment, amounts }
}
