import { expect, test } from 'vitest'
import { testBooks } from '#tests/support/books.ts'
import { isChanged } from '#web/islands/shell/keys.ts'
import { offered } from '#web/islands/voucher/documents-view.ts'
import { madeSince, withMaking } from '#web/islands/voucher/making.ts'

const NONE = { options: [], chosen: -1 }

test.each([
  ['-Papir', ['supplier Papir']],
  ['+Nord AS', ['customer Nord AS']],
  ['2400:Papir', ['supplier Papir']],
  ['Papir', ['supplier Papir', 'customer Papir']],
  ['7771', ['account 7771']],
  ['77', []],
  ['-', []],
])('of %j in the account field one can make %j', (text, expected) => {
  const { options, chosen } = withMaking(NONE, text, testBooks(), 'nb')
  expect([
    options.map(({ making: m }) => m && `${m.what} ${m.what === 'account' ? m.number : m.name}`),
    chosen,
  ]).toEqual([
    expected,
    -1, // never unasked
  ])
})

test('a party that was made though no answer came is found again, and not made twice', () => {
  const party = { kind: 'supplier' as const, number: '20001', name: 'Papir AS', controlAccount: '2400', active: true }
  const books = testBooks({ parties: [party] })
  expect(madeSince(new Set(), books, 'supplier', 'Papir AS')).toBe('2400:20001')
  expect(madeSince(new Set(), books, 'customer', 'Papir AS')).toBeUndefined()
  expect(madeSince(new Set(books.parties.keys()), books, 'supplier', 'Papir AS')).toBeUndefined() // another of that name
})

test.each([
  ['26', undefined], // booked already, perhaps: Enter asks for that stamp, and takes no other
  ['260', 260],
  ['#261', 261],
  ['faktura-2026', 261],
  ['', undefined],
])('a document is chosen by %j', (text, stamp) => {
  const waiting = [260, 261].map((n) => ({
    id: `doc_${n}`,
    stamp: n,
    fileName: `Faktura-20${n - 235}.pdf`,
    replayed: false,
  }))
  const { options, chosen } = offered(waiting, [], text, 'uten navn')
  expect(options[chosen]?.value).toBe(stamp && String(stamp))
  expect(offered(waiting, ['doc_260'], '26', 'uten navn').options.map(({ code }) => code)).toEqual(['#261'])
})

test('a form is filled in when a field says something else than when the page came', () => {
  const option = (selected: boolean, defaultSelected: boolean) => ({ selected, defaultSelected })
  const kept = [
    { type: 'text', value: 'a', defaultValue: 'a', checked: false, defaultChecked: false },
    { type: 'checkbox', value: 'on', defaultValue: '', checked: true, defaultChecked: true },
    { type: 'submit' },
    { type: 'select-one', value: 'a', options: [option(true, false), option(false, false)] },
    { type: 'select-one', value: 'b', options: [option(false, false), option(true, true)] },
  ]
  expect(kept.map(isChanged)).toEqual(kept.map(() => false))
  const changed = [
    { type: 'text', value: 'b', defaultValue: 'a', checked: false, defaultChecked: false },
    { type: 'radio', value: 'x', defaultValue: 'x', checked: true, defaultChecked: false },
    { type: 'select-one', value: 'b', options: [option(false, false), option(true, false)] },
    { type: 'select-one', value: 'a', options: [option(true, false), option(false, true)] },
  ]
  expect(changed.map(isChanged)).toEqual(changed.map(() => true))
})
