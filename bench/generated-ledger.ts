// A ledger that is the same for every run: N vouchers of some 3.5 lines on 247 accounts, VAT 25, 15, 12 and 0 %, 300 customers,
// 200 suppliers, 12 departments, 60 projects, three years. Amounts are whole øre and each voucher sums to zero.

export type Line = {
  account: string
  amount: number
  /** VAT code of a base line, and the VAT it bears in øre; a line on a VAT account has neither. */
  vatCode?: string
  vat?: number
  department?: string
  project?: string
  customer?: string
  supplier?: string
}
export type Voucher = { number: number; date: string; type: string; text: string; lines: Line[] }

const fixed = [
  1000, 1200, 1250, 1280, 1400, 1500, 1579, 1700, 1749, 1900, 1920, 1921, 1950, 2000, 2050, 2220, 2400, 2600, 2700,
  2701, 2702, 2710, 2711, 2712, 2740, 2770, 2780, 2930, 2940, 2960, 5000, 5090, 5180, 5400, 6010, 6300, 7770, 8050,
  8150,
]
const series = (from: number, count: number, step = 1, wobble = 0) =>
  Array.from({ length: count }, (_, i) => String(from + i * step + (wobble ? i % wobble : 0)))
const SALES = { '3': series(3000, 20), '31': series(3030, 10), '33': series(3050, 10), '5': series(3100, 15) }
const GOODS = series(4300, 30)
const STAFF = series(5900, 12)
const COSTS = [...series(6400, 45, 10, 3), ...series(7000, 45, 10, 3)].filter((n) => n < '7600')
const ASSETS = series(1100, 15, 5)
const INTEREST = series(8100, 6, 5)

/** Every account the ledger may use, in order. */
export const accounts: readonly string[] = [
  ...new Set([
    ...fixed.map(String),
    ...Object.values(SALES).flat(),
    ...GOODS,
    ...STAFF,
    ...COSTS,
    ...ASSETS,
    ...INTEREST,
  ]),
].sort()
export const customers = series(10_001, 300)
export const suppliers = series(20_001, 200)
export const departments = series(1, 12)
export const projects = series(1_001, 60)

const OUT: Record<string, readonly [rate: number, account: string]> = {
  '3': [25, '2700'],
  '31': [15, '2701'],
  '33': [12, '2702'],
  '5': [0, ''],
}
const IN: Record<string, readonly [rate: number, account: string]> = {
  '1': [25, '2710'],
  '11': [15, '2711'],
  '13': [12, '2712'],
  '0': [0, ''],
}

