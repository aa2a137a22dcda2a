import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'

const { company } = testApp()
const year = new Date().getFullYear()
const MONTHS = Array.from({ length: 15 }, (_, i) => {
  const month = (i % 12) + 1
  return `${year - 1 + Math.trunc(i / 12)}-${String(month).padStart(2, '0')}`
})
const BALANCE = ['1250', '1500', '1920', '2400', '2740'] as const
const RESULT = ['3000', '4300', '6300'] as const
const ACCOUNTS = [...BALANCE, ...RESULT, '2050']

const amount = fc.integer({ min: -5_000_000, max: 5_000_000 })
/** Amounts of every account but equity, which takes what is left, so that each column sums to zero. */
const column = (accounts: readonly string[]) =>
  fc.tuple(...accounts.map(() => amount)).map((amounts): Record<string, number> => {
    const sum = amounts.reduce((a, b) => a + b, 0)
    return { ...Object.fromEntries(accounts.map((account, i) => [account, amounts[i]!])), '2050': -sum }
  })
const takeovers = fc.record({
  opening: column(BALANCE),
  months: fc
    .integer({ min: 1, max: 14 })
    .chain((n) => fc.array(column([...BALANCE, ...RESULT]), { minLength: n, maxLength: n })),
  cuts: fc.array(fc.integer({ min: -9_000_000, max: 9_000_000 }), { minLength: 2, maxLength: 6 }),
})

const day = (month: string) => `${month}-${new Date(Date.UTC(+month.slice(0, 4), +month.slice(5), 0)).getUTCDate()}`

test('whatever is taken over: interim accounts end at zero, parties are their open items, every month is the old system’s', async () => {
  await fc.assert(
    fc.asyncProperty(takeovers, async ({ opening, months, cuts }) => {
      const c = await company()
      const put = (path: string, body: unknown) => c.call(path, { method: 'PUT', body, headers: { 'if-match': '*' } })
      const opens = `${MONTHS[0]}-01`
      const last = MONTHS[months.length - 1]!
      await put('/takeover', { variant: 'movements', openingDate: opens, cutOverDate: `${MONTHS[months.length]}-01` })
      await put(`/opening-balances/${opens}`, {
        rows: Object.entries(opening).map(([account, amount]) => ({ rowKey: account, account, amount })),
      })
      await c.call(`/opening-balances/${opens}/booking`, { body: {} })
      const rows = ACCOUNTS.map((account) => ({
        rowKey: account,
        account,
        amounts: Object.fromEntries(months.map((of, i) => [MONTHS[i], of[account]!])),
      }))
      await put('/takeover/movements', { rows, keptMonths: MONTHS })
      expect((await c.call('/takeover/movements/booking', { body: {} })).status).toBe(200)
      // Open items in any parts, some of them credit notes, that come to what the control account came to.
      const closing = (account: string) => (opening[account] ?? 0) + months.reduce((n, of) => n + of[account]!, 0)
      const items = (['1500', '2400'] as const).flatMap((account) => {
        const parts = [...cuts, closing(account) - cuts.reduce((a, b) => a + b, 0)].filter((part) => part !== 0)
        return parts.map((part, i) => ({
          rowKey: `${account}-${i}`,
          account,
          party: `${account === '1500' ? 1 : 2}000${i % 3}`,
          name: `Part ${i % 3}`,
          invoiceNumber: `F${i}`,
          amount: part,
        }))
      })
      await put(`/opening-balances/${day(last)}`, { rows: items })
      const booked = await c.call(`/opening-balances/${day(last)}/booking`, { body: {} })
      expect(booked.json.state).toBe('booked')

      const cockpit = (await c.call('/takeover')).json
      expect(cockpit.checklist.filter((point: any) => !point.done)).toEqual([])
      const standing = new Map<string, number>(Object.entries(opening))
      for (const [i, of] of months.entries()) {
        if (MONTHS[i]!.endsWith('-01')) for (const account of RESULT) standing.delete(account)
        for (const [account, moved] of Object.entries(of)) standing.set(account, (standing.get(account) ?? 0) + moved)
        const asked = `/reports/trial-balance?fromDate=${MONTHS[i]}-01&toDate=${day(MONTHS[i]!)}`
        const found = new Map<string, number>((await c.call(asked)).json.rows.map((r: any) => [r.account, r.closing]))
        const at = (account: string) => found.get(account) ?? 0
        const isLast = i === months.length - 1
        for (const [control, interim] of [
          ['1500', '1499'],
          ['2400', '2399'],
        ] as const) {
          expect([at(control), at(interim)]).toEqual(isLast ? [standing.get(control), 0] : [0, standing.get(control)])
          found.delete(interim)
          found.set(control, at(control) + (isLast ? 0 : standing.get(control)!))
        }
        for (const [account, wanted] of standing)
          expect([MONTHS[i], account, at(account)]).toEqual([MONTHS[i], account, wanted])
      }
      const open = (await c.call('/open-items?limit=500')).json.items
      const sums = (of: any[], value: string) => {
        const parties = new Map<string, number>()
        for (const item of of) parties.set(item.party, (parties.get(item.party) ?? 0) + item[value])
        return [...parties].sort()
      }
      expect(sums(open, 'rest')).toEqual(sums(items, 'amount'))
    }),
    { numRuns: 4, seed: 20_261_122 },
  )
}, 60_000)
