import { beforeAll, describe, expect, test, vi } from 'vitest'
import { ledgerApi } from '#addin/api/ledger-api.ts'
import { cutRow, pages } from '#addin/functions/list-rows.ts'
import { dayOfSerial, serialOf } from '#addin/sheet/excel-value.ts'
import { testApp } from '#tests/support/app.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import type { Value } from './host/workbook.ts'
import { calculating as openCalculating, type Slowness } from './support/calculating.ts'
import { fetchThrough, goodNetwork, thisYear as year } from './support/desk.ts'
import { booksWithGain } from './support/function-books.ts'

const app = testApp()
const today = dayInOslo(new Date().toISOString() as Instant)
const tomorrow = serialOf(today) + 1
type TestCompany = Awaited<ReturnType<typeof app.company>>

const calculating = (of: { id: string }, options?: Slowness) => openCalculating(app, of, options)

let company: TestCompany
let book: ReturnType<typeof calculating>
beforeAll(async () => {
  company = await booksWithGain(app)
  book = calculating(company)
})

const norwegian = (day: string): string => day.split('-').reverse().join('.')

/** All formulas in one column and one recalculation: Excel takes results twice a second, so one by one would be slow. */
function together(formulas: readonly string[]) {
  let own: ReturnType<typeof calculating> | undefined
  const calculated = async () => {
    if (own) return own
    own = calculating(company)
    own.user.type(
      'Ark1',
      'A1',
      formulas.map((formula) => [formula]),
    )
    await own.calculation.idle()
    return own
  }
  return async (formula: string) => {
    const row = formulas.indexOf(formula)
    const { workbook, calculation } = await calculated()
    return {
      value: workbook.cell(workbook.sheets[0]!, row, 0)!.value,
      text: calculation.errorTexts.get(`Ark1!A${row + 1}`),
    }
  }
}

