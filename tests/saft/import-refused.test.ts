import { describe, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { SAFT, saft, withClosings } from '#tests/support/saft.ts'
import { zipOf } from '#tests/support/workbook.ts'
import { plain, saftDesk } from './saft-desk.ts'

const app = testApp()
const { send, everything } = saftDesk(app)

describe('a file that is refused leaves nothing behind', () => {
  const text = saft(plain)
  const cases: [code: string, content: string][] = [
    ['xml/doctype', text.replace('<AuditFile', '<!DOCTYPE x>\n<AuditFile')],
    ['xml/malformed', text.slice(0, -30)],
    ['saft/no-namespace', text.replace(` xmlns="${SAFT}"`, '')],
    ['saft/version', saft({ ...plain, version: '3.0' })],
    ['saft/currency', saft({ ...plain, currency: 'SEK' })],
    ['saft/not-saft', `<Order xmlns="${SAFT}"/>`],
    ['saft/incomplete', text.replace(/<Header>.*<\/Header>/, '')],
    [
      'saft/unbalanced-transaction',
      text.replace('<Amount>150.00</Amount></CreditAmount>', '<Amount>150.01</Amount></CreditAmount>'),
    ],
  ]
  test.each(cases)('%s, as a new company', async (code, content) => {
    const before = await everything()
    const { status, json, headers } = await send(content)
    expect([status, json.code, headers.get('content-type')]).toEqual([422, code, 'application/problem+json'])
    expect(json.params.line ?? json.params.currency).toBeDefined()
    expect(json.title).not.toMatch(/[{}]|undefined/)
    expect(await everything()).toEqual(before)
  })
  test.each(cases)('%s, into a company', async (code, content) => {
    const company = await app.company({ fromYear: 2024, toYear: 2026 })
    await company.call('/vouchers', { body: {} }) // whoever is about to write finds next year open
    const state = async () => ({
      all: await everything(),
      accounts: (await company.db.execute('select count(*) as n from account')).rows[0]!.n,
      facts: (await company.db.execute('select facts_version from company')).rows[0]!.facts_version,
      jobs: (await company.db.execute('select count(*) as n from import_job')).rows[0]!.n,
      vouchers: (await company.db.execute('select count(*) as n from voucher')).rows[0]!.n,
    })
    const before = await state()
    const { json } = await send(content, `${company.path}/imports/saft`)
    expect(json.code).toBe(code)
    expect(await state()).toEqual(before)
  })

  test('the refused transaction is named with its line and difference', async () => {
    const { json } = await send(cases.at(-1)![1])
    expect(json.title).toBe('Linje 17: transaksjon B går ikke opp, differanse −0,01. Ingenting er lest inn.')
  })

  test('a ZIP of two companies’ files leaves nothing, and nor does a body that stops midway', async () => {
    const before = await everything()
    const next = { ...plain, start: '2026-01-01', end: '2026-12-31', transactions: [] }
    const theirs = saft({ ...next, organisationNumber: '974760673' })
    const { json } = await send(zipOf({ '1.xml': text, '2.xml': theirs }))
    expect(json.code).toBe('saft/other-company')
    expect(await everything()).toEqual(before)
    const stopped = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(text.slice(0, 3_000)))
      },
      pull(controller) {
        controller.error(new Error('gone'))
      },
    })
    const { status } = await app.call('/api/v1/imports/saft', { raw: stopped })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(await everything()).toEqual(before)
  })
})

