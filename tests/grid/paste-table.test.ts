import { describe, expect, test } from 'vitest'
import { testBooks } from '#tests/support/books.ts'
import { readTable } from '#worker/sheets/paste-table.ts'
import { cellsOf } from '#worker/sheets/paste-text.ts'
import { books, header, lines, read, sheet, told } from './pasted.ts'

describe('lists without a header', () => {
  test('date, account, text and amount by what stands in them', () => {
    const r = read(sheet('03.01.2026|6300|Leie januar|10 000,00', '03.01.2026|1920|Leie januar|-10 000,00'))
    expect(lines(r)).toEqual([
      '1 2026-01-03 6300 0 10 000,00 Leie januar',
      '1 2026-01-03 1920 - −10 000,00 Leie januar',
    ])
    expect(told(r)[0]).toBe('toldContent')
  })

  test('debit and credit take turns; a VAT code between', () => {
    const r = read(sheet('6800|Rekvisita|1|125,00|', '1920|Rekvisita|||125,00'))
    expect(lines(r)).toEqual(['1  6800 1 125,00 Rekvisita', '1  1920 - −125,00 Rekvisita'])
  })

  test('voucher numbers in runs', () => {
    const r = read(
      sheet(
        '1|03.01.2026|6300|100,00',
        '1|03.01.2026|1920|-100,00',
        '2|04.01.2026|6340|50,00',
        '2|04.01.2026|1920|-50,00',
      ),
    )
    expect([r.vouchers, r.by]).toEqual([2, 'key'])
  })

  test('two columns of accounts are account and contra account', () => {
    expect(
      read(sheet('03.01.2026|6300|1920|100,00', '04.01.2026|6340|1920|50,00')).lines.map(({ row }) => row.account),
    ).toEqual(['6300', '1920', '6340', '1920'])
  })

  test('the account’s own name is not the text', () => {
    expect(read(sheet('6800|Kontorrekvisita|Papir|10,00', '1920|Bankinnskudd|Papir|-10,00')).lines[0]!.row.text).toBe(
      'Papir',
    )
  })

  test('no list: a few cells, or no accounts', () => {
    expect(readTable(cellsOf('100,00'), books, {}, header)).toBeUndefined()
    expect(readTable(cellsOf(sheet('Per|10', 'Kari|20')), books, {}, header)).toBeUndefined()
    expect(readTable(cellsOf(''), books, {}, header)).toBeUndefined()
  })
})

describe('VAT in a list', () => {
  test('per cent becomes the code of that rate on that account', () => {
    const r = read(sheet('Konto | Mva | Beløp', '6800|25 %|125', '3000|25%|-125', '6800|0 %|10', '1920||-10'))
    expect(r.lines.map(({ row }) => row.vatCode)).toEqual(['1', '3', expect.any(String), ''])
    expect(told(r)).toContain('toldPercents')
  })

  test('codes with leading zeros and names', () => {
    expect(
      read(sheet('Konto | Mva-kode | Beløp', '6800|01|1', '6800|1 - Inngående 25 %|1', '1920|-|-2')).lines.map(
        ({ row }) => row.vatCode,
      ),
    ).toEqual(['1', '1', ''])
  })

  test('without a column of codes the accounts’ own are filled in, and told', () => {
    const r = read(sheet('Konto | Beløp', '6800|125', '1920|-125'))
    expect(r.lines.map(({ row }) => row.vatCode)).toEqual(['1', ''])
    expect(r.told.find((t) => t.key === 'toldVatDefaults')?.params?.n).toBe(1)
  })

  test('VAT on lines of its own: no code is filled in', () => {
    const r = read(sheet('Konto | Beløp', '6800|100', '2710|25', '1920|-125'))
    expect(r.lines.map(({ row }) => row.vatCode)).toEqual(['', '', ''])
    expect(told(r)).toContain('toldVatLines')
  })

  test('a company without VAT gets none', () => {
    const facts = testBooks({ company: { ...books.company, vatRegistered: false } })
    expect(
      readTable(cellsOf(sheet('Konto | Beløp', '6800|125', '1920|-125')), facts, {}, header)!.lines[0]!.row.vatCode,
    ).toBe('')
  })
})

