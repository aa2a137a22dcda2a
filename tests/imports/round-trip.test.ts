import { expect, test } from 'vitest'
import { testApp, voucherId } from '#tests/support/app.ts'

const app = testApp()

/** A company with something of its own in every register that goes out and comes in as a list. */
async function desk() {
  const company = await app.company()
  const { call } = company
  const put = async (path: string, body: unknown) => {
    const { status, text } = await call(path, { body: body as never })
    if (status !== 201) throw new Error(text)
  }
  await put('/accounts', { number: '6341', nameNb: 'Fjernvarme; «Nord»', nameEn: 'District heating', type: 'expense' })
  await put('/parties', {
    kind: 'customer',
    number: '10001',
    name: 'Total Bygg AS',
    organisationNumber: '923609016',
    address: 'Storgata 1, 2. etg.',
    postalCode: '0155',
    city: 'Oslo',
    email: 'post@total.no',
    phone: '+47 22 33 44 55',
    paymentTermsDays: 14,
  })
  await put('/parties', {
    kind: 'supplier',
    number: '20001',
    name: '="Sum" AS',
    bankAccount: 'SE4550000000058398257466',
    defaultAccount: '6340',
    defaultVatCode: '1',
    externalNumber: '0077',
  }).catch(() => put('/parties', { kind: 'supplier', number: '20001', name: '="Sum" AS', externalNumber: '0077' }))
  await put('/dimensions/department/values', { code: '010', name: 'Salg, nord' })
  await put('/parties', {
    kind: 'supplier',
    number: '20002',
    name: 'Utland AB',
    bankAccount: 'SE4550000000058398257466',
    defaultDimensions: { department: '010' },
    note: 'Ring før betaling.\nSpør etter "Åse"; ikke e-post',
    active: false,
  })
  async function bring(register: string, content: Uint8Array | string, options: Record<string, string> = {}) {
    const query = new URLSearchParams({ register, ...options })
    const { json } = await call(`/imports/sheets?${query}`, { raw: content as BodyInit })
    const tried = (await call(`/imports/sheets/${json.id}/dry-run`, { method: 'POST' })).json
    return { id: json.id, tried }
  }
  return { company, call, bring }
}

const year = new Date().getFullYear()
const date = `${year}-01-01`
/** What a take-over is filled in with. */
async function filledIn({ call }: Awaited<ReturnType<typeof desk>>) {
  const put = async (path: string, body: object) => {
    const { status, text } = await call(path, { method: 'PUT', body: body as never, headers: { 'if-match': '*' } })
    if (status >= 300) throw new Error(text)
  }
  await put('/takeover', { variant: 'movements', openingDate: date, cutOverDate: `${year}-03-01` })
  const amounts = (n: number) => ({ [`${year}-01`]: n, [`${year}-02`]: 2 * n + 1 })
  const rows = [
    { rowKey: 'a', account: '3000', amounts: amounts(-10_050) },
    { rowKey: 'b', account: '1920', amounts: amounts(10_050) },
  ]
  await put('/takeover/movements', { rows })
  const item = { rowKey: 'c', account: '1500', party: '10001', invoiceNumber: '0042', paymentReference: '004212' }
  await put(`/opening-balances/${date}`, {
    rows: [
      { rowKey: 'a', account: '1920', amount: 100_001, text: 'Saldo; «bank»' },
      { rowKey: 'b', account: '2050', amount: -100_001 },
      { ...item, amount: 5_050, invoiceDate: `${year - 1}-12-01`, dueDate: `${year - 1}-12-31` },
      { ...item, rowKey: 'd', invoiceNumber: '43', amount: -50, currency: 'EUR', currencyAmount: -5, text: '-20 %' },
      { rowKey: 'e', account: '2400', party: '20009', name: 'Ny leverandør AS', invoiceNumber: 'A-1', amount: -7_000 },
    ],
  })
}

