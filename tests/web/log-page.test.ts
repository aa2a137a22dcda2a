import { expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { pdf, png } from '#tests/support/files.ts'
import { deskOf, withParties } from '#tests/support/ledger-desk.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'
import { auditDatabase } from '#worker/access/audit-database.ts'
import { readLog } from '#worker/audit-log/log-store.ts'
import { readBookNames } from '#worker/audit-log/name-store.ts'

const app = testApp()
const year = new Date().getFullYear()

test('the log is in words: numbers of vouchers, names, kroner and no ids, in both languages', async () => {
  const company = await app.company()
  const own = await withParties(company)
  const desk = deskOf(own)
  const invoice = await desk.book(`${year}-01-10`, '1500:10001', 1_173_450)
  const payment = await desk.book(`${year}-01-20`, '1500:10001', -1_173_450)
  const items = [invoice, payment].map(({ item }, i) => ({ openItem: item, amount: i ? -1_173_450 : 1_173_450 }))
  const id = `mch_${'0'.repeat(26)}`
  expect((await own.call('/matches', { body: { id, items } })).status).toBe(201)
  await own.call(`/matches/${id}/undo`, { body: { reason: 'Feil post' } })
  const browser = await memberOf(app, own.id, 'administrator', 'Ane Admin')
  const path = `/companies/${own.id}`
  const named = { raw: pdf(), headers: { 'x-file-name': 'kvittering.pdf' } }
  const document = (await own.call('/documents', named)).json
  const posted = (await own.call('/vouchers', { body: { ...simpleDraft(), documents: [document.id] } })).json
  await own.call(`/vouchers/${posted.id}/documents`, { body: { documents: [document.id] } })
  await own.call('/documents', { raw: png, headers: { 'x-file-name': 'privat.pdf' } })
  await browser.post(`${path}/documents/2/rejection`, { reason: 'Privat' })
  const budget = (await own.call('/budgets', { body: { year, name: 'Forsiktig' } })).json
  await own.db.execute({
    sql: `insert into event (sequence, type, recorded_at, by, ledger_version, subject, changes)
          select max(sequence) + 1, 'budget.saved', max(recorded_at), 'system', max(ledger_version), ?, ? from event`,
    args: [
      budget.id,
      JSON.stringify({ '3000 10 2026-01': [-105_840_000, -110_250_000], '3000 10 spread': ['', 'even'] }),
    ],
  })
  const log = async () => textOf((await browser.get(`${path}/audit-log`)).html).replaceAll('\u00a0', ' ')
  const nb = await log()
  const [first, second] = [invoice, payment].map((v) => `${v.series} ${year}-${v.number}`)
  expect(nb).toContain(`${first} mot ${second}: 11 734,50`)
  expect(nb).toContain(`Bilag bokført ${first}`)
  expect(nb).toContain('Utlignet av en person')
  expect(nb).toContain('Fjordvik Handel AS')
  expect(nb).toContain('Budsjett lagret Forsiktig')
  expect(nb).toContain('3000 10 januar 2026: −1 058 400,00 → −1 102 500,00')
  expect(nb).toContain('Dokument mottatt kvittering.pdf')
  expect(nb).toContain('Dokument avvist privat.pdf Ane Admin Grunn: Privat')
  const rows = nb.slice(nb.indexOf('Hvorfra'), nb.indexOf('Om denne siden'))
  for (const machine of [/\b(itm|vch|doc|mch|bud)_/, /: -\d/, /rule|rejectedReason|manual|even/])
    expect(rows).not.toMatch(machine)
  await browser.post('/preferences', { language: 'en', return: path })
  const en = await log()
  expect(en).toContain(`${first} against ${second}: 11,734.50`)
  expect(en).toContain('3000 10 January 2026: −1,058,400.00 → −1,102,500.00')
  // An auditor's log takes its names from the years that were granted.
  const limited = await auditDatabase(own.db, { years: [year] } as never)
  const entries = await readLog(own.db, {}, { limit: 50 })
  expect((await readBookNames(limited, entries, 'nb')).get(invoice.id)).toContain(`${year}-${invoice.number}`)
})
