import { type SaftFile, saft } from '#tests/support/saft.ts'

type Answer = { status: number; json: any; text: string }
type Desk = { call(path: string, sent?: Record<string, unknown>): Promise<Answer> }

const OLD_LEDGER: SaftFile = {
  accounts: [
    { id: '1920', opening: 100_00, closing: 75_00 },
    { id: '2050', opening: -100_00, closing: -100_00 },
    { id: '6800', closing: 25_00 },
  ],
  transactions: [
    {
      ...{ id: 'A', date: '2025-01-10' },
      lines: [
        { account: '6800', amount: 25_00 },
        { account: '1920', amount: -25_00 },
      ],
    },
  ],
}

/** What every archive under `fixtures/archives` holds, each of its own schema: posted through the routes that there were then. */
export async function bookEverything({ call }: Desk, year: number): Promise<void> {
  let made = 0
  const must = async (path: string, body: unknown, more: Record<string, unknown> = {}) => {
    const answer = await call(path, { ...(body !== undefined && { body }), ...more })
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`)
    return answer.json
  }
  const on = (day: string) => `${year}-${day}`
  const post = (day: string, lines: object[], more: object = {}) => {
    const id = `vch_${String(++made).padStart(26, 'a')}`
    return must('/vouchers', { id, type: 'general', voucherDate: on(day), text: 'Prøve', lines, ...more })
  }
  await must('/parties', { kind: 'customer', number: '10001', name: 'Kunde AS' })
  await must('/parties', { kind: 'supplier', number: '20001', name: 'Leverandør AS' })
  await must('/dimensions/department/values', { code: '10', name: 'Verksted' })
  await must('/currency-rates', { rates: [{ currency: 'EUR', date: on('02-02'), rate: '11.6543' }] }, { method: 'PUT' })
  await must(
    '/templates/LEIE',
    {
      content: {
        ...{ name: 'Husleie', type: 'general', text: 'Husleie {måned}' },
        parameters: [{ name: 'beløp', kind: 'amount', default: '12500' }],
        lines: [
          { account: '6305', amount: 'beløp', vatCode: '1' },
          { account: '1920', amount: 'rest' },
        ],
      },
    },
    { method: 'PUT' },
  )

  const sale = await post('02-10', [
    { rowKey: 'a', account: '1500:10001', amount: 1250_01 },
    { rowKey: 'b', account: '3000', amount: -1250_01, vatCode: '3', dimensions: { department: '10' } },
  ])
  await post('02-11', [
    { rowKey: 'a', account: '6800', amount: 99_90, vatCode: '1' },
    { rowKey: 'b', account: '2400:20001', amount: -99_90 },
  ])
  const paid = await post('02-20', [
    { rowKey: 'a', account: '1920', amount: 1000_00 },
    { rowKey: 'b', account: '1500:10001', amount: -1000_00 },
  ])
  const itemOf = (voucher: any, line: number) =>
    `itm_${String(voucher.ledgerVersion).padStart(16, '0')}${String(line).padStart(10, '0')}`
  await must('/matches', {
    id: `mch_${'a'.repeat(26)}`,
    items: [{ openItem: itemOf(sale, 1), amount: 1000_00 }, { openItem: itemOf(paid, 2) }],
  })
  await post('02-21', [
    { rowKey: 'a', account: '1920', amount: 1165_43, currency: 'EUR', currencyAmount: 100_00 },
    { rowKey: 'b', account: '2900', amount: -1165_43 },
  ])
  await post('01-15', [
    { rowKey: 'a', account: '7500', amount: 1000_00, vatCode: '0', script: 'SPRE(1;3;1749)' },
    { rowKey: 'b', account: '1920', amount: -1000_00 },
  ])
  const wrong = await post('03-01', [
    { rowKey: 'a', account: '1920', amount: 47_11 },
    { rowKey: 'b', account: '2900', amount: -47_11 },
  ])
  await must(`/vouchers/${wrong.id}/reversal`, { id: `vch_${'r'.repeat(26)}`, voucherDate: on('03-02') })
  await must(`/vouchers/${wrong.id}/comments`, { text: 'Feil beløp' })

  const pdf = new TextEncoder().encode('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF')
  const document = await must('/documents', undefined, { raw: pdf, headers: { 'content-type': 'application/pdf' } })
  const documents = [document.id ?? document.document.id]
  await post(
    '03-03',
    [
      { rowKey: 'a', account: '6800', amount: 10_00 },
      { rowKey: 'b', account: '1920', amount: -10_00 },
    ],
    { documents },
  )

  const budget = await must('/budgets', { year, name: 'Budsjett' })
  const cells = [{ month: on('01'), amount: -500_00, was: null }]
  await must(`/budgets/${budget.id}/lines`, { lines: [{ account: '3000', cells }] })
  const row = { position: 'a', removed: false }
  await must(`/voucher-drafts/dra_${'0'.repeat(26)}/changes`, {
    since: 0,
    rows: [{ key: 'r1', ...row, cells: { account: '6800' } }],
  })
  const sheet = await must('/imports/sheets?register=chart', undefined, {
    raw: 'Konto;Navn\n1921;Bank to\n',
    headers: { 'content-type': 'text/csv', 'x-file-name': 'plan.csv' },
  })
  await must(`/imports/sheets/${sheet.id}/dry-run`, undefined, { method: 'POST' })
  await must(`/imports/sheets/${sheet.id}/commit`, undefined, { method: 'POST' })
  const kept = await call('/old-ledgers/saft', { raw: saft(OLD_LEDGER) })
  if (![201, 404].includes(kept.status)) throw new Error(kept.text) // there is one since 0027
  await must('/locks', { fromMonth: on('01'), toMonth: on('01'), level: 'hard', reason: 'Ferdig' })
  await must('/locks', { fromMonth: on('02'), toMonth: on('02'), level: 'soft', scope: 'vat', reason: 'Levert' })
}
