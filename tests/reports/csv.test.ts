import { describe, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { cell, csvOf, unguarded } from '#worker/reports/csv.ts'

const app = testApp()
const columns = [
  { name: 'Tekst', text: (r: { text: string }) => r.text },
  { name: 'Beløp', amount: (r: { amount: number | null }) => r.amount },
]

describe('a table as CSV', () => {
  test('Norwegian: semicolon, decimal comma; English: comma, decimal point', () => {
    const rows = [
      { text: 'Sjø; land', amount: -123_456 },
      { text: 'Han sa "ja", nei', amount: null },
      { text: 'to\nlinjer', amount: 5 },
    ]
    expect(csvOf(columns, rows, 'nb')).toBe(
      '\ufeffTekst;Beløp\r\n"Sjø; land";-1234,56\r\n"Han sa ""ja"", nei";\r\n"to\nlinjer";0,05\r\n',
    )
    expect(csvOf(columns, rows, 'en')).toBe(
      '\ufeffTekst,Beløp\r\nSjø; land,-1234.56\r\n"Han sa ""ja"", nei",\r\n"to\nlinjer",0.05\r\n',
    )
  })

  // Source of the list: reliability.md S7.
  test.each([
    '=1+1',
    '=HYPERLINK("http://x","y")',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '＝1+1',
    '＋1',
    '－1',
    '＠x',
    "=cmd|'/c'!A0",
    '-2+3',
    '+A1',
    '@a',
  ])('%j is text in any sheet', (text) => {
    const cell = csvOf([columns[0]!] as any, [{ text }], 'nb')
      .split('\r\n')
      .slice(1, -1)
      .join('\r\n')
    const unquoted = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell
    expect(unquoted).toBe(`'${text}`)
  })
  test.each(["'-20 %", "Ola, '=b", "'", "''+1, ''-2", 'a; \'"=1', '-1'])('%j comes back as it was', (text) => {
    const written = cell(text, ';')
    expect(unguarded(written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written)).toBe(text)
  })
})

test('every report gives its rows as a table, hostile names included', async () => {
  const { company } = app
  const c = await company()
  const year = new Date().getFullYear()
  await c.db.batch(
    [
      `insert into party (kind, number, name, control_account, created_at) values ('customer', '10001', '=1+1 AS', '1500', '')`,
      `update account set name_nb = '@konto' where number = '2900'`,
    ],
    'write',
  )
  const lines = [
    { rowKey: 'a', account: '1500:10001', amount: 10_050 },
    { rowKey: 'b', account: '2900', amount: -10_050 },
  ]
  await c.call('/vouchers', { body: simpleDraft({ text: '=cmd()', lines }) })
  const csv = async (path: string, language = 'nb') => {
    const { text, headers } = await c.call(`/reports/${path}`, { headers: { accept: 'text/csv' }, language })
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
    return text.replace(/\d{4}-\d{2}-\d{2}T[^;,]*/g, '…')
  }
  expect(await csv('trial-balance')).toBe(
    "Konto;Kontonavn;Inngående;Debet;Kredit;Utgående\r\n1500;Kundefordringer;0,00;100,50;0,00;100,50\r\n2900;'@konto;0,00;0,00;100,50;-100,50\r\n",
  )
  expect(await csv('general-ledger?account=2900', 'en')).toBe(
    'Voucher,Voucher date,Document date,Account,Customer/supplier,Text,VAT code,Dimensions,Invoice number,Amount,Ledger version,Posted,Posted by,Balance\r\n' +
      `HB ${year}-1,${year}-01-15,${year}-01-15,2900,,'=cmd(),,,,-100.50,1,…,operator,-100.50\r\n`,
  )
  expect(await csv('party-balances?kind=customer')).toBe(
    "Kunde;Navn;Organisasjonsnummer;Inngående;Debet;Kredit;Utgående\r\n10001;'=1+1 AS;;0,00;100,50;0,00;100,50\r\n",
  )
  expect((await csv('voucher-journal?limit=1')).split('\r\n').length).toBe(3)
  expect(await csv('number-series')).toBe(
    `Serie;Navn;Regnskapsår;Første;Siste;Antall;Mangler\r\nHB;Hovedbok;${year};1;1;1;\r\n`,
  )
})
test('a table without a limit is written to its end, at the version of its first page', async () => {
  const c = await app.company()
  for (let i = 0; i < 2; i++)
    await c.call('/vouchers/batch', {
      body: { vouchers: Array.from({ length: 600 }, (_, n) => simpleDraft({ text: `Bilag ${i * 600 + n}` })) },
    })
  for (const report of ['voucher-journal', 'general-ledger?account=1920']) {
    const lines = await c.call(`/reports/${report}`, { headers: { accept: 'application/x-ndjson' } })
    const rows = lines.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const csv = await c.call(`/reports/${report}`, { headers: { accept: 'text/csv' } })
    const expected = report === 'voucher-journal' ? 2_400 : 1_200
    expect([rows.length, csv.text.trimEnd().split('\r\n').length]).toEqual([expected, expected + 1])
    expect(new Set(rows.map((row) => `${row.ledgerVersion}.${row.line}`)).size).toBe(expected)
    if (report.includes('ledger')) expect(rows.at(-1).balance).toBe(12_000_000)
    const page = await c.call(`/reports/${report}${report.includes('?') ? '&' : '?'}limit=10`, {
      headers: { accept: 'text/csv' },
    })
    expect([page.text.trimEnd().split('\r\n').length, page.headers.has('next-cursor')]).toEqual([11, true])
  }
})
