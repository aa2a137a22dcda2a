import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { auditPage } from '#tests/support/audit-page.ts'
import { launchBrowser, norwegianContext } from '#tests/support/browser.ts'

const url = inject('url')
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
})

test('a client is taken over with movements: planned, pasted, put right, booked, proved and finished', async () => {
  const context = await norwegianContext(browser, { viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  await page.goto(url)
  await page.locator('form[action="/sign-in/demo"] button').click()
  await page.waitForLoadState()
  const { id } = await page.evaluate(
    async (body) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
      return (await fetch('/api/v1/companies', init)).json()
    },
    JSON.stringify({ name: `Overtakelse ${Math.random()} AS` }),
  )
  const year = new Date().getFullYear()
  const home = `${url}/companies/${id}/takeover`
  const paste = async (rows: (string | number)[][]) => {
    await page.evaluate((text) => navigator.clipboard.writeText(text), rows.map((row) => row.join('\t')).join('\n'))
    await page.keyboard.press('Control+v')
    await page.getByRole('button', { name: 'Behold', exact: true }).click()
    await page.locator('#save-state', { hasText: /^Lagret/ }).waitFor()
  }
  const press = (name: string) => page.getByRole('button', { name }).click()

  await page.goto(home)
  await page.getByLabel('Åpningsbalanse per').fill(`01.01.${year}`)
  await page.getByLabel('Overgangsdato').fill(`01.04.${year}`)
  await press('Lagre')
  await page.getByRole('heading', { name: 'Sjekkliste' }).waitFor()
  expect(await page.getByRole('button', { name: 'Fullfør overtakelsen' }).getAttribute('aria-disabled')).toBe('true')

  await page.getByRole('link', { name: `Åpningsbalanse 01.01.${year}` }).click()
  await page.locator('#opening[data-ready]').waitFor()
  await paste([
    ['Konto', 'Kontonavn', 'Saldo'],
    ['1250', 'Inventar', '40 000,00'],
    ['1500', 'Kundefordringer', '30 000,00'],
    ['1920', 'Bank', '90 000,00'],
    ['2400', 'Leverandørgjeld', '-20 000,00'],
    ['2050', 'Annen egenkapital', '-140 000,00'],
  ])
  await press('Bokfør')
  await page.getByText('Bokført som').waitFor()

  // February is printed as balances; it is turned into movements and shown before it stands.
  await page.goto(`${home}/movements`)
  await page.locator('#movements[data-ready]').waitFor()
  await paste([
    ['Konto', 'Navn', `jan ${year}`, `feb ${year}`, `mars ${year}`, 'Sum'],
    ['1250', 'Inventar', '-500', '39 000', '-500', ''],
    ['1500', 'Kunder', '5 000', '36 000', '-2 000', ''],
    ['1920', 'Bank', '2 500', '97 500', '6 000', ''],
    ['2400', 'Leverandører', '-1 000', '-22 000', '500', ''],
    ['2050', 'Egenkapital', '0', '-140 000', '0', ''],
    ['3000', 'Salg', '-10 000', '-20 000', '-8 000', ''],
    ['4300', 'Varer', '4 000', '9 500', '4 000', ''],
  ])
  await press('Gjør om til bevegelser')
  await page.getByText('Slik blir bevegelsene').waitFor()
  await page.getByRole('button', { name: 'Behold', exact: true }).click()
  await page.getByText('Alle måneder går opp').waitFor()
  await press('Bokfør')
  await page.getByRole('heading', { name: 'Sjekkliste' }).waitFor()

  await page.getByRole('link', { name: `Åpne poster 31.03.${year}` }).click()
  await page.locator('#opening[data-ready]').waitFor()
  await paste([
    ['Kundenr', 'Navn', 'Faktura', 'Forfall', 'Beløp'],
    ['10001', 'Brekke Betong AS', '3307', `11.04.${year}`, '34 000,00'],
  ])
  await paste([
    ['Leverandørnr', 'Navn', 'Faktura', 'Forfall', 'Beløp'],
    ['20001', 'Fjell AS', 'A-1', `20.04.${year}`, '-21 500,00'],
  ])
  await press('Bokfør')
  await page.getByText('Bokført som').waitFor()

  await page.goto(home)
  await page.getByText('Alt stemmer. Overtakelsen kan fullføres.').waitFor()
  expect(await page.locator('.hb-checklist li:not([data-done])').count()).toBe(0)
  expect(await auditPage(page, { touch: false })).toEqual({ overflow: 0, wrong: [], small: [] })
  const proof = await page.evaluate(
    async (path) => (await fetch(path)).headers.get('content-type'),
    (await page.getByRole('link', { name: 'Foreløpig bevis' }).getAttribute('href')) as string,
  )
  expect(proof).toBe('application/pdf')
  await press('Fullfør overtakelsen')
  await page.getByText('Fullført').first().waitFor()
  expect(complaints).toEqual([])
  await context.close()
}, 120_000)
