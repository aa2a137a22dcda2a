import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { addDays, addMonths, type IsoDate, lastDay, type Month } from '#worker/core/dates.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'
import { checkFiscalYear, fiscalYearFrom, fiscalYearLike, monthsIn } from '#worker/periods/fiscal-year.ts'

const { company } = testApp()
const codes = (answer: { json: any }) => answer.json.issues.map((i: any) => `${i.pointer} ${i.code}`)
const year = (y: number, firstDate: string, lastDate: string): FiscalYear => ({
  year: y,
  firstDate: firstDate as IsoDate,
  lastDate: lastDate as IsoDate,
})

describe('a fiscal year', () => {
  test.each([
    ['follows the last, twelve months', {}, year(2026, '2026-01-01', '2026-12-31')],
    ['short', { lastDate: '2026-06-30' as IsoDate }, year(2026, '2026-01-01', '2026-06-30')],
    ['long', { year: 2026, lastDate: '2027-06-30' as IsoDate }, year(2026, '2026-01-01', '2027-06-30')],
  ])('%s', (_, wanted, expected) => {
    const existing = [year(2025, '2025-01-01', '2025-12-31')]
    expect(fiscalYearFrom(wanted, existing)).toEqual(expected)
    expect(checkFiscalYear(expected, existing)).toEqual([])
  })

  test('deviating years follow each other and are called by the year they end in', () => {
    const first = year(2025, '2024-07-01', '2025-06-30')
    expect(fiscalYearFrom({}, [first])).toEqual(year(2026, '2025-07-01', '2026-06-30'))
    // Years that a take-over needs end as those that are there.
    expect(fiscalYearLike([first], '2023-07-01' as IsoDate)).toEqual(year(2024, '2023-07-01', '2024-06-30'))
    expect(fiscalYearLike([first], '2023-06-30' as IsoDate)).toEqual(year(2023, '2022-07-01', '2023-06-30'))
    expect(fiscalYearLike([], '2023-07-01' as IsoDate)).toEqual(year(2023, '2023-01-01', '2023-12-31'))
    const moved = [year(2023, '2023-01-01', '2023-12-31'), year(2024, '2024-01-01', '2024-06-30')]
    expect(fiscalYearLike(moved, '2024-07-01' as IsoDate)).toEqual(year(2025, '2024-07-01', '2025-06-30'))
    expect(fiscalYearLike(moved, '2022-07-01' as IsoDate)).toEqual(year(2022, '2022-01-01', '2022-12-31'))
  })

  test.each([
    ['overlaps', year(2026, '2025-12-01', '2026-11-30'), ['fiscal-year/overlaps']],
    ['lies apart', year(2027, '2027-01-01', '2027-12-31'), ['fiscal-year/gap']],
    [
      'begins in a month, and is not the first',
      year(2026, '2026-01-15', '2026-12-31'),
      ['fiscal-year/not-whole-months', 'fiscal-year/gap'],
    ],
    ['ends in a month', year(2026, '2026-01-01', '2026-12-30'), ['fiscal-year/not-whole-months']],
    ['is too long', year(2026, '2026-01-01', '2027-07-31'), ['fiscal-year/too-long']],
    ['has a name that is taken', year(2025, '2026-01-01', '2026-12-31'), ['fiscal-year/exists', 'field/invalid']],
    ['ends before it begins', year(2026, '2026-01-01', '2025-12-31'), ['field/invalid']],
  ])('is refused when it %s', (_, wanted, expected) => {
    const issues = checkFiscalYear(wanted, [year(2025, '2025-01-01', '2025-12-31')])
    expect(issues.map((i) => i.code)).toEqual(expected)
  })

  test('the first may begin on the day the company was founded', () => {
    const founded = year(2025, '2025-03-17', '2025-12-31')
    expect(checkFiscalYear(founded, [])).toEqual([])
    expect(monthsIn(founded)[0]).toBe('2025-03')
    expect(checkFiscalYear(year(2024, '2024-01-01', '2025-03-16'), [founded]).map((i) => i.code)).toContain(
      'fiscal-year/not-whole-months',
    )
  })

  test('whatever is opened, years touch, never overlap, and every month belongs to one', () => {
    const wish = fc.record({ start: fc.integer({ min: -30, max: 30 }), months: fc.integer({ min: 1, max: 20 }) })
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 12 }), (wishes) => {
        const open: FiscalYear[] = []
        for (const { start, months } of wishes) {
          const first = addMonths('2025-01' as Month, start)
          const last = lastDay(addMonths(first, months - 1))
          const wanted = year(Number(last.slice(0, 4)), `${first}-01`, last)
          if (checkFiscalYear(wanted, open).length === 0) open.push(wanted)
          open.sort((a, b) => (a.firstDate < b.firstDate ? -1 : 1))
        }
        const held = open.flatMap(monthsIn)
        expect(new Set(held).size).toBe(held.length)
        open.slice(1).forEach((y, i) => {
          expect(y.firstDate).toBe(addDays(open[i]!.lastDate, 1))
        })
      }),
    )
  })
})

