import { type EverydayCase, incoming, invoice, one } from './case.ts'

export const purchases: EverydayCase[] = [
  {
    key: 'purchase-standard-rate',
    group: 'purchases',
    vouchers: [
      incoming('02-03', 'Kontorrekvisita', [
        ['6800', 1_250, { vatCode: '1' }],
        ['2400:20017', -1_250, invoice('K-2201', '02-17')],
      ]),
    ],
  },
  {
    key: 'purchase-two-rates',
    group: 'purchases',
    vouchers: [
      incoming('02-05', 'Møterom og mat', [
        ['6860', 2_500, { vatCode: '1' }],
        ['5910', 1_150, { vatCode: '11' }],
        ['2400:20012', -3_650, invoice('K-2202', '02-19')],
      ]),
    ],
  },
  {
    key: 'purchase-travel-low-rate',
    group: 'purchases',
    vouchers: [
      incoming('02-10', 'Hotell og ferge', [
        ['7140', 2_240, { vatCode: '13' }],
        ['2400:20023', -2_240, invoice('K-2203', '02-24')],
      ]),
    ],
  },
  {
    key: 'purchase-net-amount',
    group: 'purchases',
    vouchers: [
      incoming('02-11', 'Annonse', [
        ['7320', 4_000, { vatCode: '1', vatMode: 'net' }],
        ['2400:20022', -5_000, invoice('K-2204', '02-25')],
      ]),
    ],
  },
  {
    key: 'purchase-split-departments',
    group: 'purchases',
    vouchers: [
      incoming('02-12', 'Renhold', [
        ['6360', 6_250, { vatCode: '1', dimensions: { department: '10' } }],
        ['6360', 3_750, { vatCode: '1', dimensions: { department: '30' } }],
        ['2400:20021', -10_000, invoice('K-2205', '03-14')],
      ]),
    ],
  },
  {
    key: 'purchase-insurance-no-vat',
    group: 'purchases',
    vouchers: [
      incoming('02-16', 'Forsikring av verksted', [
        ['7500', 7_480, { vatCode: '0' }],
        ['2400:20013', -7_480, invoice('K-2206', '03-18')],
      ]),
    ],
  },
  {
    key: 'entertainment-not-deductible',
    group: 'purchases',
    vouchers: [
      incoming('02-18', 'Middag med kunde', [
        ['7370', 2_875, { vatCode: '0' }],
        ['2400:20023', -2_875, invoice('K-2207', '03-04')],
      ]),
    ],
  },
  {
    key: 'gift-to-customer',
    group: 'purchases',
    vouchers: [
      incoming('02-19', 'Gave til kunde', [
        ['7430', 800, { vatCode: '0' }],
        ['2400:20017', -800, invoice('K-2208', '03-05')],
      ]),
    ],
  },
  {
    key: 'passenger-car-no-deduction',
    group: 'purchases',
    vouchers: [
      incoming('02-20', 'Drivstoff personbil', [
        ['7000', 1_120, { vatCode: '0' }],
        ['2400:20011', -1_120, invoice('K-2209', '03-06')],
      ]),
    ],
  },
  {
    key: 'fixed-asset-bought',
    group: 'purchases',
    vouchers: [
      incoming('03-02', 'Avrettingshøvel', [
        ['1200', 60_000, { vatCode: '1' }],
        ['2400:20006', -60_000, invoice('K-2210', '04-01')],
      ]),
    ],
  },
  {
    key: 'services-from-abroad',
    group: 'purchases',
    vouchers: [
      incoming('03-04', 'Skytjeneste fra Irland', [
        ['6425', 2_400, { vatCode: '86' }],
        ['2400:20014', -2_400, invoice('K-2211', '03-18')],
      ]),
    ],
  },
  {
    key: 'services-from-abroad-not-deductible',
    group: 'purchases',
    vouchers: [
      incoming('03-05', 'Artist til kundekveld', [
        ['7370', 8_000, { vatCode: '87' }],
        ['2400:20015', -8_000, invoice('K-2212', '04-04')],
      ]),
    ],
  },
  {
    key: 'goods-from-abroad',
    group: 'purchases',
    vouchers: [
      incoming('03-09', 'Beslag fra Tyskland', [
        ['4300', 24_000, { vatCode: '21' }],
        ['2400:20015', -24_000, invoice('K-2213', '04-08')],
      ]),
      one('vat', '03-11', 'Tolldeklarasjon, beslag', [
        ['4330', 24_500, { vatCode: '81' }],
        ['4330', -24_500, { vatCode: '0' }],
      ]),
    ],
  },
  {
    key: 'purchase-in-euro',
    group: 'purchases',
    vouchers: [
      incoming('03-12', 'Beslag, 1 000 euro', [
        ['4300', 11_650, { vatCode: '21', currency: 'EUR', currencyAmount: 100_000 }],
        ['2400:20015', -11_650, { currency: 'EUR', currencyAmount: -100_000, ...invoice('K-2214', '04-11') }],
      ]),
    ],
  },
  {
    key: 'supplier-credit-note',
    group: 'purchases',
    vouchers: [
      incoming('03-16', 'Plater', [
        ['4000', 18_750, { vatCode: '1' }],
        ['2400:20002', -18_750, invoice('K-2215', '04-15')],
      ]),
      one('incoming-credit-note', '03-18', 'Kreditnota, skadde plater', [
        ['4000', -3_750, { vatCode: '1' }],
        ['2400:20002', 3_750, invoice('K-2215')],
      ]),
    ],
  },
  {
    key: 'expense-claim',
    group: 'purchases',
    vouchers: [
      one('expense-claim', '03-19', 'Utlegg, bompenger og parkering', [
        ['7050', 248, { vatCode: '0' }],
        ['7140', 500, { vatCode: '1' }],
        ['2910', -748],
      ]),
      one('payment-out', '03-23', 'Utlegg tilbakebetalt', [
        ['2910', 748],
        ['1920', -748],
      ]),
    ],
  },
]
