import { expect, test } from 'vitest'
import { companiesNamed, inUse } from '#addin/functions/named-company.ts'
import { companyList, usedWith } from '#addin/pane/company-list.ts'

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

test('companies to choose among: last used first, resting copies last, found by a part of the name or the number', () => {
  const of = (id: string, name: string, organisationNumber: string, pausedAt: string | null = null) => ({
    ...{ id, name, organisationNumber, role: 'reader', permissions: [], pausedAt },
  })
  const all = [
    of('cmp_a', 'Ås Bakeri AS', '974760673'),
    of('cmp_copy', 'Fjord AS', '923609016', '2026-01-01T00:00:00.000Z'),
    of('cmp_b', 'Berg AS', '810034882'),
    of('cmp_fjord', 'Fjord AS', '923609016'),
  ]
  const shown = (used: string[], text?: string) => companyList(all, used, text).map(({ id }) => id)
  expect(shown([])).toEqual(['cmp_a', 'cmp_b', 'cmp_fjord', 'cmp_copy'])
  expect(shown(usedWith(['cmp_fjord', 'cmp_b'], 'cmp_b'))).toEqual(['cmp_b', 'cmp_fjord', 'cmp_a', 'cmp_copy'])
  expect(shown([], ' fjord')).toEqual(['cmp_fjord', 'cmp_copy'])
  expect(shown([], 'ÅS')).toEqual(['cmp_a'])
  expect(shown([], '810 034')).toEqual(['cmp_b'])
  expect(shown([], 'zz')).toEqual([])
  expect(
    usedWith(
      Array.from({ length: 20 }, (_, i) => `cmp_${i}`),
      'cmp_x',
    ),
  ).toHaveLength(20)
})
