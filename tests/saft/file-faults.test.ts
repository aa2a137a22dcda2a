import { describe, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { saft, withClosings } from '#tests/support/saft.ts'
import { plain, saftDesk } from './saft-desk.ts'

const app = testApp()
const { imported, entriesOf, everything } = saftDesk(app)

describe('files with faults that are read, and told', () => {
  const control = { id: '1500', grouping: ['balanseverdiForOmloepsmiddel', '1500'] as [string, string] }
  const sales = { id: '3000', grouping: ['salgsinntekt', '3000'] as [string, string] }

  test('opening that does not balance: the rest stands on 1999, and nothing is hidden', async () => {
    const { json, call } = await imported(
      saft({
        ...plain,
        accounts: plain.accounts.map((a) => (a.id === '2050' ? { ...a, opening: -90_000, closing: -90_000 } : a)),
      }),
    )
    expect(json.differences).toMatchObject([{ kind: 'opening-sum', difference: -10_000 }])
    const { json: report } = await call('/reports/trial-balance')
    expect(report.rows.find((r: any) => r.account === '1999')).toMatchObject({
      nameNb: 'Observasjonskonto',
      opening: -10_000,
    })
  })

  test('parties that only lines name make the account a control account, and are made and listed', async () => {
    const { json } = await imported(
      saft(
        withClosings({
          accounts: [control, sales],
          transactions: [
            {
              id: 'A',
              date: '2025-01-10',
              lines: [
                { account: '1500', amount: 100, customer: '7' },
                { account: '3000', amount: -100 },
              ],
            },
          ],
        }),
      ),
    )
    expect(json.differences).toEqual([])
    expect(json.told).toMatchObject([{ code: 'party-made', params: { kind: 'customer', party: '7' }, count: 1 }])
    expect(json.proof.parties).toMatchObject([{ kind: 'customer', party: '7', ours: { closing: 100 } }])
  })

  test('a party that turns up on an account whose first lines had none: the file is read through and booked anew', async () => {
    const before = await everything()
    const { json } = await imported(
      saft(
        withClosings({
          accounts: [control, sales],
          transactions: [
            {
              id: 'A',
              date: '2025-01-10',
              lines: [
                { account: '1500', amount: 100 },
                { account: '3000', amount: -100 },
              ],
            },
            {
              id: 'B',
              date: '2025-01-11',
              lines: [
                { account: '1500', amount: 50, customer: '7' },
                { account: '3000', amount: -50 },
              ],
            },
          ],
        }),
      ),
    )
    expect(json.differences).toEqual([])
    expect(json.told.map((t: any) => `${t.code} ${t.count}`)).toEqual(['party-made 1', 'party-missing 1'])
    expect(json.proof.parties.map((p: any) => [p.party, p.ours.closing])).toEqual([
      ['0', 100],
      ['7', 50],
    ])
    expect((await everything()).companies).toHaveLength(before.companies.length + 1)
  })

  test('such a party late in a file that comes in pieces: all of it is kept, and booked once', async () => {
    const transactions = Array.from({ length: 400 }, (_, i) => ({
      id: `T${i}`,
      date: '2025-01-10',
      lines: [
        { account: '1500', amount: 100, ...(i === 399 && { customer: '7' }) },
        { account: '3000', amount: -100 },
      ],
    }))
    const bytes = new TextEncoder().encode(saft(withClosings({ accounts: [control, sales], transactions })))
    let at = 0
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(bytes.slice(at, at + 10_000))
        at += 10_000
        if (at >= bytes.length) controller.close()
      },
    })
    const { status, json } = await app.call('/api/v1/imports/saft', { raw: body })
    expect([status, json.differences, json.counts.vouchers]).toEqual([201, [], 400])
    expect(json.file).toMatchObject({ size: bytes.length })
    const kept = await app.env.FILES.get(`imports/${json.importJob}`)
    expect(new Uint8Array(await kept!.arrayBuffer())).toEqual(bytes)
  })

  test('a supplier on a customer account, and a party on an ordinary account', async () => {
    const { json } = await imported(
      saft(
        withClosings({
          ...plain,
          transactions: [
            {
              id: 'A',
              date: '2025-01-10',
              lines: [
                { account: '1500', amount: 100, supplier: '9' },
                { account: '3000', amount: -100, customer: '10001' },
              ],
            },
          ],
          customers: [{ id: '10001', account: '1500', opening: 50_000, closing: 50_000 }],
        }),
      ),
    )
    expect(json.differences).toEqual([])
    expect(json.told.map((t: any) => t.code)).toEqual(['party-made', 'party-not-kept'])
    expect(json.proof.parties.map((p: any) => [p.kind, p.party, p.ours.closing])).toEqual([
      ['customer', '10001', 50_000],
      ['customer', 'S-9', 100],
    ])
  })

  test('accounts that are not in the chart, dimensions nobody described, long texts, a double id, an empty transaction', async () => {
    const { json, call } = await imported(
      saft({
        ...withClosings({
          accounts: [sales],
          transactions: [
            {
              id: 'A',
              date: '2025-01-10',
              text: 'x'.repeat(300),
              lines: [
                { account: '1921', amount: 100, analysis: [['Z', '5']] },
                { account: '3000', amount: -100 },
              ],
            },
            {
              id: 'A',
              date: '2025-01-10',
              lines: [
                { account: '1921', amount: 100 },
                { account: '3000', amount: -100 },
              ],
            },
            { id: 'C', date: '2025-01-10', lines: [] },
          ],
        }),
      }),
    )
    expect(json.told.map((t: any) => `${t.code} ${t.count}`)).toEqual([
      'account-made 1',
      'dimension-made 1',
      'dimension-value-made 1',
      'text-cut 1',
      'transaction-empty 1',
      'transaction-twice 1',
    ])
    expect(json.counts).toMatchObject({ transactions: 3, vouchers: 2 })
    expect(json.differences).toMatchObject([{ kind: 'account-closing', account: '1921', file: 0, ours: 200 }])
    const { json: dimensions } = await call('/dimensions')
    expect(dimensions.dimensions.map((d: any) => d.key)).toEqual(['department', 'project', 'z'])
  })

  test('a line spread over two departments becomes two entries', async () => {
    const spread = saft(
      withClosings({
        accounts: [sales, { id: '1920' }],
        transactions: [
          {
            id: 'A',
            date: '2025-01-10',
            lines: [
              { account: '1920', amount: 100 },
              {
                account: '3000',
                amount: -100,
                analysis: [
                  ['AVD', '1'],
                  ['AVD', '2'],
                ],
              },
            ],
          },
        ],
        analysis: [
          ['AVD', 'Avdeling', '1', 'En'],
          ['AVD', 'Avdeling', '2', 'To'],
        ],
      }),
    )
      .replace(
        '<AnalysisID>1</AnalysisID></Analysis>',
        '<AnalysisID>1</AnalysisID><CreditAnalysisAmount><Amount>0.30</Amount></CreditAnalysisAmount></Analysis>',
      )
      .replace(
        '<AnalysisID>2</AnalysisID></Analysis>',
        '<AnalysisID>2</AnalysisID><CreditAnalysisAmount><Amount>0.70</Amount></CreditAnalysisAmount></Analysis>',
      )
    const company = await imported(spread)
    const [voucher] = await entriesOf(company)
    expect(voucher.entries.map((e: any) => [e.account, e.amount, e.dimensions?.department])).toEqual([
      ['1920', 100, undefined],
      ['3000', -30, '1'],
      ['3000', -70, '2'],
    ])
  })

  test('days before the selection: the opening balance stands on the first of them', async () => {
    const { json } = await imported(
      saft(
        withClosings({
          ...plain,
          transactions: [
            ...plain.transactions,
            {
              id: 'Z',
              date: '2024-12-30',
              lines: [
                { account: '1920', amount: 10 },
                { account: '2050', amount: -10 },
              ],
            },
          ],
        }),
      ),
    )
    expect(json.differences).toEqual([])
    expect([json.proof.fromDate, json.proof.toDate]).toEqual(['2024-12-30', '2025-12-31'])
    expect(json.told.map((t: any) => t.code)).toContain('transaction-outside')
  })

  test('a fiscal year of its own', async () => {
    const company = await imported(saft(withClosings({ ...plain, start: '2024-07-01', end: '2025-06-30' })))
    expect(company.json.differences).toEqual([])
    const { json } = await company.call('/fiscal-years')
    expect(json.fiscalYears[0]).toMatchObject({ year: 2025, firstDate: '2024-07-01', lastDate: '2025-06-30' })
  })
})
