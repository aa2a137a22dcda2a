import { budgetGrid as en } from './en/budget-grid.ts'
import { budgetGrid as nb } from './nb/budget-grid.ts'

/** Words found in budget sheets, in small letters without marks: people paste what they were given. */
export const budgetSheetWords: Record<string, readonly string[]> = {
  account: [
    'konto',
    'kontonr',
    'kontonummer',
    'konto nr',
    'konto nummer',
    'kto',
    'account',
    'account no',
    'account number',
    'acct',
  ],
  accountName: ['kontonavn', 'konto navn', 'navn', 'beskrivelse', 'betegnelse', 'account name', 'name', 'description'],
  total: [
    'sum',
    'total',
    'totalt',
    'året',
    'år',
    'hele året',
    'helår',
    'årssum',
    'årsbudsjett',
    'budsjett',
    'year',
    'full year',
    'year total',
    'budget',
    'sum år',
    'sum året',
    'totalsum',
  ],
  spread: ['fordeling', 'fordelingsnøkkel', 'nøkkel', 'spread', 'spread key', 'key'],
  comment: ['kommentar', 'kommentarer', 'merknad', 'notat', 'comment', 'comments', 'note', 'notes'],
  month: ['måned', 'mnd', 'periode', 'month', 'period', 'dato', 'date'],
  amount: ['beløp', 'amount', 'verdi', 'value'],
  sign: ['fortegn', 'sign'],
  skip: [
    'budsjettnavn',
    'versjon',
    'budsjettversjon',
    'regnskapsår',
    'budget version',
    'fiscal year',
    'fjoråret',
    'i fjor',
    'last year',
    'hittil i år',
    'so far this year',
    'faktisk',
    'actual',
    'avvik',
    'variance',
    'status',
    'melding',
    'message',
  ],
}

const names: readonly (readonly string[])[] = [
  ['jan', 'januar', 'january'],
  ['feb', 'februar', 'february', 'febr'],
  ['mar', 'mars', 'march'],
  ['apr', 'april'],
  ['mai', 'may'],
  ['jun', 'juni', 'june'],
  ['jul', 'juli', 'july'],
  ['aug', 'august'],
  ['sep', 'sept', 'september'],
  ['okt', 'oct', 'oktober', 'october'],
  ['nov', 'november'],
  ['des', 'dec', 'desember', 'december'],
]

/** Names of months, 1 to 12. */
export const MONTH_WORDS: ReadonlyMap<string, number> = new Map(
  names.flatMap((words, i) => words.map((word) => [word, i + 1] as const)),
)

/** What a sheet may call the keys that every company has. */
export const spreadWords: Readonly<Record<'even' | 'last-year', readonly string[]>> = {
  even: ['even', 'jevnt', 'evenly', 'flat', 'lik', 'likt'],
  'last-year': ['last-year', 'som i fjor', 'as last year', 'last year', 'i fjor', 'fjoråret'],
}

/** What tells that figures are in thousands, as whole words. */
export const thousandWords: readonly string[] = [
  'tnok',
  'tkr',
  'i tusen',
  'i hele tusen',
  'in thousands',
  'i 1000',
  'i 1 000',
  'nok 1000',
  'nok 1 000',
  'kr 1000',
  'kr 1 000',
]

/** What our own export, in either language, calls the sign its amounts have. */
export const signWords: Readonly<Record<'natural' | 'debit' | 'result', readonly string[]>> = {
  natural: [nb.natural.toLowerCase(), en.natural.toLowerCase()],
  debit: [nb.debit.toLowerCase(), en.debit.toLowerCase()],
  result: [nb.result.toLowerCase(), en.result.toLowerCase()],
}
