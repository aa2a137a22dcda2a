import { expect, test } from 'vitest'
import { simpleDraft, testApp, voucherId } from '#tests/support/app.ts'

const { company } = testApp()
const year = new Date().getFullYear()

const insurance = (script: string, over: Record<string, unknown> = {}) =>
  simpleDraft({
    text: 'Forsikring',
    lines: [
      { rowKey: 'a', account: '7500', amount: 1_000_00, vatCode: '0', script },
      { rowKey: 'b', account: '1920', amount: -1_000_00 },
    ],
    ...over,
  })

const balance = async (c: any, account: string): Promise<number> => {
  const { rows } = await c.db.execute({
    sql: 'select coalesce(sum(amount), 0) as n from entry where account = ?',
    args: [account],
  })
  return Number(rows[0]!.n)
}

test('an accrual becomes real vouchers, one a month, linked to their source', async () => {
  const c = await company()
  const draft = insurance('SPRE(1;3;1749)')
  const tried = await c.call('/vouchers/dry-run', { body: { vouchers: [draft] } })
  expect(tried.json.vouchers[0].issues).toEqual([])
  expect(tried.json.vouchers[0].schedules[0].months.map((m: any) => [m.month, m.amount, m.status])).toEqual([
    [`${year}-01`, 33_333, 'ready'],
    [`${year}-02`, 33_333, 'ready'],
    [`${year}-03`, 33_334, 'ready'],
  ])
  const posted = await c.call('/vouchers', { body: draft })
  expect(posted.text).toContain('"posted"')
  expect(posted.status).toBe(201)
  const source = await c.call(`/vouchers/${draft.id}`)
  expect(source.json.entries.map((e: any) => [e.rowKey, e.account, e.amount])).toEqual([
    ['a', '7500', 100_000],
    ['a/spread', '7500', -100_000],
    ['a/spread', '1749', 100_000],
    ['b', '1920', -100_000],
  ])
  expect(posted.json.schedules[0].months.map((m: any) => [m.voucher.series, m.voucher.number, m.status])).toEqual([
    ['PE', 1, 'posted'],
    ['PE', 2, 'posted'],
    ['PE', 3, 'posted'],
  ])
  expect(await balance(c, '7500')).toBe(100_000)
  expect(await balance(c, '1749')).toBe(0)
  const again = await c.call('/vouchers', { body: draft })
  expect([again.status, again.json.replayed]).toEqual([200, true])
  expect(again.json).toEqual({ ...posted.json, replayed: true })
  expect((await c.call('/vouchers')).json.vouchers).toHaveLength(4)
})

const status = (schedule: any) => schedule.months.map((m: any) => m.status)
const reverse = (c: any, id: string, over: object = {}) =>
  c.call(`/vouchers/${id}/reversal`, {
    body: { id: voucherId(), voucherDate: `${year}-06-15`, reason: 'Feil', ...over },
  })
const lock = (c: any, fromMonth: string, toMonth: string, level = 'hard') =>
  c.call('/locks', { body: { fromMonth, toMonth, level, reason: 'Prøve' } })

test('a reversal takes its plan with it, in the months’ own periods', async () => {
  const c = await company()
  const draft = insurance('SPRE(1;3;1749)')
  await c.call('/vouchers', { body: draft })
  const reversed = await reverse(c, draft.id)
  expect(reversed.status).toBe(201)
  expect(status(reversed.json.schedules[0])).toEqual(['reversed', 'reversed', 'reversed'])
  expect(reversed.json.schedules[0].rest).toEqual([])
  for (const account of ['7500', '1749', '1920']) expect(await balance(c, account)).toBe(0)
  const { rows } = await c.db.execute(
    `select substr(voucher_date, 1, 7) as month, sum(amount) as n from entry where account = '7500' group by 1`,
  )
  expect(rows.map((r: any) => [r.month, r.n])).toEqual([
    [`${year}-01`, 0],
    [`${year}-02`, 0],
    [`${year}-03`, 0],
    [`${year}-06`, 0],
  ])
  const back = await reverse(c, reversed.json.id)
  expect([back.status, back.json.code]).toEqual([422, 'schedule/reversal-is-final'])
  expect((await c.call('/verify')).json.ok).toBe(true)
})

