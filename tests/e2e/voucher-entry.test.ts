import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { auditPage } from '#tests/support/audit-page.ts'
import { launchBrowser } from '#tests/support/browser.ts'
import { png } from '#tests/support/files.ts'
import { cell, type EntryOptions, entryDesk, said, simpleVoucher, textOf } from './entry-desk.ts'

const url = inject('url')
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
})

const year = new Date().getFullYear()
/** A voucher goes in a batch with the token of its try, by itself where no try answered. */
const POSTING = /\/vouchers(\/batch)?$/

const entryPage = (options?: EntryOptions) => entryDesk(browser, url, options)

test('a voucher is posted by the keyboard alone, and the next one begins where it should', async () => {
  const { page, ask, write, press, posted, complaints } = await entryPage()
  await write('if')
  await press('Enter')
  await write('0303')
  await press('Enter')
  await write('Rekvisita')
  await press('Enter')
  await write('kontorrek')
  await page.getByRole('option', { name: '6800 Kontorrekvisita' }).waitFor()
  await press('Enter')
  await write('1249,50+300')
  await press('Enter')
  await write('-tegn')
  await page.getByRole('option', { name: /Tegnverk Norge AS/ }).waitFor()
  await press('Enter', 'Control+Enter')
  expect(await textOf(cell(page, 1, 'Kontonavn'))).toBe('Kontorrekvisita')
  expect(await textOf(cell(page, 1, 'Mva'))).toBe('1')
  expect(await textOf(cell(page, 1, 'Mva-beløp'))).toBe('309,90')
  expect(await textOf(cell(page, 2, 'Konto'))).toBe('2400:20114')
  expect(await textOf(cell(page, 2, 'Beløp'))).toBe('−1 549,50')
  // What will be booked, tried against the ledger, with two strokes under it.
  const entries = page.locator('#entries')
  await entries.getByText('prøvd mot hovedbokversjon 0').waitFor()
  expect(await textOf(entries.locator('tbody').first())).toMatch(
    /6800 Kontorrekvisita.*1 239,60.*2710.*309,90.*2400 Tegnverk Norge AS.*1 549,50/,
  )
  expect(await entries.locator('.hb-total').getAttribute('data-broken')).toBeNull()
  await press('Enter') // the invoice number of the supplier's line
  await write('50817')
  await press('Control+b')
  await said(page, 'posted').waitFor()
  expect(await textOf(said(page, 'posted'))).toBe(`IF ${year}-1 er bokført.`)
  await page.locator('.hb-bottom').getByText('Hovedbokversjon 1', { exact: true }).waitFor()
  const voucher = await posted('IF', 1)
  expect(voucher.voucherDate).toBe(`${year}-03-03`)
  expect(voucher.entries.map((e: any) => [e.account, e.party, e.amount, e.invoiceNumber])).toEqual([
    ['6800', null, 123_960, null],
    ['2710', null, 30_990, null],
    ['2400', '20114', -154_950, '50817'],
  ])
  // Type and date are kept, the lines are empty, and the next voucher can be written at once.
  expect(await page.getByLabel('Bilagsart').inputValue()).toBe('IF Inngående faktura')
  expect(await page.getByLabel('Bilagsdato').inputValue()).toBe(`03.03.${year}`)
  expect(await textOf(cell(page, 1, 'Konto'))).toBe('')
  await write('6800')
  await press('Enter')
  await write('100')
  await press('Enter')
  // The receipt comes meanwhile, and the supplier is new: neither is a reason to leave the voucher.
  const file = { name: 'kvittering.png', mimeType: 'image/png', buffer: Buffer.from(png) }
  await page.locator('#entry-file').setInputFiles(file)
  await page.locator('#entry-beside [data-document]').waitFor()
  await write('-Øst Taxi')
  await page.getByRole('option', { name: 'Ny leverandør «Øst Taxi»' }).waitFor()
  await press('ArrowDown', 'Enter')
  await page.getByRole('dialog').getByLabel('Organisasjonsnummer').waitFor()
  await press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await cell(page, 2, 'Kontonavn').getByText('Øst Taxi').waitFor()
  await press('Control+Enter')
  await page.getByText('Klart til å bokføres').waitFor()
  await press('ArrowDown', 'Home')
  await write('+') // alone in the account: this voucher is done
  await press('Enter')
  await page.getByText(`IF ${year}-2 er bokført.`).waitFor()
  await page.locator('#entry-beside').waitFor({ state: 'hidden' })
  const company = new URL(page.url()).pathname.replace('/vouchers/new', '')
  const { documents } = await ask(`/api/v1${company}/documents`)
  expect(documents.map((d: any) => [d.fileName, d.status])).toEqual([['kvittering.png', 'attached']])
  expect(complaints).toEqual([])
  // A text that was used before: the arrow leaves a list in which nothing is marked, and takes what is.
  await cell(page, 3, 'Tekst').click()
  await write('rekv')
  await page.getByRole('option', { name: /Rekvisita/ }).waitFor()
  await press('ArrowRight')
  expect(await textOf(cell(page, 3, 'Tekst'))).toBe('rekv')
  await cell(page, 4, 'Tekst').click()
  await write('rekv')
  await page.getByRole('option', { name: /Rekvisita/ }).waitFor()
  await press('ArrowDown', 'ArrowRight')
  await cell(page, 5, 'Konto').getByText('2400:20114').waitFor()
  expect(await textOf(cell(page, 4, 'Tekst'))).toBe('Rekvisita')
  // What is posted is put right in the same grid, by its key, and survives the page like any draft.
  await page.goto(`${url}${company}/vouchers/${voucher.id}`)
  await press('r')
  await page.getByRole('heading', { name: `Korriger IF ${year}-1` }).waitFor()
  await page.locator('#voucher-grid td.current', { hasText: '6800' }).first().waitFor()
  await write('6810')
  await press('Enter')
  await page.locator('#draft-state[data-state="saved"]').waitFor()
  await page.reload()
  await cell(page, 1, 'Konto').getByText('6810').waitFor()
  expect(await page.getByLabel('Tilbakeføres').inputValue()).toBe(`03.03.${year}`)
  await page.getByLabel('Hvorfor bilaget rettes').fill('Feil konto')
  await press('Enter')
  await page.getByText('Klart til å bokføres').waitFor()
  await press('Control+b')
  await page.getByRole('link', { name: `Retter IF ${year}-1` }).waitFor()
  expect(await textOf(page.locator('.hb-changed ins').first())).toBe('6810')
  expect(complaints).toEqual([])
})

