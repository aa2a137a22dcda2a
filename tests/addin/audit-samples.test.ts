import { beforeAll, describe, expect, test } from 'vitest'
import { documentZip } from '#addin/audit/document-zip.ts'
import { digitShares } from '#addin/audit/first-digits.ts'
import { journalTests } from '#addin/audit/journal-tests.ts'
import { recomputeChain, within } from '#addin/audit/recompute-chain.ts'
import { drawSample, METHODS } from '#addin/audit/sample.ts'
import { readHead, standsInChain } from '#addin/audit/told-head.ts'
import { testApp } from '#tests/support/app.ts'
import { pdf, png } from '#tests/support/files.ts'
import { auditedBooks, openAudit } from './support/audit-desk.ts'
import { thisYear as year } from './support/desk.ts'

const app = testApp()
let books: Awaited<ReturnType<typeof auditedBooks>>
let company: (typeof books)['company']

beforeAll(async () => {
  books = await auditedBooks(app)
  company = books.company
})

const opened = () => openAudit(app, books)

describe('what an auditor looks into', () => {
  const voucher = (i: number, amount: number, over = {}) =>
    ({
      id: `vch_${i}`,
      series: 'HB',
      fiscalYear: year,
      number: i,
      date: `${year}-01-02`,
      text: 'x',
      recordedAt: `${year}-01-07T10:00:00.000Z`,
      by: 'a',
      reverses: false,
      amount,
      likeness: String(i),
      ...over,
    }) as never
  const list = Array.from({ length: 500 }, (_, i) => voucher(i + 1, (i + 1) * 1_000))
  test('the same seed draws the same vouchers, another seed others, and never one twice', () => {
    for (const method of METHODS) {
      const drawn = drawSample(list, { method, count: 25, seed: 4711 })
      expect(drawSample(list, { method, count: 25, seed: 4711 })).toEqual(drawn)
      expect(new Set(drawn.map((v) => v.id)).size).toBe(25)
      if (method !== 'largest') expect(drawSample(list, { method, count: 25, seed: 4712 })).not.toEqual(drawn)
    }
    expect(drawSample(list, { method: 'largest', count: 2, seed: 1 }).map((v) => v.amount)).toEqual([500_000, 499_000])
  })
  test('of some days alone; a head from paper or mail is held against the chain', () => {
    const hashes = ['9f86d081884c7d65', '60303ae22b998861']
    const found = { hashes, list: [voucher(1, 1), voucher(2, 2, { date: `${year}-02-01` })] } as never
    const days = { fromDate: `${year}-02-01`, toDate: `${year}-02-28` }
    expect(within(found, days).list.map((v) => v.number)).toEqual([2])
    expect(within(found, undefined).list).toHaveLength(2)
    const foot = 'Hovedbok: version 2, head 60303ae22b998861, 2026-01-01 to 2026-12-31, drawn 2026-03-15 12:00 UTC.'
    for (const text of [
      '2-60303ae22b998861',
      'Hovedbok: versjon 2, hode 60303AE2, 01.01 til 31.12',
      '0002 60303ae22b',
      foot,
    ])
      expect([text, standsInChain(found, readHead(text)!)]).toEqual([text, true])
    expect(standsInChain(found, readHead('2-9f86d081')!)).toBe(false)
    expect(standsInChain(found, readHead('versjon 184 223, hode 9f86d081')!)).toBeUndefined()
    for (const version of ['versjon 184 223', 'version 184,223', 'versjon 184.223', '12.03.2026: 184223'])
      expect([version, readHead(`${version}, head 9f86d081`)!.ledgerVersion]).toEqual([version, 184_223])
    for (const text of ['', '184', '9f86d081', '184-9f86', 'hode'])
      expect([text, readHead(text)]).toEqual([text, undefined])
  })
  test('by monetary unit the large are drawn more often than by chance', () => {
    const mean = (method: 'unit' | 'random') =>
      Array.from({ length: 20 }, (_, seed) => drawSample(list, { method, count: 25, seed }))
        .flat()
        .reduce((sum, { amount }, _i, all) => sum + amount / all.length, 0)
    expect(mean('unit')).toBeGreaterThan(1.2 * mean('random'))
  })
  test('journal tests tell weekends, late, round, doubled, reversed and nameless vouchers', () => {
    const tests = (over: object) => journalTests([voucher(1, 12_345, over)]).map((f) => f.test)
    expect(tests({ recordedAt: '2026-01-07T10:00:00.000Z', date: '2026-01-07' })).toEqual([])
    expect(tests({ recordedAt: '2026-01-10T10:00:00.000Z', date: '2026-01-07' })).toEqual(['weekend'])
    expect(tests({ recordedAt: '2026-04-08T10:00:00.000Z', date: '2026-01-07' })).toEqual(['late'])
    expect(tests({ recordedAt: '2026-01-07T10:00:00.000Z', date: '2026-01-07', amount: 2_000_000 })).toEqual(['round'])
    expect(tests({ recordedAt: '2026-01-07T10:00:00.000Z', date: '2026-01-07', reverses: true, text: ' ' })).toEqual([
      'reversal',
      'noText',
    ])
    const twins = [1, 2].map((i) =>
      voucher(i, 5, { likeness: 'a', recordedAt: '2026-01-07T10:00:00.000Z', date: '2026-01-07' }),
    )
    expect(journalTests(twins).map((f) => f.test)).toEqual(['twice', 'twice'])
  })
  test('and what came into a month after it was locked, by the law of its own days', () => {
    const lock = {
      scope: 'all',
      fromMonth: '2026-01',
      toMonth: '2026-02',
      level: 'hard',
      recordedAt: '2026-01-08T00:00:00.000Z',
    }
    const found = (date: string, over: object, own: object = {}) =>
      journalTests([voucher(1, 12_345, { date, ...over })], [{ ...lock, ...own }]).map((f) => f.test)
    const after = { recordedAt: '2026-01-09T10:00:00.000Z' }
    expect(found('2026-01-07', after)).toEqual(['afterLock'])
    expect(found('2026-01-07', { recordedAt: '2026-01-07T10:00:00.000Z' })).toEqual([])
    expect(found('2026-03-02', after)).toEqual([])
    expect(found('2026-01-07', after, { level: 'open' })).toEqual([])
    expect(found('2026-01-07', after, { scope: 'vat' })).toEqual([])
  })
  test('a digit that amounts begin with too often is told, and so are its vouchers; natural amounts are left alone', () => {
    const natural = Array.from({ length: 600 }, (_, i) => voucher(i + 1, Math.round(1_000 * 10 ** ((i * 7) / 600))))
    expect(digitShares(natural).filter((d) => d.conspicuous)).toEqual([])
    const invented = Array.from({ length: 80 }, (_, i) => voucher(1_000 + i, 49_000 + i * 7))
    const all = [...natural, ...invented]
    expect(
      digitShares(all)
        .filter((d) => d.conspicuous)
        .map((d) => d.digit),
    ).toEqual([4])
    const told = journalTests(all).filter((f) => f.test === 'firstDigit')
    expect(told).toHaveLength(digitShares(all)[3]!.count)
    expect(digitShares(invented).some((d) => d.conspicuous)).toBe(false)
  })
})

