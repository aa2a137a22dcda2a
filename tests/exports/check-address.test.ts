import { beforeAll, describe, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { demoCompany } from '#tests/support/demo-company.ts'
import { voucherId } from '#tests/support/draft.ts'
import { itemId, matchId } from '#tests/support/ledger-desk.ts'
import { cellsOf, workbookOf } from '#tests/support/sheet.ts'

const app = testApp()
let demo: string

beforeAll(async () => {
  demo = await demoCompany(app)
})

const json = async (path: string) => (await app.call(path)).json
const year = 'fromDate=2026-01-01&toDate=2026-12-31'

describe('the address to check a file by', () => {
  const addressIn = async (path: string) => {
    const { sheets } = workbookOf((await app.file(`${demo}/exports/${path}`)).bytes)
    return cellsOf(sheets[1]!.rows).find(([label]) => label === 'Kontroller selv')?.[1] as string | undefined
  }

  test.each([
    ...['trial-balance', 'general-ledger', 'voucher-journal', 'year-end', 'key-figures'].map(
      (name) => `${name}?${year}`,
    ),
    ...['income-statement?period=2026', 'balance-sheet?period=2026', `explanation?line=annual-result&${year}`],
    ...['liquidity?weeks=8', 'changes?since=900', 'vat-specification?term=2026-T2'],
    ...[`party-balances?kind=customer&${year}`, 'ageing?kind=customer', `parties/customer/10001/statement?${year}`],
    ...['open-items?kind=customer&order=-rest', 'open-items?kind=customer&overdue=true&asAtDate=2026-06-30'],
  ])('%s: gives the figures at the version of the file', async (path) => {
    const address = (await addressIn(`${path}&language=nb`))!
    const { status, json: read, text } = await app.call(address)
    expect([status, read.atVersion], text).toEqual([200, Number(/atVersion=(\d+)$/.exec(address)![1])])
    expect(address).not.toMatch(/language=|order=/)
  })

  test('names the day of an ageing, and is left out where another day would give others', async () => {
    const day = await addressIn('ageing?kind=customer')
    expect(day).toMatch(/ageing\?kind=customer&asAtDate=\d{4}-\d\d-\d\d&asKnownAt=.+&atVersion=/)
    expect(await addressIn('ageing?kind=customer&asAtDate=2026-06-30')).toContain('asAtDate=2026-06-30&')
    expect(await addressIn('open-items?kind=customer&overdue=true')).toBeUndefined()
  })

  test.each([
    ...['trial-balance?department=10', 'general-ledger?account=1920', 'voucher-journal?', 'year-end?'],
    ...['party-balances?kind=customer', 'parties/customer/10001/statement?'],
    ...['income-statement?', 'balance-sheet?', 'key-figures?', 'explanation?line=annual-result', 'changes?since=900'],
  ])('%s: names the days of the figures, which another year would be others', async (path) => {
    const address = (await addressIn(path))!
    const { status, json: read } = await app.call(address)
    expect([status, read.fromDate]).toEqual([200, '2026-01-01'])
    expect(address).toContain(`fromDate=${read.fromDate}&toDate=${read.toDate}`)
    expect(address).toContain(path.split('?')[1])
  })

  test('names the day a liquidity list begins on, and the term of a VAT specification; a period is named as it was asked for', async () => {
    const liquidity = (await addressIn('liquidity?weeks=8'))!
    expect(liquidity).toContain(`toDate=${(await json(liquidity)).fromDate}&`)
    const vat = (await addressIn('vat-specification?'))!
    expect(vat).toContain(`term=${(await json(vat)).term.key}&`)
    expect(await addressIn('income-statement?period=2026-Q1')).toMatch(
      /income-statement\?period=2026-Q1&atVersion=\d+$/,
    )
  })

  test.each([
    'open-items?kind=customer',
    'ageing?kind=customer',
    'parties/customer/10001/statement?',
    'liquidity?weeks=52',
  ])('%s: gives the same figures when items were matched since, and nothing was posted', async (path) => {
    const book = async (amount: number, more: object) => {
      const lines = [
        { account: '1500:10001', amount, ...more },
        { account: '1920', amount: -amount },
      ]
      const body = { id: voucherId(), type: 'general', voucherDate: '2026-11-02', lines }
      const { status, json, text } = await app.call(`${demo}/vouchers`, { body })
      expect(status, text).toBe(201)
      return { openItem: itemId(json.ledgerVersion, 1) }
    }
    const items = [await book(1_234_00, { dueDate: '2026-12-20' }), await book(-1_234_00, {})]
    const address = (await addressIn(path))!
    const { sequence: _, ledgerVersion: version, ...before } = await json(address)
    const made = await app.call(`${demo}/matches`, {
      body: { id: matchId(), items },
    })
    expect([made.status, made.json.difference], made.text).toEqual([201, null])
    const { sequence: __, ledgerVersion, ...after } = await json(address)
    expect(ledgerVersion).toBe(version)
    expect(after).toEqual(before)
    const { sequence: ___, ledgerVersion: ____, ...now } = await json(address.replace(/asKnownAt=[^&]*&/, ''))
    expect({ ...now, knownAt: '' }).not.toEqual({ ...before, knownAt: '' })
  })

  test('is not told where no route gives what stood there', async () => {
    const { vouchers } = await json(`${demo}/vouchers?limit=1`)
    for (const path of [
      ...[
        'accounts?used=true',
        'parties?kind=supplier&q=a',
        'vouchers?account=1920',
        `vouchers/${vouchers[0].id}?format=xlsx`,
      ],
      ...['dimensions/project?', 'comparison?', 'verifications?', 'old-ledger?'],
    ])
      expect([path, await addressIn(path)]).toEqual([path, undefined])
  })
})