test('an error is painted in its cell, told with its cure, and cured by one key', async () => {
  const { page, write, press, complaints } = await entryPage()
  await press('Enter', 'Enter', 'Enter')
  await write('6801')
  await press('Enter')
  await write('125')
  await press('Enter')
  const account = cell(page, 1, 'Konto')
  await expect.poll(() => account.getAttribute('class')).toContain('hb-error')
  expect(await account.getAttribute('aria-invalid')).toBe('true')
  const issues = page.locator('#issues')
  expect(await textOf(issues)).toContain('1 feil må rettes før du kan bokføre')
  expect(await textOf(issues)).toContain('Linje 1, Konto: Konto 6801 finnes ikke. Mente du 6800 Kontorrekvisita?')
  await press('F8')
  expect(await textOf(page.locator('#cell-says'))).toContain('Konto 6801 finnes ikke')
  await press('F1') // is seen too, not only heard
  await page.locator('#cell-says:not(.hb-spoken)').getByText('Skriv nummer eller navn').waitFor()
  await press('Alt+Enter')
  expect(await textOf(account)).toBe('6800')
  await expect.poll(() => account.getAttribute('class')).not.toContain('hb-error')
  // Posting an unfinished voucher goes to what is missing instead.
  await press('Control+b')
  expect(await textOf(issues)).toContain('Det mangler 125,00 i kredit')
  expect(await page.locator('#post').getAttribute('aria-disabled')).toBe('true')
  await press('Control+z')
  expect(await textOf(account)).toBe('6801')
  expect(complaints).toEqual([])
})

test('a sheet of a thousand lines is pasted, checked, tried and posted', async () => {
  const { page, paste, press, posted, complaints } = await entryPage()
  const lines = ['Konto\tKontonavn\tTekst\tMva\tBeløp\tAvdeling\tProsjekt\tFakturanr\tForfall\tKID\tSaldo\tNotat']
  for (let i = 1; i <= 999; i++) lines.push(`6800\tKontorrekvisita\tRekvisita ${i}\t1\t1 249,50\t\t\t\t\t\t\t`)
  lines.push(`1920\tBank\tBetaling\t\t-1 248 250,50\t\t\t\t\t\t\t`)
  await press('Enter', 'Enter', 'Enter')
  await page.evaluate(() => {
    const twoFrames = (then: () => void) => requestAnimationFrame(() => requestAnimationFrame(then))
    const timed = () => {
      const began = performance.now()
      twoFrames(() => document.body.setAttribute('data-paste', String(performance.now() - began)))
    }
    document.addEventListener('paste', timed, { capture: true, once: true })
  })
  await paste(lines.join('\r\n'))
  await page.getByText('Limt inn: 1 000 linjer i ett bilag').waitFor()
  expect(await textOf(page.locator('#pasted'))).toContain('Ikke brukt: Kontonavn, Saldo, Notat.')
  await page.locator('body[data-paste]').waitFor()
  expect(Number(await page.getAttribute('body', 'data-paste'))).toBeLessThan(2_500)
  await page.getByText('Klart til å bokføres').waitFor()
  await press('Control+b')
  await said(page, 'posted').waitFor()
  const voucher = await posted('HB', 1)
  expect(voucher.entries).toHaveLength(1_999)
  expect(voucher.entries.reduce((sum: number, e: any) => sum + e.amount, 0)).toBe(0)
  expect(complaints).toEqual([])
})