test('documents of a sample: one archive with a list, each hash computed from the bytes; a changed file is told', async () => {
  const { desk } = await opened()
  const send = (raw: Uint8Array<ArrayBuffer>) =>
    company.call('/documents', { raw, headers: { 'content-type': 'application/octet-stream' } })
  const { json: one } = await send(pdf('a'))
  const { json: other } = await send(png)
  const found = await recomputeChain(desk.api, company.id)
  const [first, second, third] = found.list
  for (const [voucher, ids] of [[first, [one.id, other.id]] as const, [second, [other.id]] as const])
    await company.call(`/vouchers/${voucher!.id}/documents`, { body: { documents: ids } })
  const sample = [first!, second!, third!]
  const zip = (api = desk.api) => documentZip(api, company.id, sample, 'nb', () => {}, new AbortController().signal)
  const { bytes, listed, without } = await zip()
  expect([listed.map(({ stamp, agrees }) => [stamp, agrees]), without]).toEqual([
    [
      [one.stamp, true],
      [other.stamp, true],
      [other.stamp, true],
    ],
    1,
  ])
  const archive = Buffer.concat(bytes)
  expect(archive.readUInt32LE(0)).toBe(0x04034b50)
  for (const name of ['Liste.csv', ...listed.map(({ file }) => file)]) expect(archive.includes(name)).toBe(true)
  const file = async (...args: Parameters<typeof desk.api.file>) => {
    const real = await desk.api.file(...args)
    real[9]! ^= 1
    return real
  }
  expect((await zip({ ...desk.api, file })).listed.every(({ agrees }) => !agrees)).toBe(true)
})