/** The vouchers in order of date over three years that end with `lastYear`. */
export function* vouchers(count: number, lastYear: number, seed = 42): Generator<Voucher> {
  const next = mulberry32(seed)
  const whole = (below: number) => Math.floor(next() * below)
  const pick = <T>(list: readonly T[]): T => list[whole(list.length)]!
  const skewed = <T>(list: readonly T[]): T => list[Math.floor(list.length * next() ** 2)]!
  const amountOf = (middle: number) =>
    Math.max(
      100,
      Math.round(middle * Math.exp((next() + next() + next() - 1.5) * 1.6)) * 100 + (whole(4) === 0 ? whole(100) : 0),
    )
  const days = daysOf(lastYear - 2, lastYear)
  for (let i = 0; i < count; i++) {
    const lines: Line[] = []
    const where = { department: skewed(departments), ...(next() < 0.5 && { project: skewed(projects) }) }
    const withVat = (
      sign: 1 | -1,
      rates: typeof OUT,
      chosen: readonly (readonly [string, number, string])[],
    ): number => {
      const vatOf = new Map<string, number>()
      let total = 0
      for (const [account, net, code] of chosen) {
        const [rate, vatAccount] = rates[code]!
        const vat = Math.round((net * rate) / 100)
        lines.push({ account, amount: sign * net, vatCode: code, vat: sign * vat, ...where })
        if (vat > 0) vatOf.set(vatAccount, (vatOf.get(vatAccount) ?? 0) + vat)
        total += net + vat
      }
      for (const [account, vat] of vatOf) lines.push({ account, amount: sign * vat })
      return total
    }
    const parts = () => Array.from({ length: next() < 0.6 ? 1 : 2 + whole(3) })
    const kind = next()
    let type = 'general'
    let text = 'Periodisering'
    if (kind < 0.34) {
      const customer = skewed(customers)
      type = 'outgoing-invoice'
      text = `Faktura ${100_000 + i}`
      const sold = parts().map(() => {
        const q = next()
        const code = q < 0.72 ? '3' : q < 0.84 ? '31' : q < 0.92 ? '33' : '5'
        return [pick(SALES[code]), amountOf(4_000), code] as const
      })
      const total = withVat(-1, OUT, sold)
      lines.unshift({ account: '1500', amount: total, customer })
    } else if (kind < 0.52) {
      type = 'payment-in'
      text = 'Innbetaling'
      const amount = amountOf(6_000)
      lines.push({ account: '1920', amount }, { account: '1500', amount: -amount, customer: skewed(customers) })
    } else if (kind < 0.76) {
      type = 'incoming-invoice'
      text = `Inngående faktura ${whole(900_000) + 100_000}`
      const bought = parts().map(() => {
        const q = next()
        const code = q < 0.7 ? '1' : q < 0.8 ? '11' : q < 0.88 ? '13' : '0'
        const account = next() < 0.35 ? pick(GOODS) : next() < 0.95 ? pick(COSTS) : pick(ASSETS)
        return [account, amountOf(2_500), code] as const
      })
      const total = withVat(1, IN, bought)
      lines.push({ account: '2400', amount: -total, supplier: skewed(suppliers) })
    } else if (kind < 0.86) {
      type = 'payment-out'
      text = 'Utbetaling'
      const amount = amountOf(3_500)
      lines.push({ account: '2400', amount, supplier: skewed(suppliers) }, { account: '1920', amount: -amount })
    } else if (kind < 0.9) {
      type = 'bank'
      text = 'Bankgebyr'
      const amount = amountOf(80)
      lines.push({ account: '7770', amount, department: where.department }, { account: '1920', amount: -amount })
    } else if (kind < 0.95) {
      type = 'payroll'
      text = 'Lønn'
      const gross = amountOf(42_000)
      const [tax, employerTax, holidayPay] = [0.34, 0.141, 0.12].map((share) => Math.round(gross * share)) as [
        number,
        number,
        number,
      ]
      lines.push(
        { account: '5000', amount: gross, ...where },
        { account: '2600', amount: -tax },
        { account: '2930', amount: tax - gross },
        { account: '5400', amount: employerTax, department: where.department },
        { account: '2780', amount: -employerTax },
        { account: '5180', amount: holidayPay, department: where.department },
        { account: '2940', amount: -holidayPay },
      )
      if (next() < 0.4) {
        const amount = amountOf(400)
        lines.push({ account: pick(STAFF), amount, department: where.department }, { account: '2930', amount: -amount })
      }
    } else {
      const spread = Array.from({ length: 1 + whole(4) }, () => ({
        account: pick(COSTS),
        amount: amountOf(3_000),
        department: skewed(departments),
        ...(next() < 0.5 && { project: skewed(projects) }),
      }))
      const total = spread.reduce((sum, { amount }) => sum + amount, 0)
      lines.push(...spread, { account: next() < 0.5 ? '2960' : '1749', amount: -total })
    }
    yield {
      number: i + 1,
      date: days[Math.min(days.length - 1, Math.floor((i / count) * days.length))]!,
      type,
      text,
      lines,
    }
  }
}

/** The voucher as a draft for the API: gross lines with their VAT code, and no lines on VAT accounts. */
export function draftOf(v: Voucher, id: string, date = v.date) {
  return {
    id,
    type: v.type,
    voucherDate: date,
    text: v.text,
    lines: v.lines
      .filter((line) => line.vatCode !== undefined || !/^27[01][0-2]$/.test(line.account))
      .map(({ account, amount, vatCode, vat, department, project, customer, supplier }) => ({
        account: customer ? `${account}:${customer}` : supplier ? `${account}:${supplier}` : account,
        amount: amount + (vat ?? 0),
        ...(vatCode !== undefined && { vatCode }),
        ...((department || project) && {
          dimensions: { ...(department && { department }), ...(project && { project }) },
        }),
      })),
  }
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

function daysOf(first: number, last: number): string[] {
  const days: string[] = []
  for (let at = Date.UTC(first, 0, 1); at <= Date.UTC(last, 11, 31); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10))
  return days
}
