import { expect, test } from 'vitest'
import { simpleDraft, testApp, voucherId } from '#tests/support/app.ts'
import { rowFrom } from '#web/islands/voucher/draft-cells.ts'
import { draftOf } from '#worker/sheets/row-draft.ts'
import { emptyDesk, vouchersOf } from '#worker/sheets/sheet.ts'

const { company } = testApp()
const draftId = () => voucherId().replace('vch_', 'dra_')
const header = (cells: Record<string, unknown> = {}) => ({
  key: 'header',
  position: '1',
  cells: { mode: 'voucher', type: 'IF', voucherDate: '2026-03-03', text: 'Rekvisita', ...cells },
})
const line = (key: string, position: string, cells: Record<string, unknown>) => ({ key, position, cells })

test('a draft comes into being with its first rows, and grows; sent twice it is the same', async () => {
  const c = await company()
  const id = draftId()
  const rows = [header(), line('a', '5', { account: '6800', amount: 12_500 }), line('b', '7', { account: '2400' })]
  const first = await c.call(`/voucher-drafts/${id}/changes`, { body: { since: 0, rows } })
  expect([first.status, first.json.version, first.json.rows]).toEqual([200, 1, []])
  // The answer was lost: the same is sent again, and nothing is written.
  const again = await c.call(`/voucher-drafts/${id}/changes`, { body: { since: 0, rows } })
  expect([again.json.version, again.json.rows.length]).toEqual([1, 3])
  const between = await c.call(`/voucher-drafts/${id}/changes`, {
    body: { since: 1, rows: [line('c', '6', { account: '2710', text: 'øre ✓' })] },
  })
  expect([between.json.version, between.json.rows]).toEqual([2, []])
  const { json } = await c.call(`/voucher-drafts/${id}`)
  expect(json.rows.map((r: any) => `${r.key} ${r.version} ${r.cells.account ?? ''}`)).toEqual([
    'header 1 ',
    'a 1 6800',
    'c 2 2710',
    'b 1 2400',
  ])
  expect((await c.call(`/voucher-drafts/${id}?since=1`)).json.rows.map((r: any) => r.key)).toEqual(['c'])
  expect((await c.call('/voucher-drafts')).json.drafts).toMatchObject([
    { id, type: 'IF', text: 'Rekvisita', lines: 3, vouchers: 1, posted: 0, amount: 12_500, clashes: 0 },
  ])
})

test('a row that somebody else wrote is not taken, and comes back with what they wrote; the other rows are', async () => {
  const c = await company()
  const id = draftId()
  const rows = [header(), line('a', '5', { account: '6800' }), line('b', '7', { account: '2400' })]
  await c.call(`/voucher-drafts/${id}/changes`, { body: { since: 0, rows } })
  await c.call(`/voucher-drafts/${id}/changes`, { body: { since: 1, rows: [line('a', '5', { account: '6340' })] } })
  const late = await c.call(`/voucher-drafts/${id}/changes`, {
    body: { since: 1, rows: [line('a', '5', { account: '7770' }), line('b', '7', { account: '1920' })] },
  })
  expect(late.json.version).toBe(3)
  expect(late.json.rows.map((r: any) => [r.key, r.cells.account, r.version])).toEqual([['a', '6340', 2]])
  const { json } = await c.call(`/voucher-drafts/${id}`)
  expect(json.rows.map((r: any) => r.cells.account)).toEqual([undefined, '6340', '1920'])
})

test('twenty at once in one draft: every row is there, and the versions have no gap', async () => {
  const c = await company()
  const id = draftId()
  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      c.call(`/voucher-drafts/${id}/changes`, {
        body: { since: 0, rows: [line(`r${i}`, `${i + 10}`, { amount: i })] },
      }),
    ),
  )
  const { json } = await c.call(`/voucher-drafts/${id}`)
  expect(json.version).toBe(20)
  expect(json.rows.map((r: any) => r.version).sort((a: number, b: number) => a - b)).toEqual(
    Array.from({ length: 20 }, (_, i) => i + 1),
  )
})

test('what is posted is known by its id, whoever posted it, and a draft posted whole leaves the list', async () => {
  const c = await company()
  const [one, several] = [draftId(), draftId()]
  const voucher = simpleDraft()
  await c.call(`/voucher-drafts/${one}/changes`, {
    body: { since: 0, rows: [header({ id: voucher.id }), line('a', '5', { account: '1920', amount: 10_000 })] },
  })
  const others = [simpleDraft(), simpleDraft()]
  const rows = others.map((v, i) => line(`r${i}`, `${i + 2}`, { id: v.id, account: '1920', amount: 5 }))
  await c.call(`/voucher-drafts/${several}/changes`, { body: { since: 0, rows: [header({ mode: 'sheet' }), ...rows] } })
  await c.call('/vouchers', { body: voucher })
  await c.call('/vouchers', { body: others[0] })
  const { json } = await c.call('/voucher-drafts')
  expect(json.drafts).toMatchObject([{ id: several, vouchers: 2, posted: 1 }])
  expect((await c.call(`/voucher-drafts/${one}`)).json.posted).toMatchObject([
    { id: voucher.id, series: 'HB', number: 1 },
  ])
  await c.call('/vouchers', { body: others[1] })
  expect((await c.call('/voucher-drafts')).json.drafts).toEqual([])
})

