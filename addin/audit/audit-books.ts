/// <reference types="office-js" />
import type { LedgerApi } from '../api/ledger-api.ts'
import type { Run } from '../excel/run.ts'
import { differingBalances, type Recomputing, recomputeChain } from './recompute-chain.ts'
import { checkBlock, markBlocks, readSeals } from './sealed-block.ts'
import type { Audit } from './verdict.ts'

/** Checks books and workbook; cells that were written over are marked in the sheet. `before` is what the last check marked. */
export async function auditBooks(
  { run, api, company }: { run: Run; api: LedgerApi; company: string },
  before?: Audit,
  recomputing?: Recomputing,
): Promise<Audit> {
  const found = await recomputeChain(api, company, recomputing)
  const differing = await differingBalances(api, company, found)
  const seals = await run(readSeals)
  const blocks: Audit['blocks'][number][] = []
  for (const seal of seals) {
    const block = await run((context) => checkBlock(context, api, company, seal))
    blocks.push({ ...block, inChain: seal.atVersion === 0 || found.hashes[seal.atVersion - 1] === seal.chainHead })
  }
  await run((context) => markBlocks(context, before?.blocks ?? [], blocks))
  return { found, differing, blocks }
}
