import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { simpleDraft, testApp, voucherId } from '#tests/support/app.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'
import { differencesFrom } from '#worker/year-close/year-closing.ts'

const app = testApp()
const last = new Date().getFullYear() - 1
type Company = Awaited<ReturnType<typeof app.company>>

const post = async (c: Company, voucherDate: string, ...lines: [account: string, amount: number][]) => {
  const body = simpleDraft({ voucherDate, lines: lines.map(([account, amount]) => ({ account, amount })) })
  const posted = await c.call('/vouchers', { body })
  if (posted.status !== 201) throw new Error(posted.text)
  return posted.json
}
const closing = async (c: Company, year = last) => (await c.call(`/fiscal-years/${year}/closing`)).json
const close = (c: Company, over: object = {}, sent: object = {}, year = last) =>
  c.call(`/fiscal-years/${year}/closing`, { body: { id: voucherId(), reason: 'Vedtatt', ...over }, ...sent })
const of = (view: any, account: string) => {
  const { opening, closing, nextOpening } = view.accounts.find((a: any) => a.account === account)
  return [opening, closing, nextOpening]
}

describe('closing a year', () => {
  test('moves the result to equity, locks the year, and freezes its figures', async () => {
    const c = await app.company()
    await post(c, `${last}-03-01`, ['1920', 100_000], ['3100', -100_000])
    await post(c, `${last}-05-01`, ['6540', 30_000], ['1920', -30_000])
    const before = await closing(c)
    expect([before.result, before.issues, before.closing]).toEqual([-70_000, [], null])
    const done = await close(c)
    expect([done.status, done.json.result], done.text).toEqual([201, -70_000])
    const { json: voucher } = await c.call(`/vouchers/${done.json.voucher}`)
    expect([voucher.series, voucher.voucherDate, voucher.entries.map((e: any) => [e.account, e.amount])]).toEqual([
      'AO',
      `${last}-12-31`,
      [
        ['8960', 70_000],
        ['2050', -70_000],
      ],
    ])
    const after = await closing(c)
    expect([after.result, after.levels, after.closing.differences]).toEqual([0, { open: 0, soft: 0, hard: 12 }, []])
    expect(of(after, '2050')).toEqual([0, -70_000, -70_000])
    const next = await c.call(`/reports/trial-balance?fromDate=${last + 1}-01-01&toDate=${last + 1}-12-31`)
    expect([next.json.undistributedResult, next.json.totals.opening]).toEqual([0, 0])
    const refused = await c.call('/vouchers', { body: simpleDraft({ voucherDate: `${last}-12-31` }) })
    expect([refused.status, refused.json.code]).toEqual([423, 'period/locked'])
    const events = (await c.call('/events?limit=100')).json.events
    expect(events.filter((e: any) => e.type === 'fiscal-year.closed').length).toBe(1)
    await expect(c.db.execute("update year_closing set hash = ''")).rejects.toThrow('period/lock-is-final')
    expect((await c.call('/verify')).json.ok).toBe(true)
  })

  test('that was opened again says what differs, and is closed anew with the rest of the result', async () => {
    const c = await app.company()
    await post(c, `${last}-03-01`, ['1920', 100_000], ['3100', -100_000])
    await close(c)
    const locked = { fromMonth: `${last}-12`, toMonth: `${last}-12`, level: 'open', reason: 'Glemt strøm' }
    expect((await c.call('/locks', { body: locked })).status).toBe(201)
    await post(c, `${last}-12-30`, ['6340', 5_000], ['1920', -5_000])
    const opened = await closing(c)
    expect(opened.closing.differences).toEqual([
      { account: '1920', asClosed: 100_000, now: 95_000, difference: -5_000 },
      { account: '6340', asClosed: 0, now: 5_000, difference: 5_000 },
    ])
    const again = await close(c)
    expect([again.status, again.json.result]).toEqual([201, 5_000])
    expect(of(await closing(c), '2050')).toEqual([0, -95_000, -95_000])
    expect((await closing(c)).closings).toBe(2)
  })

  test('by two at the same time moves the result once', async () => {
    const c = await app.company()
    await post(c, `${last}-03-01`, ['1920', 100_000], ['3100', -100_000])
    await Promise.all([close(c), close(c), close(c)])
    const view = await closing(c)
    expect([view.result, of(view, '2050')]).toEqual([0, [0, -100_000, -100_000]])
    expect((await c.call('/verify')).json.ok).toBe(true)
  })

  test('is refused before it is over, after an earlier result, for accounts that do not fit, and by whoever may not', async () => {
    const c = await app.company({ fromYear: last - 1, toYear: last + 1 })
    await post(c, `${last - 1}-03-01`, ['1920', 100_000], ['3100', -100_000])
    const issues = async (answer: ReturnType<typeof close>) =>
      (await answer).json.issues.map((i: any) => `${i.pointer} ${i.code}`)
    expect(await issues(close(c, {}, {}, last + 1))).toEqual(['# fiscal-year/not-over', '# fiscal-year/earlier-result'])
    expect(await issues(close(c))).toEqual(['# fiscal-year/earlier-result'])
    const bad = { transferAccount: '2050', equityAccount: '9999' }
    expect(await issues(close(c, bad, {}, last - 1))).toEqual([
      '#/transferAccount field/invalid',
      '#/equityAccount account/unknown',
    ])
    const whole = { fromMonth: `${last - 1}-12`, toMonth: `${last - 1}-12`, level: 'hard', reason: 'Låst' }
    await c.call('/locks', { body: whole })
    expect(await issues(close(c, {}, {}, last - 1))).toEqual(['# fiscal-year/locked'])
    expect((await close(c, {}, { key: await c.key('approver') })).status).toBe(403)
    expect((await close(c, {}, {}, 1999)).json.code).toBe('fiscal-year/unknown')
  })

  test('of a short year and the deviating one after it', async () => {
    const c = await app.company({ fromYear: last - 1, toYear: last - 1 })
    const short = await c.call('/fiscal-years', { body: { year: last, lastDate: `${last}-06-30` } })
    expect([short.status, short.json.months.length], short.text).toEqual([201, 6])
    await c.call('/fiscal-years', { body: { year: last + 1, lastDate: `${last + 1}-06-30` } })
    await post(c, `${last}-06-30`, ['1920', 40_000], ['3100', -40_000])
    await post(c, `${last}-07-01`, ['1920', 1_000], ['3100', -1_000])
    expect((await closing(c)).result).toBe(-40_000)
    expect((await close(c)).status).toBe(201)
    expect(of(await closing(c), '2050')).toEqual([0, -40_000, -40_000])
  })
})

