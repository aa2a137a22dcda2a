import { expect, test } from 'vitest'
import { testApp, voucherId } from '#tests/support/app.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'
import { controlDatabase } from '#worker/database/connect.ts'

const app = testApp()
const year = new Date().getFullYear()

async function company() {
  const own = await app.company()
  return { ...own, page: `/companies/${own.id}`, browser: await memberOf(app, own.id, 'administrator', 'Ane Admin') }
}
const rent = {
  key: 'LEIE',
  name: 'Husleie',
  type: 'general',
  text: 'Husleie {måned}',
  active: 'yes',
  version: '0',
  dimensions: 'department,project',
  'parameter.0.name': 'beløp',
  'parameter.0.kind': 'amount',
  'parameter.0.default': '12500',
  'line.0.account': '6305',
  'line.0.amount': 'beløp',
  'line.0.vatCode': '1',
  'line.1.account': '1920',
  'line.1.amount': 'rest',
}

test('a template is written in a form that shows what it comes to, changed, and shared', async () => {
  const { page, browser, call } = await company()
  const shown = await browser.post(`${page}/templates/preview`, rent)
  expect(textOf(shown.html)).toContain('6305 1 10 000,00 2710 1 2 500,00 1920 12 500,00')
  const list = await browser.submit(`${page}/templates`, rent)
  expect(textOf(list.html)).toContain('LEIE Husleie 2 linjer 1')
  const faulty = await browser.post(`${page}/templates/LEIE`, { ...rent, version: '1', 'line.0.amount': 'belop' })
  expect(faulty.status).toBe(422)
  expect(textOf(faulty.html)).toContain('«belop» er ikke et beløp i malen. Bruk beløp.')
  expect(faulty.html).toMatch(/name="line.0.amount"[^>]*value="belop"[^>]*aria-invalid="true"/)
  expect((await browser.post(`${page}/templates/LEIE`, { ...rent, version: '1', text: 'Leie' })).status).toBe(303)
  const editor = await browser.get(`${page}/templates/LEIE`)
  expect(textOf(editor.html)).toContain('Versjon 2')
  const own = page.split('/').at(-1)!
  const control = controlDatabase(app.env)
  await control.batch(
    [
      "insert into office (id, name, created_at) values ('off_kvist', 'Kvist', '2026-01-01T00:00:00Z')",
      { sql: "update company set office = 'off_kvist' where id = ?", args: [own] },
      {
        sql: "insert into office_member values ('off_kvist', ?, 'accountant', '2026-01-01T00:00:00Z')",
        args: [browser.id],
      },
    ],
    'write',
  )
  const sharing = await browser.submit(`${page}/templates/LEIE/sharing`, { companies: own })
  expect(textOf(sharing.html)).toContain('Delt: 0 nye')
  await browser.post(`${page}/templates/LEIE`, { ...rent, version: '2', text: 'Vår leie' })
  expect(textOf((await browser.get(`${page}/templates`)).html)).toContain('Avviker fra kontoret')
  await browser.post(`${page}/templates/LEIE/office`, {})
  expect((await call('/templates/LEIE')).json).toMatchObject({ content: { text: 'Leie' }, office: { differs: false } })
})

test('a split key and a recurring voucher are set up by form; what is due is made with one key', async () => {
  const { page, browser, call } = await company()
  await call('/dimensions/department/values', { body: { code: '10', name: 'Verksted' } })
  const key = { code: 'HUS', name: 'Areal', dimension: 'department', shares: '10=1', active: 'yes', version: '0' }
  expect(textOf((await browser.submit(`${page}/split-keys`, key)).html)).toContain('HUS Areal 10=1')
  const wrong = await browser.post(`${page}/split-keys/HUS`, { ...key, shares: '11=1', version: '1' })
  expect([wrong.status, textOf(wrong.html)]).toEqual([422, expect.stringContaining('11 finnes ikke i avdeling')])
  await browser.post(`${page}/templates`, rent)
  const row = {
    name: 'Husleie',
    template: 'LEIE',
    values: 'beløp = 10000',
    firstDate: `05.01.${year}`,
    lastDate: `31.01.${year}`,
    every: '1',
    makes: 'voucher',
    active: 'yes',
    version: '0',
  }
  const refused = await browser.post(`${page}/recurring`, { ...row, values: 'beløp = mye' })
  expect([refused.status, textOf(refused.html)]).toEqual([422, expect.stringContaining('«mye» er ikke et beløp')])
  expect(textOf((await browser.submit(`${page}/recurring`, row)).html)).toContain('1 forfalt')
  const done = await browser.submit(`${page}/recurring/due`, {})
  expect(textOf(done.html)).toContain('1 bilag laget.')
  expect((await call('/vouchers')).json.vouchers).toHaveLength(1)
})

test('a voucher shows its plan, its month shows where it came from, and assets stand in a register', async () => {
  const { page, browser, call } = await company()
  const lines = [
    { rowKey: 'a', account: '1200', amount: 60_000_00, vatCode: '0', script: 'AVSKR(60;1200;6010)', text: 'Varebil' },
    { rowKey: 'b', account: '1920', amount: -60_000_00 },
  ]
  const posted = await call('/vouchers', {
    body: { id: voucherId(), type: 'general', voucherDate: `${year}-01-15`, lines },
  })
  const source = await browser.get(`${page}/vouchers/${posted.json.id}`)
  expect(textOf(source.html)).toContain('60 000,00 over 60 måneder, gjennom konto 1200')
  expect(textOf(source.html)).toContain('venter på regnskapsåret')
  const month = posted.json.schedules[0].months[1].voucher.id
  const of = await browser.get(`${page}/vouchers/${month}`)
  expect(textOf(of.html)).toContain(`Avskrivning fra HB ${year}-1`)
  expect(textOf(of.html)).toContain('Måned 2 av 60')
  expect(of.html).toContain(`/vouchers/${posted.json.id}"`)
  const assets = await browser.get(`${page}/assets?month=${year}-03`)
  expect(textOf(assets.html)).toContain('60 000,00 3 000,00 57 000,00 1 000,00')
})
