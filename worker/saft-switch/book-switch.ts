import type { CompanyAccess } from '#worker/access/store.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Account } from '#worker/ledger/account.ts'
import { readFacts } from '#worker/ledger/store.ts'
import type { Rights } from '#worker/ledger/voucher.ts'
import { type ImportContext, importIntoCompany, type Receipt } from '#worker/saft/import-saft.ts'
import { findOpenSwitch } from './keep-switch.ts'
import { type SaftSwitch, setSwitched } from './store.ts'
import { checkMapping, type MappedAccount, mappedAccounts, saftAnswersOf } from './switch-answers.ts'

/** A switch with every account's way, and how many still have none. */
export type ReadSwitch = { kept: SaftSwitch; accounts: MappedAccount[]; chart: readonly Account[]; open: number }

export async function readMapped(db: Database, kept: SaftSwitch): Promise<ReadSwitch> {
  const { accounts: chart } = (await readFacts(db)).facts
  const accounts = mappedAccounts(kept.found, kept.answers, chart)
  return { kept, accounts, chart, open: accounts.filter((a) => a.to === null).length }
}

type Context = Omit<ImportContext, 'fileName' | 'answers'> & { access: CompanyAccess; db: Database; rights: Rights }

/**
 * Books the files with what was answered, and proves every account and party against them afterwards. Cut off midway it is booked
 * again: what stands is not doubled.
 * @throws Problem 404 saft-switch/unknown; 422 saft-switch/done, saft-switch/open, request/invalid; else as importing does.
 */
export async function bookSwitch(ctx: Context, id: string): Promise<Receipt & { replayed: boolean }> {
  const { kept, accounts, chart, open } = await readMapped(ctx.db, await findOpenSwitch(ctx.db, id))
  if (open > 0) throw new Problem(422, 'saft-switch/open', { params: { count: open } })
  const issues = checkMapping(accounts, chart)
  if (issues.length > 0) throw new Problem(422, 'request/invalid', { issues })
  const { openItems } = kept.answers
  const asked = { matchItems: openItems !== 'leave', oldestFirst: openItems === 'oldest-first' }
  const answers = saftAnswersOf(accounts, kept.answers)
  const source = { upload: { fileKey: kept.fileKey, size: kept.fileSize } }
  const receipt = await importIntoCompany({ ...ctx, ...asked, answers, fileName: kept.fileName }, source)
  await ctx.db.execute(setSwitched(id, receipt.importJob))
  return receipt
}
