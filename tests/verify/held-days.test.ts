import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, type IsoDate } from '#worker/core/dates.ts'
import { daysToHold } from '#worker/verify/held-days.ts'

const FIRST = '2026-01-01' as IsoDate
const daysUpTo = (night: IsoDate) => {
  const days: IsoDate[] = []
  for (let day = FIRST; day < night; day = addDays(day, 1)) days.push(day)
  return days
}

test('night after night each old day has its turn within thirty, as days come to it', () => {
  const held = new Map<IsoDate, number>()
  const old = daysUpTo(addDays(FIRST, 60))
  for (let n = 0; n < 30; n++) {
    const night = addDays(FIRST, 70 + n)
    for (const day of daysToHold(daysUpTo(night), [], night)) held.set(day, (held.get(day) ?? 0) + 1)
  }
  expect(old.map((day) => held.get(day))).toEqual(old.map(() => 1))
})

test('of any days: the newest and the newest of those named each night, all others within thirty, newest first, and no other', () => {
  const offsets = fc.uniqueArray(fc.nat(900), { maxLength: 150 })
  fc.assert(
    fc.property(offsets, offsets, fc.nat(2_000), (some, others, wait) => {
      const [all, named] = [some, others].map((days) => days.map((n) => addDays(FIRST, n))) as [IsoDate[], IsoDate[]]
      const newestFirst = all.toSorted().toReversed()
      const doubted = newestFirst.filter((day) => named.includes(day)).slice(0, 60)
      const held = new Set<IsoDate>()
      for (let n = 0; n < 30; n++) {
        const tonight = daysToHold(all, named, addDays(FIRST, 901 + wait + n))
        expect(tonight).toEqual(newestFirst.filter((day) => tonight.includes(day)))
        expect(tonight).toEqual(expect.arrayContaining([...newestFirst.slice(0, 7), ...doubted]))
        for (const day of tonight) held.add(day)
      }
      expect(held.size).toBe(all.length)
      const always = daysToHold(all, named)
      expect(new Set(always)).toEqual(new Set([...newestFirst.slice(0, 7), ...doubted]))
    }),
    { numRuns: 40 },
  )
})
