import { sha256 } from '#worker/core/hash.ts'

/** What a block of figures was drawn from, and its hash; whoever has it can ask the ledger whether it still gives them. */
export type ReportSeal = {
  report: string
  /** As the report was asked, without the version. */
  query: Readonly<Record<string, string>>
  atVersion: number
  chainHead: string | null
  hash: string
}

/** Where figures were drawn from. */
export type SealedHead = { atVersion: number; chainHead: string | null; fromDate: string; toDate: string }

/**
 * The hash of a block of figures: over the kind of report, version, chain head, days, filters and the figures row by row, as
 * compact JSON. Names, which may change, are left out. The same in Worker, browser and Excel.
 */
export const sealHash = (
  report: string,
  head: SealedHead,
  filters: Readonly<Record<string, string>>,
  figures: readonly (readonly (string | number | null)[])[],
): Promise<string> =>
  sha256(
    JSON.stringify([
      report,
      head.atVersion,
      head.chainHead,
      head.fromDate,
      head.toDate,
      Object.entries(filters),
      figures,
    ]),
  )
