// A few of each of the faults that take seconds; all of them at full size: `npm run fault -- all` (docs/faults.md).
import { expect, test } from 'vitest'
import { randomFrom } from '#db/seed/demo/random.ts'
import { FAULTS, NOT_BUILT } from '#dev/faults/list.ts'

const IN_THE_SUITE = ['F5']

for (const fault of FAULTS.filter(({ id }) => IN_THE_SUITE.includes(id)))
  test(`${fault.id}: ${fault.what}`, async () => {
    const outcome = await fault.run({ random: randomFrom(20_261_122), quick: true, say: () => {} })
    if ('skipped' in outcome) throw new Error(outcome.skipped)
    expect(outcome.wrong).toEqual([])
    expect(outcome.injected).toBeGreaterThan(0)
    expect(outcome.survived).toBe(outcome.injected)
  })

test('each fault of the list is built, or said not to be', () => {
  const ids = [...FAULTS, ...NOT_BUILT].map(({ id }) => id).sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))
  expect(ids).toEqual(Array.from({ length: 25 }, (_, i) => `F${i + 1}`))
})
