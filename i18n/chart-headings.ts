/** Columns of a chart that is brought in. */
type ChartColumn =
  | 'number'
  | 'nameNb'
  | 'nameEn'
  | 'defaultVatCode'
  | 'groupingCategory'
  | 'groupingCode'
  | 'externalNumber'

const WORDS: Record<ChartColumn, readonly string[]> = {
  number: ['konto', 'kontonr', 'kontonummer', 'nummer', 'account', 'accountno', 'number'],
  nameNb: ['navn', 'kontonavn', 'navnnorsk', 'name', 'accountname', 'namenb', 'accountnamenb'],
  nameEn: ['navnengelsk', 'engelsknavn', 'nameen', 'englishname', 'kontonavnen', 'accountnameen'],
  defaultVatCode: ['mva', 'mvakode', 'vat', 'vatcode'],
  groupingCategory: ['saftkategori', 'kategori', 'groupingcategory'],
  groupingCode: ['saftkode', 'grupperingskode', 'groupingcode'],
  externalNumber: ['gammeltnummer', 'gammelkonto', 'oldnumber', 'externalnumber'],
}

/** What a heading means, Norwegian or English, in small letters without spaces and signs. */
export const chartHeadings: Readonly<Record<string, ChartColumn>> = Object.fromEntries(
  Object.entries(WORDS).flatMap(([column, words]) => words.map((word) => [word, column as ChartColumn])),
)
