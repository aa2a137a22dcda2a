import { beforeAll, describe, expect, test } from 'vitest'
import { databaseOf, testApp } from '#tests/support/app.ts'
import { machineTable } from '#tests/support/csv.ts'
import { demoCompany } from '#tests/support/demo-company.ts'
import { deskOf, matchId, withParties } from '#tests/support/ledger-desk.ts'
import { cellsOf, workbookOf } from '#tests/support/sheet.ts'
import type { Instant, IsoDate } from '#worker/core/dates.ts'
import { readOpenItemsTable, readPartyStatementTable } from '#worker/exports/read-tables.ts'
import { openItemsTable } from '#worker/exports/tables/sub-ledger-tables.ts'
import { inOrder } from '#worker/subledger/item-order.ts'
import { listOpenItems } from '#worker/subledger/list-open-items.ts'

const app = testApp()
let demo: string

beforeAll(async () => {
  demo = await demoCompany(app)
})

const json = async (path: string) => (await app.call(path)).json
const year = 'fromDate=2026-01-01&toDate=2026-12-31'

describe('a list goes out as it is narrowed and sorted, and says by what', () => {
  const read = async (path: string) => {
    const { head, rows } = machineTable((await app.file(`${demo}/exports/${path}&format=csv-machine`)).bytes.toString())
    const [sheet] = workbookOf((await app.file(`${demo}/exports/${path}`)).bytes).sheets
    const column = (name: string) => rows.map((row) => row[head.indexOf(name)]!)
    const filters = cellsOf(sheet!.rows.slice(0, 5)).flat().join(' ').replaceAll('\u00a0', ' ')
    return { column, filters }
  }

  test('vouchers', async () => {
    const query = 'account=1920&minAmount=100000&order=-amount'
    const { vouchers } = await json(`${demo}/vouchers?${query}&limit=5000`)
    const { vouchers: all } = await json(`${demo}/vouchers?limit=5000`)
    expect([vouchers.length > 1, vouchers.length < all.length]).toEqual([true, true])
    const { column, filters } = await read(`vouchers?${query}`)
    expect(column('voucherId')).toEqual(vouchers.map((v: any) => v.id))
    expect(column('amount').map((kroner) => Number(kroner.replace('.', '')))).toEqual(
      vouchers.map((v: any) => v.amount),
    )
    expect(filters).toContain('konto 1920, beløp fra 1 000,00')
    const party = column('party').findIndex((name) => name !== '')
    expect(column('party')[party]).toMatch(/^\d{5} \S/)
    const { filters: numbered } = await read('vouchers?series=IF&fiscalYear=2026&number=1')
    expect(numbered).toContain('«IF 2026-1»')
    expect((await app.call(`${demo}/exports/vouchers?order=colour`)).status).toBe(422)
  })

  test('open items, by party and age unless told', async () => {
    const plain = await read('open-items?kind=customer')
    const parties = plain.column('party')
    expect(parties).toEqual(parties.toSorted())
    expect(new Set(parties).size).toBeGreaterThan(1)
    const rests = (await read('open-items?kind=customer&order=-rest')).column('rest')
    expect(Math.max(...rests.map((rest) => Math.abs(Number(rest))))).toBe(Math.abs(Number(rests[0])))
    const late = (await json(`${demo}/open-items?kind=customer&overdue=true`)).items.at(-1).party
    const query = `kind=customer&party=${late}&overdue=true`
    const { items } = await json(`${demo}/open-items?${query}`)
    const { column, filters } = await read(`open-items?${query}`)
    expect(items.length).toBeGreaterThan(0)
    expect(column('rest').toSorted()).toEqual(items.map((i: any) => (i.rest / 100).toFixed(2)).toSorted())
    expect(new Set(column('party'))).toEqual(new Set([late]))
    expect(filters).toContain(`Kunde/leverandør ${late}, Forfalte`)
    expect((await read(`ageing?kind=customer&party=${late}`)).filters).toContain(`Kunde/leverandør ${late}`)
  })

  test('what is narrowed to one account or party says so', async () => {
    expect((await read('open-items?kind=customer&account=1501')).filters).toContain('Utvalg: Konto 1501')
    expect((await read(`party-balances?kind=customer&party=10001&${year}`)).filters).toContain(
      'Utvalg: Kunde/leverandør 10001',
    )
    expect((await read(`general-ledger?account=3000:3999&${year}`)).filters).toContain('Utvalg: Konto 3000:3999')
    expect((await read(`general-ledger?line=sales&${year}`)).filters).toContain('Utvalg: Linje sales')
    expect((await read(`changes?since=900&account=1920&${year}`)).filters).toContain('Utvalg: Konto 1920')
  })

  test('the ageing of one party is held against its balance, of all against the control accounts', async () => {
    const proof = async (query: string) =>
      cellsOf(workbookOf((await app.file(`${demo}/exports/ageing?kind=customer${query}`)).bytes).sheets[1]!.rows).flat()
    expect(await proof('')).toContain('Sum åpne poster = samlekonti: stemmer')
    expect(await proof('&party=10001')).not.toContain('Sum åpne poster = samlekonti: stemmer')
    expect(await proof('&party=10001')).toContain('Sum åpne poster = utgående saldo: stemmer')
  })

  test('a general ledger is of the customer or the supplier of a number, as it is asked', async () => {
    const of = (kind: string) => app.call(`${demo}/exports/general-ledger?party=10001&partyKind=${kind}&${year}`)
    expect((await of('customer')).status).toBe(200)
    expect((await of('supplier')).json.issues[0].code).toBe('party/unknown')
  })

  test('a statement of many pages is of one ledger version: what is posted meanwhile is not in it', async () => {
    const company = await withParties(await app.company({ fromYear: 2026, toYear: 2026 }))
    const { book } = deskOf(company)
    for (const [i, amount] of [100, 200, 400].entries()) await book(`2026-01-1${i}`, '1500:10001', amount)
    const asking = {
      ...{ locale: 'nb' as const, company: { name: 'Prøve AS', organisationNumber: null }, by: 'Liv', address: '' },
      ...{ at: new Date().toISOString() as Instant, today: '2026-11-21' as IsoDate },
    }
    const who = { kind: 'customer', party: '10001' }
    const { pages } = await readPartyStatementTable(company.db, asking, {}, who, 2)
    const amounts: unknown[] = []
    for await (const rows of pages) {
      amounts.push(...rows.map(({ cells }) => cells[5]))
      if (amounts.length === 3) await book('2026-02-01', '1500:10001', 800)
    }
    expect(amounts).toEqual([null, 100, 200, 400, 700])
  })

  test('open items of many pages are of one moment: what is matched or undone meanwhile counts as it stood', async () => {
    const company = await withParties(await app.company({ fromYear: 2026, toYear: 2026 }))
    const { book } = deskOf(company)
    for (const [i, amount] of [100, 200, 400, -100, -200].entries()) await book(`2026-01-1${i}`, '1500:10001', amount)
    const { json: open } = await company.call('/open-items?kind=customer')
    const match = async (amount: number) => {
      const items = open.items.filter((item: any) => Math.abs(item.amount) === amount)
      const body = { id: matchId(), items: items.map(({ id, rest }: any) => ({ openItem: id, amount: rest })) }
      return (await company.call('/matches', { body })).json.id
    }
    const undone = await match(100)
    const asking = {
      ...{ locale: 'nb' as const, company: { name: 'Prøve AS', organisationNumber: null }, by: 'Liv', address: '' },
      ...{ at: new Date().toISOString() as Instant, today: '2026-11-21' as IsoDate },
    }
    const { pages } = await readOpenItemsTable(company.db, asking, { kind: 'customer' } as never, 1)
    await new Promise((pass) => setTimeout(pass, 5))
    await company.call(`/matches/${undone}/undo`, { body: {} })
    await match(200)
    const rests: unknown[] = []
    for await (const rows of pages) rests.push(...rows.map(({ cells }) => cells[13]))
    expect(rests).toEqual([200, 400, -200, 400])
  })

  test('open items are sorted as asked over all pages, and where they are too many, the head says that they are not', async () => {
    const db = databaseOf(app.env, demo.split('/').at(-1)!)
    const at = new Date().toISOString() as Instant
    const today = '2026-11-21' as IsoDate
    const company = { name: 'Lofthus', organisationNumber: null }
    const asking = { locale: 'nb' as const, company, by: 'Liv', at, today, address: '' }
    const page = (cursor?: string) => listOpenItems(db, { kind: 'customer', cursor, limit: 3 }, today)
    const { items } = await listOpenItems(db, { kind: 'customer', limit: 5_000 }, today)
    expect(items.length).toBeGreaterThan(6)
    const shown = async (most?: number) => {
      const query = { kind: 'customer', order: '-rest' } as const
      const { head, pages } = openItemsTable(asking, await page(), page, query, most)
      const rests: unknown[] = []
      for await (const rows of pages) rests.push(...rows.filter(({ kind }) => !kind).map(({ cells }) => cells[13]))
      return { rests, head: head.flat().join(' ') }
    }
    const sorted = await shown()
    expect(sorted.rests).toEqual(inOrder(items, '-rest').map(({ rest }) => rest))
    expect(sorted.head).not.toContain('Rekkefølge')
    const many = {
      ...(await page()),
      items: Array(12_000).fill(items[0]),
      totals: { count: 12_000, rest: 0 },
      cursor: null,
    }
    const sizes: number[] = []
    for await (const rows of openItemsTable(asking, many, page, { order: '-rest' }).pages) sizes.push(rows.length)
    expect(sizes).toEqual([5_000, 5_000, 2_000, 1])
    const unsorted = await shown(items.length - 1)
    expect(unsorted.rests).toEqual(items.map(({ rest }) => rest))
    expect(unsorted.head).toContain(`Rekkefølge slik de ble bokført; flere enn ${items.length - 1} sorteres ikke`)
  })

  test('accounts and parties', async () => {
    const accounts = await read('accounts?text=bank&used=true')
    expect(accounts.column('number')).toContain('1920')
    for (const name of accounts.column('nameNb')) expect(name.toLowerCase()).toContain('bank')
    expect(accounts.filters).toContain('«bank», Bare i bruk')
    const { parties } = await json(`${demo}/parties?kind=customer&limit=5000`)
    const found = await read(`parties?kind=customer&q=${parties[1].number}`)
    expect(found.column('number')).toEqual([parties[1].number])
    expect(found.filters).toContain(`«${parties[1].number}»`)
  })
})
