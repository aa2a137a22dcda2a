import { describe, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { approved, confirmed } from '#tests/support/approve.ts'
import { fresh, PASSWORD, person } from '#tests/support/person.ts'
import { as, memberOf, textOf, visitor } from '#tests/support/visitor.ts'
import { sendAlerts } from '#worker/alerts/send-alerts.ts'
import type { Instant } from '#worker/core/dates.ts'
import { eachMinute } from '#worker/cron/run-each-minute.ts'
import { controlDatabase } from '#worker/database/connect.ts'
import { CONTROL_LOG } from '#worker/events/seal-store.ts'
import { checkAuditLog } from '#worker/verify/check-audit-log.ts'

const app = testApp()
const control = () => controlDatabase(app.env)
const now = () => new Date().toISOString() as Instant

const typesIn = (answer: { json: any }) => answer.json.entries.map((e: any) => e.type)

describe('what is written', () => {
  test('signing in, failing, factors and passwords, each with where it came from and never what was typed', async () => {
    const one = await person(app)
    await one.password(one.browser, 'feil passord som ingen har')
    await one.password()
    await one.codeApp()
    const own = await app.call('/api/v1/me/security-log/entries', as(one.browser))
    expect(typesIn(own)).toEqual(['user.recovery-made', 'user.codes-on', 'user.signed-in', 'user.sign-in-failed'])
    expect(own.json.entries.map((e: any) => e.by)).toEqual([one.id, one.id, one.id, 'nobody'])
    expect(own.json.entries[2].origin.network).toMatch(/^10\.9\.\d+\.0\/24$/)
    expect(own.text).not.toContain('feil passord')
    const { rows } = await control().execute(
      "select count(*) as n from control_log where changes like '%feil passord%'",
    )
    expect(rows[0]!.n).toBe(0)
  })
  test('rights, keys, exports and the operator’s own visits, for administrators and nobody else', async () => {
    const company = await app.company()
    const [ane, kari] = [
      await memberOf(app, company.id, 'administrator', 'Ane'),
      await memberOf(app, company.id, 'reader', 'Kari'),
    ]
    const call = (path: string, sent: object = {}) => company.call(path, { ...as(ane), ...sent })
    const session = ane.cookies.get('hovedbok_session')!
    await approved(app, () => call('/members', { body: { email: kari.email, role: 'accountant' } }), session)
    await approved(app, () => call('/roles', { body: { name: 'Lager', permissions: ['register:read'] } }), session)
    const key = await approved(app, () => call('/keys', { body: { name: 'Kasse', role: 'reader' } }), session)
    await call(`/keys/${key.json.id}`, { method: 'DELETE' })
    await approved(app, () => call('/invitations', { body: { email: 'ny@kvist.example', role: 'reader' } }), session)
    expect((await call('/exports/saft')).status).toBe(200)
    expect((await call('/archive')).status).toBe(200)
    const log = await call('/access-log/entries')
    expect(typesIn(log)).toEqual([
      'company.exported',
      'company.exported',
      'invitation.sent',
      'key.revoked',
      'key.created',
      'role.created',
      'member.changed',
      'company.created',
    ])
    expect(log.json.entries[6]).toMatchObject({
      byName: 'Ane',
      subject: kari.id,
      changes: { role: ['reader', 'accountant'] },
    })
    await company.call('/accounts')
    await company.call('/accounts')
    expect(
      typesIn(await call('/access-log/entries')).filter((t: string) => t === 'company.opened-by-operator'),
    ).toHaveLength(1)
    expect((await company.call('/access-log/entries', as(kari))).status).toBe(403)
    const other = await app.company()
    const foreign = await memberOf(app, other.id, 'administrator')
    expect((await company.call('/access-log/entries', as(foreign))).status).toBe(404)
    expect(typesIn(await other.call('/access-log/entries', as(foreign)))).not.toContain('key.created')
    expect((await app.call('/api/v1/control-log/entries', as(ane))).status).toBe(403)
  })
  test('an office’s administrator sees its staff sign in; a client’s sees its own members only', async () => {
    const [boss, clerk] = [await person(app), await person(app)]
    await boss.password()
    const office = (await app.call('/api/v1/offices', { ...as(boss.browser), body: { name: 'Tall & Sånt AS' } })).json
    const client = (
      await app.call('/api/v1/companies', { ...as(boss.browser), body: { name: 'Klient AS', office: office.id } })
    ).json.id
    await control().execute({
      sql: "insert into office_member (office, user, role, created_at) values (?, ?, 'assistant', '2026-01-01')",
      args: [office.id, clerk.id],
    })
    await clerk.password()
    const seen = await app.call(`/api/v1/offices/${office.id}/log/entries`, as(boss.browser))
    expect(seen.json.entries.map((e: any) => [e.type, e.by])).toEqual([
      ['user.signed-in', clerk.id],
      ['company.created', boss.id],
      ['office.created', boss.id],
    ])
    expect((await app.call(`/api/v1/offices/${office.id}/log/entries`, as(clerk.browser))).status).toBe(403)
    const own = await app.call(`/api/v1/companies/${client}/access-log/entries`, as(boss.browser))
    expect(typesIn(own)).not.toContain('user.signed-in')
    expect(textOf((await boss.browser.get(`/offices/${office.id}/log`)).html)).toContain('Innlogging')
  })
})

describe('the chain', () => {
  test('covers every column of every entry; what is changed behind it is found, and triggers refuse the rest', async () => {
    const one = await person(app)
    await one.password()
    const head = (await app.call('/api/v1/control-log/entries')).json
    expect(head.sealedTo).toBe(head.entries[0].sequence)
    expect((await checkAuditLog(control(), true, CONTROL_LOG)).holds).toBe(true)
    for (const sql of [
      "update control_log set by = 'usr_x' where sequence = 1",
      'delete from control_log where sequence = 1',
      "update control_seal set hash = printf('%064d', 1)",
      'delete from control_seal',
      "insert into control_log (sequence, type, recorded_at, by, subject) values (1, 'x.y', 'z', 'u', '')",
    ])
      await expect(control().execute(sql)).rejects.toThrow(/control-(log|seal)\//)
    for (const column of ['type', 'recorded_at', 'by', 'user', 'subject']) {
      const { rows } = await control().execute(
        `select ${column} as v from control_log where sequence = ${head.sealedTo}`,
      )
      await control().batch(
        [
          'drop trigger control_log_is_final',
          { sql: `update control_log set ${column} = 'x' where sequence = ${head.sealedTo}`, args: [] },
        ],
        'write',
      )
      expect([column, (await checkAuditLog(control(), true, CONTROL_LOG)).holds]).toEqual([column, false])
      await control().batch(
        [
          {
            sql: `update control_log set ${column} = ? where sequence = ${head.sealedTo}`,
            args: [rows[0]!.v as string | null],
          },
          "create trigger control_log_is_final before update on control_log begin select raise(abort, 'control-log/is-final'); end",
        ],
        'write',
      )
    }
    expect((await checkAuditLog(control(), true, CONTROL_LOG)).holds).toBe(true)
  })
  test('many at once leave no hole, and the file ends with the head', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => person(app)))
    await Promise.all(people.map((one) => one.password()))
    const { rows } = await control().execute('select count(*) as n, max(sequence) as last from control_log')
    expect(rows[0]!.n).toBe(rows[0]!.last)
    const csv = (await app.call('/api/v1/me/security-log/export', as(people[0]!.browser))).text.trim().split('\n')
    expect(csv).toHaveLength(3)
    expect(csv.at(-1)).toMatch(/audit-log\.sealed.*[0-9a-f]{64}/)
    const json = await app.call('/api/v1/me/security-log/export?format=json', as(people[0]!.browser))
    expect(json.json).toMatchObject({ log: 'control', entries: [{ type: 'user.signed-in' }] })
  })
})

