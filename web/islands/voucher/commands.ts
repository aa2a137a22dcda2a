import { entryText } from '#i18n/entry-text.ts'
import { BLANK, isBlank } from '#worker/sheets/sheet.ts'
import type { Choices } from './choices.ts'
import { cured, nextIssue, takenRest } from './desk-actions.ts'
import type { DocumentsView } from './documents-view.ts'
import { edited, filledDown, withCopyOf, withHead, withoutRows, withRowAt } from './edit.ts'
import type { Entry } from './entry.ts'
import type { FindView } from './find-view.ts'
import type { GridView } from './grid-view.ts'
import type { HeaderView } from './header-view.ts'
import type { Shown } from './issues-view.ts'
import type { Placed } from './judge.ts'
import type { Command } from './keys.ts'

/** What a command works with. */
export type Work = {
  readonly entry: Entry
  readonly grid: GridView
  readonly header: HeaderView
  readonly documents: DocumentsView | undefined
  /** Issues in reading order, with how loudly they are shown. */
  shown(): readonly Shown[]
  /** Those of the cell one is in. */
  here(): readonly Placed[]
  /** Why the cell one is in is as it is. */
  explained(): string
  /** What the column one is in is for. */
  columnHelp(): string
  say(text: string): void
  goTo(placed: Placed): void
  post(): void
  /** What was pasted ahead leaves the notice of what was posted meanwhile. */
  paste(text: string, at: { row: number; field: string }, isAhead?: boolean): void
  readonly find: FindView
  beginNew(): void
  drafts(): void
  setCurrency(): void
  readonly choices: Choices
}

/** Does what a key or button asks for. */
export const run = (command: Command, work: Work): void => DOES[command](work)

const DOES: Readonly<Record<Command, (work: Work) => void>> = {
  post: (work) => work.post(),
  dryRun: ({ entry }) => void entry.tryNow(),
  nextIssue: (work) => goToIssue(work, 1),
  previousIssue: (work) => goToIssue(work, -1),
  fix(work) {
    const placed = work.here().find((p) => p.fix) ?? work.shown().find((p) => p.fix)
    if (placed) cure(placed, work)
    else work.say(textOf(work, 'noFix'))
  },
  rest(work) {
    const { entry, grid } = work
    const done = takenRest(entry.desk, rangeOf(grid).top, entry.verdict, entry.setting)
    const isUnread = entry.verdict.vouchers.some(({ unread }) => unread)
    if (!done) return work.say(textOf(work, isUnread ? 'restUnread' : 'balanced'))
    entry.change(done.desk)
    grid.select(done.at.row, done.at.field)
  },
  find: ({ find }) => find.open(),
  findNext: ({ find }) => void find.go(1),
  columns: ({ choices }) => choices.openColumns(),
  script: (work) => goToColumn(work, 'script'),
  matches: (work) => goToColumn(work, 'matches'),
  newDraft: (work) => work.beginNew(),
  currency: (work) => work.setCurrency(),
  template({ entry, grid }) {
    const { top } = rangeOf(grid)
    const { rows } = entry.desk
    // A key unfolds on a line that is not begun.
    grid.open(rows[top]?.account === '' ? top : rows.findLastIndex((row) => !isBlank(row)) + 1, 'text')
  },
  nextDocument(work) {
    const next = document.querySelector<HTMLFormElement>('#next-document')
    if (next) next.requestSubmit()
    else work.say(textOf(work, 'noDocuments'))
  },
  document: ({ documents }) => documents?.toggle(),
  drafts: (work) => work.drafts(),
  today({ entry, grid }) {
    const { top } = rangeOf(grid)
    const field = grid.current()?.field ?? ''
    const isDate = grid.columns.find((column) => column.field === field)?.kind === 'date'
    if (isDate) entry.change(edited(entry.desk, [{ row: top, field, value: entry.today }], entry.setting))
    else entry.change(withHead(entry.desk, { ...entry.desk.header, voucherDate: entry.today }, entry.setting))
  },
  undo: ({ entry }) => entry.undo(),
  redo: ({ entry }) => entry.redo(),
  fillDown({ entry, grid }) {
    const range = rangeOf(grid)
    const columns = grid.columns.slice(range.left, range.right + 1).filter((column) => column.kind !== 'computed')
    const fields = columns.map((column) => column.field)
    entry.change(filledDown(entry.desk, range, fields, entry.setting))
  },
  copyLine({ entry, grid }) {
    const { top } = rangeOf(grid)
    const field = grid.current()?.field ?? 'account'
    entry.change(withCopyOf(entry.desk, top))
    grid.select(top + 1, field)
  },
  insertLine({ entry, grid }) {
    const { top } = rangeOf(grid)
    const { voucher, id } = entry.desk.rows[top] ?? BLANK
    entry.change(withRowAt(entry.desk, top, { ...BLANK, voucher, id }))
  },
  deleteLine({ entry, grid }) {
    const { top, bottom } = rangeOf(grid)
    entry.change(withoutRows(entry.desk, top, bottom))
  },
  otherPart({ grid, header }) {
    if (grid.hasFocus) header.focus('voucherDate')
    else grid.focus()
  },
  explain: (work) => work.say([work.here()[0]?.message, work.explained(), work.columnHelp()].filter(Boolean).join(' ')),
  help: () => document.querySelector<HTMLDialogElement>('#key-map')?.showModal(),
}

const rangeOf = (grid: GridView) => grid.selected() ?? { top: 0, bottom: 0, left: 0, right: 0 }
const textOf = ({ entry }: Work, key: Parameters<typeof entryText>[1]): string => entryText(entry.court.locale, key)

/** To a column of the line one is in, which comes forth when it is hidden. */
function goToColumn({ choices, grid }: Work, field: string): void {
  const { top } = rangeOf(grid)
  choices.showColumn(field)
  grid.select(top, field)
}

/** Errors and warnings first; when there are none, what is merely missing. */
function goToIssue(work: Work, step: 1 | -1): void {
  const all = work.shown()
  const loud = all.filter((p) => p.shown !== 'unfinished')
  const fields = work.grid.columns.map((column) => column.field)
  const next = nextIssue(loud.length > 0 ? loud : all, work.grid.current(), fields, step)
  if (next) work.goTo(next)
  else work.say(textOf(work, 'issuesNone'))
}

export function cure(placed: Placed, { entry, grid }: Pick<Work, 'entry' | 'grid'>, fix = placed.fix): void {
  if (!fix) return
  entry.change(cured(entry.desk, fix, entry.verdict, entry.setting))
  if (placed.row >= 0) grid.select(placed.row, grid.fieldOf(placed.field))
}
