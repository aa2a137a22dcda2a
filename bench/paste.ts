// P13: a sheet of 10,000 rows and 10 columns pasted into the voucher grid, read, parted, checked and painted; AG Grid Community takes the
// same text, split and loaded, in the same browser. AG Grid is not a dependency: `AG_GRID=/folder/of/ag-grid-community` names it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launchBrowser, norwegianContext } from '#tests/support/browser.ts'
import type { Instance } from './instance.ts'
import { lastYear } from './instance.ts'
import { type Figure, median, type Skipped } from './line.ts'

const ROWS = 10_000
const TURNS = 7
/** Vouchers of four lines each. */
const LINES = 4

/** A list as it comes from another system: a header, Norwegian figures, debit and credit apart. */
function sheet(): string {
  const lines = ['Bilag\tDato\tKonto\tTekst\tMva\tDebet\tKredit\tAvdeling\tProsjekt\tFakturanr']
  for (let i = 0; i < ROWS; i++) {
    const voucher = Math.floor(i / LINES) + 1
    const day = `${String(1 + (voucher % 28)).padStart(2, '0')}.03.${lastYear}`
    const isLast = i % LINES === LINES - 1
    const [debit, credit] = isLast ? ['', '3 748,50'] : ['1 249,50', '']
    lines.push(`${voucher}\t${day}\t${isLast ? 1920 : 6800}\tRekvisita ${i}\t\t${debit}\t${credit}\t\t\t`)
  }
  return lines.join('\r\n')
}

/**
 * From the paste event until two frames later: the handler is done when the event is, and the first frame shows all that fits
 * on the screen, checked. What does not is checked in slices after it, and the list of issues is busy until all of it is.
 */
const TIME_PASTE = `document.addEventListener('paste', () => {
  const began = performance.now()
  const issues = document.getElementById('issues')
  const note = () => {
    if (issues.getAttribute('aria-busy') === 'false') window.checked ??= performance.now() - began
  }
  setTimeout(() => {
    note()
    new MutationObserver(note).observe(issues, { attributeFilter: ['aria-busy'] })
  })
  requestAnimationFrame(() => requestAnimationFrame(() => { window.pasted = performance.now() - began }))
}, { capture: true, once: true })`

type Taken = { painted: number; checked: number }

async function pasteOnce(page: Page, address: string): Promise<Taken> {
  await page.goto(address)
  await page.locator('#draft-state').waitFor({ state: 'attached' })
  for (let i = 0; i < 3; i++) await page.keyboard.press('Enter')
  await page.evaluate(TIME_PASTE)
  await page.keyboard.press('Control+v')
  // Our own policy allows no text to be run as a script, so it is asked for in a function.
  const done = () => 'pasted' in globalThis && 'checked' in globalThis
  await page.waitForFunction(done, undefined, { timeout: 60_000 })
  const [painted, checked] = (await page.evaluate('[window.pasted, window.checked]')) as [number, number]
  const heading = (await page.locator('#pasted h3').textContent()) ?? ''
  if (heading.replace(/\D/g, '') !== `${ROWS}${ROWS / LINES}`) throw new Error(`not all was pasted: ${heading}`)
  // The last cell is right: the grid is asked for it.
  await page.keyboard.press('Control+End')
  await page.locator('#voucher-grid .ht_master td', { hasText: `Rekvisita ${ROWS - 1}` }).waitFor()
  return { painted, checked }
}

const AG_PAGE = `<!doctype html><html><body><div id="grid" style="height:700px;width:1400px"></div></body></html>`
const AG_START = `const fields = 'voucher date account text vat debit credit department project invoice'.split(' ')
window.grid = agGrid.createGrid(document.getElementById('grid'), { columnDefs: fields.map((field) => ({ field })), rowData: [] })`
const AG_PASTE = `new Promise((done) => {
  const began = performance.now()
  const number = (text) => (text === '' ? null : Number(text.replaceAll(' ', '').replace(',', '.')))
  const rows = window.sheet.split('\\r\\n').slice(1).map((line) => {
    const [voucher, date, account, text, vat, debit, credit, department, project, invoice] = line.split('\\t')
    return { voucher, date, account, text, vat, debit: number(debit), credit: number(credit), department, project, invoice }
  })
  window.grid.setGridOption('rowData', rows)
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)))
})`

/** One turn of AG Grid in a page of its own; undefined where it is not installed. */
async function agGridOnce(page: Page, text: string): Promise<number | undefined> {
  const script = join(process.env.AG_GRID ?? 'node_modules/ag-grid-community', 'dist/ag-grid-community.min.js')
  if (!existsSync(script)) return undefined
  await page.setContent(AG_PAGE)
  await page.addScriptTag({ path: script })
  await page.evaluate(AG_START)
  await page.evaluate(`window.sheet = ${JSON.stringify(text)}`)
  return (await page.evaluate(AG_PASTE)) as number
}

export async function measurePaste(instance: Instance): Promise<(Figure | Skipped)[]> {
  const company = await instance.company()
  const { platform } = instance
  const browser = await launchBrowser()
  try {
    const context = await norwegianContext(browser, { viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    await page.setExtraHTTPHeaders({ authorization: `Bearer ${platform.operatorKey}` })
    await page.addInitScript('localStorage.clear()') // each turn begins on an empty desk
    const address = `${platform.url}/companies/${company.id}/vouchers/new`
    const text = sheet()
    await page.goto(address)
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`)
    const other = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    const ours: Taken[] = []
    const theirs: number[] = []
    // In turn, so that what else the machine does falls on both.
    for (let i = 0; i <= TURNS; i++) {
      const taken = await pasteOnce(page, address)
      const their = await agGridOnce(other, text)
      if (i === 0) continue
      ours.push(taken)
      if (their !== undefined) theirs.push(their)
    }
    const floor = theirs.length > 0 ? median(theirs) : undefined
    return [
      figure('painted, with what is in sight checked', median(ours.map(({ painted }) => painted)), floor),
      figure('painted, and every voucher checked', median(ours.map(({ checked }) => checked)), floor),
      ...(floor !== undefined
        ? []
        : [{ id: 'P13', what: 'the same / AG Grid', skipped: 'AG Grid is not installed; AG_GRID names its folder' }]),
    ]
  } finally {
    await browser.close()
  }
}

function figure(until: string, value: number, floor: number | undefined): Figure {
  return {
    id: 'P13',
    what: `10,000 × 10 pasted as ${ROWS / LINES} vouchers, read, parted, ${until} / AG Grid Community, split and loaded unchecked`,
    value,
    unit: 'ms',
    floor: floor ?? null,
    ratio: floor === undefined ? null : value / floor,
    goal: floor === undefined ? null : 'ratio <= 3',
    n: TURNS,
  }
}
