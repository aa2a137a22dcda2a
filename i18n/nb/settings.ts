/** Company details. */
export const settings = {
  title: 'Innstillinger',
  company: {
    title: 'Selskapet',
    name: 'Navn',
    organisationNumber: 'Organisasjonsnummer',
    vatRegistered: 'Mva-registrert',
    reverseChargeLiable: 'Omvendt avgiftsplikt',
    vatTerm: 'Mva-termin',
    vatTerms: { 'two-months': 'To måneder', year: 'Hele året' },
    vatAmountLimit: 'Største avvik fra beregnet mva',
    vatAmountLimitHelp: 'Kroner. Større avvik krever begrunnelse på linjen.',
    matchDifferenceLimit: 'Største differanse ved utligning',
    matchDifferenceLimitHelp: 'Kroner. Bokføres som øredifferanse sammen med utligningen.',
    cutOverDate: 'Overgangsdato',
    cutOverDateHelp: 'Første dag som føres her. Tom: ingen grense.',
    created: 'Opprettet {date}',
    currency: 'Valuta {currency}',
  },
  lacking: 'Rollen din kan se dette, men ikke endre det.',
}
