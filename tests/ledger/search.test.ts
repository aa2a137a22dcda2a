import fc from 'fast-check'
import { expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { pdf } from '#tests/support/files.ts'
import { deskOf, withParties } from '#tests/support/ledger-desk.ts'
import { findInBooks } from '#worker/ledger/find-in-books.ts'
import { keepSearch } from '#worker/ledger/keep-search.ts'
import { countVouchers, listVouchers } from '#worker/ledger/list-vouchers.ts'
import { searchOf, wordsOf } from '#worker/ledger/search-query.ts'

const { company } = testApp()
const year = new Date().getFullYear()

async function searching() {
  const c = await withParties(await company())
  const desk = deskOf(c)
  return {
    ...c,
    desk,
    /** Numbers of the vouchers found, newest first. */
    async found(text: string, more = ''): Promise<number[]> {
      const { json, status, text: answer } = await c.call(`/vouchers?search=${encodeURIComponent(text)}${more}`)
      if (status !== 200) throw new Error(answer)
      return json.vouchers.map((v: any) => v.number)
    },
  }
}

test('a search looks in texts, parties, invoice numbers, amounts, numbers, stamp numbers and comments', async () => {
  const { call, desk, found } = await searching()
  const first = await desk.book(`${year}-01-10`, '2400:20001', -125_050, {
    invoiceNumber: 'F-884213',
    text: 'Kontorstoler',
  })
  await desk.posted(simpleDraft({ text: 'Strøm i mars' }))
  await desk.posted(simpleDraft({ text: 'Blåbær og Årlig avgift' }))
  await call('/documents', { raw: pdf() })
  const { documents } = (await call('/documents')).json
  await call(`/vouchers/${first.id}/documents`, { body: { documents: [documents[0].id] } })
  await call(`/vouchers/${first.id}/comments`, { body: { text: 'Avtalt med Liv' } })
  expect(await found('strøm')).toEqual([2])
  expect(await found('Strø')).toEqual([2])
  expect(await found('mars strøm')).toEqual([2])
  expect(await found('strøm april')).toEqual([])
  expect(await found('blåbær årlig')).toEqual([3])
  expect(await found('kontor norge')).toEqual([1])
  expect(await found('F-884213')).toEqual([1])
  expect(await found('884213')).toEqual([1])
  expect(await found('1 250,50')).toEqual([1])
  expect(await found('1250,5')).toEqual([1])
  expect(await found('-1250.50 stoler')).toEqual([])
  expect(await found('100')).toEqual([3, 2]) // kroner
  expect(await found('liv')).toEqual([1])
  expect(await found('#1')).toEqual([1])
  expect(await found(`HB ${year} 2`)).toEqual([2])
  expect(await found('')).toEqual([3, 2, 1]) // nothing to look for
})

test('a party that has got another name is found by it, and by the one it had', async () => {
  const { call, desk, found } = await searching()
  await desk.book(`${year}-01-10`, '1500:10001', 100_000, { invoiceNumber: '1' })
  await desk.book(`${year}-01-11`, '2400:20001', -100_000, { invoiceNumber: '2' })
  const { json } = await call('/parties/customer/10001')
  expect(await found(json.name)).toEqual([1])
  await call('/parties/customer/10001', { method: 'PATCH', body: { name: 'Ørnes Bygg AS' } })
  expect(await found('ørnes bygg')).toEqual([1])
  expect(await found(json.name)).toEqual([1])
  expect(await found('ørnes bygg', '&type=nothing')).toEqual([])
})

test('each name of a renamed party finds its vouchers, together with other words, and no other change costs a search anything', async () => {
  const { call, desk, found, db } = await searching()
  await desk.book(`${year}-01-10`, '1500:10001', 1_250_000, { invoiceNumber: '1' })
  const was = (await call('/parties/customer/10001')).json.name
  expect(await found(was)).toEqual([1])
  const change = (body: object) => call('/parties/customer/10001', { method: 'PATCH', body })
  const names = async () => (await db.execute('select name from party_name order by name')).rows.map((row) => row.name)
  await change({ email: 'post@example.no' })
  expect(await names()).toEqual([])
  await change({ name: 'Å "Nordlys" Kraft-Handel' })
  await desk.book(`${year}-01-11`, '1500:10001', 100_000, { invoiceNumber: '2' })
  await change({ name: 'Polarlys AS' })
  await desk.book(`${year}-01-12`, '2400:20001', -1_250_000, { invoiceNumber: '10001' }) // the customer's number
  expect(await names()).toHaveLength(3)
  for (const name of [was.split(' ')[0], '"nordlys"', 'å nordl', 'handel', 'POLARLYS'])
    expect([name, await found(name)]).toEqual([name, [2, 1]])
  expect(await found('lys')).toEqual([]) // as everywhere in the search, a word begins with what is typed
  expect(await found(`polarlys ${year}`)).toEqual([2, 1])
  expect(await found(`nordlys 12500`)).toEqual([1])
  expect(await found(`handel ${was.split(' ')[0]} 12500`)).toEqual([1])
  expect(await countVouchers(db, { search: 'polarlys 12500' })).toBe(1)
  expect((await findInBooks(db, 'polarlys 12500', {})).vouchers.map((v) => v.number)).toEqual([1])
})

test('a word that hundreds of renamed parties have leaves the other words of a search theirs', async () => {
  const { call, desk, found, db } = await searching()
  await call('/parties/supplier/20001', { method: 'PATCH', body: { name: 'Nordlys' } })
  await desk.book(`${year}-01-10`, '2400:20001', -100_000, { invoiceNumber: '1', text: 'Aksjebrev' })
  await desk.book(`${year}-01-11`, '2400:20001', -100_000, { invoiceNumber: '2', text: 'Leie as' })
  expect(await found('nordlys')).toEqual([2, 1])
  await db.execute(`insert into party_name (kind, number, name) select 'customer', 30000 + n.value, 'Kunde' || n.value || a.value
    from json_each('[${Array.from({ length: 250 }, (_, i) => i)}]') n, json_each('["", " AS"]') a`)
  await call('/parties/supplier/20001', { method: 'PATCH', body: { name: 'Polarlys AS' } })
  expect(await found('AS Polarlys')).toEqual([2, 1])
  expect(await found('Polarlys AS')).toEqual([2, 1])
  expect(await found('AS Polarlys leie')).toEqual([2])
  expect(await found(`${'as '.repeat(11)}polarlys`)).toEqual([2, 1])
})

test('what was posted a moment ago is found, page by page, together with the other filters', async () => {
  const { desk, found, call } = await searching()
  for (const _ of [1, 2, 3]) await desk.posted(simpleDraft({ text: 'Leie' }))
  expect(await found('leie')).toEqual([3, 2, 1])
  await desk.posted(simpleDraft({ text: 'Leie', voucherDate: `${year}-02-01` }))
  expect(await found('leie', `&fromDate=${year}-02-01`)).toEqual([4])
  const first = (await call('/vouchers?search=leie&limit=3')).json
  expect([first.vouchers.length, first.unsearched]).toEqual([3, 0])
  const next = (await call(`/vouchers?search=leie&limit=3&cursor=${first.cursor}`)).json
  expect(next.vouchers.map((v: any) => v.number)).toEqual([1])
})

test('searches at once leave an index that knows each voucher once', async () => {
  const { desk, found, db } = await searching()
  for (let i = 0; i < 5; i++) await desk.posted(simpleDraft({ text: `Taxi ${i}` }))
  const answers = await Promise.all(Array.from({ length: 8 }, () => found('taxi')))
  expect(answers).toEqual(Array(8).fill([5, 4, 3, 2, 1]))
  const { rows } = await db.execute("select count(*) as n from voucher_search where voucher_search match 'taxi'")
  expect(rows[0]!.n).toBe(5)
})

test('behind a large import the newest is found first; and a search that cannot write finds what is there', async () => {
  const { desk, db } = await searching()
  const indexed = async () => {
    const { rows } = await db.execute(
      "select rowid from voucher_search where voucher_search match 'taxi' order by rowid",
    )
    return rows.map((row) => Number(row.rowid))
  }
  await desk.posted(simpleDraft({ text: 'Taxi' }))
  expect(await keepSearch(db, { rounds: 1, chunk: 2 })).toBe(0)
  for (let i = 0; i < 7; i++) await desk.posted(simpleDraft({ text: 'Taxi' }))
  expect(await keepSearch(db, { rounds: 1, chunk: 2 })).toBe(5)
  expect(await indexed()).toEqual([1, 2, 3, 7, 8])
  const busy = { ...db, execute: db.execute.bind(db), batch: () => Promise.reject(new Error('busy')) }
  expect(await keepSearch(busy)).toBe(5)
  // Who does not tell how many are missing has nobody count them.
  const sent: string[] = []
  const watched = {
    ...busy,
    batch: db.batch.bind(db),
    execute(...[one]: Parameters<typeof db.execute>) {
      sent.push(JSON.stringify(one))
      return db.execute(one)
    },
  }
  const others = { books: busy }
  expect((await findInBooks(watched, 'taxi', {}, others)).vouchers.map((v) => v.number)).toEqual([8, 7, 3, 2, 1])
  expect(await countVouchers(watched, { search: 'taxi' }, others)).toBe(5)
  expect(sent.filter((sql) => sql.includes('count(*) as missing'))).toEqual([])
  expect((await listVouchers(watched, { search: 'taxi' }, others)).unsearched).toBe(5)
  expect(sent.filter((sql) => sql.includes('count(*) as missing'))).toHaveLength(1)
  expect(await keepSearch(db, { rounds: 9, chunk: 2 })).toBe(0)
  expect(await indexed()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

test('vouchers are narrowed by account, party, amount and person, and sorted by each column page by page', async () => {
  const { desk, call, db } = await searching()
  for (const [i, amount] of [300, 100, 200, 100].entries())
    await desk.book(`${year}-01-${20 - i}`, '1500:10001', amount, { invoiceNumber: String(i) })
  await desk.posted(simpleDraft({ voucherDate: `${year}-01-18` }))
  const numbers = async (query: string) => {
    const found: number[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { json }: any = await call(`/vouchers?limit=2&${query}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
      found.push(...json.vouchers.map((v: any) => v.number))
      cursor = json.cursor
    }
    return found
  }
  expect(await numbers('account=1500&order=recorded')).toEqual([1, 2, 3, 4])
  expect(await numbers('party=10001&minAmount=150&maxAmount=300')).toEqual([3, 1])
  expect(await numbers('by=usr_nobody')).toEqual([])
  expect((await call(`/vouchers?by=${(await call('/vouchers')).json.vouchers[0].by}`)).json.vouchers).toHaveLength(5)
  expect(await numbers('order=amount')).toEqual([2, 4, 3, 1, 5])
  expect(await numbers('order=-amount')).toEqual([5, 1, 3, 4, 2])
  expect(await numbers('order=date')).toEqual([4, 3, 5, 2, 1])
  expect(await numbers('order=-number')).toEqual([5, 4, 3, 2, 1])
  expect(await numbers('order=-party')).toEqual([4, 3, 2, 1, 5])
  // Whoever comes before it is kept, and cannot keep it, sees the same.
  await db.execute('delete from voucher_listed')
  await db.execute('update voucher_search_state set first_version = 1, last_version = 0')
  const unkept = {
    ...db,
    execute: db.execute.bind(db),
    batch: (...[sent, mode]: Parameters<typeof db.batch>) =>
      mode === 'write' ? Promise.reject(new Error('busy')) : db.batch(sent, mode),
  }
  for (const [query, found] of [
    [{ order: '-amount' }, [5, 1, 3, 4, 2]],
    [{ order: '-party' }, [4, 3, 2, 1, 5]],
    [{ minAmount: 150, maxAmount: 300, order: 'recorded' }, [1, 3]],
  ] as const) {
    const { vouchers, unsearched } = await listVouchers(unkept, query)
    expect([vouchers.map((v) => v.number), unsearched]).toEqual([found, 0])
    expect(await countVouchers(unkept, query)).toBe(found.length)
  }
  const plan = await db.execute(
    `explain query plan select v.id from voucher_listed k cross join voucher v on v.ledger_version = k.ledger_version
     where (k.amount, k.ledger_version) < (?, ?) order by k.amount desc, k.ledger_version desc limit 2`,
  )
  expect(plan.rows.map((r) => String(r.detail)).join()).not.toContain('TEMP B-TREE')
})

test('vouchers are narrowed by the number of a party, or by a part of its name', async () => {
  const { desk, call } = await searching()
  await desk.book(`${year}-01-10`, '1500:10001', 300, { invoiceNumber: '1' })
  await desk.book(`${year}-01-11`, '1500:10002', 100, { invoiceNumber: '2' })
  await desk.book(`${year}-01-12`, '2400:20001', -100, { invoiceNumber: '3' })
  await call('/parties/customer/10002', { method: 'PATCH', body: { name: 'Bygg 10001 Øst AS' } })
  const of = async (party: string) =>
    (await call(`/vouchers?party=${encodeURIComponent(party)}`)).json.vouchers.map((v: any) => v.number)
  expect(await of('fjordvik')).toEqual([1])
  expect(await of('ØST')).toEqual([2])
  expect(await of(' AS')).toEqual([3, 2, 1])
  expect(await of('10001')).toEqual([1]) // a number means its party, whoever's name holds it
  expect(await of('20001')).toEqual([3])
  expect(await of('2000')).toEqual([])
})

test('whatever is typed is a search and no fault', async () => {
  const { found } = await searching()
  for (const text of ['"', 'a"b', 'NEAR(', 'AND', '*', '(', 'a:b', '-', '–', 'æ', '1,2,3', "'; drop table voucher"])
    expect([text, await found(text)]).toEqual([text, []])
  fc.assert(fc.property(fc.string(), (text) => (searchOf(wordsOf(text))?.split('"').length ?? 1) % 2 === 1))
})
