import { describe, expect, test } from 'vitest'
import { fixture, plain } from '#tests/saft/saft-desk.ts'
import { testApp } from '#tests/support/app.ts'
import { saft, withClosings } from '#tests/support/saft.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'
import { zipOf } from '#tests/support/workbook.ts'
import { controlDatabase } from '#worker/database/connect.ts'
import { dropStaleUploads, withBody } from '#worker/uploads/keep-upload.ts'
import { other, switchDesk } from './switch-desk.ts'

const app = testApp()
const desk = (file?: string) => switchDesk(app, file)

describe('a client that comes with its files', () => {
  test('has its books opened, is looked over before anything is booked, and proved afterwards', async () => {
    const sent = async (text: string, more = '', times = 1) => {
      const bytes = new TextEncoder().encode(text)
      const begun = await app.call('/api/v1/uploads', { body: { size: bytes.length, fileName: 'handel.xml' } })
      await app.call(`/api/v1/uploads/${begun.json.id}/parts/1`, { method: 'PUT', raw: bytes as BodyInit })
      const ask = () => app.call(`/api/v1/saft-switches?upload=${begun.json.id}${more}`, { method: 'POST' })
      const answers = await Promise.all(Array.from({ length: times }, ask))
      return answers.find(({ status }) => status === 201) ?? answers[0]!
    }
    const before = (await app.call('/api/v1/companies')).json.companies.length
    expect((await sent('<AuditFile/>')).json.code).toBe('saft/no-namespace')
    expect((await sent('<AuditFile/>', '&office=off_0')).json.code).toBe('office/unknown') // before the files are read
    expect((await sent(saft({ ...plain, end: '9999-12-31' }))).json.code).toBe('saft/date')
    expect((await app.call('/api/v1/companies')).json.companies).toHaveLength(before)

    const opened = await sent(fixture('handel-1.30.xml').toString(), '', 2)
    expect((await app.call('/api/v1/companies')).json.companies).toHaveLength(before + 1) // asked for twice at once
    expect([opened.status, opened.json.open, opened.json.files[0].vatRegistered], opened.text).toEqual([201, 0, true])
    expect(opened.json.accounts.every((a: any) => a.reason !== 'asked')).toBe(true)
    const path = `/api/v1/companies/${opened.json.company.id}`
    const call = (rest: string, sent = {}) => app.call(path + rest, sent)
    expect((await call('/vouchers')).json.vouchers).toEqual([])
    const booked = await call(`/saft-switches/${opened.json.id}/booking`, { method: 'POST' })
    expect([booked.status, booked.json.differences], booked.text).toEqual([201, []])
    expect((await call('/verify?full=1')).json.checks.filter((check: any) => !check.holds)).toEqual([])
  })
})

