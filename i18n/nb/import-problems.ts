/** What is said of what comes in from elsewhere: sheets, SAF-T, opening balances, take-overs and archives. A part of `problems`. */
export const importProblems = {
  'archive/damaged':
    'Filen {file} i arkivet er ikke som da arkivet ble laget. Ingenting er gjenopprettet. Hent arkivet på nytt.',
  'archive/day-changed':
    'Hashene som er lagret for {day:day}, er endret etterpå: hashen i fillageret sier noe annet, og ingen senere dag går god for arkivet. Ingenting er gjenopprettet. Meld fra til den som drifter installasjonen. En administrator kan gjenopprette likevel.',
  'archive/does-not-verify':
    'Arkivet ble lest, men kontrollen av regnskapet fant feil ({checks}). Ingenting er gjenopprettet. Bruk et annet arkiv.',
  'archive/other-history':
    'Arkivet har en annen historie enn den som er lagret utenfor det: {day:day} sto kjeden annerledes ved versjon {version}. Ingenting er gjenopprettet. Bruk en sikkerhetskopi fra før det, og finn ut hva som har endret denne. En administrator kan gjenopprette likevel.',
  'archive/schema':
    'Arkivet er fra en annen versjon av Hovedbok ({newest}). Oppgrader denne installasjonen, og gjenopprett så på nytt.',
  'archive/unreadable': 'Filen er ikke et helt arkiv fra Hovedbok. Hent arkivet på nytt, og send hele filen.',
  'backup/unknown': 'Sikkerhetskopien finnes ikke lenger. Velg en annen i listen.',
  'grouping-code/unknown': '{code} finnes ikke i SAF-T-kategorien {category}. Velg en kode fra listen.',
  'import/already-undone#begun':
    'Importen er i ferd med å angres, og noen av bilagene er tilbakeført. Angre den en gang til, så fullføres det.',
  'import/already-undone': 'Importen er allerede angret.',
  'import/built-on#named': 'Importen kan ikke angres, fordi noe bygger på den: {on}. Ta det bort først.',
  'import/built-on': 'Importen kan ikke angres, fordi noe bygger på den. Ta det bort først.',
  'import/done': 'Importen er allerede gjort. Start en ny for å lese filen på nytt.',
  'import/not-tried': 'Prøv importen først. Den åpnes når prøven er uten feil.',
  'import/opening-booked': 'Åpningsbalansen per {date:day} er bokført. Tilbakefør den før nye rader leses inn.',
  'import/unknown': 'Importen finnes ikke.',
  'old-ledger/empty':
    'Filen har ingen posteringer å beholde. Eksporter fra det gamle systemet med posteringer, og prøv igjen.',
  'old-ledger/sealed':
    'Den gamle hovedboken er forseglet og endres ikke. Fjern den hel hvis den er tatt inn ved en feil.',
  'old-ledger/unknown': 'Den gamle hovedboken finnes ikke, eller den er fjernet.',
  'onboarding/unknown': '{step} er ikke et steg i oppstartsplanen.',
  'opening-balance/beside-parts':
    'Konto {account} står også med dimensjon i rad {row}, og begge er med. Er dette hele kontoen, ta bort radene med dimensjon, eller denne.',
  'opening-balance/booked':
    'Åpningsbalansen er allerede bokført som {voucher}. Velg å erstatte den, så tilbakeføres den og bokføres på nytt.',
  'opening-balance/control-differs':
    'Konto {account}: postene er {sum:kroner}, men saldoen er {target:kroner}. Det mangler {difference:kroner}.',
  'opening-balance/exists':
    'Datoen har allerede åpningsbalansen {voucher}. Tilbakefør den først, eller velg en annen dato.',
  'opening-balance/in-use': 'Åpne poster fra åpningsbalansen er utlignet ({items}). Opphev utligningene først.',
  'opening-balance/invalid': 'Åpningsbalansen kan ikke bokføres ennå. Rett feilene og prøv igjen.',
  'opening-balance/not-booked': 'Åpningsbalansen er ikke bokført.',
  'opening-balance/party-made': '{KindName} {party} {name} blir opprettet når åpningsbalansen bokføres.',
  'opening-balance/result-accounts':
    'Listen har inntekter og kostnader, resultat {result:kroner}. Velg kontoen resultatet skal flyttes til, som regel 2050.',
  'opening-balance/twice': '[Faktura {invoiceNumber} fra {party}|Konto {account}] står også i rad {row}. Begge er med.',
  'opening-balance/unbalanced': 'Åpningsbalansen går ikke opp. Det mangler {missing:kroner} i {sideName}.',
  'opening-balance/unknown': 'Det finnes ingen åpningsbalanse for {date:day}.',
  'saft-switch/done':
    'Filen er bokført, helt eller delvis, så svarene står fast. Ble bokføringen avbrutt, bokfør igjen, så fortsetter den.',
  'saft-switch/open':
    'Spørsmål om konti, kunder og leverandører som ikke er besvart: {count}. Svar på {count#det/dem} først.',
  'saft-switch/open#parties':
    'Filen og registeret her har {count} kunder og leverandører som kan være noen som finnes her, flere enn det spørres om. Gi dem andre nummer i det gamle systemet, eller importer i et nytt selskap.',
  'saft-switch/unknown': 'Filen finnes ikke, eller den er forkastet.',
  'saft-switch/wrong-nature':
    'Konto {account} kan ikke bli {to}: den ene er en balansekonto og den andre en resultatkonto. Velg en annen, eller behold nummeret.',
  'saft/amount':
    'Linje {line}: beløpet {value} kan ikke leses i hele øre. Rett det i det gamle systemet, og eksporter på nytt.',
  'saft/before-cut-over':
    'Filen har bilag fra {first:day}. Regnskapet er overtatt per {cutOverDate:day}, så de er allerede med i saldoene. Behold filen som gammel hovedbok, eller eksporter fra overgangsdatoen.',
  'saft/before-cut-over#finished':
    'Filen har bilag fra {first:day}, og en SAF-T-fil med de månedene er kontrollert og fullført, med overgangsdato {cutOverDate:day}. Ta den overtakelsen opp igjen først, eller eksporter fra overgangsdatoen.',
  'saft/changed-transaction':
    'Transaksjon {transaction} er lest inn før med annet innhold. Ingenting er endret. Importer i et nytt selskap, eller korriger bilaget.',
  'saft/currency': 'Filen er ført i {currency}. Bare regnskap i NOK kan leses inn.',
  'saft/date': 'Linje {line}: datoen {value} finnes ikke. Rett den i det gamle systemet, og eksporter på nytt.',
  'saft/no-namespace':
    'Linje {line}: filen mangler navnerommet for SAF-T Regnskap. Eksporter den på nytt fra det gamle systemet.',
  'saft/other-company':
    'Filen gjelder organisasjonsnummer {file}, og selskapet har {own}. Ingenting er bokført. Velg riktig selskap, eller bekreft at filen skal inn her.',
  'saft/too-long':
    'Linje {line}: {field} er lengre enn {longest} tegn. Rett det i det gamle systemet, og eksporter på nytt.',
  'saft/unbalanced-transaction':
    'Linje {line}: transaksjon {transaction} går ikke opp, differanse {difference:kroner}. Ingenting er lest inn.',
  'saft/not-saft': 'Linje {line}: dette er ikke en SAF-T-fil.',
  'saft/incomplete': 'Linje {line}: {field} mangler. Eksporter filen på nytt.',
  'saft/version': 'SAF-T versjon {version} kan ikke leses. Vi leser 1.10, 1.20, 1.30 og 1.40.',
  'saft/zip#damaged':
    '[{file} i ZIP-filen|ZIP-filen] er skadet eller bare delvis overført. Last den ned på nytt fra det gamle systemet, og send hele.',
  'saft/zip#large': 'ZIP-filen eller en fil i den er over 4 GB. Eksporter ett år om gangen, og send hvert for seg.',
  'saft/zip#encrypted': 'ZIP-filen er låst med passord. Pakk den ut, og send filene i den.',
  'saft/zip': 'ZIP-filen har ingen XML-fil. Velg SAF-T-filen, eller pakk den på nytt.',
  'sheet/cell': 'Rad {row}: «{text}» kan ikke leses. Rett cellen, eller velg en annen kolonne.',
  'sheet/empty': 'Filen har ingen rader. Velg filen på nytt, eller lim inn listen.',
  'sheet/in-use':
    'Et annet vindu bokfører fra denne arbeidsboken. Vent til det er ferdig. Arbeidsboken er ledig senest {until:moment}.',
  'sheet/macros': 'Arbeidsboken har makroer, og leses ikke. Lagre den som .xlsx uten makroer.',
  'sheet/no-rows': 'Fant ingen rader å lese. Velg riktig ark, og hvilken rad overskriftene står på.',
  'sheet/too-large#bomb': 'Filen pakkes ut til mye mer enn den skulle, og leses ikke. Lagre arket på nytt.',
  'sheet/too-large#bytes': 'Filen er over {limit} MB. Del den i flere.',
  'sheet/too-large#cells': 'Arket har over {limit} celler. Del det i flere.',
  'sheet/too-large#rows': 'Arket har over {limit} rader. Del det i flere.',
  'sheet/too-large': 'Filen er for stor. Del den i flere.',
  'sheet/twice': '{value} står også i rad {row}. Behold den ene.',
  'sheet/unreadable#binary': 'Filen er ikke et regneark eller en tekst. Velg .xlsx eller .csv.',
  'sheet/unreadable#encrypted': 'Filen har passord. Lagre den uten passord, og velg den på nytt.',
  'sheet/unreadable#gzip': 'Filen er en pakket SAF-T eller tekst. Velg SAF-T, eller pakk den ut.',
  'sheet/unreadable#ods': 'Filen er et OpenDocument-ark. Lagre det som .xlsx.',
  'sheet/unreadable#ole': 'Filen er fra gammel Excel, eller har passord. Lagre den som .xlsx uten passord.',
  'sheet/unreadable#pdf': 'Filen er en PDF. Be om listen som .xlsx eller .csv.',
  'sheet/unreadable#xml': 'Filen er XML. Velg SAF-T for en SAF-T-fil; for et ark, lagre det som .xlsx.',
  'sheet/unreadable#zip': 'Filen er en ZIP uten regneark. Velg SAF-T, eller pakk den ut.',
  'sheet/unreadable': 'Filen er skadet eller avbrutt. Hent den på nytt.',
  'sheet/unreadable#saft': 'SAF-T leses med fil, ikke fra limte rader. Velg filen.',
  'takeover/booked': 'Overtakelsen er begynt bokført. Angre bokføringen før dager og konti endres.',
  'takeover/control-list-unclear':
    'Listen kan leses på mer enn én måte. Behold bare kolonnene Konto og Saldo, med komma foran ørene.',
  'takeover/days-reversed': 'Overgangsdatoen må være etter dagen det åpnes på.',
  'takeover/finished': 'Overtakelsen er fullført {date:day}. Åpne den igjen for å endre noe.',
  'takeover/first-of-month': 'Bevegelser begynner den første i en måned. Velg den første.',
  'takeover/incomplete': 'Overtakelsen kan ikke fullføres ennå. Punkter som gjenstår: {count}.',
  'takeover/invalid': 'Bevegelsene kan ikke bokføres ennå. Rett feilene og prøv igjen.',
  'takeover/looks-cumulative':
    '{month:Month} ser ut som saldoer, ikke bevegelser: {contains} av {of} balansekonti inneholder saldoen fra før. Gjør om til bevegelser, eller behold som bevegelser.',
  'takeover/month-outside': '{month:Month} er ikke blant månedene som tas over. Fjern beløpet.',
  'takeover/month-unbalanced': '{month:Month} går ikke opp. Det mangler {missing:kroner} i {sideName}.',
  'takeover/movements-booked':
    'Måneder som er bokført, er endret ({count}), blant dem {voucher}. Velg å erstatte dem, så tilbakeføres de og bokføres på nytt.',
  'takeover/none': 'Det er ikke planlagt noen overtakelse med dette. Velg hvordan regnskapet tas over først.',
  'takeover/not-an-interim-account':
    'Konto {account} kan ikke være interimskonto. Velg en balansekonto uten reskontro, en for kunder og en annen for leverandører.',
  'takeover/not-an-open-item':
    'Konto {account} er ikke en reskontrokonto. Her legges bare åpne poster inn. Før saldoen i åpningsbalansen eller i bevegelsene.',
  'takeover/not-booked': 'Ingen bevegelser er bokført.',
  'takeover/not-finished': 'Overtakelsen er ikke fullført.',
  'takeover/on-interim': 'Konto {account} føres på {interim} til de åpne postene er lagt inn.',
  'takeover/one-day': 'Tas bare saldoene over, er overgangsdatoen den samme som dagen det åpnes på.',
  'takeover/other-movement':
    'Det står alt et bilag med bevegelser i {month:month}, {voucher}, som ikke kommer fra arket. Tilbakefør det først.',
  'takeover/result-not-moved':
    'Resultatet for {year}, {result:kroner}, er ikke ført mot egenkapitalen. Rapportene viser det som udisponert til året avsluttes.',
  'takeover/too-long': 'Bevegelser kan tas over for inntil {months} måneder. Velg en senere dag.',
  'upload/incomplete': 'Bare {arrived} av {size} byte har kommet frem. Send delene som mangler.',
  'upload/part': 'Del {part} skal ha {expected} byte, men har {size}. Send den på nytt.',
  'upload/unknown': 'Opplastingen finnes ikke. Den kan være brukt eller for gammel. Begynn på nytt.',
  'xml/doctype': 'Linje {line}: filen har DOCTYPE, og leses derfor ikke. Eksporter den uten.',
  'xml/encoding': 'Tegnsettet {encoding} kan ikke leses. Eksporter filen som UTF-8.',
  'xml/malformed': 'Linje {line}: filen er ikke gyldig XML eller er avkortet. Eksporter eller last den ned på nytt.',
  'xml/malformed#attributes': 'Linje {line}: et element har flere enn 50 attributter, og filen leses derfor ikke.',
  'xml/malformed#depth': 'Linje {line}: filen har mer enn 100 nivåer, og leses derfor ikke.',
  'xml/malformed#too-long': 'Linje {line}: en tekst er lengre enn 4 millioner tegn, og filen leses derfor ikke.',
} as const
