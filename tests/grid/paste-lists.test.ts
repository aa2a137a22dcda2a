import { describe, expect, test } from 'vitest'
import { lines, read, sheet, told } from './pasted.ts'

describe('lists as people have them', () => {
  test('a header in Norwegian, one voucher', () => {
    const r = read(
      sheet('Konto | Tekst | Mva | Beløp', '6800 | Rekvisita | 1 | 1 249,50', '1920 | Rekvisita | | -1 249,50'),
    )
    expect(lines(r)).toEqual(['1  6800 1 1 249,50 Rekvisita', '1  1920 - −1 249,50 Rekvisita'])
    expect([r.vouchers, r.by]).toEqual([1, 'one'])
  })

  test('a header in English with its own kind of numbers', () => {
    const r = read(
      sheet(
        'Account No. | Description | Debit | Credit',
        '6800 | Stationery | 1,234.50 | ',
        '1920 | Stationery | | 1,234.50',
      ),
    )
    expect(lines(r)).toEqual(['1  6800 1 1 234,50 Stationery', '1  1920 - −1 234,50 Stationery'])
    expect(told(r)).toContain('toldPoint')
  })

  test('several vouchers by their number', () => {
    const r = read(
      sheet(
        'Bilagsnr | Dato | Konto | Beløp',
        '101 | 03.01.2026 | 6300 | 10 000,00',
        '101 | 03.01.2026 | 1920 | -10 000,00',
        '102 | 04.01.2026 | 7770 | 50,00',
        '102 | 04.01.2026 | 1920 | -50,00',
      ),
    )
    expect(lines(r).map((l) => l.slice(0, 19))).toEqual([
      '101 2026-01-03 6300',
      '101 2026-01-03 1920',
      '102 2026-01-04 7770',
      '102 2026-01-04 1920',
    ])
    expect([r.vouchers, r.by]).toEqual([2, 'key'])
  })

  test('rows of one number need not stand together', () => {
    const r = read(
      sheet(
        'Bilag | Dato | Konto | Beløp',
        '1|03.01.2026|6300|100',
        '2|03.01.2026|6340|5',
        '1|03.01.2026|1920|-100',
        '2|03.01.2026|1920|-5',
      ),
    )
    expect(r.vouchers).toBe(2)
    expect(r.lines.filter(({ row }) => row.voucher === '1')).toHaveLength(2)
  })

  test('the same number in two series is two vouchers', () => {
    const r = read(
      sheet(
        'Bilag | Art | Dato | Konto | Beløp',
        '1|IF|03.01.2026|6300|100',
        '1|IF|03.01.2026|2400:20017|-100',
        '1|UF|03.01.2026|1500:10001|80',
        '1|UF|03.01.2026|3000|-80',
      ),
    )
    expect(r.lines.map(({ row }) => `${row.voucher} ${row.type}`)).toEqual(['1 IF', '1 IF', '1 (2) UF', '1 (2) UF'])
  })

  test('voucher types by series, key or name', () => {
    const r = read(
      sheet(
        'Bilag | Bilagsart | Konto | Beløp',
        '1|if|6300|1',
        '2|incoming-invoice|6300|1',
        '3|Inngående faktura|6300|1',
        '4|Rart|6300|1',
      ),
    )
    expect(r.lines.map(({ row }) => row.type)).toEqual(['IF', 'IF', 'IF', 'Rart'])
  })

  test('without numbers a new date begins a new voucher', () => {
    const r = read(
      sheet(
        'Dato | Konto | Beløp',
        '03.01.2026|6300|100',
        '03.01.2026|1920|-100',
        '04.01.2026|6340|50',
        '04.01.2026|1920|-50',
      ),
    )
    expect(r.lines.map(({ row }) => row.voucher)).toEqual(['1', '1', '2', '2'])
    expect(r.by).toBe('date')
  })

  test('without numbers a running sum of zero ends a voucher', () => {
    const r = read(
      sheet(
        'Dato | Konto | Tekst | Beløp',
        '03.01.2026|6300|Leie|100',
        '03.01.2026|1920|Leie|-100',
        '03.01.2026|6340|Strøm|30',
        '03.01.2026|6341|Strøm|20',
        '03.01.2026|1920|Strøm|-50',
      ),
    )
    expect(r.lines.map(({ row }) => row.voucher)).toEqual(['1', '1', '2', '2', '2'])
    expect(r.by).toBe('sum')
  })

  test('lines of one voucher may have texts of their own', () => {
    const r = read(
      sheet(
        'Dato | Konto | Tekst | Beløp',
        '31.01.2026|5000|Lønn|100',
        '31.01.2026|2600|Skattetrekk|-30',
        '31.01.2026|2930|Skyldig lønn|-70',
      ),
    )
    expect(r.vouchers).toBe(1)
  })

  test('one voucher that does not balance does not swallow those after it', () => {
    const r = read(
      sheet(
        'Dato | Konto | Tekst | Beløp',
        '03.01.2026|6300|Leie|100',
        '03.01.2026|1920|Leie|-99',
        '03.01.2026|6340|Strøm|50',
        '03.01.2026|1920|Strøm|-50',
        '03.01.2026|7770|Gebyr|5',
        '03.01.2026|1920|Gebyr|-5',
      ),
    )
    expect(r.lines.map(({ row }) => row.voucher)).toEqual(['1', '1', '2', '2', '3', '3'])
    expect(r.by).toBe('text')
  })

  test('a blank date means the same as above', () => {
    const r = read(
      sheet(
        'Bilag | Dato | Tekst | Konto | Beløp',
        '1|03.01.2026|Leie|6300|100',
        '|||1920|-100',
        '2|05.01.2026|Strøm|6340|50',
        '|||1920|-50',
      ),
    )
    expect(lines(r)[1]).toBe('1 2026-01-03 1920 - −100,00 Leie')
    expect(told(r)).toContain('toldInherited')
  })

  test('a number stands on every row, the date on the first', () => {
    const r = read(sheet('Bilag | Dato | Konto | Beløp', '1|03.01.2026|6300|100', '1||1920|-100'))
    expect(r.lines.map(({ row }) => row.date)).toEqual(['2026-01-03', '2026-01-03'])
    expect(r.vouchers).toBe(1)
  })

  test('account and contra account: each row is a whole voucher', () => {
    const r = read(
      sheet(
        'Dato | Tekst | Konto | Motkonto | Beløp',
        '03.01.2026|Leie|6300|1920|10 000,00',
        '04.01.2026|Strøm|6340|1920|1 500,00',
      ),
    )
    expect(lines(r)).toEqual([
      '1 2026-01-03 6300 0 10 000,00 Leie',
      '1 2026-01-03 1920 - −10 000,00 Leie',
      '2 2026-01-04 6340 1 1 500,00 Strøm',
      '2 2026-01-04 1920 - −1 500,00 Strøm',
    ])
  })

  test('debit account and credit account; the VAT code goes where it is allowed', () => {
    const r = read(
      sheet(
        'Dato | Debetkonto | Kreditkonto | Mva-kode | Beløp',
        '03.01.2026|1920|3000|3|1 250,00',
        '03.01.2026|6800|1920|1|125,00',
      ),
    )
    expect(lines(r).map((l) => l.slice(13))).toEqual([
      '1920 - 1 250,00',
      '3000 3 −1 250,00',
      '6800 1 125,00',
      '1920 - −125,00',
    ])
  })

  test('only one side named on a row gives one line', () => {
    const r = read(sheet('Dato | Debetkonto | Kreditkonto | Beløp', '03.01.2026|6800||100', '03.01.2026||1920|100'))
    expect(lines(r).map((l) => l.slice(13))).toEqual(['6800 1 100,00', '1920 - −100,00'])
  })

  test('a column of D and K', () => {
    const r = read(sheet('Konto | D/K | Beløp', '6800|D|100,00', '1920|K|100,00'))
    expect(r.lines.map(({ row }) => row.amount)).toEqual([10_000, -10_000])
  })

  test('credits written with a minus in their own column', () => {
    const r = read(sheet('Konto | Debet | Kredit', '6800|100,00|', '1920||-100,00'))
    expect(r.lines.map(({ row }) => row.amount)).toEqual([10_000, -10_000])
  })

  test('zeros in the column that is not used', () => {
    const r = read(sheet('Konto | Debet | Kredit', '6800|100,00|0,00', '1920|0,00|100,00'))
    expect(r.lines.map(({ row }) => row.amount)).toEqual([10_000, -10_000])
  })

  test('customer and supplier in a column of their own', () => {
    const r = read(
      sheet(
        'Konto | Kunde/lev. | Fakturanr | Forfall | KID | Beløp',
        '1500|10001|884|30.01.2026|0050817000412|100',
        '2400|Tegnverk Norge AS|17||| -100',
        '1920|10001||||0',
      ),
    )
    expect(r.lines.map(({ row }) => [row.account, row.invoiceNumber, row.dueDate, row.paymentReference])).toEqual([
      ['1500:10001', '884', '2026-01-30', '0050817000412'],
      ['2400:20017', '17', '', ''],
      ['1920', '', '', ''],
    ])
  })

  test('account and name in one cell', () => {
    expect(
      read(sheet('Konto | Beløp', '6800 Kontorrekvisita|100', '2400:20017 Tegnverk|-100')).lines.map(
        ({ row }) => row.account,
      ),
    ).toEqual(['6800', '2400:20017'])
  })

  test('account numbers as a spreadsheet mangles them', () => {
    expect(
      read(sheet('Konto | Beløp', '1 920|1', '1920,00|1', '1920.0|1', '1.920|-3')).lines.map(({ row }) => row.account),
    ).toEqual(['1920', '1920', '1920', '1920'])
  })

  test('departments and projects by code, code and name, or name', () => {
    const r = read(
      sheet('Konto | Avd. | Prosjekt | Beløp', '6300|10|P-7|1', '6300|10 Verksted|Naust|1', '6300|Verksted|X|-2'),
    )
    expect(r.lines.map(({ row }) => row.dimensions)).toEqual([
      { department: '10', project: 'P-7' },
      { department: '10', project: 'P-7' },
      { department: '10', project: 'X' },
    ])
  })

  test('a report’s title above the header, and a total below', () => {
    const r = read(
      sheet(
        'Fjordvik Handel AS|||',
        'Bilagsjournal 2026|||',
        '|||',
        'Dato | Konto | Tekst | Beløp',
        '03.01.2026|6300|Leie|100',
        '03.01.2026|1920|Leie|-100',
        '||Sum|0,00',
      ),
    )
    expect(r.lines.map(({ at }) => at)).toEqual([5, 6])
    expect(r.told.find((t) => t.key === 'toldHeader')?.params?.row).toBe(4)
    expect(r.told.find((t) => t.key === 'toldSums')?.params).toEqual({ n: 1, rows: '7' })
  })

  test('subtotals, blank rows and repeated headers are skipped and told by row', () => {
    const r = read(
      sheet(
        'Bilag|Konto|Beløp',
        '1|6300|100',
        '1|1920|-100',
        'Sum bilag 1||0,00',
        '||',
        'Bilag|Konto|Beløp',
        '2|6340|5',
        '2|1920|-5',
        '||0,00',
      ),
    )
    expect(r.lines).toHaveLength(4)
    expect(told(r)).toEqual(expect.arrayContaining(['toldBlank', 'toldSums', 'toldHeaders']))
    expect(r.told.find((t) => t.key === 'toldSums')?.params?.rows).toBe('4, 9')
  })

  test('a line without an account is kept, so that its error is seen', () => {
    expect(lines(read(sheet('Konto | Tekst | Beløp', '6300|Leie|100', '|Mangler konto|-100')))[1]).toBe(
      '1   - −100,00 Mangler konto',
    )
  })

  test('columns nobody needs are told', () => {
    const r = read(
      sheet('Konto | Kontonavn | Beløp | Saldo | Ansvarlig', '6300|Leie lokale|100|100|TL', '1920|Bank|-100|0|TL'),
    )
    expect(r.told.find((t) => t.key === 'toldUnused')?.params?.unused).toBe('Kontonavn, Saldo, Ansvarlig')
  })

  test('a semicolon file from a text editor, with quotes', () => {
    expect(
      lines(read('"Konto";"Tekst";"Beløp"\n"6800";"Papir; A4 ""hvitt""";"1.249,50"\n"1920";"Papir";"-1.249,50"')),
    ).toEqual(['1  6800 1 1 249,50 Papir; A4 "hvitt"', '1  1920 - −1 249,50 Papir'])
  })

  test('a cell with a line break, as Excel quotes it', () => {
    expect(read('Konto\tTekst\tBeløp\r\n6800\t"Papir\nog penner"\t10,00\r\n1920\tx\t-10,00').lines[0]!.row.text).toBe(
      'Papir og penner',
    )
  })
})

