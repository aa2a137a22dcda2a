import { expect, test } from 'vitest'
import { day, fill, kroner, moment, month, organisationNumber, plainKroner, wholeKroner } from '#i18n/format.ts'
import { problemText, withText } from '#i18n/problem-text.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

test('kroner are written the Norwegian way, and the English', () => {
  expect([0, 1, -5, 123_450, -123_456_789].map((n) => plain(kroner(n, 'nb')))).toEqual([
    '0,00',
    '0,01',
    '−0,05',
    '1 234,50',
    '−1 234 567,89',
  ])
  expect([123_450, -123_456_789].map((n) => kroner(n, 'en'))).toEqual(['1,234.50', '−1,234,567.89'])
  expect([149, 150, -150, -49].map((n) => plain(wholeKroner(n, 'nb')))).toEqual(['1', '2', '−2', '0'])
  expect([plainKroner(-123_450, 'nb'), plainKroner(5, 'en')]).toEqual(['-1234,50', '0.05'])
})

test('days, months and moments in Norwegian time', () => {
  expect([day('2026-11-20'), month('2026-10', 'nb'), month('2026-10', 'en')]).toEqual([
    '20.11.2026',
    'oktober 2026',
    'October 2026',
  ])
  expect(moment('2026-12-31T23:30:00Z')).toMatch(/^01\.01\.2027,? 00:30$/)
  expect(plain(organisationNumber('313482901'))).toBe('313 482 901')
})

test('a text takes the first part whose values are there', () => {
  const text = 'Konto {account} finnes ikke.[ Mente du {suggestion}?| Velg en fra kontoplanen.][ Fra {day:day}.]'
  expect(fill(text, { account: '6801', suggestion: '6800' }, 'nb')).toBe('Konto 6801 finnes ikke. Mente du 6800?')
  expect(fill(text, { account: '9', day: '2026-01-02' }, 'nb')).toBe(
    'Konto 9 finnes ikke. Velg en fra kontoplanen. Fra 02.01.2026.',
  )
  const rows = '{n} {n#rad er/rader er} lest før {at:moment}.'
  expect([1, 2].map((n) => fill(rows, { n, at: '2026-12-31T23:30:00Z' }, 'nb'))).toEqual([
    expect.stringMatching(/^1 rad er lest før 01\.01\.2027,? 00:30\.$/),
    expect.stringMatching(/^2 rader er lest/),
  ])
  expect(fill('{codes:list}', { codes: ['0', '1', '11'] }, 'nb')).toBe('0, 1 eller 11')
})

test('a reason has a text of its own, and a fix its label', () => {
  expect(problemText('field/invalid', { reason: 'payment-reference', value: '12' }, 'nb')).toContain('KID 12')
  const issue = {
    code: 'vat-code/required',
    params: { account: '6800', vatCode: '1' },
    fix: { pointer: '#', value: '1' },
  }
  expect(withText(issue, 'en')).toMatchObject({
    message: 'Account 6800 requires a VAT code. The usual one is 1.',
    fix: { label: 'Use code 1' },
  })
})
