import { expect, test } from 'vitest'
import { fixture, plain } from '#tests/saft/saft-desk.ts'
import { testApp } from '#tests/support/app.ts'
import { saft as saftXml } from '#tests/support/saft.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'
import { zipOf } from '#tests/support/workbook.ts'
import { keepSaft } from '#worker/old-ledger/keep-saft.ts'
import { dropUnsealed, readOldAccountNumber, readOldNumbers } from '#worker/old-ledger/store.ts'

const app = testApp()

/** A company with an old ledger in it. */
async function desk(file: string | Uint8Array = saftXml(plain)) {
  const company = await app.company()
  const { call } = company
  const keep = (raw: string | Uint8Array = file, name = 'gammelt system.xml') =>
    call('/old-ledgers/saft', { raw: raw as BodyInit, headers: { 'x-file-name': encodeURIComponent(name) } })
  const search = async (query: Record<string, string>) =>
    (await call(`/old-ledgers/entries?${new URLSearchParams(query)}`)).json
  return { company, call, keep, search }
}

test('a SAF-T file is kept as it was, sealed, and books nothing', async () => {
  const { call, keep } = await desk()
  const { status, json } = await keep()
  expect(status).toBe(201)
  const [ledger] = json.ledgers
  expect(ledger).toMatchObject({
    name: 'gammelt system.xml',
    source: 'saft',
    fromDate: '2025-01-10',
    toDate: '2025-02-10',
    entries: 4,
    debit: 40_000,
    credit: 40_000,
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  expect((await call('/vouchers')).json.vouchers).toEqual([])
  expect((await call(`/old-ledgers/${ledger.id}/check`, { method: 'POST' })).json.holds).toBe(true)
  const { accounts } = (await call(`/old-ledgers/${ledger.id}`)).json
  expect(accounts.find((a: any) => a.number === '1500')).toMatchObject({ opening: 50_000, closing: 60_000 })
  // Sent again, also twice at the same moment before it stands.
  const again = await keep()
  expect([again.status, again.json.replayed, again.json.ledgers[0].id]).toEqual([200, true, ledger.id])
  const other = saftXml({ ...plain, name: 'Annet AS' })
  const twice = await Promise.all([keep(other), keep(other)])
  expect(twice.map((t) => t.status).sort()).toEqual([200, 201])
  expect(twice[0]!.json.ledgers[0].id).toBe(twice[1]!.json.ledgers[0].id)
  expect((await call('/old-ledgers')).json.ledgers).toHaveLength(2)
  const file = await call(`/old-ledgers/${ledger.id}/file`)
  expect(file.text).toBe(saftXml(plain))
})

test('a file that is kept can still be booked, and is not taken for booked', async () => {
  const { call, keep } = await desk()
  await keep()
  const booked = await call('/imports/saft', { raw: saftXml(plain) })
  expect([booked.status, booked.json.replayed], booked.text).toEqual([201, false])
  expect((await call('/vouchers')).json.vouchers.length).toBeGreaterThan(0)
})

test('an upload that is sent again after a lost answer leaves the file that is kept', async () => {
  const { company, call } = await desk()
  const bytes = new TextEncoder().encode(saftXml(plain))
  await app.env.FILES.put('uploads/upl_again', bytes)
  const source = { upload: { fileKey: 'uploads/upl_again', size: bytes.length } }
  const at = '2026-03-01T10:00:00.000Z' as never
  const ctx = { env: app.env, db: company.db, company: company.id, by: 'usr_a', at, fileName: 'a.xml' }
  const [ledger] = (await keepSaft(ctx, source)).ledgers
  expect((await keepSaft(ctx, source)).replayed).toBe(true)
  expect((await call(`/old-ledgers/${ledger!.id}/file`)).text).toBe(saftXml(plain))
})

test('entries are found by party, account, text, invoice number, sum and day, with the sums of all', async () => {
  const { keep, search, call } = await desk(fixture('handel-1.30.xml'))
  expect((await keep()).status).toBe(201)
  const all = await search({})
  expect(all.sums.debit).toBe(all.sums.credit)
  const [entry] = all.entries.filter((e: any) => e.party)
  const ofParty = await search({ kind: entry.partyKind, party: entry.party })
  expect(ofParty.entries.length).toBeGreaterThan(0)
  expect(ofParty.entries.every((e: any) => e.party === entry.party)).toBe(true)
  expect(
    (await search({ account: entry.account, fromDate: entry.entryDate, toDate: entry.entryDate })).entries,
  ).toContainEqual(entry)
  expect((await search({ amount: String(-entry.amount) })).entries).toContainEqual(entry)
  const kroner = `${Math.trunc(Math.abs(entry.amount) / 100)},${String(Math.abs(entry.amount) % 100).padStart(2, '0')}`
  expect((await search({ search: kroner })).entries).toContainEqual(entry)
  expect((await search({ search: entry.voucher })).entries).toContainEqual(entry)
  expect((await search({ search: 'finnes ikke 100%' })).sums.entries).toBe(0)
  const named = all.entries.find((e: any) => /[æøå]/.test(e.partyName ?? e.text))
  const word = (named.partyName ?? named.text).split(' ').find((w: string) => /[æøå]/.test(w))
  expect((await search({ search: word.toUpperCase() })).entries).toContainEqual(named)
  expect((await search({ limit: '1', cursor: (await search({ limit: '1' })).cursor })).sums).toBeNull()
  const [first, second] = [await search({ limit: '2' }), undefined]
  expect(second ?? (await search({ limit: '500', cursor: first.cursor })).entries.length).toBe(
    Math.min(500, all.sums.entries - 2),
  )
  const csv = await call('/exports/old-ledger?format=csv-machine')
  expect(csv.text.split('\r\n')[0]).toBe(
    'account,accountName,date,voucher,text,customer,supplier,name,invoiceNumber,paymentReference,dueDate,vatCode,amount',
  )
})

test('its entries stand on the party’s card, and the account leads to its own', async () => {
  const { company, call, keep } = await desk()
  await keep()
  await call('/parties', { body: { kind: 'customer', number: '10900', name: 'Fossen AS', externalNumber: '10001' } })
  const browser = await memberOf(app, company.id, 'reader')
  const path = `/companies/${company.id}`
  const card = textOf((await browser.get(`${path}/parties/customer/10900`)).html)
  for (const text of ['Fra forrige system', '10.01.2025', '250,00', 'Alle i gammel hovedbok'])
    expect(card).toContain(text)
  // What it was called on its card goes before its own number, which was another's there.
  const db = company.db
  const numbersOf = (number: string, externalNumber: string | null, organisationNumber: string | null) =>
    readOldNumbers(db, { kind: 'customer', number, externalNumber, organisationNumber })
  expect(await numbersOf('10001', '77', null)).toEqual([])
  expect(await numbersOf('10001', null, null)).toEqual(['10001'])
  expect(await readOldAccountNumber(db, { number: '1500', externalNumber: '3000' })).toBe('1500')
  const account = (await browser.get(`${path}/accounts/1500`)).html
  expect(account).toContain(`${path}/old-ledgers?account=1500`)
  const found = textOf((await browser.get(`${path}/old-ledgers?kind=customer&party=10001`)).html)
  expect(found).toContain('2 posteringer')
  expect((await browser.get(`${path}/old-ledgers?fromDate=tull&cursor=x&search=%25`)).status).toBe(200)
})

test('a sealed ledger is never changed, and a byte that was changed beneath it is found', async () => {
  const { company, call, keep } = await desk()
  const { id } = (await keep()).json.ledgers[0]
  const { db } = company
  for (const sql of [
    'update old_entry set amount = 1',
    'delete from old_entry',
    'delete from old_account',
    'update old_party set name = name',
    "insert into old_account (ledger, number, name) select id, '9999', 'x' from old_ledger",
    'update old_ledger set debit = 0',
    'delete from old_ledger',
  ])
    await expect(db.execute(sql)).rejects.toThrow('old-ledger/sealed')
  await db.batch(
    ['drop trigger old_entry_is_sealed', "update old_entry set text = text || '.' where line = 1"],
    'write',
  )
  expect((await call(`/old-ledgers/${id}/check`, { method: 'POST' })).json.holds).toBe(false)
})

test('one that was kept by mistake is removed whole, with a reason that stays', async () => {
  const { company, call, keep, search } = await desk()
  const { id, hash } = (await keep()).json.ledgers[0]
  expect((await call(`/old-ledgers/${id}/removal`, { body: {} })).json.code).toBe('request/invalid')
  const removed = await call(`/old-ledgers/${id}/removal`, { body: { reason: 'Feil klient' } })
  expect(removed.json).toMatchObject({ hash, reason: 'Feil klient', entries: 4 })
  expect((await search({})).sums.entries).toBe(0)
  expect((await call(`/old-ledgers/${id}`)).json.code).toBe('old-ledger/unknown')
  const next = (await keep()).json.ledgers[0].id
  const both = await Promise.all(['A', 'B'].map((reason) => call(`/old-ledgers/${next}/removal`, { body: { reason } })))
  expect(both.map((r) => r.status).sort()).toEqual([200, 404])
  const { rows } = await company.db.execute("select count(*) as n from event where type = 'old-ledger.removed'")
  expect(rows[0]!.n).toBe(2)
})

test('of a ZIP each file is a ledger; a file with a fault or without entries leaves nothing', async () => {
  const { call, keep } = await desk()
  const next = saftXml({
    ...plain,
    start: '2026-01-01',
    end: '2026-12-31',
    transactions: plain.transactions!.map((t) => ({ ...t, date: t.date!.replace('2025', '2026') })),
  } as typeof plain)
  const kept = await keep(zipOf({ '2025.xml': saftXml(plain), '2026.xml': next }), 'alt.zip')
  expect(kept.json.ledgers.map((l: any) => l.name)).toEqual(['2025.xml', '2026.xml'])
  expect((await call(`/old-ledgers/${kept.json.ledgers[1].id}/file`)).text).toBe(next)
  expect((await keep(saftXml(plain).slice(0, -200))).json.code).toBe('xml/malformed')
  expect((await keep(saftXml({ ...plain, transactions: [] }))).json.code).toBe('old-ledger/empty')
  expect((await call('/old-ledgers')).json.ledgers).toHaveLength(2)
})

test('a printed ledger is kept too: accounts as headings, sums and balances passed over, undone as one', async () => {
  const { company, call, search } = await desk()
  const sheet = [
    'Hovedbok 2025',
    'Dato;Bilag;Tekst;Kundenr;Debet;Kredit;Saldo',
    '1500 Kundefordringer',
    ';;Inngående balanse;;;;500,00',
    '10.01.2025;14;Faktura 2001;10001;250,00;;750,00',
    ';;Sum;;250,00;;750,00',
    '3000 Salgsinntekt',
    '10.01.2025;14;Faktura 2001;;;250,00;-250,00',
  ].join('\n')
  const sent = await call('/imports/sheets?register=old-ledger', {
    raw: sheet,
    headers: { 'x-file-name': 'hovedbok.csv' },
  })
  const id = sent.json.id
  const tried = (await call(`/imports/sheets/${id}/dry-run`, { method: 'POST' })).json
  expect(tried).toMatchObject({ clean: true, counts: { new: 2, refused: 0 } })
  const pressed = () => call(`/imports/sheets/${id}/commit`, { method: 'POST' })
  expect((await Promise.all([pressed(), pressed()])).map((r) => r.status).sort()).toEqual([200, 201])
  // What the other press had written is not seen, and goes by night.
  await company.db.batch(dropUnsealed({ before: '9999' }), 'write')
  expect((await company.db.execute('select count(*) as n from old_ledger')).rows[0]!.n).toBe(1)
  const { entries } = await search({ party: '10001' })
  const ledger = (await call('/old-ledgers')).json.ledgers[0].id
  expect(entries).toMatchObject([
    { account: '1500', accountName: 'Kundefordringer', amount: 25_000, partyKind: 'customer' },
  ])
  expect((await call(`/old-ledgers/${ledger}/check`, { method: 'POST' })).json.holds).toBe(true)
  expect((await call(`/old-ledgers/${ledger}/file`)).text).toBe(sheet)
  expect((await call(`/imports/${id}/undo`, { method: 'POST' })).status).toBe(200)
  expect((await search({})).sums.entries).toBe(0)
})
