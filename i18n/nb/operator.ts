/** The page of whoever looks after the installation. */
export const operator = {
  title: 'Driftsstatus',
  intro:
    'Selskapene i denne installasjonen: skjema, siste kontroll, siste sikkerhetskopi og størrelse. Ingen tall fra regnskapene.',
  link: 'Drift',
  good: 'Alle kontroller stemmer, og alle selskaper er sikkerhetskopiert.',
  failing: '{count} selskaper har kontroller som ikke stemmer.',
  notVerified: '{count} selskaper er aldri kontrollert.',
  notBackedUp: '{count} selskaper er aldri sikkerhetskopiert.',
  silent: '{count} databaser på denne siden svarer ikke.',
  behind:
    '{count} databaser på denne siden er på et eldre skjema. De oppgraderes når de åpnes, eller alle nå: npm run hovedbok -- upgrade --all',
  counts: '{companies} aktive selskaper. Eldste kontroll {verified}, eldste kopi {backup}.',
  never: 'aldri',
  none: 'Ingen selskaper ennå.',
  next: 'Neste {count}',
  first: 'Til de første',
  column: {
    company: 'Selskap',
    status: 'Status',
    schema: 'Skjema',
    verified: 'Siste kontroll',
    backup: 'Siste kopi',
    size: 'Databasens størrelse',
  },
  status: { active: 'Aktiv', importing: 'Under opprettelse', failed: 'Ikke i bruk' },
  noAnswer: 'Svarer ikke',
  older: 'eldre',
  holds: 'Stemmer',
  fails: '{count} feil',
  megabytes: '{size} MB',
}
