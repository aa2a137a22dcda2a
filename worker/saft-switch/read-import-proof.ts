import { readNames } from '#worker/access/user-store.ts'
import type { Database } from '#worker/database/connect.ts'
import type { ExportTable } from '#worker/exports/export-table.ts'
import type { Asking } from '#worker/exports/tables/table-frame.ts'
import { readFacts, readHead } from '#worker/ledger/store.ts'
import { readPartyNames } from './agreement-store.ts'
import { readAgreement } from './finish-import.ts'
import { importProofTable } from './import-proof-table.ts'

/** The proof of a take-over by SAF-T, with who finished it. @throws Problem 404 import/unknown. */
export async function readImportProof(
  db: Database,
  control: Database,
  asking: Asking,
  id: string,
): Promise<ExportTable> {
  const agreement = await readAgreement(db, id)
  const { agreed, receipt } = agreement
  const [{ facts }, { ledgerVersion, hash }, parties] = await Promise.all([
    readFacts(db),
    readHead(db),
    readPartyNames(db, receipt.proof.parties),
  ])
  const names = {
    accounts: new Map(facts.accounts.map((a) => [a.number, asking.locale === 'nb' ? a.nameNb : a.nameEn])),
    parties,
    agreedBy: agreed && ((await readNames(control, [agreed.by])).get(agreed.by) ?? null),
  }
  return importProofTable(asking, agreement, { ledgerVersion, atVersion: ledgerVersion, chainHead: hash }, names)
}
