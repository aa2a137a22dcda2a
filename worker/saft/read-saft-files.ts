import type { IsoDate } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import { type SaftPart, saftFileName } from './export-part.ts'
import { readSaftExport, readSaftParts, type SaftWish } from './export-saft.ts'

export type SaftFile = SaftPart & {
  name: string
  vouchers: number
  debit: number
  credit: number
  undistributedResult: number
  withoutGrouping: string[]
}

/** The files of an export, told before it is made. */
export async function readSaftFiles(db: Database, wish: SaftWish, today: IsoDate) {
  const parts = await readSaftParts(db, wish, today)
  let atVersion: number | undefined
  const files: SaftFile[] = []
  for (const [i, part] of parts.entries()) {
    const made = await readSaftExport(db, part, today, atVersion)
    atVersion ??= made.span.atVersion
    const { organisationNumber } = made.masters.company
    files.push({
      name: saftFileName(organisationNumber, today, i + 1, parts.length).replace(/_\d{8}(?=[._])/, ''),
      ...part,
      vouchers: made.masters.vouchers,
      debit: made.report.totals.debit,
      credit: made.report.totals.credit,
      undistributedResult: made.report.undistributedResult,
      withoutGrouping: made.accounts.filter((a) => !a.groupingCode).map((a) => a.number),
    })
  }
  return { ledgerVersion: atVersion ?? 0, files }
}
