import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser, norwegianContext } from '#tests/support/browser.ts'

// Passkeys belong to a name: not to an address of figures.
const url = inject('url').replace('127.0.0.1', 'localhost')
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
})

test('a passkey is made, signs in, confirms what is shown, and is removed', async () => {
  const context = await norwegianContext(browser, { viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  const authenticator = await context.newCDPSession(page)
  await authenticator.send('WebAuthn.enable')
  await authenticator.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await page.goto(url)
  await page.getByRole('button', { name: 'Gå inn i demoselskapet' }).click()
  await page.waitForLoadState()
  await page.goto(`${url}/security`)
  await page.getByRole('button', { name: 'Legg til passkey' }).click()
  await page.getByText('Dette er kodene dine').waitFor()
  expect(await page.locator('.hb-codes li').count()).toBe(10)
  await page.getByRole('link', { name: 'Jeg har lagret kodene' }).click()

  // Out, and in again with the passkey alone.
  await page.getByRole('button', { name: 'Din meny' }).click()
  await page.getByRole('button', { name: 'Logg ut', exact: true }).last().click()
  await page.getByRole('button', { name: 'Logg inn med passkey' }).or(page.locator('.hb-page')).first().waitFor()
  const button = page.getByRole('button', { name: 'Logg inn med passkey' })
  if (await button.isVisible()) await button.click().catch(() => {}) // the e-mail field may have offered it first
  await page.locator('.hb-page').waitFor()

  // Another bank account of the company's: what is confirmed stands on the page, and goes through as it was sent.
  const company = await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ name: `Passkey ${Math.random()} AS` })
    const { id } = await (await fetch('/api/v1/companies', { method: 'POST', headers, body })).json()
    const bankAccounts = [{ number: '86011117947', name: 'Drift', account: null }]
    await fetch(`/api/v1/companies/${id}/profile`, { method: 'PATCH', headers, body: JSON.stringify({ bankAccounts }) })
    return id as string
  })
  await page.goto(`${url}/companies/${company}/settings/profile`)
  await page.locator('input[name="number-0"]').fill('12345678903')
  await page.locator('form:has(input[name="number-0"])').getByRole('button').last().click()
  await page.getByRole('heading', { name: 'Bekreft at det er deg' }).waitFor()
  expect(await page.locator('main li').allTextContents()).toEqual(
    expect.arrayContaining(['− 86011117947', '+ 12345678903']),
  )
  await page.getByRole('button', { name: 'Bruk passkey' }).click()
  await page.waitForURL(`${url}/companies/${company}/settings/profile`)
  const number = page.locator('input[name="number-0"]:not([type="hidden"])')
  expect((await number.inputValue()).replace(/[\s.]/g, '')).toBe('12345678903')

  await page.goto(`${url}/security`)
  await page.getByRole('button', { name: /^Fjern passkeyen/ }).click()
  await page.getByText('Passkeyen er fjernet.').waitFor()
  expect(complaints.filter((text) => !/\b40[13]\b/.test(text))).toEqual([])
  await context.close()
})
