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
