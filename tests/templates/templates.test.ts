import { expect, test } from 'vitest'
import { testApp, voucherId } from '#tests/support/app.ts'
import { as, visitor } from '#tests/support/visitor.ts'
import { createDemoUser } from '#worker/access/create-demo-user.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import { runAllCompanies } from '#worker/cron/run-all-companies.ts'
import { openControl } from '#worker/database/open-control.ts'

const { company, call, env } = testApp()
const year = new Date().getFullYear()

const rent = (over: object = {}) => ({
  name: 'Husleie',
  type: 'general',
  text: 'Husleie {måned}',
  parameters: [{ name: 'beløp', kind: 'amount', default: '12500' }],
  lines: [
    { account: '6305', amount: 'beløp', vatCode: '1' },
    { account: '1920', amount: 'rest' },
  ],
  ...over,
})
const monthly = (over: object = {}) => ({
  name: 'Husleie, hver måned',
  template: 'LEIE',
  values: {},
  firstDate: `${year}-01-05`,
  lastDate: `${year}-03-31`,
  every: 1,
  makes: 'voucher',
  ...over,
})

test('a template is tried, kept in versions, and the voucher remembers which made it', async () => {
  const c = await company()
  const made = await c.call('/templates/LEIE', { method: 'PUT', body: { content: rent() } })
  expect([made.status, made.json.version, made.json.office]).toEqual([200, 1, null])
  const tried = await c.call('/templates/leie/trial', { body: { voucherDate: `${year}-03-10` } })
  expect(tried.json.issues).toEqual([])
  expect(tried.json.entries.map((e: any) => [e.account, e.amount])).toEqual([
    ['6305', 10_000_00],
    ['2710', 2_500_00],
    ['1920', -12_500_00],
  ])
  const posted = await c.call('/vouchers', { body: { id: voucherId(), ...tried.json.draft } })
  expect(posted.status).toBe(201)
  const stored = await c.call(`/vouchers/${posted.json.id}`)
  expect(stored.json.draft.template).toEqual({ key: 'LEIE', version: 1 })
  const next = { content: rent({ text: 'Leie' }) }
  const stale = await c.call('/templates/LEIE', { method: 'PUT', body: next, headers: { 'if-match': '"7"' } })
  expect([stale.status, stale.json.code]).toEqual([409, 'version/stale'])
  await c.call('/templates/LEIE', { method: 'PUT', body: next, headers: { 'if-match': '"1"' } })
  const read = await c.call('/templates/LEIE')
  expect(read.json.versions.map((v: any) => [v.version, v.content.text])).toEqual([
    [2, 'Leie'],
    [1, 'Husleie {måned}'],
  ])
  await expect(c.db.execute('delete from template_version')).rejects.toThrow('template/is-final')
  expect((await c.call('/templates/BORTE')).json.code).toBe('template/unknown')
  const faulty = await c.call('/templates/LEIE', {
    method: 'PUT',
    body: { content: rent({ lines: [{ account: '6305', amount: 'summen' }] }) },
  })
  expect(faulty.json.issues).toMatchObject([
    {
      code: 'template/formula',
      pointer: '#/lines/0/amount',
      message: '«summen» er ikke et beløp i malen. Bruk beløp.',
    },
  ])
})

test('a split key shares a line out by its code, and a line posted keeps its shares', async () => {
  const c = await company()
  for (const code of ['10', '20']) await c.call('/dimensions/department/values', { body: { code, name: code } })
  const wrong = await c.call('/split-keys/HUS', {
    method: 'PUT',
    body: { name: 'Areal', dimension: 'department', shares: '10=70;30' },
  })
  expect(wrong.json.issues[0]).toMatchObject({ code: 'script/invalid', pointer: '#/shares', params: { at: 7 } })
  const body = { name: 'Areal', dimension: 'department', shares: '10=70;20=30' }
  const saved = await c.call('/split-keys/HUS', { method: 'PUT', body })
  expect([saved.status, saved.json.version]).toEqual([200, 1])
  const draft = {
    id: voucherId(),
    type: 'general',
    voucherDate: `${year}-01-15`,
    lines: [
      { account: '6800', amount: 1_01, vatCode: '0', script: 'FORDEL(hus)' },
      { account: '1920', amount: -1_01 },
    ],
  }
  expect((await c.call('/vouchers', { body: draft })).status).toBe(201)
  const { json } = await c.call(`/vouchers/${draft.id}`)
  expect(json.entries.map((e: any) => [e.amount, e.dimensions?.department ?? null])).toEqual([
    [70, '10'],
    [31, '20'],
    [-101, null],
  ])
  expect((await c.call('/books')).json.splitKeys).toHaveLength(1)
})

