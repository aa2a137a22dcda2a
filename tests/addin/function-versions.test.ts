import { beforeAll, describe, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { calculating as openCalculating, type Slowness } from './support/calculating.ts'
import { thisYear as year } from './support/desk.ts'
import { booksWithGain } from './support/function-books.ts'

const app = testApp()
type TestCompany = Awaited<ReturnType<typeof app.company>>

const calculating = (of: { id: string }, options?: Slowness) => openCalculating(app, of, options)

let company: TestCompany
beforeAll(async () => {
  company = await booksWithGain(app)
})

/** A hundred kroner on an account, to post. */
const hundred = (account = '1920', day = '01-15') =>
  simpleDraft({
    voucherDate: `${year}-${day}`,
    lines: [
      { rowKey: 'a', account, amount: 100_00 },
      { rowKey: 'b', account: '2900', amount: -100_00 },
    ],
  })

describe('one version', () => {
  test('lists and figures that are asked for at once are of one version, and asked for once', async () => {
    const mine = await app.company()
    await mine.call('/vouchers', { body: hundred() })
    let posting: Promise<unknown> = Promise.resolve()
    const own = calculating(mine, {
      // Somebody posts between any two requests.
      fails: () => {
        posting = posting.then(() => mine.call('/vouchers', { body: hundred() }))
        return false
      },
      delayMs: 60,
    })
    own.user.type('Ark1', 'A1', [[`=LEDGER.POSTERINGER("1920",${year})`]])
    own.user.type('Ark1', 'H1', [[`=LEDGER.SALDO(1920,${year})`], [`=LEDGER.SALDOBALANSE(${year})`]])
    own.user.type('Ark1', 'Q1', [[`=LEDGER.BILAGSLISTE("${year}-01-01","${year}-12-31")`]])
    await own.calculation.idle()
    await posting
    const balance = Number(own.grid('H1')[0]![0])
    const lines = own.grid('A2:E30').filter((r) => r[0] !== '')
    expect(lines.at(-1)![4]).toBe(balance)
    expect(
      own
        .grid('H3:M9')
        .find((r) => r[0] === '1920')!
        .at(-1),
    ).toBe(balance)
    expect(own.grid('Q2:T30').filter((r) => r[0] !== '')).toHaveLength(balance / 100)
    const before = own.network.requests.length
    own.calculation.start()
    await own.calculation.idle()
    expect(own.network.requests).toHaveLength(before)
  })
  test('only what a posting touched is out of date, and only that is asked for again; the rest is of the new version too', async () => {
    const mine = await app.company()
    await mine.call('/vouchers', { body: hundred('6300', '02-15') })
    const own = calculating(mine)
    const accounts = ['1920', '6300', '6800', '2900', '6000:6999']
    const formulas = accounts.map((account) => [1, 2, 3].map((m) => `=LEDGER.BEVEGELSE("${account}","${year}-0${m}")`))
    own.user.type('Ark1', 'A1', formulas)
    await own.calculation.idle()
    await mine.call('/vouchers', { body: hundred('6800', '02-15') })
    const source = own.runtime.source(mine.id)
    expect((await source.stale()).size).toBe(3) // 6800, 2900 and the range, in February
    own.network.bodies.length = 0
    await own.runtime.renew()
    own.calculation.start()
    await own.calculation.idle()
    expect(own.grid('A1:C5')).toEqual([
      [0, 0, 0],
      [0, 100, 0],
      [0, 100, 0],
      [0, -200, 0],
      [0, 200, 0],
    ])
    expect(source.state.ledgerVersion).toBe(2)
    const asked = own.network.bodies.map((text) => JSON.parse(text)).filter((batch) => batch.atVersion === 2)
    expect(asked.map(({ groups }) => groups.flatMap((g: { cells: unknown[] }) => g.cells).length)).toEqual([3])
  })
  test('cells written after somebody posted still show the version of the others, until refresh', async () => {
    const mine = await app.company()
    const own = calculating(mine)
    await mine.call('/vouchers', { body: hundred() })
    expect(await own.value(`=LEDGER.SALDO(1920,${year})`)).toBe(100)
    await mine.call('/vouchers', { body: hundred() })
    expect(await own.value(`=LEDGER.SALDO(2900,${year})`)).toBe(-100)
    own.runtime.refresh()
    expect(await own.value(`=LEDGER.SALDO(2900,${year})`)).toBe(-200)
    expect(await own.value(`=LEDGER.SALDO(1920,${year})`)).toBe(200)
  })
})

describe('when the server does not answer', () => {
  test('no cell is left busy: an error with a text, and the value when it answers again', async () => {
    let down = true
    const own = calculating(company, { fails: () => down })
    expect(await own.value(`=LEDGER.SALDO(1920,${year})`)).toBe('#N/A')
    expect(own.calculation.errorTexts.get('Ark1!A1')).toBe('Ingen kontakt. Siste verdi beholdes.')
    down = false
    expect(await own.value(`=LEDGER.SALDO(1920,${year})`)).toBe(600)
  })
  test('figures that were known are kept, and the pane is told', async () => {
    let down = false
    const own = calculating(company, { fails: () => down })
    expect(await own.value(`=LEDGER.SALDO(1920,${year})`)).toBe(600)
    down = true
    own.runtime.refresh()
    expect(await own.value(`=LEDGER.SALDO(1920,${year})`)).toBe(600)
    expect(own.runtime.source(company.id).state.offline).toBe(true)
  })
  test('signed out, or no company chosen, is told in words', async () => {
    const own = calculating(company)
    own.runtime.around.signedIn = () => false
    expect(await own.value(`=LEDGER.SALDO(1920,${year})`)).toBe('#N/A')
    expect(own.calculation.errorTexts.get('Ark1!A1')).toBe('Logg inn i Hovedbok-panelet.')
  })
})
