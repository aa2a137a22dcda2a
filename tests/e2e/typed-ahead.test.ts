// What is typed and pasted between *Bokfør* and its answer.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from '#tests/support/browser.ts'
import { cell, entryDesk, said, simpleVoucher, textOf } from './entry-desk.ts'

const url = inject('url')
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
})

const year = new Date().getFullYear()
const entryPage = () => entryDesk(browser, url)

/** Postings wait on their way to the ledger until they are let through. */
async function holdPosting(page: Page): Promise<() => void> {
  const held = Promise.withResolvers<void>()
  await page.route('**/vouchers/batch', async (route) => {
    await held.promise
    await route.fallback()
  })
  return held.resolve
}

test('what is typed before the answer is the next voucher’s, and nobody’s when this one is refused', async () => {
  const entry = await entryPage()
  const { page, press, write, vouchers, complaints } = entry
  await simpleVoucher(entry, 'Først')
  let held = Promise.withResolvers<void>()
  const refusal = { status: 422, json: { code: 'request/invalid', title: 'Ikke nå', issues: [] } }
  await page.route('**/vouchers/batch', async (route) => {
    await held.promise
    await ((await vouchers()).length === 0 ? route.fallback() : route.fulfill(refusal))
  })
  const posting = async () => {
    held = Promise.withResolvers<void>()
    await press('Control+b')
    await said(page, 'posting').waitFor()
  }
  await page.getByLabel('Tekst', { exact: true }).focus() // the text of this voucher is not the next one’s
  await posting()
  await write('77701')
  await press('Backspace', 'Enter')
  await write('75,50')
  await press('Enter')
  await write('1920')
  await press('Enter', 'Control+Enter', 'Enter')
  await write('192')
  held.resolve()
  await said(page, 'posted').waitFor()
  await write('0')
  await page.getByRole('option', { name: /^1920/ }).waitFor()
  await press('Escape')
  expect(await page.getByLabel('Tekst', { exact: true }).inputValue()).toBe('')
  expect(await textOf(page.locator('#voucher-grid .ht_master tbody tr:nth-child(-n+2)').first())).toContain('7770')
  expect([await textOf(cell(page, 1, 'Beløp')), await textOf(cell(page, 2, 'Konto'))]).toEqual(['75,50', '1920'])
  expect(await textOf(cell(page, 2, 'Beløp'))).toBe('−75,50')
  await page.getByText('Klart til å bokføres').waitFor()
  expect(complaints).toEqual([])
  await posting()
  await write('4300')
  await press('Enter')
  held.resolve()
  await said(page, 'refused').waitFor()
  await page.locator('#cell-says').getByText('Det du skrev mens vi ventet, er ikke satt inn: 4300').waitFor()
  expect(await textOf(page.locator('#voucher-grid .ht_master tbody'))).not.toContain('4300')
  expect(await vouchers()).toHaveLength(1)
})

test('what is typed before the answer is written up to a second Bokfør, and what follows is told', async () => {
  const entry = await entryPage()
  const { page, press, write, vouchers, complaints } = entry
  await simpleVoucher(entry, 'Først')
  const release = await holdPosting(page)
  await press('Control+b', 'Control+b') // twice in a row is one
  await said(page, 'posting').waitFor()
  for (const text of ['7770', '40', '1920']) {
    await write(text)
    await press('Enter')
  }
  await press('Control+Enter', 'Enter', 'Control+b')
  await write('4300')
  await press('Enter')
  release()
  await said(page, 'posted').waitFor()
  await page
    .locator('#cell-says')
    .getByText('Bilaget du skrev mens vi ventet, er ikke bokført. Ikke satt inn: 4300', { exact: true })
    .waitFor()
  expect([await textOf(cell(page, 1, 'Beløp')), await textOf(cell(page, 2, 'Konto'))]).toEqual(['40,00', '1920'])
  expect(await textOf(page.locator('#voucher-grid .ht_master tbody'))).not.toContain('4300')
  expect(await vouchers()).toHaveLength(1)
  expect(complaints).toEqual([])
})

test('a voucher that is posted by + before the answer leaves what follows to the next one', async () => {
  const entry = await entryPage()
  const { page, press, write, vouchers, complaints } = entry
  await simpleVoucher(entry, 'Først')
  const release = await holdPosting(page)
  await press('Control+b')
  await said(page, 'posting').waitFor()
  for (const text of ['7770', '40', '1920']) {
    await write(text)
    await press('Enter')
  }
  await press('Control+Enter', 'Enter')
  for (const text of ['+', '4300', '99']) {
    await write(text)
    await press('Enter')
  }
  release()
  await said(page, 'posted').getByText(`HB ${year}-2`).waitFor()
  await expect.poll(async () => textOf(cell(page, 1, 'Beløp'))).toBe('99,00')
  expect(await textOf(cell(page, 1, 'Konto'))).toContain('4300')
  expect(await vouchers()).toHaveLength(2)
  expect(complaints).toEqual([])
})

