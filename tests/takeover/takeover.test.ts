import { describe, expect, test } from 'vitest'
import { plain } from '#tests/saft/saft-desk.ts'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { saft } from '#tests/support/saft.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'
import { controlDatabase } from '#worker/database/connect.ts'
import { readTakeoverProofTable } from '#worker/exports/read-tables.ts'

const app = testApp()
const { company } = app
type Company = Awaited<ReturnType<typeof company>>
type Row = Record<string, any>

const year = new Date().getFullYear()
const [opens, cutOver, itemsDay] = [`${year - 1}-01-01`, `${year}-03-01`, `${year}-02-${isLeap(year) ? 29 : 28}`]
function isLeap(y: number): boolean {
  return (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0
}
const MONTHS = [
  ...Array.from({ length: 12 }, (_, i) => `${year - 1}-${String(i + 1).padStart(2, '0')}`),
  `${year}-01`,
  `${year}-02`,
]
const PLAN = { variant: 'movements', openingDate: opens, cutOverDate: cutOver }

/** The closing balances of the year before, as the old system has them. */
const OPENING: Row[] = [
  { rowKey: 'o1', account: '1250', amount: 4_000_000 },
  { rowKey: 'o2', account: '1500', amount: 3_000_000 },
  { rowKey: 'o3', account: '1920', amount: 9_000_000 },
  { rowKey: 'o4', account: '2400', amount: -2_000_000 },
  { rowKey: 'o5', account: '2740', amount: -1_000_000 },
  { rowKey: 'o6', account: '2050', amount: -13_000_000 },
]
/** A month: sales of n on credit, purchases, both paid in part, depreciation. */
const movement = (n: number): Record<string, number> => ({
  '1500': n - Math.trunc(n / 2),
  '1920': Math.trunc(n / 2) - Math.trunc(n / 5),
  '2400': -(Math.trunc(n / 3) - Math.trunc(n / 5)),
  '3000': -n,
  '4300': Math.trunc(n / 3),
  '6010': 10_000,
  '1250': -10_000,
})
const sizes = MONTHS.map((_, i) => 1_000_001 + ((i * 337_777) % 500_000))
const accounts = Object.keys(movement(1))
const sheet = (of = sizes.map(movement)): Row[] =>
  accounts.map((account) => ({
    rowKey: account,
    account,
    amounts: Object.fromEntries(MONTHS.map((month, i) => [month, of[i]![account]!])),
  }))
const closing = (account: string): number =>
  (OPENING.find((row) => row.account === account)?.amount ?? 0) +
  sizes.reduce((sum, n) => sum + (movement(n)[account] ?? 0), 0)
const [owed, owing] = [closing('1500'), closing('2400')]
const ITEMS: Row[] = [
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

const put = (c: Company, path: string, body: Row, version = '*') =>
  c.call(path, { method: 'PUT', body, headers: { 'if-match': version } })
const plan = (c: Company, more: Row = {}) => put(c, '/takeover', { ...PLAN, ...more })
const codes = (answer: { json: any }) => answer.json.issues?.map((i: any) => `${i.code} ${i.pointer}`)
const done = (answer: { json: any }): string[] =>
  answer.json.checklist.filter((p: any) => p.done).map((p: any) => p.key)
const open = (answer: { json: any }): string[] =>
  answer.json.checklist.filter((p: any) => !p.done).map((p: any) => p.key)
const vouchers = async (c: Company) => (await c.call('/vouchers?limit=100')).json.vouchers.length
async function trialBalance(c: Company, month: string) {
  const day =
    month === itemsDay.slice(0, 7)
      ? itemsDay
      : `${month}-${new Date(Date.UTC(+month.slice(0, 4), +month.slice(5), 0)).getUTCDate()}`
  const { rows } = (await c.call(`/reports/trial-balance?fromDate=${month}-01&toDate=${day}`)).json
  return new Map<string, any>(rows.map((row: any) => [row.account, row]))
}
async function taken(c: Company) {
  await plan(c)
  await put(c, `/opening-balances/${opens}`, { rows: OPENING })
  await c.call(`/opening-balances/${opens}/booking`, { body: {} })
  await put(c, '/takeover/movements', { rows: sheet() })
  await c.call('/takeover/movements/booking', { body: {} })
  await put(c, `/opening-balances/${itemsDay}`, { rows: ITEMS })
  await c.call(`/opening-balances/${itemsDay}/booking`, { body: {} })
}

describe('a take-over with movements', () => {
  test('from the plan to the proof, step by step; every step ticks itself', async () => {
    const c = await company()
    expect((await c.call('/takeover')).json.code).toBe('takeover/none')
    const planned = await plan(c)
    expect(planned.json).toMatchObject({ ...PLAN, itemsDate: itemsDay, interimCustomers: '1499', finishedAt: null })
    expect(planned.json.months).toHaveLength(14)
    expect((await c.call('/fiscal-years')).json.fiscalYears.map((y: any) => y.year)).toContain(year - 1)

    const kept = await put(c, `/opening-balances/${opens}`, { rows: OPENING })
    expect(kept.json.part).toEqual({ role: 'history', interim: { customer: '1499', supplier: '2399' } })
    expect(codes(kept)).toEqual(['takeover/on-interim #/rows/1/account', 'takeover/on-interim #/rows/3/account'])
    expect((await c.call(`/opening-balances/${opens}/booking`, { body: {} })).json.state).toBe('booked')
    expect((await c.call('')).json.cutOverDate).toBe(cutOver)

    const judged = await put(c, '/takeover/movements', { rows: sheet() })
    expect(codes(judged)).toEqual(['takeover/result-not-moved #/rows'])
    const booked = await c.call('/takeover/movements/booking', { body: {} })
    expect([booked.json.posted.length, booked.json.months.every((m: any) => m.state === 'booked')]).toEqual([14, true])
    const again = await c.call('/takeover/movements/booking', { body: {} })
    expect([again.json.posted, await vouchers(c)]).toEqual([[], 15])

    const midway = await c.call('/takeover')
    expect(midway.json.gauges.map((g: any) => [g.account, g.amount, g.target])).toEqual([
      ['1499', owed, 0],
      ['2399', owing, 0],
      ['1500', 0, owed],
      ['2400', 0, owing],
    ])
    expect((await trialBalance(c, `${year}-01`)).get('1499').closing).toBe(owed - movement(sizes[13]!)['1500']!)

    // One invoice left out: it can be booked, and the gauge shows its amount.
    const most = await put(c, `/opening-balances/${itemsDay}`, { rows: ITEMS.filter((row) => row.rowKey !== 'i2') })
    expect(most.json.part.targets).toEqual({ '1500': owed, '2400': owing })
    expect(codes(most)[0]).toBe('opening-balance/control-differs #/rows')
    await c.call(`/opening-balances/${itemsDay}/booking`, { body: {} })
    const short = await c.call('/takeover')
    expect(short.json.gauges[0]).toMatchObject({ account: '1499', amount: -50_000 })
    const { lines } = short.json.gauges[0]
    // Two entries that undo each other, and nobody reversed, are not among what makes the rest.
    for (const amount of [777, -777]) {
      const both = [
        { account: '1499', amount },
        { account: '1920', amount: -amount },
      ]
      const { status, text } = await c.call('/vouchers', { body: simpleDraft({ voucherDate: cutOver, lines: both }) })
      expect(status, text).toBe(201)
    }
    expect((await c.call('/takeover')).json.gauges[0].lines).toEqual(lines)
    expect(lines.reduce((sum: number, l: any) => sum + l.amount, 0)).toBe(-50_000) // they make the rest, to the øre
    const early = await c.call('/takeover/finish', { body: {} })
    expect([early.status, early.json.code, early.json.open]).toEqual([
      422,
      'takeover/incomplete',
      ['interim-accounts-zero', 'control-accounts-agree'],
    ])

    await put(c, `/opening-balances/${itemsDay}`, { rows: ITEMS })
    await c.call(`/opening-balances/${itemsDay}/booking`, { body: { replace: true } })
    const ready = await c.call('/takeover')
    expect([open(ready), ready.json.agrees]).toEqual([[], true])
    expect(ready.json.ageing[0].listed).toEqual(ready.json.ageing[0].ledger)
    expect(ready.json.ageing[0].ledger).toMatchObject({ pastDue: [owed + 50_000, 0, 0, 0], total: owed })

    const finished = await c.call('/takeover/finish', { body: {} })
    expect(finished.json.finishedAt).not.toBeNull()
    const before = await c.call('/vouchers', {
      body: {
        id: `vch_${'8'.repeat(26)}`,
        type: 'bank',
        voucherDate: itemsDay,
        lines: [
          { account: '1920', amount: 1 },
          { account: '6300', amount: -1 },
        ],
      },
    })
    expect(before.json.issues.map((i: any) => i.code)).toContain('voucher/before-cut-over')
  })

  test('the trial balance of every month, each party and last year’s figures are the old system’s', async () => {
    const c = await company()
    await taken(c)
    const standing = new Map<string, number>(OPENING.map((row) => [row.account, row.amount]))
    for (const [i, month] of MONTHS.entries()) {
      const moved = movement(sizes[i]!)
      if (month === `${year}-01`) for (const account of accounts) if (account >= '3') standing.delete(account)
      for (const [account, amount] of Object.entries(moved))
        standing.set(account, (standing.get(account) ?? 0) + amount)
      const rows = await trialBalance(c, month)
      const at = (account: string) => rows.get(account)?.closing ?? 0
      const last = i === MONTHS.length - 1
      for (const [account, amount] of standing)
        if (!['1500', '2400'].includes(account)) expect([month, account, at(account)]).toEqual([month, account, amount])
      expect([at('1500') + at('1499'), at('2400') + at('2399')]).toEqual([standing.get('1500'), standing.get('2400')])
      expect([at('1499'), at('2399')].every((amount) => (amount === 0) === last)).toBe(true)
    }
    const items = (await c.call('/open-items')).json.items
    expect(items.map((i: any) => [i.party, i.invoiceNumber, i.paymentReference, i.rest])).toEqual([
      ['10001', '3307', '33076', owed + 50_000],
      ['10002', '3310', null, -50_000],
      ['20001', 'A-1', null, owing],
    ])
    const report = await c.call(`/reports/income-statement?fromDate=${year}-01-01&toDate=${itemsDay}`)
    expect(report.json.lines.find((line: any) => line.key === 'sales').amounts.slice(0, 2)).toEqual([
      sizes[12]! + sizes[13]!,
      sizes[0]! + sizes[1]!,
    ])
    const proof = (await c.call('/takeover/proof')).json
    expect([proof.agrees, proof.months.length, proof.parties.map((p: any) => p.parties)]).toEqual([true, 14, [2, 1]])

    // The old system's own trial balance, which nothing was booked from, is what finds what the sheets themselves lack.
    expect([(await c.call('/takeover')).json.controlList, proof.controlList]).toEqual([null, null])
    const kroner = (n: number) =>
      `${n < 0 ? '-' : ''}${Math.trunc(Math.abs(n) / 100)},${String(Math.abs(n) % 100).padStart(2, '0')}`
    const listed = (rows: Iterable<readonly [string, number]>) =>
      [
        'Konto;Navn;Saldo',
        ...[...rows].map(([account, n]) => `${account};Konto ${account};${kroner(n)}`),
        'Sum;;0,00',
      ].join('\n')
    const bring = (raw: string) =>
      c.call('/takeover/control-list', { method: 'PUT', raw, headers: { 'x-file-name': 'saldo.csv' } })
    expect((await bring('Konto;Saldo\n1920;1.250\n')).json.code).toBe('takeover/control-list-unclear')
    expect((await bring('Konto;Saldo\n1920;12x\n')).json.issues[0].code).toBe('sheet/cell')
    const wrong = new Map(standing).set('1920', standing.get('1920')! - 1)
    wrong.delete('1250')
    // What was written before the list came explains nothing of it; and what was read before it came is not finished.
    const explain = (text: string | null) => c.db.execute({ sql: 'update takeover set explanation = ?', args: [text] })
    await explain('Øre i importen')
    const { version } = (await c.call('/takeover')).json
    const off = await bring(listed(wrong))
    expect((await c.call('/takeover')).json.version).toBe(version + 1)
    expect(off.json, off.text).toMatchObject({
      fileName: 'saldo.csv',
      accounts: standing.size,
      differences: [
        { account: '1250', old: 0, ledger: standing.get('1250') },
        { account: '1920', old: standing.get('1920')! - 1, ledger: standing.get('1920') },
      ],
    })
    expect((await c.call('/takeover/finish', { body: {} })).json.open).toEqual(['closing-agrees'])
    await explain('Konto 1250 var slått sammen')
    expect(open(await c.call('/takeover'))).toEqual([])
    await explain(null)
    const told = (await c.call('/exports/takeover-proof?format=csv')).text
    expect(told).toContain('Kontrolliste: konto 1920')
    const asking = {
      locale: 'nb',
      company: { name: 'Prøve' },
      today: cutOver,
      address: '',
      by: '',
      at: cutOver,
    } as never
    const { head } = await readTakeoverProofTable(c.db, controlDatabase(app.env), asking, c.id)
    expect(Object.fromEntries(head as [string, string][])).toMatchObject({
      Kontrolliste: `saldo.csv, ${off.json.sha256}`,
      'Mot kontrollisten': `2 av ${standing.size} konti stemmer ikke`,
    })
    const browser = await memberOf(app, c.id, 'administrator')
    const page = `/companies/${c.id}/takeover`
    expect(textOf((await browser.get(page)).html)).toContain('2 konti stemmer ikke.')
    expect((await browser.post(`${page}/control-list`, { text: '' })).status).toBe(422)
    expect((await browser.post(`${page}/control-list/removal`, {})).status).toBe(303)
    expect(open(await c.call('/takeover'))).toEqual([])
    expect((await browser.post(`${page}/control-list`, { text: listed(standing) })).status).toBe(303)
    expect(textOf((await browser.get(page)).html)).toContain(`Alle ${standing.size} konti stemmer.`)
    expect((await c.call('/takeover/finish', { body: {} })).status).toBe(200)
    expect((await bring(listed(wrong))).json.code).toBe('takeover/finished')
    expect((await c.call('/takeover/control-list', { method: 'DELETE' })).json.code).toBe('takeover/finished')
  })

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

  test('an earlier voucher stands in the way by name, until it is reversed', async () => {
    const c = await company()
    const voucher = simpleDraft({ voucherDate: `${year}-01-15` })
    await c.call('/vouchers', { body: voucher })
    await taken(c)
    const met = (await c.call('/takeover')).json
    expect(open({ json: met })).toContain('no-earlier-vouchers')
    expect(met.earlier).toMatchObject([{ id: voucher.id, number: 1 }])
    const reversal = { id: simpleDraft().id, voucherDate: `${year}-01-20`, reason: 'Ført her for tidlig' }
    await c.call(`/vouchers/${voucher.id}/reversal`, { body: reversal })
    // A reversal that is itself reversed gives the voucher's figures back, until that is reversed too.
    const back = { ...reversal, id: simpleDraft().id, voucherDate: `${year}-01-21` }
    await c.call(`/vouchers/${reversal.id}/reversal`, { body: back })
    expect((await c.call('/takeover')).json.earlier).toMatchObject([{ id: voucher.id, number: 1 }])
    await c.call(`/vouchers/${back.id}/reversal`, {
      body: { ...reversal, id: simpleDraft().id, voucherDate: `${year}-01-22` },
    })
    await c.call(`/opening-balances/${itemsDay}/reversal`, { body: {} })
    await c.call(`/opening-balances/${itemsDay}/booking`, { body: {} })
    expect(open(await c.call('/takeover'))).toEqual([])
  })

  test('is undone while nothing builds on it, and done again', async () => {
    const c = await company()
    expect((await put(c, '/takeover/movements', { rows: [] })).json.code).toBe('takeover/none')
    await taken(c)
    expect((await plan(c, { cutOverDate: `${year}-04-01` })).json.code).toBe('takeover/booked')
    expect((await plan(c, { explanation: 'Avklart med forrige byrå' })).status).toBe(200)
    expect((await c.call('/takeover', { method: 'DELETE' })).json.code).toBe('takeover/booked')
    await c.call('/takeover/finish', { body: {} })
    for (const [path, method] of [
      [`/opening-balances/${itemsDay}/reversal`, 'POST'],
      ['/takeover/movements/booking', 'POST'],
      ['/takeover/movements/reversal', 'POST'],
      ['/takeover', 'DELETE'],
    ] as const)
      expect((await c.call(path, { method, body: {} })).json.code).toBe('takeover/finished')
    // Nor by the ordinary door: nothing comes to what was proved, and none of it goes.
    const late = { ...simpleDraft({ voucherDate: `${MONTHS[0]}-31` }), type: 'movement' }
    expect(codes(await c.call('/vouchers', { body: late }))).toEqual(['takeover/finished #/type'])
    const [booked] = (await c.call('/vouchers?limit=1')).json.vouchers
    const reversal = { id: simpleDraft().id, voucherDate: booked.voucherDate, reason: 'Feil' }
    expect((await c.call(`/vouchers/${booked.id}/reversal`, { body: reversal })).json.code).toBe('takeover/finished')
    expect((await c.call('/takeover/reopening', { body: { reason: 'Feil i februar' } })).json.finishedAt).toBeNull()
    expect((await c.call(`/vouchers?limit=1`)).json.vouchers[0].id).toBe(booked.id)
    expect((await c.call('/takeover/reopening', { body: { reason: 'igjen' } })).json.code).toBe('takeover/not-finished')

    await c.call(`/opening-balances/${itemsDay}/reversal`, { body: {} })
    const undone = await c.call('/takeover/movements/reversal', { body: { reason: 'Feil fil' } })
    expect(undone.json.months.every((m: any) => m.state === 'reversed')).toBe(true)
    expect((await c.call('/takeover/movements/reversal', { body: {} })).json.code).toBe('takeover/not-booked')
    await c.call(`/opening-balances/${opens}/reversal`, { body: {} })
    const empty = await trialBalance(c, MONTHS[13]!)
    expect([...empty.values()].every((row) => row.closing === 0)).toBe(true)

    await taken(c)
    expect(open(await c.call('/takeover'))).toEqual([])
  })

  test('refuses a plan that cannot be', async () => {
    const c = await company()
    expect(codes(await plan(c, { variant: 'opening' }))).toEqual(['takeover/one-day #/cutOverDate'])
    expect(codes(await plan(c, { openingDate: `${year}-02-02`, cutOverDate: `${year}-02-01` }))).toEqual([
      'takeover/first-of-month #/openingDate',
      'takeover/days-reversed #/cutOverDate',
    ])
    expect(codes(await plan(c, { openingDate: '2001-01-01' }))).toEqual(['takeover/too-long #/openingDate'])
    expect(codes(await plan(c, { interimCustomers: '1500', interimSuppliers: '9999' }))).toEqual([
      'takeover/not-an-interim-account #/interimCustomers',
      'account/unknown #/interimSuppliers',
    ])
    const stale = await put(c, '/takeover', PLAN, '"4"')
    expect([stale.status, stale.json.code]).toEqual([409, 'version/stale'])
    await plan(c)
    expect((await c.call('/takeover', { method: 'DELETE' })).status).toBe(204)
    expect((await c.call('/takeover', { method: 'DELETE' })).json.code).toBe('takeover/none')
  })

  test('in the middle of a month and of a VAT term: told which part each system reports', async () => {
    const c = await company()
    const answer = await plan(c, { cutOverDate: `${year}-02-16`, inTotal: true })
    expect(answer.json.splitTerm).toMatchObject({
      key: `${year}-T1`,
      lastDateBefore: `${year}-02-15`,
      firstDateHere: `${year}-02-16`,
    })
    expect(answer.json.months.map((m: any) => [m.month, m.voucherDate])).toEqual([
      [`${year - 1}-12`, `${year - 1}-12-31`],
      [`${year}-02`, `${year}-02-15`],
    ])
  })
})

test('balances alone are a take-over too: one opening balance, planned by being booked', async () => {
  const c = await company()
  const day = `${year}-01-01`
  await put(c, `/opening-balances/${day}`, {
    rows: [
      { rowKey: 'a', account: '1920', amount: 700 },
      { rowKey: 'b', account: '1500', amount: 300 },
      { rowKey: 'c', account: '1500', party: '10001', name: 'Berg AS', invoiceNumber: '1', amount: 300 },
      { rowKey: 'd', account: '2050', amount: -1_000 },
    ],
  })
  await c.call(`/opening-balances/${day}/booking`, { body: {} })
  const found = await c.call('/takeover')
  expect(found.json).toMatchObject({ variant: 'opening', cutOverDate: day, months: [], agrees: true })
  expect(found.json.gauges.map((g: any) => [g.account, g.amount, g.target])).toEqual([['1500', 300, 300]])
  expect([open(found), done(found)]).toEqual([
    [],
    [
      'opening-balanced',
      'opening-booked',
      'control-accounts-agree',
      'observation-account-zero',
      'no-earlier-vouchers',
      'differences-explained',
      'cut-over-date-set',
      'accounts-agree',
      'parties-agree',
    ],
  ])
  expect((await c.call('/takeover/finish', { body: {} })).json.finishedAt).not.toBeNull()
  // The file with what the balances hold already would make it stand twice; as an old general ledger it may stay.
  const twice = await c.call('/imports/saft', { raw: saft(plain) })
  expect([twice.status, twice.json.code]).toEqual([422, 'saft/before-cut-over'])
  expect((await c.call('/old-ledgers/saft', { raw: saft(plain) })).status).toBe(201)
})
