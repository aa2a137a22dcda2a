import type { Sign } from '#worker/budgets/budget-sign.ts'
import type { KeptHere } from '../sheets/kept-here.ts'
import { type History, noHistory, redone, remembered, undone } from '../voucher/history.ts'
import { type Edit, edited } from './budget-edit.ts'
import type { BudgetFacts } from './budget-facts.ts'
import { keptBudget, restoredBudget } from './budget-kept.ts'
import { type Base, keyOf, type Row, redoneIn } from './budget-row.ts'
import {
  afterSave,
  type Bases,
  type Conflict,
  type Conflicts,
  placeOf,
  type SavedAnswer,
  unsavedOf,
  withFresh,
} from './budget-save.ts'

/** How a save went: `lost` is no answer at all, and is tried again. */
export type SaveResult =
  | { kind: 'saved'; answer: SavedAnswer }
  | { kind: 'refused'; title: string }
  | { kind: 'signed-out' }
  | { kind: 'lost' }
export type Send = (lines: unknown[]) => Promise<SaveResult>
export type SaveState = { kind: 'clean' | 'saving' | 'lost' | 'signed-out' } | { kind: 'refused'; title: string }

type Options = {
  facts: BudgetFacts
  lines: readonly Base[]
  revision: number
  writable: boolean
  send: Send
  /** Where what is typed is kept until it is saved. */
  kept?: KeptHere
  /** Reads all lines anew. */
  fetchLines: () => Promise<{ lines: readonly Base[]; revision: number } | undefined>
  changed: () => void
}

/**
 * The budget as it stands in the grid: its rows, what of them is saved, what others changed meanwhile, and what was before.
 * Everything typed is saved by itself; only cells that changed are sent.
 */
export class BudgetDesk {
  facts: BudgetFacts
  readonly writable: boolean
  state: SaveState = { kind: 'clean' }
  savedAt: string | undefined
  /** When what was left behind on this machine was typed; told until it is saved. */
  restoredAt: string | undefined
  isKept = true
  /** Who saved last, beside this window. */
  takenFrom: string | undefined
  readonly #options: Options
  #rows: readonly Row[]
  #bases: Bases
  #conflicts: Conflicts = new Map()
  #history: History<readonly Row[]> = noHistory()
  #revision: number
  #made = 0
  #saving: Promise<void> | undefined

  constructor(options: Options) {
    this.#options = options
    this.facts = options.facts
    this.writable = options.writable
    this.#revision = options.revision
    const bases = new Map<string, Base>()
    const { months } = options.facts
    const kept = options.writable ? options.kept?.text : undefined
    const restored = restoredBudget(kept, options.lines, months, this.newId)
    const rows =
      (restored && inOrder(restored.rows)) ??
      options.lines.map((line): Row => {
        const id = this.newId()
        bases.set(id, line)
        return { id, ...line }
      })
    this.restoredAt = restored?.at
    if (restored) this.#conflicts = restored.conflicts
    this.#bases = restored?.bases ?? bases
    this.#rows = [...rows, ...this.#accountsWithFigures(rows)]
  }

  newId = (): string => `r${++this.#made}`
  get rows(): readonly Row[] {
    return this.#rows
  }
  get conflicts(): Conflicts {
    return this.#conflicts
  }
  conflictAt(id: string, field: string): Conflict | undefined {
    return this.#conflicts.get(placeOf(id, field))
  }
  get isUnsaved(): boolean {
    return this.#unsaved().length > 0
  }
  /** Everything typed is kept on this machine at once; what a refusal was of may be put right by it. */
  #noteChange(): void {
    const { kept } = this.#options
    if (kept && this.writable) {
      const text = keptBudget(this.#rows, this.#bases, this.facts.actuals, new Date().toISOString())
      if (text === undefined) kept.drop()
      this.isKept = text === undefined || kept.save(text)
    }
    this.#options.changed()
  }
  #unsaved() {
    return unsavedOf(this.#rows, this.#bases, this.#conflicts, this.facts)
  }

  edit(edits: readonly Edit[]): void {
    if (!this.writable || edits.length === 0) return
    this.replace(edited(this.#rows, edits, this.facts))
  }

  /** Takes other rows in place of those there are, as one step that can be undone. */
  replace(rows: readonly Row[]): void {
    if (!this.writable) return
    this.#history = remembered(this.#history, this.#rows, rows)
    this.#rows = rows
    this.#noteTyped()
  }

  undo(): boolean {
    return this.#step(undone(this.#history, this.#rows, redoneIn))
  }
  redo(): boolean {
    return this.#step(redone(this.#history, this.#rows, redoneIn))
  }
  #step(step: { history: History<readonly Row[]>; state: readonly Row[] } | undefined): boolean {
    if (!step) return false
    this.#history = step.history
    this.#rows = step.state
    this.#noteTyped()
    return true
  }

  #noteTyped(): void {
    if (this.state.kind === 'refused') this.state = { kind: 'clean' }
    this.#noteChange()
  }

