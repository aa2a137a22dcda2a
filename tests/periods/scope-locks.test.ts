import { describe, expect, test } from 'vitest'
import { simpleDraft, testApp, voucherId } from '#tests/support/app.ts'
import { scopeLevelIn, scopeOf } from '#worker/ledger/lock.ts'

const { company } = testApp()
const year = new Date().getFullYear()
type Company = Awaited<ReturnType<typeof company>>
const lock = (c: Company, scope: string, level = 'hard', more: object = {}, sent: object = {}) =>
  c.call('/locks', {
    body: { fromMonth: `${year}-01`, toMonth: `${year}-02`, level, scope, reason: 'Levert', ...more },
    ...sent,
  })
const post = (c: Company, lines: object[], over: object = {}, sent: object = {}) =>
  c.call('/vouchers', { body: simpleDraft({ ...(lines.length > 0 && { lines }), ...over }), ...sent })
const withVat = [
  { rowKey: 'a', account: '6540', amount: 12_500, vatCode: '1' },
  { rowKey: 'b', account: '1920', amount: -12_500 },
]
const codes = (answer: any) => answer.json.issues.map((i: any) => `${i.code}#${i.params.reason}`)

describe('a lock of part of the books', () => {
  test('of vouchers with VAT lets others through, and tells what it covers', async () => {
    const c = await company()
    const locked = await lock(c, 'vat')
    expect([locked.status, locked.json.scope]).toEqual([201, 'vat'])
    const refused = await post(c, withVat)
    expect([refused.status, refused.json.code, codes(refused)]).toEqual([
      423,
      'period/locked',
      ['period/locked#scope-vat'],
    ])
    expect(refused.json.issues[0].message).toContain('Bilag med mva er låst i januar')
    expect((await post(c, [])).status).toBe(201)
    expect((await post(c, withVat, { voucherDate: `${year}-03-01` })).status).toBe(201)
    // Months as a whole are as open as before.
    const { json } = await c.call('/periods')
    expect(json.periods.find((p: any) => p.month === `${year}-01`).level).toBe('open')
  })

  test('of a group of accounts takes longer numbers of its last with it; of a voucher type all its accounts', async () => {
    const c = await company()
    await c.call('/accounts', { body: { number: '29001', nameNb: 'Depositum' } })
    await lock(c, 'accounts:2900:2900')
    await lock(c, 'type:year-end')
    const other = (account: string) => [
      { rowKey: 'a', account: '1920', amount: 100 },
      { rowKey: 'b', account, amount: -100 },
    ]
    expect(codes(await post(c, other('29001')))).toEqual(['period/locked#scope-accounts'])
    expect((await post(c, other('2910'))).status).toBe(201)
    expect(codes(await post(c, other('2910'), { type: 'AO' }))).toEqual(['period/locked#scope-type'])
  })

  test('holds for every way in: batch, dry run, reversal, and the database itself', async () => {
    const c = await company()
    const posted = await post(c, withVat)
    await lock(c, 'vat')
    const draft = simpleDraft({ lines: withVat })
    const batch = await c.call('/vouchers/batch', { body: { vouchers: [draft] } })
    const tried = await c.call('/vouchers/dry-run', { body: { vouchers: [draft] } })
    const reversal = await c.call(`/vouchers/${posted.json.id}/reversal`, {
      body: { id: voucherId(), voucherDate: `${year}-01-20`, reason: 'Feil' },
    })
    expect([batch.status, reversal.status]).toEqual([423, 423])
    expect(tried.json.vouchers[0].issues[0].code).toBe('period/locked')
    await expect(
      c.db.batch(
        [
          'insert into entry select ledger_version + 1, line, row_key, origin, voucher_date, account, party_kind, party, amount, vat_code, vat_rate, vat_side, vat_specification, vat_amount_reason, vat_overridden, dimensions, text, currency, currency_amount, rate, rate_unit, rate_source, quantity, invoice_number, due_date, payment_reference from entry',
          `insert into voucher select ledger_version + 1, '${voucherId()}', type, series, fiscal_year, number + 1,
            voucher_date, document_date, vat_date, text, recorded_at, by, entry_count, null, null, null, null,
            (select facts_version from company), content, content_hash, hash, upper(hash) from voucher`,
        ],
        'write',
      ),
    ).rejects.toThrow('period/locked')
    await expect(c.db.execute("update scope_lock set level = 'open'")).rejects.toThrow('period/lock-is-final')
  })

  test('soft takes a reason; hard is opened by an administrator, with the vouchers that came', async () => {
    const c = await company()
    const accountant = { key: await c.key('accountant') }
    await lock(c, 'vat', 'soft')
    expect(codes(await post(c, withVat, {}, accountant))).toEqual(['period/locked#reason-needed'])
    const late = await post(c, withVat, { reason: 'Etterslep' }, accountant)
    expect(late.status).toBe(201)
    const hard = await lock(c, 'vat', 'hard', {}, accountant)
    expect(hard.json.differences.map((v: any) => v.id)).toEqual([late.json.id])
    expect((await lock(c, 'vat', 'open', {}, accountant)).status).toBe(403)
    expect((await lock(c, 'vat', 'open')).status).toBe(201)
    const { json } = await c.call(`/locks/${hard.json.id}`)
    expect(json.differenceByAccount).toEqual([
      { account: '1920', debit: 0, credit: 12_500, amount: -12_500, entries: 1 },
      { account: '2710', debit: 2_500, credit: 0, amount: 2_500, entries: 1 },
      { account: '6540', debit: 10_000, credit: 0, amount: 10_000, entries: 1 },
    ])
  })

  test('seals what it covers: others may come, and it still agrees', async () => {
    const c = await company()
    await post(c, withVat)
    await lock(c, 'vat')
    await post(c, [])
    const agrees = async () => (await c.call('/locks')).json.locks.map((l: any) => [l.scope, l.level, l.agrees])
    expect(await agrees()).toEqual([['vat', 'hard', true]])
    await lock(c, 'vat', 'open')
    await post(c, withVat)
    expect(await agrees()).toEqual([
      ['vat', 'open', false],
      ['vat', 'hard', false],
    ])
    expect((await c.call('/verify')).json.ok).toBe(true)
  })

  test('must name a part that exists', async () => {
    const c = await company()
    for (const scope of ['moms', 'type:nothing', 'accounts:4000:3999', 'accounts:3000'])
      expect((await lock(c, scope)).json.issues.map((i: any) => i.pointer)).toEqual(['#/scope'])
    expect(scopeOf('accounts:3000:3999')).toEqual({ kind: 'accounts', from: '3000', to: '3999' })
    const both = [
      { scope: 'vat', fromMonth: '2026-02', toMonth: '2026-02', level: 'open' as const },
      { scope: 'vat', fromMonth: '2026-01', toMonth: '2026-03', level: 'hard' as const },
    ]
    expect(['2026-01', '2026-02', '2026-04'].map((m) => scopeLevelIn(m, 'vat', both))).toEqual(['hard', 'open', 'open'])
  })
})

