import { type EverydayCase, invoice, one, outgoing } from './case.ts'

export const sales: EverydayCase[] = [
  {
    key: 'sale-standard-rate',
    group: 'sales',
    vouchers: [
      outgoing('04-02', 'Kjøkkenbenk', [
        ['1500:10004', 31_250, invoice('S-8801', '04-16')],
        ['3000', -31_250, { vatCode: '3' }],
      ]),
    ],
  },
  {
    key: 'sale-food',
    group: 'sales',
    vouchers: [
      outgoing('04-07', 'Kaffe og kaker, åpen dag', [
        ['1500:10008', 2_300, invoice('S-8802', '04-21')],
        ['3020', -2_300, { vatCode: '31' }],
      ]),
    ],
  },
  {
    key: 'sale-low-rate',
    group: 'sales',
    vouchers: [
      outgoing('04-08', 'Overnatting, utleiehytte', [
        ['1500:10011', 5_600, invoice('S-8803', '05-08')],
        ['3030', -5_600, { vatCode: '33' }],
      ]),
    ],
  },
  {
    key: 'sale-zero-rated',
    group: 'sales',
    vouchers: [
      outgoing('04-09', 'Brosjyre som bok, fritatt', [
        ['1500:10002', 4_000, invoice('S-8804', '05-09')],
        ['3100', -4_000, { vatCode: '5' }],
      ]),
    ],
  },
  {
    key: 'rent-outside-vat',
    group: 'sales',
    vouchers: [
      outgoing('04-10', 'Utleie av lagerrom', [
        ['1500:10010', 6_000, invoice('S-8805', '04-24')],
        ['3605', -6_000, { vatCode: '6' }],
      ]),
    ],
  },
  {
    key: 'export',
    group: 'sales',
    vouchers: [
      outgoing('04-14', 'Innredning til Östersund', [
        ['1500:10024', 42_000, invoice('S-8806', '05-14')],
        ['3120', -42_000, { vatCode: '52' }],
      ]),
    ],
  },
  {
    key: 'customer-credit-note',
    group: 'sales',
    vouchers: [
      outgoing('04-15', 'Bokhylle', [
        ['1500:10015', 12_500, invoice('S-8807', '04-29')],
        ['3000', -12_500, { vatCode: '3' }],
      ]),
      one('outgoing-credit-note', '04-17', 'Kreditnota, feil farge', [
        ['1500:10015', -12_500, invoice('S-8807')],
        ['3000', 12_500, { vatCode: '3' }],
      ]),
    ],
  },
  {
    key: 'card-sales',
    group: 'sales',
    vouchers: [
      one('general', '04-20', 'Dagsoppgjør butikk', [
        ['1949', 9_650],
        ['1910', 350],
        ['3000', -10_000, { vatCode: '3', dimensions: { department: '30' } }],
      ]),
      one('bank', '04-22', 'Kortoppgjør', [
        ['1920', 9_554],
        ['7770', 96, { vatCode: '0' }],
        ['1949', -9_650],
      ]),
      one('bank', '04-22', 'Kontanter satt inn', [
        ['1920', 350],
        ['1910', -350],
      ]),
    ],
  },
  {
    key: 'own-use-of-goods',
    group: 'sales',
    vouchers: [
      one('general', '04-23', 'Uttak av bord til eier', [
        ['1575', 5_000],
        ['3060', -5_000, { vatCode: '3', vatSpecification: 'uttak' }],
      ]),
      one('bank', '04-28', 'Eier betaler uttaket', [
        ['1920', 5_000],
        ['1575', -5_000],
      ]),
    ],
  },
  {
    key: 'prepayment-from-customer',
    group: 'sales',
    vouchers: [
      one('payment-in', '05-04', 'Forskudd på trapp', [
        ['1920', 20_000],
        ['2900', -20_000],
      ]),
      outgoing('05-26', 'Trapp, forskudd trukket fra', [
        ['1500:10016', 42_500, invoice('S-8808', '06-09')],
        ['2900', 20_000],
        ['3010', -62_500, { vatCode: '3' }],
      ]),
    ],
  },
  {
    key: 'asset-sold',
    group: 'sales',
    vouchers: [
      outgoing('05-06', 'Brukt båndsag', [
        ['1500:10010', 12_500, invoice('S-8809', '05-20')],
        ['3800', -12_500, { vatCode: '3' }],
      ]),
      one('general', '05-06', 'Båndsag ut av regnskapet', [
        ['7800', 8_000, { vatCode: '0' }],
        ['1200', -8_000, { vatCode: '0' }],
      ]),
    ],
  },
]
