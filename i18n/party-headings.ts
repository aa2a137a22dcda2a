/** What headings of a list of customers or suppliers mean; small letters only, as people's own lists have them. */
const WORDS = {
  number: [
    'nummer',
    'nr',
    'kundenr',
    'kundenummer',
    'leverandørnr',
    'leverandørnummer',
    'number',
    'customerno',
    'supplierno',
    'customernumber',
    'suppliernumber',
  ],
  name: ['navn', 'kundenavn', 'leverandørnavn', 'firmanavn', 'name', 'customername', 'suppliername', 'companyname'],
  organisationNumber: [
    'orgnr',
    'organisasjonsnummer',
    'organisasjonsnr',
    'organisasjonsnummermva',
    'orgnummer',
    'foretaksnummer',
    'vatnumber',
    'orgno',
    'organisationnumber',
    'organizationnumber',
    'companynumber',
  ],
  address: ['adresse', 'postadresse', 'gateadresse', 'address', 'street'],
  postalCode: ['postnr', 'postnummer', 'postalcode', 'postcode', 'zip'],
  city: ['poststed', 'sted', 'by', 'city'],
  country: ['land', 'landkode', 'country', 'countrycode'],
  email: ['epost', 'epostadresse', 'mail', 'email'],
  phone: ['telefon', 'tlf', 'mobil', 'phone', 'telephone', 'mobile'],
  bankAccount: ['kontonummer', 'bankkonto', 'bankkontonummer', 'kontonr', 'bankaccount', 'iban'],
  paymentTermsDays: [
    'betalingsfrist',
    'forfallsdager',
    'betalingsbetingelser',
    'dager',
    'paymentterms',
    'paymenttermsdays',
  ],
  controlAccount: ['reskontrokonto', 'samlekonto', 'kontrollkonto', 'controlaccount'],
  defaultAccount: [
    'debetkonto',
    'standardkonto',
    'fastdebetkonto',
    'kostnadskonto',
    'motkonto',
    'defaultaccount',
    'costaccount',
  ],
  defaultVatCode: ['mvakode', 'mva', 'vatcode', 'vat'],
  defaultDimensions: ['dimensjoner', 'fastedimensjoner', 'dimensions', 'defaultdimensions'],
  active: ['aktiv', 'active'],
  note: ['notat', 'merknad', 'kommentar', 'note', 'notes', 'comment', 'remarks'],
  externalNumber: ['gammeltnummer', 'gammeltnr', 'oldnumber', 'externalnumber'],
} as const

export type PartyColumn = keyof typeof WORDS
export const partyHeadings: Readonly<Record<string, PartyColumn>> = Object.fromEntries(
  Object.entries(WORDS).flatMap(([column, words]) => words.map((word) => [word, column as PartyColumn])),
)

/** How lists say yes and no, and a sheet its true and false, in Norwegian or English. */
const YES = new Set(['ja', 'yes', 'true', 'sann', 'x', '1', 'j', 'y', 'aktiv', 'active'])
const NO = new Set(['nei', 'no', 'false', 'usann', '0', 'n', 'inaktiv', 'inactive'])
export function yesOrNo(text: string): boolean | undefined {
  const word = text.trim().toLowerCase()
  return YES.has(word) ? true : NO.has(word) ? false : undefined
}
