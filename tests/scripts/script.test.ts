import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { problemText } from '#i18n/problem-text.ts'
import { readScript, scriptText } from '#worker/ledger/script.ts'

describe('what is read', () => {
  test.each([
    ['SPRE(10;3;1749)', { name: 'SPRE', from: { period: 10 }, months: 3, through: '1749', gather: undefined }],
    ['spre( 10, 3, 1749 )', { name: 'SPRE', from: { period: 10 }, months: 3, through: '1749', gather: undefined }],
    ['2:10,3,1749', { name: 'SPRE', from: { period: 10 }, months: 3, through: '1749', gather: undefined }],
    [
      '2026-03:2026-12;1749',
      { name: 'SPRE', from: { month: '2026-03' }, months: 10, through: '1749', gather: undefined },
    ],
    [
      'SPRE(2026-11:2027-02;1749)',
      { name: 'SPRE', from: { month: '2026-11' }, months: 4, through: '1749', gather: undefined },
    ],
    ['SPRE(0;12;1749;3)', { name: 'SPRE', from: { period: 0 }, months: 12, through: '1749', gather: { period: 3 } }],
    [
      'AVSKR(60;1200;6010)',
      { name: 'AVSKR', months: 60, asset: '1200', cost: '6010', from: undefined, gather: undefined },
    ],
    [
      'AVSKR(60;1200;6010;2026-09)',
      { name: 'AVSKR', months: 60, asset: '1200', cost: '6010', from: { month: '2026-09' }, gather: undefined },
    ],
    ['FORDEL(HUS)', { name: 'FORDEL', key: 'HUS' }],
    [
      'FORDEL(10=70;20=30)',
      {
        name: 'FORDEL',
        dimension: undefined,
        shares: [
          { code: '10', weight: 70_000_000 },
          { code: '20', weight: 30_000_000 },
        ],
      },
    ],
    [
      'FORDEL(project; P-7 = 33.3 %; P-9=66.7%)',
      {
        name: 'FORDEL',
        dimension: 'project',
        shares: [
          { code: 'P-7', weight: 33_300_000 },
          { code: 'P-9', weight: 66_700_000 },
        ],
      },
    ],
    ['GJENTA(11)', { name: 'GJENTA', times: 11, every: 1 }],
    ['GJENTA(3;3)', { name: 'GJENTA', times: 3, every: 3 }],
  ])('%s', (text, script) => {
    expect(readScript(text)).toEqual({ scripts: [script], fault: undefined })
  })
  test('several on one line', () => {
    expect(readScript('FORDEL(HUS) + SPRE(1;12;1749)').scripts.map((s) => s.name)).toEqual(['FORDEL', 'SPRE'])
  })
})

describe('what is not read, with the place and the cure', () => {
  test.each([
    ['SPREE(10;3;1749)', 'Tegn 1: «SPREE» er ikke en funksjon. Bruk SPRE, AVSKR, FORDEL eller GJENTA.'],
    ['SPRE 10;3;1749', 'Tegn 6: her skal det stå en parentes. Skriv det slik: SPRE(10;3;1749)'],
    ['SPRE(10;3;1749', 'Tegn 15: parentesen mangler slutt. Skriv det slik: SPRE(10;3;1749)'],
    ['SPRE(10;3)', 'Tegn 10: det mangler noe før parentesen. Skriv det slik: SPRE(10;3;1749)'],
    ['SPRE(10;3;1749;4;5)', 'Tegn 18: «5» er for mye. Skriv det slik: SPRE(10;3;1749)'],
    [
      'SPRE(10;tre;1749)',
      'Tegn 9: her skal det stå et antall fra 1 til 600, ikke «tre». Skriv det slik: SPRE(10;3;1749)',
    ],
    [
      'AVSKR(0;1200;6010)',
      'Tegn 7: her skal det stå et antall fra 1 til 600, ikke «0». Skriv det slik: AVSKR(60;1200;6010)',
    ],
    [
      'SPRE(2026-13;3;1749)',
      'Tegn 6: her skal det stå en periode fra 0 til 13 eller en måned som 2026-09, ikke «2026-13».',
    ],
    ['SPRE(1;3;)', 'Tegn 10: her skal det stå en konto. Skriv det slik: SPRE(10;3;1749)'],
    ['2026-12:2026-03;1749', 'Tegn 9: siste måned 2026-03 er før den første, eller for langt unna. Bytt om månedene.'],
    [
      '5:10,3,1749',
      'Tegn 1: kortformen leses bare for periodisering. Skriv 2:10,3,1749, eller bruk navnet på funksjonen.',
    ],
    ['FORDEL(10=70;20)', 'Tegn 14: «20» er ikke en andel. Skriv verdi og vekt med = mellom, for eksempel 10=70.'],
    ['FORDEL(10=70;10=30)', 'Tegn 14: 10 står to ganger i fordelingen. Ta den ene bort.'],
    ['GJENTA(3) GJENTA(2)', 'Tegn 11: GJENTA står to ganger på linjen. Ta den ene bort.'],
    ['   ', 'Scriptet er tomt. Skriv for eksempel SPRE(10;3;1749)'],
  ])('%s', (text, told) => {
    const { fault } = readScript(text)
    expect(problemText('script/invalid', { ...fault! }, 'nb')).toBe(told)
    expect(problemText('script/invalid', { ...fault! }, 'en')).not.toContain('{')
  })
  test('no text makes the reader stop or throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[A-Z0-9;:,=()+ .-]{0,40}$/)), (text) => {
        const { scripts, fault } = readScript(text)
        expect(scripts.length > 0 || fault !== undefined).toBe(true)
        if (fault) expect(fault.at).toBeLessThanOrEqual(text.length + 1)
      }),
    )
  })
})

test('a remedy that is offered can be read again', () => {
  for (const text of ['SPRE(2026-04;12;1749;2026-06)', 'AVSKR(60;1200;6010;2026-09;2026-10)', 'AVSKR(60;1200;6010)']) {
    const script = readScript(text).scripts[0] as Parameters<typeof scriptText>[0]
    expect(scriptText(script)).toBe(text)
  }
})