test('a sheet of several vouchers posts those that are ready, and says which is not', async () => {
  const { page, paste, press, vouchers, complaints } = await entryPage()
  const lines = ['Bilag\tDato\tArt\tKonto\tTekst\tDebet\tKredit']
  for (let i = 1; i <= 60; i++) {
    const day = `${1 + (i % 28)}.2.${year}`
    const credit = i === 27 ? '51,00' : '50,00'
    lines.push(`${i}\t${day}\tHB\t7770\tGebyr ${i}\t50,00\t`, `${i}\t${day}\tHB\t1920\tGebyr ${i}\t\t${credit}`)
  }
  await press('Enter', 'Enter', 'Enter')
  await paste(lines.join('\r\n'))
  await page.getByText('Limt inn: 120 linjer, 60 bilag').waitFor()
  await page.getByRole('button', { name: 'Bokfør 59 bilag' }).waitFor()
  await press('Control+b')
  await said(page, 'postedSome').waitFor()
  expect(await textOf(said(page, 'postedSome'))).toBe('59 bilag er bokført. 1 står igjen, det første i linje 53.')
  expect(await vouchers()).toHaveLength(59)
  // The focus is where the fault is; the amount is four columns on, one line down.
  await press('ArrowDown')
  await page.locator('#voucher-grid .ht_master td', { hasText: '−51,00' }).click()
  await page.keyboard.type('-50')
  await press('Enter', 'Control+b')
  await said(page, 'postedMany').waitFor()
  expect(await vouchers()).toHaveLength(60)
  // Nothing is posted twice, whatever one presses.
  await press('Control+b', 'Control+b')
  expect(await vouchers()).toHaveLength(60)
  expect(complaints).toEqual([])
})

test('a number that can be read in two ways is asked about once', async () => {
  const { page, paste, press, complaints, open } = await entryPage()
  const list = 'Konto\tBeløp\r\n6800\t475,962\r\n1920\t-475,962'
  await press('Enter', 'Enter', 'Enter')
  await paste(list)
  await page
    .locator('#pasted')
    .getByText('475,962 kan leses på to måter: 475 962,00, eller med tre desimaler, rundet av til 475,96.')
    .waitFor()
  expect(await textOf(cell(page, 1, 'Beløp'))).toBe('475,962')
  await page.getByRole('button', { name: '475 962,00', exact: true }).first().click()
  expect(await textOf(cell(page, 1, 'Beløp'))).toBe('475 962,00')
  await page.getByText('Klart til å bokføres').waitFor()
  // The next list of the same shape is read the same way, without a question.
  await page.getByRole('button', { name: 'Angre innliming' }).click()
  await open()
  await press('Enter', 'Enter', 'Enter')
  await paste(list)
  await page.getByText('Beløp lest med skilletegn for tusen: 2').waitFor()
  expect(await page.getByText('475,962 kan leses').count()).toBe(0)
  expect(complaints).toEqual([])
})

test('a draft survives a reload, and a lost reply never becomes two vouchers', async () => {
  const entry = await entryPage()
  const { page, press, open, vouchers } = entry
  await simpleVoucher(entry, 'Mistet svar')
  await page.getByText('Lagret som kladd').waitFor()
  await open()
  await said(page, 'restored').waitFor()
  expect(await page.getByLabel('Tekst', { exact: true }).inputValue()).toBe('Mistet svar')
  expect(await textOf(cell(page, 2, 'Beløp'))).toBe('−50,00')
  // The voucher arrives, its answer does not: the page says so, finds out, and tells the number.
  let sendings = 0
  let hasRead = () => {}
  const read = new Promise<void>((resolve) => {
    hasRead = resolve
  })
  await page.route(POSTING, async (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    if (sendings++ > 0) {
      await read // the next try answers when the page has been read, however slow this machine is
      return route.fallback()
    }
    await route.fetch()
    await route.abort('connectionreset')
  })
  await press('Control+b')
  await said(page, 'lost').waitFor()
  expect(await textOf(said(page, 'lost'))).toBe(
    'Vi fikk ikke svar. Hovedbok sjekker om bilaget kom fram før det sendes igjen.',
  )
  hasRead()
  await said(page, 'posted').waitFor()
  expect(await vouchers()).toHaveLength(1)
})

