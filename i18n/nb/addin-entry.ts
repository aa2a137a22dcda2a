/** What stands in the pane before a company is open. */
export const addinEntry = {
  title: 'Hovedbok i Excel',
  lede: 'Før bilag, hent tall og se bilagene bak dem uten å forlate arket.',
  signIn: {
    button: 'Logg inn',
    waiting: 'Fullfør innloggingen i vinduet som ble åpnet.',
    withKey: 'Bruk en API-nøkkel',
    key: 'API-nøkkel',
    keyHelp: 'Gjelder til panelet lukkes. Nøkkelen blir aldri lagret i arbeidsboken.',
    useKey: 'Bruk nøkkelen',
  },
  companies: {
    title: 'Velg selskap',
    help: 'Arbeidsboken blir knyttet til selskapet du velger.',
    search: 'Søk på navn eller organisasjonsnummer',
    nothing: 'Ingen selskaper passer til søket.',
    restored: 'gjenopprettet {at}',
    none: 'Du har ikke tilgang til noe selskap ennå.',
    noneHelp: 'Be en administrator om å legge deg til.',
    bound: 'Arbeidsboken hører til {company}.',
    boundHelp: 'Bytt til en bruker som har tilgang, eller lag en ny arbeidsbok.',
    back: 'Tilbake',
  },
}
