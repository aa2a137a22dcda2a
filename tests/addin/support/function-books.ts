import { simpleDraft, type testApp } from '#tests/support/app.ts'
import { thisYear as year } from './desk.ts'

/** Posts one voucher of so many øre an account. */
export const poster =
  (company: { call: Company['call'] }) =>
  (date: string, lines: [string, number][], over = {}) =>
    company.call('/vouchers', {
      body: simpleDraft({
        voucherDate: date,
        text: date,
        lines: lines.map(([account, amount], i) => ({ rowKey: `r${i}`, account, amount })),
        ...over,
      }),
    })

type App = ReturnType<typeof testApp>
type Company = Awaited<ReturnType<App['company']>>

/** A small company for the functions: a year opened, costs with a department, a sale, a customer and a budget. */
export async function functionBooks(app: App): Promise<Company> {
  const company = await app.company()
  const post = poster(company)
  await company.call('/dimensions/department/values', { body: { code: '10', name: 'Verksted' } })
  await post(`${year - 1}-12-31`, [
    ['1920', 100_00],
    ['2050', -100_00],
  ])
  await post(
    `${year}-01-15`,
    [
      ['6800', 250_00],
      ['1920', -250_00],
    ],
    { dimensions: { department: '10' } },
  )
  await post(`${year}-02-10`, [
    ['6800', 100_00],
    ['6300', 50_00],
    ['1920', -150_00],
  ])
  await post(`${year}-04-10`, [
    ['3000', -900_00],
    ['1920', 900_00],
  ])
  await company.call('/parties', { body: { kind: 'customer', number: '10001', name: 'Kunde AS' } })
  await post(
    `${year}-04-20`,
    [
      ['1500:10001', 1250_00],
      ['3000', -1250_00],
    ],
    {
      type: 'outgoing-invoice',
      lines: [
        { rowKey: 'a', account: '1500:10001', amount: 1250_00, invoiceNumber: '1', dueDate: `${year}-05-04` },
        { rowKey: 'b', account: '3000', amount: -1250_00, vatCode: '3' },
      ],
    },
  )
  const { id } = (await company.call('/budgets', { body: { year, name: 'Hoved' } })).json
  await company.call(`/budgets/${id}/lines`, {
    body: { lines: [{ account: '6800', cells: [{ month: `${year}-02`, amount: 80_00, was: null }] }] },
  })
  return company
}

/** The same, with a gain on an income account among those of costs. */
export async function booksWithGain(app: App): Promise<Company> {
  const company = await functionBooks(app)
  await company.call('/accounts', { body: { number: '7995', nameNb: 'Gevinst', nameEn: 'Gain', type: 'income' } })
  await poster(company)(`${year}-05-10`, [
    ['2900', 12_00],
    ['7995', -12_00],
  ])
  return company
}
