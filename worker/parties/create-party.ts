import { error, isError, Problem } from '#worker/core/problem.ts'
import type { InStatement } from '#worker/database/connect.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { changesOf } from '#worker/events/event.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { isAboutKey } from '#worker/http/request-key.ts'
import { checkParty, type NewParty, nextNumber, partyFrom } from './party.ts'
import { insertParty, type KeptParty, readPartyFacts } from './store.ts'

/** Tries for a number of the series, when several are made at once. */
const ATTEMPTS = 20

/**
 * Registers a customer or supplier under the number given, or the next of its series. `keep` stands in the same batch.
 * @throws Problem 422 request/invalid, one issue for each wrong field; 422 party/exists.
 */
export async function createParty(
  { db, by, at }: Acting,
  wanted: NewParty,
  keep: (made: KeptParty) => InStatement[] = () => [],
): Promise<KeptParty> {
  for (let attempt = 0; ; attempt++) {
    const { facts, highest } = await readPartyFacts(db, wanted.kind)
    const number = wanted.number ?? nextNumber(wanted.kind, highest)
    if (number === undefined)
      throw new Problem(422, 'request/invalid', { issues: [error('field/required', '#/number', {})] })
    const party = partyFrom(wanted, number, facts)
    const issues = checkParty(party, facts)
    if (issues.some(isError)) throw new Problem(422, 'request/invalid', { issues })
    const subject = `${party.kind} ${number}`
    const changes = changesOf(undefined, party)
    const event = { type: 'party.created', at, by, subject, touched: [{ party: number }], changes }
    try {
      const made = { party, version: 1, createdAt: at, used: false, bankAccountChange: null }
      await db.batch([insertParty(party, at), insertEvents(event), ...keep(made)], 'write')
      return made
    } catch (cause) {
      if (refusalOf(cause)?.kind !== 'taken' || isAboutKey(cause)) throw cause
      if (wanted.number === undefined && attempt < ATTEMPTS) continue // somebody else took it just now
      const params = { party: number, kind: wanted.kind }
      throw new Problem(422, 'party/exists', { params, issues: [error('party/exists', '#/number', params)] })
    }
  }
}
