// What an accountant does on an ordinary day, by keyboard: fifty vouchers, a messy list, a voucher beside its document.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser, norwegianContext } from '#tests/support/browser.ts'

const url = inject('url')
/** Fifty vouchers take a while where other work is going on too, in milliseconds. */
const PATIENCE_MS = 180_000
const year = new Date().getFullYear()
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

async function newCompany(): Promise<{ page: Page; home: string; complaints: string[] }> {
  const context = await norwegianContext(browser, { viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(url)
  await page.getByRole('button', { name: 'Gå inn i demoselskapet' }).click()
  await page.waitForLoadState()
  const id = await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ name: `Arbeidsdag ${Math.random()} AS` })
    return (await (await fetch('/api/v1/companies', { method: 'POST', headers, body })).json()).id
  })
  return { page, home: `${url}/companies/${id}`, complaints }
}
const enter = async (page: Page) => {
  await page.locator('#draft-state').waitFor({ state: 'attached' })
}
const vouchers = (page: Page, home: string): Promise<any> =>
  page.evaluate(
    async (path) => (await fetch(path)).json(),
    `${home.replace('/companies', '/api/v1/companies')}/vouchers?limit=200`,
  )

test(
  'fifty vouchers by the keyboard alone, each posted with the key that begins the next',
  async () => {
    const { page, home, complaints } = await newCompany()
    await page.goto(`${home}/vouchers/new`)
    await enter(page)
    const write = async (...cells: string[]) => {
      for (const cell of cells) {
        await page.keyboard.type(cell)
        await page.keyboard.press('Enter')
      }
    }
    await write('hb', '0303', 'Rekvisita')
    const perLine: number[] = []
    for (let n = 1; n <= 50; n++) {
      const began = performance.now()
      await write('7770', `${n}`)
      await page.keyboard.type('1920')
      await page.keyboard.press('Control+Enter')
      await page.getByText('Klart til å bokføres').waitFor()
      perLine.push((performance.now() - began) / 2)
      await page.keyboard.press('Control+b')
      await page.locator('#entry-notices', { hasText: `HB ${year}-${n} ` }).waitFor()
    }
    const posted = await vouchers(page, home)
    expect(posted.vouchers).toHaveLength(50)
    expect(new Set(posted.vouchers.map((voucher: any) => voucher.number)).size).toBe(50)
    console.log(`fifty vouchers: median ${perLine.sort((a, b) => a - b)[25]!.toFixed(0)} ms a line, typed and judged`)
    expect(complaints).toEqual([])
    await page.context().close()
  },
  PATIENCE_MS,
)

test(
  'a messy list of a thousand rows is read, proved by its sums, corrected and posted; asked once for a source',
  async () => {
    const { page, home, complaints } = await newCompany()
    await page.goto(`${home}/vouchers/new`)
    await enter(page)
    // Debit and credit columns, thousand separators, a title, subtotals, blank rows, and a date written three ways.
    const rows = [`Hovedbok ${year}`, '', 'Bilagsnr\tBilagsdato\tKonto\tBeskrivelse\tDebet\tKredit']
    for (let n = 1; n <= 498; n++) {
      const day = String(1 + (n % 28)).padStart(2, '0')
      const date = [`${day}.03.${year}`, `${day}/03/${year}`, `${year}-03-${day}`][n % 3]
      rows.push(`${n}\t${date}\t7770\tGebyr ${n}\t1.234,50\t`, `${n}\t${date}\t1920\tGebyr ${n}\t\t1.234,50`)
      if (n % 249 === 0) rows.push('', 'Sum\t\t\t\t307.390,50\t307.390,50')
    }
    await page.evaluate((text) => navigator.clipboard.writeText(text), rows.join('\r\n'))
    for (let i = 0; i < 3; i++) await page.keyboard.press('Enter')
    await page.keyboard.press('Control+v')
    const told = page.locator('#pasted')
    await told.getByText('996 linjer, 498 bilag').waitFor()
    const text = ((await told.textContent()) ?? '').replaceAll('\u00a0', ' ')
    expect(text).toContain('Overskriften står i rad 3')
    expect(text).toContain('Sumrader som stemmer med linjene over: 2')
    expect(text).toContain('Listen går opp: 614 781,00')
    await page.getByRole('button', { name: 'Bokfør 498 bilag' }).click()
    await page.getByText('498 bilag er bokført.').waitFor()
    // An amount that can be read in two ways is asked about once, and the answer holds on another machine.
    const doubtful = 'Konto\tBeskrivelse\tBeløp\r\n7770\tGebyr\t1.250\r\n1920\tGebyr\t-1.250'
    await page.evaluate((text) => navigator.clipboard.writeText(text), doubtful)
    const pasteAnew = async () => {
      await page.keyboard.press('Alt+n')
      for (let i = 0; i < 3; i++) await page.keyboard.press('Enter')
      await page.keyboard.press('Control+v')
      await told.getByText('Limt inn: 2 linjer').waitFor()
    }
    await pasteAnew()
    const kept = page.waitForResponse((answer) => answer.url().endsWith('/paste-answers'))
    await told.getByRole('button', { name: '1 250,00', exact: true }).click()
    expect((await kept).status()).toBe(200)
    await page.evaluate(() => localStorage.clear())
    await page.goto(`${home}/vouchers/new`)
    await enter(page)
    await pasteAnew()
    expect(await told.getByRole('button', { name: '1 250,00', exact: true }).count()).toBe(0)
    await told.getByText('Beløp lest med skilletegn for tusen: 2').waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  },
  PATIENCE_MS,
)

test('a voucher is entered beside its document, and keeps it', async () => {
  const { page, home, complaints } = await newCompany()
  await page.goto(`${home}/documents`)
  const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'kvittering.png', mimeType: 'image/png', buffer: pixel })
  await page.getByRole('link', { name: 'kvittering.png' }).first().click()
  await page.getByRole('button', { name: /Før/ }).first().click()
  await enter(page)
  const beside = page.getByRole('complementary').filter({ has: page.locator('img') })
  await beside.waitFor()
  await page.keyboard.type('7770')
  await page.keyboard.press('Enter')
  await page.keyboard.type('50')
  await page.keyboard.press('Enter')
  await page.keyboard.type('1920')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Klart til å bokføres').waitFor()
  await page.keyboard.press('Control+b')
  const opened = page.context().waitForEvent('page')
  await page.locator('[data-told="posted"] a').click()
  await (await opened).locator('img').first().waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})