  useSign(sign: Sign): void {
    this.facts = { ...this.facts, sign }
    this.#noteChange()
  }

  /** One's own amount goes where another's stands, now that one has seen it. */
  takeMine(id: string, field: string): void {
    this.#settled(id, field)
    this.#noteChange()
  }

  /** The other's amount stays. */
  takeTheirs(id: string, field: string): void {
    const conflict = this.conflictAt(id, field)
    if (!conflict) return
    const month = this.facts.months.indexOf(field)
    this.#rows = this.#rows.map((row): Row => {
      if (row.id !== id) return row
      if (month < 0) return { ...row, [field]: String(conflict.theirs ?? '') }
      return { ...row, amounts: row.amounts.map((amount, i) => (i === month ? conflict.theirs : amount)) }
    })
    this.#settled(id, field)
    this.#noteChange()
  }
  #settled(id: string, field: string): void {
    const conflicts = new Map(this.#conflicts)
    conflicts.delete(placeOf(id, field))
    this.#conflicts = conflicts
  }

  /** Sends what is unsaved, if anything; while a save is under way the next one waits for it. */
  async save(): Promise<void> {
    while (this.#saving) await this.#saving
    if (!this.writable || !this.isUnsaved) return
    this.#saving = this.#send()
    try {
      await this.#saving
    } finally {
      this.#saving = undefined
    }
  }

  async #send(): Promise<void> {
    const { months } = this.facts
    const unsaved = this.#unsaved().slice(0, 1_500)
    this.#tell({ kind: 'saving' })
    const result = await this.#options.send(unsaved.map(({ change }) => change))
    if (result.kind !== 'saved') return this.#tell(result)
    const { answer } = result
    const after = afterSave(unsaved, answer, this.#bases, this.#conflicts, months)
    this.#bases = after.bases
    this.#conflicts = after.conflicts
    this.savedAt = new Date().toISOString()
    this.restoredAt = undefined
    const othersSaved = answer.revision > this.#revision + 1 || answer.conflicts.length > 0
    this.#revision = answer.revision
    this.#tell({ kind: 'clean' })
    if (othersSaved) await this.refresh()
  }

  /** Somebody saved, perhaps: reads it, unless `revision` is had already. What was refused is tried again. */
  async heard(revision = Number.POSITIVE_INFINITY, name?: string): Promise<void> {
    while (this.#saving) await this.#saving
    if (revision <= this.#revision) return
    await this.refresh(name)
    if (this.state.kind === 'refused') await this.save()
  }

  /** Reads what others have saved; `name` is whose it is, when one has been told. */
  async refresh(name?: string): Promise<void> {
    const fresh = await this.#options.fetchLines()
    if (!fresh) return
    const { months } = this.facts
    const taken = withFresh(this.#rows, this.#bases, this.#conflicts, fresh.lines, months, this.newId)
    // Who wrote it was told by the save; what is read anew does not say.
    for (const [place, conflict] of taken.conflicts) {
      const known = this.#conflicts.get(place)
      if (known && known.theirs === conflict.theirs) taken.conflicts.set(place, known)
      else if (name && !known) taken.conflicts.set(place, { ...conflict, by: name })
    }
    if (name) this.takenFrom = name
    this.#rows = taken.rows
    this.#bases = taken.bases
    this.#conflicts = taken.conflicts
    this.#revision = fresh.revision
    this.#noteChange()
  }

  #tell(state: SaveState): void {
    this.state = state
    this.#noteChange()
  }

  /** Accounts that moved this year or last and have no line: they stand ready to be budgeted. */
  #accountsWithFigures(rows: readonly Row[]): Row[] {
    const budgeted = new Set(rows.map((row) => row.account))
    const { months, actuals } = this.facts
    return [...actuals.keys()]
      .filter((account) => !budgeted.has(account))
      .map((account) => ({
        id: this.newId(),
        account,
        dimensions: {},
        spread: '',
        comment: '',
        amounts: months.map(() => null),
      }))
  }
}

/** Rows by account, then dimensions; new ones keep their place at the end until the page is loaded again. */
export const inOrder = (rows: readonly Row[]): Row[] =>
  rows.toSorted((a, b) => (a.account === '' ? 1 : b.account === '' ? -1 : keyOf(a) < keyOf(b) ? -1 : 1))
