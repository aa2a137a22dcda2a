import type { Issue } from '#worker/core/problem.ts'
import type { TriedAnswer } from '#worker/ledger/job.ts'
import { askUnknown } from './ask-unknown.ts'
import { type Desk, inTurn, refreshBooks } from './desk.ts'
import { firstChunk, type TriedChunk, triedChunk } from './tried-chunk.ts'
import { type Judged, judge, readSheet, show } from './voucher-desk.ts'

export type CheckResult = { judged: Judged; tried: readonly TriedAnswer[]; ledgerVersion: number }

/**
 * Tries the sheet's vouchers without posting: the ledger's own rules here, then the server's word on what only it knows, such
 * as an invoice number that was used before. Cells at fault are marked, with words.
 */
export const checkVouchers = (desk: Desk): Promise<CheckResult | undefined> => inTurn(desk, () => check(desk))

async function check(desk: Desk): Promise<CheckResult | undefined> {
  await refreshBooks(desk)
  await askUnknown(desk)
  desk.served = new Map()
  let judged = await readSheet(desk, true)
  if (!judged) return undefined
  const open = judged.vouchers.filter((v) => v.sendable)
  const tried: TriedAnswer[] = []
  let ledgerVersion = 0
  const together: [string, TriedChunk][] = []
  for (let left = open; left.length > 0; ) {
    const chunk = firstChunk(left)
    left = left.slice(chunk.length)
    const answer = await desk.api.dryRun(
      desk.binding.company,
      chunk.map((v) => v.raw),
    )
    tried.push(...answer.vouchers)
    together.push(...triedChunk(chunk, answer.vouchers, answer.dryRunToken))
    ledgerVersion = answer.ledgerVersion
  }
  const issues = new Map(tried.map((t) => [t.id, t.issues]))
  desk.served = new Map(open.map((v): [string, readonly Issue[]] => [v.contentHash, issues.get(v.id) ?? []]))
  desk.tried = new Map(together)
  judged = await show(desk, await judge(desk, judged.reading, true))
  return { judged, tried, ledgerVersion }
}
