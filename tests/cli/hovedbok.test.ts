import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commands, run } from '#cli/hovedbok.ts'
import { companyMigrations } from '#db/company/migrations.ts'
import { cliTexts } from '#i18n/cli-texts.ts'
import { OPERATOR, simpleDraft, testApp, voucherId } from '#tests/support/app.ts'
import { saft, withClosings } from '#tests/support/saft.ts'
import { PERMISSIONS } from '#worker/access/permission.ts'
import { app as worker } from '#worker/index.ts'

const app = testApp()
const folder = mkdtempSync(join(tmpdir(), 'hovedbok-cli-'))
const year = new Date().getFullYear()
let env: Record<string, string> = {}

/** The app on a port, since the command line talks HTTP. */
const server = createServer(async (request, response) => {
  const answer = await worker.request(`http://localhost${request.url}`, initOf(request), app.env)
  response.writeHead(answer.status, Object.fromEntries(answer.headers))
  response.end(Buffer.from(await answer.arrayBuffer()))
})
const initOf = (request: IncomingMessage) =>
  ({
    method: request.method,
    headers: request.headers,
    ...(request.method === 'POST' && { body: Readable.toWeb(request), duplex: 'half' }),
  }) as unknown as RequestInit

beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  writeFileSync(join(folder, 'operator.key'), OPERATOR)
  env = { HOVEDBOK_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, HOVEDBOK_DATA: folder }
  await app.call('/api/v1/companies') // the control database is ready
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

const file = (name: string, content: string) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
async function json(...args: string[]) {
  const { out, exitCode } = await run([...args, '--json'], env)
  return { exitCode, json: JSON.parse(out) }
}
const books = saft(
  withClosings({
    name: 'Linjeskip AS',
    accounts: [{ id: '1920', name: 'Bank', opening: 100_000 }, { id: '2050', opening: -100_000 }, { id: '3000' }],
    transactions: [
      {
        id: '1',
        date: '2025-03-01',
        lines: [
          { account: '1920', amount: 12_345 },
          { account: '3000', amount: -12_345 },
        ],
      },
    ],
  }),
)

