import { type BudgetRow, BudgetRows } from '#worker/budgets/budget-row.ts'
import type { Sign } from '#worker/budgets/budget-sign.ts'
import { type Imported, importRows } from '#worker/budgets/import-rows.ts'
import { spreadKeyOf } from '#worker/budgets/spread-words.ts'
import { readBudget, readSeasons } from '#worker/budgets/store.ts'
import type { Month } from '#worker/core/dates.ts'
import { type Ore, ore } from '#worker/core/money.ts'
import { isError, Problem } from '#worker/core/problem.ts'
import { parse } from '#worker/http/accept.ts'
import type { Books } from '#worker/ledger/books.ts'
import { valueOfTitle } from '#worker/sheets/budget-titles.ts'
import { type PastedLine, readBudgetTable } from '#worker/sheets/paste-budget.ts'
import type { Answers } from '#worker/sheets/paste-cells.ts'
import type { Chosen, ImportContext } from './import-context.ts'
import { byPlace, type RowOutcome, type Run } from './import-outcome.ts'
import type { Question, Told } from './import-reading.ts'
import { askedOfEntry, tell } from './sheet-records.ts'
import { signOf } from './sheet-sign.ts'

type Line = PastedLine & { sheet: string }

/**
 * Brings a budget's sheet in, whatever its layout: accounts down and months across or the other way, departments as columns, as parts
 * or as sheets of their own. Sums are held against what was read. Accounts nobody knows are kept, and marked.
 * @throws Problem 404 budget/unknown; else as `importRows`.
 */
export async function runBudgetImport(
  ctx: ImportContext,
  { sheets, choices }: Chosen,
  books: Books,
  dryRun: boolean,
): Promise<Run> {
  const id = choices.options.budget ?? ''
  const budget = await readBudget(ctx.db, id)
  if (!budget) throw new Problem(404, 'budget/unknown')
  const { months } = budget
  const seasons = await readSeasons(ctx.db)
  const told: Told[] = []
  const lines: Line[] = []
  let said: Sign | undefined
  let doubtful: Question[] = []
  for (const { name, rows } of sheets) {
    const pasted = readBudgetTable(rows, { months, books }, choices.answers as Answers)
    if (!pasted) {
      if (sheets.length > 1) told.push(tell('sheetWithoutBudget', { sheet: name }))
      continue
    }
    const part = sheets.length > 1 ? valueOfTitle(name, books) : undefined
    if (part) told.push(tell('sheetIsValue', { sheet: name, ...part }))
    for (const line of pasted.lines)
      lines.push({
        ...line,
        sheet: name,
        dimensions: part ? { [part.dimension]: part.value, ...line.dimensions } : line.dimensions,
      })
    if (pasted.recognised.proof === 'income-and-cost') said ??= pasted.recognised.sign
    if (doubtful.length === 0) doubtful = pasted.questions.map(askedOfEntry)
    told.push(...pasted.told.map((t): Told => ({ of: 'budget', ...t })))
  }
  if (lines.length === 0) throw new Problem(422, 'sheet/no-rows')
  const { sign, questions } = signOf(lines, books, said, choices.answers.sign)
  const wanted = parse({ rows: lines.map((line) => rowOf(line, months, seasons)), sign, dryRun }, BudgetRows)
  const done = await importRows(ctx, id, wanted)
  return {
    rows: outcomes(lines, done, books),
    passedOver: [],
    told: [...told, tell(`sign-${sign}`)],
    questions: [...doubtful, ...questions],
    sum: null,
    steps: { of: 'budget', budget: id, lines: done.differences },
  }
}

function rowOf(line: Line, months: readonly Month[], seasons: readonly { key: string; name: string }[]): BudgetRow {
  const spread = spreadKeyOf(line.spread, { seasons })
  return {
    account: line.account,
    dimensions: line.dimensions,
    amounts: Object.fromEntries([...line.amounts].map(([at, amount]) => [months[at]!, ore(amount)])) as Record<
      Month,
      Ore
    >,
    ...(line.total !== undefined && { total: ore(line.total), spread: spread ?? 'even' }),
    ...(line.total === undefined && spread !== undefined && { spread }),
    ...(line.comment !== undefined && { comment: line.comment.slice(0, 255) }),
  } as BudgetRow
}

function outcomes(lines: readonly Line[], done: Imported, books: Books): RowOutcome[] {
  const placed = byPlace(done.issues, 'rows')
  return lines.map((line, i): RowOutcome => {
    const issues = placed.get(i) ?? []
    const account = books.accounts.get(line.account)
    const part = Object.values(line.dimensions).join(' ')
    return {
      row: line.at,
      status: issues.some(isError) ? 'refused' : done.rows[i]!,
      subject: [line.account, account?.nameNb, part && `(${part})`].filter(Boolean).join(' '),
      changes: Object.fromEntries(
        done.differences.filter((d) => d.line === i).map((d) => [d.field, [d.before, d.after] as const]),
      ),
      issues,
    }
  })
}
