import { describe, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import {
  accounts,
  codes,
  cutOver,
  itemsDay,
  MONTHS,
  movement,
  OPENING,
  open,
  opens,
  plan,
  put,
  type Row,
  sheet,
  sizes,
  taken,
  vouchers,
  year,
} from './takeover-desk.ts'

const { company } = testApp()

describe('the sheet of movements', () => {
  test('a month of balances is recognised, refused, and turned into movements', async () => {
    const c = await company()
    await plan(c)
    await put(c, `/opening-balances/${opens}`, { rows: OPENING })
    const balances = new Map<string, number>(OPENING.map((row) => [row.account, row.amount]))
    const asBalances = sizes.map((n, i) => {
      if (MONTHS[i] === `${year}-01`) for (const account of accounts) if (account >= '3') balances.delete(account)
      for (const [account, amount] of Object.entries(movement(n)))
        balances.set(account, (balances.get(account) ?? 0) + amount)
      return Object.fromEntries(balances)
    })
    const rows = (months: number[]): Row[] => {
      const all = [...new Set([...accounts, ...OPENING.map((row) => row.account)])]
      return all.map((account) => ({
        rowKey: account,
        account,
        amounts: Object.fromEntries(
          MONTHS.map((month, i) => [
            month,
            (months.includes(i) ? asBalances[i]![account] : movement(sizes[i]!)[account]) ?? 0,
          ]),
        ),
      }))
    }
    // February given as a balance among movements.
    const one = await put(c, '/takeover/movements', { rows: rows([1]) })
    expect(codes(one)[0]).toBe(`takeover/looks-cumulative #/months/${MONTHS[1]}`)
    expect(one.json.months.map((m: any) => m.cumulative !== null).filter(Boolean)).toHaveLength(1)
    expect((await c.call('/takeover/movements/booking', { body: {} })).json.code).toBe('takeover/invalid')
    const first = await c.call('/takeover/movements/conversion', { body: { months: [MONTHS[1]] } })
    const amountsOf = (of: Row[]) =>
      of.map((row) => [row.account, Object.fromEntries(Object.entries(row.amounts).filter(([, n]) => n !== 0))])
    expect(amountsOf(first.json.rows)).toEqual(amountsOf(rows([])))
    // And the whole sheet; kept, it is taken as it stands.
    const whole = await put(c, '/takeover/movements', { rows: rows(MONTHS.slice(0, 12).map((_, i) => i)) })
    const found = whole.json.months.filter((m: any) => m.cumulative).map((m: any) => m.month)
    expect(found).toEqual(MONTHS.slice(0, 12))
    const all = await c.call('/takeover/movements/conversion', { body: { months: found } })
    expect(amountsOf(all.json.rows)).toEqual(amountsOf(rows([])))
    const said = await put(c, '/takeover/movements', { rows: rows([1]), keptMonths: [MONTHS[1]] })
    expect(codes(said).filter((code: string) => code.includes('cumulative'))).toEqual([])
    expect(said.json.months[1]).toMatchObject({ kept: true })
  })

  test('tells every fault at its cell', async () => {
    const c = await company()
    await plan(c)
    const rows = [
      { rowKey: 'a', account: '9999', amounts: { [MONTHS[0]!]: 5 } },
      { rowKey: 'b', account: '1920', amounts: { [MONTHS[0]!]: 7, [`${year - 3}-01`]: 1 } },
      { rowKey: 'c', account: '1920', amounts: {} },
      { rowKey: 'd', account: '', amounts: { [MONTHS[1]!]: 3 } },
      { rowKey: 'e', account: '3000', amounts: { [MONTHS[2]!]: 9 } },
    ]
    expect(codes(await put(c, '/takeover/movements', { rows })).sort()).toEqual(
      [
        'account/unknown #/rows/0/account',
        `takeover/month-outside #/rows/1/amounts/${year - 3}-01`,
        'opening-balance/twice #/rows/2/account',
        'field/required #/rows/3/account',
        `takeover/month-unbalanced #/months/${MONTHS[2]}`,
        'takeover/result-not-moved #/rows',
      ].sort(),
    )
    const items = await put(c, `/opening-balances/${itemsDay}`, { rows: [{ rowKey: 'x', account: '1920', amount: 5 }] })
    expect(codes(items)).toContain('takeover/not-an-open-item #/rows/0/account')
  })

  test('changed months take the place of their vouchers; another’s voucher is not touched', async () => {
    const c = await company()
    await taken(c)
    const changed = sizes.map(movement)
    changed[3] = movement(sizes[3]! + 9_000)
    await put(c, '/takeover/movements', { rows: sheet(changed) })
    expect((await c.call('/takeover')).json.months[3]).toMatchObject({ state: 'changed', posted: false })
    expect((await c.call('/takeover/movements/booking', { body: {} })).json.code).toBe('takeover/movements-booked')
    const replaced = await c.call('/takeover/movements/booking', { body: { replace: true } })
    expect([replaced.json.posted, replaced.json.replaced]).toEqual([[], [MONTHS[3]]])
    expect(open(await c.call('/takeover'))).toEqual(['interim-accounts-zero', 'control-accounts-agree'])

    const other = await company()
    await plan(other)
    await put(other, '/takeover/movements', { rows: sheet() })
    await other.call('/vouchers', {
      body: {
        id: `vch_${'6'.repeat(26)}`,
        type: 'movement',
        voucherDate: `${MONTHS[0]}-31`,
        lines: [
          { account: '1920', amount: 5 },
          { account: '2050', amount: -5 },
        ],
      },
    })
    expect((await other.call('/takeover/movements/booking', { body: {} })).json.code).toBe('takeover/other-movement')
  })

  test('cut off right after the posting, it is the sheet’s own and is gone on with', async () => {
    const c = await company()
    await plan(c)
    await put(c, '/takeover/movements', { rows: sheet() })
    // The database is gone for whatever comes after the vouchers.
    const gone = ['insert on takeover_month', 'update of cut_over_date on company']
    for (const [i, write] of gone.entries())
      await c.db.execute(`create trigger gone_${i} before ${write} when exists (select 1 from voucher)
        begin select raise(abort, 'gone'); end`)
    expect((await c.call('/takeover/movements/booking', { body: {} })).status).toBe(500)
    expect(await vouchers(c)).toBe(MONTHS.length)
    const changed = sizes.map(movement)
    changed[3] = movement(sizes[3]! + 8_000)
    await c.db.execute('drop trigger gone_0')
    await put(c, '/takeover/movements', { rows: sheet(changed) })
    // Cut off after a correction too, it goes on from the voucher that took its place.
    expect((await c.call('/takeover/movements/booking', { body: { replace: true } })).status).toBe(500)
    expect(await vouchers(c)).toBe(MONTHS.length + 2)
    await c.db.execute('drop trigger gone_1')
    changed[3] = movement(sizes[3]! + 9_000)
    await put(c, '/takeover/movements', { rows: sheet(changed) })
    const again = await c.call('/takeover/movements/booking', { body: { replace: true } })
    expect([again.status, again.json.posted, again.json.replaced]).toEqual([200, [], [MONTHS[3]]])
    expect((await c.call('')).json.cutOverDate).toBe(cutOver)
  })
})
