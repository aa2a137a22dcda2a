import { describe, expect, test } from 'vitest'
import { standardChart } from '#db/seed/standard-chart.ts'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { memberOf } from '#tests/support/visitor.ts'
import { groupingCodesOf, isGroupingCode } from '#worker/chart/grouping-code.ts'

const app = testApp()
const OWN = [
  { number: '6540', nameNb: 'Inventar og utstyr', defaultVatCode: '1', externalNumber: '654' },
  { number: '6541', nameNb: 'Småinventar', defaultVatCode: '1' },
  { number: '1920', nameNb: 'Bankinnskudd' },
]

describe('importing a chart', () => {
  test('tells the difference first, and changes nothing by it', async () => {
    const c = await app.company()
    const before = (await c.call('/accounts')).json.accounts
    const { json, status } = await c.call('/accounts/import', { body: { accounts: OWN, dryRun: true } })
    expect([status, json.applied, json.added.map((a: any) => a.number), json.same]).toEqual([200, false, ['6541'], 1])
    expect(json.changed).toMatchObject([{ number: '6540', changes: { externalNumber: [null, '654'] } }])
    expect(json.missing.length).toBe(before.length - 2)
    expect((await c.call('/accounts')).json.accounts).toEqual(before)
  })
  test('is applied whole, with history, and may close what it lacks; booked figures stay', async () => {
    const c = await app.company()
    await c.call('/vouchers', { body: simpleDraft() })
    const done = await c.call('/accounts/import', { body: { accounts: OWN, closeMissingFrom: '2030-01-01' } })
    expect([done.status, done.json.applied], done.text).toEqual([200, true])
    expect((await c.call('/accounts/6541')).json).toMatchObject({ nameNb: 'Småinventar', type: 'expense', version: 1 })
    expect((await c.call('/accounts/2900')).json).toMatchObject({ closedFrom: '2030-01-01', used: true })
    const twice = await c.call('/accounts/import', { body: { accounts: OWN } })
    expect([twice.json.added, twice.json.changed, twice.json.same]).toEqual([[], [], 3])
    const events = (await c.call('/events?limit=5000')).json.events
    expect(events.find((e: any) => e.subject === '6540').changes).toMatchObject({ externalNumber: [null, '654'] })
  })
  test('is refused whole, with a fault for each wrong cell', async () => {
    const c = await app.company()
    const accounts = [
      { number: '6540', type: 'income' },
      { number: '6541' },
      { number: '6542', nameNb: 'A', defaultVatCode: '99' },
      { number: '6542', nameNb: 'B' },
      { number: '6543', nameNb: 'C', groupingCategory: 'annenDriftskostnad', groupingCode: '1' },
    ]
    const refused = await c.call('/accounts/import', { body: { accounts } })
    expect([refused.status, refused.json.issues.map((i: any) => `${i.pointer} ${i.code}`)]).toEqual([
      422,
      [
        '#/accounts/0/type account/in-use',
        '#/accounts/1/nameNb field/required',
        '#/accounts/2/defaultVatCode vat-code/unknown',
        '#/accounts/3/number account/exists',
        '#/accounts/4/groupingCode grouping-code/unknown',
      ],
    ])
    expect((await c.call('/accounts/6542')).status).toBe(404)
  })
  test('goes by the one front door of imports', async () => {
    const c = await app.company()
    const browser = await memberOf(app, c.id, 'accountant')
    const sent = await browser.get(`/companies/${c.id}/accounts/import`)
    expect([sent.status, sent.location]).toEqual([303, `/companies/${c.id}/imports?register=chart`])
  })
})

describe('SAF-T grouping', () => {
  test('has the official list of each year, and the standard chart keeps to it', async () => {
    expect([groupingCodesOf(2024).length, groupingCodesOf(2025).length, groupingCodesOf(2026).length]).toEqual([
      527, 532, 532,
    ])
    const odd = standardChart.filter(([, , , , category, code]) => !isGroupingCode(category!, code!))
    expect(odd).toEqual([])
    const c = await app.company()
    const list = (await c.call('/grouping-codes?year=2024')).json
    expect([list.year, list.codes.some((one: any) => one.code === '1299')]).toEqual([2024, false])
  })
  test('is judged when it is changed; what another system wrote is left alone until then', async () => {
    const c = await app.company()
    const change = (body: object) => c.call('/accounts/6540', { method: 'PATCH', body })
    const wrong = await change({ groupingCategory: 'annenDriftskostnad', groupingCode: '1234' })
    expect(wrong.json.issues).toMatchObject([{ code: 'grouping-code/unknown', pointer: '#/groupingCode' }])
    await c.db.execute("update account set grouping_code = 'ODD' where number = '6540'")
    expect((await change({ nameNb: 'Inventar' })).status).toBe(200)
  })
  test('and VAT codes are locked on the account’s page', async () => {
    const c = await app.company()
    const browser = await memberOf(app, c.id, 'accountant')
    const own = { nameNb: 'Inventar', nameEn: 'Fixtures', defaultVatCode: '1', vatLock: 'locked' }
    expect((await browser.post(`/companies/${c.id}/accounts/6540`, own)).status).toBe(303)
    expect((await c.call('/accounts/6540')).json).toMatchObject({ allowedVatCodes: ['1'], vatCodeRequired: true })
    const lines = [
      { account: '6540', amount: 10_000, vatCode: '11' },
      { account: '1920', amount: -10_000 },
    ]
    const refused = await c.call('/vouchers', { body: simpleDraft({ lines }) })
    expect(refused.json.issues[0]).toMatchObject({ code: 'vat-code/not-allowed', params: { allowed: ['1'] } })
  })
})
