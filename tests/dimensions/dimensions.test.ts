import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { addinFunctions as en } from '#i18n/en/addin-functions.ts'
import { RESERVED_KEYS } from '#i18n/filter-words.ts'
import { addinFunctions as nb } from '#i18n/nb/addin-functions.ts'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import * as exportQueries from '#worker/exports/export-query.ts'
import * as queries from '#worker/reports/report-query.ts'
import { SaftDimensions } from '#worker/saft/saft-dimensions.ts'

const { company } = testApp()
const year = new Date().getFullYear()
const onProject = (project: string | null, account = '6800') =>
  simpleDraft({
    lines: [
      { rowKey: 'a', account, amount: 10_000, ...(project && { dimensions: { project } }) },
      { rowKey: 'b', account: '1920', amount: -10_000 },
    ],
  })
const firstIssue = (answer: { json: any }) => answer.json.issues?.find((i: any) => i.severity === 'error')?.code

/** A query that reads every other name as a dimension. */
const takesDimensions = (query: unknown): query is { shape: object } =>
  (query as any)._zod?.def.catchall?._zod.def.type === 'string'

describe('dimensions', () => {
  test('department and project are there from the start; a company adds its own', async () => {
    const c = await company()
    const made = await c.call('/dimensions', { body: { key: 'vessel', nameNb: 'Fartøy', nameEn: 'Vessel' } })
    expect([made.status, made.json]).toEqual([
      201,
      { key: 'vessel', nameNb: 'Fartøy', nameEn: 'Vessel', position: 3, rules: {}, defaults: {}, series: null },
    ])
    const { dimensions } = (await c.call('/dimensions')).json
    expect(dimensions.map((d: any) => d.key)).toEqual(['department', 'project', 'vessel'])
    const twice = await c.call('/dimensions', { body: { key: 'vessel', nameNb: 'Båt' } })
    expect([twice.status, twice.json.code]).toEqual([422, 'dimension/exists'])
    expect((await c.call('/dimensions', { body: { key: 'Vessel', nameNb: 'Båt' } })).json.code).toBe('request/invalid')
  })

  test('a key that means something else in the filters of Excel is refused with the cure; one that was there before stays', async () => {
    const words = [nb, en].flatMap(({ dimensionWords }) => [
      ...Object.keys(dimensionWords),
      ...Object.values(dimensionWords).flat(),
    ])
    const keys = words.map((word) => word.toLowerCase()).filter((key) => /^[a-z][a-z0-9-]*$/.test(key))
    const asked = Object.values({ ...queries, ...exportQueries }).flatMap((query) =>
      takesDimensions(query) ? Object.keys(query.shape).filter((name) => /^[a-z][a-z0-9-]*$/.test(name)) : [],
    )
    expect(asked).toEqual(expect.arrayContaining(['account', 'budget', 'format', 'since', 'step']))
    // The specifications and the layouts of reports are not asked for by dimensions.
    const files = globSync('web/reports/*.tsx').filter(
      (file) => !/\b(specification-pages|layout-page)\.tsx$/.test(file),
    )
    const pages = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\basked\.([a-z]+)\b|\bquery\('([a-z]+)'\)/g)].map(
        ([, a, b]) => (a ?? b)!,
      ),
    )
    expect(pages).toEqual(expect.arrayContaining(['unit', 'voucher', 'zero']))
    expect([...new Set([...keys, ...asked, ...pages])].sort()).toEqual(
      [...RESERVED_KEYS, 'department', 'project'].sort(),
    )
    const c = await company()
    const { status, json } = await c.call('/dimensions', { body: { key: 'kunde', nameNb: 'Sluttkunde' } })
    expect([status, json.code, json.issues]).toEqual([
      422,
      'request/invalid',
      [
        expect.objectContaining({
          code: 'field/invalid',
          pointer: '#/key',
          message: expect.stringContaining('kunde-2'),
        }),
      ],
    ])
    // One that a report is asked by would be a dimension in one report and an account in another.
    for (const key of ['account', 'budget', 'line', 'period', 'format'])
      expect([key, (await c.call('/dimensions', { body: { key, nameNb: 'Linje' } })).json.code]).toEqual([
        key,
        'request/invalid',
      ])
    expect((await c.call('/dimensions', { body: { key: 'kunde-2', nameNb: 'Sluttkunde' } })).status).toBe(201)
    await c.db.execute("insert into dimension (key, name_nb, name_en, position) values ('lev', 'Lev', 'Lev', 9)")
    expect((await c.call('/dimensions/lev', { method: 'PATCH', body: { nameNb: 'Leveranse' } })).json.nameNb).toBe(
      'Leveranse',
    )
    // A SAF-T file's analysis types have names of their own.
    const none = new Map<string, Set<string>>()
    const types = new Map([['K', { description: 'Kunde', values: new Map() }]])
    const told = { add: () => {} } as never
    expect(new SaftDimensions(types, none, told).newDimensions).toEqual([{ key: 'kunde-k', name: 'Kunde' }])
    const lines = new Map([['L', { description: 'Line', values: new Map() }]])
    expect(new SaftDimensions(lines, none, told).newDimensions).toEqual([{ key: 'line-l', name: 'Line' }])
    expect(new SaftDimensions(types, new Map([['kunde', new Set<string>()]]), told).newDimensions).toEqual([])
  })

  test('a value is posted on at once, and refused from the day it is closed', async () => {
    const c = await company()
    expect(firstIssue(await c.call('/vouchers', { body: onProject('P-7') }))).toBe('dimension/unknown')
    const made = await c.call('/dimensions/project/values', { body: { code: 'P-7', name: 'Bru' } })
    expect([made.status, made.json]).toEqual([201, { code: 'P-7', name: 'Bru', closedFrom: null, version: 1 }])
    expect((await c.call('/vouchers', { body: onProject('P-7') })).status).toBe(201)
    const closed = await c.call('/dimensions/project/values/P-7', {
      method: 'PATCH',
      body: { closedFrom: `${year}-01-10` },
      headers: { 'if-match': '"1"' },
    })
    expect([closed.status, closed.json.version]).toEqual([200, 2])
    expect(firstIssue(await c.call('/vouchers', { body: onProject('P-7') }))).toBe('dimension/closed')
    expect((await c.call('/events')).json.events.at(-1)).toMatchObject({
      type: 'dimension-value.changed',
      subject: 'project P-7',
      changes: { closedFrom: [null, `${year}-01-10`] },
    })
  })

  test('an account’s demand holds from the very next post', async () => {
    const c = await company()
    await c.call('/dimensions/project/values', { body: { code: 'P-7', name: 'Bru' } })
    expect((await c.call('/vouchers', { body: onProject(null) })).status).toBe(201)
    const rules = (body: object) => c.call('/dimensions/project/rules', { method: 'PUT', body: { rules: body } })
    expect((await rules({ '6800': 'required', '3000': 'forbidden' })).json.rules).toEqual({
      '3000': 'forbidden',
      '6800': 'required',
    })
    expect(firstIssue(await c.call('/vouchers', { body: onProject(null) }))).toBe('dimension/required')
    expect((await c.call('/vouchers', { body: onProject('P-7') })).status).toBe(201)
    expect(firstIssue(await c.call('/vouchers', { body: onProject('P-7', '3000') }))).toBe('dimension/forbidden')
    expect((await rules({ '6800': 'forbidden', '3000': 'optional' })).json.rules).toEqual({ '6800': 'forbidden' })
    expect(firstIssue(await c.call('/vouchers', { body: onProject('P-7') }))).toBe('dimension/forbidden')
    const { events } = (await c.call('/events')).json
    expect(events.at(-1)).toMatchObject({
      type: 'dimension-rule.changed',
      changes: { '6800': ['required', 'forbidden'], '3000': ['forbidden', 'optional'] },
    })
  })

  test('what is wrong is told', async () => {
    const c = await company()
    const value = (body: object) => c.call('/dimensions/project/values', { body })
    await value({ code: 'P-7', name: 'Bru' })
    const patch = (path: string, version: string) =>
      c.call(path, { method: 'PATCH', body: { name: 'X' }, headers: { 'if-match': version } })
    const refusals = [
      await value({ code: 'P-7', name: 'Annet' }),
      await value({ code: 'none', name: 'Ingen' }),
      await value({ code: ' P', name: 'Mellomrom' }),
      await c.call('/dimensions/colour/values', { body: { code: '1', name: 'Rød' } }),
      await c.call('/dimensions/colour/values'),
      await patch('/dimensions/project/values/P-8', '"1"'),
      await patch('/dimensions/project/values/P-7', '"4"'),
      await c.call('/dimensions/colour/rules', { method: 'PUT', body: { rules: {} } }),
      await c.call('/dimensions/project/rules', { method: 'PUT', body: { rules: { '9999': 'required' } } }),
      await c.call('/dimensions/project/rules', { method: 'PUT', body: { rules: { '6800': 'maybe' } } }),
    ]
    expect(refusals.map((r) => `${r.status} ${r.json.code}`)).toEqual([
      '422 dimension/value-exists',
      '422 request/invalid',
      '422 request/invalid',
      '404 dimension/unknown',
      '404 dimension/unknown',
      '404 dimension/unknown',
      '409 version/stale',
      '404 dimension/unknown',
      '422 request/invalid',
      '422 request/invalid',
    ])
    expect(refusals[0]!.json.title).toBe('P-7 finnes allerede i prosjekt.')
    expect(refusals[8]!.json.issues[0]).toMatchObject({ code: 'account/unknown', pointer: '#/rules/9999' })
  })
})
