import { describe, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { workbook } from '#tests/support/workbook.ts'
import { findInBooks } from '#worker/ledger/find-in-books.ts'

const app = testApp()

/** A company, and how a client brings sheets into it. */
async function desk() {
  const company = await app.company()
  const { call } = company
  async function send(register: string, content: string | Uint8Array, options: Record<string, string> = {}) {
    const query = new URLSearchParams({ register, ...options })
    const sent = await call(`/imports/sheets?${query}`, { raw: content as BodyInit, headers: { 'x-file-name': 'fil' } })
    if (sent.status !== 201) throw new Error(sent.text)
    return sent.json
  }
  const dryRun = async (id: string) => (await call(`/imports/sheets/${id}/dry-run`, { method: 'POST' })).json
  const commit = (id: string) => call(`/imports/sheets/${id}/commit`, { method: 'POST' })
  const undo = (id: string) => call(`/imports/${id}/undo`, { method: 'POST' })
  /** Sent, tried and brought in. */
  async function bring(register: string, content: string | Uint8Array, options: Record<string, string> = {}) {
    const { id } = await send(register, content, options)
    const tried = await dryRun(id)
    if (!tried.clean) throw new Error(JSON.stringify(tried.rows.filter((r: any) => r.status === 'refused')))
    const done = await commit(id)
    if (done.status !== 201) throw new Error(done.text)
    return { id, counts: done.json.counts, receipt: done.json }
  }
  return { company, call, send, dryRun, commit, undo, bring }
}

describe('an import of a sheet', () => {
  test('opens only after its dry run has passed, and never after something else was chosen', async () => {
    const { call, send, dryRun, commit } = await desk()
    const { id, columns } = await send('customers', 'Kundenr;Hvem;Sted\n10501;Fjord AS;Bergen\n')
    expect(columns.map((c: any) => [c.title, c.field, c.why])).toEqual([
      ['Kundenr', 'number', 'title'],
      ['Hvem', null, 'none'],
      ['Sted', 'city', 'title'],
    ])
    expect((await commit(id)).json.code).toBe('import/not-tried')
    expect((await dryRun(id)).clean).toBe(false)
    expect((await commit(id)).json.code).toBe('import/not-tried')
    await call(`/imports/sheets/${id}`, { method: 'PATCH', body: { columns: { 1: 'name' } } })
    expect((await dryRun(id)).clean).toBe(true)
    await call(`/imports/sheets/${id}`, { method: 'PATCH', body: { columns: { 2: null } } })
    expect((await commit(id)).json.code).toBe('import/not-tried')
    await dryRun(id)
    expect((await commit(id)).status).toBe(201)
    const again = await commit(id)
    expect([again.status, again.json.replayed, again.json.counts.new]).toEqual([200, true, 1])
    expect((await dryRun(id)).code).toBe('import/done')
    expect((await call(`/imports/sheets/${id}`, { method: 'DELETE' })).json.code).toBe('import/done')
  })

  test('remembers the columns of its source, also when the next file has other rows and another year', async () => {
    const { send, call, dryRun, commit } = await desk()
    const first = await send('customers', 'Løpenr 2025;Hvem\n10502;Fjell AS\n')
    await call(`/imports/sheets/${first.id}`, { method: 'PATCH', body: { header: 0 } })
    await call(`/imports/sheets/${first.id}`, { method: 'PATCH', body: { columns: { 0: 'number', 1: 'name' } } })
    await dryRun(first.id)
    expect((await commit(first.id)).status).toBe(201)
    const next = await send('customers', 'Løpenr 2026;Hvem\n10503;Vidde AS\n')
    expect(next.columns.map((c: any) => [c.field, c.why])).toEqual([
      ['number', 'saved'],
      ['name', 'saved'],
    ])
    expect(next.told.map((t: any) => t.key)).toContain('remembered')
  })

  test('again updates instead of doubling; its receipt is listed and kept', async () => {
    const { bring, call } = await desk()
    const list = 'Kundenr;Navn;E-post\n10511;Nord AS;post@nord.no\n10512;Sør AS;\n'
    expect((await bring('customers', list)).counts).toMatchObject({ new: 2, changed: 0 })
    expect((await bring('customers', list)).counts).toMatchObject({ new: 0, unchanged: 2 })
    const { id, counts } = await bring('customers', list.replace('post@nord.no', 'faktura@nord.no'))
    expect(counts).toMatchObject({ changed: 1, unchanged: 1 })
    const receipt = (await call(`/imports/${id}`)).json
    expect(receipt).toMatchObject({ kind: 'customers', fileName: 'fil', by: expect.any(String) })
    expect(receipt.receipt.rows[0].changes.email).toEqual(['post@nord.no', 'faktura@nord.no'])
    expect((await call('/imports')).json.imports).toHaveLength(3)
  })

  test('is undone as one, and only while nothing builds on it', async () => {
    const { bring, call, undo } = await desk()
    await bring('customers', 'Kundenr;Navn\n10521;Før AS\n')
    const { id } = await bring('customers', 'Kundenr;Navn\n10521;Etter AS\n10522;Ny AS\n')
    await call('/parties/customer/10522', { method: 'PATCH', body: { city: 'Oslo' } })
    const refused = await undo(id)
    expect([refused.status, refused.json.code, refused.json.title]).toEqual([
      422,
      'import/built-on',
      expect.stringContaining('10522'),
    ])
    const open = (await call('/accounts')).json.accounts.filter((a: any) => a.closedFrom === null)
    const chart = await bring('chart', 'Konto;Navn\n6543;Prøvekonto\n1920;Driftskonto\n', {
      closeMissingFrom: '2031-01-01',
    })
    const closed = (await call('/accounts')).json.accounts.filter((a: any) => a.closedFrom === '2031-01-01')
    expect(closed).toHaveLength(open.length - 1)
    expect(chart.receipt.told.find((t: any) => t.key === 'accountsClosed').message).toContain('1000')
    expect((await undo(chart.id)).status).toBe(200)
    const accounts = (await call('/accounts')).json.accounts
    expect(accounts.filter((a: any) => a.closedFrom === null)).toHaveLength(open.length)
    expect(accounts.find((a: any) => a.number === '6543')).toBeUndefined()
    expect(accounts.find((a: any) => a.number === '1920').nameNb).not.toBe('Driftskonto')
    expect((await undo(chart.id)).json.code).toBe('import/already-undone')
    const values = await bring('dimensions', 'Kode;Navn\n77;Lager\n', { dimension: 'department' })
    expect((await undo(values.id)).status).toBe(200)
    expect((await call('/imports/imp_00000000000000000000000000/undo', { method: 'POST' })).json.code).toBe(
      'import/unknown',
    )
  })
})

describe('vouchers of a sheet', () => {
  const year = new Date().getFullYear()
  const list = `Bilag;Dato;Konto;Tekst;Beløp\n1;15.01.${year};7770;Gebyr;45,00\n1;15.01.${year};1920;Gebyr;-45,00\n2;16.01.${year};7770;Gebyr;50,00\n2;16.01.${year};1920;Gebyr;-50,00\n`

  test('go through the one door, are never doubled, and are undone by reversals', async () => {
    const { bring, call, send, dryRun, undo } = await desk()
    const { id, receipt } = await bring('vouchers', list)
    expect(receipt.rows.map((r: any) => [r.row, r.status])).toEqual([2, 3, 4, 5].map((row) => [row, 'new']))
    expect(receipt.rows[0].subject).toMatch(/^\w+ \d{4}-1$/)
    expect((await bring('vouchers', list)).counts).toMatchObject({ new: 0, unchanged: 4 })
    // The type that is usual is the same voucher, said or not.
    const said = await bring('vouchers', list, { type: 'general' })
    expect(said.counts).toMatchObject({ new: 0, unchanged: 4 })
    expect((await call('/vouchers')).json.vouchers).toHaveLength(2)
    // Its number names a voucher also when it is alone in the sheet.
    const [title, ...rows] = list.split('\n')
    const alone = [title, ...rows.slice(0, 2), ''].join('\n')
    expect((await bring('vouchers', alone)).counts).toMatchObject({ new: 0, unchanged: 2 })
    const changed = await send('vouchers', alone.replaceAll('45,00', '46,00'))
    const tried = await dryRun(changed.id)
    expect(tried.rows[0].issues.map((i: any) => i.code)).toEqual(['voucher/id-reused'])
    expect((await undo(id)).status).toBe(200)
    const { json } = await call('/reports/trial-balance')
    expect(json.rows.filter((r: any) => r.closing !== 0)).toEqual([])
  })

  test('are taken back all or none: one in a locked month keeps the others standing, too', async () => {
    const { bring, call, undo } = await desk()
    const { id } = await bring(
      'vouchers',
      `${list}3;15.02.${year};7770;Gebyr;10,00\n3;15.02.${year};1920;Gebyr;-10,00\n`,
    )
    const locked = await call('/locks', {
      body: { fromMonth: `${year}-02`, toMonth: `${year}-02`, level: 'hard', reason: 'Avsluttet' },
    })
    expect(locked.status, locked.text).toBeLessThan(300)
    const refused = await undo(id)
    expect([refused.status, refused.json.code]).toEqual([423, 'period/locked'])
    expect((await call('/vouchers')).json.vouchers).toHaveLength(3)
    expect((await call(`/imports/${id}`)).status).toBe(200)
  })

  test('that are stopped midway leave a receipt of what stands, and are taken back by it', async () => {
    const { call, send, dryRun, commit, undo } = await desk()
    const voucher = (key: number, month: string) =>
      `${key};15.${month}.${year};7770;Gebyr;1001,00\n${`${key};15.${month}.${year};1920;Gebyr;-1,00\n`.repeat(1001)}`
    const { id } = await send('vouchers', `Bilag;Dato;Konto;Tekst;Beløp\n${voucher(1, '01')}${voucher(2, '02')}`)
    expect((await dryRun(id)).clean).toBe(true)
    const lock = { fromMonth: `${year}-02`, toMonth: `${year}-02`, level: 'hard', reason: 'Avsluttet' }
    expect((await call('/locks', { body: lock })).status).toBeLessThan(300)
    const { json } = await commit(id)
    expect([json.counts.new, json.counts.refused, json.told.at(-1).key]).toEqual([1002, 1002, 'importStopped'])
    expect(json.rows[1002].issues.map((i: any) => i.code)).toEqual(['period/locked'])
    expect((await call('/vouchers')).json.vouchers).toHaveLength(1)
    expect((await undo(id)).status).toBe(200)
    expect((await call('/reports/trial-balance')).json.rows.filter((r: any) => r.closing !== 0)).toEqual([])
  })

  test('carry own dimensions, currency and VAT; a rate far from the table’s is asked about', async () => {
    const { call, send, dryRun, commit } = await desk()
    const site = { key: 'site', nameNb: 'Anlegg', nameEn: 'Site' }
    expect((await call('/dimensions', { body: site })).status).toBeLessThan(300)
    await call('/dimensions/site/values', { body: { code: 'N1', name: 'Nord' } })
    const eur = { currency: 'SEK', date: `${year}-01-10`, rate: '101.5', unit: 100 }
    expect((await call('/currency-rates', { method: 'PUT', body: { rates: [eur] } })).status).toBe(200)
    const row = (account: string, sign: string, vat: string) =>
      `1;15.01.${year};${account};Nord;SEK;${sign}100,00;101,50;${vat}\n`
    const list = `Bilag;Dato;Konto;Anlegg;Valuta;Valutabeløp;Kurs;Mva;Mva-beløp\n${row('6800', '', '1;20,00')}${row('1920', '-', ';')}`
    const { id, columns } = await send('vouchers', list.replace('Mva-beløp', 'Mva-beløp;Beløp'))
    expect(columns.map((c: any) => c.field)).toEqual(
      expect.arrayContaining(['dimensions/site', 'currency', 'currencyAmount', 'rate', 'vatAmount']),
    )
    expect((await dryRun(id)).questions.map((q: any) => q.of)).toEqual(['rateUnit'])
    await call(`/imports/sheets/${id}`, { method: 'PATCH', body: { answers: { rateUnit: 'per-100' } } })
    const tried = await dryRun(id)
    expect([tried.clean, tried.rows.flatMap((r: any) => r.issues.map((i: any) => i.message))]).toEqual([
      true,
      expect.anything(),
    ])
    const done = await commit(id)
    expect(done.status, done.text).toBe(201)
    const [posted] = (await call('/vouchers')).json.vouchers
    const { entries } = (await call(`/vouchers/${posted.id}`)).json
    expect(entries[0]).toMatchObject({
      account: '6800',
      currency: 'SEK',
      currencyAmount: expect.any(Number),
      rate: '101.5',
      rateUnit: 100,
      dimensions: { site: 'N1' },
    })
  })

  test('of headings nobody knows are read the next time as they were chosen', async () => {
    const { send, call, bring } = await desk()
    const strange = (day: string) =>
      `Når;Hvor;Hvorfor;Hvor mye\n${day}.01.${year};7770;x;5,00\n${day}.01.${year};1920;x;-5,00\n`
    const first = await send('vouchers', strange('15'))
    await call(`/imports/sheets/${first.id}`, { method: 'PATCH', body: { header: 0 } })
    const columns = { 0: 'date', 1: 'account', 2: 'text', 3: 'amount' }
    await call(`/imports/sheets/${first.id}`, { method: 'PATCH', body: { columns } })
    await call(`/imports/sheets/${first.id}/dry-run`, { method: 'POST' })
    expect((await call(`/imports/sheets/${first.id}/commit`, { method: 'POST' })).status).toBe(201)
    expect((await bring('vouchers', strange('16'))).counts.new).toBe(2)
  })

  test('that are true twins are two vouchers, in the first import and in the next', async () => {
    const { bring, call } = await desk()
    const twin = `17.01.${year};7770;Gebyr;25,00\n17.01.${year};1920;Gebyr;-25,00\n`
    const twins = `Dato;Konto;Tekst;Beløp\n${twin}${twin}`
    expect((await bring('vouchers', twins)).counts.new).toBe(4)
    expect((await bring('vouchers', twins)).counts).toMatchObject({ new: 0, unchanged: 4 })
    expect((await call('/vouchers')).json.vouchers).toHaveLength(2)
  })
})

describe('movements per month', () => {
  test('go into the sheet of the take-over, update it, and out of it again', async () => {
    const { bring, send, dryRun, call, undo } = await desk()
    const year = new Date().getFullYear()
    const list = `Konto;Navn;Januar;Februar\n3000;Salg;-1 000,00;-2 000,00\n1920;Bank;1 000,00;2 000,00\nSum;;0,00;0,00\n`
    const early = await send('movements', list)
    expect((await dryRun(early.id)).code).toBe('takeover/none')
    const planned = await call('/takeover', {
      method: 'PUT',
      body: { variant: 'movements', openingDate: `${year}-01-01`, cutOverDate: `${year}-03-01` },
    })
    expect(planned.status, planned.text).toBe(200)
    expect((await bring('movements', list)).counts).toMatchObject({ new: 2, refused: 0 })
    expect((await bring('movements', list)).counts).toMatchObject({ new: 0, unchanged: 2 })
    const { id, counts } = await bring('movements', list.replaceAll('2 000,00', '2 500,00'))
    expect(counts).toMatchObject({ changed: 2 })
    const sheet = async () =>
      (await call('/takeover/movements')).json.rows.map((r: any) => [r.account, Object.values(r.amounts)])
    expect(await sheet()).toEqual([
      ['3000', [-100_000, -250_000]],
      ['1920', [100_000, 250_000]],
    ])
    // A month that came to nothing in the corrected list loses its figure, and is told.
    const emptied = await dryRun((await send('movements', list.replaceAll('2 000,00', '0,00').replace('-0', '0'))).id)
    expect(emptied.rows.map((r: any) => Object.values(r.changes))).toEqual([[[-250_000, null]], [[250_000, null]]])
    const wrong = await dryRun((await send('movements', list.replace('3000', '3999'))).id)
    expect(wrong.rows[0].issues.map((i: any) => i.code)).toEqual(['account/unknown'])
    expect((await undo(id)).status).toBe(200)
    expect(await sheet()).toEqual([
      ['3000', [-100_000, -200_000]],
      ['1920', [100_000, 200_000]],
    ])
  })
})

describe('balances and open items', () => {
  test('go into the opening balance of the day, again without doubling, and out of it again', async () => {
    const { company, bring, call, undo, send, dryRun } = await desk()
    await call('/parties', { body: { kind: 'customer', number: '10001', name: 'Hotell Fossen AS' } })
    const date = `${new Date().getFullYear()}-01-01`
    await bring('balances', 'Konto;Saldo\n1920;1000,00\n2050;-1500,00\n', { date })
    const items = 'Kunde;Fakturanr;Rest\n10001;1;250,00\n10001;1;250,00\n'
    const { id } = await bring('open-items', items, { date, kind: 'customer' })
    expect((await bring('open-items', items, { date, kind: 'customer' })).counts).toMatchObject({
      new: 0,
      unchanged: 2,
    })
    const named = await send('open-items', 'Kunde;Rest\nhotell fossen as;5,00\nNordlys AS;7,00\n', {
      date,
      kind: 'customer',
    })
    const tried = await dryRun(named.id)
    expect(tried.rows.map((r: any) => [r.subject, r.issues[0]?.code])).toEqual([
      ['1500 10001', undefined],
      [expect.stringContaining('1500'), 'party/unknown'],
    ])
    // Numbers of the system before are ours where the chart says so, in lists, and in the search.
    await call('/accounts/1920', { method: 'PATCH', body: { externalNumber: '55501' } })
    const old = await dryRun((await send('balances', 'Konto;Saldo\n55501 Bank;1,00\n', { date })).id)
    expect(old.rows.map((r: any) => [r.subject, r.issues])).toEqual([['1920', []]])
    const found = await findInBooks(company.db, '55501', {} as never)
    expect(found.accounts.map((a) => a.number)).toEqual(['1920'])
    const dateless = await send('balances', 'Konto;Saldo\n1920;1,00\n')
    expect([(await dryRun(dateless.id)).issues[0].pointer]).toEqual(['#/options/date'])
    const kept = (await call(`/opening-balances/${date}`)).json
    expect(kept.rows.map((r: any) => [r.account, r.party, r.amount])).toEqual([
      ['1920', '', 100_000],
      ['2050', '', -150_000],
      ['1500', '10001', 25_000],
      ['1500', '10001', 25_000],
    ])
    expect((await undo(id)).status).toBe(200)
    expect((await call(`/opening-balances/${date}`)).json.rows).toHaveLength(2)
  })
})

describe('budgets of any layout', () => {
  const year = new Date().getFullYear()
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'Mai', 'Jun', 'Jul', 'Aug', 'Sep', 'Okt', 'Nov', 'Des']

  test('departments as sheets, income negative, totals proved, unknown accounts kept and marked; undone', async () => {
    const { bring, call, undo, send, dryRun } = await desk()
    for (const [code, name] of [
      ['10', 'Butikk'],
      ['20', 'Nettsalg'],
    ])
      await call('/dimensions/department/values', { body: { code, name } })
    const budget = (await call('/budgets', { body: { year, name: 'Fra regneark' } })).json.id
    const sheet = (name: string, income: number) => ({
      name,
      rows: [
        [`Budsjett ${year} ${name}`],
        ['Konto', 'Navn', ...months, 'Sum'],
        [3000, 'Salg', ...months.map(() => -income), -income * 12],
        [5000, 'Lønn', ...months.map(() => 1000), 12000],
        [9999, 'Egen konto', ...months.map(() => 5), 60],
        ['Sum', null, ...months.map(() => 1005 - income), (1005 - income) * 12],
      ],
    })
    const file = workbook([sheet('10 Butikk', 3000), sheet('20 Nettsalg', 2000)])
    const { id } = await send('budget', file, { budget })
    const tried = await dryRun(id)
    expect(tried.clean, JSON.stringify(tried.questions)).toBe(true)
    expect(tried.told.map((t: any) => t.key)).toEqual(
      expect.arrayContaining(['sheetIsValue', 'pastedProof', 'sign-debit']),
    )
    expect(tried.rows.filter((r: any) => r.issues.length > 0).map((r: any) => r.subject)).toEqual([
      '9999 (10)',
      '9999 (20)',
    ])
    const done = await bring('budget', file, { budget })
    expect(done.counts.new).toBe(6)
    expect((await bring('budget', file, { budget })).counts).toMatchObject({ new: 0, changed: 0, unchanged: 6 })
    const { lines } = (await call(`/budgets/${budget}/lines`)).json
    expect(lines).toHaveLength(6)
    expect((await undo(done.id)).status).toBe(200)
    const amounts = (await call(`/budgets/${budget}/lines`)).json.lines.flatMap((l: any) =>
      Object.values(l.amounts ?? {}),
    )
    expect(amounts.filter((a: unknown) => a !== null && a !== 0)).toEqual([])
  })

  test('a sign that the totals do not prove is asked, and answered once', async () => {
    const { call, send, dryRun } = await desk()
    const budget = (await call('/budgets', { body: { year, name: 'Bare kostnader' } })).json.id
    const { id } = await send('budget', `Konto;${months.join(';')}\n6300;${months.map(() => '100').join(';')}\n`, {
      budget,
    })
    expect((await dryRun(id)).questions.map((q: any) => q.of)).toEqual(['sign'])
    await call(`/imports/sheets/${id}`, { method: 'PATCH', body: { answers: { sign: 'natural' } } })
    expect((await dryRun(id)).clean).toBe(true)
  })
})