describe('a report over a locked period', () => {
  test('says whether it still shows what was sealed', async () => {
    const c = await company()
    const period = { fromMonth: `${year}-01`, toMonth: `${year}-01`, reason: 'Oppgjør' }
    await post(c, [])
    const hard = await c.call('/locks', { body: { ...period, level: 'hard' } })
    const seals = async (query = '') => {
      const answers = await Promise.all(
        ['trial-balance?', 'general-ledger?account=1920&'].map((report) =>
          c.call(`/reports/${report}fromDate=${year}-01-01&toDate=${year}-02-28${query}`),
        ),
      )
      expect(answers[1]!.json.seals).toEqual(answers[0]!.json.seals)
      return answers[0]!.json.seals.map((s: any) => [s.lock === hard.json.id, s.level, s.agrees])
    }
    expect(await seals()).toEqual([[true, 'hard', true]])
    await post(c, [], { voucherDate: `${year}-02-01` })
    expect(await seals()).toEqual([[true, 'hard', true]])
    await c.call('/locks', { body: { ...period, level: 'open' } })
    expect(await seals()).toEqual([[true, 'open', true]])
    await post(c, [])
    expect(await seals()).toEqual([[true, 'open', false]])
    // As it was known then it agrees, and a month that was never locked has no seal.
    expect(await seals('&atVersion=2')).toEqual([[true, 'open', true]])
    const other = await c.call(`/reports/trial-balance?fromDate=${year}-03-01&toDate=${year}-03-31`)
    expect(other.json.seals).toEqual([])
  })
})

