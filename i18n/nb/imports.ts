/** What an import tells of: one sentence for each kind of thing that was not quite as it should be. */
export const told = {
  'account-made': 'Konto {account} sto ikke i kontoplanen i filen, og ble opprettet.',
  'account-no-control': 'Konto {account} har både kunder og leverandører. Den ble kontrollkonto for {kindName}.',
  'currency-not-kept': 'Valuta kunne ikke leses på alle linjer. Beløp i kroner er uendret.',
  'dimension-made': 'Dimensjonen {dimension} var ikke beskrevet i filen, og ble opprettet.',
  'dimension-value-made': 'Verdien {value} i {dimension} var ikke beskrevet i filen, og ble opprettet.',
  'dimension-not-kept': 'Linjer med flere verdier av {dimension} uten beløp fikk bare den første.',
  'opening-skipped': 'Selskapet har posteringer fra før. Inngående balanse i filen ble ikke bokført på nytt.',
  'opening-to-technical-party':
    'Konto {account}: {amount:kroner} av inngående balanse er ikke fordelt, og står på {kindName} {party}.',
  'other-company': 'Filen gjelder organisasjonsnummer {file}. Selskapet har {own}.',
  'party-other-name': '{KindName} {party} heter {name} i filen og {own} her. De er ført som samme.',
  'party-made': '{KindName} {party} sto ikke i registeret i filen, og ble opprettet.',
  'party-missing': 'Konto {account}: linjer uten {kindName} står på {kindName} {party}.',
  'party-not-kept': 'Konto {account} er ikke kontrollkonto. Kunde eller leverandør på linjene ble ikke med.',
  'period-differs': 'Transaksjonens periode er en annen enn datoens måned. Datoen gjelder.',
  'result-not-moved':
    'Resultatet for {year}, {result:kroner}, er ikke ført til egenkapitalen. Årsavslutningen foreslår bilaget.',
  'tax-not-kept': 'Linjer med flere avgiftskoder uten grunnlag for hver fikk bare den første.',
  'tax-code-unknown': 'Avgiftskode {taxCode} svarer ikke til noen standardkode. Linjene står uten mva-kode.',
  'text-cut': 'Tekster over 255 tegn ble kortet ned i posteringene. Filen er beholdt hel.',
  'transaction-empty': 'Transaksjon {transaction} har ingen beløp, og ble ikke bokført.',
  'transaction-outside': 'Transaksjonens dato er utenfor utvalget i filen. Den er bokført på sin dato.',
  'transaction-twice': 'Transaksjon {transaction} står flere ganger. Alle er bokført.',
  'vat-line-not-found': 'Mva med kode {taxCode}: fant ingen linje på mva-konto som svarer til beløpet.',
  'vat-not-registered': 'Filen har mva, men selskapet er ikke registrert i Merverdiavgiftsregisteret i filen.',
  'organisation-number': 'Organisasjonsnummer {value} har feil kontrollsiffer, og ble ikke med.',
} as const

/** Where the file does not agree with itself, or our books with the file. Every one stands in the answer. */
export const differences = {
  'opening-sum': 'Åpningsbalansen går ikke opp. {difference:kroner} står på 1999 Observasjonskonto.',
  'account-opening':
    'Konto {account} åpner med {file:kroner} i filen, {ours:kroner} i regnskapet. Differanse {difference:kroner}.',
  'account-closing':
    'Konto {account} slutter på {file:kroner} i filen, {ours:kroner} i regnskapet. Differanse {difference:kroner}.',
  'account-month':
    'Konto {account}, {period:month}: bevegelse i filen {file:kroner}, i regnskapet {ours:kroner}. Differanse {difference:kroner}.',
  'party-opening':
    '{KindName} {party} åpner med {file:kroner} i filen, {ours:kroner} i reskontro. Differanse {difference:kroner}.',
  'party-closing':
    '{KindName} {party} slutter på {file:kroner} i filen, {ours:kroner} i reskontro. Differanse {difference:kroner}.',
  'total-entries': 'Filen oppgir {file} transaksjoner, men har {ours}.',
  'total-debit': 'Filen oppgir sum debet {file:kroner}, men linjene har {ours:kroner}.',
  'total-credit': 'Filen oppgir sum kredit {file:kroner}, men linjene har {ours:kroner}.',
  'vat-base': 'Mva-kode {taxCode}, {period}: grunnlag i filen {file:kroner}, i regnskapet {ours:kroner}.',
  'vat-tax': 'Mva-kode {taxCode}, {period}: avgift i filen {file:kroner}, i regnskapet {ours:kroner}.',
} as const

/** Names of what an import has to make. */
export const made = {
  account: 'Konto {account}',
  customer: 'Uten kunde',
  supplier: 'Uten leverandør',
  observation: 'Observasjonskonto',
  receivables: 'Kundefordringer',
  payables: 'Leverandørgjeld',
  opening: 'Åpningsbalanse',
  openingItem: 'Faktura {invoice}',
  takenOver: 'Konto {account} i forrige system',
  importUndone: 'Importen er angret',
  movements: 'Bevegelser {month}',
}