describe('figures', () => {
  const cases: [string, Value][] = [
    [`=LEDGER.SALDO(1920,"${year}-02")`, -300],
    [`=LEDGER.BALANCE("1920","${year}-02")`, -300],
    [`=LEDGER.INNGÅENDE("1920",${year})`, 100],
    [`=LEDGER.BEVEGELSE("6800","${year}-01:${year}-02")`, 350],
    [`=LEDGER.BEVEGELSE("6300:6899","${year}-Q1")`, 400],
    [`=LEDGER.BEVEGELSE("68*","${year}")`, 350],
    [`=LEDGER.BEVEGELSE("6000:6999;-6300","${year}")`, 350],
    [`=LEDGER.DEBET("1920","${year}")`, 900],
    [`=LEDGER.KREDIT("1920","${year}-T1")`, 400],
    [`=LEDGER.BEVEGELSE("3000","${year}",,"fortegn=naturlig")`, 1900],
    [`=LEDGER.BEVEGELSE("3000","YTD ${year}-04",,"sign=natural; unit=1000")`, 1.9],
    [`=LEDGER.BEVEGELSE("6800","12M ${year}-02")`, 350],
    [`=LEDGER.BEVEGELSE("6800","${year}","AVD=10")`, 250],
    [`=LEDGER.BEVEGELSE("6800","${year}","AVD=ingen")`, 100],
    [`=LEDGER.BEVEGELSE("6800","${year}","AVD=10|none")`, 350],
    [`=LEDGER.SALDO("1500",${year},"KUNDE=10001")`, 1250],
    [`=LEDGER.BEVEGELSE("1000:2999","${year}-04","part=10001")`, 1250],
    [`=LEDGER.DEBIT(1500,${year},"CUSTOMER=10001|10001")`, 1250],
    [`=LEDGER.BEVEGELSE("6800","${year}","AVD=10|10|none|ingen")`, 350],
    [`=LEDGER.SALDO(1920,${year},"KUNDE=10001")`, 0],
    [`=LEDGER.SALDO(1500,"${year}-03","KUNDE=10001")`, 0],
    [`=LEDGER.SLIKKJENTPER(1500,${year},2,"KUNDE=10001")`, 0],
    [`=LEDGER.SALDO("1920","${year}",,"per=31.01.${year}")`, -150],
    [`=LEDGER.SALDO(1920,"${year}",,"vedVersjon=1")`, 100],
    [`=LEDGER.SLIKKJENTPER(1920,"${year}",2)`, -150],
    [`=LEDGER.SALDO("1000",${year})`, 0],
    [`=LEDGER.SALDO(1920,"${year}-02")+LEDGER.BEVEGELSE(3000,${year})*2`, -4100],
    [`=LEDGER.BUDSJETT(6800,"${year}-02")`, 80],
    [`=LEDGER.BUDGET("6800",${year},,"Hoved")`, 80],
    [`=LEDGER.AVVIK(6800,${year})`, 270],
    [`=LEDGER.AVVIK(6800,${year},,"pct")`, 3.375],
    [`=LEDGER.VARIANCE(6800,${year},"AVD=10","abs; enhet=1000")`, 0.25],
    [`=LEDGER.SLIKKJENTPER(1920,"${year}","2")`, -150],
    [`=LEDGER.SLIKKJENTPER(1920,"${year}","12.04.2020 14:30")`, 0],
    [`=LEDGER.SLIKKJENTPER(1920,"${year}",43850.58)`, 0],
    [`=LEDGER.SLIKKJENTPER(1920,"${year}",${serialOf(today)})`, 600],
    [`=LEDGER.SALDO(1920,"${year}",,"slikKjentPer=2020-04-12 14:30")`, 0],
    [`=LEDGER.SLIKKJENTPER(1920,"${year}","${norwegian(dayOfSerial(tomorrow))} 14:30")`, 600],
    [`=LEDGER.SLIKKJENTPER(1920,"${year}",${tomorrow}.58)`, 600],
    [`=LEDGER.SALDO(1920,"${year}",,"slikKjentPer=${tomorrow},604")`, 600],
    [`=LEDGER.SALDO(1920,"${year}",,"slikKjentPer=43850,604")`, 0],
    [`=LEDGER.BEVEGELSE("@sales",${year})`, -1900],
    [`=LEDGER.BEVEGELSE("@operating-income;-3000",${year})`, 0],
    // By the chart's own type, whatever the number, and by the side of a report's line.
    [`=LEDGER.BEVEGELSE("@sales",${year},,"fortegn=naturlig")`, 1900],
    [`=LEDGER.BEVEGELSE("7995",${year},,"fortegn=naturlig")`, 12],
    [`=LEDGER.BEVEGELSE("7995:7998",${year},,"fortegn=naturlig; enhet=1000")`, 0.012],
    [`=LEDGER.BEVEGELSE("6800",${year},,"fortegn=naturlig")`, 350],
    [`=LEDGER.PERIODE("${year}-11",3)`, `${year + 1}-02`],
    [`=LEDGER.KONTONAVN(1920)`, 'Bankinnskudd'],
    [`=LEDGER.PERIODESTATUS("${year}-03")`, 'åpen'],
  ]
  const shown = together(cases.map(([formula]) => formula))
  test.each(cases)('%s is %s', async (formula, expected) => {
    expect((await shown(formula)).value).toBe(expected)
  })

  const faults: [string, string, RegExp][] = [
    [`=LEDGER.SALDO("9999",${year})`, '#N/A', /Konto 9999 finnes ikke/],
    [`=LEDGER.SALDO("1920","våren")`, '#VALUE!', /kan ikke leses som periode/],
    [`=LEDGER.SALDO("bank!",${year})`, '#VALUE!', /kan ikke leses som konto/],
    [`=LEDGER.SALDO(1920,${year},"AVD=77")`, '#N/A', /77/],
    [`=LEDGER.SALDO(1920,${year},,"tull=1")`, '#VALUE!', /Valget tull=1 finnes ikke/],
    [`=LEDGER.SALDO(1920,${year},,"selskap=cmp_annet")`, '#N/A', /ikke tilgang/],
    [`=LEDGER.BUDSJETT(3000,${year},,"Ukjent")`, '#N/A', /Budsjettet finnes ikke/],
    [`=LEDGER.KONTONAVN("4711")`, '#N/A', /4711/],
    [`=LEDGER.AVVIK(3000,${year},,"pct")`, '#N/A', /ikke budsjettert/],
    [`=LEDGER.SLIKKJENTPER(1920,${year},99999)`, '#N/A', /99.?999/],
    [`=LEDGER.SLIKKJENTPER(1920,${year},${tomorrow + 400})`, '#VALUE!', /hovedbokversjon/],
    [`=LEDGER.SLIKKJENTPER(1920,${year},"i fjor")`, '#VALUE!', /hovedbokversjon/],
    [`=LEDGER.SLIKKJENTPER(1920,${year},0.5)`, '#VALUE!', /hovedbokversjon/],
    [`=LEDGER.SALDO(1500,${year},"LEV=10001")`, '#N/A', /Leverandør 10001 finnes ikke/],
    [`=LEDGER.SALDO(1500,${year},"KUNDE=ingen")`, '#VALUE!', /ingen kan ikke leses som nummer på kunde/],
    // Any of these alone would have the whole request refused, and with it every figure of the sheet.
    [`=LEDGER.SALDO(1500,${year},"KUNDE=${'Fjordvik '.repeat(4)}AS")`, '#VALUE!', /nummer på kunde/],
    [`=LEDGER.SALDO(1500,${year},"KIND=kunde")`, '#N/A', /kind/i],
    [`=LEDGER.SALDO(1500,${year},"${'d'.repeat(41)}=1")`, '#VALUE!', /dimensjon/],
    [`=LEDGER.SALDO(1500,${year},"AVD=${'1'.repeat(101)}")`, '#VALUE!', /dimensjon/],
    [`=LEDGER.SALDO("@${'s'.repeat(145)}",${year})`, '#VALUE!', /konto/],
    [`=LEDGER.BUDSJETT(1500,${year},"KUNDE=10001")`, '#VALUE!', /POSTERINGER/],
    [`=LEDGER.SALDO(1500,${year},"KUNDE=10001;LEV=10001")`, '#VALUE!', /én om gangen/],
    [`=LEDGER.NUMMERBEVIS("i fjor")`, '#VALUE!', /regnskapsår/],
    [`=LEDGER.VERIFISERT("tull")`, '#VALUE!', /ikke et segl/],
  ]
  const failed = together(faults.map(([formula]) => formula))
  test.each(faults)('%s says %s, with words', async (formula, error, text) => {
    const { value, text: told } = await failed(formula)
    expect(value).toBe(error)
    expect(told).toMatch(text)
  })

  test('no error is ever 0, and no figure of another company is told', async () => {
    const other = await app.company()
    const key = await other.key('reader')
    const api = ledgerApi({
      base: '',
      token: async () => key,
      locale: () => 'nb',
      fetch: fetchThrough(app, goodNetwork()),
      pausesMs: [],
    })
    const mine = calculating({ id: company.id })
    mine.runtime.around.api = api
    expect(await mine.value(`=LEDGER.SALDO(1920,${year})`)).toBe('#N/A')
  })

  test('arrays in, arrays out: a column of accounts and a row of periods', async () => {
    const own = calculating(company)
    own.user.type('Ark1', 'B4', [
      ['', `${year}-01`, `${year}-02`],
      ['6800', '', ''],
      ['6300', '', ''],
      ['9999', '', ''],
    ])
    own.user.type('Ark1', 'G5', [['=LEDGER.TALL(B5:B7,C4:D4,"bevegelse")']])
    await own.calculation.idle()
    expect(own.grid('G5:H7')).toEqual([
      [250, 100],
      [0, 50],
      ['#N/A', '#N/A'],
    ])
    own.user.type('Ark1', 'J5', [['=LEDGER.SALDO(B5:B6,C4:D4)']])
    // Options of a table, and the share among them, in whatever cell it stands.
    own.user.type('Ark1', 'B10', [
      ['enhet', 1000],
      ['pct', ''],
      ['fortegn', 'naturlig'],
      ['pct', 'fortegn=naturlig'],
    ])
    own.user.type('Ark1', 'G10', [
      [`=LEDGER.AVVIK(6800,${year},,B10:C11)`],
      [`=LEDGER.AVVIK(6800,${year},,B10:C10)`],
      [`=LEDGER.AVVIK(6800,${year},,B13:C13)`],
    ])
    await own.calculation.idle()
    expect(own.grid('G10:G12').flat()).toEqual([3.375, 0.27, 3.375])
    expect(own.grid('J5:K6')).toEqual([
      [250, 350],
      [0, 50],
    ])
  })

  test('lists spill with headings; lines sum to the cell', async () => {
    const own = calculating(company)
    own.user.type('Ark1', 'A1', [[`=LEDGER.POSTERINGER("1920",${year})`]])
    await own.calculation.idle()
    const rows = own.grid('A1:E4')
    expect(rows[0]).toEqual(['Dato', 'Bilag', 'Tekst', 'Beløp', 'Saldo'])
    expect(rows.slice(1).map((r) => r[3])).toEqual([-250, -150, 900])
    expect(rows[3]![4]).toBe(await calculating(company).value(`=LEDGER.SALDO(1920,${year})`))
    const trial = calculating(company)
    trial.user.type('Ark1', 'A1', [[`=LEDGER.SALDOBALANSE(${year})`]])
    await trial.calculation.idle()
    const bank = trial.grid('A1:F9').find((r) => String(r[0]) === '1920')
    expect(bank).toEqual(['1920', 'Bankinnskudd', 100, 900, 400, 600])
  })

  test('a list of vouchers takes whole periods, from the first day of one to the last of the other', async () => {
    const own = calculating(company)
    own.user.type('Ark1', 'A1', [[`=LEDGER.BILAGSLISTE("${year}-01","${year}-02",,"dato")`]])
    own.user.type('Ark1', 'C1', [[`=LEDGER.BILAGSLISTE("${year}-01-01","${year}-02-28",,"dato")`]])
    own.user.type('Ark1', 'E1', [[`=LEDGER.BILAGSLISTE(${year},${year},,"dato")`]])
    own.user.type('Ark1', 'G1', [[`=LEDGER.BILAGSLISTE("${year}-01-01","${year}-12-31",,"dato")`]])
    await own.calculation.idle()
    const column = (letter: string) => own.grid(`${letter}2:${letter}40`).flat()
    expect(column('A').filter((cell) => cell !== '').length).toBeGreaterThan(1)
    expect(column('A')).toEqual(column('C'))
    expect(column('E')).toEqual(column('G'))
  })
  test('a list that is cut says so, and no sum over it looks right; one of just so many does not', async () => {
    const read = vi.fn(async () => ({ entries: [{ voucherId: 'x' }], cursor: 'more' }))
    const error = (failure: unknown) => failure
    const runtime = {
      read,
      around: { locale: () => 'nb', makeError: error },
      failure: (f: Error) => ({ text: f.message }),
    }
    const cut = await pages(runtime as never, 'c', 'reports/general-ledger', 'entries', {}, 3)
    expect(cut).toMatchObject({ cut: true, rows: { length: 3 } })
    expect(cutRow(runtime as never, cut, 3)).toEqual([['moreRows', { text: 'moreRows' }, { text: 'moreRows' }]])
    expect(cutRow(runtime as never, cut, 3, 3)).toEqual([])
    expect(cutRow(runtime as never, cut, 3, 20_000)).toHaveLength(1)
    const whole = { rows: cut.rows, cut: false }
    expect(cutRow(runtime as never, whole, 3)).toEqual([])
    const own = calculating(company)
    own.user.type('Ark1', 'A1', [[`=LEDGER.POSTERINGER("1920",${year},,"beløp",2)`]])
    await own.calculation.idle()
    expect(own.grid('A1:A5').flat()).toEqual(['Beløp', expect.any(Number), expect.any(Number), '', ''])
  })
  test('a resting copy counts in no group; of two companies of one name neither is guessed', async () => {
    const own = calculating(company)
    const { api } = own.runtime.around
    const { companies } = api
    const [mine] = (await companies()).filter(({ id }) => id === company.id)
    const copy = { ...mine!, id: 'cmp_copy', name: 'Kopi AS', pausedAt: `${year}-01-01T00:00:00.000Z` }
    api.companies = async () => [copy, mine!, { ...copy, name: mine!.name }]
    const formula = (named: string) => [`=LEDGER.SALDO(1920,"${year}-02",,"selskap=${named}")`]
    own.user.type('Ark1', 'A1', [formula('*')])
    own.user.type('Ark1', 'A5', [formula(mine!.name)])
    await own.calculation.idle()
    expect(own.grid('A1:B2')).toEqual([
      [mine!.name, -300],
      ['', ''],
    ])
    expect(own.grid('A5')).toEqual([[-300]])
    api.companies = async () => [{ ...copy, pausedAt: null, name: mine!.name }, mine!]
    own.runtime.refresh()
    own.user.type('Ark1', 'A7', [formula(mine!.name.toUpperCase())])
    await own.calculation.idle()
    expect(own.grid('A7')).toEqual([['#N/A']])
    expect(own.calculation.errorTexts.get('Ark1!A7')).toContain(`cmp_copy, ${mine!.id}`)
    api.companies = companies
  })
  test('lines of one customer; a proof of numbers; VAT that is locked; and the same for every client', async () => {
    await app.company()
    const lock = { fromMonth: `${year}-01`, toMonth: `${year}-02`, level: 'hard', scope: 'vat', reason: 'Levert' }
    expect((await company.call('/locks', { body: lock })).status).toBeLessThan(300)
    const own = calculating(company)
    own.user.type('Ark1', 'A1', [[`=LEDGER.POSTERINGER("1500",${year},"KUNDE=10001","Part;Beløp")`]])
    own.user.type('Ark1', 'D1', [[`=LEDGER.NUMMERBEVIS(${year})`]])
    own.user.type('Ark1', 'L1', [[`=LEDGER.PERIODESTATUS("${year}-T1")`], [`=LEDGER.PERIODESTATUS("${year}-05")`]])
    own.user.type('Ark1', 'N1', [[`=LEDGER.PERIODESTATUS("${year}-T1","selskap=*")`]])
    own.user.type('Ark1', 'T1', [[`=LEDGER.ÅPNEPOSTER("kunde",,,"Part;Rest","selskap=*")`]])
    own.user.type('Ark1', 'X1', [[`=LEDGER.SALDOBALANSE(${year},,,"enhet=1000")`]])
    // Of companies without the department nothing but the error is told, in a row as wide as the others.
    own.user.type('Ark1', 'AB1', [[`=LEDGER.SALDOBALANSE(${year},,"AVD=10","selskap=*")`]])
    await own.calculation.idle()
    expect(own.grid('A1:B3')).toEqual([
      ['Part', 'Beløp'],
      ['10001', 1250],
      ['', ''],
    ])
    expect(own.grid('D1:J1')[0]).toEqual(['Serie', 'Navn', 'Regnskapsår', 'Første', 'Siste', 'Antall', 'Mangler'])
    expect(own.grid('D2:J3').map((row) => [row[0], ...row.slice(2)])).toEqual([
      ['HB', year, 1, 4, 4, ''],
      ['UF', year, 1, 1, 1, ''],
    ])
    expect(own.grid('L1:L2').flat()).toEqual(['mva-låst', 'åpen'])
    const statuses = own.grid('N1:O40').filter(([name]) => name !== '')
    expect(statuses.length).toBeGreaterThan(1)
    expect(new Set(statuses.map(([, status]) => status))).toEqual(new Set(['mva-låst', 'åpen']))
    expect(own.grid('T1:V1')).toEqual([['Selskap', 'Part', 'Rest']])
    expect(own.grid('T2:V2')[0]!.slice(1)).toEqual(['10001', 1250])
    expect(own.grid('X1')[0]![0]).toBe('#VALUE!')
    const trial = own.grid('AB1:AH40').filter(([name]) => name !== '')
    expect(trial.some((row) => row[1] === '#N/A')).toBe(true)
    expect(trial.some((row) => row[1] === '6800')).toBe(true)
  })

  test('open items, ageing and VAT', async () => {
    const own = calculating(company)
    own.user.type('Ark1', 'A1', [[`=LEDGER.ÅPNEPOSTER("kunde","${year}-12-31")`]])
    own.user.type('Ark1', 'L1', [[`=LEDGER.ALDERSFORDELING("kunder","${year}-06-15","14;60")`]])
    own.user.type('Ark1', 'A9', [
      [`=LEDGER.MVA("${year}-T2",3)`],
      [`=LEDGER.MVA("${year}-T2","3","grunnlag")`],
      [`=LEDGER.MVA("${year}-04")`],
      [`=LEDGER.ÅPNEPOSTER("venner")`],
    ])
    own.user.type('Ark1', 'A20', [[`=LEDGER.MVA("${year}-T2")`]])
    await own.calculation.idle()
    expect(own.grid('A1:H2')).toEqual([
      ['Part', 'Navn', 'Bilag', 'Faktura', 'Dato', 'Forfall', 'Beløp', 'Rest'],
      [
        '10001',
        'Kunde AS',
        expect.stringMatching(/^UF \d{4}-1$/),
        '1',
        expect.any(Number),
        expect.any(Number),
        1250,
        1250,
      ],
    ])
    expect(own.grid('L1:R2')).toEqual([
      ['Part', 'Navn', 'Ikke forfalt', '1–14 dager', '15–60 dager', 'Over 60 dager', 'Sum'],
      ['10001', 'Kunde AS', 0, 0, 1250, 0, 1250],
    ])
    expect(own.grid('A9:A12').flat()).toEqual([250, 1000, '#VALUE!', '#VALUE!'])
    expect(own.grid('A20:D21')).toEqual([
      ['Mva-kode', 'Sats', 'Grunnlag', 'Avgift'],
      ['3', 0.25, 1000, 250],
    ])
  })

  test('whole statements, against last year and budget, with accounts', async () => {
    const own = calculating(company)
    own.user.type('Ark1', 'A1', [[`=LEDGER.OPPSTILLING("resultat",${year},"budsjett",2)`]])
    own.user.type('Ark1', 'H1', [[`=LEDGER.STATEMENT("balance",${year})`]])
    own.user.type('Ark1', 'N1', [[`=LEDGER.OPPSTILLING("resultat",${year},"fjern fortid")`]])
    await own.calculation.idle()
    const income = own.grid('A1:D60')
    expect(income[0]).toEqual(['Linje', 'Regnskap', 'Budsjett', 'Avvik'])
    expect(income.find((row) => String(row[0]).startsWith('  6800'))).toEqual(['  6800 Kontorrekvisita', 350, 80, -270])
    const balance = own.grid('H1:I60')
    expect(balance.filter((row) => typeof row[1] === 'number').length).toBeGreaterThan(3)
    expect(own.grid('N1')[0]![0]).toBe('#VALUE!')
  })

  test('a seal is verified later, and a false one is not', async () => {
    const seal = String(await book.value('=LEDGER.SEGL()'))
    expect(seal).toMatch(/^\d+-[0-9a-f]{16}$/)
    expect(await book.value(`=LEDGER.VERIFISERT("${seal}")`)).toBe(true)
    expect(await book.value(`=LEDGER.VERIFISERT("${seal.slice(0, -4)}0000")`)).toBe(false)
  })
})