describe('the shapes that scripts rely on', () => {
  test('company create, company list, key create', async () => {
    const made = await json(
      'company',
      'create',
      'Skriptet AS',
      '--orgnr',
      '923609016',
      '--from-year',
      String(year - 3),
      '--to-year',
      String(year),
      '--no-vat',
    )
    expect([made.exitCode, made.json]).toEqual([0, { id: expect.stringMatching(/^cmp_[0-9a-z]{26}$/) }])
    const list = await json('company', 'list')
    expect(list.json.companies).toContainEqual({
      id: made.json.id,
      name: 'Skriptet AS',
      organisationNumber: '923609016',
      role: 'operator',
      roleName: null,
      permissions: Object.keys(PERMISSIONS),
      office: null,
      audit: null,
      deletesAt: null,
      pausedAt: null,
      colour: expect.any(String),
      test: false,
    })
    const key = await json('key', 'create', '--company', made.json.id, '--role', 'accountant')
    expect(key.json.key).toMatch(/^\S{20,}$/)
    const years = await app.call(`/api/v1/companies/${made.json.id}/fiscal-years`)
    expect(years.json.fiscalYears[0].year).toBe(year - 3)
    // The key is now who asks, and reaches this company only.
    const own = await run(['company', 'list', '--json', '--key', key.json.key], env)
    expect(JSON.parse(own.out).companies.map((c: any) => [c.id, c.role])).toEqual([[made.json.id, 'accountant']])
  })

  test('import saft streams a file into a new company, and into one that exists', async () => {
    const path = file('bøker 2025.xml', books)
    const made = await json('import', 'saft', path)
    expect([made.exitCode, made.json.differences, made.json.company.name]).toEqual([0, [], 'Linjeskip AS'])
    const again = await json('import', 'saft', path, '--company', made.json.company.id)
    expect([again.exitCode, again.json.replayed]).toEqual([0, true])
    const { json: list } = await app.call(`/api/v1/companies/${made.json.company.id}/imports`)
    expect(list.imports[0]).toMatchObject({ fileName: 'bøker 2025.xml' })
  })

  test('backup writes a company to a file, and restore makes a verified company of it', async () => {
    const { json: made } = await json('import', 'saft', file('c.xml', books))
    const path = file('kopi.zip', '')
    const written = await json('backup', '--company', made.company.id, '--out', path)
    expect([written.exitCode, written.json.file]).toEqual([0, path])
    const back = await json('restore', path, '--name', 'Linjeskip, kopi')
    expect(back.json).toMatchObject({ name: 'Linjeskip, kopi', ledgerVersion: 2 })
    const refused = await json('restore', file('nei.zip', 'PK'))
    expect([refused.exitCode, refused.json.code]).toEqual([1, 'archive/unreadable'])
  })

  test('upgrade --all tells how many databases are of the newest schema', async () => {
    const done = await json('upgrade', '--all')
    expect(done).toMatchObject({ exitCode: 0, json: { newestSchema: companyMigrations.at(-1)!.tag, failed: [] } })
    expect(done.json.upgraded).toBeGreaterThan(0)
    expect((await run(['upgrade'], env)).exitCode).toBe(2)
  })

  test('company delete asks under the company’s name, and company keep undoes it', async () => {
    const { id } = (await app.call('/api/v1/companies', { body: { name: 'Borte AS' } })).json
    const refused = await json('company', 'delete', '--company', id, '--name', 'Feil AS')
    expect([refused.exitCode, refused.json.issues[0].code]).toEqual([1, 'company-deletion/other-name'])
    const asked = await json('company', 'delete', '--company', id, '--name', 'Borte AS')
    expect(asked.json).toMatchObject({ company: id, ground: 'no-bookkeeping', doneAt: null })
    expect(await json('company', 'keep', '--company', id)).toEqual({ exitCode: 0, json: { company: id } })
    expect((await json('company', 'keep', '--company', id)).json.code).toBe('company-deletion/unknown')
  })

  test('report trial-balance and general-ledger, at a time', async () => {
    const { json: made } = await json('import', 'saft', file('b.xml', books))
    const balance = await json(
      'report',
      'trial-balance',
      '--company',
      made.company.id,
      '--from',
      '2025-01-01',
      '--to',
      '2025-12-31',
    )
    expect(balance.json.ledgerVersion).toBe(2)
    expect(balance.json.rows.find((r: any) => r.account === '1920')).toMatchObject({
      opening: 100_000,
      debit: 12_345,
      credit: 0,
      closing: 112_345,
    })
    const before = await json('report', 'trial-balance', '--company', made.company.id, '--as-known-at', '2020-01-01')
    expect(before.json.rows).toEqual([])
    const ledger = await json(
      'report',
      'general-ledger',
      '--company',
      made.company.id,
      '--account',
      '1920',
      '--from',
      '2025-01-01',
      '--to',
      '2025-12-31',
    )
    expect(ledger.json.entries.map((e: any) => e.amount)).toContain(12_345)
    expect(ledger.json.cursor).toBeNull()
  })

  test('voucher post: one, a list, and the same again', async () => {
    const company = await app.company()
    const draft = simpleDraft()
    const one = await json('voucher', 'post', file('one.json', JSON.stringify(draft)), '--company', company.id)
    expect([one.exitCode, one.json.number, one.json.replayed]).toEqual([0, 1, false])
    const again = await json('voucher', 'post', file('one.json', JSON.stringify(draft)), '--company', company.id)
    expect(again.json.replayed).toBe(true)
    const list = await json(
      'voucher',
      'post',
      file('list.json', JSON.stringify([simpleDraft(), simpleDraft()])),
      '--company',
      company.id,
    )
    expect(list.json.vouchers.map((v: any) => v.number)).toEqual([2, 3])
    const wrong = [simpleDraft(), simpleDraft({ voucherDate: '1999-01-01' })]
    const mixed = await json(
      'voucher',
      'post',
      file('mixed.json', JSON.stringify(wrong)),
      '--company',
      company.id,
      '--per-voucher',
    )
    expect([mixed.exitCode, mixed.json.vouchers.map((v: any) => v.status)]).toEqual([1, ['posted', 'refused']])
  })

  test('verify: one company, all of them, and a planted fault', async () => {
    const { json: made } = await json('import', 'saft', file('v.xml', books))
    const one = await json('verify', '--company', made.company.id, '--full')
    expect([one.exitCode, one.json.ok, one.json.full]).toEqual([0, true, true])
    const all = await json('verify')
    expect([all.exitCode, all.json.ok, all.json.companies.length > 1]).toEqual([0, true, true])
    const company = await app.company()
    await company.db.execute(`insert into balance values ('1920', '${year}-01', 1, 0)`)
    const wrong = await run(['verify', '--company', company.id], env)
    expect([wrong.exitCode, wrong.out.includes(cliTexts.nb.fails)]).toEqual([1, true])
    await company.db.execute(`delete from balance`)
  })

  test('a refusal is the problem as JSON on standard output, and 1, also without --json', async () => {
    const refused = await run(
      ['import', 'saft', file('bad.xml', books.replace('<Amount>123.45', '<Amount>123.46'))],
      env,
    )
    expect(refused.exitCode).toBe(1)
    expect(JSON.parse(refused.out)).toMatchObject({
      code: 'saft/unbalanced-transaction',
      status: 422,
      params: { line: 15, transaction: '1' },
    })
    expect(refused.err).toMatch(/^Linje 15: transaksjon 1 går ikke opp/)
    const english = await run(['import', 'saft', join(folder, 'bad.xml'), '--language', 'en'], env)
    expect(english.err).toMatch(/^Line 15: transaction 1 does not balance/)
    const field = await run(['company', 'create', 'Feil AS', '--orgnr', '123456789'], env)
    expect(field.err).toMatch(/^Noen felter må rettes.*\n {2}• organisationNumber: .*organisasjonsnummer/i)
    const unknown = await json('report', 'trial-balance', '--company', 'cmp_x')
    expect([unknown.exitCode, unknown.json.code]).toEqual([1, 'company/unknown'])
  })

  test('nobody there', async () => {
    const { out, err, exitCode } = await run(['company', 'list'], { ...env, HOVEDBOK_URL: 'http://127.0.0.1:9' })
    expect([exitCode, JSON.parse(out).code]).toEqual([1, 'service/busy'])
    expect(err).toMatch(/^Ingen svarer på http:\/\/127.0.0.1:9/)
  })
})

