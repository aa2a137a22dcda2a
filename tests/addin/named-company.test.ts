import { expect, test } from 'vitest'
import { companiesNamed, inUse } from '#addin/functions/named-company.ts'

test('a company is named by id, number or name; a copy that rests is meant by its id, or where no other is', () => {
  const of = (id: string, name: string, more = {}) => ({
    ...{ id, name, organisationNumber: '974760673', role: 'reader', permissions: [], pausedAt: null },
    ...more,
  })
  const rests = { pausedAt: '2026-01-01T00:00:00.000Z' }
  const all = [of('cmp_copy', 'Fjord AS', rests), of('cmp_fjord', 'Fjord AS'), of('cmp_old', 'Gammel AS', rests)]
  const named = (text: string, among = all) => companiesNamed(among, text).map(({ id }) => id)
  expect(inUse(all).map(({ id }) => id)).toEqual(['cmp_fjord'])
  expect(named('974760673')).toEqual(['cmp_fjord'])
  expect(named('fjord as')).toEqual(['cmp_fjord'])
  expect(named('cmp_copy')).toEqual(['cmp_copy'])
  expect(named('Gammel AS')).toEqual(['cmp_old'])
  expect(named('Berg AS')).toEqual([])
  // Taken into use, it is as good as the other: nobody can tell which is meant.
  expect(named('Fjord AS', [...all, of('cmp_used', 'Fjord AS')])).toEqual(['cmp_fjord', 'cmp_used'])
})
