/** The add-in's pages outside Excel: signing in, and help. */
export const addinHelp = {
  signIn: {
    title: 'Logg inn i Excel',
    asks: 'Excel ber om å få bruke Hovedbok som {user}.',
    allow: 'Fortsett som {user}',
    may: 'Excel får',
    scopes: {
      read: 'Lese regnskapet, så langt du selv får.',
      post: 'Bokføre bilag, og endre kontoplan, kunder og leverandører',
      budget: 'Lagre budsjetter',
      audit: 'Kontrollere hovedboken og lese endringsloggen',
    },
    note: 'Tilgangen gjelder denne nettleseren, og varer til du logger ut i panelet eller under Sikkerhet, eller ikke har brukt den på tolv timer. Bokføring krever at du har logget inn de siste tolv timene.',
    done: 'Du er logget inn. Du kan lukke dette vinduet.',
  },
  help: {
    title: 'Hovedbok i Excel',
    intro: 'Før bilag, hent tall og se bilagene bak dem uten å forlate arket.',
    vouchers: 'Bilag',
    vouchersText:
      'Velg Sett inn bilagsark i panelet. Skriv bilagsart, dato og konto på første linje; et bilag er linjene til summen blir null, eller de med samme bilag-ref. Kontroller prøver uten å bokføre. Bokfør skriver nummer og status på hver rad. Trykker du igjen, bokføres ingenting dobbelt.',
    functions: 'Funksjoner',
    functionsText: 'Alle tall i arbeidsboken er fra samme hovedbokversjon. Oppdater i panelet henter alle på nytt.',
    keys: 'Hurtigtaster',
    argument: 'Argument',
    optional: 'kan utelates',
  },
}
