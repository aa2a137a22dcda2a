import { describe, expect, test } from 'vitest'
import { plain } from '#tests/saft/saft-desk.ts'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { saft } from '#tests/support/saft.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'
import { controlDatabase } from '#worker/database/connect.ts'
import { readTakeoverProofTable } from '#worker/exports/read-tables.ts'
import {
  accounts,
  codes,
  cutOver,
  done,
  ITEMS,
  itemsDay,
  MONTHS,
  movement,
  OPENING,
  open,
  opens,
  owed,
  owing,
  PLAN,
  plan,
  put,
  sheet,
  sizes,
  taken,
  trialBalance,
  vouchers,
  year,
} from './takeover-desk.ts'

const app = testApp()
const { company } = app

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