describe('a switch by SAF-T', () => {
  test('is looked over, answered, booked under our accounts and proved without a difference', async () => {
    const { call, sent, path } = await desk()
    expect(sent.status).toBe(201)
    expect(sent.json).toMatchObject({
      open: 1,
      files: [{ name: 'gammel.xml', company: 'Filprøve AS', transactions: 3, lines: 6 }],
      parties: [{ kind: 'customer', number: '10777', lines: 1 }],
      dimensions: [{ type: 'KST', lines: 1 }],
    })
    const way = (account: string) => sent.json.accounts.find((a: any) => a.number === account)
    expect(way('1510')).toMatchObject({ to: '1500', reason: 'control' })
    expect((await call('/vouchers')).json.vouchers).toEqual([])
    const [again] = await Promise.all([0, 1].map(() => call('/saft-switches', { raw: saft(other) })))
    expect([again!.json.id, (await call('/saft-switches')).json.switches.length]).toEqual([sent.json.id, 1])
    const early = await call(`${path}/booking`, { method: 'POST' })
    expect([early.status, early.json.code]).toEqual([422, 'saft-switch/open'])

    const wrong = await call(path, { method: 'PATCH', body: { accounts: { '1499': '3000' } } })
    expect(wrong.json.open).toBe(0)
    expect((await call(`${path}/booking`, { method: 'POST' })).json.issues[0].code).toBe('saft-switch/wrong-nature')
    await call(path, { method: 'PATCH', body: { accounts: { '1499': '99999' } } })
    expect((await call(`${path}/booking`, { method: 'POST' })).json.issues[0].code).toBe('account/unknown')

    const answered = await call(path, {
      method: 'PATCH',
      body: {
        accounts: { '1499': '1460' },
        parties: { 'customer 10777': 'Nordlys AS' },
        dimensions: { KST: 'Kampanje' },
        openItems: 'oldest-first',
      },
    })
    expect(answered.json.accounts.find((a: any) => a.number === '1499')).toMatchObject({ to: '1460', reason: 'chosen' })
    const booked = await call(`${path}/booking`, { method: 'POST' })
    expect([booked.status, booked.json.differences]).toEqual([201, []])
    expect(booked.json.proof.accounts.map((a: any) => a.account)).toEqual(
      expect.arrayContaining(['1460', '1500', '1930']),
    )
    expect(booked.json.openItems.matches).toBeGreaterThan(0)
    const { parties } = (await call('/parties?kind=customer')).json
    expect(parties.map((p: any) => [p.number, p.name, p.controlAccount])).toContainEqual([
      '10777',
      'Nordlys AS',
      '1500',
    ])
    const { dimensions } = (await call('/dimensions')).json
    expect(dimensions.map((d: any) => d.nameNb ?? d.name)).toContain('Kampanje')
    expect((await call('/verify?full=1')).json.checks.filter((check: any) => !check.holds)).toEqual([])
    expect((await call(`${path}/booking`, { method: 'POST' })).json.code).toBe('saft-switch/done')
    expect((await call('/saft-switches')).json.switches).toEqual([])

    // The next file of the same system begins with these answers.
    const grown = withClosings({
      ...other,
      transactions: [...other.transactions, { ...other.transactions.at(-1)!, id: 'D', date: '2025-04-10' }],
    })
    const next = (await call('/saft-switches', { raw: saft(grown) })).json
    expect(next.accounts.find((a: any) => a.number === '1499')).toMatchObject({ to: '1460', reason: 'before' })
    expect([next.open, next.answers]).toMatchObject([
      0,
      { accounts: {}, partyNumbers: { 'customer 10777': '10777' }, dimensions: { KST: 'Kampanje' } },
    ])
    const later = await call(`/saft-switches/${next.id}/booking`, { method: 'POST' })
    expect([later.status, later.json.counts.replayed], later.text).toEqual([201, 4])
    expect(later.json.differences).toEqual([])
  })

  test('on its page: every account with its reason, answers kept, and booked with the button', async () => {
    const { company, sent, path } = await desk()
    const browser = await memberOf(app, company.id, 'administrator')
    const at = `/companies/${company.id}${path}`
    const shown = textOf((await browser.get(at)).html)
    for (const text of ['Bytt system: Filprøve AS', 'Må avgjøres', 'Varer på vei', 'Kunde 10777', 'KST'])
      expect(shown).toContain(text)
    const form = Object.fromEntries(sent.json.accounts.map((a: any) => [`account.${a.number}`, a.to ?? '']))
    const version = async () => /name="version" value="(\d+)"/.exec((await browser.get(at)).html)![1]!
    const old = await version()
    const refused = await browser.post(at, { ...form, version: old, openItems: 'leave', deed: 'book' })
    expect([refused.status, textOf(refused.html)]).toEqual([
      422,
      expect.stringContaining('Spørsmål om konti, kunder og leverandører'),
    ])
    const answers = { ...form, 'account.1499': '1460', 'party.customer 10777': 'Nordlys AS', openItems: 'leave' }
    // Somebody who opened the page before that does not take back what was answered since.
    expect((await browser.post(at, { ...answers, version: old, deed: 'save' })).status).toBe(409)
    expect((await browser.post(at, { ...answers, version: await version(), deed: 'save' })).status).toBe(303)
    expect((await browser.get(at)).html).toContain('value="1460"')
    const booked = await browser.post(at, { ...answers, version: await version(), deed: 'book' })
    expect([booked.status, booked.location]).toEqual([303, expect.stringMatching(/\/imports\/imp_/)])
    expect(textOf((await browser.get(booked.location!)).html)).toContain('1460')
    // What nothing settles is decided in one list, on the page as in the API.
    const left = `/companies/${company.id}/open-items/left`
    const list = async () => (await company.call('/open-items/left')).json
    const { groups } = await list()
    const item = groups[0].left.find((i: any) => i.party === '10001')
    expect(groups[0].claims.map((i: any) => [i.opening, i.rest])).toContainEqual([true, 50_000])
    expect(textOf((await browser.get(left)).html)).toContain('Hører til åpningsbalansen')
    const answered = await browser.post(left, { [`do.${item.id}`]: 'opening', rest: 'keep' })
    expect([answered.status, answered.location]).toEqual([303, expect.stringMatching(/matched=1&kept=1$/)])
    expect([(await list()).undecided, (await list()).kept]).toEqual([0, 1])
  })

  test('of several loose files is one: two years and a ZIP, accounts merged and kept, cut off midway and booked on', async () => {
    const company = await app.company()
    const { call } = company
    // 3005 goes to 3010, which the chart lacks and which keeps its number; 1310 may not become a cost.
    const year = (y: string, name: string) =>
      withClosings({
        ...plain,
        start: `${y}-01-01`,
        end: `${y}-12-31`,
        accounts: [
          { id: '1310', name: 'Lån gitt', grouping: ['balanseverdiForAnleggsmiddel', '1310'], opening: 0 },
          { id: '3005', name: 'Kiosk', grouping: ['annenDriftsinntekt', '3900'], opening: 0 },
          { id: '3011', name, grouping: ['salgsinntekt', '3000'], opening: 0 },
          ...(y === '2024' ? plain.accounts.map((a) => ({ ...a, opening: 0 })) : plain.accounts),
        ],
        customers: plain.customers!.map((p) => ({ ...p, opening: y === '2024' ? 0 : 50_000, closing: 50_000 })),
        transactions: [
          {
            id: `K${y}`,
            date: `${y}-05-05`,
            lines:
              y === '2024'
                ? [
                    { account: '1500', amount: 50_000, customer: '10001' },
                    { account: '1920', amount: 50_000 },
                    { account: '2050', amount: -100_000 },
                  ]
                : [
                    { account: '1920', amount: 3_000 },
                    { account: '3005', amount: -1_000 },
                    { account: '3011', amount: -2_000 },
                  ],
          },
        ],
      } as typeof plain)
    const off = year('2024', 'Billetter')
    off.accounts = off.accounts.map((a) => (a.id === '2050' ? { ...a, closing: a.closing! - 1 } : a))
    const first = saft(off)
    const sent = [zipOf({ '2025.xml': saft(year('2025', 'Billetter')) }), new TextEncoder().encode(first)]
    const uploads: string[] = []
    for (const [i, bytes] of sent.entries()) {
      const begun = await app.call('/api/v1/uploads', { body: { size: bytes.length, fileName: `fil ${i}` } })
      uploads.push(begun.json.id)
      await app.call(`/api/v1/uploads/${begun.json.id}/parts/1`, { method: 'PUT', raw: bytes as BodyInit })
    }
    const kept = await call(`/saft-switches?upload=${uploads.join(',')}`, { method: 'POST' })
    expect([kept.status, kept.json.files.map((f: any) => f.name)], kept.text).toEqual([201, ['fil 1', '2025.xml']])
    const path = `/saft-switches/${kept.json.id}`
    await call(path, { method: 'PATCH', body: { accounts: { '3005': '3011', '1310': '3011' } } })
    const wrong = await call(`${path}/booking`, { method: 'POST' })
    expect(wrong.json.issues.map((i: any) => [i.code, i.pointer])).toEqual([
      ['saft-switch/wrong-nature', '#/accounts/1310'],
    ])
    const answered = await call(path, { method: 'PATCH', body: { accounts: { '1310': '1310' } } })
    const stale = await call(`${path}/booking`, { method: 'POST', headers: { 'if-match': '"1"' } })
    expect(stale.json.code).toBe('version/stale')
    const etag = answered.headers.get('etag')!
    const booked = await call(`${path}/booking`, { method: 'POST', headers: { 'if-match': etag } })
    const [found, ...more] = booked.json.differences
    expect([booked.status, found.kind, more], booked.text).toEqual([201, 'account-closing', []])
    // The last file agrees, and is not finished before the first one is explained.
    const [earlier] = booked.json.files
    const agreement = `/imports/${booked.json.importJob}/agreement`
    const early = await call(agreement, { method: 'POST' })
    expect(early.json.open).toEqual(['earlier-files-agree'])
    const { differences } = (await call(`/imports/${earlier.importJob}/agreement`)).json
    const explanations = { [differences[0].key]: 'Ett øre avrunding' }
    await call(`/imports/${earlier.importJob}/explanations`, { method: 'PATCH', body: { explanations } })
    expect((await call(agreement, { method: 'POST' })).json.agreed).not.toBeNull()
    const older = `/imports/${earlier.importJob}/agreement`
    expect((await call(older)).json.agreed).not.toBeNull()
    // What was proved stands still, and the day is that of the files that are finished, whichever is taken up again.
    const more25 = await call('/imports/saft', { raw: saft(year('2025', 'Annet')) })
    expect([more25.json.code, more25.json.title]).toEqual([
      'saft/before-cut-over',
      expect.stringContaining('01.06.2025'),
    ])
    const cutOver = async () => (await call('')).json.cutOverDate
    const days = [await cutOver()]
    const reopen = (at: string) => call(`${at}?reason=Feil`, { method: 'DELETE' })
    const steps = [
      () => reopen(older),
      () => call(older, { method: 'POST' }),
      () => reopen(agreement),
      () => reopen(older),
    ]
    for (const step of [...steps, () => call(agreement, { method: 'POST' })]) {
      expect((await step()).status).toBe(200)
      days.push(await cutOver())
    }
    expect(days).toEqual(['2025-06-01', '2025-06-01', '2025-06-01', '2024-06-01', null, '2025-06-01'])
    const moves = (await call('/events?limit=1000')).json.events.flatMap((e: any) =>
      e.changes?.cutOverDate ? [e.changes.cutOverDate] : [],
    )
    expect(moves).toHaveLength(4)
    const { accounts } = (await call('/accounts')).json
    expect(accounts.find((a: any) => a.number === '3011')).toMatchObject({
      nameNb: 'Billetter',
      type: 'income',
      groupingCode: '3000',
    })
    const way = async () => (await call(path)).json.accounts.map((a: any) => [a.number, a.to, a.reason])
    const mapped = await way()
    expect(mapped).toContainEqual(['3005', '3011', 'chosen'])
    // As a cut between the booking and the note of it leaves it: it goes on as it was, and nothing else is possible.
    await company.db.execute('update saft_switch set import_job = null')
    await company.db.execute("update account set name_nb = 'Kiosk' where number = '6300'")
    expect(await way()).toEqual(mapped)
    expect((await call(path, { method: 'PATCH', body: { openItems: 'leave' } })).json.code).toBe('saft-switch/done')
    expect((await call(path, { method: 'DELETE' })).json.code).toBe('saft-switch/done')
    expect((await call(`${path}/booking`, { method: 'POST' })).status).toBe(200)
    // The files are the books' own now: the uploads they came by are forgotten, and not the files.
    const { objects } = await app.env.FILES.list({ prefix: 'uploads/' })
    expect(objects.map((o) => o.key)).toEqual(expect.arrayContaining(uploads.map((id) => `uploads/${id}`)))
  })

  test('an upload that a company has taken over is not swept away, one that nobody rests on is', async () => {
    const { company, path } = await desk()
    const control = controlDatabase(app.env)
    const at = '2026-01-01T00:00:00.000Z'
    const upload = (id: string, of: string) => ({
      sql: `insert into upload (id, by, file_name, file_key, multipart, size, part_size, created_at, completed_at, company)
            values (?, 'usr_a', 'a.xml', ?, 'x', 1, 1, '2020-01-01', '2020-01-01', ?)`,
      args: [id, `uploads/${id}`, of],
    })
    await control.batch([upload('upl_taken', company.id), upload('upl_left', company.id)], 'write')
    for (const id of ['upl_taken', 'upl_left']) await app.env.FILES.put(`uploads/${id}`, 'x')
    await company.db.execute("update saft_switch_file set file_key = 'uploads/upl_taken'")
    await dropStaleUploads(app.env, control, at as never)
    // A body whose call was ended while it was worked on.
    const ended = { env: app.env, control, by: 'usr_a', at: '2020-01-01T00:00:00.000Z' as never }
    const begun = Promise.withResolvers<void>()
    void withBody(ended, 'imports/imp_ended', async () => {
      await app.env.FILES.put('imports/imp_ended', 'x')
      begun.resolve()
      await new Promise(() => {})
    })
    await begun.promise
    await dropStaleUploads(app.env, control, at as never)
    expect(await app.env.FILES.head('imports/imp_ended')).toBeNull()
    expect(await app.env.FILES.head('uploads/upl_taken')).not.toBeNull()
    expect(await app.env.FILES.head('uploads/upl_left')).toBeNull()
    expect((await control.execute("select id from upload where id in ('upl_taken', 'upl_left')")).rows).toEqual([])
    expect((await company.call(path)).status).toBe(200)
  })

  test('files of a company that does not answer keep no other waiting for the sweep', async () => {
    const { company } = await desk()
    const control = controlDatabase(app.env)
    const rows = Array.from({ length: 102 }, (_, i) => [
      `upl_many${i}`,
      `20${20 + (i % 2)}`,
      i < 101 ? company.id : null,
    ])
    await control.execute({
      sql: `insert into upload (id, by, file_key, multipart, size, part_size, created_at, completed_at, company)
            select value ->> 0, 'usr_a', 'uploads/' || (value ->> 0), 'x', 1, 1, iif(value ->> 2 is null, '2022', value ->> 1), '2022', value ->> 2
            from json_each(?)`,
      args: [JSON.stringify(rows)],
    })
    let asked = 0
    const silent = (async (url: string, init: RequestInit) => {
      if (!String(url).includes(company.id.replace('_', '-'))) return app.env.DATABASE_FETCH!(url, init)
      asked++
      return new Response('{}', { status: 500 })
    }) as typeof fetch
    await dropStaleUploads({ ...app.env, DATABASE_FETCH: silent }, control, '2026-01-01T00:00:00.000Z' as never)
    const { rows: left } = await control.execute(
      "select count(*) as n, max(id = 'upl_many101') as last from upload where id glob 'upl_many*'",
    )
    expect([{ ...left[0] }, asked]).toEqual([{ n: 101, last: 0 }, 1])
  })

  test('that is dropped leaves nothing; a file with a fault is not kept', async () => {
    const { call, path } = await desk()
    expect((await call('/saft-switches')).json.switches).toHaveLength(1)
    expect((await call(path, { method: 'DELETE' })).status).toBe(204)
    expect((await call(path)).json.code).toBe('saft-switch/unknown')
    const bad = await call('/saft-switches', { raw: '<AuditFile/>' })
    expect([bad.status, bad.json.code]).toEqual([422, 'saft/no-namespace'])
    expect((await call('/saft-switches')).json.switches).toEqual([])
  })
})