test('export saft writes the file as it comes, and what it wrote reads back the same', async () => {
  const { json: made } = await json('import', 'saft', file('out.xml', books))
  const out = join(folder, 'written.xml')
  const args = ['--company', made.company.id, '--from-month', '2025-01', '--to-month', '2025-12', '--out', out]
  const written = await json('export', 'saft', ...args)
  expect([written.exitCode, written.json]).toEqual([0, { file: out, size: readFileSync(out).length }])
  const again = await json('import', 'saft', out)
  expect(again.json.differences).toEqual([])
  const refused = await json('export', 'saft', '--company', made.company.id, '--from-month', '1999-01')
  expect([refused.exitCode, refused.json.issues[0].code]).toEqual([1, 'period/unknown'])
  const nowhere = await run(['export', 'saft', ...args.slice(0, -1), join(folder, 'no', 'such', 'folder.xml')], env)
  expect([nowhere.exitCode, nowhere.err.split('\n')[0]]).toEqual([2, expect.stringMatching(/^Filen kan ikke skrives/)])
})

describe('for people', () => {
  test('tables in Norwegian and English', async () => {
    const { json: made } = await json('import', 'saft', file('p.xml', books))
    const args = ['report', 'trial-balance', '--company', made.company.id, '--from', '2025-01-01', '--to', '2025-12-31']
    const nb = await run(args, env)
    expect(nb.out.replaceAll('\u00a0', ' ')).toMatchInlineSnapshot(`
      "01.01.2025–31.12.2025, versjon 2

      Konto  Navn        Inngående   Debet  Kredit   Utgående
      ─────  ──────────  ─────────  ──────  ──────  ─────────
      1920   Bank         1 000,00  123,45    0,00   1 123,45
      2050   Konto 2050  −1 000,00    0,00    0,00  −1 000,00
      3000   Konto 3000       0,00    0,00  123,45    −123,45
      Sum                     0,00  123,45  123,45       0,00"
    `)
    const en = await run([...args, '--language', 'en'], env)
    expect(en.out).toMatch(/Account .* Closing/)
    const proven = await run(['import', 'saft', join(folder, 'p.xml')], env)
    expect(proven.out).toMatch(/Linjeskip AS \(cmp_\w+\): 2 bilag, 4 posteringer.*\nAlle saldoer i filen stemmer/)
  })

  test('help for all and for each, in both languages', async () => {
    for (const language of ['nb', 'en'] as const) {
      const { out, exitCode } = await run(['help', '--language', language], env)
      expect(exitCode).toBe(0)
      for (const { name } of commands) {
        expect(out).toContain(cliTexts[language].about[name])
        const one = await run([...name.split(' '), '--help', '--language', language], env)
        expect([one.exitCode, one.out.startsWith(cliTexts[language].about[name])]).toEqual([0, true])
      }
    }
    expect((await run([], env)).exitCode).toBe(0)
  })

  test.each([
    [['company', 'create'], 'NAME mangler.'],
    [['company', 'create', 'A', 'B'], 'Dette hører ikke med: B'],
    [['company', 'create', 'A', '--from-year', 'x'], '--from-year må være et årstall.'],
    [['company', 'list', '--nei'], 'Valget finnes ikke, eller mangler verdi: --nei'],
    [['key', 'create', '--role', 'reader'], '--company mangler.'],
    [['report', 'general-ledger', '--company', 'cmp_x'], '--account mangler.'],
    [['voucher', 'post', 'finnes-ikke.json', '--company', 'c'], 'Filen kan ikke leses: '],
    [['import', 'saft', 'finnes-ikke.xml'], 'Filen kan ikke leses: '],
    [['regnskap'], 'Kommandoen finnes ikke: regnskap'],
  ])('%j is told what is wrong, and ends with 2', async (args, message) => {
    const { out, err, exitCode } = await run(args as string[], env)
    expect([out, exitCode]).toEqual(['', 2])
    expect(err.startsWith(message as string)).toBe(true)
  })

  test('without a key anywhere it says so, and sends nothing', async () => {
    const { err, exitCode } = await run(['company', 'list'], { HOVEDBOK_URL: 'https://regnskap.example' })
    expect([exitCode, err.split('\n')[0]]).toEqual([2, cliTexts.nb.noKey])
  })

  test('it runs as a program of its own, by Node alone', async () => {
    const company = await app.company()
    const draft = JSON.stringify(simpleDraft({ id: voucherId() }))
    const args = [
      '--disable-warning=ExperimentalWarning',
      'cli/hovedbok.ts',
      'voucher',
      'post',
      '-',
      '--company',
      company.id,
      '--json',
    ]
    // Not synchronously: the server it talks to runs in this process.
    const { spawn } = await import('node:child_process')
    const child = spawn(process.execPath, args, { env: { ...process.env, ...env } })
    child.stdin.end(draft)
    let out = ''
    child.stdout.on('data', (chunk) => (out += chunk))
    const code = await new Promise((ended) => child.on('close', ended))
    expect([code, JSON.parse(out).number]).toEqual([0, 1])
    expect(() => execFileSync(process.execPath, ['cli/hovedbok.ts', 'regnskap'], { stdio: 'pipe' })).toThrow()
  })
})
