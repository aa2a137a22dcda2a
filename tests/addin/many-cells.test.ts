import { beforeAll, describe, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { calculating as openCalculating, type Slowness } from './support/calculating.ts'
import { thisYear as year } from './support/desk.ts'
import { functionBooks, poster } from './support/function-books.ts'

const app = testApp()
const calculating = (of: { id: string }, options?: Slowness) => openCalculating(app, of, options)
let company: Awaited<ReturnType<typeof app.company>>
let post: ReturnType<typeof poster>

beforeAll(async () => {
  company = await functionBooks(app)
  post = poster(company)
})

describe('ten thousand cells', () => {
  const ACCOUNTS = 834
  /** Accounts down, months across; one formula a cell. */
  function fill(own: ReturnType<typeof calculating>, accounts = ACCOUNTS) {
    const sheet = own.workbook.sheets[0]!
    for (let i = 0; i < accounts; i++)
      for (let m = 0; m < 12; m++) {
        const period = `${year}-${String(m + 1).padStart(2, '0')}`
        const formula = `=LEDGER.SALDO("${1000 + i * 10}:${1009 + i * 10}","${period}")`
        own.workbook.setCell(sheet, i, m, {
          value: '',
          formula,
          format: 'General',
          spillOf: undefined,
          fill: undefined,
        })
      }
  }
  const recalculated = (own: ReturnType<typeof calculating>) => {
    own.calculation.start()
    return own.calculation.idle()
  }

  test('a month-end pack: one request and hand-back, of one version while others post, and of the newest when drawn anew', async () => {
    const own = calculating(company, { delayMs: 120 })
    fill(own)
    // Every account is in the pack, so each month sums to zero as long as no cell is of another version than the rest.
    const sums = () =>
      own
        .grid('A1:L834')
        .reduce(
          (sum, row) => row.map((v, m) => sum[m]! + (typeof v === 'number' ? Math.round(v * 100) : 0)),
          Array(12).fill(0),
        )
    const others = async () => {
      for (let i = 1; i <= 4; i++)
        await post(`${year}-0${i}-28`, [
          ['6300', 10_00 + i],
          ['2900', -10_00 - i],
        ])
    }
    await Promise.all([recalculated(own), others()])
    expect(own.batches()).toBe(1)
    expect(own.window.host.handBacks).toEqual([10_008])
    const shown = own.grid('A1:L834').flat()
    expect(shown.filter((v) => typeof v !== 'number' && v !== '#N/A')).toEqual([])
    // 1920 stands in the range 1920:1929, in every month.
    expect(own.grid('A93:L93')[0]).toEqual([-150, -300, -300, 600, 600, 600, 600, 600, 600, 600, 600, 600])
    expect(sums()).toEqual(Array(12).fill(0))
    const before = own.runtime.source(company.id).state.ledgerVersion!

    await others()
    await recalculated(own)
    expect(own.batches()).toBe(1)
    await own.runtime.renew()
    await recalculated(own)
    expect(sums()).toEqual(Array(12).fill(0))
    expect(own.grid('L531:L531')[0]![0]).toBe(50 + 2 * 40.1)
    expect(own.runtime.source(company.id).state.ledgerVersion).toBeGreaterThan(before)
  })

  test('cells that come slowly still make one request', { retry: 2 }, async () => {
    const own = calculating(company, { delayMs: 120 })
    fill(own, ACCOUNTS / 6)
    own.window.host.handOver = { portion: 300, gapMs: 50 }
    await recalculated(own)
    expect(own.batches()).toBe(1)
  })

  test('one array formula gives the same figures', async () => {
    const own = calculating(company, { delayMs: 120 })
    own.user.type(
      'Ark1',
      'A2',
      Array.from({ length: ACCOUNTS }, (_, i) => [`${1000 + i * 10}:${1009 + i * 10}`]),
    )
    own.user.type('Ark1', 'B1', [Array.from({ length: 12 }, (_, m) => `${year}-${String(m + 1).padStart(2, '0')}`)])
    own.user.type('Ark1', 'B2', [[`=LEDGER.TALL(A2:A835,B1:M1)`]])
    await own.calculation.idle()
    expect(own.batches()).toBe(1)
    expect(own.grid('B94:M94')[0]!.slice(0, 4)).toEqual([-150, -300, -300, 600])
  })
})