describe('what can be read in two ways', () => {
  const doubtful = sheet('Konto | Beløp', '6800|475,962', '1920|-475,962')
  test('an ambiguous number is asked about once, and nothing is changed meanwhile', () => {
    const r = read(doubtful)
    expect(r.questions.map((q) => q.of)).toEqual(['number'])
    expect(r.questions[0]!.params).toEqual({ text: '475,962', decimal: 47_596, thousands: 47_596_200 })
    expect(r.lines.map(({ row }) => row.amount)).toEqual(['475,962', '-475,962'])
  })
  test('the answer settles all of them', () => {
    expect(read(doubtful, { number: 'thousands' }).lines.map(({ row }) => row.amount)).toEqual([
      47_596_200, -47_596_200,
    ])
    const decimals = read(doubtful, { number: 'decimal' })
    expect(decimals.lines.map(({ row }) => row.amount)).toEqual([47_596, -47_596])
    expect(decimals.questions).toEqual([])
    expect(told(decimals)).toContain('toldRounded')
  })
  test('another value in the column settles it without asking', () => {
    const r = read(sheet('Konto | Beløp', '6800|1.250', '6800|10,50', '1920|-1.260,50'))
    expect(r.questions).toEqual([])
    expect(r.lines.map(({ row }) => row.amount)).toEqual([125_000, 1050, -126_050])
  })
  test('slash dates are asked about, unless one day above twelve proves the order', () => {
    expect(
      read(sheet('Dato | Konto | Beløp', '3/4/2026|6800|1', '3/4/2026|1920|-1')).questions.map((q) => q.of),
    ).toEqual(['dayOrder'])
    const proved = read(sheet('Dato | Konto | Beløp', '3/4/2026|6800|1', '25/4/2026|1920|-1'))
    expect(proved.lines.map(({ row }) => row.date)).toEqual(['2026-04-03', '2026-04-25'])
    expect(told(proved)).toContain('toldDayFirst')
  })
  test('a month as a date is the last day of it, told, and asked about once', () => {
    const list = sheet('Dato | Konto | Beløp', 'jan. 26|6800|1', 'jan. 26|1920|-1')
    expect(read(list).questions.map((q) => q.of)).toEqual(['monthDay'])
    expect(read(list).lines[0]!.row.date).toBe('2026-01-31')
    expect(read(list, { monthDay: 'first' }).lines[0]!.row.date).toBe('2026-01-01')
    expect(read(list, { monthDay: 'last' }).questions).toEqual([])
  })
  test('what cannot be read stands as it was, and is told', () => {
    const r = read(sheet('Dato | Konto | Beløp', '31.02.2026|6800|#VERDI!', '03.03.2026|1920|-1'))
    expect(r.lines[0]!.row).toMatchObject({ date: '31.02.2026', amount: '#VERDI!' })
    expect(r.told.find((t) => t.key === 'toldUnread')).toMatchObject({ params: { n: 2 }, warning: true })
  })
  test('answers belong to the shape of the list', () => {
    expect(read(doubtful).source).toBe('konto|beløp')
    expect(read(doubtful.replace('475', '476')).source).toBe(read(doubtful).source)
  })
})

test('ten thousand lines are read whole', () => {
  const rows = ['Bilag\tDato\tKonto\tTekst\tMva\tBeløp\tAvdeling\tProsjekt\tFakturanr\tKID']
  for (let i = 0; i < 5000; i++)
    rows.push(
      `${i}\t03.01.2026\t6800\tRekvisita ${i}\t1\t1 249,50\t10\t\t\t`,
      `${i}\t03.01.2026\t1920\tRekvisita ${i}\t\t-1 249,50\t\t\t\t`,
    )
  const text = rows.join('\r\n')
  const r = read(text)
  expect([r.lines.length, r.vouchers]).toEqual([10_000, 5000])
})

describe('a list is proved by its sums', () => {
  const told = (text: string) => read(sheet(text.split('\n')[0]!, ...text.split('\n').slice(1))).told
  const list = (sum: string, last: string) =>
    told(`Konto | Tekst | Debet | Kredit
6800|Papir|1 000,00|
6860|Kurs|500,00|
|Sum kostnader|${sum}|
1920|Bank||${last}`)
  test('sums that agree, a list that balances', () => {
    const found = list('1 500,00', '1 500,00')
    expect(found.find((t) => t.key === 'toldSumsProved')?.params).toEqual({ n: 1 })
    expect(found.find((t) => t.key === 'toldBalanced')?.params).toEqual({ sum: 150_000 })
  })
  test('a sum that does not agree, and a list that does not balance, ask for a look', () => {
    const found = list('1 600,00', '1 400,00')
    expect(found.find((t) => t.key === 'toldSumsWrong')).toMatchObject({ params: { rows: '4' }, warning: true })
    expect(found.find((t) => t.key === 'toldUnbalanced')).toMatchObject({
      params: { debit: 150_000, credit: 140_000, difference: 10_000 },
      warning: true,
    })
  })
})
