import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { testBooks } from '#tests/support/books.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'
import { edited } from '#web/islands/voucher/edit.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { nextCode } from '#worker/dimensions/dimension.ts'
import { BLANK, emptyDesk } from '#worker/sheets/sheet.ts'

const app = testApp()

describe('numbers of projects', () => {
  test('follow a series, many at once, and are never given twice', async () => {
    const c = await app.company()
    const make = (body: object) => c.call('/dimensions/project/values', { body })
    const made = await Promise.all(Array.from({ length: 8 }, (_, i) => make({ name: `Prosjekt ${i}` })))
    expect(made.map((m) => m.status)).toEqual(Array(8).fill(201))
    expect(made.map((m) => m.json.code).sort()).toEqual(Array.from({ length: 8 }, (_, i) => `000${i + 1}`))
    // One made by hand is stepped over.
    await make({ code: '0009', name: 'For hånd' })
    expect((await make({ name: 'Neste' })).json.code).toBe('0010')
    const series = { series: { prefix: 'P-', digits: 3 } }
    const changed = await c.call('/dimensions/project', { method: 'PATCH', body: { ...series, nameEn: 'Job' } })
    expect(changed.json).toMatchObject({ nameEn: 'Job', series: { prefix: 'P-', digits: 3, lastNumber: 10 } })
    expect((await make({ name: 'Med P' })).json.code).toBe('P-011')
    await expect(c.db.execute('delete from dimension_value')).rejects.toThrow('dimension/is-kept')
    await expect(c.db.execute("update dimension_value set code = 'x'")).rejects.toThrow('dimension/is-kept')
    await expect(c.db.execute('update dimension_series set last_number = 0')).rejects.toThrow('dimension/number-reused')
  })
  test('are for dimensions that have a series; others need a code', async () => {
    const c = await app.company()
    const without = await c.call('/dimensions/department/values', { body: { name: 'Verksted' } })
    expect(without.json.issues).toMatchObject([{ code: 'field/required', pointer: '#/code' }])
    await c.call('/dimensions/department', { method: 'PATCH', body: { series: { prefix: '', digits: 2 } } })
    expect((await c.call('/dimensions/department/values', { body: { name: 'Verksted' } })).json.code).toBe('01')
  })
  test('property: the next one is free, and above the last', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.uniqueArray(fc.nat(80)), (lastNumber, used) => {
        const taken = new Set(used.map((n) => `P${String(n).padStart(2, '0')}`))
        const { code, number } = nextCode({ prefix: 'P', digits: 2, lastNumber }, taken)
        expect([taken.has(code), number > lastNumber]).toEqual([false, true])
      }),
    )
  })
})

describe('usual values', () => {
  test('are set per account, and must exist', async () => {
    const c = await app.company()
    await c.call('/dimensions/department/values', { body: { code: '10', name: 'Verksted' } })
    const put = (defaults: object) => c.call('/dimensions/department/defaults', { method: 'PUT', body: { defaults } })
    expect((await put({ '6540': '10' })).json.defaults).toEqual({ '6540': '10' })
    const wrong = await put({ '6540': '99', '0000': '10' })
    expect(wrong.json.issues.map((i: any) => `${i.pointer} ${i.code}`)).toEqual([
      '#/defaults/6540 dimension/unknown',
      '#/defaults/0000 account/unknown',
    ])
    const facts = (await c.call('/books')).json.dimensions
    expect(facts.find((d: any) => d.key === 'department').defaults).toEqual({ '6540': '10' })
    expect((await put({ '6540': null })).json.defaults).toEqual({})
  })
  test('are filled in where one types, until one says otherwise; a party brings terms and counter-account', () => {
    const facts = testBooks()
    const department = { ...facts.dimensions.get('department')!, defaults: { '6800': '10' } }
    const usual = { account: '6800', vatCode: '1', paymentTermsDays: 14, dimensions: { project: 'P-7' } }
    const supplier = { ...facts.parties.get('supplier:20017')!, usual }
    const books = {
      ...facts,
      dimensions: new Map([...facts.dimensions, ['department', department]]),
      parties: new Map([['supplier:20017', supplier]]),
    }
    const setting = { books, today: '2026-05-02' as IsoDate }
    const header = { type: 'general', voucherDate: '2026-05-01', documentDate: '', text: '', reason: '' }
    const desk = emptyDesk(`vch_${'0'.repeat(26)}`, header)
    const type = (from: typeof desk, row: number, field: string, value: string) =>
      edited(from, [{ row, field, value }], setting)
    const first = type(desk, 0, 'account', '2400:20017')
    expect(first.rows[0]).toMatchObject({ dueDate: '2026-05-15', dimensions: { project: 'P-7' } })
    expect(first.rows[1]).toMatchObject({ account: '6800', vatCode: '1', dimensions: { department: '10' } })
    // Another account takes back what it brought; what a person wrote stands.
    expect(type(first, 1, 'account', '1920').rows[1]!.dimensions.department ?? '').toBe('')
    const chosen = type(first, 1, 'dimensions/department', '90')
    expect(type(chosen, 1, 'account', '6540').rows[1]!.dimensions.department).toBe('90')
    const dated = type(first, 0, 'dueDate', '2026-06-01')
    expect(type(dated, 0, 'account', '1920').rows[0]!.dueDate).toBe('2026-06-01')
    expect(type(desk, 0, 'account', '1920').rows[1] ?? BLANK).toEqual(BLANK)
  })
})

test('the pages manage names, values and demands', async () => {
  const c = await app.company()
  const browser = await memberOf(app, c.id, 'accountant')
  const path = `/companies/${c.id}/dimensions`
  expect((await browser.post(path, { key: 'vessel', nameNb: 'Fartøy' })).location).toBe(`${path}/vessel`)
  expect((await browser.post(`${path}/vessel/values`, { code: 'A', name: 'Anna' })).status).toBe(303)
  expect((await browser.post(`${path}/vessel/values/A`, { name: 'Anna II', closedFrom: '01.03.2026' })).status).toBe(
    303,
  )
  expect(
    (await browser.post(`${path}/vessel/accounts`, { account: '6540', rule: 'required', usual: 'A' })).status,
  ).toBe(303)
  const shown = textOf((await browser.get(`${path}/vessel`)).html)
  for (const text of ['Fartøy', 'Anna II', 'Stengt fra 01.03.2026', '6540', 'Påkrevd']) expect(shown).toContain(text)
  const wrong = await browser.post(`${path}/vessel/accounts`, { account: '0000', rule: 'required' })
  expect([wrong.status, textOf(wrong.html).includes('Konto 0000 finnes ikke')]).toEqual([422, true])
})
