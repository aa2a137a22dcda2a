import { describe, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import type { Instant } from '#worker/core/dates.ts'
import { importParties } from '#worker/parties/import-parties.ts'
import { partyRowsIn } from '#worker/parties/party-import.ts'

const { company } = testApp()
const rows = (answer: { json: any }) => answer.json.rows.map((r: any) => `${r.status} ${r.number}`)

describe('a list of parties', () => {
  test('is brought in once; the same list again changes nothing, and one more cell only that', async () => {
    const c = await company()
    const parties = [
      { kind: 'customer', number: '10001', name: 'Berg AS', email: 'post@berg.example' },
      { kind: 'customer', name: 'Lie AS', organisationNumber: '923609016' },
      { kind: 'customer', name: 'Uten nummer' },
      { kind: 'supplier', name: 'Sag AS', bankAccount: '12345678903' },
    ]
    const dry = await c.call('/parties/import', { body: { parties, dryRun: true } })
    expect([dry.json.applied, rows(dry)]).toEqual([false, ['new 10001', 'new 10002', 'new 10003', 'new 20000']])
    expect((await c.call('/parties')).json.parties).toEqual([])
    expect(rows(await c.call('/parties/import', { body: { parties } }))).toEqual(rows(dry))
    expect(rows(await c.call('/parties/import', { body: { parties } }))).toEqual([
      'unchanged 10001',
      'unchanged 10002',
      'unchanged 10003',
      'unchanged 20000',
    ])
    const changed = await c.call('/parties/import', {
      body: { parties: [{ kind: 'customer', organisationNumber: '923609016', phone: '22 33 44 55' }] },
    })
    expect(changed.json.rows).toEqual([
      { status: 'changed', kind: 'customer', number: '10002', changes: { phone: [null, '22 33 44 55'] } },
    ])
    expect((await c.call('/parties')).json.parties).toHaveLength(4)
    expect((await c.call('/events')).json.events.at(-1)).toMatchObject({
      type: 'party.changed',
      subject: 'customer 10002',
    })
  })

  test('with the numbers of another system finds its parties by organisation number; people called the same stay apart', async () => {
    const c = await company()
    const bring = async (parties: object[]) => (await c.call('/parties/import', { body: { parties } })).json
    const people = [
      { kind: 'customer', name: 'Kari Nordmann', email: 'kari@en.example' },
      { kind: 'customer', name: 'Kari  nordmann', email: 'kari@to.example' },
      { kind: 'customer', name: 'Lie AS', organisationNumber: '923609016' },
      { kind: 'customer', name: 'Gitt nummer', number: '10002' },
    ]
    const made = ['10003', '10004', '10005', '10002']
    expect(rows({ json: await bring(people) })).toEqual(made.map((n) => `new ${n}`))
    expect(rows({ json: await bring(people.toReversed()) })).toEqual(made.toReversed().map((n) => `unchanged ${n}`))
    expect(
      rows({
        json: await bring([{ kind: 'customer', number: '77', name: 'Lie AS', organisationNumber: '923609016' }]),
      }),
    ).toEqual(['unchanged 10005'])
    const either = await bring([{ kind: 'customer', name: 'Kari Nordmann', phone: '22334455' }])
    expect([either.code, either.issues[0].code, either.issues[0].message]).toEqual([
      'request/invalid',
      'party/several',
      expect.stringContaining('10003, 10004'),
    ])
    expect((await c.call('/parties')).json.parties).toHaveLength(4)
  })

  test('two rows with one organisation number are one party; what is wrong stops all of it', async () => {
    const c = await company()
    const twice = [
      { kind: 'supplier', name: 'Sag AS', organisationNumber: '923609016' },
      { kind: 'supplier', name: 'Sag og Høvel AS', organisationNumber: '923609016', city: 'Voss' },
    ]
    expect(rows(await c.call('/parties/import', { body: { parties: twice } }))).toEqual(['new 20000', 'changed 20000'])
    expect((await c.call('/parties/supplier/20000')).json).toMatchObject({ name: 'Sag og Høvel AS', city: 'Voss' })
    const wrong = await c.call('/parties/import', {
      body: {
        parties: [
          { kind: 'customer', number: '1', name: 'A' },
          { kind: 'customer', number: '2' },
          { kind: 'customer', name: 'B', controlAccount: '1920' },
        ],
      },
    })
    expect([wrong.status, wrong.json.issues.map((i: any) => `${i.code} ${i.pointer}`)]).toEqual([
      422,
      ['field/required #/parties/1/name', 'party/wrong-kind #/parties/2/controlAccount'],
    ])
    expect((await c.call('/parties')).json.parties).toHaveLength(1)
  })

  test('is read as people’s own sheets have it', () => {
    const sheet =
      'Kundenr\tFirmanavn\tOrg.nr.\tPostnr\tLand\tBankkonto\tBetalingsfrist\tAnnet\n10001\tBerg AS\tNO 923 609 016 MVA\t151\tNorge\t1234.56.78903\t14\tx'
    expect(partyRowsIn(sheet, 'customer')).toEqual([
      {
        kind: 'customer',
        number: '10001',
        name: 'Berg AS',
        organisationNumber: '923609016',
        postalCode: '0151',
        country: 'NO',
        bankAccount: '12345678903',
        paymentTermsDays: 14,
      },
    ])
    const inUse = partyRowsIn('Navn;Aktiv\nA;SANN\nB;0\nC;inaktiv\nD;constructor', 'customer').map((row) => row.active)
    expect(inUse).toEqual([true, false, false, 'constructor'])
    expect(partyRowsIn('10002;Lie AS', 'supplier')).toEqual([{ kind: 'supplier', number: '10002', name: 'Lie AS' }])
  })
})

test('a party that somebody changed meanwhile stops the whole list, and nothing of it is written', async () => {
  const c = await company()
  const first = { kind: 'customer' as const, number: '10001', name: 'Berg AS' }
  await c.call('/parties/import', { body: { parties: [first, { ...first, number: '10002', name: 'Lie AS' }] } })
  const raced = Object.create(c.db) as typeof c.db
  raced.execute = c.db.execute.bind(c.db)
  raced.batch = async (statements, mode) => {
    await c.db.execute("update party set phone = '1', version = version + 1 where number = '10002'")
    return c.db.batch(statements, mode)
  }
  const parties = [
    { ...first, email: 'a@berg.example' },
    { ...first, number: '10002', name: 'Nye Lie AS' },
  ]
  const at = new Date().toISOString() as Instant
  await expect(
    importParties({ db: raced, by: 'operator', at, demandProof: async () => {} }, { parties }),
  ).rejects.toThrow('version/stale')
  const { rows } = await c.db.execute('select name, email, phone from party order by number')
  expect(rows.map((r: any) => [r.name, r.email, r.phone])).toEqual([
    ['Berg AS', null, null],
    ['Lie AS', null, '1'],
  ])
})
