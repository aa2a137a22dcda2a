import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import type { Company } from '#tests/support/ledger-desk.ts'
import type { Instant, IsoDate } from '#worker/core/dates.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import { controlDatabase } from '#worker/database/connect.ts'
import { readVoucherListTable } from '#worker/exports/read-voucher-list.ts'

const app = testApp()
const year = new Date().getFullYear()
let company: Company

beforeAll(async () => {
  company = await app.company()
})

async function posted(...texts: string[]): Promise<void> {
  for (const text of texts) expect((await company.call('/vouchers', { body: simpleDraft({ text }) })).status).toBe(201)
}
const asking = {
  locale: 'nb' as const,
  company: { name: 'Prøve AS', organisationNumber: null },
  by: 'Liv',
  at: new Date().toISOString() as Instant,
  today: `${year}-01-31` as IsoDate,
  address: '',
}

const ofCompany = (db = company.db) => ({
  db,
  books: company.db,
  control: controlDatabase(app.env),
  company: company.id as CompanyId,
})

test('a list of many pages is of one ledger version: what is posted or reversed meanwhile is not in it', async () => {
  await posted('Første', 'Andre', 'Tredje')
  for (const order of ['recorded', 'amount', 'party'] as const) {
    const before = (await company.call(`/vouchers?order=${order}`)).json.vouchers
    const table = await readVoucherListTable(ofCompany(), asking, { order }, 2)
    const rows: unknown[][] = []
    for await (const page of table.pages) {
      rows.push(...page.map(({ cells }) => [...cells]))
      if (rows.length > 2) continue
      await posted('Imens')
      const reversal = { id: `vch_${randomUUID().replaceAll('-', '').slice(0, 26)}`, voucherDate: `${year}-01-31` }
      const last = before.findLast((v: any) => v.status === 'posted' && !v.reversalOf).id
      expect((await company.call(`/vouchers/${last}/reversal`, { body: reversal })).status).toBe(201)
    }
    const idAndStatus = rows.map((cells) => [cells[8], cells[5]])
    expect(idAndStatus).toEqual(
      before.map((v: any) => [v.id, v.status === 'reversed' ? 'Tilbakeført' : v.reversalOf ? 'Tilbakeføring' : null]),
    )
  }
})

test('a list by a search takes in all vouchers before it goes out, or says in words that it cannot yet', async () => {
  company = await app.company()
  await posted('Taxi', 'Taxi', 'Taxi')
  const behind = async (rounds: number) => {
    await company.db.execute('update voucher_search_state set first_version = 4, last_version = 3')
    // A ledger so large that this many rounds do not reach its beginning.
    await company.db.execute('drop trigger if exists slow')
    await company.db.execute('create table if not exists round (n integer)')
    await company.db.execute('delete from round')
    await company.db.execute(`create trigger slow after update on voucher_search_state
      when new.first_version = 1 and (select count(*) from round) < ${rounds} begin
        insert into round values (1);
        update voucher_search_state set first_version = 2;
      end`)
  }
  const list = (format: string) => company.call(`/exports/vouchers?search=taxi&format=${format}`)
  await behind(15)
  const { status, text } = await list('csv-machine')
  expect([status, text.trim().split('\r\n').length]).toEqual([200, 1 + 3])

  for (const format of ['csv', 'csv-machine', 'xlsx', 'pdf']) {
    await behind(1_000)
    const refused = await list(format)
    expect([refused.status, refused.json.code, refused.headers.get('retry-after')]).toEqual([503, 'search/behind', '2'])
    expect(refused.json.title).toContain('Prøv igjen')
  }
  // What is not searched for does not wait.
  expect((await company.call('/exports/vouchers?format=csv-machine')).status).toBe(200)

  const page = async () => {
    const path = `/companies/${company.id}/vouchers?text=taxi`
    return (await app.call(path, { headers: { 'accept-language': 'nb' } })).text
  }
  await behind(1_000)
  const without = await page()
  expect(without).toContain('når alle er med, kan listen eksporteres')
  expect(without).not.toContain('/exports/vouchers')
  await behind(0)
  expect(await page()).toContain('/exports/vouchers?search=taxi')
})

test('what is posted while a list by a search begins is not in its version', async () => {
  company = await app.company()
  await posted('Taxi')
  const { db } = company
  let isFirst = true
  const racing = {
    ...db,
    execute: db.execute.bind(db),
    batch: async (...sent: Parameters<typeof db.batch>) => {
      if (isFirst) await posted('Taxi')
      isFirst = false
      return db.batch(...sent)
    },
  }
  const { pages, proof } = await readVoucherListTable(ofCompany(racing), asking, { search: 'taxi' })
  let count = 0
  for await (const page of pages) count += page.length
  expect([count, proof[0]]).toEqual([1, ['Hovedbokversjon', '1']])
})