test('a page that is closed while it posts finds out what arrived', async () => {
  const entry = await entryPage()
  const { page, press, open, vouchers } = entry
  await simpleVoucher(entry, 'Lukket side')
  let arrived = () => {}
  const hasArrived = new Promise<void>((resolve) => {
    arrived = resolve
  })
  await page.route(POSTING, async (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    await route.fetch()
    arrived() // and the page never hears of it
  })
  await press('Control+b')
  await hasArrived
  await open()
  await said(page, 'arrived').waitFor()
  expect(await textOf(said(page, 'arrived'))).toBe(`HB ${year}-1 kom fram, og er bokført.`)
  expect(await textOf(cell(page, 1, 'Konto'))).toBe('')
  expect(await vouchers()).toHaveLength(1)
})

test('fifty vouchers from the keyboard, each tried while it is typed', { timeout: 180_000 }, async () => {
  const { page, write, press, vouchers, complaints } = await entryPage()
  await press('Enter', 'Enter', 'Enter')
  for (let i = 1; i <= 50; i++) {
    await write('7770')
    await press('Enter')
    await write(`${i},50`)
    await press('Enter')
    await write('1920')
    await press('Enter', 'Control+Enter')
    await page.getByText(`prøvd mot hovedbokversjon ${i - 1}`, { exact: true }).waitFor()
    await press('Control+b')
    await page.getByText(`HB ${year}-${i} er bokført.`, { exact: true }).waitFor()
  }
  const numbers = (await vouchers()).map((v) => v.number).sort((a, b) => a - b)
  expect(numbers).toEqual(Array.from({ length: 50 }, (_, i) => i + 1))
  expect(complaints).toEqual([])
})

test('on a phone the lines are a list, in English too', async () => {
  const { page, complaints } = await entryPage({ width: 390, language: 'en' })
  await page.getByText('Vouchers are best entered on a larger screen').waitFor()
  await page.locator('#lines > button').click()
  await page.getByLabel('Account', { exact: true }).fill('6800')
  await page.getByLabel('Amount', { exact: true }).fill('125.50')
  await page.getByLabel('Amount', { exact: true }).press('Tab')
  await page.locator('#lines').getByText('6800 Office supplies').waitFor()
  expect(await textOf(page.locator('#lines .hb-line .hb-num'))).toBe('125.50')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(complaints).toEqual([])
})

test.each(['light', 'dark'] as const)('a voucher with errors can be read by everybody, %s', async (colorScheme) => {
  const { page, paste, press, complaints } = await entryPage({ colorScheme })
  await press('Enter', 'Enter', 'Enter')
  await paste(
    'Konto\tMva\tBeløp\tTekst\r\n6801\t1\t1 250,00\tPapir\r\n6860\t\t475,962\tKurs\r\n2400:20114\t\t-1 725,96\tFaktura',
  )
  await page.getByText('475,962 kan leses').first().waitFor()
  await page.locator('#issues').getByText('Konto 6801 finnes ikke').waitFor()
  expect(await auditPage(page, { touch: false })).toEqual({ overflow: 0, wrong: [], small: [] })
  expect(complaints).toEqual([])
})

test('what is copied goes back as it was, and into Norwegian Excel', async () => {
  const { page, write, press, complaints } = await entryPage()
  await press('Enter', 'Enter', 'Enter')
  await write('6800')
  await press('Enter')
  await write('1249,50')
  await press(
    'Enter',
    'ArrowUp',
    'Home',
    'Shift+ArrowRight',
    'Shift+ArrowRight',
    'Shift+ArrowRight',
    'Shift+ArrowRight',
  )
  await press('Control+c')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('6800\tKontorrekvisita\t1\t1249,50\t249,90')
  await press('ArrowDown', 'Home', 'Control+v')
  expect(await textOf(cell(page, 2, 'Beløp'))).toBe('1 249,50')
  expect(await textOf(cell(page, 2, 'Konto'))).toBe('6800')
  expect(await page.locator('#pasted').isHidden()).toBe(true)
  // One cell over a selection fills it.
  await press('Home', 'Control+c', 'ArrowDown', 'Shift+ArrowDown', 'Control+v')
  expect([await textOf(cell(page, 3, 'Konto')), await textOf(cell(page, 4, 'Konto'))]).toEqual(['6800', '6800'])
  await press('Control+z')
  // Debit and credit are the same amount seen in two columns.
  await page.getByRole('button', { name: 'Debet og kredit' }).click()
  expect(await textOf(page.locator('#voucher-grid .ht_clone_top thead'))).toContain('DebetKredit')
  await page.getByRole('button', { name: 'Fortegn' }).click()
  await press('Control+z')
  expect(await textOf(cell(page, 2, 'Konto'))).toBe('')
  expect(complaints).toEqual([])
})
