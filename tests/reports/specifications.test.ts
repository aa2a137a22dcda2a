import { describe, expect, test } from 'vitest'
import { simpleDraft, testApp, voucherId } from '#tests/support/app.ts'
import {
  GeneralLedgerAnswer,
  NumberSeriesAnswer,
  PartyBalanceAnswer,
  VoucherJournalAnswer,
} from '#worker/reports/report-answer.ts'
import { companyWithYears } from './random-ledger.ts'

/** The specifications that bookkeeping law asks for: journal, accounts, customers and suppliers, number series. */
const app = testApp()

async function books() {
  const c = await companyWithYears(app)
  const post = async (voucherDate: string, type: string, lines: [string, number, string?][]) => {
    const answer = await c.call('/vouchers', {
      body: simpleDraft({
        type,
        voucherDate,
        text: type,
        lines: lines.map(([account, amount, vatCode], i) => ({
          rowKey: `r${i}`,
          account,
          amount,
          ...(vatCode && { vatCode }),
        })),
      }),
    })
    if (answer.status !== 201) throw new Error(answer.text)
    return answer.json
  }
  await post('2025-01-01', 'opening-balance', [
    ['1500:10001', 5_000],
    ['2400:20002', -3_000],
    ['2050', -2_000],
  ])
  const sale = await post('2026-02-01', 'outgoing-invoice', [
    ['1500:10001', 12_500],
    ['3000', -12_500, '3'],
  ])
  await post('2026-01-15', 'payment-in', [
    ['1920', 5_000],
    ['1500:10001', -5_000],
  ])
  await c.call(`/vouchers/${sale.id}/reversal`, {
    body: { id: voucherId(), voucherDate: '2026-03-01', reason: 'Feil kunde' },
  })
  return { c, sale }
}

test('the journal is in the order of posting, whatever the dates, and pages hold together', async () => {
  const { c } = await books()
  const all = await c.call('/reports/voucher-journal?fromDate=2025-01-01&toDate=2026-06-30')
  expect(VoucherJournalAnswer.safeParse(all.json).error).toBeUndefined()
  expect(
    all.json.entries.map(
      (e: any) => `${e.ledgerVersion}.${e.line} ${e.voucherDate} ${e.series} ${e.account} ${e.amount} ${e.vatCode}`,
    ),
  ).toEqual([
    '1.1 2025-01-01 AB 1500 5000 null',
    '1.2 2025-01-01 AB 2400 -3000 null',
    '1.3 2025-01-01 AB 2050 -2000 null',
    '2.1 2026-02-01 UF 1500 12500 null',
    '2.2 2026-02-01 UF 3000 -10000 3',
    '2.3 2026-02-01 UF 2700 -2500 3',
    '3.1 2026-01-15 BI 1920 5000 null',
    '3.2 2026-01-15 BI 1500 -5000 null',
    '4.1 2026-03-01 UF 1500 -12500 null',
    '4.2 2026-03-01 UF 3000 10000 3',
    '4.3 2026-03-01 UF 2700 2500 3',
  ])
  const pages: any[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: any = await c.call(
      `/reports/voucher-journal?fromDate=2025-01-01&toDate=2026-06-30&limit=4${cursor && `&cursor=${cursor}`}`,
    )
    pages.push(...page.json.entries)
    cursor = page.json.cursor
    // Somebody posts between the pages: they go on showing the version that the first one showed.
    await c.call('/vouchers', { body: simpleDraft({ voucherDate: '2026-01-01' }) })
  }
  expect(pages).toEqual(all.json.entries)
})

test('an account: opening, entries in order of date with the balance after each, closing', async () => {
  const { c, sale } = await books()
  const { json } = await c.call('/reports/general-ledger?account=1500&fromDate=2026-01-01&toDate=2026-06-30')
  expect(GeneralLedgerAnswer.safeParse(json).error).toBeUndefined()
  expect(json).toMatchObject({ opening: 5_000, debit: 12_500, credit: 17_500, closing: 0, cursor: null })
  expect(json.entries.map((e: any) => `${e.voucherDate} ${e.series} ${e.number} ${e.amount} ${e.balance}`)).toEqual([
    '2026-01-15 BI 1 -5000 0',
    '2026-02-01 UF 1 12500 12500',
    '2026-03-01 UF 2 -12500 0',
  ])
  expect(json.entries[2]).toMatchObject({ reversalOf: sale.id, party: '10001', partyKind: 'customer' })
  const party = await c.call('/reports/general-ledger?party=10001&fromDate=2025-01-01&toDate=2025-12-31')
  expect(party.json).toMatchObject({
    party: [{ kind: 'customer', number: '10001', name: 'Fjordvik Handel AS' }],
    accounts: [{ account: '1500', opening: 5_000, debit: 0, credit: 0, closing: 5_000 }],
    entries: [],
  })
  const unused = await c.call('/reports/general-ledger?account=1000')
  expect(unused.json).toMatchObject({ accounts: [{ account: '1000', opening: 0, closing: 0 }], entries: [] })
})

