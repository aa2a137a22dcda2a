import { expect, test } from 'vitest'
import { plain } from '#tests/saft/saft-desk.ts'
import { OPERATOR, simpleDraft, testApp, voucherId } from '#tests/support/app.ts'
import { saft } from '#tests/support/saft.ts'
import { memberOf } from '#tests/support/visitor.ts'
import type { Instant } from '#worker/core/dates.ts'
import { runAllCompanies } from '#worker/cron/run-all-companies.ts'
import { app } from '#worker/index.ts'

const service = testApp()
const { company, env } = service

/** What a window of somebody hears, message by message. */
async function listen(path: string, tab: string, draft?: string) {
  const address = `${path}/live?tab=${tab}${draft ? `&draft=${draft}` : ''}`
  const headers = { authorization: `Bearer ${OPERATOR}`, accept: 'text/event-stream' }
  const response = await app.request(address, { headers }, env)
  const reader = response.body!.pipeThrough(new TextDecoderStream() as never).getReader()
  const heard: any[] = []
  return {
    status: response.status,
    next: async (type: string): Promise<any> => {
      for (;;) {
        const at = heard.findIndex((message) => message.type === type)
        if (at >= 0) return heard.splice(at, 1)[0]
        const { value, done } = (await reader.read()) as { value?: string; done: boolean }
        if (done) throw new Error('the stream ended')
        for (const text of (value ?? '').split('\n\n'))
          if (text.startsWith('data: ')) heard.push(JSON.parse(text.slice(6)))
      }
    },
    /** What was heard of a kind and not asked for yet. */
    heard: (type: string) => heard.splice(0).filter((message) => message.type === type),
    leave: () => reader.cancel(),
  }
}

const receivable = (amount: number) =>
  simpleDraft({
    lines: [
      { account: '1500:10001', amount },
      { account: '1920', amount: -amount },
    ],
  })

/** Longer than what was booked is gathered for. */
const pause = () => new Promise((done) => setTimeout(done, 300))

test('those who are here hear of each other, of drafts and of postings', async () => {
  const c = await company()
  const draft = voucherId().replace('vch_', 'dra_')
  const one = await listen(c.path, 'one', draft)
  expect(one.status).toBe(200)
  expect(await one.next('people')).toMatchObject({ people: [{ tab: 'one', draft }] })
  const two = await listen(c.path, 'two')
  expect((await one.next('people')).people.map((p: any) => p.tab)).toEqual(['one', 'two'])
  const rows = [{ key: 'a', position: '1', cells: { account: '6800' } }]
  await c.call(`/voucher-drafts/${draft}/changes`, { body: { since: 0, rows }, headers: { 'hovedbok-tab': 'two' } })
  expect(await one.next('draft')).toMatchObject({ draft, version: 1, tab: 'two' })
  const posted = await c.call('/vouchers', { body: simpleDraft() })
  for (const window of [one, two])
    expect(await window.next('posted')).toMatchObject({
      ledgerVersion: 1,
      vouchers: [{ id: posted.json.id, number: 1 }],
    })
  const row = { rowKey: 'a', account: '1920', amount: 100 }
  await c.call('/opening-balances/2026-01-01', { method: 'PUT', body: { rows: [row] }, headers: { 'if-match': '"0"' } })
  expect(await one.next('sheet')).toMatchObject({ sheet: 'opening-balance', id: '2026-01-01', version: 1 })
  await c.call('/opening-balances/2026-01-01', { method: 'DELETE' })
  expect(await one.next('sheet')).toMatchObject({ sheet: 'opening-balance', id: '2026-01-01', version: 2 })
  const { json: budget } = await c.call('/budgets', { body: { year: 2026, name: 'Plan' } })
  const line = { account: '6300', dimensions: {}, cells: [{ month: '2026-01', amount: 100, was: null }] }
  await c.call(`/budgets/${budget.id}/lines`, { body: { lines: [line], dryRun: true } })
  await c.call(`/budgets/${budget.id}/lines`, { body: { lines: [line] } })
  expect(await one.next('sheet')).toMatchObject({ sheet: 'budget', id: budget.id, version: budget.revision + 1 })
  const send = (path: string) => c.call(`/imports/${path}`, { method: 'POST' })
  const sheet =
    'Konto;Jan;Feb;Mar;Apr;Mai;Jun;Jul;Aug;Sep;Okt;Nov;Des\n3000;-9;-9;-9;-9;-9;-9;-9;-9;-9;-9;-9;-9\n6300;5;5;5;5;5;5;5;5;5;5;5;5\n'
  const sent = await c.call(`/imports/sheets?register=budget&budget=${budget.id}`, { raw: sheet })
  await c.call(`/imports/sheets/${sent.json.id}`, { method: 'PATCH', body: { answers: { sign: 'debit' } } })
  await send(`sheets/${sent.json.id}/dry-run`)
  expect((await send(`sheets/${sent.json.id}/commit`)).status).toBe(201)
  expect(await one.next('sheet')).toMatchObject({ sheet: 'budget', id: budget.id, version: budget.revision + 2 })
  await send(`${sent.json.id}/undo`)
  expect(await one.next('sheet')).toMatchObject({ sheet: 'budget', id: budget.id, version: budget.revision + 3 })
  await one.leave()
  const left = await (async () => {
    for (;;) {
      const { people } = await two.next('people')
      if (people.length === 1) return people
    }
  })()
  expect(left.map((p: any) => p.tab)).toEqual(['two'])
  await two.leave()
})