describe('alerts', () => {
  test('a new device and many failures, at once by e-mail; and in the list', async () => {
    const one = await person(app)
    await one.password()
    const elsewhere = visitor(app)
    await one.password(elsewhere)
    const from = fresh()
    for (let i = 0; i < 11; i++)
      await visitor(app).post('/sign-in', { email: one.email, password: 'helt feil her' }, from)
    const { alerts } = (await app.call('/api/v1/me/alerts', as(one.browser))).json
    expect(alerts.map((a: any) => a.kind).sort()).toEqual(['many-failures', 'new-device'])
    expect((await one.mails()).map((m) => m.subject).sort()).toEqual([
      'Innlogging fra en ny enhet – Hovedbok',
      'Mange feil passord – Hovedbok',
    ])
    expect(PASSWORD).not.toBe('helt feil her')
  })
  test('rights and whole exports go to every administrator, once, by e-mail unless they want the list only', async () => {
    const company = await app.company()
    const ane = await memberOf(app, company.id, 'administrator', 'Ane')
    const [eva, nils] = [
      await memberOf(app, company.id, 'administrator', 'Eva'),
      await memberOf(app, company.id, 'reader'),
    ]
    await eva.post('/alerts/muting', { 'rights-changed': 'list', 'everything-exported': 'mail' })
    await confirmed(app, ane, `/companies/${company.id}/members/${nils.id}`, { role: 'accountant' })
    await company.call('/archive', as(ane))
    const told = async (who: Pick<typeof ane, 'cookies'>) =>
      (await app.call('/api/v1/me/alerts', as(who))).json.alerts.map((a: any) => a.text).sort()
    const both = ['Ane eksporterte hele arkivet.', 'Ane endret rettigheter: Kari Nordmann, regnskapsfører.']
    expect([await told(ane), await told(eva), await told(nils)]).toEqual([[...both].sort(), [...both].sort(), []])
    await Promise.all([sendAlerts(app.env, control(), now()), sendAlerts(app.env, control(), now())])
    await eachMinute(app.env, now())
    const mails = async (email: string) =>
      (await control().execute({ sql: 'select text from mailbox where recipient = ?', args: [email] })).rows.map((r) =>
        String(r.text),
      )
    const [toAne, toEva] = [await mails(ane.email), await mails(eva.email)]
    expect([toAne.length, toEva.length]).toEqual([1, 1])
    expect(toAne[0]).toContain('endret rettigheter')
    expect(toEva[0]).not.toContain('endret rettigheter')
    expect(toEva[0]).toContain('eksporterte hele arkivet')
  })
})
