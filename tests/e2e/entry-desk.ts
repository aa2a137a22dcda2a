import type { Browser, Locator, Page } from 'playwright-core'
import { norwegianContext } from '#tests/support/browser.ts'

export type EntryOptions = { width?: number; language?: 'nb' | 'en'; colorScheme?: 'light' | 'dark' }

/** A new company of the demo user, with its entry page open. What the browser complains of is collected. */
export async function entryDesk(
  browser: Browser,
  url: string,
  { width = 1440, language, colorScheme = 'light' }: EntryOptions = {},
) {
  const context = await norwegianContext(browser, { viewport: { width, height: 900 }, colorScheme })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  await page.goto(url)
  await page.locator('form[action="/sign-in/demo"] button').click()
  await page.waitForLoadState()
  const ask = (path: string, body?: unknown): Promise<any> =>
    page.evaluate(
      async ({ address, content }) => {
        const init = content ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: content } : {}
        const answer = await fetch(address, init)
        if (!answer.ok) throw new Error(await answer.text())
        return answer.json()
      },
      { address: path, content: body === undefined ? undefined : JSON.stringify(body) },
    )
  const { id } = await ask('/api/v1/companies', { name: `Rutenett ${Math.random()} AS` })
  const api = `/api/v1/companies/${id}`
  await ask(`${api}/parties`, { kind: 'supplier', name: 'Tegnverk Norge AS', number: '20114' })
  const open = async () => {
    await page.goto(`${url}/companies/${id}/vouchers/new${language ? `?language=${language}` : ''}`)
    await page.locator('#draft-state').waitFor({ state: 'attached' })
  }
  await open()
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  return {
    page,
    complaints,
    ask,
    open,
    press,
    write: (text: string) => page.keyboard.type(text),
    paste: async (text: string) => {
      await page.evaluate((t) => navigator.clipboard.writeText(t), text)
      await press('Control+v')
    },
    vouchers: async (): Promise<any[]> => (await ask(`${api}/vouchers`)).vouchers,
    /** A voucher with its entries, by its number in the series. */
    posted: async (series: string, number: number): Promise<any> => {
      const { vouchers } = await ask(`${api}/vouchers`)
      const voucher = vouchers.find((v: any) => v.series === series && v.number === number)
      return ask(`${api}/vouchers/${voucher.id}`)
    },
  }
}

/** What an element says, with plain spaces. */
export const textOf = async (of: Locator): Promise<string> => ((await of.textContent()) ?? '').replaceAll('\u00a0', ' ')
export const said = (page: Page, key: string): Locator => page.locator(`#entry-notices [data-told="${key}"]`)
const COLUMNS = ['Konto', 'Kontonavn', 'Mva', 'Beløp', 'Mva-beløp', 'Tekst', 'Fakturanr.', 'Forfall', 'KID']
export const cell = (page: Page, row: number, column: string): Locator =>
  page.locator(`#voucher-grid .ht_master tbody tr:nth-child(${row}) td`).nth(COLUMNS.indexOf(column))

/** A voucher of two lines, ready to be posted. */
export async function simpleVoucher({ page, press, write }: Awaited<ReturnType<typeof entryDesk>>, text: string) {
  await press('Enter', 'Enter')
  await write(text)
  await press('Enter')
  await write('7770')
  await press('Enter')
  await write('50')
  await press('Enter')
  await write('1920')
  await press('Enter', 'Control+Enter')
  await page.getByText('Klart til å bokføres').waitFor()
}
