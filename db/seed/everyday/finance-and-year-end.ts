import { type EverydayCase, incoming, invoice, one } from './case.ts'

export const finance: EverydayCase[] = [
  {
    key: 'bank-fee',
    group: 'finance',
    vouchers: [
      one('bank', '09-04', 'Gebyr for bankkort', [
        ['7770', 185, { vatCode: '0' }],
        ['1920', -185],
      ]),
    ],
  },
  {
    key: 'loan-instalment',
    group: 'finance',
    vouchers: [
      one('bank', '09-07', 'Termin på lån', [
        ['2220', 8_500],
        ['8150', 2_310],
        ['1920', -10_810],
      ]),
    ],
  },
  {
    key: 'interest-earned',
    group: 'finance',
    vouchers: [
      one('bank', '09-08', 'Renter på bankkonto', [
        ['1920', 640],
        ['8050', -640],
      ]),
    ],
  },
  {
    key: 'owner-lends-money',
    group: 'finance',
    vouchers: [
      one('bank', '09-09', 'Lån fra aksjonær', [
        ['1920', 50_000],
        ['2915', -50_000],
      ]),
      one('bank', '10-20', 'Lån til aksjonær tilbakebetalt', [
        ['2915', 50_000],
        ['1920', -50_000],
      ]),
    ],
  },
  {
    key: 'between-own-accounts',
    group: 'finance',
    vouchers: [
      one('bank', '09-10', 'Overført til skattetrekkskonto', [
        ['1950', 40_000],
        ['1920', -40_000],
      ]),
      one('bank', '09-15', 'Overført fra skattetrekkskonto', [
        ['1920', 40_000],
        ['1950', -40_000],
      ]),
    ],
  },
]

export const yearEnd: EverydayCase[] = [
  {
    key: 'prepaid-rent',
    group: 'year-end',
    vouchers: [
      incoming('10-01', 'Leie av lager, fjerde kvartal', [
        ['1700', 30_000, { vatCode: '0' }],
        ['2400:20007', -30_000, invoice('K-2219', '10-15')],
      ]),
      ...(['10-31', '11-30', '12-31'] as const).map((day) =>
        one('accrual', day, 'Leie av lager, månedens del', [
          ['6300', 10_000, { vatCode: '0' }],
          ['1700', -10_000],
        ]),
      ),
    ],
  },
  {
    key: 'accrued-insurance',
    group: 'year-end',
    vouchers: [
      incoming('10-05', 'Forsikring, tre måneder', [
        ['7500', 4_000, { vatCode: '0' }],
        ['2400:20013', -4_000, invoice('K-2220', '11-04')],
      ]),
      one('accrual', '10-31', 'Forsikring, flyttet til november og desember', [
        ['1720', 2_667],
        ['7500', -2_667, { vatCode: '0' }],
      ]),
      one('accrual', '11-30', 'Forsikring, november', [
        ['7500', 1_333, { vatCode: '0' }],
        ['1720', -1_333],
      ]),
      one('accrual', '12-31', 'Forsikring, desember', [
        ['7500', 1_334, { vatCode: '0' }],
        ['1720', -1_334],
      ]),
    ],
  },
  {
    key: 'accrued-cost',
    group: 'year-end',
    vouchers: [
      one('accrual', '12-31', 'Strøm desember, faktura ikke mottatt', [
        ['6340', 9_200, { vatCode: '0' }],
        ['2960', -9_200],
      ]),
    ],
  },
  {
    key: 'depreciation',
    group: 'year-end',
    vouchers: [
      one('depreciation', '12-31', 'Avskrivning høvel, ti måneder', [
        ['6015', 8_000],
        ['1200', -8_000, { vatCode: '0' }],
      ]),
    ],
  },
  {
    key: 'inventory-change',
    group: 'year-end',
    vouchers: [
      one('year-end', '12-31', 'Endring i varelager, butikk', [
        ['1460', 5_400],
        ['4390', -5_400, { vatCode: '0' }],
      ]),
    ],
  },
  {
    key: 'bad-debt-provision',
    group: 'year-end',
    vouchers: [
      one('year-end', '12-31', 'Avsetning for tap på krav', [
        ['7831', 6_000, { vatCode: '0' }],
        ['1580', -6_000],
      ]),
    ],
  },
  {
    key: 'tax-for-the-year',
    group: 'year-end',
    inDemo: false,
    vouchers: [
      one('year-end', '12-31', 'Skatt på årets resultat', [
        ['8300', 132_000],
        ['2500', -132_000],
      ]),
    ],
  },
  {
    key: 'result-to-equity',
    group: 'year-end',
    inDemo: false,
    vouchers: [
      one('year-end', '12-31', 'Disponering av resultatet', [
        ['8960', 318_000],
        ['8920', 150_000],
        ['2050', -318_000],
        ['2800', -150_000],
      ]),
    ],
  },
]