test('a budget that is copied on its page tells those who have it open, whoever asked', async () => {
  const c = await company()
  const { json: from } = await c.call('/budgets', { body: { year: 2026, name: 'Plan' } })
  const line = { account: '6300', dimensions: {}, cells: [{ month: '2026-01', amount: 100, was: null }] }
  await c.call(`/budgets/${from.id}/lines`, { body: { lines: [line] } })
  const { json: into } = await c.call('/budgets', { body: { year: 2026, name: 'Prognose' } })
  const kari = await memberOf(service, c.path.split('/').at(-1)!, 'accountant')
  const page = c.path.replace('/api/v1', '')
  const one = await listen(c.path, 'one')
  await kari.submit(`${page}/budgets/${into.id}/copies`, { from: `budget:${from.id}`, change: '' })
  expect(await one.next('sheet')).toMatchObject({
    sheet: 'budget',
    id: into.id,
    version: into.revision + 1,
    name: 'Kari Nordmann',
  })
  await kari.submit(`${page}/budgets`, { year: '2026', name: 'Utkast', from: `budget:${from.id}`, change: '10' })
  const { budgets } = (await c.call('/budgets')).json
  const made = budgets.find((b: any) => b.name === 'Utkast')
  expect(await one.next('sheet')).toMatchObject({ sheet: 'budget', id: made.id, version: made.revision })
  await one.leave()
})

test('whoever decides what the rules left is named to those who are here', async () => {
  const c = await company()
  await c.call('/parties', { body: { kind: 'customer', number: '10001', name: 'Fjordvik Handel AS' } })
  const book = (amount: number) =>
    c.call('/vouchers', {
      body: receivable(amount),
    })
  await book(30_000)
  await book(-20_000)
  const one = await listen(c.path, 'one')
  const [group] = (await c.call('/open-items/left')).json.groups
  await c.call('/open-items/left', { body: { decisions: [{ openItem: group.left[0].id, do: 'oldest' }] } })
  expect((await one.next('match')).name).toMatch(/./)
  await one.leave()
})

