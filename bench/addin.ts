// XLS: what the add-in costs in a simulated Excel over a running instance, with 120 ms more to the server and back.
import { drawBlock } from '#addin/audit/block-report.ts'
import { recomputeChain } from '#addin/audit/recompute-chain.ts'
import { insertVoucherSheet } from '#addin/excel/voucher-sheet.ts'
import { postVouchers } from '#addin/vouchers/post-vouchers.ts'
import { columnsOf, ownCaptions } from '#addin/vouchers/voucher-desk.ts'
import { User } from '#tests/addin/host/user.ts'
import { Workbook } from '#tests/addin/host/workbook.ts'
import { apiOf, calculatingOn, openPaneOn, type Reach } from '#tests/addin/support/open-window.ts'
import { simpleDraft } from '#tests/support/draft.ts'
import { type Instance, lastYear as year } from './instance.ts'
import { type Figure, median } from './line.ts'

const DELAY = 120
const RUNS = 5
const ACCOUNTS = 834

/** Kroner and seconds as a user meets them; a figure is the median of its runs, in milliseconds. */
export async function measureAddin(instance: Instance): Promise<Figure[]> {
  const company = await instance.company()
  const requests: string[] = []
  const slow = (async (url: string, init: RequestInit = {}) => {
    requests.push(url)
    await new Promise((resolve) => setTimeout(resolve, DELAY))
    return fetch(url, init)
  }) as typeof fetch
  const { url, operatorKey } = instance.platform
  const reach: Reach = { base: url, key: operatorKey, fetch: slow, pausesMs: [300] }
  const api = apiOf({ ...reach, fetch })
  for (let i = 0; i < 10; i++) await api.post(company.id, drafts(200), crypto.randomUUID())
  const batches = () => requests.filter((path) => path.includes('reports/batch')).length
  const figures: Figure[] = []
  const add = (what: string, value: number, unit: string, goal: string | null, n = RUNS, floor: number | null = null) =>
    figures.push({ id: 'XLS', what, value, unit, floor, ratio: floor === null ? null : value / floor, goal, n })

  const cells = await repeated(async () => {
    const own = calculatingOn(reach, company.id)
    fillCells(own)
    requests.length = 0
    const began = performance.now()
    own.calculation.start()
    await own.calculation.idle()
    const ms = performance.now() - began
    const again = performance.now()
    own.calculation.start()
    await own.calculation.idle()
    return {
      ms,
      again: performance.now() - again,
      requests: batches(),
    }
  })
  add('10,008 cells recalculated', median(cells.map(({ ms }) => ms)), 'ms', 'value <= 1500')
  add('10,008 cells: requests', Math.max(...cells.map(({ requests: n }) => n)), 'count', 'value <= 1')
  add('10,008 cells again, the ledger unchanged', median(cells.map(({ again }) => again)), 'ms', null)

  const array = await repeated(async () => {
    const own = calculatingOn(reach, company.id)
    own.user.type(
      'Ark1',
      'A2',
      Array.from({ length: ACCOUNTS }, (_, i) => [accountsOf(i)]),
    )
    own.user.type('Ark1', 'B1', [Array.from({ length: 12 }, (_, m) => monthOf(m))])
    const began = performance.now()
    own.user.type('Ark1', 'B2', [['=LEDGER.TALL(A2:A835,B1:M1)']])
    await own.calculation.idle()
    return performance.now() - began
  })
  add('one array formula of 834 × 12', median(array), 'ms', 'value <= 700')

  const posting = await repeated(async () => {
    const book = await openVouchers(reach, (await instance.company()).id)
    writeVouchers(book, 1_000)
    requests.length = 0
    const began = performance.now()
    const posted = (await postVouchers(book.desk))!.posted.length
    if (posted !== 1_000) throw new Error(`${posted} posted`)
    return { ms: performance.now() - began, requests: requests.filter((path) => path.endsWith('/batch')).length }
  }, 2)
  add('1,000 vouchers of 5 lines posted from a sheet', median(posting.map(({ ms }) => ms)), 'ms', 'value <= 10000', 2)
  add('1,000 vouchers: requests', Math.max(...posting.map(({ requests: n }) => n)), 'count', 'value <= 5', 2)

  const found = await recomputeChain(api, company.id)
  add('chain, numbers and balances computed in the add-in', found.entries / (found.ms / 1_000), 'entries/s', null, 1)
  const query = { fromDate: `${year}-01-01`, toDate: `${year}-12-31` }
  const drawn = performance.now()
  await drawBlock({ api, company: company.id, locale: 'nb', kind: 'general-ledger', query })
  add('a pulled ledger drawn and hashed again', performance.now() - drawn, 'ms', null, 1)
  return figures
}

async function repeated<T>(work: () => Promise<T>, runs = RUNS): Promise<T[]> {
  const done: T[] = []
  for (let i = 0; i < runs; i++) done.push(await work())
  return done
}

const accountsOf = (i: number): string => `${1000 + i * 10}:${1009 + i * 10}`
const monthOf = (m: number): string => `${year}-${String(m + 1).padStart(2, '0')}`

const drafts = (count: number) => Array.from({ length: count }, () => simpleDraft({ voucherDate: `${year}-01-15` }))

/** A workbook with a voucher sheet and a pane on it. */
async function openVouchers(reach: Reach, company: string) {
  const workbook = new Workbook()
  const { desk, run } = await openPaneOn(reach, company, workbook)
  await run((context) =>
    insertVoucherSheet(context, { columns: columnsOf(desk), locale: 'nb', own: ownCaptions(desk), books: desk.books }),
  )
  return { workbook, desk, user: new User(workbook) }
}

function fillCells({ workbook }: ReturnType<typeof calculatingOn>): void {
  const sheet = workbook.sheets[0]!
  for (let i = 0; i < ACCOUNTS; i++)
    for (let m = 0; m < 12; m++) {
      const formula = `=LEDGER.SALDO("${accountsOf(i)}","${monthOf(m)}")`
      workbook.setCell(sheet, i, m, { value: '', formula, format: 'General', spillOf: undefined, fill: undefined })
    }
}

function writeVouchers(book: Awaited<ReturnType<typeof openVouchers>>, count: number): void {
  const captions = Object.keys(book.user.rows('tblBilag')[0]!)
  const rows = Array.from({ length: count }, (_, i) => [
    {
      Bilagsart: 'HB',
      Bilagsdato: `01.03.${year}`,
      Konto: 1920,
      Beløp: 40 + i,
      Tekst: `Nr. ${i}`,
      'Bilag-ref': String(i),
    },
    { Konto: 2900, Beløp: -10 - i, 'Bilag-ref': String(i) },
    ...[1, 2, 3].map(() => ({ Konto: 2900, Beløp: -10, 'Bilag-ref': String(i) })),
  ]).flat() as Record<string, string | number>[]
  const { sheet } = book.workbook.table('tblBilag')!
  book.user.type(
    sheet.name,
    'A2',
    rows.map((row) => captions.map((caption) => row[caption] ?? '')),
  )
}
