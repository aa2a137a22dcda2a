import { beforeAll, describe, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { person } from '#tests/support/person.ts'
import { textOf } from '#tests/support/visitor.ts'
import { insertControlEntries } from '#worker/control-log/store.ts'
import type { Instant } from '#worker/core/dates.ts'

const app = testApp()
const THIS = new Date().getFullYear()
type Year = { year: number; firstDate: string; lastDate: string; word: string; granted: boolean }
const yearOf = (back: number, from: string, to: string, word: string, granted = false): Year => ({
  year: THIS - back,
  firstDate: from,
  lastDate: to,
  word,
  granted,
})
/** From July to June, then eighteen months to come back to the calendar. Every other one is granted, in a grant of its own. */
const YEARS = [
  yearOf(5, `${THIS - 6}-07-01`, `${THIS - 5}-06-30`, 'FORST'),
  yearOf(4, `${THIS - 5}-07-01`, `${THIS - 4}-06-30`, 'REVIDERT', true),
  yearOf(3, `${THIS - 4}-07-01`, `${THIS - 3}-06-30`, 'IMELLOM'),
  yearOf(2, `${THIS - 3}-07-01`, `${THIS - 2}-12-31`, 'ATTEN', true),
  yearOf(1, `${THIS - 1}-01-01`, `${THIS - 1}-12-31`, 'SIST'),
]
const GRANTED = YEARS.filter((y) => y.granted)
const HIDDEN = YEARS.filter((y) => !y.granted)
/** Of the autumn and of the spring after it: two calendar years in one fiscal year. */
const amountsOf = ({ year }: Year): [number, number] => [(THIS - year) * 1_111_100, (THIS - year) * 1_000_300]
const COST = 200_000
const kroner = (ore: number) => new Intl.NumberFormat('nb-NO').format(ore / 100).replaceAll(/\s/g, ' ')

let books: Awaited<ReturnType<typeof app.company>>
let auditor: Awaited<ReturnType<typeof person>>
const read = (rest: string) =>
  books.call(rest, {
    key: null,
    headers: { cookie: `hovedbok_session=${auditor.browser.cookies.get('hovedbok_session')}` },
  })
const days = ({ firstDate, lastDate }: Year) => `fromDate=${firstDate}&toDate=${lastDate}`

beforeAll(async () => {
  books = await app.company({ name: 'Avvik AS' })
  for (const { year, firstDate, lastDate } of YEARS.slice(0, -1).toReversed()) {
    const opened = await books.call('/fiscal-years', { body: { year, firstDate, lastDate } })
    if (opened.status >= 300) throw new Error(opened.text)
  }
  for (const one of YEARS) {
    const [autumn, spring] = amountsOf(one)
    for (const [voucherDate, amount] of [
      [one.firstDate, autumn],
      [one.lastDate, spring],
    ] as const) {
      const lines = [
        { rowKey: 'a', account: '1920', amount },
        { rowKey: 'b', account: '3100', amount: -amount - COST },
        { rowKey: 'c', account: '7770', amount: COST },
      ]
      const posted = await books.call('/vouchers', { body: simpleDraft({ voucherDate, text: one.word, lines }) })
      if (posted.status !== 201) throw new Error(posted.text)
    }
  }
  auditor = await person(app)
  await auditor.control.execute({
    sql: `update user set email_verified_at = '2026-01-01T00:00:00.000Z' where id = ?`,
    args: [auditor.id],
  })
  for (const { year } of GRANTED) {
    const order = { email: auditor.email, name: 'Revisor', firstYear: year, lastYear: year, days: 30 }
    const { id } = (await books.call('/auditors', { body: order })).json
    const granted = await books.call(`/auditors/${id}/grant`, { body: {} })
    if (granted.status !== 200) throw new Error(granted.text)
  }
  await auditor.password()
})

describe('an auditor of two fiscal years that are no calendar years, with one between them', () => {
  test('sees the vouchers of both, from first day to last, and no others', async () => {
    const { vouchers } = (await read('/vouchers?limit=100')).json
    const seen = vouchers.map((v: any) => [v.voucherDate, v.text]).toSorted()
    expect(seen).toEqual(
      GRANTED.flatMap((y) => [
        [y.firstDate, y.word],
        [y.lastDate, y.word],
      ]),
    )
  })

  test('has each year’s balances as the company has them, with all that was before in the opening', async () => {
    for (const year of GRANTED) {
      const question = `/reports/trial-balance?${days(year)}`
      const rows = async (ask: typeof read) => (await ask(question)).json.rows
      const [theirs, ours] = [await rows(read), await rows((rest) => books.call(rest))]
      expect(theirs.length).toBeGreaterThan(0)
      expect([year.year, theirs]).toEqual([year.year, ours])
    }
  })

  test('has each year’s statements as the company has them, and of the year between them no more than its result', async () => {
    for (const year of GRANTED) {
      const [sheet, income] = [`balance-sheet?toDate=${year.lastDate}`, `income-statement?${days(year)}`]
      const figures = async (ask: typeof read, path: string, columns: number) =>
        (await ask(`/reports/${path}`)).json.lines.map((line: any) => [line.key, line.amounts.slice(0, columns)])
      for (const [path, columns] of [
        [sheet, 3],
        [income, 1],
      ] as const) {
        const theirs = await figures(read, path, columns)
        expect([path, theirs]).toEqual([path, await figures((rest) => books.call(rest), path, columns)])
      }
    }
    for (const year of HIDDEN) {
      const { rows } = (await read(`/reports/trial-balance?${days(year)}`)).json
      const told = rows
        .filter((row: any) => row.debit > 0 || row.credit > 0)
        .map((row: any) => [row.account, row.credit])
      const [autumn, spring] = amountsOf(year)
      const result = [
        ['1920', 0],
        ['3100', autumn + spring],
      ]
      expect([year.word, told]).toEqual([year.word, year.word === 'IMELLOM' ? result : []])
    }
  })

  test('is told no entry of the years around them, nor of their part of a calendar year', async () => {
    for (const year of HIDDEN) {
      const { text } = await read(`/reports/general-ledger?${days(year)}`)
      expect([year.word, text.includes(year.word)]).toEqual([year.word, false])
      for (const amount of amountsOf(year)) expect(text).not.toContain(String(amount))
    }
    const { text } = await read(`/reports/general-ledger?fromDate=${THIS - 3}-01-01&toDate=${THIS - 3}-12-31`)
    expect(YEARS.map(({ word }) => word).filter((word) => text.includes(word))).toEqual(['ATTEN'])
  })

  test('reads the log of access of its days and no others, the year between them neither', async () => {
    const days = YEARS.flatMap(({ firstDate, lastDate }) => [firstDate, lastDate])
    const at = (day: string) => `${day}T12:00:00.000Z`
    await auditor.control.batch(
      days.map((day) =>
        insertControlEntries({
          type: 'key.created',
          at: at(day) as Instant,
          by: 'usr_x',
          company: books.id,
          subject: 'key_x',
        }),
      ),
      'write',
    )
    const own = GRANTED.flatMap(({ firstDate, lastDate }) => [at(firstDate), at(lastDate)])
    const { entries } = (await read('/access-log/entries')).json
    expect(entries.map((e: any) => e.recordedAt).toSorted()).toEqual(own)
    const file = (await read('/access-log/export?format=json')).text
    expect(days.filter((day) => file.includes(at(day))).map(at)).toEqual(own)
  })

  test('reads the same on the pages', async () => {
    const page = async (name: string, asked: string) => {
      const { status, html } = await auditor.browser.get(`/companies/${books.id}/${name}?${asked}`)
      return { status, text: textOf(html).replaceAll(/\s/g, ' ') }
    }
    for (const year of YEARS) {
      const ledger = await page('general-ledger', `account=1920&${days(year)}`)
      const [autumn, spring] = amountsOf(year)
      const told = [ledger.status, ledger.text.includes(year.word), ledger.text.includes(kroner(autumn))]
      expect([year.word, ...told]).toEqual([year.word, 200, year.granted, year.granted])
      if (!year.granted) continue // what lies between two granted years is told as one sum: the later one opens with it
      const [balance, sum] = [await page('trial-balance', days(year)), kroner(autumn + spring)]
      expect([year.word, balance.status, balance.text.includes(sum)]).toEqual([year.word, 200, true])
    }
  })
})
