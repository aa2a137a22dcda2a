// Faults planted in a copy of the books, each with the check that must find it.
import { year } from './books.ts'

/**
 * A fault, and the check that must see it. `covered`: balances and hashes were made to agree with the fault. `atNight`: the check of what
 * is new does not see it, or by another check.
 */
export type PlantedFault = {
  name: string
  sql: string | string[]
  found: string
  covered?: true
  only?: true
  atNight?: true
}

const second = "(select ledger_version from voucher where type = 'incoming-invoice' limit 1)"
export const plantedFaults: readonly PlantedFault[] = [
  {
    name: 'an øre more on one entry',
    sql: `update entry set amount = amount + 1 where ledger_version = ${second} and line = 1`,
    found: 'voucher-balances',
    covered: true,
  },
  {
    name: 'an entry gone',
    sql: `delete from entry where ledger_version = ${second} and line = 2`,
    found: 'voucher-balances',
    covered: true,
  },
  {
    name: 'entries without a voucher',
    sql: `insert into entry (ledger_version, line, row_key, origin, voucher_date, account, amount, text) values (999, 1, 'a', 'line', '${year}-05-05', '1920', 1, ''), (999, 2, 'b', 'line', '${year}-05-05', '2900', -1, '')`,
    found: 'voucher-balances',
    covered: true,
  },
  {
    name: 'a voucher in euro alone that does not balance in euro',
    sql: "update entry set currency_amount = currency_amount + 1 where currency = 'EUR' and currency_amount > 0",
    found: 'voucher-balances-by-currency',
    covered: true,
  },
  {
    name: 'a budget that writes to the balances',
    sql: 'create trigger leak after insert on budget_cell begin update balance set debit = debit + 1; end',
    found: 'budgets-apart',
  },
  {
    name: 'an account of the take-over that is left standing',
    sql: [
      `insert into takeover (id, variant, opening_date, cut_over_date, interim_customers, interim_suppliers, finished_at, finished_by, finished_version, by, at)
       values (1, 'opening', '${year - 1}-01-01', '${year - 1}-01-01', '1920', '2050', '${year}', 'x', 1, 'x', '${year}')`,
      `update event set recorded_at = '${year + 1}-06-01T00:00:00.000Z' where sequence = (select max(sequence) from event)`,
    ],
    found: 'clearing-accounts',
  },
  {
    name: 'a number skipped',
    sql: `update voucher set number = number + 1 where series = 'HB' and number = (select max(number) from voucher where series = 'HB')`,
    found: 'numbers-without-gap',
    covered: true,
  },
  {
    name: 'a series that does not begin with 1',
    sql: `update voucher set number = 2 where series = 'AB'`,
    found: 'numbers-without-gap',
    atNight: true,
    covered: true,
  },
  {
    name: 'a series that remembers another last number',
    sql: "update number_series set last_number = last_number + 1 where series = 'HB'",
    found: 'heads-agree',
    only: true,
  },
  {
    name: 'a voucher gone from the middle of the chain',
    sql: ['delete from entry where ledger_version = 5', 'delete from voucher where ledger_version = 5'],
    found: 'heads-agree',
    covered: true,
  },
  {
    name: 'the newest voucher cut off',
    sql: [
      'delete from entry where ledger_version = (select max(ledger_version) from voucher)',
      'delete from voucher where ledger_version = (select max(ledger_version) from voucher)',
    ],
    found: 'events-without-gap',
    covered: true,
  },
  {
    name: 'the reason of a voucher',
    sql: `update voucher set reason = 'annen' where ledger_version = 5`,
    found: 'hash-chain',
    only: true,
  },
  {
    name: 'a link to another voucher before',
    sql: `update voucher set prev_hash = iif(prev_hash like 'f%', 'e', 'f') || substr(prev_hash, 2) where ledger_version = 6`,
    found: 'hash-chain',
  },
  {
    name: 'a late document whose VAT is put back into the filed term',
    sql: 'delete from vat_term_move',
    found: 'vat-terms',
    only: true,
  },
  {
    name: 'VAT moved out of a term that was never filed',
    sql: `insert into vat_term_move values (2, '${year}-07-01')`,
    found: 'vat-terms',
    only: true,
  },
  {
    name: 'recorded before the one before it',
    sql: `update voucher set recorded_at = '2001-01-01T00:00:00.000Z' where ledger_version = 6`,
    found: 'hash-chain',
    covered: true,
  },
  {
    name: 'a reversal of other amounts',
    sql: [
      'update entry set amount = amount * 2 where ledger_version = (select ledger_version from voucher where reversal_of is not null)',
    ],
    found: 'reversal-is-the-opposite',
    covered: true,
  },
  {
    name: 'a reversal of a voucher that is not there',
    sql: `update voucher set reversal_of = 'vch_borte' where reversal_of is not null`,
    found: 'reversal-is-the-opposite',
    covered: true,
  },
  {
    name: 'an entry on a control account without its party',
    sql: ["update entry set party = null, party_kind = null where account = '1500' and amount > 0"],
    found: 'control-accounts-have-parties',
    covered: true,
  },
  {
    name: 'a customer that owes an øre more than 1500 says',
    sql: "update party_balance set debit = debit + 1 where account = '1500' and debit > 0",
    found: 'control-accounts-have-parties',
  },
  {
    name: 'an open item of another amount than its entry',
    sql: 'update open_item set amount = amount - 1, rest = rest - 1 where amount > 1',
    found: 'control-accounts-have-parties',
    only: true,
  },
  {
    name: 'an open item gone',
    sql: 'delete from open_item where (ledger_version, line) in (select ledger_version, line from open_item limit 1)',
    found: 'control-accounts-have-parties',
    only: true,
  },
  {
    name: 'a rest that nothing settled',
    sql: 'update open_item set rest = rest / 2 where rest > 1',
    found: 'open-items',
    only: true,
  },
  {
    name: 'a match that does not sum to zero',
    sql: [
      "insert into item_match (id, party_kind, party, account, match_date, rule, recorded_at, by, ledger_version) values ('mch_x', 'customer', '10001', '1500', '2025-01-01', 'manual', '2025', 'x', 1)",
      "insert into item_match_line (match_id, ledger_version, line, amount) select 'mch_x', ledger_version, line, amount from open_item where account = '1500' and amount > 0",
      "update open_item set rest = 0 where account = '1500' and amount > 0",
    ],
    found: 'open-items',
    only: true,
  },
  {
    name: 'a kept balance an øre off',
    sql: "update balance set debit = debit + 1 where account = '1920'",
    found: 'balances-are-sums',
  },
  {
    name: 'a kept balance of an account that was never used',
    sql: `insert into balance values ('1940', '${year}-03', 5, 0)`,
    found: 'balances-are-sums',
    atNight: true,
  },
  { name: 'a kept balance gone', sql: "delete from balance where account = '3000'", found: 'balances-are-sums' },
  {
    name: 'a kept party balance off by as much both ways',
    sql: 'update party_balance set debit = debit + 7, credit = credit + 7',
    found: 'party-balances-are-sums',
    only: true,
  },
  {
    name: 'a kept dimension balance off',
    sql: "update dimension_balance set credit = credit + 1 where dimension = 'project'",
    found: 'dimension-balances-are-sums',
    only: true,
  },
  {
    name: 'content that was not what was sent',
    sql: `update voucher set content = replace(content, 'Bilag', 'Vedlegg') where ledger_version = 4`,
    found: 'contents-as-sent',
    only: true,
  },
  {
    name: 'content of no voucher',
    sql: 'update voucher set content = null where ledger_version = 4',
    found: 'contents-as-sent',
  },
  {
    name: 'an øre of VAT moved to the base',
    sql: [
      `update entry set amount = amount - 1 where ledger_version = ${second} and row_key = 'r1' and origin = 'vat'`,
      `update entry set amount = amount + 1 where ledger_version = ${second} and row_key = 'r1' and origin = 'line'`,
    ],
    found: 'vat-of-lines',
    covered: true,
    only: true,
  },
  {
    name: 'typed VAT far beyond the limit',
    sql: [
      `update entry set amount = amount + 5000 where ledger_version = ${second} and row_key = 'r2' and origin = 'vat'`,
      `update entry set amount = amount - 5000 where ledger_version = ${second} and row_key = 'r2' and origin = 'line'`,
    ],
    found: 'vat-of-lines',
    covered: true,
    only: true,
  },
  {
    name: 'one side of reverse charge moved',
    sql: [
      "update entry set amount = amount + 1 where vat_side = 'input' and vat_code = '86'",
      "update entry set amount = amount - 1 where origin = 'line' and vat_code = '86'",
    ],
    found: 'vat-of-lines',
    covered: true,
    only: true,
  },
  {
    name: 'a rate that was another that day',
    sql: "update vat_rate set rate = 2400 where rate_class = 'standard'",
    found: 'vat-codes-and-rates',
    only: true,
  },
  {
    name: 'a code that was not valid that day',
    sql: `update vat_code set valid_to = '${year - 2}-01-01' where code = '86'`,
    found: 'vat-codes-and-rates',
    only: true,
  },
  {
    name: 'a lock from before the vouchers of its months',
    sql: "update period_lock set ledger_version = 1 where level = 'hard'",
    found: 'nothing-in-a-locked-period',
    only: true,
  },
  {
    name: 'a voucher in a soft lock without its reason',
    sql: "update voucher set reason = null where reason = 'Etter lås'",
    found: 'nothing-in-a-locked-period',
    covered: true,
  },
  {
    name: 'a month opened without a lock that says so',
    sql: `update period set level = 'open' where month = '${year - 1}-03'`,
    found: 'nothing-in-a-locked-period',
    only: true,
  },
  {
    name: 'fiscal years with a day between',
    sql: `update fiscal_year set first_date = '${year}-01-02' where year = ${year}`,
    found: 'years-and-dates',
    only: true,
  },
  {
    name: 'a voucher in another year than its number',
    sql: `update voucher set fiscal_year = ${year + 1} where series = 'BU'`,
    found: 'years-and-dates',
    covered: true,
  },
  {
    name: 'an entry on another day than its voucher',
    sql: `update entry set voucher_date = '${year}-01-11' where ledger_version = ${second} and line = 1`,
    found: 'years-and-dates',
    only: true,
  },
  {
    name: 'a balance from before the books',
    sql: [`insert into balance values ('1920', '${year - 3}-01', 5, 0), ('2900', '${year - 3}-01', 0, 5)`],
    found: 'openings-are-closings',
  },
  {
    name: 'a recurring voucher that says it was posted and is not there',
    sql: [
      "insert into template (key, version, content) values ('leie', 1, '{}')",
      `insert into recurring (id, name, template, parameter_values, first_date, every, makes, by, created_at) values ('rec_x', 'Leie', 'leie', '{}', '${year}-01-01', 1, 'voucher', 'x', '2025')`,
      `insert into recurring_run (recurring, due_date, status, voucher_id, by, recorded_at) values ('rec_x', '${year}-01-01', 'posted', 'vch_borte', 'x', '2025')`,
    ],
    found: 'control-trail',
    only: true,
  },
  {
    name: 'a document on a voucher that nobody put there',
    sql: [
      `insert into document (stamp, id, sha256, object_key, size, media_type, recorded_at, by) values (1, 'doc_x', '${'a'.repeat(64)}', 'x', 1, 'application/pdf', '2025', 'x')`,
      "insert into document_log (stamp, what, recorded_at, by) values (1, 'arrived', '2025', 'x')",
      "insert into voucher_document (ledger_version, stamp, recorded_at, by) values (4, 1, '2025', 'x')",
    ],
    found: 'control-trail',
    only: true,
  },
  {
    name: 'a document that never arrived',
    sql: `insert into document (stamp, id, sha256, object_key, size, media_type, recorded_at, by) values (1, 'doc_x', '${'a'.repeat(64)}', 'x', 1, 'application/pdf', '2025', 'x')`,
    found: 'control-trail',
    only: true,
  },
  {
    name: 'a plan whose months do not sum to it',
    sql: [
      "insert into schedule (id, source, row_key, kind, script, text, amount) select 'sch_x', id, 'a', 'repeat', 'x', 'x', 100 from voucher where ledger_version = 4",
      `insert into schedule_month (schedule, month, amount, voucher_date, draft) values ('sch_x', '${year}-01', 99, '${year}-01-31', '{}')`,
    ],
    found: 'control-trail',
    only: true,
  },
  {
    name: 'a voucher that puts right what was never reversed',
    sql: 'insert into voucher_correction (ledger_version, corrects) select 4, id from voucher where ledger_version = 5',
    found: 'control-trail',
    only: true,
  },
  {
    name: 'an amount in euro that its rate does not give',
    sql: "update entry set currency_amount = currency_amount * 2 where currency = 'EUR'",
    found: 'currency-rates',
    covered: true,
  },
  {
    name: 'a currency without the source of its rate',
    sql: "update entry set rate_source = null where currency = 'EUR'",
    found: 'currency-rates',
    covered: true,
  },
  {
    name: 'balances that do not sum to zero',
    sql: "update balance set credit = credit + 1 where account = '2900'",
    found: 'balances-sum-to-zero',
  },
  {
    name: 'another company in the file',
    sql: "update company set id = 'cmp_00000000000000000000000000'",
    found: 'own-company-only',
  },
  { name: 'an event gone', sql: 'delete from event where sequence = 2', found: 'events-without-gap', only: true },
  {
    name: 'a clock that goes back',
    sql: "update event set recorded_at = '2001-01-01T00:00:00.000Z' where sequence = 3",
    found: 'events-without-gap',
    only: true,
  },
  {
    name: 'a voucher without its event',
    sql: "update event set type = 'account.changed' where type = 'voucher.posted' and ledger_version = 4",
    found: 'events-without-gap',
    only: true,
  },
  {
    name: 'a table of somebody else',
    sql: 'create table extra (a integer) strict',
    found: 'schema-as-migrated',
    only: true,
  },
  { name: 'an index gone', sql: 'drop index voucher_external', found: 'schema-as-migrated', only: true },
  {
    name: 'a migration with another text',
    sql: "update schema_migration set sha256 = replace(sha256, substr(sha256, 1, 2), 'zz')",
    found: 'schema-as-migrated',
    only: true,
  },
  { name: 'a table that takes anything', sql: 'create table loose (a int)', found: 'tables-are-strict' },
  {
    name: 'an entry of a VAT code that is not there',
    sql: "delete from vat_code where code = '0'",
    found: 'foreign-keys',
    atNight: true,
  },
]
