import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { partySums } from './figures-store.ts'
import { type Question, reportHeader } from './question-store.ts'
import { rowsOf } from './read-trial-balance.ts'
import { checkQuestion, headOf } from './report-head.ts'
import { type Correction, correctionsByKey, figuresOf, isZero, totalsOf } from './trial-balance.ts'

type PartyRow = [party: string, name: string, organisationNumber: string | null]

/**
 * What each customer or supplier opened with, moved and closed at, in øre, from the balances kept by party; the totals are
 * those of the control accounts.
 * @throws Problem 422 request/invalid: also party/unknown when one was asked for that is not there.
 */
export async function readPartyBalances(
  db: Database,
  q: Question & { filter: { kind?: string } },
  includeZero = false,
) {
  checkQuestion(q)
  const [header, figures] = await db.batch([reportHeader(q), partySums(q)], 'read')
  const head = headOf(header!, q)
  const sums = correctionsByKey(rowsOf<Correction>(figures!, 'more'))
  const all = rowsOf<PartyRow>(figures!)
    .map(([party, name, organisationNumber]) => {
      const [, before, debit, credit] = sums.get(party) ?? [0, 0, 0, 0]
      return { party, name, organisationNumber, ...figuresOf(before, debit, credit) }
    })
    .sort((a, b) => (a.party < b.party ? -1 : 1))
  const { party, kind } = q.filter
  if (party !== undefined && all.length === 0)
    throw new Problem(422, 'request/invalid', {
      issues: [{ code: 'party/unknown', severity: 'error', pointer: '#/party', params: { party, kind: kind! } }],
    })
  const rows = includeZero || party !== undefined ? all : all.filter((row) => !isZero(row))
  return { ...head, kind: kind!, rows, totals: totalsOf(all) }
}
