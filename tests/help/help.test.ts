import { describe, expect, test } from 'vitest'
import { columnHelp, columnHelps } from '#i18n/column-help.ts'
import type { Locale } from '#i18n/format.ts'
import { pageTexts } from '#i18n/page-texts.ts'
import { testApp } from '#tests/support/app.ts'
import { testBooks } from '#tests/support/books.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'
import { columnName } from '#web/help/column-name.ts'
import { problemHelps } from '#web/help/problem-help.ts'
import { OPENING_COLUMNS } from '#web/islands/opening/opening-cells.ts'
import { columnsFor } from '#web/islands/voucher/columns.ts'
import { emptyDesk } from '#worker/sheets/sheet.ts'

const app = testApp()
const LOCALES: Locale[] = ['nb', 'en']

describe.each(LOCALES)('help in %s', (locale) => {
  test('every column of the voucher grid and the opening balance has a text and a name', () => {
    const header = { type: 'HB', voucherDate: '2026-03-01', documentDate: '', text: '', reason: '' }
    const desk = { ...emptyDesk(`vch_${'0'.repeat(26)}`, header), mode: 'sheet' as const }
    const fields = [true, false].flatMap((sides) =>
      columnsFor(desk, testBooks(), locale, { sides }).map(({ field }) => field),
    )
    const name = (field: string) => (field.startsWith('dimensions/') ? 'dimension' : field)
    expect(fields.map(name).filter((field) => !(field in columnHelps[locale].voucher))).toEqual([])
    expect(OPENING_COLUMNS.filter((field) => !(field in columnHelps[locale].opening))).toEqual([])
    expect(columnHelp(locale, 'movements', '2026-03')).toBe(columnHelps[locale].movements.month)
    expect(columnHelp(locale, 'budget', 'm11')).toBe(columnHelps[locale].budget.month)
    for (const grid of ['voucher', 'budget', 'opening', 'movements'] as const)
      for (const [field, text] of Object.entries(columnHelps[locale][grid])) {
        expect(text, `${grid} ${field}`).toMatch(/\.$/)
        expect(columnName(grid, field, locale, pageTexts[locale]), `${grid} ${field}`).toMatch(/^\p{Lu}|^%/u)
      }
  })

  test('every problem code has a cause and a cure', async () => {
    const helps = await problemHelps(locale)
    expect(helps.length).toBeGreaterThan(200)
    expect(helps.filter(({ cause, cure }) => cause === '' || cure === '' || /\*\*|`/.test(cause + cure))).toEqual([])
  })
})

test('every problem code is explained in Norwegian too, and nothing else is', async () => {
  // i18n/nb/problem-help.md says in Norwegian what docs/problems.md says in English.
  const codes = async (locale: Locale) => (await problemHelps(locale)).map(({ code }) => code).sort()
  expect(await codes('nb')).toEqual(await codes('en'))
})

test('help is a page, and the page one is on says what it is for', async () => {
  const c = await app.company({})
  const kari = await memberOf(app, c.id, 'accountant')
  const help = textOf((await kari.get('/help')).html)
  expect(help).toContain('Ditt første bilag')
  expect(help).toContain('Mva-koden regner ut avgiften')
  const problems = await kari.get('/help/problems')
  expect(problems.html).toContain('id="voucher/unbalanced"')
  expect(textOf(problems.html)).toContain('Råd: Ctrl Enter skriver resten på en linje.')
  const periods = textOf((await kari.get(`/companies/${c.id}/periods`)).html)
  expect(periods).toContain('Lås det som er levert')
  const about = async (path: string) => /hb-about-page.*?<p>(.*?)<\/p>/s.exec((await kari.get(path)).html)?.[1]
  const entry = await about(`/companies/${c.id}/vouchers/new`)
  expect(entry).toContain('Her fører du bilag')
  // Each page speaks of itself, and none of another.
  const said = await Promise.all(
    ['/', '/security', '/alerts', '/companies/new', '/audit-orders', '/offices/new'].map(about),
  )
  expect(said.every((text) => text)).toBe(true)
  expect(new Set([entry, ...said]).size).toBe(7)
  expect(await about('/help')).toBeUndefined()
})

test('the tour is offered in the demo company until it is taken, and never in a client’s', async () => {
  const demo = await app.company({ test: true })
  const client = await app.company({})
  const kari = await memberOf(app, demo.id, 'administrator')
  const page = async (path: string) => textOf((await kari.get(`/companies/${demo.id}${path}`)).html)
  expect(await page('/overview')).toContain('Omvisning, 1 av 4')
  expect(await page('/vouchers')).not.toContain('Omvisning, ')
  expect(await page('/trial-balance?tour=3')).toContain('Fra tall til dokument')
  await kari.post('/tour', { return: `/companies/${demo.id}/overview` })
  expect(await page('/overview')).not.toContain('Omvisning, ')
  expect(await page('/overview?tour=1')).toContain('Omvisning, 1 av 4')
  const ola = await memberOf(app, client.id, 'administrator')
  expect(textOf((await ola.get(`/companies/${client.id}/overview?tour=1`)).html)).not.toContain('Omvisning')
})