test('a match that was made before, or is undone already, is told of once', async () => {
  const c = await company()
  await c.call('/parties', { body: { kind: 'customer', number: '10001', name: 'Fjordvik Handel AS' } })
  for (const amount of [30_000, -30_000]) await c.call('/vouchers', { body: receivable(amount) })
  const items = (await c.call('/open-items?kind=customer')).json.items.map(({ id }: any) => ({ openItem: id }))
  const id = voucherId().replace('vch_', 'mch_')
  const one = await listen(c.path, 'one')
  const said: number[] = []
  const send = async (path: string, body: object) => {
    expect((await c.call(path, { body })).status).toBeLessThan(300)
    await pause()
    await c.call('/vouchers', { body: simpleDraft() })
    await one.next('posted')
    said.push(one.heard('match').length)
  }
  for (let n = 0; n < 2; n++) await send('/matches', { id, items })
  for (let n = 0; n < 2; n++) await send(`/matches/${id}/undo`, {})
  expect(said).toEqual([1, 0, 1, 0])
  await one.leave()
})

test('an import that matches its items says who did it, and that once', async () => {
  const c = await company()
  await c.call('/parties', { body: { kind: 'customer', number: '10001', name: 'Fjordvik Handel AS' } })
  for (const amount of [30_000, -30_000]) await c.call('/vouchers', { body: receivable(amount) })
  const one = await listen(c.path, 'one')
  const done = await c.call('/imports/saft?match=true&otherCompany=true', { raw: saft(plain) })
  expect([done.status, done.text.slice(0, 300)]).toEqual([201, expect.anything()])
  for (const type of ['posted', 'match']) expect((await one.next(type)).name).toMatch(/./)
  await one.leave()
})

test('what is posted at night is told of by the name of the product', async () => {
  const c = await company()
  const lines = [
    { account: '6305', amount: '12500' },
    { account: '1920', amount: 'rest' },
  ]
  const content = { name: 'Husleie', type: 'general', text: 'Husleie', parameters: [], lines }
  expect((await c.call('/templates/LEIE', { method: 'PUT', body: { content } })).status).toBe(200)
  const day = `${new Date().getFullYear()}-01-05`
  const row = {
    name: 'Husleie',
    template: 'LEIE',
    values: {},
    firstDate: day,
    lastDate: day,
    every: 1,
    makes: 'voucher',
  }
  expect((await c.call('/recurring', { body: row })).status).toBe(201)
  const one = await listen(c.path, 'one')
  await runAllCompanies(env, `${day.slice(0, 4)}-12-31T04:00:00.000Z` as Instant, '0 4 * * *')
  expect(await one.next('posted')).toMatchObject({ name: 'Hovedbok', vouchers: [{ number: 1 }] })
  await one.leave()
})

test('who puts a voucher right is named, on its page and through the API', async () => {
  const c = await company()
  const kari = await memberOf(service, c.path.split('/').at(-1)!, 'accountant')
  const [one, two] = [simpleDraft(), simpleDraft()]
  for (const draft of [one, two]) expect((await c.call('/vouchers', { body: draft })).status).toBe(201)
  const window = await listen(c.path, 'one')
  const voucherDate = String(one.voucherDate)
  await kari.submit(`${c.path.replace('/api/v1', '')}/vouchers/${one.id}/reversal`, { id: voucherId(), voucherDate })
  expect(await window.next('posted')).toMatchObject({ name: 'Kari Nordmann', vouchers: [{ number: 3 }] })
  const body = { reversal: { id: voucherId(), voucherDate }, voucher: simpleDraft() }
  const corrected = await c.call(`/vouchers/${two.id}/correction`, { body })
  expect(corrected.status, corrected.text).toBe(201)
  const told = await window.next('posted')
  expect([told.name, told.vouchers.length]).toEqual([expect.stringMatching(/./), 2])
  await window.leave()
})

test('one person has twenty windows; the next is told not to come back, and no other is closed for it', async () => {
  const c = await company()
  const open = []
  for (let n = 0; n < 20; n++) open.push(await listen(c.path, `w${n}`))
  const headers = { authorization: `Bearer ${OPERATOR}`, accept: 'text/event-stream' }
  const more = await app.request(`${c.path}/live?tab=more`, { headers }, env)
  expect(more.status).toBe(204)
  let people = await open[0]!.next('people')
  while (people.people.length < 20) people = await open[0]!.next('people')
  for (const window of open) await window.leave()
})

