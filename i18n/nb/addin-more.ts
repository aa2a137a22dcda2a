/** What is seldom needed: language, the workbook as a whole, the user. */
export const addinMore = {
  probes: 'For utviklere: prøv Excel',
  probesHelp:
    'Stiller små spørsmål til dette Excel, i ark som slettes igjen. Bruk en tom arbeidsbok. Svarene legges i tests/fixtures/excel-probes.',
  runProbes: 'Kjør prøvene',
  probeAnswers: '{count} svar',
  language: 'Språk',
  sheets: 'Sett inn ark',
  workbook: 'Arbeidsboken',
  clear: 'Tøm for ny bruk',
  clearHelp:
    'Fjerner status, nummer og nøkler fra bokførte linjer, så de kan fylles på nytt. Det som er bokført, står i hovedboken.',
  keys: 'Hurtigtaster',
  keysHelp: 'Virker både i arket og i panelet.',
  keysChoice: 'Virker både i arket og i panelet. Velg en annen bokstav der en tast er opptatt.',
  keyOf: 'Bokstav for {command}',
  keyUse: 'Bruk {keys}',
  keysTaken: '{keys} brukes av Excel eller et annet tillegg. Velg en annen bokstav.',
  keysFailed: 'Excel endret ikke tastene, så de er som før. Prøv igjen, eller åpne panelet på nytt.',
  keysReset: 'Bruk de opprinnelige tastene',
  user: 'Bruker',
  signOut: 'Logg ut',
  help: 'Hjelp og funksjoner',
  /** What the kinds of sheets are for. */
  sheetHelp: {
    vouchers: 'Bilag skrives eller limes inn, prøvekjøres og bokføres herfra.',
    budget: 'Konti nedover og måneder bortover. Bare endrede celler sendes, og ingenting av andres skrives over.',
    opening: 'Saldoer og åpne poster fra det gamle systemet, kontrollert mens de fylles ut, og bokført som ett bilag.',
    movements:
      'Bevegelser per måned fra det gamle systemet, kontrollert mens de fylles ut, og bokført som ett bilag i måneden.',
    comparison: 'Fjorårets tall per måned fra det gamle systemet, til sammenligning i rapportene. Ingenting bokføres.',
    accounts: 'Kontoplanen som rader. Bare endrede rader sendes, nye skrives nederst.',
    parties: 'Registeret som rader. Bare endrede rader sendes, og samme rad to ganger dobler ingenting.',
  },
}