describe('a document of a VAT term that is filed', () => {
  const term = (c: Company, key: string) => c.call(`/reports/vat-specification?term=${key}`)
  const lines = async (c: Company, key: string) =>
    (await term(c, key)).json.groups.flatMap((g: any) => g.lines.map((l: any) => [l.vatCode, l.vat, l.moved]))

  test('gives its VAT to the first open month, says so, and leaves the filed term as it was', async () => {
    const c = await company()
    expect((await post(c, withVat, { voucherDate: `${year}-02-10` })).status).toBe(201)
    const filed = (await term(c, `${year}-T1`)).json
    await lock(c, 'vat')
    await lock(c, 'vat', 'hard', { fromMonth: `${year}-03`, toMonth: `${year}-03` })
    const late = { voucherDate: `${year}-05-05`, documentDate: `${year}-02-20` }
    const tried = await c.call('/vouchers/dry-run', { body: { vouchers: [simpleDraft({ lines: withVat, ...late })] } })
    expect(tried.json.vouchers[0].issues.map((i: any) => [i.code, i.severity, i.pointer, i.params.moved])).toEqual([
      ['vat-term/moved', 'warning', '#/vouchers/0/documentDate', `${year}-04`],
    ])
    const posted = await post(c, withVat, late)
    expect([posted.status, codes(posted)]).toEqual([201, ['vat-term/moved#undefined']])
    expect(posted.json.issues[0].message).toContain('Mva for februar')
    // Without VAT, or after the term is opened again, it is as it was.
    expect((await post(c, [], late)).json.issues).toEqual([])
    const now = (await term(c, `${year}-T1`)).json
    expect([now.groups, now.toPay]).toEqual([filed.groups, filed.toPay])
    expect(await lines(c, `${year}-T2`)).toEqual([['1', -2_500, 1]])
    expect(await lines(c, `${year}-T3`)).toEqual([])
    const t2 = (await term(c, `${year}-T2`)).json
    expect([t2.explained, t2.accounts[0].later]).toEqual([true, 2_500])
    await lock(c, 'vat', 'open', { fromMonth: `${year}-02`, toMonth: `${year}-02` })
    expect(codes(await post(c, withVat, late))).toEqual(['voucher/possible-duplicate#same'])
    expect((await lines(c, `${year}-T1`))[0]).toEqual(['1', -5_000, 0])
    expect((await c.call('/verify?full')).json.ok).toBe(true)
  })

  test('stays where it was put, whoever writes', async () => {
    const c = await company()
    await lock(c, 'vat')
    await post(c, withVat, { voucherDate: `${year}-05-05`, documentDate: `${year}-02-20` })
    for (const sql of [
      'delete from vat_term_move',
      `update vat_term_move set term_day = '${year}-07-01'`,
      `insert into vat_term_move values (1, '${year}-07-01')`,
      `insert into vat_term_move values (99, '${year}-07-01')`,
    ])
      await expect(c.db.execute(sql)).rejects.toThrow()
  })
})
