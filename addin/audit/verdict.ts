import type { Recomputed } from './recompute-chain.ts'
import type { BlockCheck } from './sealed-block.ts'

/** What the add-in found by computing the books itself, and by holding the workbook's blocks against them. */
export type Audit = {
  readonly found: Recomputed
  readonly differing: readonly { account: string; computed: number; told: number }[]
  readonly blocks: readonly (BlockCheck & {
    /** The head the block was pulled at stands in the chain that was computed. */
    readonly inChain: boolean
  })[]
}

/** Whether the books are what they must be, whatever the workbook says. */
export const booksHold = ({ found, differing }: Audit): boolean =>
  found.broken === undefined && found.gaps.length === 0 && differing.length === 0

/** Whether a block says what the ledger said, and still says; what is held against nothing is no fault. */
const isWhole = ({ address, wrongCount, foreign, missing, ledgerAgrees, older }: BlockCheck): boolean =>
  address !== undefined && (older || (wrongCount === 0 && foreign.length === 0 && missing === 0 && ledgerAgrees))

/** Blocks of the workbook that do not say what the ledger says. */
export const brokenBlocks = ({ blocks }: Audit): Audit['blocks'] =>
  blocks.filter((block) => !isWhole(block) || !block.inChain)
