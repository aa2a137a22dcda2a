// A workbook with add-in windows on it, over the whole app and a real database. Faults are planted between the add-in and
// the server, and between the add-in and Excel.
import type { Run } from '#addin/excel/run.ts'
import { insertVoucherSheet } from '#addin/excel/voucher-sheet.ts'
import type { Desk } from '#addin/vouchers/desk.ts'
import { columnsOf, ownCaptions } from '#addin/vouchers/voucher-desk.ts'
import { OPERATOR, type testApp } from '#tests/support/app.ts'
import { app as worker } from '#worker/index.ts'
import type { Window } from '../host/client-in-node.ts'
import { User } from '../host/user.ts'
import { Workbook } from '../host/workbook.ts'
import { openPaneOn, thisYear } from './open-window.ts'

export { thisYear }

type App = ReturnType<typeof testApp>
type TestCompany = Awaited<ReturnType<App['company']>>

/** What may happen to a request. `lost`: carried out, but the answer never comes. `never`: it does not arrive. */
export type Fault = 'lost' | 'never' | 'twice' | 'late'

/** A network that fails as told: `next` is asked for each request that posts; of what is `cut` nothing comes through. */
export type Network = {
  next: () => Fault | undefined
  cut?: RegExp | undefined
  late: Promise<unknown>[]
  requests: string[]
  bodies: string[]
}
export const goodNetwork = (): Network => ({ next: () => undefined, late: [], requests: [], bodies: [] })

/** `fetch` to the app through a network. */
export function fetchThrough(app: App, network: Network): typeof fetch {
  const deliver = async (url: string, init: RequestInit): Promise<Response> => worker.request(url, init, app.env)
  return (async (url: string, init: RequestInit = {}) => {
    network.requests.push(`${init.method} ${url}`)
    if (network.cut?.test(url)) throw new TypeError('network')
    if (typeof init.body === 'string') network.bodies.push(init.body)
    if (init.method !== 'POST' || !/\/vouchers\//.test(url) || /dry-run/.test(url)) return deliver(url, init)
    const gone = () => {
      throw new TypeError('network')
    }
    switch (network.next()) {
      case 'never':
        return gone()
      case 'lost':
        await deliver(url, init)
        return gone()
      case 'late': {
        const later = new Promise((resolve) => setTimeout(resolve, 15)).then(() =>
          deliver(url, { ...init, signal: null }),
        )
        network.late.push(later.catch(() => {}))
        return gone()
      }
      case 'twice':
        await deliver(url, init)
        return deliver(url, init)
      default:
        return deliver(url, init)
    }
  }) as typeof fetch
}

export type Pane = { window: Window; desk: Desk; run: Run }

/** Opens the add-in in one more window on the workbook. */
export const openPane = (
  app: App,
  company: TestCompany,
  workbook: Workbook,
  network = goodNetwork(),
  key = OPERATOR,
): Promise<Pane> =>
  openPaneOn({ base: '', key, fetch: fetchThrough(app, network), pausesMs: [1] }, company.id, workbook)

/** A workbook with a voucher sheet, a pane on it, and a person at the keyboard. */
export async function openBook(app: App, network = goodNetwork(), company?: TestCompany, key?: string) {
  const of = company ?? (await app.company())
  const workbook = new Workbook()
  const pane = await openPane(app, of, workbook, network, key)
  const { desk, run } = pane
  await run((context) =>
    insertVoucherSheet(context, { columns: columnsOf(desk), locale: 'nb', own: ownCaptions(desk), books: desk.books }),
  )
  return { ...pane, company: of, workbook, user: new User(workbook), network }
}

/** A voucher sheet in a workbook, as the tests fill it in and read it. */
export type Book = Awaited<ReturnType<typeof openBook>>
const line = (over: Record<string, string | number>) => over
export const pair = (text: string, amount = 1250.5): Record<string, string | number>[] => [
  line({ Bilagsart: 'HB', Bilagsdato: `01.03.${thisYear}`, Konto: '1920', Beløp: amount, Tekst: text }),
  line({ Konto: '2900', Beløp: -amount }),
]
export function write(book: Book, ...rows: Record<string, string | number>[]) {
  rows.forEach((row, i) => book.user.fill('tblBilag', i, row))
}
export const shown = (book: Book, ...columns: string[]) =>
  book.user
    .rows('tblBilag')
    .filter((r) => r.Konto !== '')
    .map((r) => columns.map((c) => r[c]))
export const ledger = async (book: Book) => (await book.company.call('/vouchers?limit=5000')).json.vouchers as any[]
export const networkOf = (...faults: (Fault | undefined)[]) => ({ ...goodNetwork(), next: () => faults.shift() })