test('asked without a stream it tells the version', async () => {
  const c = await company()
  expect((await c.call('/live')).json).toEqual({ ledgerVersion: 0 })
})

test('asked after an event it tells what changed since that pages are drawn from, and nothing else', async () => {
  const c = await company()
  const newest = async () => (await c.call('/events?limit=1000')).json.next
  const changed = async (after: number) => (await c.call(`/live?after=${after}`)).json.changed
  const before = await newest()
  await c.call('/parties', { body: { kind: 'customer', number: '10001', name: 'Fjordvik Handel AS' } })
  expect(await changed(before)).toEqual([])
  const { json: budget } = await c.call('/budgets', { body: { year: 2026, name: 'Plan' } })
  expect(await changed(before)).toEqual([budget.id, 'budget'])
  const planned = await newest()
  for (const amount of [30_000, -20_000])
    await c.call('/vouchers', {
      body: simpleDraft({
        lines: [
          { account: '1500:10001', amount },
          { account: '1920', amount: -amount },
        ],
      }),
    })
  expect(await changed(planned), 'vouchers have a version of their own').toEqual([])
  const [group] = (await c.call('/open-items/left')).json.groups
  await c.call('/open-items/left', { body: { decisions: [{ openItem: group.left[0].id, do: 'oldest' }] } })
  expect(await changed(planned)).toEqual(['match'])
  expect(await changed(await newest())).toEqual([])
  const asked = async (rest: string) => (await c.call(`/live?after=${planned}${rest}`)).json
  expect(await asked('&version=2')).toEqual({ ledgerVersion: 2, changed: ['match'], newestEvent: await newest() })
  expect(await asked('&version=1'), 'behind already: the events are not walked').toEqual({ ledgerVersion: 2 })
})

test('an opening balance and movements that are brought in from a sheet, or taken back, are told as a saved cell is', async () => {
  const c = await company()
  const day = (month: string) => `${new Date().getFullYear()}-${month}-01`
  await c.call('/takeover', {
    method: 'PUT',
    body: { variant: 'movements', openingDate: day('01'), cutOverDate: day('03') },
  })
  const one = await listen(c.path, 'one')
  const bring = async (query: string, raw: string) => {
    const { id } = (await c.call(`/imports/sheets?${query}`, { raw })).json
    for (const step of ['dry-run', 'commit']) await c.call(`/imports/sheets/${id}/${step}`, { method: 'POST' })
    return () => c.call(`/imports/${id}/undo`, { method: 'POST' })
  }
  const opening = { sheet: 'opening-balance', id: day('01') }
  const openingBack = await bring(`register=balances&date=${day('01')}`, 'Konto;Saldo\n1920;1000,00\n2050;-1000,00\n')
  expect(await one.next('sheet')).toMatchObject({ ...opening, version: 1 })
  await openingBack()
  expect(await one.next('sheet')).toMatchObject({ ...opening, version: 2 })
  const againBack = await bring(`register=balances&date=${day('01')}`, 'Konto;Saldo\n1920;700,00\n2050;-700,00\n')
  expect(await one.next('sheet'), 'a version never comes again').toMatchObject({ ...opening, version: 2 })
  expect((await againBack()).status).toBe(200)
  expect(await one.next('sheet')).toMatchObject({ ...opening, version: 3 })
  const movements = { sheet: 'movements', id: day('03') }
  const list = 'Konto;Navn;Januar;Februar\n3000;Salg;-1 000,00;-2 000,00\n1920;Bank;1 000,00;2 000,00\n'
  const movementsBack = await bring('register=movements', list)
  const { version } = await one.next('sheet')
  expect((await c.call('/takeover/movements')).headers.get('etag')).toBe(`"${version}"`)
  await movementsBack()
  expect(await one.next('sheet')).toMatchObject({ ...movements, version: version + 1 })
  await one.leave()
})
