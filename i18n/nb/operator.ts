/** The page of whoever looks after the installation. */
export const operator = {
  title: 'Driftsstatus',
  intro:
    'Selskapene i denne installasjonen: skjema, siste kontroll, siste sikkerhetskopi og størrelse. Ingen tall fra regnskapene.',
  link: 'Drift',
  good: 'Alle kontroller stemmer, og alle selskaper er sikkerhetskopiert.',
  failing: 'Selskaper med kontroller som ikke stemmer: {count}.',
  notVerified: 'Selskaper som aldri er kontrollert: {count}.',
  notBackedUp: 'Selskaper som aldri er sikkerhetskopiert: {count}.',
  lateVerification: 'Selskaper som ikke er kontrollert de siste tre timene: {count}.',
  lateBackup: 'Selskaper som ikke er sikkerhetskopiert de siste 36 timene: {count}.',
  unfinished: 'Faste kjøringer som ikke er ferdige etter tre timer: {count}. Se loggen (schedule).',
  instance: {
    'control-log-broken':
      'Loggen over tilganger er endret utenfor produktet. Sammenlign kontrolldatabasen med en sikkerhetskopi.',
    'heads-of-a-day-changed':
      'Kjedehoder som ble lagret en tidligere dag, er endret i kontrolldatabasen. Sammenlign den med filene i heads/.',
  },
  quarantined:
    'Databaser på denne siden som er satt til side, fordi filen er skadet: {count}. Gjenopprett filen fra en sikkerhetskopi, og ta bort merket ved siden av den (.quarantined).',
  silent: 'Databaser på denne siden som ikke svarer: {count}.',
  behind:
    'Databaser på denne siden med eldre skjema: {count}. De oppgraderes når de åpnes, eller alle nå: npm run hovedbok -- upgrade --all',
  counts:
    'Aktive selskaper: {companies}. Under opprettelse eller ikke i bruk: {unopened}. Eldste kontroll: {verified}. Eldste kopi: {backup}.',
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
  setAside: 'Satt til side',
  older: 'eldre',
  holds: 'Stemmer',
  fails: '{count} feil',
  megabytes: '{size} MB',
}
