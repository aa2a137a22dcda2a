import { beforeAll, describe, expect, test } from 'vitest'
import { calculating } from '#tests/addin/support/calculating.ts'
import { OPERATOR, simpleDraft, testApp } from '#tests/support/app.ts'

const app = testApp()
const year = new Date().getFullYear()
type Company = Awaited<ReturnType<typeof app.company>>
let companies: Company[]

beforeAll(async () => {
  companies = await Promise.all(['Alfa AS', 'Beta AS', 'Gamma AS'].map((name) => app.company({ name })))
  for (const [i, company] of companies.entries())
    for (let n = 0; n <= i; n++) {
      const lines = [
        { rowKey: 'a', account: '1920', amount: 100_00 },
        { rowKey: 'b', account: '2900', amount: -100_00 },
      ]
      await company.call('/vouchers', { body: simpleDraft({ voucherDate: `${year}-01-15`, lines }) })
    }
})

const batch = (company: string, over = {}) => ({
  company,
  groups: [{ measure: 'closing', accounts: ['1920'], periods: [String(year)], cells: [[0, 0]] }],
  ...over,
})
const ask = (batches: object[], key = OPERATOR) => app.call('/api/v1/reports/batch', { body: { batches }, key })

describe('figures of several companies', () => {
  test('each at its own version, in the order they were asked for', async () => {
    const { status, json } = await ask([...companies].reverse().map(({ id }) => batch(id)))
    expect(status).toBe(200)
    expect(json.batches.map((b: any) => [b.ledgerVersion, b.groups[0].amounts])).toEqual([
      [3, [300_00]],
      [2, [200_00]],
      [1, [100_00]],
    ])
  })

  test('the same for a list of companies, or for all that the caller may read', async () => {
    const { groups } = batch('')
    const all = await app.call('/api/v1/reports/batch', { body: { companies: '*', groups } })
    expect(all.json.batches.map((b: any) => b.groups[0].amounts[0])).toEqual([100_00, 200_00, 300_00])
    const two = companies.slice(0, 2).map(({ id }) => id)
    const some = await app.call('/api/v1/reports/batch', { body: { atVersion: 'latest', companies: two, groups } })
    expect(some.json.batches.map((b: any) => [b.company, b.groups[0].amounts[0]])).toEqual([
      [two[0], 100_00],
      [two[1], 200_00],
    ])
    const key = await companies[1]!.key('reader')
    const own = await app.call('/api/v1/reports/batch', { body: { companies: '*', groups }, key })
    expect(own.json.batches.map((b: any) => b.company)).toEqual([two[1]])
    const wrong = [{}, { companies: '*' }, { companies: two, groups, batches: [] }, { groups }]
    const pointers = []
    for (const body of wrong)
      pointers.push(
        (await app.call('/api/v1/reports/batch', { body })).json.issues.map((i: any) => `${i.pointer} ${i.code}`),
      )
    expect(pointers).toMatchInlineSnapshot(`
      [
        [
          "#/companies field/required",
        ],
        [
          "#/groups field/required",
        ],
        [
          "#/batches field/invalid",
        ],
        [
          "#/companies field/required",
          "#/groups field/required",
        ],
      ]
    `)
  })

  test('one that may not be read is a problem in its own place, and never 0', async () => {
    const [alfa, beta] = companies as [Company, Company]
    const { json } = await ask([batch(alfa.id), batch(beta.id)], await alfa.key('reader'))
    expect(json.batches.map((b: any) => b.groups?.[0].amounts[0] ?? b.problem.code)).toEqual([
      100_00,
      'company/unknown',
    ])
    const payer = await ask([batch(alfa.id)], await alfa.key('payer'))
    expect(payer.json.batches[0].problem).toMatchObject({ status: 403, code: 'permission/missing' })
    const later = await ask([batch(alfa.id, { atVersion: 9 })])
    expect(later.json.batches[0].problem.code).toBe('request/invalid')
  })

  test('too many cells, all taken together, are refused', async () => {
    const cells = Array.from({ length: 10_001 }, () => [0, 0])
    const large = { groups: [{ measure: 'closing', accounts: ['1920'], periods: [String(year)], cells }] }
    const { status, json } = await ask(companies.slice(0, 2).map(({ id }) => batch(id, large)))
    expect([status, json.code]).toEqual([413, 'request/too-large'])
  })
})

describe('a workbook over all clients', () => {
  test('a row for each, with its name, in one request; the others’ figures stand at their own versions', async () => {
    const own = calculating(app, companies[0]!)
    own.user.type('Ark1', 'B1', [[String(year - 1), String(year)]])
    own.user.type('Ark1', 'A2', [['=LEDGER.SALDO("1920",B1:C1,,"selskap=*")']])
    await own.calculation.idle()
    expect(own.grid('A2:C4')).toEqual([
      ['Alfa AS', 0, 100],
      ['Beta AS', 0, 200],
      ['Gamma AS', 0, 300],
    ])
    expect(own.network.requests.filter((r) => r.endsWith('/reports/batch'))).toEqual(['POST /api/v1/reports/batch'])
  })

  test('one whose figures one may not see is #N/A with words; a table is asked for in one row', async () => {
    const own = calculating(app, companies[0]!)
    const { figuresOf } = own.runtime.around.api
    const { Refused } = await import('#addin/api/ledger-api.ts')
    own.runtime.around.api.figuresOf = async (...args) =>
      (await figuresOf(...args)).with(
        1,
        new Refused(403, { code: 'permission/missing', title: 'Rollen din kan ikke se dette.' }),
      )
    own.user.type('Ark1', 'A2', [[`=LEDGER.SALDO("1920",${year},,"company=*")`]])
    await own.calculation.idle()
    expect(own.grid('A2:B4').map((row) => row[1])).toEqual([100, '#N/A', 300])
    expect(await own.value(`=LEDGER.TALL(B9:B10,B9:C9,,,"company=*")`)).toBe('#VALUE!')
  })
})