test('locked months stand as a rest, until an open day takes them back; again changes nothing', async () => {
  const c = await company()
  const draft = insurance('SPRE(1;3;1749)')
  const posted = await c.call('/vouchers', { body: draft })
  expect((await lock(c, `${year}-01`, `${year}-02`)).status).toBeLessThan(300)
  const reversed = await reverse(c, draft.id)
  const [schedule] = reversed.json.schedules
  expect([status(schedule), schedule.rest]).toEqual([
    ['posted', 'posted', 'reversed'],
    [`${year}-01`, `${year}-02`],
  ])
  const path = `/schedules/${posted.json.schedules[0].id}/reversal`
  const inLock = await c.call(path, { body: { voucherDate: `${year}-02-10` } })
  expect([inLock.status, inLock.json.code]).toEqual([423, 'period/locked'])
  const body = { voucherDate: `${year}-06-15`, reason: 'Feil' }
  const done = await c.call(path, { body })
  expect([done.status, status(done.json), done.json.rest]).toEqual([200, ['reversed', 'reversed', 'reversed'], []])
  const count = (await c.call('/vouchers')).json.vouchers.length
  expect((await c.call(path, { body })).json).toEqual(done.json)
  expect((await c.call('/vouchers')).json.vouchers).toHaveLength(count)
  for (const account of ['7500', '1749', '1920']) expect(await balance(c, account)).toBe(0)
})

test('a month in a locked part of the books stands, and is not taken back on a day in it', async () => {
  const c = await company()
  const draft = insurance('SPRE(1;3;1749)')
  const posted = await c.call('/vouchers', { body: draft })
  const part = { level: 'hard', scope: 'accounts:1700:1799', reason: 'Avstemt' }
  await c.call('/locks', { body: { fromMonth: `${year}-02`, toMonth: `${year}-02`, ...part } })
  const reversed = await reverse(c, draft.id)
  expect(reversed.json.schedules[0].rest).toEqual([`${year}-02`])
  const path = `/schedules/${posted.json.schedules[0].id}/reversal`
  const refused = await c.call(path, { body: { voucherDate: `${year}-02-15`, reason: 'Feil' } })
  expect([refused.status, refused.json.issues]).toMatchObject([423, [{ pointer: '#/voucherDate' }]])
  const done = await c.call(path, { body: { voucherDate: `${year}-06-15`, reason: 'Feil' } })
  expect(done.json.rest).toEqual([])
  expect((await c.call('/verify')).json.ok).toBe(true)
})

test('a plan can be stopped from a month on; the months before it stand', async () => {
  const c = await company()
  const draft = simpleDraft({
    lines: [
      { rowKey: 'a', account: '1200', amount: 36_000_00, vatCode: '0', script: 'AVSKR(36;1200;6010)' },
      { rowKey: 'b', account: '1920', amount: -36_000_00 },
    ],
  })
  const posted = await c.call('/vouchers', { body: draft })
  const [schedule] = posted.json.schedules
  expect(status(schedule).filter((s: string) => s === 'waiting').length).toBeGreaterThan(0)
  const assets = (await c.call(`/assets?month=${year}-03`)).json.assets
  expect(assets[0]).toMatchObject({ cost: 36_000_00, depreciated: 3_000_00, bookValue: 33_000_00, monthsLeft: 33 })
  const stopped = await c.call(`/schedules/${schedule.id}/reversal`, {
    body: { voucherDate: `${year}-12-31`, fromMonth: `${year}-04`, reason: 'Solgt' },
  })
  expect(new Set(status(stopped.json).slice(0, 3))).toEqual(new Set(['posted']))
  expect(new Set(status(stopped.json).slice(3))).toEqual(new Set(['reversed', 'dropped']))
  expect(await balance(c, '6010')).toBe(3_000_00)
})

test('months without a fiscal year wait, and are posted once when the year is made', async () => {
  const c = await company()
  const last = (await c.call('/fiscal-years')).json.fiscalYears.at(-1)
  const draft = insurance(`SPRE(${last.year}-11;4;1749)`, { voucherDate: `${last.year}-11-10` })
  const posted = await c.call('/vouchers', { body: draft })
  expect(status(posted.json.schedules[0])).toEqual(['posted', 'posted', 'waiting', 'waiting'])
  expect(await balance(c, '1749')).toBe(50_000)
  expect((await c.call('/fiscal-years', { body: {} })).status).toBe(201)
  const after = (await c.call(`/schedules?voucher=${draft.id}`)).json.schedules[0]
  expect(status(after)).toEqual(['posted', 'posted', 'posted', 'posted'])
  expect(await balance(c, '1749')).toBe(0)
  expect((await c.call('/schedules/waiting', { method: 'POST' })).json).toEqual({ posted: 0 })
  const month = await c.call(`/schedules?voucher=${after.months[3].voucher.id}`)
  expect(month.json.schedules[0].source.id).toBe(draft.id)
})

