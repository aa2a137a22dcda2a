import type { Database } from '#worker/database/connect.ts'
import { accountAndParty } from '#worker/ledger/entry.ts'
import { error } from '#worker/ledger/voucher.ts'
import type { Line } from '#worker/sheets/paste-vouchers.ts'
import type { RowOutcome } from './import-outcome.ts'
import { readBookedLines } from './store.ts'

/**
 * What becomes of the rows of a journal that went out of the books: a voucher that stands as the rows say is unchanged; any other is
 * refused, since a posted voucher is corrected and never posted again. `idOf` gives a row's voucher id.
 */
export async function findOwnVouchers(
  db: Database,
  lines: readonly Line[],
  idOf: (at: number) => string,
): Promise<RowOutcome[]> {
  const byVoucher = Map.groupBy(lines, ({ at }) => idOf(at))
  const standing = await readBookedLines(db, [...byVoucher.keys()])
  return [...byVoucher].flatMap(([id, own]) => {
    const booked = standing.get(id)
    const same = booked && sorted(booked.lines) === sorted(own.map(keyOf))
    const issue = booked ? error('voucher/id-reused', '#/id', {}) : error('voucher/unknown', '#/id', { voucher: id })
    return own.map(
      ({ at }, i): RowOutcome => ({
        row: at,
        status: same ? 'unchanged' : 'refused',
        subject: booked?.name ?? id,
        changes: {},
        issues: same || i > 0 ? [] : [issue],
      }),
    )
  })
}

const keyOf = ({ row }: Line): string => {
  const { account, party } = accountAndParty(row.account)
  return [account, party ?? '', row.amount].join(' ')
}
const sorted = (keys: readonly string[]): string => keys.toSorted().join('\n')