test('a deleted draft is gone from the list, can be had back as it was, and stands in the audit trail', async () => {
  const c = await company()
  const id = draftId()
  const rows = [header(), line('a', '5', { account: '6800' })]
  await c.call(`/voucher-drafts/${id}/changes`, { body: { since: 0, rows } })
  expect((await c.call(`/voucher-drafts/${id}`, { method: 'DELETE' })).status).toBe(204)
  expect((await c.call('/voucher-drafts')).json.drafts).toEqual([])
  expect((await c.call('/voucher-drafts?deleted=true')).json.drafts).toMatchObject([{ id, lines: 1 }])
  // One who writes in it meanwhile loses nothing, and is told.
  const late = await c.call(`/voucher-drafts/${id}/changes`, {
    body: { since: 1, rows: [line('b', '6', { amount: 1 })] },
  })
  expect(late.json.deletedAt).toMatch(/^20/)
  const back = await c.call(`/voucher-drafts/${id}/restoration`, { method: 'POST' })
  expect([back.status, back.json.deletedAt, back.json.rows.length]).toEqual([200, null, 3])
  const { events } = (await c.call('/events')).json
  expect(events.map((e: any) => e.type)).toEqual(['draft.deleted', 'draft.restored'])
  const unknown = await c.call(`/voucher-drafts/${draftId()}`)
  expect([unknown.status, unknown.json.code]).toEqual([404, 'draft/unknown'])
  await c.db.execute("update voucher_draft set deleted_at = '2020-01-01T00:00:00.000Z'")
  await c.call(`/voucher-drafts/${draftId()}/changes`, { body: { since: 0, rows: [header()] } })
  expect((await c.call(`/voucher-drafts/${id}`)).status).toBe(404)
})

test('what is no draft is refused, field by field', async () => {
  const c = await company()
  const refused = await c.call(`/voucher-drafts/${draftId()}/changes`, {
    body: { since: -1, rows: [{ key: 'A b', position: '', cells: { 'x y': 1 } }, line('a', '1', { amount: 1.5 })] },
  })
  expect(refused.status).toBe(422)
  expect(refused.json.issues.map((i: any) => `${i.pointer} ${i.code}`)).toEqual([
    '#/since field/invalid',
    '#/rows/0/key field/invalid',
    '#/rows/0/position field/invalid',
    '#/rows/0/cells/x y field/invalid',
    '#/rows/1/cells/amount field/invalid',
  ])
  const wrongId = await c.call('/voucher-drafts/none/changes', { body: { since: 0, rows: [] } })
  expect([wrongId.status, wrongId.json.issues[0].pointer]).toEqual([422, '#/draft'])
})

test('a voucher in currency, copied to a draft and posted from the grid, is booked as it was: rate per hundred, header and all', async () => {
  const c = await company()
  await c.db.execute(
    `insert into party (kind, number, name, control_account, created_at) values ('supplier', '20017', 'Tegnverk', '2400', '2026-01-01T00:00:00Z')`,
  )
  const typed = simpleDraft({
    text: 'Frakt fra Göteborg',
    currency: 'SEK',
    rate: '103.25',
    rateUnit: 100,
    lines: [
      { account: '6800', currencyAmount: 200_000, vatCode: '1', text: 'Frakt' },
      { account: '6340', amount: 20_860, currencyAmount: 2_000, currency: 'EUR', rate: '10.43' },
      { account: '2400:20017', amount: -227_360, currency: 'NOK', invoiceNumber: '884213' },
    ],
  })
  const first = await c.call('/vouchers', { body: typed })
  expect(first.text).toContain('posted')
  const reversal = { id: voucherId(), voucherDate: typed.voucherDate, copyToDraft: true }
  const { json } = await c.call(`/vouchers/${first.json.id}/reversal`, { body: reversal })
  const { rows } = (await c.call(`/voucher-drafts/${json.draft}`)).json
  const [cells, ...lines] = rows
  const { type, voucherDate, text } = cells.cells
  const empty = emptyDesk(cells.cells.id, { type, voucherDate, text, documentDate: '', reason: '' })
  const desk = { ...empty, rows: lines.map((row: any) => rowFrom(row)) }
  expect(desk.rows[0]).toMatchObject({ currency: 'SEK', rate: '103.25/100', currencyAmount: 200_000, more: {} })
  const again = await c.call('/vouchers', { body: draftOf(vouchersOf(desk)[0]!, desk.rows) })
  expect(again.text).toContain('posted')
  const booked = async (id: string) =>
    (await c.call(`/vouchers/${id}`)).json.entries.map(
      ({ account, amount, currency, currencyAmount, text, invoiceNumber }: any) =>
        [account, amount, currency, currencyAmount, text, invoiceNumber].join(' '),
    )
  expect(await booked(again.json.id)).toEqual(await booked(first.json.id))
})
