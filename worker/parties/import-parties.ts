import { isError, Problem } from '#worker/core/problem.ts'
import type { InStatement } from '#worker/database/connect.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { changesOf } from '#worker/events/event.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Acting, Proving } from '#worker/http/acting.ts'
import { partyKey } from '#worker/ledger/books.ts'
import { changesBankAccount, type RegisteredParty } from './party.ts'
import { type PartyDiff, type PartyImport, partyDiff } from './party-import.ts'
import { holdVersions, insertBankChange, insertParty, readParties, readPartyFacts, updateParty } from './store.ts'

const ALL = 100_000

/**
 * Brings in a list of customers and suppliers: parties are made, changed or left as they are, all or none. Another bank account waits
 * until somebody else has confirmed it. With `dryRun` nothing is
 * changed, and each row tells what would become of it.
 * @throws Problem 403 step-up/required as `changeParty` does; 422 request/invalid, one issue for each wrong cell; 409 version/stale when somebody changed the register meanwhile.
 */
export async function importParties(
  acting: Acting & Proving,
  asked: PartyImport,
): Promise<PartyDiff & { applied: boolean }> {
  const { statements, ...diff } = await planParties(acting, asked)
  if (statements.length > 0)
    await acting.db.batch(statements, 'write').catch((cause) => {
      if (refusalOf(cause)?.kind === 'taken') throw new Problem(409, 'version/stale')
      throw cause
    })
  return { ...diff, applied: !asked.dryRun }
}

/** What would become of each row, and the statements that do it, for the caller's batch; none in a dry run. */
export async function planParties(
  { db, by, at, demandProof }: Acting & Proving,
  { parties, dryRun = false }: PartyImport,
): Promise<PartyDiff & { statements: InStatement[] }> {
  const [customers, suppliers] = [await readPartyFacts(db, 'customer'), await readPartyFacts(db, 'supplier')]
  const kept = await readParties(db, {}, ALL)
  const highest = new Map([['customer', customers.highest] as const, ['supplier', suppliers.highest] as const])
  const diff = partyDiff(
    parties,
    kept.map((k) => k.party),
    customers.facts,
    highest,
  )
  if (dryRun) return { ...diff, statements: [] }
  if (diff.issues.some(isError)) throw new Problem(422, 'request/invalid', { issues: diff.issues })
  const before = new Map(kept.map((k) => [partyKey(k.party.kind, k.party.number), k]))
  // Several rows may be one party; it is written once, as the last of them leaves it.
  const after = new Map<string, RegisteredParty>()
  for (const { status, party } of diff.rows)
    if (party && (status === 'new' || status === 'changed')) after.set(partyKey(party.kind, party.number), party)
  if (after.size === 0) return { ...diff, statements: [] }
  if ([...after].some(([key, party]) => before.has(key) && changesBankAccount(before.get(key)!.party, party)))
    await demandProof()
  const written = [...after].flatMap(([key, party]) => {
    const old = before.get(key)
    return old
      ? [updateParty(party, old.version), ...insertBankChange(old.party, party, by, at)]
      : [insertParty(party, at)]
  })
  const events = [...after].map(([key, party]) => ({
    type: before.has(key) ? 'party.changed' : 'party.created',
    at,
    by,
    subject: `${party.kind} ${party.number}`,
    touched: [{ party: party.number }],
    changes: changesOf(before.get(key)?.party, party),
  }))
  const held = holdVersions(kept.filter(({ party }) => after.has(partyKey(party.kind, party.number))))
  return { ...diff, statements: [held, ...written, insertEvents(...events)] }
}
