import type { testApp } from '#tests/support/app.ts'

export type Company = Awaited<ReturnType<ReturnType<typeof testApp>['company']>>
export type Row = Record<string, any>

export const year = new Date().getFullYear()
export const [opens, cutOver, itemsDay] = [`${year - 1}-01-01`, `${year}-03-01`, `${year}-02-${isLeap(year) ? 29 : 28}`]
export function isLeap(y: number): boolean {
  return (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0
}
export const MONTHS = [
  ...Array.from({ length: 12 }, (_, i) => `${year - 1}-${String(i + 1).padStart(2, '0')}`),
  `${year}-01`,
  `${year}-02`,
]
export const PLAN = { variant: 'movements', openingDate: opens, cutOverDate: cutOver }

/** The closing balances of the year before, as the old system has them. */
export const OPENING: Row[] = [
  { rowKey: 'o1', account: '1250', amount: 4_000_000 },
  { rowKey: 'o2', account: '1500', amount: 3_000_000 },
  { rowKey: 'o3', account: '1920', amount: 9_000_000 },
  { rowKey: 'o4', account: '2400', amount: -2_000_000 },
  { rowKey: 'o5', account: '2740', amount: -1_000_000 },
  { rowKey: 'o6', account: '2050', amount: -13_000_000 },
]
/** A month: sales of n on credit, purchases, both paid in part, depreciation. */
export const movement = (n: number): Record<string, number> => ({
  '1500': n - Math.trunc(n / 2),
  '1920': Math.trunc(n / 2) - Math.trunc(n / 5),
  '2400': -(Math.trunc(n / 3) - Math.trunc(n / 5)),
  '3000': -n,
  '4300': Math.trunc(n / 3),
  '6010': 10_000,
  '1250': -10_000,
})
export const sizes = MONTHS.map((_, i) => 1_000_001 + ((i * 337_777) % 500_000))
export const accounts = Object.keys(movement(1))
export const sheet = (of = sizes.map(movement)): Row[] =>
  accounts.map((account) => ({
    rowKey: account,
    account,
    amounts: Object.fromEntries(MONTHS.map((month, i) => [month, of[i]![account]!])),
  }))
export const closing = (account: string): number =>
  (OPENING.find((row) => row.account === account)?.amount ?? 0) +
  sizes.reduce((sum, n) => sum + (movement(n)[account] ?? 0), 0)
export const [owed, owing] = [closing('1500'), closing('2400')]
export const ITEMS: Row[] = [
  {
    rowKey: 'i1',
    account: '1500',
    party: '10001',
    name: 'Brekke Betong AS',
    invoiceNumber: '3307',
    invoiceDate: `${year}-01-11`,
    dueDate: `${year}-02-11`,
    paymentReference: '33076',
    amount: owed + 50_000,
  },
  { rowKey: 'i2', account: '1500', party: '10002', name: 'Sund AS', invoiceNumber: '3310', amount: -50_000 },
  { rowKey: 'i3', account: '2400', party: '20001', name: 'Fjell AS', invoiceNumber: 'A-1', amount: owing },
]

export const put = (c: Company, path: string, body: Row, version = '*') =>
  c.call(path, { method: 'PUT', body, headers: { 'if-match': version } })
export const plan = (c: Company, more: Row = {}) => put(c, '/takeover', { ...PLAN, ...more })
export const codes = (answer: { json: any }) => answer.json.issues?.map((i: any) => `${i.code} ${i.pointer}`)
export const done = (answer: { json: any }): string[] =>
  answer.json.checklist.filter((p: any) => p.done).map((p: any) => p.key)
export const open = (answer: { json: any }): string[] =>
  answer.json.checklist.filter((p: any) => !p.done).map((p: any) => p.key)
export const vouchers = async (c: Company) => (await c.call('/vouchers?limit=100')).json.vouchers.length
export async function trialBalance(c: Company, month: string) {
  const day =
    month === itemsDay.slice(0, 7)
      ? itemsDay
      : `${month}-${new Date(Date.UTC(+month.slice(0, 4), +month.slice(5), 0)).getUTCDate()}`
  const { rows } = (await c.call(`/reports/trial-balance?fromDate=${month}-01&toDate=${day}`)).json
  return new Map<string, any>(rows.map((row: any) => [row.account, row]))
}
export async function taken(c: Company) {
  await plan(c)
  await put(c, `/opening-balances/${opens}`, { rows: OPENING })
  await c.call(`/opening-balances/${opens}/booking`, { body: {} })
  await put(c, '/takeover/movements', { rows: sheet() })
  await c.call('/takeover/movements/booking', { body: {} })
  await put(c, `/opening-balances/${itemsDay}`, { rows: ITEMS })
  await c.call(`/opening-balances/${itemsDay}/booking`, { body: {} })
}
