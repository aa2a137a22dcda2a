import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { deskOf, withParties } from '#tests/support/ledger-desk.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'
import { foldMerged, standsFor } from '#worker/chart/account-merge.ts'

const app = testApp()
const year = new Date().getFullYear()
type Company = Awaited<ReturnType<typeof app.company>>
const post = (c: Company, account: string, amount: number, day = '01-15') =>
  c.call('/vouchers', {
    body: simpleDraft({
      voucherDate: `${year}-${day}`,
      lines: [
        { account, amount },
        { account: '1920', amount: -amount },
      ],
    }),
  })
const merge = (c: Company, account: string, into: string, more: object = {}) =>
  c.call(`/accounts/${account}/merge`, { body: { into, fromDate: `${year}-02-01`, reason: 'Ryddet', ...more } })
const issues = (answer: { json: any }) => answer.json.issues.map((i: any) => `${i.pointer} ${i.code}`)

describe('merging accounts', () => {
  test('closes the one, keeps its entries, and lets reports tell the two as one with every sum', async () => {
    const c = await app.company()
    await post(c, '6541', 10_000).then((r) => expect(r.status).toBe(422)) // not in the chart yet
    await c.call('/accounts', { body: { number: '6541', nameNb: 'Småinventar', type: 'expense' } })
    await post(c, '6541', 10_000)
    await post(c, '6540', 5_000)
    const report = async (query = '') =>
      (await c.call(`/reports/trial-balance?fromDate=${year}-01-01&toDate=${year}-12-31${query}`)).json
    const before = await report()
    expect((await merge(c, '6541', '6540')).status).toBe(201)
    const refused = await post(c, '6541', 1_000, '02-01')
    expect(issues(refused)).toEqual(['#/lines/0/account account/closed'])
    expect((await post(c, '6541', 1_000, '01-31')).status).toBe(201)
    // As booked, nothing has moved; told together the one holds both.
    const apart = await report('&atVersion=2')
    expect([apart.hash, apart.rows]).toEqual([before.hash, before.rows])
    const together = await report('&merged=together')
    const row = together.rows.find((r: any) => r.account === '6540')
    expect([row.closing, row.merged]).toEqual([16_000, ['6541']])
    expect(together.rows.some((r: any) => r.account === '6541')).toBe(false)
    expect(together.totals).toEqual((await report()).totals)
    const csv = async (asked = '') =>
      (await c.call(`/exports/trial-balance?format=csv-machine&fromDate=${year}-01-01&toDate=${year}-12-31${asked}`))
        .text
    expect(await csv()).toMatch(/^6541,/m)
    expect(await csv('&merged=together')).toMatch(/^6540,.*,160\.00\r\n(?!6541)/m)
    expect((await c.call('/verify')).json.ok).toBe(true)
  })

  test('is refused where it would change what is booked: another nature, open items, VAT codes, chains backwards', async () => {
    const c = await withParties(await app.company())
    await c.call('/accounts', { body: { number: '1501', nameNb: 'Andre kunder', type: 'asset', control: 'customer' } })
    expect(issues(await merge(c, '6540', '1920'))).toEqual(['#/into account/merge-differs'])
    expect(issues(await merge(c, '6540', '6540'))).toEqual(['#/into account/merge-differs'])
    expect(issues(await merge(c, '6540', '0000'))).toEqual(['#/into account/unknown'])
    expect(issues(await merge(c, '2711', '2710'))).toEqual(expect.arrayContaining(['# account/in-use']))
    const { book } = deskOf(c)
    await book(`${year}-01-10`, '1500:10001', 100_000)
    expect(issues(await merge(c, '1500', '1501'))).toEqual(['# account/merge-open-items'])
    await merge(c, '6540', '6550')
    expect(issues(await merge(c, '6550', '6540'))).toEqual(['#/into account/merged'])
    expect((await merge(c, '0000', '6540')).json.code).toBe('account/unknown')
    const opened = await c.call('/accounts/6540', { method: 'PATCH', body: { closedFrom: null } })
    expect([opened.status, opened.json.code]).toEqual([422, 'account/merged'])
    await expect(c.db.execute('delete from account_merge')).rejects.toThrow('account/merged')
    await expect(
      c.db.execute("insert into account_merge values ('6560', '1920', '2026-01-01', '', '', '', 0)"),
    ).rejects.toThrow('account/merge-differs')
  })

  test('moves what parties point at, and stands in the account’s history on its page', async () => {
    const c = await app.company()
    await c.call('/parties', { body: { kind: 'supplier', number: '20001', name: 'Kontor AS', defaultAccount: '6540' } })
    await post(c, '6540', 5_000)
    const browser = await memberOf(app, c.id, 'accountant')
    const path = `/companies/${c.id}/accounts/6540`
    const wrong = await browser.post(`${path}/merge`, { into: '1920', fromDate: `01.02.${year}`, reason: 'Ryddet' })
    expect([wrong.status, textOf(wrong.html).includes('kan ikke slås sammen')]).toEqual([422, true])
    expect(
      (await browser.post(`${path}/merge`, { into: '6550', fromDate: `01.02.${year}`, reason: 'Ryddet' })).status,
    ).toBe(303)
    expect((await c.call('/parties/supplier/20001')).json.defaultAccount).toBe('6550')
    const shown = textOf((await browser.get(path)).html)
    for (const text of [`Slått sammen med 6550 fra 01.02.${year}`, 'Grunn: tomt → Ryddet'])
      expect(shown).toContain(text)
    const report = await browser.get(`/companies/${c.id}/trial-balance?merged=together`)
    expect(textOf(report.html)).toContain('Vis kontiene hver for seg')
    expect(report.html).toMatch(/exports\/trial-balance\?[^"]*merged=together/)
  })

  test('property: however accounts are merged, every sum of the report stays', () => {
    const numbers = Array.from({ length: 8 }, (_, i) => String(6500 + i))
    const row = fc.record({
      account: fc.constantFrom(...numbers),
      opening: fc.integer(),
      debit: fc.nat(),
      credit: fc.nat(),
      closing: fc.integer(),
    })
    const merges = fc.uniqueArray(fc.tuple(fc.nat(6), fc.integer({ min: 1, max: 7 })), { selector: ([a]) => a })
    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: (r) => r.account }), merges, (rows, pairs) => {
        // Into a higher number only: the database refuses chains that come back.
        const into = new Map(pairs.map(([a, up]) => [numbers[a]!, numbers[Math.min(7, a + up)]!]))
        const named = rows.map((r) => ({ ...r, nameNb: r.account, nameEn: r.account }))
        const folded = foldMerged(named, { into, names: new Map(numbers.map((n) => [n, { nameNb: n, nameEn: n }])) })
        for (const figure of ['opening', 'debit', 'credit', 'closing'] as const) {
          const sum = (of: readonly { [K in typeof figure]: number }[]) => of.reduce((total, r) => total + r[figure], 0)
          expect(sum(folded)).toBe(sum(rows))
        }
        for (const r of folded) expect([standsFor(r.account, into), r.nameNb]).toEqual([r.account, r.account])
      }),
    )
  })
})
