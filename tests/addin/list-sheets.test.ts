import { describe, expect, test } from 'vitest'
import { ListModel } from '#addin/registers/list-model.ts'
import { ACCOUNTS, type ListId, PARTIES } from '#addin/registers/list-register.ts'
import { testApp } from '#tests/support/app.ts'
import { openHands } from './support/pane-hands.ts'

const app = testApp()

async function open(id: ListId) {
  const company = await app.company()
  await company.call('/parties', {
    body: { kind: 'customer', number: '10001', name: 'Berg AS', bankAccount: '01234567892' },
  })
  const { hands, failures, state, user, network } = await openHands(app, company)
  const model = new ListModel(hands, id)
  await model.insertSheet()
  const { table } = id === 'accounts' ? ACCOUNTS : PARTIES
  return {
    company,
    model,
    user,
    table,
    failures,
    view: () => state().lists[id]!,
    rows: () => user.rows(table).filter((row) => row.Navn !== ''),
    fill: (row: number, values: Record<string, string | number>) => user.fill(table, row, values),
    sent: () =>
      network.bodies
        .map((body) => JSON.parse(body))
        .filter((body) => body[id])
        .at(-1)?.[id],
  }
}

describe('the sheet of customers and suppliers', () => {
  test('sends changed cells of changed rows, makes new ones, and never doubles', async () => {
    const book = await open('parties')
    expect(book.rows().map((row) => [row.Type, row.Nummer, row.Navn, row.Bankkonto, row.Status])).toEqual([
      ['Kunde', '10001', 'Berg AS', '01234567892', ''],
    ])
    book.fill(0, { Telefon: '22 33 44 55' })
    book.fill(1, { Type: 'Leverandør', Navn: 'Sag AS', 'Org.nr.': '923 609 016' })
    await book.model.look()
    expect([book.view().unsaved, book.rows().map((row) => row.Status)]).toEqual([2, ['Endret', 'Ny']])
    await book.model.save()
    expect(book.sent()).toEqual([
      { kind: 'customer', number: '10001', phone: '22 33 44 55' },
      { kind: 'supplier', name: 'Sag AS', organisationNumber: '923609016' },
    ])
    expect(book.rows().map((row) => [row.Nummer, row.Status])).toEqual([
      ['10001', 'Lagret'],
      ['20000', 'Lagret'],
    ])
    await book.model.save()
    expect((await book.company.call('/parties')).json.parties).toHaveLength(2)
    expect([book.view().unsaved, book.failures]).toEqual([0, []])
  })

  test('what is wrong is told at its cell, and none is saved; others’ changes come in', async () => {
    const book = await open('parties')
    book.fill(0, { Navn: 'Berg og Dal AS' })
    book.fill(1, { Type: 'Kunde', Navn: 'Lie AS', 'Org.nr.': '123' })
    await book.model.save()
    expect(book.view().wrong.map((w) => w.text)).toEqual([
      'Organisasjonsnummeret har feil kontrollsiffer. Sjekk de ni sifrene.',
    ])
    expect(book.rows().map((row) => row._merker)).toEqual(['', '|organisationNumber!'])
    expect((await book.company.call('/parties')).json.parties.map((p: any) => p.name)).toEqual(['Berg AS'])
    book.fill(1, { 'Org.nr.': '' })
    await book.model.save()
    await book.company.call('/parties', { body: { kind: 'customer', number: '10050', name: 'Ny AS' } })
    await book.company.call('/parties/customer/10001', { method: 'PATCH', body: { city: 'Voss' } })
    await book.model.refresh()
    expect(book.rows().map((row) => [row.Nummer, row.Navn, row.Poststed, row.Status])).toEqual([
      ['10001', 'Berg og Dal AS', 'Voss', 'Lagret'],
      ['10002', 'Lie AS', '', 'Lagret'],
      ['10050', 'Ny AS', '', ''],
    ])
  })
})

test('the sheet of the chart: a changed name, a new account, a copy that must be another', async () => {
  const book = await open('accounts')
  const at = book.rows().findIndex((row) => row.Nummer === 6800)
  book.fill(at, { Navn: 'Papir og blekk' })
  book.user.copyRows(book.table, at, 1, at + 1)
  await book.model.look()
  expect(book.view().wrong.map((w) => w.text)).toEqual(['Nummer 6800 står to ganger. Ta bort den ene.'])
  book.fill(at + 1, { Nummer: 6802, Navn: 'Toner' })
  await book.model.save()
  expect(book.sent()).toMatchObject([
    { number: '6800', nameNb: 'Papir og blekk' },
    { number: '6802', nameNb: 'Toner', type: 'expense' },
  ])
  const { accounts } = (await book.company.call('/accounts')).json
  expect(accounts.filter((a: any) => /^680[02]$/.test(a.number)).map((a: any) => a.nameNb)).toEqual([
    'Papir og blekk',
    'Toner',
  ])
  expect([book.view().unsaved, book.failures]).toEqual([0, []])
})
