import { describe, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { saft } from '#tests/support/saft.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'
import { setAgreed } from '#worker/saft-switch/agreement-store.ts'
import { type CutOver, dayBeforeImports, withoutImport } from '#worker/saft-switch/cut-over.ts'
import { other, switchDesk } from './switch-desk.ts'

const app = testApp()
const desk = (file?: string) => switchDesk(app, file)

test('a finished import that is taken up again gives the day back that stood without it', () => {
  const file = (id: string, day: string, before: string | null = null) => ({ id, day, before })
  const of = (stands: string | null, ...files: object[]) => ({ stands, version: 1, files }) as CutOver
  const [older, newer] = [file('a', '2024-06-01'), file('b', '2025-06-01')]
  expect(withoutImport(of('2025-06-01', older, newer), 'b')).toBe('2024-06-01')
  expect(withoutImport(of('2025-06-01', older, newer), 'a')).toBe('2025-06-01')
  expect(withoutImport(of('2025-06-01', newer), 'b')).toBeNull()
  // A plan of balances, or a person, had set a day; or set one since; or the import was finished without one.
  expect(dayBeforeImports(of('2025-01-01'))).toBe('2025-01-01')
  expect(withoutImport(of('2025-06-01', file('b', '2025-06-01', '2025-01-01')), 'b')).toBe('2025-01-01')
  expect(withoutImport(of('2026-06-01', older, newer), 'b')).toBe('2026-06-01')
  expect([withoutImport(of('2025-01-01'), 'c'), dayBeforeImports(of('2025-06-01', newer))]).toEqual([
    '2025-01-01',
    null,
  ])
})

describe('a take-over by SAF-T', () => {
  test('is finished when every difference is explained and every payment decided, with a proof as PDF', async () => {
    const wrong = saft({
      ...other,
      accounts: other.accounts.map((a) => (a.id === '2050' ? { ...a, closing: -100_001 } : a)),
    })
    const { company, call, path } = await desk(wrong)
    const plan = async () => {
      const { variant, place, steps, hasPosted } = (await call('/onboarding')).json
      return { variant, place, hasPosted, done: steps.filter((s: any) => s.done).map((s: any) => s.key) }
    }
    expect(await plan()).toMatchObject({ variant: 'saft', place: path, done: ['fiscal-year', 'plan'] })
    await call(path, { method: 'PATCH', body: { accounts: { '1499': '1460' }, openItems: 'leave' } })
    const { importJob, proof } = (await call(`${path}/booking`, { method: 'POST' })).json
    expect(proof.months.map((m: any) => [m.month, m.file === m.ours, m.differing.length])).toEqual([
      ['2025-01', true, 0],
      ['2025-02', true, 0],
      ['2025-03', true, 0],
    ])
    const at = `/imports/${importJob}`
    const agreement = (await call(`${at}/agreement`)).json
    const open = (of: any) => of.checks.filter((c: any) => !c.done).map((c: any) => [c.key, c.left])
    expect(await plan()).toMatchObject({ hasPosted: false, done: expect.not.arrayContaining(['finish']) })
    expect(open(agreement)).toEqual([
      ['accounts-agree', 1],
      ['open-items-decided', 2],
    ])
    const [{ key }] = agreement.differences
    const early = await call(`${at}/agreement`, { method: 'POST' })
    expect([early.json.code, early.json.open]).toEqual([
      'takeover/incomplete',
      ['accounts-agree', 'open-items-decided'],
    ])
    const nothing = await call(`${at}/explanations`, { method: 'PATCH', body: { explanations: { x: 'y' } } })
    expect(nothing.status).toBe(422)
    const browser = await memberOf(app, company.id, 'administrator')
    const page = `/companies/${company.id}${at}`
    await browser.post(`${page}/agreement`, { [`why.${key}`]: 'Ett øre avrunding', deed: 'explain' })
    // Somebody who opened the page before that and wrote nothing there takes nothing away; one who takes it away does.
    await browser.post(`${page}/agreement`, { deed: 'explain' })
    expect((await call(`${at}/agreement`)).json.differences[0].explanation).toBe('Ett øre avrunding')
    await browser.post(`${page}/agreement`, { [`was.${key}`]: 'Ett øre avrunding', deed: 'explain' })
    expect((await call(`${at}/agreement`)).json.differences[0].explanation).toBeNull()
    const long = await browser.post(`${page}/agreement`, { [`why.${key}`]: 'x'.repeat(1_001), deed: 'explain' })
    expect(long.status).toBe(422)
    await browser.post(`${page}/agreement`, { [`why.${key}`]: 'Ett øre avrunding', deed: 'explain' })
    await call('/accounts', { body: { number: '1999', nameNb: 'Observasjon', nameEn: 'Suspense', type: 'asset' } })
    const observed = (sign: 1 | -1) =>
      company.call('/vouchers', {
        body: simpleDraft({
          voucherDate: '2025-03-31',
          lines: [
            { account: '1999', amount: 700 * sign },
            { account: '2050', amount: -700 * sign },
          ],
        }),
      })
    const posted = await observed(1)
    expect(posted.status, posted.text).toBe(201)
    expect(open((await call(`${at}/agreement`)).json)).toContainEqual(['observation-account-zero', 700])
    await observed(-1)
    const stale = setAgreed([importJob], { at: '2026-01-01', by: 'x', ledgerVersion: 1, explanations: 1, company: 1 })
    expect((await company.db.execute(stale)).rowsAffected).toBe(0) // something was posted since it was read
    const { groups } = (await call('/open-items/left')).json
    const decisions = groups.flatMap((g: any) => g.left.map((i: any) => ({ openItem: i.id, do: 'keep' })))
    await call('/open-items/left', { body: { decisions } })
    expect(open((await call(`${at}/agreement`)).json)).toEqual([])
    expect((await call(`${at}/agreement`)).json.cutOverDate).toBe('2025-04-01')
    expect((await browser.post(`${page}/agreement`, { deed: 'finish', cutOverDate: 'x' })).status).toBe(422)
    expect((await browser.post(`${page}/agreement`, { deed: 'finish', cutOverDate: '15.4.2025' })).status).toBe(303)
    expect(textOf((await browser.get(page)).html)).toMatch(/Overtakelsen er fullført .* Her føres det fra 15\.04\.2025/)
    const before = await call('/vouchers', { body: simpleDraft({ voucherDate: '2025-04-14' }) })
    expect(before.json.issues[0].code).toBe('voucher/before-cut-over')
    expect(await plan()).toMatchObject({
      place: at,
      hasPosted: true,
      done: expect.arrayContaining(['opening', 'finish']),
    })
    const late = await call(`${at}/explanations`, { method: 'PATCH', body: { explanations: { [key]: '' } } })
    expect([late.json.code, late.json.title]).toEqual(['takeover/finished', expect.stringMatching(/fullført \d/)])
    // Two accounts of a month that differ by as much do not hide each other.
    const differing = JSON.stringify(
      ['1920', '3000'].map((account, i) => ({ account, file: 0, ours: i ? -5_000 : 5_000 })),
    )
    const month = JSON.stringify({
      kind: 'account-month',
      account: '1920',
      period: '2025-02',
      file: 0,
      ours: 5_000,
      difference: 5_000,
    })
    await company.db.execute({
      sql: `update import_job set receipt = json_set(receipt, '$.proof.months[0].differing', json(?), '$.differences[1]', json(?))`,
      args: [differing, month],
    })
    const csv = (await call(`/exports${at}/proof?format=csv`)).text
    for (const told of ['Ett øre avrunding', 'Kunde 10777', 'Mars 2025', 'Konto 1920, februar 2025'])
      expect(csv).toContain(told)
    expect(csv).toMatch(/Januar 2025.*[^\d]100,00/)
    expect((await call(`/exports${at}/proof`)).headers.get('content-type')).toBe('application/pdf')
    expect((await call(`${at}/agreement`, { method: 'DELETE' })).json.issues[0].code).toBe('field/required')
    expect((await browser.post(`${page}/agreement`, { deed: 'reopen', reason: 'Bilag manglet' })).status).toBe(303)
    expect((await call(`${at}/agreement`)).json.agreed).toBeNull()
    expect((await call('/events?limit=1000')).text).toContain('Bilag manglet')
    expect((await call('/vouchers', { body: simpleDraft({ voucherDate: '2025-04-14' }) })).status).toBe(201)
    expect((await call(`${at}/agreement?reason=x`, { method: 'DELETE' })).json.code).toBe('takeover/not-finished')
  })

  test('is taken back while nothing builds on it, and comes in again under the same file', async () => {
    const { company, call, path, sent } = await desk()
    const browser = await memberOf(app, company.id, 'administrator')
    const answers = { accounts: { '1499': '1460' }, openItems: 'oldest-first' }
    const book = async (at: string) => {
      await call(at, { method: 'PATCH', body: answers })
      return (await call(`${at}/booking`, { method: 'POST' })).json
    }
    const first = await book(path)
    expect([first.differences, first.openItems.matches > 0]).toEqual([[], true])
    const at = `/imports/${first.importJob}`
    const undo = () => call(`${at}/undo`, { method: 'POST' })
    const lock = (level: string) =>
      call('/locks', { body: { fromMonth: '2025-01', toMonth: '2025-01', level, reason: 'Levert' } })
    await lock('soft')
    expect([(await undo()).json.code, (await call('/vouchers')).json.vouchers.length]).toEqual(['period/locked', 4])
    await lock('open')
    // Cut off before it is told of: nothing is finished or brought in on top of what is left, and it is gone on with.
    await company.db.execute(
      `create trigger gone before update of undone_at on import_job begin select raise(abort, 'gone'); end`,
    )
    expect((await undo()).status).toBe(500)
    for (const deed of [call(`${at}/agreement`, { method: 'POST' }), call('/imports/saft', { raw: saft(other) })])
      expect((await deed).json).toMatchObject({
        code: 'import/already-undone',
        title: expect.stringContaining('en gang til'),
      })
    await company.db.execute('drop trigger gone')
    const page = `/companies/${company.id}${at}`
    expect(textOf((await browser.get(page)).html)).toContain('Hvert bilag tilbakeføres på sin egen dag')
    expect((await browser.post(`${page}/undo`, {})).status).toBe(303)
    expect(textOf((await browser.get(page)).html)).toContain('Konti, kunder og leverandører står.')
    expect((await undo()).json.code).toBe('import/already-undone')
    expect((await call(`${at}/agreement`, { method: 'POST' })).json.code).toBe('import/already-undone')
    const closings = async () => {
      const { rows } = (await call('/reports/trial-balance?fromDate=2025-01-01&toDate=2025-12-31')).json
      return rows.flatMap((r: any) => (r.closing === 0 ? [] : [[r.account, r.closing]]))
    }
    expect(await closings()).toEqual([])
    expect((await call('/open-items')).json.items).toEqual([])

    const again = await call('/saft-switches', { raw: saft(other), headers: { 'x-file-name': 'gammel.xml' } })
    expect(again.json.id).not.toBe(sent.json.id)
    // The answers of what was taken back are asked for anew.
    expect(again.json.accounts.find((a: any) => a.number === '1499')).toMatchObject({ to: null, reason: 'asked' })
    const second = await book(`/saft-switches/${again.json.id}`)
    expect([second.differences, second.counts.vouchers, second.counts.replayed]).toEqual([[], 4, 0])
    expect(await closings()).toContainEqual(['1930', 65_000])
    expect((await call('/verify?full=1')).json.checks.filter((check: any) => !check.holds)).toEqual([])
    // What somebody has put right since builds on it.
    const { vouchers } = (await call('/vouchers?order=recorded')).json
    const id = simpleDraft().id
    await call(`/vouchers/${vouchers.at(-1).id}/reversal`, { body: { id, voucherDate: '2025-03-10', reason: 'Feil' } })
    const built = await call(`/imports/${second.importJob}/undo`, { method: 'POST' })
    expect([built.json.code, built.json.title]).toEqual(['import/built-on', expect.stringContaining('2025-')])
  })
})
