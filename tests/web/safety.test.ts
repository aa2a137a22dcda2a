import { expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'
import { controlDatabase } from '#worker/database/connect.ts'

const app = testApp()

test('an administrator has the books checked, takes a backup and opens it as a new company; an auditor only checks', async () => {
  const company = await app.company({ name: 'Fjord AS' })
  await company.call('/vouchers', { body: simpleDraft() })
  const page = `/companies/${company.id}/settings/safety`
  const browser = await memberOf(app, company.id, 'administrator')
  expect(textOf((await browser.get(page)).html)).toContain('Regnskapet er ikke kontrollert ennå.')
  const checked = await browser.post(`${page}/verifications`, {})
  expect(textOf(checked.html)).toMatch(/Alt stemmer\. Sist kontrollert .* versjon 1\./)
  expect(textOf(checked.html)).toContain('Kjeden av bilag er hel')
  await browser.post(`${page}/backups`, {})
  const { html } = await browser.get(page)
  const backup = /\/backups\/(bkp_\w+)\/restoration/.exec(html)![1]
  // What contradicts the heads kept outside it is told, and restored when that is asked for once more.
  await controlDatabase(app.env).execute({
    sql: `insert into verification (company, recorded_at, whole, ok, ledger_version, chain_head, findings)
          values (?, '2026-02-03T01:30:00.000Z', 1, 1, 1, 'x', '[]')`,
    args: [company.id],
  })
  const refused = await browser.post(`${page}/backups/${backup}/restoration`, {})
  const despite = /name="despite" value="([^"]+)"/.exec(refused.html)?.[1]
  expect([refused.status, despite, textOf(refused.html)]).toEqual([
    422,
    '2026-02-03',
    expect.stringMatching(/03\.02\.2026 sto kjeden annerledes ved versjon 1.*Gjenopprett likevel/s),
  ])
  const restored = await browser.post(`${page}/backups/${backup}/restoration`, { despite: despite! })
  // What was restored in spite of them vouches for nothing.
  expect((await browser.post(`${page}/backups/${backup}/restoration`, {})).status).toBe(422)
  expect(restored.location).toMatch(/^\/companies\/cmp_\w+\/settings\/safety$/)
  const opened = await browser.get(restored.location!)
  expect(textOf(opened.html)).toMatch(/Fjord AS, kopi fra .*KOPI.*Kopi, gjenopprettet .*Alt stemmer/s)
  expect(textOf((await browser.get('/')).html)).toMatch(/Fjord AS, kopi fra [^K]*KOPI/)
  await browser.post(`${restored.location}/schedule-start`, {})
  expect(textOf((await browser.get(restored.location!)).html)).not.toMatch(/KOPI|Kopi, gjenopprettet/)

  const auditor = await memberOf(app, company.id, 'auditor')
  const seen = await auditor.get(page)
  expect([seen.status, seen.html.includes('/backups')]).toEqual([200, false])
  expect((await auditor.post(`${page}/backups`, {})).status).toBe(403)
  expect((await auditor.post(`${page}/verifications`, {})).status).toBe(200)
})
