import { expect, test } from 'vitest'
import { fingerprint, SeenTransactions, voucherIdOf } from '#worker/saft/seen-transactions.ts'

test('each key is new once, then counted', () => {
  const seen = new SeenTransactions()
  const keys = Array.from({ length: 20_000 }, (_, i) => `["GL","${i}","2025"]`)
  expect(keys.filter((key) => seen.occurrenceOf(key) !== 1)).toEqual([])
  expect(keys.filter((key) => seen.occurrenceOf(key) !== 2)).toEqual([])
  expect(seen.occurrenceOf(keys[7]!)).toBe(3)
})

test('a voucher id stays the same for ever, and no two keys of a large file share one', () => {
  // These stand in books already: an import of the same file must find them.
  expect(voucherIdOf('["GL","4567","2015",1]')).toMatchInlineSnapshot(`"vch_0ad123ba64bbdaaf2c689d5642"`)
  expect(voucherIdOf('')).toMatch(/^vch_[0-9a-f]{26}$/)
  const ids = new Set<string>()
  for (let i = 0; i < 200_000; i++) ids.add(voucherIdOf(`["GL","${i}","2025",1]`))
  expect(ids.size).toBe(200_000)
})

test('one bit of a key changes about half the bits of its fingerprint', () => {
  let changed = 0
  for (let i = 0; i < 1_000; i++) {
    const [a, b] = [fingerprint(`bilag ${i}`), fingerprint(`bilag ${i ^ 1}`)]
    for (let lane = 0; lane < 4; lane++) for (let x = (a[lane]! ^ b[lane]!) >>> 0; x; x &= x - 1) changed++
  }
  expect(changed / 128_000).toBeGreaterThan(0.47)
  expect(changed / 128_000).toBeLessThan(0.53)
})