test('recurring vouchers are made once for each day they are due', async () => {
  const c = await company()
  await c.call('/templates/LEIE', { method: 'PUT', body: { content: rent() } })
  const set = await c.call('/recurring', { body: monthly() })
  expect(set.status).toBe(201)
  const [first, second] = await Promise.all([
    c.call('/recurring/due', { method: 'POST' }),
    c.call('/recurring/due', { method: 'POST' }),
  ])
  expect([first.status, second.status]).toEqual([200, 200])
  const { rows } = await c.db.execute('select voucher_date, text from voucher order by voucher_date')
  expect(rows.map((r: any) => [r.voucher_date, r.text])).toEqual([
    [`${year}-01-05`, `Husleie 01.${year}`],
    [`${year}-02-05`, `Husleie 02.${year}`],
    [`${year}-03-05`, `Husleie 03.${year}`],
  ])
  await runAllCompanies(env, `${year}-12-31T04:00:00.000Z` as Instant, '0 4 * * *')
  const listed = (await c.call('/recurring')).json.recurring[0]
  expect([listed.due, listed.next, listed.runs.length]).toEqual([[], null, 3])
  expect(Number((await c.db.execute('select count(*) as n from voucher')).rows[0]!.n)).toBe(3)
  await expect(c.db.execute("update recurring_run set status = 'draft'")).rejects.toThrow('recurring/is-final')
})

test('what was refused is kept with its reason, and made when the way is clear', async () => {
  const c = await company()
  await c.call('/templates/LEIE', { method: 'PUT', body: { content: rent() } })
  await c.call('/recurring', { body: monthly({ lastDate: `${year}-01-31` }) })
  await c.db.execute(`update period set level = 'hard' where month = '${year}-01'`)
  const refused = await c.call('/recurring/due', { method: 'POST' })
  expect(refused.json.made[0]).toMatchObject({ status: 'refused', problem: { code: 'period/locked' } })
  expect(refused.json.made[0].problem.issues[0].message).toContain('er låst')
  await c.db.execute(`update period set level = 'open' where month = '${year}-01'`)
  const made = await c.call('/recurring/due', { method: 'POST' })
  expect(made.json.made.map((m: any) => m.status)).toEqual(['posted'])
  expect((await c.call('/recurring/due', { method: 'POST' })).json.made).toEqual([])
})

test('a recurring row can make drafts that people share', async () => {
  const c = await company()
  await c.call('/templates/LEIE', { method: 'PUT', body: { content: rent() } })
  await c.call('/recurring', { body: monthly({ makes: 'draft', lastDate: `${year}-01-31` }) })
  const { json } = await c.call('/recurring/due', { method: 'POST' })
  const draft = await c.call(`/voucher-drafts/${json.made[0].draft}`)
  expect(draft.json.rows.map((r: any) => r.cells)).toMatchObject([
    { type: 'general', voucherDate: `${year}-01-05`, template: 'LEIE' },
    { account: '6305', amount: 12_500_00, vatCode: '1' },
    { account: '1920', amount: -12_500_00 },
  ])
  expect((await c.call('/voucher-drafts')).json.drafts).toHaveLength(1)
})

