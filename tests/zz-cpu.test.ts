import Database from 'libsql'
import { test } from 'vitest'
import { companyMigrations } from '#db/company/migrations.ts'
import { insertPosted } from '#worker/ledger/store.ts'
const hex = (v: number) => String(v).padStart(64, '0')
const e = (account: string, amount: number, party: string | null): any => ({ rowKey: 'a', origin: 'line', account, partyKind: party && 'customer', party, amount, vatCode: null, vatRate: null, vatSide: null, vatSpecification: null, vatAmountReason: null, vatOverridden: false, dimensions: null, text: 'Salg av varer', currency: null, currencyAmount: null, rate: null, rateUnit: null, rateSource: null, quantity: null, invoiceNumber: party && '123', dueDate: null, paymentReference: null })
function run(kind: string, n: number, per: number, withParty: boolean) {
  const db: any = new (Database as any)(':memory:')
  db.exec('pragma foreign_keys = on')
  for (const m of companyMigrations) for (const s of m.sql.split('--> statement-breakpoint')) db.exec(s)
  db.exec(`insert into company (id, name, vat_registered, created_at) values ('cmp_1', 'A', 0, '');
   insert into fiscal_year values (2026, '2026-01-01', '2026-12-31');
   insert into period (month, year) values ('2026-01', 2026),('2026-02', 2026),('2026-03', 2026),('2026-04', 2026),('2026-05', 2026),('2026-06', 2026),('2026-07', 2026),('2026-08', 2026),('2026-09', 2026);
   insert into account (number, name_nb, name_en, type, control) values ('1500', '', '', 'asset', 'customer'),('3000', '', '', 'income', null),('2700', '', '', 'liability', null),('1920','','','asset',null);
   insert into party (kind, number, name, control_account, created_at) values ('customer','10001','A','1500','');
   insert into voucher_type (key, series, name_nb, name_en) values ('general', 'HB', '', '')`)
  if (kind === 'none') db.exec('drop trigger entry_with_party_is_an_open_item')
  if (kind === 'nocheck') db.exec('drop trigger open_item_is_its_entry')
  const facts = db.prepare('select facts_version from company').get().facts_version
  const batches: any[] = []
  for (let v = 1; v <= n; ) {
    const some: any[] = []
    for (let i = 0; i < per; i++, v++) some.push({ ledgerVersion: v, id: `vch_${v}`, type: 'general', series: 'HB', fiscalYear: 2026, number: v, voucherDate: `2026-0${1 + v % 9}-1${v % 9}`, documentDate: '2026-01-01', vatDate: '2026-01-01', text: 'x', recordedAt: '2026-01-01T00:00:00.000Z', by: 'x', reversalOf: null, reason: null, importJob: null, externalId: null, factsVersion: facts, content: '{}', contentHash: hex(0), prevHash: hex(v - 1), hash: hex(v), eventType: 'voucher.posted', entries: [withParty ? e('1500', 12500, '10001') : e('1920', 12500, null), e('3000', -10000, null), e('2700', -2500, null)] })
    batches.push(insertPosted(some))
  }
  const began = process.cpuUsage()
  for (const b of batches) { db.exec('begin immediate'); for (const s of b) db.prepare(s.sql).run(...s.args); db.exec('commit') }
  const used = process.cpuUsage(began)
  db.close()
  return Math.round((used.user + used.system) / n)
}
test('cpu', () => {
  for (let round = 0; round < 4; round++)
    console.log(['none', 'all', 'nocheck'].map((k) => `${k}: bulk ${run(k, 20_000, 500, true)} single ${run(k, 1_500, 1, true)} single without party ${run(k, 1_500, 1, false)}`).join(' | '), 'µs a voucher')
}, 240_000)
