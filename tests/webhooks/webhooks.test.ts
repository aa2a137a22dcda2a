import { createClient } from '@libsql/client/web'
import { beforeEach, describe, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { deliverAll } from '#worker/webhooks/run-webhooks.ts'
import { MOST_FAILURES } from '#worker/webhooks/webhook.ts'
// @ts-expect-error a sample in plain JavaScript
import { verifyWebhook } from '../../docs/samples/verify-webhook.mjs'

const { company, call, env } = testApp()
const control = () =>
  createClient({ url: env.CONTROL_DATABASE_URL, authToken: env.DATABASE_TOKEN, fetch: env.DATABASE_FETCH })

type Got = { url: string; headers: Record<string, string>; body: string; redirect: string | undefined }
let got: Got[] = []
let answer: () => Response = () => new Response('ok')
let addresses = ['93.184.215.14']
env.WEBHOOKS = {
  async fetch(url: string, init: RequestInit) {
    got.push({
      url,
      headers: Object.fromEntries(new Headers(init.headers)),
      body: String(init.body),
      redirect: init.redirect,
    })
    return answer()
  },
} as unknown as Fetcher
env.WEBHOOK_ADDRESSES = async () => addresses
beforeEach(() => {
  got = []
  answer = () => new Response('ok')
  addresses = ['93.184.215.14']
})

/** As if the pauses had passed. */
const ready = () => control().execute("update webhook set next_at = '2026-01-01', leased_until = ''")
const deliver = async () => {
  await ready()
  await deliverAll(env, new Date().toISOString())
}
async function hooked(types: string[] = []) {
  const c = await company()
  const made = await c.call('/webhooks', { body: { name: 'Lager', url: 'https://hook.kunde.no/in', types } })
  expect(made.status).toBe(201)
  return { ...c, hook: made.json, path: `/webhooks/${made.json.id}` }
}
const eventsOf = ({ body }: Got) => JSON.parse(body).events.map((e: any) => `${e.sequence} ${e.type}`)

describe('a webhook', () => {
  test('is sent what happens after it was made, in order, signed so that the sample of the docs knows it', async () => {
    const { call: own, hook } = await hooked()
    await own('/parties', { body: { kind: 'customer', number: '1', name: 'Kari' } })
    await own('/vouchers', { body: simpleDraft() })
    await deliver()
    expect(got.map(eventsOf)).toEqual([['2 party.created', '3 voucher.posted']])
    expect(got[0]).toMatchObject({ url: 'https://hook.kunde.no/in', redirect: 'manual' })
    const seen = new Set()
    const { headers, body } = got[0]!
    const verify = (over = {}) => verifyWebhook({ headers, body, secret: hook.secret, seen, ...over })
    expect(verify({ body: `${body} ` })).toBe('forged')
    expect(verify({ secret: 'whsec_other' })).toBe('forged')
    expect(verify({ now: Date.now() / 1_000 + 301 })).toBe('too-old')
    expect(verify({ headers: { ...headers, 'hovedbok-delivery': 'whd_other' } })).toBe('forged')
    // Seen is what the receiver has handled: one that stopped before that gets it again.
    expect([verify(), verify()]).toEqual(['genuine', 'genuine'])
    seen.add(headers['hovedbok-delivery'])
    expect(verify()).toBe('repeated')
    await deliver()
    expect(got).toHaveLength(1)
  })

  test('is sent the kinds it asked for, and its place goes past the rest', async () => {
    const { call: own } = await hooked(['voucher.posted', 'account'])
    await own('/parties', { body: { kind: 'customer', number: '1', name: 'Kari' } })
    await deliver()
    expect(got).toEqual([])
    await own('/vouchers', { body: simpleDraft() })
    await deliver()
    expect(got.map(eventsOf)).toEqual([['3 voucher.posted']])
  })

  test('tries again with the same id, keeps the order, and goes on when the receiver is back', async () => {
    const { call: own, path } = await hooked()
    answer = () => new Response('', { status: 500 })
    await own('/vouchers', { body: simpleDraft() })
    await deliver()
    await own('/vouchers', { body: simpleDraft() })
    await deliver()
    expect(new Set(got.map((g) => g.headers['hovedbok-delivery'])).size).toBe(1)
    answer = () => new Response('')
    await deliver()
    expect(got.slice(2).map(eventsOf)).toEqual([['2 voucher.posted'], ['3 voucher.posted']])
    const { deliveries } = (await own(`${path}/deliveries`)).json
    expect(deliveries.map((d: any) => [d.state, d.tries, d.status])).toEqual([
      ['delivered', 1, 200],
      ['delivered', 3, 200],
    ])
  })

  test('is switched off after many failures, tells its administrators, and goes on where it stopped', async () => {
    const { call: own, path, id } = await hooked()
    await control().batch([
      "insert or ignore into user (id, email, name, created_at) values ('usr_adm', 'adm@example.no', 'Adm', '2026-01-01')",
      { sql: "insert into membership values ('usr_adm', ?, 'administrator', '2026-01-01')", args: [id] },
    ])
    answer = () => new Response('', { status: 503 })
    await own('/vouchers', { body: simpleDraft() })
    for (let i = 0; i < MOST_FAILURES + 2; i++) await deliver()
    expect(got).toHaveLength(MOST_FAILURES)
    expect((await own('/webhooks')).json.webhooks[0]).toMatchObject({ state: 'disabled', failures: MOST_FAILURES })
    const alerts = async () =>
      (
        await control().execute("select kind, params from alert where user = 'usr_adm' and cleared_at is null")
      ).rows.map((r) => `${r.kind} ${r.params}`)
    expect(await alerts()).toEqual(['webhook-disabled {"name":"Lager"}'])
    expect((await own('/audit-log/entries?about=webhook')).json.entries[0]).toMatchObject({
      type: 'webhook.disabled',
      by: 'system',
    })
    answer = () => new Response('')
    expect((await own(path, { method: 'PATCH', body: { state: 'active' } })).json).toMatchObject({ failures: 0 })
    expect(await alerts()).toEqual([])
    await deliver()
    expect(got.slice(MOST_FAILURES).flatMap(eventsOf)).toContain('2 voucher.posted')
  })

  test('is resent a delivery, and replayed from any event', async () => {
    const { call: own, path } = await hooked()
    await own('/vouchers', { body: simpleDraft() })
    await deliver()
    const [first] = (await own(`${path}/deliveries`)).json.deliveries
    const again = await own(`${path}/deliveries/${first.id}/resend`, { method: 'POST' })
    expect(again.json).toMatchObject({ id: first.id, state: 'delivered', tries: 2 })
    expect(got[1]!.headers['hovedbok-delivery']).toBe(got[0]!.headers['hovedbok-delivery'])
    expect((await own(`${path}/deliveries/whd_none/resend`, { method: 'POST' })).json.code).toBe('delivery/unknown')
    expect((await own(`${path}/replay`, { body: { after: 0 } })).json.place).toBe(0)
    await deliver()
    expect(eventsOf(got[2]!)[0]).toBe('1 webhook.created')
    expect((await own(`${path}/replay`, { body: { after: -1 } })).status).toBe(422)
  })

  test('is paused, renamed and replayed while a delivery is under way: none of it is undone, and nothing is lost', async () => {
    const { call: own, path } = await hooked()
    await own('/vouchers', { body: simpleDraft() })
    let meanwhile: () => Promise<unknown> = async () => {}
    const during = async (work: () => Promise<unknown>, status = 200) => {
      let done: Promise<unknown> | undefined
      meanwhile = () => (done ??= work())
      answer = () => new Response('', { status })
      await deliver()
      meanwhile = async () => {}
    }
    const { WEBHOOKS } = env
    const whole = WEBHOOKS as unknown as { fetch: (url: string, init: RequestInit) => Promise<Response> }
    env.WEBHOOKS = {
      fetch: async (url: string, init: RequestInit) => {
        await meanwhile()
        return whole.fetch(url, init)
      },
    } as unknown as Fetcher
    const change = (body: object) => own(path, { method: 'PATCH', body })
    const is = async () => (await own('/webhooks')).json.webhooks[0]
    // Paused while a try fails: it stays so, though the round had read it as active.
    await during(() => change({ state: 'paused' }), 500)
    expect(await is()).toMatchObject({ state: 'paused', failures: 0, place: 1 })
    // Replayed while a retry gets through: what came before it is sent, too.
    await change({ state: 'active' })
    got = []
    await during(() => own(`${path}/replay`, { body: { after: 0 } }))
    expect(eventsOf(got[1]!).slice(0, 2)).toEqual(['1 webhook.created', '2 voucher.posted'])
    // Renamed while one gets through: its place is not moved back.
    await own('/vouchers', { body: simpleDraft() })
    await during(() => change({ name: 'Kasse' }))
    got = []
    await deliver()
    expect([(await is()).name, got.flatMap(eventsOf).filter((e) => e.endsWith('voucher.posted'))]).toEqual([
      'Kasse',
      [],
    ])
    // One that waits and is sent by hand moves the place, so that nothing goes under another id.
    answer = () => new Response('', { status: 500 })
    await own('/vouchers', { body: simpleDraft() })
    await deliver()
    const [waiting] = (await own(`${path}/deliveries`)).json.deliveries
    answer = () => new Response('')
    expect((await own(`${path}/deliveries/${waiting.id}/resend`, { method: 'POST' })).json.state).toBe('delivered')
    got = []
    await deliver()
    expect([got, (await is()).failures]).toEqual([[], 0])
    env.WEBHOOKS = WEBHOOKS
  })

  test('that has nothing to send stands last in the line, so that every one has its turn', async () => {
    const { hook } = await hooked()
    await deliver()
    const { rows } = await control().execute({
      sql: 'select next_at, leased_until from webhook where id = ?',
      args: [hook.id],
    })
    expect([rows[0]!.next_at !== '2026-01-01', rows[0]!.leased_until]).toEqual([true, ''])
  })

  test('gets a new secret; the one before signs beside it', async () => {
    const { call: own, path, hook } = await hooked()
    const rotated = (await own(`${path}/secret`, { method: 'POST' })).json
    expect(rotated.secret).not.toBe(hook.secret)
    expect((await own(`${path}/test`, { method: 'POST' })).json).toMatchObject({ state: 'delivered', fault: null })
    const { headers, body } = got[0]!
    for (const secret of [hook.secret, rotated.secret])
      expect(verifyWebhook({ headers, body, secret, seen: new Set() })).toBe('genuine')
    const kept = JSON.stringify((await control().execute('select * from webhook')).rows)
    expect(kept).not.toContain(hook.secret.slice(6))
  })

  test('delivers once when several rounds run at the same moment', async () => {
    const { call: own } = await hooked()
    await own('/vouchers', { body: simpleDraft() })
    await ready()
    await Promise.all(Array.from({ length: 6 }, () => deliverAll(env, new Date().toISOString())))
    expect(got.filter((g) => g.body.includes('voucher.posted'))).toHaveLength(1)
  })

  test('belongs to its company, to administrators, and there are ten at most', async () => {
    const [{ call: own, path }, other] = [await hooked(), await company()]
    for (const [method, rest] of [
      ['PATCH', path],
      ['DELETE', path],
      ['POST', `${path}/secret`],
      ['POST', `${path}/test`],
      ['GET', `${path}/deliveries`],
    ] as const)
      expect((await other.call(rest, { method, ...(method === 'PATCH' && { body: {} }) })).json.code).toBe(
        'webhook/unknown',
      )
    const accountant = await call(`/api/v1/companies/${other.id}/webhooks`, { key: await other.key('accountant') })
    expect(accountant.status).toBe(403)
    for (let i = 0; i < 9; i++) await own('/webhooks', { body: { name: `n${i}`, url: 'https://hook.kunde.no/' } })
    const eleventh = await own('/webhooks', { body: { name: 'x', url: 'https://hook.kunde.no/' } })
    expect(eleventh.json).toMatchObject({
      status: 422,
      code: 'limit/reached',
      title: expect.stringContaining('10 webhooks'),
    })
    expect((await own(path, { method: 'DELETE' })).status).toBe(204)
  })

  test('is pointed somewhere by a person: a key renames it and no more, and the API document says so', async () => {
    const c = await hooked()
    const key = await c.key('administrator')
    const change = async (body: object) => {
      const { status, json } = await c.call(c.path, { key, method: 'PATCH', body })
      return json.code ?? status
    }
    expect((await c.call('/webhooks', { key, body: {} })).json.code).toBe('step-up/person')
    expect(await change({ url: 'https://elsewhere.kunde.no/in' })).toBe('step-up/person')
    expect(await change({ name: 'Kasse' })).toBe(200)
    const { paths } = (await call('/api/openapi.json', { key: null })).json
    const about = (rest: string) => paths[`/api/v1/companies/{company}/webhooks${rest}`]
    expect(about('').post['x-step-up']).toBe(true)
    expect(about('/{webhook}').patch.description).toContain('step-up/required')
  })
})

describe('where a webhook may lead (S17)', () => {
  test('a name that leads inside, or has come to, is sent nothing', async () => {
    const { call: own, path } = await hooked()
    for (const inside of [
      '127.0.0.1',
      '10.0.0.1',
      '169.254.169.254',
      '::1',
      'fd00::1',
      '::ffff:10.0.0.1',
      '2002:7f00:1::',
    ]) {
      addresses = ['93.184.215.14', inside]
      expect((await own(`${path}/test`, { method: 'POST' })).json, inside).toMatchObject({ fault: 'address' })
    }
    addresses = []
    expect((await own(`${path}/test`, { method: 'POST' })).json.fault).toBe('address')
    expect(got).toEqual([])
  })

  test('a redirect is a failure and is not followed', async () => {
    const { call: own, path } = await hooked()
    answer = () => new Response('', { status: 302, headers: { location: 'http://127.0.0.1/' } })
    expect((await own(`${path}/test`, { method: 'POST' })).json).toMatchObject({ fault: 'redirect', status: 302 })
    expect(got).toHaveLength(1)
  })
})
