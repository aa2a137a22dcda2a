// What voucher entry says of what is typed: undone pastes, amounts and days that cannot be read, and a month that needs a reason.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from '#tests/support/browser.ts'
import { cell, entryDesk, textOf } from './entry-desk.ts'

const url = inject('url')
const year = new Date().getFullYear()
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

test('a paste that is undone takes its notice along, and one goes on where it began', async () => {
  const { page, press, write, paste } = await entryDesk(browser, url)
  await cell(page, 1, 'Konto').click({ force: true })
  const list = ['1', '2'].flatMap((n) => [`${n}\t03.03.${year}\t7770\t5,00`, `${n}\t03.03.${year}\t1920\t-5,00`])
  await paste(['Bilagsnr\tBilagsdato\tKonto\tBeløp', ...list].join('\n'))
  await page.locator('#pasted').getByText('Limt inn').waitFor()
  await press('Control+z')
  await page.locator('#pasted').waitFor({ state: 'hidden' })
  await write('7770')
  await press('Enter')
  expect(await textOf(cell(page, 1, 'Konto'))).toBe('7770')
  expect(await textOf(cell(page, 1, 'Mva-beløp'))).toBe('')
  await page.context().close()
})

test('an amount that is not read proves nothing, and both its readings are offered', async () => {
  const { page, press, write } = await entryDesk(browser, url)
  await cell(page, 1, 'Konto').click({ force: true })
  for (const text of ['7770', '1.234', '1920']) {
    await write(text)
    await press('Enter')
  }
  await press('Control+Enter')
  expect(await textOf(page.locator('#cell-says'))).toBe('Ikke kjent før alle beløp kan leses.')
  expect(await page.locator('.hb-two-strokes').count()).toBe(0)
  expect(await textOf(page.locator('#rest-figure'))).toContain('?')
  const total = page.locator('#entry-table .hb-total')
  if ((await total.count()) > 0) expect(await total.getAttribute('data-broken')).not.toBeNull()
  await page.locator('#issues').getByRole('button', { name: '1 234,00' }).waitFor()
  await page.locator('#issues').getByRole('button', { name: '1,23', exact: true }).click()
  expect(await textOf(cell(page, 1, 'Beløp'))).toBe('1,23')
  await page.context().close()
})

test('the head marks a day that does not exist at once, and a soft locked month asks for its reason', async () => {
  const { page, ask, open, press, write } = await entryDesk(browser, url)
  const company = /companies\/(\w+)/.exec(page.url())![1]
  const lock = { fromMonth: `${year}-01`, toMonth: `${year}-01`, level: 'soft', reason: 'Avstemt' }
  await ask(`/api/v1/companies/${company}/locks`, lock)
  await open()
  await write('inng')
  await press('Enter')
  expect(await page.getByLabel('Bilagsart').inputValue()).toBe('IF Inngående faktura')
  await write('31.02')
  await press('Enter')
  const day = page.getByLabel('Bilagsdato')
  expect(await day.getAttribute('aria-invalid')).toBe('true')
  expect(await textOf(page.locator('#entry-voucherDate-says'))).toContain('31.02')
  await day.fill(`15.01.${year}`)
  await press('Enter', 'Enter')
  for (const text of ['7770', '50', '1920', '-50']) {
    await write(text)
    await press('Enter')
  }
  await press('Control+b')
  const reason = page.getByLabel('Begrunnelse')
  await expect.poll(() => reason.evaluate((field) => field === document.activeElement)).toBe(true)
  expect(await textOf(page.locator('#entry-voucherDate-says'))).not.toContain('låst')
  expect(await textOf(page.locator('#entry-reason-says'))).toContain('låst')
  await page.context().close()
})

test('a correction that is booked says so when one comes back to it', async () => {
  const { page, ask, press, write } = await entryDesk(browser, url)
  const company = /companies\/(\w+)/.exec(page.url())![1]
  const lines = [
    { rowKey: 'a', account: '7770', amount: 5_000 },
    { rowKey: 'b', account: '1920', amount: -5_000 },
  ]
  const draft = { type: 'general', voucherDate: `${year}-03-03`, text: 'Gebyr', lines }
  const id = `vch_${'0'.repeat(25)}1`
  await ask(`/api/v1/companies/${company}/vouchers`, { id, ...draft })
  await page.goto(`${url}/companies/${company}/vouchers/${id}`)
  await press('r')
  await page.getByText('tilbakeføres når du bokfører').waitFor()
  await page.getByLabel('Hvorfor').fill('Feil konto')
  await cell(page, 1, 'Konto').click({ force: true })
  await write('6800')
  await press('Enter', 'Control+b')
  await page.getByText(`HB ${year}-3`).first().waitFor()
  await page.goBack()
  await page.locator('#entry-lead').getByText('er rettet. I stedet står').waitFor()
  expect(await textOf(page.locator('#entry-lead'))).toBe(`HB ${year}-1 er rettet. I stedet står HB ${year}-3.`)
  await page.context().close()
})
