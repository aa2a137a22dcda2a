import type { CompanyAccess } from '#worker/access/store.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Account } from '#worker/ledger/account.ts'
import type { Facts } from '#worker/ledger/books.ts'
import { readFacts } from '#worker/ledger/store.ts'
import type { Rights } from '#worker/ledger/voucher.ts'
import { type ImportContext, importFiles, type Receipt } from '#worker/saft/import-saft.ts'
import { filesOf } from '#worker/saft/open-source.ts'
import { readOwnParties } from '#worker/saft/store.ts'
import { type BookedMapping, type SaftSwitch, setMapping, setSwitched } from './store.ts'
import {
  checkMapping,
  checkParties,
  checkTaxCodes,
  type MappedAccount,
  type MappedParty,
  mappedAccounts,
  mappedParties,
  saftAnswersOf,
} from './switch-answers.ts'

/** A switch with the way of every account and of every party that meets one of ours, and how many still have none. */
export type ReadSwitch = {
  kept: SaftSwitch
  accounts: MappedAccount[]
  met: MappedParty[]
  chart: readonly Account[]
  vatCodes: Facts['vatCodes']
  open: number
}

export async function readMapped(db: Database, kept: SaftSwitch): Promise<ReadSwitch> {
  const { accounts: chart, vatCodes } = (await readFacts(db)).facts
  return mappedOf(kept, { chart, vatCodes })
}

export function mappedOf(kept: SaftSwitch, { chart, vatCodes }: Pick<ReadSwitch, 'chart' | 'vatCodes'>): ReadSwitch {
  const accounts = mappedAccounts(kept, chart)
  const met = mappedParties(kept)
  const open = [...accounts, ...met].filter(({ to }) => to === null).length + (kept.found.metBeyond ?? 0)
  return { kept, accounts, met, chart, vatCodes, open }
}

type Context = Omit<ImportContext, 'fileName' | 'answers'> & { access: CompanyAccess; db: Database; rights: Rights }

/**
 * Books the files with what was answered, exactly as it was read, and proves every account and party against them afterwards. Cut off
 * midway it is booked again, under the same mapping: what stands is not doubled.
 * @throws Problem 409 version/stale when somebody answered otherwise since; 422 saft-switch/open, request/invalid; else as importing
 *   does.
 */
export async function bookSwitch(
  ctx: Context,
  { kept, accounts, met, chart, vatCodes, open }: ReadSwitch,
): Promise<Receipt & { replayed: boolean }> {
  const beyond = (kept.found.metBeyond ?? 0) > 0
  if (open > 0)
    throw new Problem(422, 'saft-switch/open', {
      params: beyond ? { count: met.length + kept.found.metBeyond!, reason: 'parties' } : { count: open },
    })
  const issues = [...checkMapping(accounts, chart), ...checkTaxCodes(kept.answers, vatCodes)]
  // Booking that has begun has made them.
  if (!kept.begun) issues.push(...checkParties(met, kept, await readOwnParties(ctx.db)))
  if (issues.length > 0) throw new Problem(422, 'request/invalid', { issues })
  if (!kept.begun) {
    const mapping: BookedMapping = Object.fromEntries(accounts.map((a) => [a.number, [a.to!, a.reason]]))
    const { rowsAffected } = await ctx.db.execute(setMapping(kept.id, mapping, kept.version))
    if (rowsAffected === 0) throw new Problem(409, 'version/stale')
  }
  const { openItems, otherCompany } = kept.answers
  const asked = { matchItems: openItems !== 'leave', oldestFirst: openItems === 'oldest-first', otherCompany }
  const answers = saftAnswersOf(accounts, met, kept.answers)
  const { fileName } = kept
  const receipt = await importFiles({ ...ctx, ...asked, answers, fileName }, await filesOf(ctx.env, kept.parts))
  await ctx.db.execute(setSwitched(kept.id, receipt.importJob))
  return receipt
}
