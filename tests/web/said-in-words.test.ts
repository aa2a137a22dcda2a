import { expect, test } from 'vitest'
import { alertText } from '#i18n/alert-text.ts'
import { problemText } from '#i18n/problem-text.ts'
import { testApp } from '#tests/support/app.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'

const app = testApp()
const year = new Date().getFullYear()

test('one month that was opened is said once, several as a range', () => {
  const opened = (to: string) => alertText('period-reopened', { by: 'Ane', from: '2026-09', to, reason: 'Feil' }, 'nb')
  expect(opened('2026-09')).toBe('Ane åpnet september 2026 for bokføring igjen: Feil')
  expect(opened('2026-11')).toBe('Ane åpnet september 2026 til november 2026 for bokføring igjen: Feil')
})

test('a line without its supplier is answered with a supplier’s number, and the key that finds one', () => {
  const said = (account: string, kind: string) => problemText('party/missing', { account, kind }, 'nb')
  expect(said('2400', 'supplier')).toBe('Konto 2400 krever leverandør. Skriv 2400:20001, eller - for å søke.')
  expect(said('1500', 'customer')).toBe('Konto 1500 krever kunde. Skriv 1500:10001, eller + for å søke.')
})

test('a lock that was changed is answered with what it now is', async () => {
  const { id } = await app.company()
  const browser = await memberOf(app, id, 'accountant')
  const wanted = { fromMonth: `${year}-01`, toMonth: `${year}-01`, level: 'soft', reason: 'Avstemt' }
  const { html } = await browser.submit(`/companies/${id}/periods`, wanted)
  expect(textOf(html)).toContain(`Låste januar ${year} for andre enn regnskapsfører.`)
})