test.each([
  ['account=1501', '#/account account/unknown'],
  ['account=2000:1000', '#/account field/invalid'],
  ['account=1500&party=999', '#/party party/unknown'],
  ['cursor=abc', '#/cursor field/invalid'],
  ['limit=0.5', '#/limit field/invalid'],
])('a general ledger of %s is refused', async (query, issue) => {
  const c = await companyWithYears(app)
  const { status, json } = await c.call(`/reports/general-ledger?${query}`)
  expect([status, json.issues.map((i: any) => `${i.pointer} ${i.code}`)]).toEqual([422, [issue]])
  expect(json.issues[0].message).toMatch(/^[^{}]+\.$/)
})

test('the cursor of one question is refused by another', async () => {
  const { c } = await books()
  const { json } = await c.call('/reports/general-ledger?account=1500&fromDate=2025-01-01&toDate=2026-06-30&limit=1')
  const other = await c.call(
    `/reports/general-ledger?account=1920&fromDate=2025-01-01&toDate=2026-06-30&cursor=${json.cursor}`,
  )
  expect([other.status, other.json.issues[0].pointer]).toEqual([422, '#/cursor'])
})

test('each customer: opening, movement and closing', async () => {
  const { c } = await books()
  const { json } = await c.call('/reports/party-balances?kind=customer&fromDate=2026-01-01&toDate=2026-02-28')
  expect(PartyBalanceAnswer.safeParse(json).error).toBeUndefined()
  expect(json.rows).toEqual([
    {
      party: '10001',
      name: 'Fjordvik Handel AS',
      organisationNumber: null,
      opening: 5_000,
      debit: 12_500,
      credit: 5_000,
      closing: 12_500,
    },
  ])
  const opened = await c.call('/reports/party-balances?kind=supplier&fromDate=2025-01-01&toDate=2025-12-31')
  expect(opened.json.rows).toMatchObject([{ party: '20002', opening: -3_000, debit: 0, credit: 0, closing: -3_000 }])
  const all = await c.call('/reports/party-balances?kind=customer&includeZero=true')
  expect(all.json.rows.map((r: any) => r.party)).toEqual(['10001', '10002', '10003'])
  const unknown = await c.call('/reports/party-balances?kind=customer&party=20002')
  expect(unknown.json.issues[0]).toMatchObject({
    code: 'party/unknown',
    message: 'Kunde 20002 finnes ikke. Rett nummeret, eller opprett kunde først.',
  })
  expect((await c.call('/reports/party-balances')).status).toBe(422)
})

describe('number series', () => {
  test('proves each series of each year from the stored vouchers', async () => {
    const { c } = await books()
    const { json } = await c.call('/reports/number-series')
    expect(NumberSeriesAnswer.safeParse(json).error).toBeUndefined()
    expect(json).toMatchObject({ ledgerVersion: 4, count: 4, holds: true })
    expect(json.series.map((s: any) => [s.series, s.fiscalYear, s.first, s.last, s.count, s.holds])).toEqual([
      ['AB', 2025, 1, 1, 1, true],
      ['BI', 2026, 1, 1, 1, true],
      ['UF', 2026, 1, 2, 2, true],
    ])
    const one = await c.call('/reports/number-series?fiscalYear=2025')
    expect(one.json.series.map((s: any) => s.series)).toEqual(['AB'])
  })

  test('names the numbers that are missing when somebody has been in the file', async () => {
    const { c } = await books()
    for (let i = 0; i < 6; i++) await c.call('/vouchers', { body: simpleDraft({ voucherDate: '2026-01-15' }) })
    await c.db.batch(
      [
        'drop trigger voucher_is_kept',
        'drop trigger entry_is_kept',
        "delete from entry where ledger_version in (select ledger_version from voucher where series = 'HB' and number in (1, 3, 4, 6))",
        "delete from voucher where series = 'HB' and number in (1, 3, 4, 6)",
      ],
      'write',
    )
    const { json } = await c.call('/reports/number-series')
    const series = json.series.find((s: any) => s.series === 'HB')
    expect(json.holds).toBe(false)
    expect(series).toMatchObject({ first: 2, last: 5, count: 2, lastGiven: 6, holds: false })
    expect(series.gaps).toEqual([
      { from: 1, to: 1 },
      { from: 3, to: 4 },
      { from: 6, to: 6 },
    ])
  })
})
