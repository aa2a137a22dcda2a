/** Help: short guides, what each page is for, and the labels of the help pages. */
export const help = {
  title: 'Hjelp',
  lead: 'F1 eller ? hjelper der du står: i en rute om kolonnen og feilen, ellers om siden og tastene dens.',
  aboutPage: 'Om denne siden',
  more: 'Hele hjelpen',
  guides: 'Kom i gang',
  pages: 'Sidene',
  columns: 'Kolonnene',
  grids: { voucher: 'Føre bilag', budget: 'Budsjett', opening: 'Åpningsbalanse', movements: 'Bevegelser' },
  dimension: 'Avdeling, prosjekt og egne',
  month: 'Månedene',
  everyday: 'Slik føres det: vanlige tilfeller med ferdige posteringer',
  excel: 'Hjelp for Excel',
  problems: 'Feil og advarsler',
  problemsLead: 'Hver melding har en fast kode. Her står hva som er galt og hva du kan gjøre.',
  problemsLink: 'Alle feil og advarsler, med årsak og råd',
  cure: 'Råd:',
  says: 'Meldingen:',
  backToHelp: 'Til hjelpen',
  guide: {
    voucher: {
      title: 'Ditt første bilag',
      steps: [
        'Trykk N, eller velg Bilag og Nytt bilag.',
        'Skriv bilagsart, dato og tekst. Enter går videre. Datoen kan være 3, 0303 eller i går.',
        'Skriv konto eller navn, velg i listen, og skriv beløpet. Mva-koden kommer av seg selv.',
        'På siste linje: skriv motkontoen og trykk Ctrl Enter, så tar linjen resten.',
        'Se posteringene til høyre. Trykk Ctrl B for å bokføre.',
      ],
    },
    takeover: {
      title: 'Ta over et regnskap',
      steps: [
        'Velg Ny klient på forsiden, og slipp SAF-T-filen fra det gamle systemet.',
        'Når den er lest inn, sammenlignes hver konto, kunde og leverandør med filen. Du ser om alt stemmer.',
        'Uten SAF-T: opprett et tomt regnskap, lim inn kontoplan, kunder og leverandører, og før åpningsbalansen under Perioder.',
        'Listen er klar når hver kontrollkonto er null i avvik. Da bokføres den som ett bilag.',
      ],
    },
    report: {
      title: 'Din første rapport',
      steps: [
        'Trykk G og så S for saldobalansen, eller G og E for resultatet.',
        'Trykk på et tall for å se posteringene bak, og på bilaget for å se dokumentet. Esc går tilbake.',
        'To streker under summen betyr at kontrollene holder for den versjonen du ser.',
        'Trykk E for å ta rapporten med til Excel, PDF eller CSV.',
      ],
    },
  },
  own: {
    entry:
      'Her fører du bilag. Enter går videre, − søker leverandør og + kunde, Ctrl Enter tar resten, og F1 i en rute forklarer kolonnen. Slipp dokumentet hvor som helst på siden.',
    voucher: 'Bilaget slik det er bokført, med dokumenter, spor og plass i kjeden. T tilbakefører, R korrigerer.',
    document:
      'Dokumentet, hva det er lagt ved, og hvem som har sett på det. Før bilag på det, eller avvis det med grunn.',
    budget: 'Skriv eller lim inn beløp per konto og måned. Fordel et årsbeløp jevnt, som i fjor eller etter sesong.',
    party: 'Kortet til en kunde eller leverandør: opplysninger, kontakter, åpne poster og kontoutdrag.',
    account: 'Kontoens navn, mva-koder og krav, og hvem som har endret dem. En brukt konto kan stenges, ikke slettes.',
    proposals: 'Poster som ser ut til å høre sammen, og betalinger uten motpost. Ingenting utlignes før du sier det.',
    year: 'Årsavslutningen steg for steg: kontroller, resultat, låsing og nytt år.',
    revaluation: 'Åpne poster i valuta til dagens kurs. Du ser bilaget før det bokføres.',
    members: 'Hvem som har tilgang til selskapet, og hva hver rolle får gjøre.',
    auditors: 'Tidsbegrenset lesetilgang for revisor. Alt revisor åpner, står i loggen.',
    voucherTypes: 'Bilagsartene: nummerserie, og hva hver krever før den kan bokføres.',
    safety: 'Full kontroll av regnskapet, og sikkerhetskopier som kan prøves og hentes tilbake.',
    deletion: 'Sletter selskapet etter en frist. Til da kan det hentes tilbake; etterpå får du et bevis.',
    security: 'Innloggingen din: passord, passkeyer, kode-app, apper du har sluppet inn, og hvor du er logget inn.',
    alerts: 'Det noen bør vite, på tvers av klientene dine. Trykk på et varsel for å se hva det gjelder.',
    office: 'Byrået: hvem som arbeider her, klientene og hvem som er ansvarlig for hver.',
    orders: 'Bestill lesetilgang til regnskapene du reviderer, og se hva klientene svarer.',
    newClient: 'Slipp en SAF-T-fil for å ta over et regnskap, eller begynn med et tomt.',
  },
  areas: {
    dashboard:
      'Nøkkeltall og det som venter på noen. Trykk på et tall for rapporten bak, og på en oppgave for å gjøre den.',
    vouchers:
      'Alle bokførte bilag. Søk på nummer, beløp, tekst, kunde eller leverandør. Et bokført bilag endres aldri; det tilbakeføres eller korrigeres.',
    drafts: 'Bilag som er påbegynt. Flere kan skrive i samme kladd. Slettede kan hentes tilbake i 30 dager.',
    documents: 'Fakturaer og kvitteringer som er kommet inn. Åpne ett for å føre det, eller avvis det med grunn.',
    reports: 'Alle rapporter på ett sted, og de du har lagret.',
    incomeStatement:
      'Resultatet for en periode, mot i fjor og budsjett. Åpne en linje for kontoene, og et tall for posteringene.',
    balanceSheet: 'Eiendeler, egenkapital og gjeld på en dag. Åpne et tall for å se hva det består av.',
    trialBalance:
      'Hver konto med inngående, bevegelse og utgående. Summen er bevist når de to strekene står under den.',
    generalLedger: 'Posteringene på en konto i rekkefølge, med saldo etter hver.',
    budgets: 'Budsjetter i versjoner. Skriv i rutenettet, lim inn fra Excel, eller kopier fra regnskapet med prosent.',
    exports: 'SAF-T, Excel, CSV og PDF av hele regnskapet eller en del.',
    vatSpecification:
      'Grunnlaget for mva-meldingen, post for post, ved siden av mva-kontoene. Avregn når terminen er slutt.',
    accounts: 'Kontoplanen. Åpne en konto for å endre navn, mva-koder og krav, eller for å stenge den.',
    parties: 'Kunder og leverandører. Kortet viser hva som er åpent og hvor gammelt det er.',
    openItems:
      'Det kunder skylder deg og du skylder leverandører. Velg poster som går opp mot hverandre, og utlign dem.',
    templates: 'Maler og fordelingsnøkler. Skriv nøkkelen i tekstcellen på et bilag, så foldes linjene ut.',
    recurring: 'Bilag som kommer igjen, som husleie. De lages som kladder eller bokføres på dagen.',
    assets: 'Anleggsmidler som avskrives av seg selv, og hva de er verdt nå.',
    periods: 'Måneder og regnskapsår. Lås det som er levert; ingen kan bokføre i en låst måned uten at det synes.',
    openingBalance: 'Saldoene fra det gamle systemet. Fyll ut eller lim inn listen; den sjekkes mens du skriver.',
    oldLedger:
      'Hovedboken fra forrige system, forseglet og bare til oppslag. Søk på tekst, bilag, faktura, kunde, leverandør, konto eller beløp.',
    takeover: 'Regnskapet fra forrige system, med saldoer eller bevegelser. Sjekklisten krysses av tallene.',
    currency: 'Valutakurser, og omregning av åpne poster til dagens kurs.',
    dimensions: 'Avdelinger, prosjekter og egne dimensjoner, og hvilke konti som krever dem.',
    imports: 'Alt som tas inn fra fil: regneark, limte rader og SAF-T, prøvd før det importeres, og angret samlet.',
    keys: 'Nøkler for programmer: hva hver kan gjøre, hvorfra og hvor lenge. En nøkkel vises én gang og kan trekkes tilbake når som helst.',
    webhooks:
      'Send selskapets hendelser til et annet system, i rekkefølge og signert. Hver levering står i loggen og kan sendes på nytt.',
    auditLog: 'Hvem som gjorde hva, når og hvorfra, forseglet så ingenting kan fjernes uten at det synes.',
    settings: 'Selskapet, medlemmer og roller, bilagsarter og nøkler for API.',
    clients: 'Alle klientene dine: hvem som trenger deg i dag, og hva som venter hos hver.',
  },
}
