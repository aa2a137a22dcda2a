import {
  addDays,
  addMonths,
  firstDay,
  type IsoDate,
  type Month,
  monthOf,
  monthsBetween,
  yearOf,
} from '#worker/core/dates.ts'
import { type Ore, ore } from '#worker/core/money.ts'
import type { MovementRow } from '#worker/opening-balance/movement-row.ts'
import { type OpeningRow, openingRow } from '#worker/opening-balance/opening-row.ts'
import { kroner } from './draft.ts'

/** A builder whose books come over with an earlier year: what is done, and what is left. */
export function demoTakeover(today: IsoDate) {
  const cutOver = firstDay(monthOf(today))
  const opens = `${yearOf(today) - 1}-01-01` as IsoDate
  const months = monthsBetween(monthOf(opens), addMonths(monthOf(cutOver), -1))
  // The newest month is not in the old system's list yet.
  const listed = months.slice(0, -1)
  const opening: OpeningRow[] = [
    row('1250', 1_840_000),
    row('1500', 962_400),
    row('1920', 1_215_380),
    row('2000', -100_000),
    row('2050', -2_387_155),
    row('2400', -611_225),
    row('2600', -148_600),
    row('2740', -402_300),
    row('2770', -368_500),
  ]
  const movements: MovementRow[] = ACCOUNTS.map(({ account, of }) => ({
    rowKey: account,
    account,
    amounts: Object.fromEntries(listed.map((month, i): [Month, Ore] => [month, ore(of(saleOf(i)))])),
    dimensions: {},
  }))
  const receivable = movements.find((m) => m.account === '1500')!
  const owed = Object.values(receivable.amounts).reduce((sum: number, amount) => sum + amount, kroner(962_400))
  const items: OpeningRow[] = [
    item('1500', '10001', 'Brekke Betong AS', '4471', kroner(486_250), cutOver, -18),
    item('1500', '10002', 'Sameiet Fjordgløtt', '4475', kroner(218_900), cutOver, -6),
    item('1500', '10003', 'Haugen Eiendom AS', '4402', ore(owed - kroner(705_150)), cutOver, -61),
    item('2400', '20001', 'Byggmakker Ålesund', '88121', kroner(-214_335.5), cutOver, -4),
    item('2400', '20002', 'Ramirent AS', 'F-20917', kroner(-63_780), cutOver, 9),
  ]
  return {
    plan: {
      variant: 'movements' as const,
      openingDate: opens,
      cutOverDate: cutOver,
      interimCustomers: '1499',
      interimSuppliers: '2399',
      inTotal: false,
      explanation: null,
    },
    opening: { rows: opening, resultAccount: null },
    movements: { rows: movements, keptMonths: [] },
    items: { day: addDays(cutOver, -1), content: { rows: items, resultAccount: null } },
  }
}

/** A café that begins this year with last year's closing balance: filled in, and not in balance yet. */
export function demoOpening(today: IsoDate) {
  const day = `${yearOf(today)}-01-01` as IsoDate
  const months = Array.from({ length: 12 }, (_, i): Month => addMonths(monthOf(day), i - 12))
  const compared: MovementRow[] = [
    ['3010', -286_400],
    ['4300', 104_900],
    ['5000', 92_700],
    ['6300', 31_500],
    ['6340', 6_240],
  ].map(([account, amount]) => ({
    rowKey: String(account),
    account: String(account),
    amounts: Object.fromEntries(
      months.map((month, i): [Month, Ore] => [
        month,
        kroner(Number(amount) + ((i * 7) % 5) * (Number(amount) > 0 ? 900 : -2_100)),
      ]),
    ),
    dimensions: {},
  }))
  const rows = [
    row('1280', 214_000),
    row('1500', 18_450),
    row('1920', 392_118.5),
    row('2050', -371_002),
    row('2400', -84_226.5),
    row('2740', -96_340),
    row('2770', -41_900),
    item('1500', '10001', 'Kystmuseet', '1207', kroner(18_450), day, 12),
    item('2400', '20001', 'Asko Vest AS', '771204', kroner(-61_830.5), day, 8),
  ]
  return { day, content: { rows, resultAccount: null }, compared }
}

const row = (account: string, amount: number): OpeningRow => openingRow(account, { account, amount: kroner(amount) })

const item = (
  account: string,
  party: string,
  name: string,
  invoiceNumber: string,
  amount: Ore,
  day: IsoDate,
  dueIn: number,
): OpeningRow => {
  const dueDate = addDays(day, dueIn)
  const about = { invoiceNumber, invoiceDate: addDays(dueDate, -30), dueDate }
  return openingRow(`${party} ${invoiceNumber}`, { account, party, name, amount, ...about })
}

/** Sales of a month in øre: busier in summer, and growing. */
const saleOf = (i: number): number => kroner(612_000 + ((i * 83_417) % 140_000) + i * 4_200)

/** What a month moves, from its sales: two thirds paid, a fifth of purchases paid later, wages and depreciation. */
const ACCOUNTS: { account: string; of: (sale: number) => number }[] = [
  { account: '1250', of: () => kroner(-22_000) },
  { account: '1500', of: (n) => n - Math.trunc(n / 3) * 2 - Math.trunc(n / 4) },
  {
    account: '1920',
    of: (n) => Math.trunc(n / 3) * 2 + Math.trunc(n / 4) - Math.trunc(n / 5) * 2 - kroner(168_000) - Math.trunc(n / 40),
  },
  { account: '2400', of: (n) => -Math.trunc(n / 60) },
  { account: '3000', of: (n) => -n },
  { account: '4300', of: (n) => Math.trunc(n / 5) * 2 + Math.trunc(n / 60) },
  { account: '5000', of: () => kroner(168_000) },
  { account: '6010', of: () => kroner(22_000) },
  { account: '6300', of: (n) => Math.trunc(n / 40) },
]
