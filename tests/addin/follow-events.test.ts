import { expect, test } from 'vitest'
import type { LedgerApi } from '#addin/api/ledger-api.ts'
import { countOlder, followEvents } from '#addin/pane/follow-events.ts'
import { testApp } from '#tests/support/app.ts'
import { calculating } from './support/calculating.ts'
import { thisYear as year } from './support/desk.ts'
import { functionBooks, poster } from './support/function-books.ts'

type Pane = Parameters<typeof followEvents>[0]

/** A pane in company A whose questions are answered one after the other; when no answer is left, none comes. */
function following(answers: ((state: { company: { id: string } }) => unknown)[]) {
  const state = { company: { id: 'a' } }
  const asked: unknown[] = []
  const heard: unknown[] = []
  const get = async (company: string, path: string, query: { after?: unknown } = {}) => {
    asked.push([company, path, query.after])
    return answers.shift()?.(state) ?? new Promise(() => {})
  }
  const api = { get } as unknown as LedgerApi
  followEvents({ state, api, heard: (...what: unknown[]) => heard.push(what) } as unknown as Pane, () => false)
  return { asked, heard }
}
const news = (next: number, ...types: string[]) => ({
  events: types.map((type) => ({ type, ledgerVersion: 7 })),
  next,
})

test('what raises no version is told by its place in the feed, and whether open items are others', async () => {
  const { asked, heard } = following([
    () => news(20),
    () => ({ ledgerVersion: 7 }),
    () => news(21, 'budget.saved'),
    () => news(22, 'match.created'),
    () => news(22),
  ])
  await expect.poll(() => asked.length).toBe(6)
  expect(heard).toEqual([
    [7, 20, true],
    [7, 21, false],
    [7, 22, true],
  ])
})
test('an answer of the company that was left is told of no other', async () => {
  const { asked, heard } = following([
    () => news(20),
    () => ({ ledgerVersion: 900 }),
    (state) => {
      state.company = { id: 'b' }
      return news(21, 'voucher.posted')
    },
    () => news(3),
    () => ({ ledgerVersion: 2 }),
  ])
  await expect.poll(() => asked.length).toBe(6)
  expect(heard).toEqual([
    [900, 20, true],
    [2, 3, true],
  ])
  expect(asked.slice(3)).toEqual([
    ['b', 'events', 'newest'],
    ['b', 'vouchers', undefined],
    ['b', 'events', 3],
  ])
})
test('figures of a budget and lists grow older; asking for one more figure hides nothing that was done before', async () => {
  const app = testApp()
  const company = await functionBooks(app)
  const { runtime, user, calculation } = calculating(app, company)
  user.type('Ark1', 'A1', [[`=LEDGER.BUDSJETT(6800,"${year}-02")`], [`=LEDGER.SALDO(6800,${year})`]])
  user.type('Ark1', 'D1', [[`=LEDGER.ÅPNEPOSTER("kunde")`]])
  await calculation.idle()
  const older = () => countOlder(runtime, company.id)
  expect(await older()).toBe(0)
  const [budget] = (await company.call('/budgets')).json.budgets
  const lines = [{ account: '6800', cells: [{ month: `${year}-02`, amount: 90_00, was: 80_00 }] }]
  expect((await company.call(`/budgets/${budget.id}/lines`, { body: { lines } })).status).toBeLessThan(300)
  expect(await older()).toBe(1)
  user.type('Ark1', 'A4', [[`=LEDGER.SALDO(1920,${year})`]])
  await calculation.idle()
  expect(await older()).toBe(1)
  await poster(company)(`${year}-05-10`, [
    ['6800', 5_00],
    ['2900', -5_00],
  ])
  runtime.listsBehind.add(company.id)
  expect(await older()).toBe(3)
  await runtime.renew()
  expect(await older()).toBe(0)
})
