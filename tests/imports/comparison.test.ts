import { expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'

const app = testApp()

test('last year by month stands beside this year’s figures, in no entry of the ledger, and is taken back', async () => {
  const company = await app.company()
  const { call, db } = company
  const year = new Date().getFullYear()
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'Mai', 'Jun', 'Jul', 'Aug', 'Sep', 'Okt', 'Nov', 'Des']
  // 100 sold and 40 spent a month, 60 into the bank, and 10 more sold in December; with signs as a result is printed.
  const row = (account: string, amount: number, december = amount) =>
    [account, ...months.map((m) => `${m === 'Des' ? december : amount},00`)].join(';')
  const result = [['Konto', ...months].join(';'), row('3000', 100, 110), row('6300', -40)].join('\n')
  const whole = [['Konto', ...months].join(';'), row('3000', -100, -110), row('6300', 40), row('1920', 60, 70)].join(
    '\n',
  )
  const opening = simpleDraft({
    type: 'opening-balance',
    voucherDate: `${year}-01-01`,
    lines: [
      { rowKey: 'a', account: '1920', amount: 100_000 },
      { rowKey: 'b', account: '2050', amount: -100_000 },
    ],
  })
  expect((await call('/vouchers', { body: opening })).status).toBe(201)
  async function bring(sheet: string, answers: object = {}) {
    const sent = await call(`/imports/sheets?register=comparison&date=${year}-01-01`, { raw: sheet })
    const path = `/imports/sheets/${sent.json.id}`
    await call(path, { method: 'PATCH', body: { answers } })
    const tried = (await call(`${path}/dry-run`, { method: 'POST' })).json
    const made = await call(`${path}/commit`, { method: 'POST' })
    return { id: sent.json.id, tried, made }
  }
  const statement = async (which: string, days: string, columns: string) => {
    const { status, json, text } = await call(`/reports/${which}?${days}&columns=${columns}&includeZero=false`)
    if (status !== 200) throw new Error(text)
    const amounts = new Map(
      json.lines.flatMap((l: any) => [[l.key, l.amounts], ...l.accounts.map((a: any) => [a.account, a.amounts])]),
    )
    return { json, amounts }
  }
  const first = await bring(result)
  expect([first.tried.clean, first.made.status], first.made.text).toEqual([true, 201])
  expect(first.tried.told.map((t: any) => t.key)).toContain('sign-result')
  const days = (from: string, to: string) => `fromDate=${year}-${from}&toDate=${year}-${to}`
  const march = await statement('income-statement', days('03-01', '03-31'), 'actual,last-year,last-year-to-date')
  expect(march.amounts.get('3000')).toEqual([0, 10_000, 30_000])
  expect(march.amounts.get('6300')).toEqual([0, 4_000, 12_000])
  expect(march.json.columns.map((c: any) => c.comparison ?? false)).toEqual([false, true, true])
  const half = await statement('income-statement', days('03-01', '03-10'), 'last-year')
  expect((half.amounts.get('3000') as number[])[0]).toBe(3_220)
  // Of the balance only the last day is known while the sheet has no balance accounts: it is what was brought over.
  const columns = 'closing,last-year,last-year-end'
  const closing = (of: Awaited<ReturnType<typeof statement>>) => [of.amounts.get('1920'), of.amounts.get('2050')]
  expect(closing(await statement('balance-sheet', days('12-01', '12-31'), columns))).toEqual([
    [100_000, 100_000, 100_000],
    [100_000, 100_000, 100_000],
  ])

  const second = await bring(whole)
  expect(second.tried.counts).toMatchObject({ new: 1, unchanged: 2 })
  const june = await statement('balance-sheet', days('06-01', '06-30'), columns)
  expect(june.amounts.get('1920')).toEqual([100_000, 63_000, 100_000])
  const total = (key: RegExp) => june.json.lines.filter((l: any) => key.test(l.key) && l.kind !== 'account').at(-1)
  expect(june.json.checks.filter((check: any) => !check.holds)).toEqual([])
  expect(total(/./)).toBeDefined()

  expect((await db.execute('select count(*) as n from voucher')).rows[0]!.n).toBe(1)
  expect((await call(`/imports/${first.id}/undo`, { method: 'POST' })).json.code).toBe('import/built-on')
  expect((await call(`/imports/${second.id}/undo`, { method: 'POST' })).status).toBe(200)
  expect((await call(`/imports/${first.id}/undo`, { method: 'POST' })).json.code).toBe('import/built-on')
  expect((await call(`/reports/income-statement?${days('03-01', '03-31')}`)).json.columns[1].comparison).toBe(true)
})
