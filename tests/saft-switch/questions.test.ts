import { describe, expect, test } from 'vitest'
import { plain } from '#tests/saft/saft-desk.ts'
import { testApp } from '#tests/support/app.ts'
import { saft, withClosings } from '#tests/support/saft.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'
import { switchDesk } from './switch-desk.ts'

const app = testApp()
const desk = (file?: string) => switchDesk(app, file)

describe('a switch by SAF-T', () => {
  test('asks about tax codes that are no standard ones; without an answer they stand as a difference', async () => {
    const sold = (id: string, code: string, vat: number) => ({
      id,
      date: '2025-02-11',
      lines: [
        { account: '3000', amount: -10_000, tax: [code, '25.00', -vat] as [string, string, number] },
        ...(vat > 0 ? [{ account: '2700', amount: -vat }] : []),
        { account: '1920', amount: 10_000 + vat },
      ],
    })
    const odd = saft(
      withClosings({
        ...plain,
        accounts: [...plain.accounts, { id: '2700', grouping: ['kortsiktigGjeld', '2740'] }],
        taxCodes: [
          ['M25', '', '25.00'],
          ['INTERN', '', '0.00'],
        ],
        transactions: [...plain.transactions, sold('D', 'M25', 2_500), sold('E', 'INTERN', 0)],
      }),
    )
    const open = await desk(odd)
    expect(open.sent.json.taxCodes.map((t: any) => [t.code, t.lines, t.base, t.tax])).toEqual([
      ['M25', 1, 10_000, 2_500],
      ['INTERN', 1, 10_000, 0],
    ])
    const { differences } = (await open.call(`${open.path}/booking`, { method: 'POST' })).json
    expect(differences.map((d: any) => [d.kind, d.taxCode, d.file, d.ours])).toEqual([
      ['vat-base', 'INTERN', -10_000, 0],
      ['vat-base', 'M25', -10_000, 0],
      ['vat-tax', 'M25', -2_500, 0],
    ])

    const { company, call, path } = await desk(odd.replaceAll('<Description>A', '<Description>B'))
    const browser = await memberOf(app, company.id, 'administrator')
    const wrong = await call(path, { method: 'PATCH', body: { taxCodes: { M25: '999' } } })
    expect(wrong.json.answers.taxCodes).toEqual({ M25: '999' })
    const refused = await call(`${path}/booking`, { method: 'POST' })
    expect(refused.json.issues.map((i: any) => [i.code, i.pointer])).toEqual([['vat-code/unknown', '#/taxCodes/M25']])
    const page = (await browser.get(`/companies/${company.id}${path}`)).html
    expect(textOf(page)).toContain('Mva-koder uten standardkode')
    const version = /name="version" value="(\d+)"/.exec(page)![1]!
    const booked = await browser.post(`/companies/${company.id}${path}`, {
      version,
      'tax.M25': '3',
      'tax.INTERN': 'none',
      deed: 'book',
    })
    expect(booked.status, textOf(booked.html)).toBe(303)
    const job = (await call(booked.location!.slice(booked.location!.indexOf('/imports/')))).json
    expect((job.receipt ?? job).differences).toEqual([])
    const entries = (await call('/vouchers?order=recorded')).json.vouchers.map((v: any) => call(`/vouchers/${v.id}`))
    const codes = (await Promise.all(entries)).flatMap((v: any) => v.json.entries.map((e: any) => e.vatCode))
    expect(codes.filter(Boolean)).toEqual(['3', '3'])
  })

  test('asks of parties that somebody has the number of here, and of a file of another company', async () => {
    const asked = saft({
      ...plain,
      customers: [
        { ...plain.customers![0]!, name: 'Berg AS' },
        { id: '10002', name: 'Nord Handel', organisationNumber: '974760673', account: '1500' },
        { id: '10003', name: 'LIE & CO.', account: '1500' },
      ],
    })
    const company = await app.company({ organisationNumber: '974760673' })
    const { call } = company
    const customer = (number: string, name: string, more = {}) =>
      call('/parties', { body: { kind: 'customer', number, name, ...more } })
    await customer('10001', 'Annen kunde AS')
    await customer('10003', 'Lie & Co')
    await customer('10050', 'Nord Handel AS', { organisationNumber: '974760673' })
    const sent = await call('/saft-switches', { raw: asked })
    const path = `/saft-switches/${sent.json.id}`
    expect([sent.json.open, sent.json.met.map((m: any) => [m.number, m.own.number, m.to, m.reason, m.free])]).toEqual([
      1,
      [
        ['10001', '10001', null, 'asked', '10051'],
        ['10002', '10050', '10050', 'organisation-number', '10052'],
      ],
    ])
    expect((await call(`${path}/booking`, { method: 'POST' })).json.code).toBe('saft-switch/open')
    await call(path, { method: 'PATCH', body: { partyNumbers: { 'customer 10001': 'a b' }, openItems: 'leave' } })
    const { issues } = (await call(`${path}/booking`, { method: 'POST' })).json
    expect(issues.map((i: any) => i.code)).toEqual(['field/invalid'])
    const numbers = { 'customer 10001': '10003', 'customer 99': '99' }
    await call(path, { method: 'PATCH', body: { partyNumbers: numbers } })
    const taken = (await call(`${path}/booking`, { method: 'POST' })).json.issues
    expect(taken.map((i: any) => [i.code, i.pointer])).toEqual([
      ['field/invalid', '#/partyNumbers/customer 99'],
      ['party/exists', '#/partyNumbers/customer 10001'],
    ])
    await call(path, { method: 'PATCH', body: { partyNumbers: { 'customer 99': '' } } })
    const found = (more: string) =>
      company.db.execute(`update saft_switch set found = json_set(found, '$.metBeyond', ${more})`)
    await found('3')
    const beyond = (await call(`${path}/booking`, { method: 'POST' })).json
    expect([beyond.code, beyond.title]).toEqual(['saft-switch/open', expect.stringContaining('har 5 kunder')])
    await found('0')
    const back = await call(path, { method: 'PATCH', body: { partyNumbers: { 'customer 10001': '' } } })
    expect(back.json.answers).toMatchObject({ partyNumbers: {}, openItems: 'leave' })

    const browser = await memberOf(app, company.id, 'administrator')
    const at = `/companies/${company.id}${path}`
    const shown = await browser.get(at)
    for (const text of ['Samme: 10001 Annen kunde AS', 'En ny, med nummer 10051', '923 609 016'])
      expect(textOf(shown.html).replace(/\s/g, ' ')).toContain(text)
    const form = {
      ...Object.fromEntries(sent.json.accounts.map((a: any) => [`account.${a.number}`, a.to])),
      version: /name="version" value="(\d+)"/.exec(shown.html)![1]!,
      metRest: 'new',
      openItems: 'leave',
    }
    const refused = await browser.post(at, { ...form, deed: 'book' })
    expect([refused.status, textOf(refused.html)]).toEqual([422, expect.stringContaining('Ingenting er bokført')])
    expect((await call(path)).json.answers.partyNumbers).toEqual({ 'customer 10001': '10051' })
    expect((await call('/imports/saft', { raw: asked })).json.code).toBe('saft/other-company')
    expect((await call('/vouchers')).json.vouchers).toEqual([])
    await call(path, { method: 'PATCH', body: { otherCompany: true } })
    const booked = await call(`${path}/booking`, { method: 'POST' })
    expect([booked.status, booked.json.differences], booked.text).toEqual([201, []])
    expect(booked.json.proof.partyCount).toEqual({ all: 3, stated: 3 })
    expect(booked.json.told.map((t: any) => t.code)).toEqual(['other-company'])
    expect((await call('/parties?kind=customer')).json.parties.map((p: any) => [p.number, p.name])).toEqual([
      ['10001', 'Annen kunde AS'],
      ['10003', 'Lie & Co'],
      ['10050', 'Nord Handel AS'],
      ['10051', 'Berg AS'],
    ])
    const ledger = (await call('/open-items?kind=customer')).json.openItems ?? []
    expect(ledger.some((i: any) => i.party === '10001')).toBe(false)
    // The number that it got stands for it in the next file, whatever it is called here since.
    await company.db.execute("update party set name = 'Berg Norge AS' where number = '10051'")
    const next = saft({
      ...plain,
      customers: [{ ...plain.customers![0]!, name: 'Berg AS' }],
      transactions: plain.transactions.map((t) => ({ ...t, id: `N${t.id}` })),
    })
    const again = await call('/saft-switches', { raw: next })
    expect(again.json.met).toMatchObject([{ number: '10001', to: '10051' }])
    await call(`/saft-switches/${again.json.id}`, { method: 'PATCH', body: { otherCompany: true } })
    const second = await call(`/saft-switches/${again.json.id}/booking`, { method: 'POST' })
    expect(second.status, second.text).toBe(201)
    // Straight in, a name that is another's is told of.
    const other = await app.company()
    await other.call('/parties', { body: { kind: 'customer', number: '10001', name: 'Annen kunde AS' } })
    const straight = await other.call('/imports/saft', { raw: asked })
    expect(straight.json.told.map((t: any) => [t.code, t.params.party])).toEqual([['party-other-name', '10001']])
  })
})
