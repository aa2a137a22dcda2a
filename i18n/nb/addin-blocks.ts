/** Reports that are pulled into sheets, samples and findings: their columns, and the line under each. */
export const addinBlocks = {
  columns: {
    'trial-balance': ['Konto', 'Navn', 'Inngående', 'Debet', 'Kredit', 'Utgående'],
    'general-ledger': ['Konto', 'Bilag', 'Linje', 'Dato', 'Tekst', 'Mva-kode', 'Beløp', 'Saldo'],
    'voucher-journal': ['Nr.', 'Linje', 'Bilag', 'Dato', 'Konto', 'Tekst', 'Mva-kode', 'Beløp'],
    'customer-items': ['Post', 'Kunde', 'Navn', 'Bilag', 'Faktura', 'Dato', 'Forfall', 'Beløp', 'Rest'],
    'supplier-items': ['Post', 'Leverandør', 'Navn', 'Bilag', 'Faktura', 'Dato', 'Forfall', 'Beløp', 'Rest'],
    'vat-specification': ['Termin', 'Art', 'Mva-kode', 'Spesifikasjon', 'Sats', 'Grunnlag', 'Avgift'],
    'event-log': ['Nr.', 'Tidspunkt', 'Av', 'Hendelse', 'Gjelder', 'Endret fra og til'],
    entries: ['Dato', 'Bilag', 'Konto', 'Tekst', 'Beløp'],
    sample: ['Nr.', 'Bilag', 'Dato', 'Tekst', 'Beløp', 'Ført av', 'Kontrollert', 'Merknad'],
    journalTests: ['Test', 'Bilag', 'Dato', 'Tekst', 'Beløp', 'Ført av', 'Ført', 'Merknad'],
    firstDigits: ['Siffer', 'Antall', 'Andel', 'Ventet', 'Merknad'],
  },
  total: 'Sum',
  opening: 'Inngående',
  budget: 'Budsjett',
  vatKinds: { due: 'Å betale', deduction: 'Fradrag' },
  /** What each report must agree with, told in the line under it. */
  checks: {
    'trial-balance': { holds: 'Summen er null.', fails: 'Summen er ikke null.' },
    'general-ledger': { holds: 'Summen er null.', fails: 'Summen er ikke null.' },
    'voucher-journal': { holds: 'Summen er null.', fails: 'Summen er ikke null.' },
    'customer-items': { holds: 'Lik samlekontoene.', fails: 'Ikke lik samlekontoene.' },
    'supplier-items': { holds: 'Lik samlekontoene.', fails: 'Ikke lik samlekontoene.' },
    'vat-specification': { holds: 'Lik mva-kontoene.', fails: 'Ikke lik mva-kontoene.' },
    'event-log': { holds: '', fails: '' },
  },
  entriesFoot: 'Hovedbok: {address} {formula}, versjon {version}. Summen er cellen.',
  foot: 'Hovedbok: versjon {version}, hode {head}, {from} til {to}, hentet {at} UTC. Kontroller i panelet under Sjekk.',
  methods: { unit: 'pengeenhet', random: 'tilfeldig', largest: 'de største' },
  sampleFoot:
    'Hovedbok: utvalg ved {method}, frø {seed}, av {count} bilag til og med versjon {version}, hode {head}. Samme frø og versjon gir samme utvalg.',
  journalTests: {
    afterLock: 'Ført etter at måneden ble låst',
    weekend: 'Ført i en helg',
    late: 'Ført over 60 dager etter bilagsdato',
    round: 'Rund sum',
    twice: 'Samme dag, konti og beløp som et annet',
    reversal: 'Tilbakeføring',
    firstDigit: 'Begynner på et siffer som er for hyppig',
    noText: 'Uten tekst',
  },
  conspicuous: 'Oftere enn tilfeldig',
  digitsFoot:
    'Hovedbok: første siffer i {count} bilagsbeløp til og med versjon {version}, hode {head}. Ventet etter Benfords lov; under 300 beløp sier den lite.',
  journalFoot:
    'Hovedbok: {count} bilag til og med versjon {version}, hode {head}. Et funn er ingen feil, men noe å se på.',
  documentList: 'Liste',
  documentColumns: ['Bilag', 'Dato', 'Tekst', 'Beløp', 'Stempel', 'Fil', 'SHA-256', 'Stemmer med arkivet'],
  yes: 'ja',
  no: 'nei',
}
