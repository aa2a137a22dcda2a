import { vatCodeOf } from '#worker/chart/store.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { headOf } from '#worker/reports/report-head.ts'
import type { Known } from '#worker/reports/report-query.ts'
import { lastEnded, termOfKey, type VatTerm, type VatTermKind } from '#worker/vat/vat-term.ts'
import {
  bookedVat,
  bookedVatOf,
  readTermKind,
  type VatSelection,
  vatAccounts,
  vatAccountsOf,
  vatEntries,
  vatEntriesOf,
  vatHead,
} from './store.ts'
import { agrees, isExplained, specificationOf } from './vat-specification.ts'

export type VatQuestion = Known & { term?: string | undefined; today: IsoDate }

/**
 * The VAT specification of a term in the groups of the return, and each VAT account beside it with what parts the two. All
 * from one ledger version. Without a term: the last one that is over, whose return is next.
 * @throws Problem 422 request/invalid with vat-term/unknown; 422 with ledger-version/unknown.
 */
export async function readVatSpecification(db: Database, q: VatQuestion) {
  const term = await askedTerm(db, q)
  const [header, codes, booked, accounts] = await db.batch(
    [vatHead(q), 'select * from vat_code', bookedVat(term, q), vatAccounts(term, q)],
    'read',
  )
  const row = header!.rows[0]!
  const head = headOf({ rows: [{ ...row, from_date: term.fromDate, to_date: term.toDate }] }, q)
  const byCode = new Map(codes!.rows.map((r) => [String(r.code), vatCodeOf(r)]))
  const { groups, toPay, rest } = specificationOf(bookedVatOf(booked!), byCode)
  const rows = vatAccountsOf(accounts!)
  return {
    ...head,
    term,
    kind: String(row.vat_term) as VatTermKind,
    registered: row.vat_registered === 1,
    groups,
    toPay,
    rest,
    accounts: rows,
    agrees: rows.every(agrees),
    explained: rows.every(isExplained),
    hash: await sha256(JSON.stringify(['vat-specification', head.atVersion, head.chainHead, term.key, groups, rows])),
  }
}
export type VatSpecification = Awaited<ReturnType<typeof readVatSpecification>>

/** The voucher lines behind a figure of the specification. @throws Problem as `readVatSpecification`. */
export async function readVatEntries(db: Database, q: VatQuestion, selection: VatSelection) {
  const term = await askedTerm(db, q)
  const [header, entries] = await db.batch([vatHead(q), vatEntries(term, q, selection)], 'read')
  const head = headOf({ rows: [{ ...header!.rows[0]!, from_date: term.fromDate, to_date: term.toDate }] }, q)
  return { ...head, term, entries: vatEntriesOf(entries!) }
}

/** The term of a key, or the last one that is over. */
export async function askedTerm(db: Database, { term, today }: Pick<VatQuestion, 'term' | 'today'>): Promise<VatTerm> {
  if (term === undefined) return lastEnded(await readTermKind(db), today)
  const found = termOfKey(term)
  if (found) return found
  throw new Problem(422, 'request/invalid', {
    issues: [{ code: 'vat-term/unknown', severity: 'error', pointer: '#/term', params: { term } }],
  })
}
