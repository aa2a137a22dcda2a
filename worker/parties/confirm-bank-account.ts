import type { Context } from 'hono'
import * as z from 'zod/mini'
import { approvalText } from '#i18n/approval-text.ts'
import type { Locale } from '#i18n/format.ts'
import { Problem } from '#worker/core/problem.ts'
import { FilledText } from '#worker/core/text.ts'
import { insertEventsIfChanged } from '#worker/events/store.ts'
import { type Acting, type Proving, provingOf } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { confirmBankChange, type KeptParty, readParty } from './store.ts'

/** The account that is confirmed: the one that was seen. */
export const BankConfirmation = z.strictObject({ bankAccount: FilledText(40) })
type Confirming = Acting & Proving & { companyName: string; locale: Locale }
export const confirmingOf = (c: Context<Env>): Confirming => ({
  ...provingOf(c),
  companyName: c.var.access.name,
  locale: c.var.locale,
})

/**
 * Confirms another bank account than before, by somebody else than who changed it, with a passkey or code for exactly it.
 * @throws Problem 403 step-up/required; 404 party/unknown; 422 party/nothing-to-confirm, party/same-person; 409 version/stale
 * when it has been changed again since it was seen.
 */
export async function confirmBankAccount(
  { db, by, at, demandProof, companyName, locale }: Confirming,
  { kind, number }: { kind: PartyKind; number: string },
  { bankAccount }: z.infer<typeof BankConfirmation>,
): Promise<KeptParty> {
  const found = await readParty(db, kind, number)
  if (!found) throw new Problem(404, 'party/unknown', { params: { party: number, kind } })
  const { bankAccountChange: change, party } = found
  if (!change) throw new Problem(422, 'party/nothing-to-confirm')
  if (change.by === by) throw new Problem(422, 'party/same-person')
  if (bankAccount !== party.bankAccount) throw new Problem(409, 'version/stale')
  const words = { number, name: party.name, was: change.was, account: bankAccount }
  await demandProof([companyName, approvalText('bank-account', words, locale)])
  const changes = { bankAccount: [change.was, bankAccount] as const }
  const event = { type: 'party.bank-account-confirmed', at, by, subject: `${kind} ${number}`, changes }
  const [done] = await db.batch(
    [confirmBankChange({ kind, number, becomes: bankAccount }, change, by, at), insertEventsIfChanged(event)],
    'write',
  )
  if (done!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return (await readParty(db, kind, number))!
}
