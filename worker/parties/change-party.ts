import { isError, Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import { changesOf, isUnchanged } from '#worker/events/event.ts'
import { insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting, Proving } from '#worker/http/acting.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { changesBankAccount, checkParty, type PartyChange } from './party.ts'
import { insertBankChange, type KeptParty, readParty, readPartyFacts, updateParty } from './store.ts'

/**
 * Changes what the register says of a party. Posted entries keep their account and number.
 * Another bank account than the one it has asks for a fresh passkey or code, and waits for somebody else to confirm it.
 * @throws Problem 403 step-up/required; 404 party/unknown; 409 version/stale; 422 request/invalid, one issue for each wrong field.
 */
export async function changeParty(
  { db, by, at, demandProof }: Acting & Proving,
  kind: PartyKind,
  number: string,
  change: PartyChange,
  version: number | undefined,
): Promise<KeptParty> {
  const found = await readParty(db, kind, number)
  if (!found) throw new Problem(404, 'party/unknown', { params: { party: number, kind } })
  checkVersion(version, found.version)
  const party = { ...found.party, ...change }
  const { facts } = await readPartyFacts(db, kind)
  const issues = checkParty(party, facts)
  if (issues.some(isError)) throw new Problem(422, 'request/invalid', { issues })
  const changes = changesOf(found.party, party)
  if (isUnchanged(changes)) return found
  if (changesBankAccount(found.party, party)) await demandProof()
  const event = { type: 'party.changed', at, by, subject: `${kind} ${number}`, touched: [{ party: number }], changes }
  const waiting = insertBankChange(found.party, party, by, at)
  const [updated] = await db.batch(
    [updateParty(party, found.version), insertEventsIfChanged(event), ...waiting],
    'write',
  )
  if (updated!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return (await readParty(db, kind, number))!
}
