import { type EverydayCase, incoming, invoice, one, outgoing } from './case.ts'

export const payments: EverydayCase[] = [
  {
    key: 'customer-pays',
    group: 'payments',
    vouchers: [
      outgoing('05-11', 'Dører', [
        ['1500:10005', 25_000, invoice('S-8810', '06-10')],
        ['3000', -25_000, { vatCode: '3' }],
      ]),
      one('payment-in', '06-09', 'Innbetaling fra kunde', [
        ['1920', 25_000],
        ['1500:10005', -25_000, invoice('S-8810')],
      ]),
    ],
  },
  {
    key: 'supplier-paid',
    group: 'payments',
    vouchers: [
      incoming('05-12', 'Lakk', [
        ['4000', 6_875, { vatCode: '1' }],
        ['2400:20005', -6_875, invoice('K-2216', '06-11')],
      ]),
      one('payment-out', '06-11', 'Betalt leverandør', [
        ['2400:20005', 6_875, invoice('K-2216')],
        ['1920', -6_875],
      ]),
    ],
  },
  {
    key: 'paid-with-rounding',
    group: 'payments',
    vouchers: [
      outgoing('05-13', 'Listverk', [
        ['1500:10017', 1_875.5, invoice('S-8811', '05-27')],
        ['3000', -1_875.5, { vatCode: '3' }],
      ]),
      one('payment-in', '05-27', 'Innbetaling, øre mangler', [
        ['1920', 1_875],
        ['7740', 0.5, { vatCode: '0' }],
        ['1500:10017', -1_875.5, invoice('S-8811')],
      ]),
    ],
  },
  {
    key: 'currency-payment-with-loss',
    group: 'payments',
    vouchers: [
      incoming('05-18', 'Beslag, 2 000 euro', [
        ['4300', 23_300, { vatCode: '21', currency: 'EUR', currencyAmount: 200_000 }],
        ['2400:20015', -23_300, { currency: 'EUR', currencyAmount: -200_000, ...invoice('K-2217', '06-17') }],
      ]),
      one('payment-out', '06-17', 'Betalt 2 000 euro, kursen er steget', [
        ['2400:20015', 23_300, { currency: 'EUR', currencyAmount: 200_000, ...invoice('K-2217') }],
        ['8160', 260],
        ['1920', -23_560],
      ]),
    ],
  },
  {
    key: 'paid-with-reminder-fee',
    group: 'payments',
    vouchers: [
      one('payment-in', '06-18', 'Purregebyr og renter fra kunde', [
        ['1920', 172],
        ['3950', -35, { vatCode: '7' }],
        ['8055', -137],
      ]),
    ],
  },
  {
    key: 'bad-debt',
    group: 'payments',
    vouchers: [
      outgoing('05-19', 'Vinduer', [
        ['1500:10018', 18_750, invoice('S-8812', '06-02')],
        ['3000', -18_750, { vatCode: '3' }],
      ]),
      one('general', '11-30', 'Konkurs, krav tapt', [
        ['7830', 18_750, { vatCode: '1', vatSpecification: 'tapPåKrav' }],
        ['1500:10018', -18_750, invoice('S-8812')],
      ]),
    ],
  },
]
