/** The page of the audit log. */
export const logPage = {
  title: 'Logg',
  link: 'Logg',
  intro: 'Hvem som gjorde hva, når og hvorfra. Ingenting her kan endres eller slettes.',
  chain: 'Forseglet til og med hendelse {sequence}. Kjedens hash:',
  from: 'Fra',
  to: 'Til',
  by: 'Hvem',
  about: 'Hva',
  everyone: 'Alle',
  everything: 'Alt',
  column: { at: 'Når', by: 'Hvem', what: 'Hva', subject: 'Gjelder', change: 'Endring', from: 'Hvorfra' },
  system: 'Hovedbok selv',
  operator: 'Lokal operatør',
  nobody: 'Ukjent',
  key: 'nøkkel',
  nothing: 'Ingen hendelser passer til valget.',
  older: 'Eldre',
  newest: 'Nyeste',
  csv: 'Last ned CSV',
  json: 'Last ned JSON',
  access: {
    title: 'Tilgangslogg',
    link: 'Tilgangslogg',
    books: 'Regnskapets logg',
    company:
      'Rettigheter, nøkler og uttrekk i {company}, og når selskapets egne medlemmer logger inn. Ingenting her kan endres eller slettes.',
    office:
      'Rettigheter og nøkler i {office} og hos klientene, og når medarbeiderne logger inn. Ingenting her kan endres eller slettes.',
    own: 'Min sikkerhetslogg',
    ownIntro: 'Alt som er skrevet ned om innloggingen og tilgangene dine, og det du har gjort med andres.',
  },
}