test('a year is opened through the API, posted in at once, and shown with its months', async () => {
  const c = await company({ fromYear: 2024, toYear: 2024 })
  const before = await c.call('/vouchers', { body: simpleDraft({ voucherDate: '2025-02-03' }) })
  expect(before.json.issues[0].code).toBe('fiscal-year/missing')
  const opened = await c.call('/fiscal-years', { body: { lastDate: '2025-06-30' } })
  expect([opened.status, opened.json.months.length, opened.json.year]).toEqual([201, 6, 2025])
  expect((await c.call('/vouchers', { body: simpleDraft({ voucherDate: '2025-02-03' }) })).status).toBe(201)
  const { fiscalYears } = (await c.call('/fiscal-years')).json
  expect(fiscalYears).toEqual([
    { ...year(2024, '2024-01-01', '2024-12-31'), months: 12, levels: { open: 12, soft: 0, hard: 0 } },
    { ...year(2025, '2025-01-01', '2025-06-30'), months: 6, levels: { open: 6, soft: 0, hard: 0 } },
  ])
  const { periods } = (await c.call('/periods')).json
  expect(periods.at(-1)).toEqual({ month: '2025-06', year: 2025, level: 'open', lock: null })
  const { events } = (await c.call('/events')).json
  expect(events[0]).toMatchObject({ type: 'fiscal-year.opened', subject: '2025', changes: { year: [null, 2025] } })
})

test('a year that does not fit is refused, and so is the second of two at once', async () => {
  const c = await company({ fromYear: 2024, toYear: 2025 })
  const wrong = await c.call('/fiscal-years', { body: { year: 2025, firstDate: '2025-12-15', lastDate: '2027-09-30' } })
  expect([wrong.status, wrong.json.code]).toEqual([422, 'request/invalid'])
  expect(codes(wrong)).toEqual([
    '#/year fiscal-year/exists',
    '#/firstDate fiscal-year/not-whole-months',
    '#/lastDate fiscal-year/too-long',
    '#/firstDate fiscal-year/overlaps',
  ])
  expect(codes(await c.call('/fiscal-years', { body: { firstDate: '2030-01-01' } }))).toEqual([
    '#/firstDate fiscal-year/gap',
  ])
  const both = await Promise.all([
    c.call('/fiscal-years', { body: { lastDate: '2026-06-30' } }),
    c.call('/fiscal-years', { body: { lastDate: '2026-06-30' } }),
  ])
  expect(both.map((b) => b.status).sort()).toEqual([201, 422])
  expect((await c.call('/fiscal-years')).json.fiscalYears.length).toBe(3)
})

test('next year is open before anybody posts in it, and books that ended long ago stay as they are', async () => {
  const thisYear = new Date().getFullYear()
  const c = await company({ fromYear: thisYear, toYear: thisYear })
  const years = async (of: typeof c) => (await of.call('/fiscal-years')).json.fiscalYears.map((y: any) => y.year)
  expect(await years(c)).toEqual([thisYear]) // reading opens nothing
  const ahead = () => c.call('/vouchers', { body: simpleDraft({ voucherDate: `${thisYear + 1}-02-03` }) })
  const posted = await Promise.all([ahead(), ahead(), ahead()])
  expect(posted.map((p) => p.status)).toEqual([201, 201, 201])
  expect(await years(c)).toEqual([thisYear, thisYear + 1])
  const opened = (await c.call('/events')).json.events.filter((e: any) => e.type === 'fiscal-year.opened')
  expect(opened).toMatchObject([{ by: 'system', subject: String(thisYear + 1) }])
  const old = await company({ fromYear: 2019, toYear: 2020 })
  await old.call('/vouchers', { body: simpleDraft({ voucherDate: '2020-02-03' }) })
  expect(await years(old)).toEqual([2019, 2020])
})