test('a rate of VAT that several codes have is asked about, the account’s own proposed', () => {
  const list = sheet('Konto | Mva | Beløp', '6800 | 25 % | 125,00', '1920 | | -125,00')
  const asked = read(list)
  expect(lines(asked)[0]).toContain('6800 1 125,00')
  expect(asked.questions.map((q) => [q.of, q.choices[0]!.value])).toEqual([['vatPercent', 'default']])
  expect(read(list, { vatPercent: 'default' }).questions).toEqual([])
})

test('currency, its amount and rate, and the VAT amount come with the line; a printed rate that only lacks decimals gives way', () => {
  const head = 'Konto | Valuta | Valutabeløp | Kurs | Mva | Mva beløp | Beløp'
  const { lines: got, told: said } = read(
    sheet(head, '6800 | eur | 1 000,00 | 11,65 | 1 | 2 330,86 | 11 654,30', '1920 | NOK | | | | | -11 654,30'),
  )
  const { currency, currencyAmount, rate, vatAmount } = got[0]!.row
  expect([currency, currencyAmount, rate, vatAmount]).toEqual(['EUR', 100_000, '', 233_086])
  expect([got[1]!.row.currency, got[1]!.row.vatAmount]).toEqual(['', ''])
  expect(said.some((t) => t.key === 'toldUnused')).toBe(false)
})
