import { Hono } from 'hono'
import * as z from 'zod/mini'
import { withText } from '#i18n/problem-text.ts'
import { accept } from '#worker/http/accept.ts'
import { actingOf, etagOf, ifMatch } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { MOST_MOVEMENT_ROWS, MovementRow } from '#worker/opening-balance/movement-row.ts'
import { type JudgedComparison, readJudgedComparison, saveComparison } from './save-comparison.ts'

const ComparisonSheet = z.strictObject({
  rows: z.array(MovementRow, { error: 'field/required' }).check(z.maxLength(MOST_MOVEMENT_ROWS, 'field/invalid')),
})
const ComparisonAnswer = z.object({
  version: z.int(),
  /** The columns of the sheet: the twelve months before the ledger's own figures begin, and others that have figures. */
  months: z.array(z.looseObject({ month: z.string(), result: z.int(), sum: z.int() })),
  rows: z.array(MovementRow),
  issues: z.array(
    z.object({ code: z.string(), severity: z.enum(['error', 'warning']), pointer: z.string(), message: z.string() }),
  ),
})

/** Last year's figures of another system, to compare with. Mounted at /companies/:company. */
export const comparison = new Hono<Env>()
  .get(
    '/comparison',
    operation({
      summary: 'Last year’s figures for comparison, account by account and month by month',
      description: 'Debit positive, in øre. They are shown in reports as the previous year and stand in no entry.',
      access: 'ledger:read',
      answer: { status: 200, schema: ComparisonAnswer, description: 'Its version as ETag' },
    }),
    async (c) => {
      const judged = await readJudgedComparison(c.var.db)
      return c.json(answerOf(judged, c.var.locale), 200, etagOf(judged.kept.version))
    },
  )
  .put(
    '/comparison',
    operation({
      summary: 'Keep last year’s figures for comparison',
      description:
        'Accounts down, months across, debit positive, in øre; the rows take the place of those there are. Send the version you read as If-Match; "0" when there is none yet. The ledger is not touched.',
      access: 'import:run',
      body: ComparisonSheet,
      answer: { status: 200, schema: ComparisonAnswer, description: 'As it is now' },
      problems: ['request/invalid', 'version/stale', 'request/too-large'],
    }),
    async (c) => {
      const { rows } = await accept(c, ComparisonSheet)
      const judged = await saveComparison(actingOf(c), rows, ifMatch(c))
      return c.json(answerOf(judged, c.var.locale), 200, etagOf(judged.kept.version))
    },
  )

const answerOf = ({ kept, judgement }: JudgedComparison, locale: Env['Variables']['locale']) => ({
  version: kept.version,
  months: judgement.months,
  rows: kept.rows,
  issues: judgement.issues.map((issue) => withText(issue, locale)),
})