test('on a narrow screen what is typed while a voucher is posted is told, and not that it was not posted', async () => {
  const entry = await entryPage()
  const { page, press, write, vouchers } = entry
  await simpleVoucher(entry, 'Først')
  await page.setViewportSize({ width: 390, height: 844 })
  const release = await holdPosting(page)
  await press('Control+b')
  await said(page, 'posting').waitFor()
  await page.getByLabel('Tekst', { exact: true }).first().focus()
  await write('Porto')
  release()
  await said(page, 'posted').waitFor()
  await page.locator('#cell-says').getByText('Det du skrev mens vi ventet, er ikke satt inn: Porto').waitFor()
  expect(await vouchers()).toHaveLength(1)
})

test('a correction that is posted while one types stays, and tells what was typed', async () => {
  const entry = await entryPage()
  const { page, press, write, complaints } = entry
  await simpleVoucher(entry, 'Først')
  await press('Control+b')
  await said(page, 'posted')
    .getByRole('link')
    .evaluate((link) => link.removeAttribute('target'))
  await said(page, 'posted').getByRole('link').click()
  await page.getByRole('button', { name: /^Korriger/ }).click()
  await page.locator('#entry-header [name=reason]').fill('Feil beløp')
  await cell(page, 1, 'Beløp').click()
  await write('60')
  await press('Enter')
  await cell(page, 2, 'Beløp').click()
  await write('-60')
  await press('Enter')
  await page.getByText('Klart til å bokføres').waitFor()
  const held = Promise.withResolvers<void>()
  await page.route('**/correction', async (route) => {
    await held.promise
    await route.fallback()
  })
  await press('Control+b')
  await said(page, 'posting').waitFor()
  await write('4300')
  held.resolve()
  await said(page, 'posted').waitFor()
  await page.locator('#cell-says').getByText('Det du skrev mens vi ventet, er ikke satt inn: 4300').waitFor()
  await write('99')
  await press('Enter')
  await write('50?')
  await press('Enter')
  await page.locator('#cell-says').getByText('Ikke satt inn: 430099 50?').waitFor()
  expect(await textOf(page.locator('#voucher-grid .ht_master tbody'))).not.toMatch(/99|50/)
  expect(await page.locator('#entry-header input').evaluateAll((all) => all.map((f: any) => f.value))).not.toContain(
    '50?',
  )
  expect(await page.locator('dialog[open]').count()).toBe(0)
  expect(complaints).toEqual([])
})

test('what is pasted before the answer is the next voucher’s too', async () => {
  const entry = await entryPage()
  const { page, press, paste, complaints } = entry
  await simpleVoucher(entry, 'Først')
  const held = Promise.withResolvers<void>()
  await page.route('**/vouchers/batch', async (route) => {
    await held.promise
    await route.fallback()
  })
  await press('Control+b')
  await said(page, 'posting').waitFor()
  await paste('6800\t\t1\t100\n1920\t\t\t-100')
  expect(await page.locator('#pasted').isHidden()).toBe(true)
  held.resolve()
  await page.getByText('Limt inn: 2 linjer i ett bilag').waitFor()
  expect([await textOf(cell(page, 1, 'Beløp')), await textOf(cell(page, 2, 'Konto'))]).toEqual(['100,00', '1920'])
  expect(await textOf(said(page, 'posted').getByRole('link'))).toBe(`HB ${year}-1`)
  expect(complaints).toEqual([])
})

test('a question mark typed before the answer is text in the lines, and the search keeps its own keys', async () => {
  const entry = await entryPage()
  const { page, press, write, complaints } = entry
  await simpleVoucher(entry, 'Først')
  const release = await holdPosting(page)
  await press('Control+b')
  await said(page, 'posting').waitFor()
  await write('77?')
  await press('Enter')
  await write('40')
  await press('Enter', 'Control+f')
  const search = page.locator('#find input')
  await search.fill('hva')
  await write('?')
  expect(await search.inputValue()).toBe('hva?')
  await press('Control+z')
  expect(await search.inputValue()).not.toBe('hva?')
  expect(await page.locator('dialog[open]').count()).toBe(0)
  await press('Escape')
  release()
  await said(page, 'posted').waitFor()
  await expect.poll(async () => textOf(cell(page, 1, 'Konto'))).toContain('77?')
  expect(await textOf(cell(page, 1, 'Beløp'))).toBe('40,00')
  expect(await page.locator('#cell-says').textContent()).not.toContain('ikke satt inn')
  expect(complaints).toEqual([])
})