test('a month that waits is dropped when its source is reversed', async () => {
  const c = await company()
  const last = (await c.call('/fiscal-years')).json.fiscalYears.at(-1)
  const draft = insurance(`SPRE(${last.year}-12;2;1749)`, { voucherDate: `${last.year}-12-10` })
  await c.call('/vouchers', { body: draft })
  const reversed = await reverse(c, draft.id, { voucherDate: `${last.year}-12-31` })
  expect(status(reversed.json.schedules[0])).toEqual(['reversed', 'dropped'])
  await c.call('/fiscal-years', { body: {} })
  expect(await balance(c, '7500')).toBe(0)
})

test('a locked month half way leaves nothing half-written, also when the lock came a moment ago', async () => {
  const c = await company()
  await c.call('/vouchers', { body: simpleDraft() }) // the writer knows its facts now
  await c.db.execute(`update period set level = 'hard' where month = '${year}-02'`)
  const before = (await c.call('/vouchers')).json.vouchers.length
  const refused = await c.call('/vouchers', { body: insurance('SPRE(1;3;1749)') })
  expect([refused.status, refused.json.code]).toEqual([423, 'period/locked'])
  expect(refused.json.issues[0]).toMatchObject({
    pointer: '#/lines/0/script',
    message: `Februar ${year} er låst, og scriptet bokfører der. Velg SPRE(${year}-01;3;1749;${year}-03), SPRE(${year}-03;3;1749) eller SPRE(${year}-03;1;1749).`,
    fix: { value: `SPRE(${year}-01;3;1749;${year}-03)`, label: `Bruk SPRE(${year}-01;3;1749;${year}-03)` },
  })
  expect((await c.call('/vouchers')).json.vouchers).toHaveLength(before)
  const { rows } = await c.db.execute('select count(*) as n from schedule_month')
  expect(Number(rows[0]!.n)).toBe(0)
})

test('a voucher that is repeated is posted in each month, with its VAT', async () => {
  const c = await company()
  const draft = simpleDraft({
    lines: [
      { rowKey: 'a', account: '6305', amount: 125_000, vatCode: '1', script: 'GJENTA(2)' },
      { rowKey: 'b', account: '1920', amount: -125_000 },
    ],
  })
  const posted = await c.call('/vouchers', { body: draft })
  expect(posted.json.schedules[0].months.map((m: any) => [m.month, m.voucher.series])).toEqual([
    [`${year}-02`, 'HB'],
    [`${year}-03`, 'HB'],
  ])
  expect(await balance(c, '2710')).toBe(75_000)
})

test('a schedule is final, and its months sum to it, whatever code does', async () => {
  const c = await company()
  await c.call('/vouchers', { body: insurance('SPRE(1;2;1749)') })
  const code = (sql: string) =>
    c.db.execute(sql).then(
      () => 'done',
      (error: any) => /[a-z]+\/[a-z-]+/.exec(error.message)?.[0],
    )
  expect(await code('update schedule set amount = 1')).toBe('schedule/is-final')
  expect(await code('delete from schedule_month')).toBe('schedule/is-final')
  expect(await code("update schedule_month set dropped_at = 'x', dropped_by = 'y'")).toBe('schedule/is-final')
  expect(
    await code(`insert into schedule (id, source, row_key, kind, script, text, amount)
                select 'sch_x', source, 'z', kind, script, text, amount from schedule`),
  ).toBe('schedule/incomplete')
  expect((await c.call('/schedules/sch_none')).json.code).toBe('schedule/unknown')
})

test('a month of a reversed source is not posted, even if it was left waiting', async () => {
  const c = await company()
  const draft = simpleDraft()
  await c.call('/vouchers', { body: draft })
  await reverse(c, draft.id)
  await c.db.batch([
    `insert into schedule_month (schedule, month, amount, voucher_date, draft) values ('sch_x', '${year}-01', 5, '${year}-01-31', '{}')`,
    {
      sql: `insert into schedule (id, source, row_key, kind, script, text, amount) values ('sch_x', ?, 'a', 'repeat', 'x', '', 5)`,
      args: [draft.id],
    },
  ])
  const posting = c.db.execute({ sql: 'update schedule_month set voucher = ?', args: [draft.id] })
  await expect(posting).rejects.toThrow('schedule/source-reversed')
})
