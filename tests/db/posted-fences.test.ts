// The last fences of posting, each alone: a row as a writer with a fault would write it, straight into the file.
import { beforeAll, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import type { Database } from '#worker/database/connect.ts'

const app = testApp()
const year = new Date().getFullYear()
let db: Database
beforeAll(async () => {
  const company = await app.company()
  for (let i = 0; i < 2; i++) await company.call('/vouchers', { body: simpleDraft() })
  const lock = { fromMonth: `${year}-03`, toMonth: `${year}-03`, level: 'hard', reason: 'Låst' }
  await company.call('/locks', { body: lock })
  const wrong = simpleDraft()
  await company.call('/vouchers', { body: wrong })
  await company.call(`/vouchers/${wrong.id}/reversal`, {
    body: { id: simpleDraft().id, voucherDate: `${year}-01-16`, reason: 'Feil' },
  })
  db = company.db
})

const VOUCHER: Record<string, string> = {
  ledger_version: 'ledger_version + 1',
  id: "'vch_neste'",
  type: 'type',
  series: 'series',
  fiscal_year: 'fiscal_year',
  number: 'number + 1',
  voucher_date: 'voucher_date',
  document_date: 'document_date',
  vat_date: 'vat_date',
  text: 'text',
  recorded_at: 'recorded_at',
  by: 'by',
  entry_count: 'entry_count',
  reversal_of: 'null',
  reason: 'reason',
  facts_version: '(select facts_version from company)',
  content: 'content',
  content_hash: 'content_hash',
  prev_hash: 'hash',
  hash: "replace(hash, 'a', 'b')",
}

/** The voucher after the newest, as it should be but for what is given; its entries with other amounts where wanted. */
function next(over: Record<string, string> = {}, { amount = 'amount', date = 'voucher_date' } = {}): string[] {
  const newest = '(select max(ledger_version) from voucher)'
  const columns = { ...VOUCHER, ...over }
  return [
    `insert into entry (ledger_version, line, row_key, origin, voucher_date, account, amount, text)
     select ledger_version + 1, line, row_key, origin, ${date}, account, ${amount}, text from entry where ledger_version = ${newest}`,
    `insert into voucher (${Object.keys(columns).join()})
     select ${Object.values(columns).join()} from voucher where ledger_version = ${newest}`,
  ]
}
const LATER = `insert into entry (ledger_version, line, row_key, origin, voucher_date, account, amount, text)
  select ledger_version, line + 10, row_key, origin, voucher_date, account, amount, text from entry where ledger_version = 1`

const REFUSED: [what: string, statements: string[], why: RegExp][] = [
  ['a number left out', next({ number: 'number + 2' }), /voucher\/number-not-next/],
  ['a number twice', next({ number: 'number' }), /voucher\/number-not-next|UNIQUE/],
  ['a place in the chain left out', next({ ledger_version: 'ledger_version + 2' }), /ledger\/behind/],
  ['another hash before', next({ prev_hash: "printf('%064d', 1)" }), /ledger\/behind/],
  ['recorded before the one before it', next({ recorded_at: "'2001-01-01T00:00:00.000Z'" }), /ledger\/behind/],
  ['judged by facts of yesterday', next({ facts_version: '1' }), /ledger\/facts-changed/],
  ['an øre too much', next({}, { amount: 'amount + (line = 1)' }), /voucher\/unbalanced/],
  ['an entry too few', next({ entry_count: 'entry_count + 1' }), /voucher\/incomplete/],
  ['entries on another day', next({}, { date: `'${year}-02-02'` }), /voucher\/incomplete/],
  ['entries that come after their voucher', [LATER], /voucher\/already-posted/],
  ['a day in no year', next({ voucher_date: "'1999-01-01'" }, { date: "'1999-01-01'" }), /fiscal-year\/missing/],
  ['a month that is locked', next({ voucher_date: `'${year}-03-03'` }, { date: `'${year}-03-03'` }), /period\/locked/],
  ['the same id', next({ id: 'id' }), /UNIQUE/],
  ['a second reversal', next({ reversal_of: 'reversal_of' }), /UNIQUE/],
  ['a posted voucher changed', ["update voucher set text = 'x' where ledger_version = 1"], /voucher\/already-posted/],
  ['a posted voucher gone', ['delete from voucher where ledger_version = 1'], /voucher\/already-posted/],
  ['an entry changed', ['update entry set amount = amount + 1 where ledger_version = 1'], /voucher\/already-posted/],
  ['an entry gone', ['delete from entry where ledger_version = 1'], /voucher\/already-posted/],
  ['numbers that begin again', ['update number_series set last_number = 0'], /voucher\/number-not-next/],
  ['numbers forgotten', ['delete from number_series'], /voucher\/number-not-next/],
  ['a lock changed', ["update period_lock set reason = 'x'"], /period\/lock-is-final/],
  [
    'a second company',
    ["insert into company (id, name, vat_registered, created_at) values ('cmp_x', 'x', 0, '2020')"],
    /company\/one/,
  ],
]

for (const [what, statements, why] of REFUSED)
  test(`refused: ${what}`, async () => {
    await expect(db.batch(statements, 'write')).rejects.toThrow(why)
  })

test('and what is as it should be is let through', async () => {
  await db.batch(next(), 'write')
})