const LISTS = [
  ['chart', 'accounts', {}],
  ['customers', 'parties?kind=customer', {}],
  ['suppliers', 'parties?kind=supplier', {}],
  ['dimensions', 'dimensions/department', { dimension: 'department' }],
  ['balances', `opening-balances/${date}`, { date }],
  ['open-items', `opening-balances/${date}?kind=customer`, { date, kind: 'customer' }],
  ['open-items', `opening-balances/${date}?kind=supplier`, { date, kind: 'supplier' }],
  ['movements', 'movements', {}],
] as const

test('what is exported and brought back changes nothing, in every form and both languages', async () => {
  const own = await desk()
  const { company, bring } = own
  await filledIn(own)
  for (const [register, path, options] of LISTS)
    for (const format of ['xlsx', 'csv', 'csv-machine'])
      for (const language of ['nb', 'en']) {
        const address = `${company.path}/exports/${path}${path.includes('?') ? '&' : '?'}format=${format}&language=${language}`
        const file = await app.bytes(address)
        const { tried } = await bring(register, file, options)
        const about = `${register} ${format} ${language}`
        expect([about, tried.counts?.new, tried.counts?.changed, tried.counts?.refused]).toEqual([about, 0, 0, 0])
        expect([about, tried.counts.unchanged > 0]).toEqual([about, true])
      }
})

test('a journal of vouchers brought back is known by its ids: nothing is posted, and what was changed in it is refused', async () => {
  const { company, call, bring } = await desk()
  const posted = await call('/vouchers', {
    body: {
      id: voucherId(),
      type: 'general',
      voucherDate: `${year}-02-03`,
      text: 'Kjøp; «nord»',
      lines: [
        { account: '6340', amount: 125_000, vatCode: '1' },
        { account: '1920', amount: -125_000 },
      ],
    },
  })
  expect(posted.status, posted.text).toBe(201)
  const bought = await call('/vouchers', {
    body: {
      id: voucherId(),
      type: 'general',
      voucherDate: `${year}-02-05`,
      lines: [
        { account: '6340', amount: 110_000, dimensions: { department: '010' } },
        {
          ...{ account: '2400:20001', amount: -110_000, invoiceNumber: '0017', dueDate: `${year}-03-09` },
          ...{ currency: 'EUR', currencyAmount: -10_000, rate: '11' },
        },
      ],
    },
  })
  expect(bought.status, bought.text).toBe(201)
  for (const format of ['xlsx', 'csv', 'csv-machine']) {
    const file = await app.bytes(`${company.path}/exports/voucher-journal?format=${format}&language=nb`)
    const { tried } = await bring('vouchers', file)
    expect([format, tried.clean, tried.counts.unchanged, tried.counts.new]).toEqual([format, true, 5, 0])
    if (format === 'xlsx') continue
    const text = new TextDecoder().decode(file)
    const changes: [refused: number, string | RegExp, string][] = [
      [3, /1250(?=[.,]00)/g, '1260'],
      [3, posted.json.id, voucherId()],
      [3, '«nord»', '«sør»'],
      [3, format === 'csv' ? ';;;1;;' : ',,,1,,', format === 'csv' ? ';;;3;;' : ',,,3,,'], // the VAT code
      [2, 'department=010', 'department=011'],
      [2, '0017', '0018'],
      [2, 'EUR', 'SEK'],
      [2, `${year}-03-09`, `${year}-03-10`],
      [2, `${year}-02-05`, `${year}-02-06`],
    ]
    for (const [refused, from, to] of changes) {
      const changed = typeof from === 'string' ? text.replaceAll(from, to) : text.replace(from, to)
      const { counts } = (await bring('vouchers', changed)).tried
      expect([format, String(from), counts]).toEqual([
        format,
        String(from),
        expect.objectContaining({ new: 0, refused }),
      ])
    }
  }
  // Another system's ids are not ours, whatever the column is called.
  const others = `Voucher ID;Dato;Konto;Tekst;Beløp\n77;05.02.${year};6340;Strøm;10,00\n77;05.02.${year};1920;Strøm;-10,00\n`
  expect((await bring('vouchers', others)).tried.counts).toMatchObject({ new: 2, refused: 0 })
})