describe('the next year’s opening balance', () => {
  test('property: is the closing balance of every balance account, kept in step with each voucher of the open year', async () => {
    const c = await app.company()
    const accounts = ['1920', '2050', '2900', '3100', '6540', '8160']
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...accounts),
        fc.constantFrom(...accounts),
        fc.integer({ min: 1, max: 1e9 }),
        fc.constantFrom(`${last}-02-11`, `${last}-12-31`, `${last + 1}-01-01`),
        async (debit, credit, amount, day) => {
          await post(c, day, [debit, amount], [credit, -amount])
          const view = await closing(c)
          for (const a of view.accounts) expect(a.nextOpening).toBe(/^[12]/.test(a.account) ? a.closing : 0)
          const balance = view.accounts.filter((a: any) => /^[12]/.test(a.account))
          const sum = (of: (a: any) => number) => balance.reduce((total: number, a: any) => total + of(a), 0)
          expect(sum((a) => a.nextOpening)).toBe(-view.result || 0)
          const { rows } = await c.db.execute(
            `select account, sum(amount) as amount from entry where voucher_date <= '${last}-12-31' and account < '3' group by account`,
          )
          for (const row of rows) expect(of(view, String(row.account))[1]).toBe(Number(row.amount))
        },
      ),
      { numRuns: 12 },
    )
  })
})

test('differences are told by account, both ways', () => {
  const then = [
    ['1920', 0, 10, 0, 10],
    ['3000', 0, 0, 10, -10],
  ] as const
  const now = [['1920', 0, 15, 0, 15]] as const
  expect(differencesFrom(then, now)).toEqual([
    { account: '1920', asClosed: 10, now: 15, difference: 5 },
    { account: '3000', asClosed: -10, now: 0, difference: 10 },
  ])
})

describe('the pages', () => {
  test('close a year from its page, and show what came after in the lock’s', async () => {
    const c = await app.company()
    await post(c, `${last}-03-01`, ['1920', 100_000], ['3100', -100_000])
    const browser = await memberOf(app, c.id, 'administrator')
    const path = `/companies/${c.id}`
    const shown = await browser.get(`${path}/years/${last}`)
    expect(textOf(shown.html)).toContain('Overskudd 1')
    const id = /name="id" value="(vch_\w+)"/.exec(shown.html)![1]!
    const fields = { id, transferAccount: '8960', equityAccount: '2050', reason: 'Vedtatt' }
    const wrong = await browser.post(`${path}/years/${last}`, { ...fields, equityAccount: '1920' })
    expect([wrong.status, textOf(wrong.html).includes('Konto 1920 passer ikke her')]).toEqual([422, true])
    expect((await browser.post(`${path}/years/${last}`, fields)).status).toBe(303)
    const closed = await browser.get(`${path}/years/${last}`)
    expect(textOf(closed.html)).toContain('Tallene er som da året ble avsluttet.')
    const report = await browser.get(`${path}/trial-balance?fromDate=${last}-01-01&toDate=${last}-12-31`)
    expect(textOf(report.html)).toContain(`Som da januar ${last} til desember ${last} ble låst`)
    const scoped = { fromMonth: `${last + 1}-01`, toMonth: `${last + 1}-01`, level: 'hard', reason: 'Levert' }
    const partly = { ...scoped, scope: 'accounts', fromAccount: '3000', toAccount: '3999' }
    expect((await browser.post(`${path}/periods`, partly)).status).toBe(303)
    const [lock] = (await c.call('/locks')).json.locks
    const log = await browser.get(`${path}/periods/locks/${lock.id}`)
    expect(textOf(log.html)).toContain('Konto 3000 til 3999')
    const year = { year: String(last + 3), firstDate: '', lastDate: '' }
    expect([303, 422]).toContain((await browser.post(`${path}/fiscal-years`, year)).status)
  })
})
