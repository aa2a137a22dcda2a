import { Problem } from '#worker/core/problem.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Acting, Proving } from '#worker/http/acting.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { confirmBankChange, type KeptParty, readParty } from './store.ts'

/**
 * Confirms another bank account than before, by somebody else than who changed it, with a fresh passkey or code.
 * @throws Problem 403 step-up/required; 404 party/unknown; 422 party/nothing-to-confirm, party/same-person.
 */
export async function confirmBankAccount(
  { db, by, at, demandProof }: Acting & Proving,
  kind: PartyKind,
  number: string,
): Promise<KeptParty> {
  const found = await readParty(db, kind, number)
  if (!found) throw new Problem(404, 'party/unknown', { params: { party: number, kind } })
  const { bankAccountChange: change, party } = found
  if (!change) throw new Problem(422, 'party/nothing-to-confirm')
  if (change.by === by) throw new Problem(422, 'party/same-person')
  await demandProof()
  const changes = { bankAccount: [change.was, party.bankAccount] as const }
  const event = { type: 'party.bank-account-confirmed', at, by, subject: `${kind} ${number}`, changes }
  await db.batch([confirmBankChange(party, change, by, at), insertEvents(event)], 'write')
  return (await readParty(db, kind, number))!
}
