import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { withText } from '#i18n/problem-text.ts'
import { mayDo } from '#worker/access/permission.ts'
import { readNames } from '#worker/access/user-store.ts'
import { FilledText } from '#worker/core/text.ts'
import { accept, acceptQuery, pathText } from '#worker/http/accept.ts'
import { actingOf, etagOf, ifMatch, tellingOf } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { BudgetChange, NewBudget } from './budget.ts'
import {
  ActualsAnswer,
  BudgetAnswer,
  BudgetList,
  ImportedAnswer,
  LinesAnswer,
  RowsAnswer,
  SavedAnswer,
  SeasonAnswer,
} from './budget-answer.ts'
import { LineChanges } from './budget-cell.ts'
import { BudgetRows } from './budget-row.ts'
import { SIGNS } from './budget-sign.ts'
import { changeBudget, removeBudget } from './change-budget.ts'
import { createBudget } from './create-budget.ts'
import { BudgetCopy, importCopy } from './import-copy.ts'
import { importRows } from './import-rows.ts'
import { readActuals, readBudgetLines, readBudgetRows, readTheBudget } from './read-budget-lines.ts'
import { type Saved, saveLines } from './save-lines.ts'
import { SeasonBody, saveSeason } from './save-season.ts'
import { readBudgets, readSeasons } from './store.ts'

const RowsQuery = z.strictObject({ sign: z.optional(z.enum(SIGNS, 'field/invalid')) })
const ActualsQuery = z.strictObject({ by: z.optional(FilledText(40)) })
const WRITING = [
  'budget/unknown',
  'budget/not-draft',
  'budget/month-outside-year',
  'budget/line-twice',
  'budget/contended',
  'amount/not-whole-ore',
  'amount/too-large',
  'request/too-large',
] as const

