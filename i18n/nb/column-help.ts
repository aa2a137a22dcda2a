/** What each column of the grids is for, as F1 says it in the cell and the help page lists it. A dimension is `dimension`, a month `month`. */
export const columnHelp = {
  voucher: {
    status: 'Hvor langt bilaget er kommet: ikke ferdig, klart, antall feil, eller bilagsnummeret når det er bokført.',
    voucher:
      'Rader med samme nummer er ett bilag. Nummeret er bare til å skille dem; det endelige gis når bilaget bokføres.',
    type: 'Bilagsarten bestemmer nummerserien. Skriv serien, for eksempel IF, eller begynnelsen av navnet.',
    date: 'Bilagsdatoen. Skriv 3, 0303, 030326 eller i går. Alle linjer i et bilag har samme dato.',
    documentDate: 'Datoen på fakturaen eller kvitteringen. Den bestemmer mva-terminen. Uten den gjelder bilagsdatoen.',
    account: 'Konto, eller kunde og leverandør. Skriv nummer eller navn; -navn søker leverandør, +navn søker kunde.',
    accountName: 'Navnet på kontoen, kunden eller leverandøren. Hentes fra registeret og kan ikke skrives her.',
    vatCode:
      'Mva-koden regner ut avgiften av linjens beløp. Kontoens vanlige kode fylles inn; skriv en annen for å endre den.',
    currency: 'Valutaen på fakturaen, for eksempel EUR. Stå tom for kroner.',
    currencyAmount: 'Beløpet i valutaen. Kroner regnes ut av kursen.',
    rate: 'Kurs i kroner, for eksempel 11,6543, eller 103,25/100 per hundre. Tom: kursen i tabellen på dokumentdatoen.',
    amount:
      'Debet uten fortegn, kredit med minus, med mva. Du kan regne i ruten: 1249,50+300, 12*15000. Ctrl Enter tar resten.',
    debit: 'Beløp i debet, med mva. Du kan regne i ruten: 1249,50+300, 12*15000.',
    credit: 'Beløp i kredit, med mva. Du kan regne i ruten: 1249,50+300, 12*15000.',
    vatAmount: 'Mva av linjen, beregnet av koden. Skriv over når fakturaen har avrundet annerledes.',
    vatAmountReason: 'Hvorfor mva-beløpet avviker mer enn grensen fra det beregnede. Kommer med i kontrollsporet.',
    dimension:
      'Avdeling, prosjekt eller en egen dimensjon. Skriv nummer eller navn. Noen konti krever den, noen tillater den ikke.',
    text: 'Linjens tekst. Tom: teksten øverst. Skriv en malnøkkel eller fordelingsnøkkel her for å få linjene foldet ut.',
    invoiceNumber:
      'Fakturanummeret hos kunden eller leverandøren. Brukes til utligning og til å finne dobbeltføringer.',
    dueDate: 'Forfallsdatoen. Bestemmer når posten regnes som forfalt.',
    paymentReference: 'KID på fakturaen. Kontrollsifferet sjekkes.',
    vatMode: 'Hva beløpet er: Brutto er med mva, Netto legger mva til, Uten regner ingen. Tom: brutto.',
    vatDate: 'Dagen som bestemmer mva-terminen, når den er en annen enn dokumentdatoen. Gjelder hele bilaget.',
    vatSpecification: 'Det mva-koden spør om i tillegg, for eksempel tap på krav. Velg i listen.',
    quantity: 'Antall, timer eller enheter. Skriv for eksempel 2,5. Påvirker ikke beløpet.',
    matches:
      'Åpne poster hos kunden eller leverandøren som linjen gjør opp. Velg i listen; velg en igjen for å ta den bort. Uten beløp fylles restbeløpet inn.',
    script:
      'Det linjen skal føre til i andre måneder: SPRE, AVSKR, FORDEL eller GJENTA. Månedene vises før du bokfører.',
  },
  budget: {
    account: 'Kontoen det budsjetteres på. En konto som ikke finnes, blir stående og merket; den telles ikke med.',
    accountName: 'Kontoens navn fra kontoplanen.',
    dimension: 'Avdeling, prosjekt eller en egen dimensjon for linjen. Tom: hele selskapet.',
    lastYear: 'Fjorårets bokførte tall på samme konto og dimensjon.',
    spread: 'Hvordan en årssum fordeles: jevnt, som i fjor, eller etter en sesongnøkkel.',
    total: 'Årets sum. Skriv her for å fordele på månedene; øret som blir til overs legges på de siste.',
    month: 'Månedens beløp. Du kan skrive summer, +5 % eller et regnestykke. Årssummen følger med.',
    actual: 'Bokført hittil i budsjettåret.',
    comment: 'Hva tallet bygger på. Vises for alle som ser budsjettet.',
  },
  opening: {
    account: 'Kontoen i det gamle regnskapet, med samme nummer her. 1500:10001 er konto og kunde.',
    accountName: 'Kontoens navn her, så du ser at det er riktig konto.',
    party: 'Kunde- eller leverandørnummer for en åpen post.',
    name: 'Navnet på kunden eller leverandøren. Finnes den ikke, opprettes den når balansen bokføres.',
    invoiceNumber: 'Fakturanummeret på den åpne posten.',
    paymentReference: 'KID, så innbetalingen kan utlignes av seg selv.',
    invoiceDate: 'Fakturadatoen på den åpne posten.',
    dueDate: 'Forfallsdatoen. Bestemmer aldersfordelingen.',
    amount: 'Saldoen eller restbeløpet. Debet uten fortegn, kredit med minus.',
    currency: 'Valutaen posten står i, når den ikke er i kroner.',
    currencyAmount: 'Restbeløpet i valutaen.',
    dimension: 'Avdeling, prosjekt eller en egen dimensjon som saldoen gjelder.',
    text: 'En tekst som følger posten inn i hovedboken.',
  },
  movements: {
    account: 'Kontoen i det gamle regnskapet, med samme nummer her.',
    accountName: 'Kontoens navn her, så du ser at det er riktig konto.',
    month: 'Det kontoen beveget seg i måneden, ikke saldoen. Debet uten fortegn, kredit med minus.',
    sum: 'Summen av månedene på raden.',
  },
}