describe('into a company’s own books', () => {
  const text = saft(plain)

  test('the same file again changes nothing; written otherwise it changes nothing either', async () => {
    const company = await app.company({ fromYear: 2024, toYear: 2026 })
    const path = `${company.path}/imports/saft`
    const first = await send(text, path)
    expect([first.status, first.json.differences, first.json.counts.vouchers]).toEqual([201, [], 3])
    const again = await send(text, path)
    expect([again.status, again.json.replayed, again.json.importJob, again.json.ledgerVersion]).toEqual([
      200,
      true,
      first.json.importJob,
      3,
    ])
    const otherwise = await send(text.replaceAll('\n', '\n\n'), path)
    expect([
      otherwise.status,
      otherwise.json.counts.vouchers,
      otherwise.json.counts.replayed,
      otherwise.json.ledgerVersion,
    ]).toEqual([201, 0, 3, 3])
    expect(otherwise.json.differences).toEqual([])
    expect((await company.db.execute('select count(*) as n from voucher')).rows[0]!.n).toBe(3)
  })

  test('a transaction that was changed since is refused, before anything is written', async () => {
    const company = await app.company({ fromYear: 2024, toYear: 2026 })
    const path = `${company.path}/imports/saft`
    await send(text, path)
    const changed = text.replaceAll('250.00', '251.00')
    const { status, json } = await send(changed, path)
    expect([status, json.code, json.params.transaction]).toEqual([422, 'saft/changed-transaction', 'A'])
    expect((await company.db.execute('select count(*) as n from import_job')).rows[0]!.n).toBe(1)
  })

  test('the next year comes into the same books: its opening balance is not booked twice', async () => {
    const company = await app.company({ fromYear: 2024, toYear: 2027 })
    const path = `${company.path}/imports/saft`
    await send(text, path)
    const closings = new Map(plain.accounts.map((a) => [a.id, a.closing!]))
    const next = withClosings({
      ...plain,
      start: '2026-01-01',
      end: '2026-12-31',
      accounts: plain.accounts.map((a) => ({ ...a, opening: a.id === '3000' ? 0 : closings.get(a.id)! })),
      customers: [{ id: '10001', account: '1500', opening: 60_000, closing: 60_100 }],
      transactions: [
        {
          id: 'A',
          date: '2026-01-10',
          lines: [
            { account: '1500', amount: 100, customer: '10001' },
            { account: '3000', amount: -100 },
          ],
        },
      ],
    })
    const { json } = await send(saft(next), path)
    expect(json.told.map((t: any) => t.code)).toEqual(['opening-skipped', 'result-not-moved'])
    expect(json.differences).toEqual([{ kind: 'opening-sum', file: 0, ours: 0, difference: 0, message: '' }].slice(1))
    expect(json.counts.vouchers).toBe(1)
  })

  test('a locked month stops it whole', async () => {
    const company = await app.company({ fromYear: 2024, toYear: 2026 })
    await company.db.execute(`update period set level = 'hard' where month = '2025-02'`)
    const { status, json } = await send(text, `${company.path}/imports/saft`)
    expect([status, json.code, json.params.period]).toEqual([423, 'period/locked', '2025-02'])
    expect((await company.db.execute('select count(*) as n from voucher')).rows[0]!.n).toBe(0)
  })

  test('fiscal years that the books lack are opened, also while the writer is warm', async () => {
    const company = await app.company({ fromYear: 2026, toYear: 2026 })
    await company.call('/vouchers', { body: simpleDraft({ voucherDate: '2026-01-15' }) })
    const { status, json } = await send(text, `${company.path}/imports/saft`)
    expect([status, json.differences]).toEqual([201, []])
  })

  test('who may: import:run in the company; a new company is not for keys', async () => {
    const company = await app.company({ fromYear: 2024, toYear: 2026 })
    const [reader, accountant] = [await company.key('reader'), await company.key('accountant')]
    const as = (key: string | null, path: string) => app.call(path, { raw: text, key })
    expect((await as(reader, `${company.path}/imports/saft`)).status).toBe(403)
    expect((await as(accountant, `${company.path}/imports/saft`)).status).toBe(201)
    expect((await as(accountant, '/api/v1/imports/saft')).status).toBe(403)
    expect((await as(null, '/api/v1/imports/saft')).status).toBe(401)
  })
})