/** Budgets: versions of a year, their lines by account and dimensions, and what stands beside them. Mounted at /companies/:company. */
export const budgets = new Hono<Env>()
  .get(
    '/budgets',
    operation({
      summary: 'Budgets',
      access: 'budgets:read',
      answer: { status: 200, schema: BudgetList, description: 'The newest year first, and in it the main one' },
    }),
    async (c) => c.json({ budgets: await readBudgets(c.var.db) }),
  )
  .post(
    '/budgets',
    operation({
      summary: 'Make a budget for a year',
      description: 'It is a draft and empty. The first of a year is the one that reports take.',
      access: 'budgets:write',
      body: NewBudget,
      answer: { status: 201, schema: BudgetAnswer, description: 'With the months of its year' },
      problems: ['fiscal-year/unknown', 'budget/name-taken'],
    }),
    async (c) => {
      const made = await createBudget(actingOf(c), await accept(c, NewBudget))
      return c.json(made, 201, etagOf(made.version))
    },
  )
  .get(
    '/budgets/:budget',
    operation({
      summary: 'A budget',
      access: 'budgets:read',
      answer: {
        status: 200,
        schema: BudgetAnswer,
        description: 'With the months of its year, and its version as ETag',
      },
      problems: ['budget/unknown'],
    }),
    async (c) => {
      const budget = await readTheBudget(c.var.db, pathText(c, 'budget'))
      return c.json(budget, 200, etagOf(budget.version))
    },
  )
  .patch(
    '/budgets/:budget',
    operation({
      summary: 'Change a budget’s name, note or state, or make it the one that reports take',
      description: 'Send the version you read as If-Match. A locked budget is opened by an administrator.',
      access: 'budgets:write',
      body: BudgetChange,
      answer: { status: 200, schema: BudgetAnswer, description: 'As it is now' },
      problems: ['budget/unknown', 'budget/name-taken', 'version/stale'],
    }),
    async (c) => {
      const change = await accept(c, BudgetChange)
      const mayUnlock = mayDo(c.var.access, 'budgets:unlock')
      const changed = await changeBudget(actingOf(c), pathText(c, 'budget'), change, ifMatch(c), mayUnlock)
      return c.json(changed, 200, etagOf(changed.version))
    },
  )
  .delete(
    '/budgets/:budget',
    operation({
      summary: 'Remove a draft with all its lines',
      access: 'budgets:write',
      answer: { status: 204, description: 'Gone' },
      problems: ['budget/unknown', 'budget/not-draft', 'version/stale'],
    }),
    async (c) => {
      await removeBudget(actingOf(c), pathText(c, 'budget'), ifMatch(c))
      return c.body(null, 204)
    },
  )
  .get(
    '/budgets/:budget/lines',
    operation({
      summary: 'The lines of a budget',
      access: 'budgets:read',
      answer: {
        status: 200,
        schema: LinesAnswer,
        description:
          'By account and dimensions; amounts in øre, debit positive, in the order of the months. Accounts and values that are not in the registers stand there too, with a warning.',
      },
      problems: ['budget/unknown'],
    }),
    async (c) => {
      const { budget, lines, issues } = await readBudgetLines(c.var.db, pathText(c, 'budget'))
      return c.json({ budget, lines, issues: issues.map((issue) => withText(issue, c.var.locale)) })
    },
  )
  .post(
    '/budgets/:budget/lines',
    operation({
      summary: 'Save changed cells',
      description:
        'Each cell with the amount it had when it was read. What somebody else changed since then is left alone and answered under `conflicts` with both values; the rest is saved and answered under `differences`.',
      access: 'budgets:write',
      body: LineChanges,
      answer: {
        status: 200,
        schema: SavedAnswer,
        description: 'What was saved, what stood already, and what was not saved',
      },
      problems: WRITING,
    }),
    async (c) => {
      const changes = await accept(c, LineChanges)
      return c.json(await told(c, await saveLines(tellingOf(c), pathText(c, 'budget'), changes)))
    },
  )
  .get(
    '/budgets/:budget/rows',
    operation({
      summary: 'A budget as rows to take out and bring in again',
      description:
        '`sign`: natural (income and cost both positive), debit (as in the ledger) or result (cost negative).',
      access: 'budgets:read',
      query: RowsQuery,
      answer: { status: 200, schema: RowsAnswer, description: 'Brought in unchanged they change nothing' },
      problems: ['budget/unknown', 'request/invalid'],
    }),
    async (c) => {
      const { sign = 'natural' } = acceptQuery(c, RowsQuery)
      return c.json({ sign, ...(await readBudgetRows(c.var.db, pathText(c, 'budget'), sign)) })
    },
  )
  .post(
    '/budgets/:budget/rows',
    operation({
      summary: 'Bring rows into a budget',
      description:
        'A month that is not named is left as it is, and one that is null is emptied. A row with `total` and no amounts is spread by its key. With `dryRun` nothing is saved and every fault is told.',
      access: 'budgets:write',
      body: BudgetRows,
      answer: { status: 200, schema: ImportedAnswer, description: 'What became of each row, in order' },
      problems: WRITING,
    }),
    async (c) => {
      const rows = await accept(c, BudgetRows)
      return c.json(await told(c, await importRows(tellingOf(c), pathText(c, 'budget'), rows)))
    },
  )
  .post(
    '/budgets/:budget/copies',
    operation({
      summary: 'Copy another budget, or a year’s actual figures, into a budget',
      description: '`change` is in basis points: 500 makes everything five per cent larger.',
      access: 'budgets:write',
      body: BudgetCopy,
      answer: { status: 200, schema: ImportedAnswer, description: 'What became of each row of the source' },
      problems: [...WRITING, 'fiscal-year/unknown'],
    }),
    async (c) => {
      const copy = await accept(c, BudgetCopy)
      return c.json(await told(c, await importCopy(tellingOf(c), pathText(c, 'budget'), copy)))
    },
  )
  .get(
    '/budgets/:budget/actuals',
    operation({
      summary: 'Actual figures beside a budget: its own months, and the same months a year before',
      description: '`by`: a dimension to part them by; what has no value of it is a row of its own.',
      access: 'budgets:read',
      query: ActualsQuery,
      answer: { status: 200, schema: ActualsAnswer, description: 'Income and cost in øre, debit positive' },
      problems: ['budget/unknown', 'request/invalid'],
    }),
    async (c) => {
      const { by = null } = acceptQuery(c, ActualsQuery)
      const budget = await readTheBudget(c.var.db, pathText(c, 'budget'))
      return c.json(await readActuals(c.var.db, budget, by))
    },
  )
  .get(
    '/budget-seasons',
    operation({
      summary: 'Seasons a sum can be spread by',
      access: 'budgets:read',
      answer: { status: 200, schema: z.object({ seasons: z.array(SeasonAnswer) }), description: 'By key' },
    }),
    async (c) => c.json({ seasons: await readSeasons(c.var.db) }),
  )
  .put(
    '/budget-seasons/:season',
    operation({
      summary: 'Make or change a season',
      description: 'Twelve weights, January first, in any unit. `even` and `last-year` are built in.',
      access: 'budgets:write',
      body: SeasonBody,
      answer: { status: 200, schema: SeasonAnswer, description: 'As it is now' },
      problems: ['request/invalid'],
    }),
    async (c) => {
      const body = await accept(c, SeasonBody)
      return c.json(await saveSeason(actingOf(c), pathText(c, 'season'), body))
    },
  )

/** Tells the caller what was saved, with texts in the caller's language and the names of those whose amounts were left alone. */
async function told<S extends Saved>(c: Context<Env>, saved: S) {
  const writers = [...new Set(saved.conflicts.flatMap((conflict) => conflict.by ?? []))]
  const names = await readNames(c.var.control, writers)
  return {
    ...saved,
    conflicts: saved.conflicts.map((conflict) => ({
      ...conflict,
      byName: (conflict.by !== null && names.get(conflict.by)) || null,
    })),
    issues: saved.issues.map((issue) => withText(issue, c.var.locale)),
  }
}
