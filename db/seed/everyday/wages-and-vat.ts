import { ore } from '#worker/core/money.ts'
import { type EverydayCase, incoming, invoice, one } from './case.ts'

export const payroll: EverydayCase[] = [
  {
    key: 'wages',
    group: 'payroll',
    vouchers: [
      one('payroll', '07-31', 'Lønn, sommervikar', [
        ['5010', 24_000],
        ['2600', -7_200],
        ['2930', -16_800],
        ['5400', 3_384],
        ['2770', -3_384],
        ['5180', 2_880],
        ['2940', -2_880],
        ['5182', 406.08],
        ['2785', -406.08],
      ]),
      one('payment-out', '07-31', 'Lønn utbetalt, sommervikar', [
        ['2930', 16_800],
        ['1920', -16_800],
      ]),
      one('payment-out', '08-14', 'Forskuddstrekk og arbeidsgiveravgift, sommervikar', [
        ['2600', 7_200],
        ['2770', 3_384],
        ['1920', -10_584],
      ]),
    ],
  },
  {
    key: 'sick-pay-refund',
    group: 'payroll',
    vouchers: [
      one('bank', '08-20', 'Refusjon av sykepenger', [
        ['1920', 14_200],
        ['5800', -14_200],
      ]),
    ],
  },
  {
    key: 'travel-allowance',
    group: 'payroll',
    vouchers: [
      one('expense-claim', '08-24', 'Kjøregodtgjørelse og diett', [
        ['7100', 1_060, { vatCode: '0' }],
        ['7160', 397, { vatCode: '0' }],
        ['2910', -1_457],
      ]),
      one('payment-out', '08-26', 'Reise utbetalt', [
        ['2910', 1_457],
        ['1920', -1_457],
      ]),
    ],
  },
]

export const vat: EverydayCase[] = [
  {
    key: 'vat-settlement',
    group: 'vat',
    inDemo: false,
    vouchers: [
      one('vat', '02-28', 'Mva-oppgjør 1. termin', [
        ['2700', 84_210.5],
        ['2710', -31_045.2],
        ['2740', -53_165],
        ['7740', -0.3, { vatCode: '0' }],
      ]),
    ],
  },
  {
    key: 'vat-paid',
    group: 'vat',
    inDemo: false,
    vouchers: [
      one('payment-out', '04-10', 'Mva 1. termin betalt', [
        ['2740', 53_165],
        ['1920', -53_165],
      ]),
    ],
  },
  {
    key: 'vat-rounded-by-supplier',
    group: 'vat',
    vouchers: [
      incoming('09-02', 'Verktøy, leverandørens avrunding', [
        ['6500', 999.95, { vatCode: '1', vatAmount: ore(200_00) }],
        ['2400:20026', -999.95, invoice('K-2218', '10-02')],
      ]),
    ],
  },
]
