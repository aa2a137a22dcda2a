import type { Instant, IsoDate } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import { parse } from '#worker/http/accept.ts'
import { readFinancialStatement } from './read-financial-statement.ts'
import { readKeyFigures } from './read-key-figures.ts'
import { refuse } from './read-statement-frame.ts'
import { readTrialBalance } from './read-trial-balance.ts'
import { dimensionsOf, StatementQuery, TrialBalanceQuery } from './report-query.ts'
import type { ReportSeal } from './report-seal.ts'
import type { BlockToVerify } from './saved-report.ts'

/** A block drawn again: what it was drawn from and the hash of its figures. */
export type DrawnBlock = { atVersion: number; chainHead: string | null; fromDate: string; toDate: string; hash: string }

/**
 * Draws a report by its name and query and gives its hash. The days that were left out are those of the version.
 * @throws Problem 422 request/invalid: what the report itself refuses, or a report without a hash.
 */
export async function drawBlock(
  db: Database,
  report: string,
  query: Readonly<Record<string, string>>,
  today: IsoDate,
  atVersion?: number,
): Promise<DrawnBlock> {
  const fixed = atVersion === undefined ? query : { ...without(query, 'asKnownAt'), atVersion: String(atVersion) }
  if (report === 'trial-balance') {
    const asked = parse(fixed, TrialBalanceQuery)
    const dimensions = dimensionsOf(asked, TrialBalanceQuery)
    return readTrialBalance(db, { ...daysOf(asked), today, filter: { dimensions } }, asked.includeZero)
  }
  if (report !== 'income-statement' && report !== 'balance-sheet' && report !== 'key-figures')
    refuse('field/invalid', '#/report', {
      allowed: ['income-statement', 'balance-sheet', 'trial-balance', 'key-figures'],
    })
  const asked = parse(fixed, StatementQuery)
  const { period, columns, layout, budget, includeZero } = asked
  const question = { ...daysOf(asked), today, filter: { dimensions: dimensionsOf(asked, StatementQuery) } }
  if (report === 'key-figures') return readKeyFigures(db, question, period)
  const statement = report === 'income-statement' ? 'income' : 'balance'
  return readFinancialStatement(db, question, { statement, period, columns, layout, budget, includeZero })
}

const without = (query: Readonly<Record<string, string>>, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(query).filter(([key]) => key !== name))

type Asked = {
  fromDate?: IsoDate | undefined
  toDate?: IsoDate | undefined
  asKnownAt?: Instant | undefined
  atVersion?: number | undefined
}
const daysOf = ({ fromDate, toDate, asKnownAt, atVersion }: Asked) => ({ fromDate, toDate, asKnownAt, atVersion })

/** Whether the ledger still gives what a block says, at the block's own version and whatever was posted since. */
export async function verifyBlock(db: Database, block: BlockToVerify | ReportSeal, today: IsoDate) {
  const drawn = await drawBlock(db, block.report, block.query, today, block.atVersion)
  const sameChain = block.chainHead === undefined || block.chainHead === null || drawn.chainHead === block.chainHead
  return {
    agrees: drawn.hash === block.hash && sameChain,
    report: block.report,
    query: block.query,
    atVersion: drawn.atVersion,
    chainHead: drawn.chainHead,
    fromDate: drawn.fromDate,
    toDate: drawn.toDate,
    hash: drawn.hash,
  }
}