test('a recurring row with faults, or that is not there, says so', async () => {
  const c = await company()
  const missing = await c.call('/recurring', { body: monthly() })
  expect(missing.json.issues.map((i: any) => i.code)).toEqual(['template/unknown'])
  await c.call('/templates/LEIE', {
    method: 'PUT',
    body: { content: rent({ parameters: [{ name: 'beløp', kind: 'amount' }] }) },
  })
  const lacking = await c.call('/recurring', { body: monthly() })
  expect(lacking.json.issues.map((i: any) => [i.code, i.pointer])).toEqual([
    ['template/parameter-missing', '#/values/beløp'],
  ])
  const unknown = await c.call('/recurring/rec_none', { method: 'PUT', body: monthly({ values: { beløp: 100 } }) })
  expect([unknown.status, unknown.json.code]).toEqual([404, 'recurring/unknown'])
})

test('the office shares its templates; a client’s own stays, marked as differing', async () => {
  const { json: office } = await call('/api/v1/offices', { body: { name: 'Fjord Regnskap' } })
  const [a, b] = [await company({ office: office.id }), await company({ office: office.id })]
  expect((await call('/api/v1/office/templates/LEIE', { method: 'PUT', body: rent() })).status).toBe(200)
  const share = async () => {
    const { json } = await call('/api/v1/office/templates/LEIE/sharing', { body: { companies: [a.id, b.id] } })
    return json.shared.map((s: any) => s.result)
  }
  expect(await share()).toEqual(['created', 'created'])
  expect(await share()).toEqual(['unchanged', 'unchanged'])
  await b.call('/templates/LEIE', { method: 'PUT', body: { content: rent({ text: 'Vår leie' }) } })
  expect((await b.call('/templates/LEIE')).json.office).toEqual({ version: 1, differs: true })
  await call('/api/v1/office/templates/LEIE', { method: 'PUT', body: rent({ text: 'Leie {år}' }) })
  expect(await share()).toEqual(['updated', 'differs'])
  expect((await a.call('/templates/LEIE')).json).toMatchObject({
    version: 2,
    content: { text: 'Leie {år}' },
    office: { version: 2, differs: false },
  })
  expect((await b.call('/templates/LEIE')).json).toMatchObject({
    content: { text: 'Vår leie' },
    office: { version: 2, differs: true },
  })
  const { json } = await call('/api/v1/office/templates')
  expect(json.clients.find((c: any) => c.company === b.id).templates).toEqual([
    { key: 'LEIE', version: 2, differs: true },
  ])
  expect((await call('/api/v1/office/templates/BORTE/sharing', { body: { companies: [a.id] } })).json.code).toBe(
    'template/unknown',
  )
  const other = await company()
  const control = await openControl(env)
  await control.execute(
    "insert into office (id, name, created_at) values ('off_other', 'Andre', '2026-01-01T00:00:00Z')",
  )
  await control.execute({ sql: "update company set office = 'off_other' where id = ?", args: [other.id] })
  const elsewhere = await call(`/api/v1/office/templates/LEIE/sharing?office=${office.id}`, {
    body: { companies: [other.id] },
  })
  expect([elsewhere.status, elsewhere.json.code]).toEqual([409, 'office/other'])
  const key = await a.key('administrator')
  expect((await call('/api/v1/office/templates', { key })).json.code).toBe('permission/missing')
})

test('the library of an office is none of the business of one client’s own administrator', async () => {
  const office = (await call('/api/v1/office/templates')).json.office.id
  const [a, b] = [await company({ office }), await company({ office })]
  await call('/api/v1/office/templates/FELLES', { method: 'PUT', body: rent() })
  await call('/api/v1/office/templates/FELLES/sharing', { body: { companies: [a.id, b.id] } })
  const control = await openControl(env)
  const user = await createDemoUser(control, a.id as CompanyId)
  await control.execute({ sql: "update membership set role = 'administrator' where user = ?", args: [user] })
  const browser = visitor({ env, call })
  await browser.post('/sign-in/demo', {})
  expect((await call('/api/v1/office/templates', as(browser))).json).toMatchObject({ office: null, templates: [] })
  const written = await call('/api/v1/office/templates/FELLES', {
    method: 'PUT',
    body: rent({ name: 'Min' }),
    ...as(browser),
  })
  expect([written.status, written.json.code]).toEqual([403, 'permission/missing'])
  const { json } = await call('/api/v1/office/templates')
  expect(json.templates.find((t: any) => t.key === 'FELLES').content.name).toBe('Husleie')
})
