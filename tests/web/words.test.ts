import { describe, expect, test } from 'vitest'
import { pageTexts } from '#i18n/page-texts.ts'
import { oreOf } from '#web/companies/amount.ts'
import { dayIn } from '#web/day-field.tsx'
import { numberOrText } from '#web/ledger/voucher-query.ts'
import { groupOf } from '#web/reports/account-group.ts'
import type { IsoDate } from '#worker/core/dates.ts'

/** Every text of a language, by its path. */
function flat(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) => flat(child, path ? `${path}.${key}` : key))
}
const nb = flat(pageTexts.nb)
const en = new Map(flat(pageTexts.en))

describe('the words of the pages', () => {
  test('are the same in both languages, with the same places to fill', () => {
    expect(nb.length).toBeGreaterThan(300)
    expect(nb.map(([path]) => path)).toEqual([...en.keys()])
    const places = (text: string) =>
      [...text.matchAll(/\{(\w+)[:}]/g)]
        .map((m) => m[1])
        .sort()
        .join()
    expect(nb.filter(([path, text]) => places(text) !== places(en.get(path)!)).map(([path]) => path)).toEqual([])
  })
  test('keep the tone of the house', () => {
    const rude = /vennligst|ugyldig|oops|suksess|!|please/i
    expect([...nb, ...en].filter(([, text]) => rude.test(text))).toEqual([])
  })
  test('are not left untranslated', () => {
    const same = nb
      .filter(([path, text]) => en.get(path) === text && /[a-zæøå]{4,}/i.test(text))
      .map(([, text]) => text)
    const shared =
      /^(\{|Hovedbok$|Excel$|hledger$|Beancount$|Norges Bank$|Administrator$|Status$|Script$|TEST$|Hash$|KID |Team$|Webhooks$|test$|1 person$)/
    expect(same.filter((text) => !shared.test(text))).toEqual([])
  })
})

describe('what is typed', () => {
  test.each([
    ['IF 2026-1043', { series: 'IF', fiscalYear: 2026, number: 1043 }],
    ['if\u00a02026-1043', { series: 'IF', fiscalYear: 2026, number: 1043 }],
    ['IF1043', { series: 'IF', number: 1043 }],
    ['2026-7', { fiscalYear: 2026, number: 7 }],
    ['7', { number: 7 }],
    ['husleie 3', { text: 'husleie 3' }],
    ['XX 7', { text: 'XX 7' }],
    ['1234567890', { text: '1234567890' }],
    ['IF 2026-', { text: 'IF 2026-' }],
  ])('%s is looked for as %o', (text, query) => expect(numberOrText(text, ['IF', 'BK'])).toEqual(query))

  test.each([
    ['24875', 'nb', 2_487_500],
    ['24 875,50', 'nb', 2_487_550],
    ['\u221224\u00a0875,5', 'nb', 2_487_550],
    ['24,875.50', 'en', 2_487_550],
    ['24.875,50', 'nb', 2_487_550],
    ['kr 24 875,50', 'nb', 2_487_550],
    ['24875.50', 'nb', 2_487_550],
    ['1,234', 'nb', undefined],
    ['', 'nb', undefined],
    ['tolv', 'nb', undefined],
  ] as const)('%s in %s is %s øre', (text, locale, ore) => expect(oreOf(text, locale)).toBe(ore))

  test.each([
    ['20.11.2026', '2026-11-20'],
    ['2011', '2026-11-20'],
    ['201126', '2026-11-20'],
    ['20.11.', '2026-11-20'],
    ['2026-11-20', '2026-11-20'],
    ['31.02.2026', undefined],
    ['i fjor', undefined],
    [' ', undefined],
    [undefined, undefined],
  ])('%s is the day %s', (text, day) => expect(dayIn(text, '2026-06-01' as IsoDate)).toBe(day))
})

test.each([
  ['1920', 'asset', 'assets'],
  ['2050', 'equity', 'equityAndLiabilities'],
  ['2400', 'liability', 'equityAndLiabilities'],
  ['3000', 'income', 'income'],
  ['8060', 'income', 'finance'],
  ['4300', 'expense', 'goods'],
  ['5000', 'expense', 'payroll'],
  ['6300', 'expense', 'otherCost'],
  ['7770', 'expense', 'otherCost'],
  ['8300', 'expense', 'finance'],
  ['A-100', 'expense', 'otherCost'],
  ['51000', 'asset', 'assets'],
] as const)('account %s, %s, stands under %s', (account, type, group) => expect(groupOf({ account, type })).toBe(group))
