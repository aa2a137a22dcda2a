import { expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'

const { company } = testApp()
const year = new Date().getFullYear()

test('lists have pages, counts, and the same rows as CSV and one JSON object a line', async () => {
  const c = await company()
  for (const number of ['1', '2', '3'])
    await c.call('/parties', { body: { kind: 'customer', number, name: `=Kunde ${number}` } })
  const lines = (party: string, amount: number) => [
    { rowKey: 'a', account: `1500:${party}`, amount },
    { rowKey: 'b', account: '1920', amount: -amount },
  ]
  for (const amount of [100, -100, 200, -200])
    await c.call('/vouchers', { body: simpleDraft({ lines: lines(Math.abs(amount) === 100 ? '1' : '2', amount) }) })
  await c.call('/matches/automatic', { body: { kind: 'customer' } })

  const counted = { headers: { prefer: 'count=exact' } }
  const first = await c.call('/entries?limit=3', counted)
  expect([first.json.ledgerVersion, first.json.total, first.headers.get('total-count')]).toEqual([4, 8, '8'])
  expect(first.headers.get('preference-applied')).toBe('count=exact')
  const rest = await c.call(`/entries?limit=5000&cursor=${first.json.cursor}`)
  const all = [...first.json.entries, ...rest.json.entries]
  expect(all.map((e: any) => `${e.number}.${e.line} ${e.account} ${e.amount}`)).toEqual([
    '1.1 1500 100',
    '1.2 1920 -100',
    '2.1 1500 -100',
    '2.2 1920 100',
    '3.1 1500 200',
    '3.2 1920 -200',
    '4.1 1500 -200',
    '4.2 1920 200',
  ])
  expect(rest.json.cursor).toBeNull()
  const narrow = `account=1500&party=2&fromDate=${year}-01-01&afterVersion=3`
  expect((await c.call(`/entries?${narrow}`)).json.entries).toEqual([all[6]])

  const matches = await c.call('/matches?limit=1', counted)
  expect([matches.json.total, matches.json.matches.length, matches.headers.get('ledger-version')]).toEqual([2, 1, '4'])
  const next = await c.call(`/matches?limit=1&cursor=${encodeURIComponent(matches.json.cursor)}`)
  expect(new Set([next.json.matches[0].party, matches.json.matches[0].party])).toEqual(new Set(['1', '2']))
  expect([next.json.cursor, next.json.matches[0].lines.map((l: any) => l.rest)]).toEqual([null, [0, 0]])
  expect((await c.call('/matches?undone=true')).json.matches).toEqual([])
  expect((await c.call('/matches?cursor=x')).status).toBe(422)

  const rows = { headers: { accept: 'application/x-ndjson' } }
  const streamed = await c.call('/entries', rows)
  expect(
    streamed.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(all)
  const paged = await c.call('/entries?limit=3', rows)
  expect(paged.headers.get('next-cursor')).toBe(first.json.cursor)
  const csv = await c.call('/parties', { headers: { accept: 'text/csv' }, language: 'en' })
  expect(
    csv.text
      .split('\r\n')
      .slice(0, 2)
      .map((line) => line.slice(0, 40)),
  ).toMatchInlineSnapshot(`
    [
      "kind,number,name,organisationNumber,cont",
      "customer,1,'=Kunde 1,,1500,,,,,,,,,,,,,,",
    ]
  `)

  for (const list of [
    'vouchers',
    'open-items',
    'accounts',
    'documents',
    'currency-rates',
    'dimensions/department/values',
  ]) {
    const { json, headers } = await c.call(`/${list}`, counted)
    const name =
      { 'open-items': 'items', 'currency-rates': 'rates', 'dimensions/department/values': 'values' }[list] ?? list
    expect([list, json.total, headers.get('total-count')]).toEqual([list, json[name].length, String(json[name].length)])
    expect([list, (await c.call(`/${list}`, rows)).text.split('\n').length - 1]).toEqual([list, json[name].length])
  }
})
