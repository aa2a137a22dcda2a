import { accessProblems } from './access-problems.ts'
import { importProblems } from './import-problems.ts'
import { permissionPhrases } from './permissions.ts'

/**
 * What every problem code says: the thing and its number first, then the cure. A code with # is the variant for one reason.
 * Cause and cure at length: docs/problems.md.
 */
export const problems = {
  ...accessProblems,
  ...importProblems,
  'account/closed': 'Konto {account} er stengt fra {closedFrom:day}. Velg en annen konto eller en tidligere dato.',
  'account/exists': 'Konto {account} finnes allerede.',
  'account/in-use': 'Konto {account} er brukt i regnskapet. Steng den i stedet for å slette eller endre den.',
  'account/in-use#nature':
    'Konto {account} har en annen art i filen enn i kontoplanen. Arten kan ikke endres ved import. Ta den bort, eller opprett en ny konto.',
  'account/in-use#party':
    'Konto {account} er samlekonto for {parties} kunder eller leverandører. Gi dem en annen samlekonto først.',
  'account/in-use#vat-code': 'Konto {account} brukes av mva-kode {vatCodes:list}. Den må beholdes.',
  'account/merge-differs': 'Konto {account} og {into} har ulik art eller reskontro og kan ikke slås sammen.',
  'account/merge-open-items':
    'Konto {account} har {count} {count#åpen post/åpne poster}. Gjør {count#den/dem} opp før kontoen slås sammen med en annen.',
  'account/merged': 'Konto {account} er slått sammen med en annen[, {into}]. Velg den i stedet.',
  'account/unknown':
    'Konto {account} finnes ikke.[ Mente du {suggestion} {suggestionName}?| Velg en konto fra kontoplanen.]',
  'amount/not-whole-ore': 'Beløpet må være et helt antall øre, for eksempel 125000 for 1 250,00.',
  'amount/too-large': 'Beløpet er for stort. Største beløp er 89 999 999 999 999,99.',
  'bank-account/invalid': 'Kontonummeret har feil kontrollsiffer. Sjekk de elleve sifrene, eller IBAN.',
  'budget/contended': 'Mange lagrer i budsjettet samtidig. Ingenting er lagret. Prøv igjen.',
  'budget/line-twice':
    'Konto {account} står to ganger med samme dimensjoner[, først i rad {row}][ for {period:month}]. Slå radene sammen, eller ta den ene bort.',
  'budget/month-outside-year':
    '{period:Month} er ikke i budsjettets år, som går fra {first:month} til {last:month}. Flytt beløpet, eller velg et annet budsjett.',
  'budget/name-taken': 'Budsjettet {budget} finnes allerede i {year}. Velg et annet navn.',
  'budget/not-draft': 'Budsjettet er ikke et utkast. Ta det tilbake til utkast for å endre det.',
  'budget/not-draft#approved':
    'Budsjettet {budget} er vedtatt. Ta det tilbake til utkast for å endre det, eller kopier det til et nytt.',
  'budget/not-draft#locked':
    'Budsjettet {budget} er låst. En administrator kan åpne det, eller du kan kopiere det til et nytt.',
  'budget/total-differs':
    'Konto {account}: månedene gir {sum:kroner}, men summen ved siden av er {total:kroner}. Månedene gjelder.',
  'budget/unknown': 'Budsjettet finnes ikke.',
  'comment/id-reused': 'Kommentaren finnes på et annet bilag med samme id. Gi den en ny id.',
  'comment/is-final': 'Kommentarer kan ikke endres.',
  'company-deletion/final':
    'Slettingen er i gang eller utført, og kan ikke angres. Gjenopprett arkivet som nytt selskap.',
  'company-deletion/must-be-kept':
    'Regnskapet må oppbevares til {until:day}. Oppgi hvorfor det likevel kan slettes her.',
  'company-deletion/other-name': 'Skriv navnet nøyaktig slik det står: {name}.',
  'company-deletion/unknown':
    'Slettingen finnes ikke, eller du har ikke tilgang til den. Spør den som bestilte slettingen, eller driften.',
  'company/being-deleted':
    'Selskapet slettes {until:day} og kan bare leses. En administrator kan angre slettingen under Innstillinger.',
  'company/mismatch': 'Dette hører til et annet selskap. Bytt klient, eller lag en ny arbeidsbok.',
  'company/one-per-database': 'Databasen hører allerede til et selskap.',
  'company/quarantined':
    'Regnskapet til dette selskapet er sperret, fordi databasefilen er skadet. Andre selskaper er ikke berørt. Den som drifter Hovedbok, må gjenopprette filen fra sikkerhetskopi.',
  'company/unknown': 'Selskapet finnes ikke, eller du har ikke tilgang til det.',
  'contact/stays': 'En kontakt blir hos sin kunde eller leverandør. Opprett en ny hos den andre.',
  'contact/unknown': 'Kontakten finnes ikke.',
  'currency-rate/earlier':
    '{currency} har ingen kurs {date:day}. Kursen fra {rateDate:day} brukes: {rate:decimal} per {unit}.',
  'currency-rate/far':
    'Kursen er mer enn 20 ganger unna {rate:decimal} per {unit}, som {currency} hadde {date:day}. Se etter om den er per 100.',
  'currency-rate/is-kept': 'En kurs kan endres, men ikke slettes.',
  'currency-rate/missing': '{currency} har ingen kurs {date:day} eller før. Skriv kursen, eller hent den under Valuta.',
  'currency-rate/source-silent':
    'Norges Bank svarte ikke. Ingen kurser er endret. Prøv igjen om litt, eller skriv kursen inn.',
  'date/invalid': 'Datoen finnes ikke. Skriv den som ÅÅÅÅ-MM-DD, for eksempel 2026-03-31.',
  'dimension/closed': '{dimensionName} {value} er stengt. Velg en annen verdi.',
  'dimension/exists': 'Dimensjonen {dimension} finnes allerede.',
  'dimension/forbidden': 'Konto {account} kan ikke ha {dimensionName}. Ta verdien bort.',
  'dimension/is-kept': 'En dimensjonsverdi beholder koden sin og kan ikke slettes. Steng den fra en dato.',
  'dimension/number-reused': 'Et nummer gis aldri to ganger. Ingenting er opprettet. Prøv igjen.',
  'dimension/required': 'Konto {account} krever {dimensionName}. Fyll inn en verdi.',
  'dimension/unknown': '[{value} finnes ikke i {dimensionName}.] Velg en verdi fra listen, eller opprett den først.',
  'dimension/value-exists': '{value} finnes allerede i {dimensionName}.',
  'document/attached': 'Dokument {stamp} er vedlagt et bilag, og kan ikke avvises.',
  'document/empty': 'Filen er tom. Velg en annen.',
  'document/is-final': 'Dokumenter og vedlegg kan ikke endres eller fjernes.',
  'document/markup': 'Nettsider og SVG kan kjøre kode, og tas ikke imot. Lagre den som PDF eller bilde.',
  'document/rejected': 'Dokument {stamp} er avvist. Ta avvisningen tilbake først.',
  'document/stamp-not-next': 'Stempelnummeret er brukt eller hopper over et. Prøv igjen.',
  'document/type': 'Filen er ikke PDF, PNG, JPEG, WebP, TIFF eller XML. Lagre den som PDF eller bilde.',
  'document/unknown': 'Dokument {document} finnes ikke.',
  'draft/unknown': 'Denne kladden finnes ikke. Den kan ha vært slettet i mer enn 30 dager, eller være bokført.',
  'dry-run/stale': 'Noe er endret siden prøvekjøringen. Se forskjellen og prøvekjør igjen.',
  'event/is-final': 'Hendelser kan ikke endres.',
  'event/out-of-order': 'Hendelsen kom i feil rekkefølge. Prøv igjen.',
  'field/invalid': 'Verdien passer ikke i dette feltet.[ Bruk {allowed:list}.]',
  'field/invalid#account-range': 'Kontointervallet {value} kan ikke leses. Skriv det som 3000:3999.',
  'field/invalid#account-type':
    'Konto {account} passer ikke her. Resultatet overføres fra en resultatkonto til en egenkapitalkonto.',
  'field/invalid#bank-account-twice': 'Bankkonto {value} står to ganger. Ta den ene bort.',
  'field/invalid#differs-from-rate': 'Beløp og kurs stemmer ikke. Valutabeløp ganger kurs gir {expected:kroner}.',
  'field/invalid#dimension-key':
    'Nøkkelen {value} betyr noe annet i filtrene til rapporter og Excel-funksjoner. Velg en annen, for eksempel {value}-2. Navnet kan være hva du vil.',
  'field/invalid#item-twice': 'Posten står to ganger. Ta den ene bort.',
  'field/invalid#no-vat-here': 'Linjen har ingen mva å overstyre. Ta mva-beløpet bort, eller velg en mva-kode.',
  'field/invalid#not-control-account':
    'Fakturanummer, forfall, KID og utligning hører til kunde- og leverandørkonti, ikke konto {account}. Ta verdien bort.',
  'field/invalid#other-sign': 'Fortegnet er motsatt av beløpets. Snu det.',
  'field/invalid#payment-reference': 'KID {value} har feil kontrollsiffer. Sammenlign med fakturaen.',
  'field/invalid#rate': 'Kursen må være over null.',
  'field/invalid#row-key': 'Radnøkkelen {value} står to ganger. Gi hver rad sin egen.',
  'field/invalid#unknown': 'Feltet {field} finnes ikke. Ta det bort, eller rett navnet.',
  'field/invalid#vat-specification': 'Mva-koden tillater ikke denne spesifikasjonen.[ Bruk {allowed:list}.]',
  'field/invalid#voucher-type': 'Bilagsarten {value} finnes ikke. Velg en fra listen.',
  'field/invalid#without-currency':
    'Valutabeløp og kurs krever en annen valuta enn NOK. Velg valuta, eller ta verdien bort.',
  'field/required': 'Feltet mangler. Fyll det ut.',
  'fiscal-year/earlier-result':
    'Et resultat på {amount:kroner} fra tidligere år er ikke overført til egenkapital. Avslutt det året først.',
  'fiscal-year/exists': 'Regnskapsår {year} finnes allerede.',
  'fiscal-year/gap': 'Regnskapsåret følger ikke et annet. Start dagen etter forrige år, eller slutt dagen før neste.',
  'fiscal-year/locked':
    'Siste måned i {year} er låst for alle, og resultatet er ikke overført. Åpne måneden, og avslutt året igjen.',
  'fiscal-year/missing': 'Ingen regnskapsår dekker {date:day}. Velg en annen dato, eller opprett regnskapsåret.',
  'fiscal-year/not-over': 'Regnskapsår {year} varer til {lastDate:day}. Avslutt det etter den dagen.',
  'fiscal-year/not-whole-months':
    'Regnskapsåret må ha hele måneder. Bare selskapets første år kan starte midt i en måned.',
  'fiscal-year/overlaps': 'Regnskapsåret overlapper et annet. Velg datoer som følger etter hverandre.',
  'fiscal-year/too-long': 'Regnskapsåret har mer enn {months} måneder. Velg en tidligere sluttdato.',
  'fiscal-year/unknown': 'Regnskapsår {year} finnes ikke.',
  'head-anchor/final': 'En hash som er lagret utenfor regnskapet kan ikke endres eller fjernes.',
  'internal/error':
    'Noe gikk galt hos oss. Ingenting ble bokført. Prøv igjen, og oppgi {requestId} hvis det skjer på nytt.',
  'ledger-version/unknown':
    'Hovedbokversjon {atVersion} finnes ikke ennå. Siste versjon er {ledgerVersion}. Velg den eller en tidligere.',
  'ledger/behind': 'Noen andre bokførte samtidig. Prøv igjen.',
  'ledger/facts-changed': 'Kontoplan, koder eller perioder ble endret samtidig. Prøv igjen.',
  'limit/reached':
    'Taket er nådd: høyst 20 000 rader i en kladd, 5 000 kladder, 1 000 kommentarer på et bilag, 500 oppsett eller lagrede rapporter, 200 nøkler. Slett noe som ikke brukes.',
  'limit/reached#webhooks': 'Selskapet har {limit} webhooks, og flere er det ikke plass til. Slett en som ikke brukes.',
  'logo/not-an-image': 'Filen er ikke et PNG-, JPEG- eller WebP-bilde. Velg en annen fil.',
  'logo/unknown': 'Selskapet har ingen logo.',
  'match/difference-over-limit':
    'Differansen {difference:kroner} er større enn grensen {limit:kroner}. Før den som eget bilag, eller la en administrator heve grensen.',
  'match/id-reused': 'Utligningen finnes allerede med annet innhold. Gi den en ny id.',
  'match/invalid': 'Postene kan ikke utlignes. Rett feilene og prøv igjen.',
  'match/is-final': 'En utligning kan ikke endres. Opphev den, og lag en ny.',
  'match/nothing-to-settle': 'Ingen åpen post er igjen å gjøre opp mot. Velg en annen, eller hold posten åpen.',
  'match/opened-again':
    '{amount:kroner} blir åpent igjen hos {kindName} {party} ({item}). Linjene utligner det ikke lenger.',
  'match/over': 'Beløpet er større enn det som er åpent.[ Posten har {rest:kroner} igjen.]',
  'match/over#line': 'Utligningen er større enn linjens beløp {amount:kroner}. Sett ned beløpet.',
  'match/over#settled': 'Posten er allerede gjort opp. Opphev utligningen først, eller velg en annen post.',
  'match/unbalanced':
    'Postene går ikke opp mot hverandre.[ Differansen er {difference:kroner}.] Sett beløp på postene, eller bokfør differansen.',
  'match/unbalanced#currency':
    'Postene er like i valuta. {difference:kroner} er valutadifferanse[ til konto {account}]. Kryss av for «Bokfør differansen», og utlign igjen.',
  'match/unknown': 'Utligningen finnes ikke.',
  'match/wrong-party':
    'Posten hører til en annen kunde, leverandør eller konto[: {kindName} {party}, konto {account}]. Velg poster med samme navn og konto.',
  'measure/not-available':
    'Budsjett finnes ikke i dette regnskapet. Velg inngående, bevegelse, utgående, debet eller kredit.',
  'module/off': 'Modulen er slått av for dette selskapet. En administrator kan slå den på.',
  'open-item/is-final': 'En åpen post følger posteringen sin og kan ikke endres.',
  'open-item/unknown': 'Den åpne posten finnes ikke. Velg en fra listen.',
  'organisation-number/invalid': 'Organisasjonsnummeret[ {value}] har feil kontrollsiffer. Sjekk de ni sifrene.',
  'party/exists': '{KindName} {party} finnes allerede.',
  'party/missing': 'Konto {account} krever {kindName}. Skriv {account}:{numberExample}, eller {searchKey} for å søke.',
  'party/nothing-to-confirm': 'Bankkontoen venter ikke på bekreftelse.',
  'party/same-person': 'Du har selv endret bankkontoen. En annen må bekrefte den før den kan brukes til betaling.',
  'party/several':
    'Flere heter {name}: {parties}. Skriv nummeret eller organisasjonsnummeret i raden, så ingen får de andres opplysninger.',
  'party/unknown': '{KindName} {party} finnes ikke. Rett nummeret, eller opprett {kindName} først.',
  'party/wrong-kind':
    '{party} passer ikke på konto {account}. Kunder hører til kundefordringer, leverandører til leverandørgjeld.',
  'period/lock-is-final': 'En låsing kan ikke endres, bare følges av en ny.',
  'period/lock-unknown': 'Låsingen finnes ikke.',
  'period/locked': '{period:Month} er låst.[ Velg en dato fra {firstOpenDay:day}.]',
  'period/locked#reason-needed':
    '{period:Month} er låst for andre enn regnskapsfører. Skriv en begrunnelse for å bokføre likevel.',
  'period/locked#script':
    '{period:Month} er låst, og scriptet bokfører der.[ Velg {remedies:list}.| Velg andre måneder.]',
  'period/locked#scope-accounts':
    'Konto {from} til {to} er låst i {period:month}. Velg en annen dato, eller åpne kontogruppen.',
  'period/locked#scope-type':
    'Bilagsarten {type} er låst i {period:month}. Velg en annen dato, eller åpne bilagsarten.',
  'period/locked#scope-vat': 'Bilag med mva er låst i {period:month}. Velg en annen dato, eller åpne mva-terminen.',
  'period/reversed': 'Perioden slutter {toDate:day}, før den begynner {fromDate:day}. Bytt om datoene.',
  'period/unknown': 'Ingen periode dekker {period:month}. Opprett regnskapsåret først.',
  'period/unreadable':
    'Perioden {period} kan ikke leses. Skriv for eksempel 2026, 2026-03, 2026-Q1 eller 2026-01:2026-06.',
  'recurring/is-final': 'Det som er laget på en forfallsdag, kan ikke endres.',
  'recurring/unknown': 'Det faste bilaget finnes ikke.',
  'report-layout/account-missing': 'Konto {account} har ingen linje. Den vises for seg selv nederst i rapporten.',
  'report-layout/account-twice': 'Konto {account} hører til både {line} og {other}. Ta den ut av den ene.',
  'report-layout/circular': 'Summen {line} inneholder seg selv. Ta den ut av linjene den summerer.',
  'report-layout/counted-twice': 'Summen {line} teller en linje to ganger. Ta den ene bort.',
  'report-layout/exists': 'Et oppsett heter allerede {name}. Velg et annet navn.',
  'report-layout/key-twice': 'Linjen {line} står to ganger. Gi hver linje sin egen nøkkel.',
  'report-layout/line-unknown': 'Linjen {line} finnes ikke i oppsettet. Velg en av linjene der.',
  'report-layout/line-unreadable':
    'Linje {line} kan ikke leses. Den må ha et navn, og konti, koder eller linjenummer som stemmer med hva den er.',
  'report-layout/standard': 'Oppsettet {layout} følger med Hovedbok og kan ikke endres. Lag et eget av det.',
  'report-layout/two-kinds':
    'Linjen {line} kan enten ta konti, summere linjer eller vise resultatet. Behold én av delene.',
  'report-layout/unknown': 'Oppsettet {layout} finnes ikke for denne rapporten. Velg et fra listen.',
  'report-seal/is-final': 'Et registrert segl kan ikke endres.',
  'report-seal/unknown': 'Ingen rapport er tatt ut med hash {hash}. Sjekk at hele hashen er med.',
  'report/column-unknown':
    'Kolonnen {column} finnes ikke. Bruk for eksempel actual, last-year, budget, months eller by:department.',
  'report/too-many-columns':
    'Rapporten får {columns} kolonner, og {most} er det meste. Velg en kortere periode eller færre verdier.',
  'report/versions-reversed': 'Hovedbokversjon {since} kommer etter {atVersion}. Sammenlign med en eldre versjon.',
  'request/cross-site': 'Forespørselen kom fra et annet nettsted og ble stoppet. Gå til Hovedbok og prøv igjen.',
  'request/invalid': 'Noen felter må rettes før forespørselen kan utføres.',
  'request/key-in-address':
    'Nøkkelen sto i adressen, der den blir liggende i logger. Trekk den tilbake, lag en ny og send den i HTTP-headeren Authorization.',
  'request/key-reused': 'Idempotency-Key er brukt før med annet innhold. Bruk en ny nøkkel.',
  'request/media-type': 'Innholdstypen støttes ikke. Send {expected}.',
  'request/method': 'Adressen svarer ikke på denne metoden.',
  'request/not-found': 'Adressen finnes ikke. Se /api/docs.',
  'request/raced': 'Noen lagret det samme i samme øyeblikk. Last siden på nytt og prøv igjen.',
  'request/too-large': 'Forespørselen er for stor. Største størrelse er {limit}.',
  'request/too-large#budget-cells': 'Forespørselen er for stor. Send høyst {cells} beløp om gangen.',
  'request/too-large#cells': 'Forespørselen er for stor. Send høyst {cells} celler i {groups} grupper.',
  'request/too-many': 'For mange forsøk. Vent {seconds} sekunder og prøv igjen.',
  'request/too-many#minutes': 'For mange forsøk. Vent {minutes} minutter og prøv igjen.',
  'request/unfinished':
    'En forespørsel med samme Idempotency-Key er i arbeid, eller ble avbrutt. Vent litt og send igjen; blir svaret det samme, se etter om det ble laget.',
  'request/unreadable': 'Innholdet kan ikke leses som JSON.[ {reason}]',
  'revaluation/nothing': 'Ingen åpne poster i valuta har en annen verdi {date:day}. Det er ingenting å bokføre.',
  'schedule/incomplete': 'Månedene i planen går ikke opp i beløpet. Ingenting er bokført.',
  'schedule/is-final': 'En måned som er bokført eller strøket i planen, kan ikke endres.',
  'schedule/reversal-is-final': 'Bilaget hadde en plan som ble tilbakeført med det. Før bilaget på nytt i stedet.',
  'schedule/source-reversed': 'Bilaget bak planen er tilbakeført. Måneden bokføres ikke.',
  'schedule/unknown': 'Planen finnes ikke.',
  'schema/newer':
    'Databasen er oppgradert av en nyere versjon av Hovedbok ({schema}). Ingenting er endret. Driften må ta i bruk den nyere versjonen.',
  'screen-layout/exists': 'Et oppsett heter allerede {name}. Velg et annet navn.',
  'screen-layout/unknown': 'Oppsettet finnes ikke. Det kan være slettet av den som laget det.',
  'script/invalid': 'Scriptet kan ikke leses ved tegn {at}.[ Skriv det slik: {form}]',
  'script/invalid#account': 'Tegn {at}: her skal det stå en konto[, ikke «{found}»]. Skriv det slik: {form}',
  'script/invalid#close': 'Tegn {at}: parentesen mangler slutt. Skriv det slik: {form}',
  'script/invalid#count':
    'Tegn {at}: her skal det stå et antall fra 1 til 600[, ikke «{found}»]. Skriv det slik: {form}',
  'script/invalid#empty': 'Scriptet er tomt. Skriv for eksempel {form}',
  'script/invalid#month':
    'Tegn {at}: her skal det stå en periode fra 0 til 13 eller en måned som 2026-09[, ikke «{found}»].',
  'script/invalid#name': 'Tegn {at}: «{found}» er ikke en funksjon. Bruk SPRE, AVSKR, FORDEL eller GJENTA.',
  'script/invalid#open': 'Tegn {at}: her skal det stå en parentes. Skriv det slik: {form}',
  'script/invalid#range': 'Tegn {at}: siste måned {found} er før den første, eller for langt unna. Bytt om månedene.',
  'script/invalid#share':
    'Tegn {at}: «{found}» er ikke en andel. Skriv verdi og vekt med = mellom, for eksempel 10=70.',
  'script/invalid#share-twice': 'Tegn {at}: {found} står to ganger i fordelingen. Ta den ene bort.',
  'script/invalid#short-form':
    'Tegn {at}: kortformen leses bare for periodisering. Skriv {form}, eller bruk navnet på funksjonen.',
  'script/invalid#too-few': 'Tegn {at}: det mangler noe før parentesen. Skriv det slik: {form}',
  'script/invalid#too-many': 'Tegn {at}: «{found}» er for mye. Skriv det slik: {form}',
  'script/invalid#twice': 'Tegn {at}: {found} står to ganger på linjen. Ta den ene bort.',
  'script/not-together': '{first} og {second} kan ikke stå i samme bilag slik. Ta den ene bort, eller før to bilag.',
  'script/period-unknown':
    'Periode {period} finnes ikke i regnskapsåret. Bruk 0 til {last}, eller en måned som 2026-09.',
  'script/split-key-unknown':
    'Fordelingsnøkkelen {key} finnes ikke. Velg en fra listen, eller skriv andelene: FORDEL(10=70;20=30)',
  'script/wrong-account': 'Konto {account} passer ikke i dette scriptet. Velg en annen konto.',
  'script/wrong-account#allocation':
    'Konto {account} er en samlekonto, og linjen kan ikke fordeles. Fordel motposten i stedet.',
  'script/wrong-account#asset': 'Konto {account} er ikke en eiendelskonto. Avskriv fra en konto som 1200.',
  'script/wrong-account#asset-line':
    'Konto {account} er ikke en eiendelskonto. AVSKR hører til linjen der eiendelen er kjøpt.',
  'script/wrong-account#cost': 'Konto {account} er ikke en kostnadskonto. Avskriv til en konto som 6010.',
  'script/wrong-account#spread-line': 'Konto {account} er en balansekonto. Bare inntekter og kostnader periodiseres.',
  'script/wrong-account#through':
    'Konto {account} er ikke en balansekonto uten reskontro. Periodiser gjennom en konto som 1749.',
  'saved-report/exists': 'Du har allerede en rapport som heter {name}. Velg et annet navn.',
  'saved-report/unknown': 'Den lagrede rapporten finnes ikke, eller den er ikke din.',
  'search/behind':
    'Listen ville mangle bilag: søket har {missing} igjen å ta med. Prøv igjen om litt, eller hent listen uten å søke.',
  'service/busy': 'Hovedbok fikk ikke svart i tide. Prøv igjen om litt: det samme blir ikke bokført to ganger.',
  'storage/full': 'Det er ikke plass til mer. Ingenting er bokført.',
  'template/formula': 'Beløpet kan ikke leses ved tegn {at}. Skriv for eksempel 70 %, rest eller beløp * 25 %.',
  'template/formula#name': '«{found}» er ikke et beløp i malen.[ Bruk {known:list}.| Legg til et beløp først.]',
  'template/formula#too-large': 'Beløpet blir for stort. Rett formelen.',
  'template/formula#zero': 'Formelen deler på null. Rett den.',
  'template/is-final': 'En versjon av en mal kan ikke endres. Lagre malen, så blir det en ny.',
  'template/name-taken': '{name} er brukt to ganger, eller er et ord med egen betydning. Velg et annet navn.',
  'template/parameter-missing': '{name} mangler. Fyll det inn.',
  'template/parameter-unknown': '{name} er ikke blant det malen spør om.[ Bruk {known:list}.| Legg det til først.]',
  'template/rest-twice': 'Bare én linje kan ta resten. Gi den andre et beløp.',
  'template/unknown': 'Malen {template} finnes ikke. Velg en fra listen.',
  'text/not-allowed': 'Teksten har tegn som ikke kan lagres. Skriv den på nytt.',
  'vat-amount/over-limit':
    'Mva-beløpet avviker mer enn {limit:kroner} fra beregnet {computed:kroner}. Bruk det beregnede, eller skriv en begrunnelse.',
  'vat-code/default-available': 'Konto {account} har vanligvis mva-kode {vatCode}. Linjen står uten kode.',
  'vat-code/not-allowed': 'Mva-kode {vatCode} kan ikke brukes på konto {account}.[ Bruk {allowed:list}.]',
  'vat-code/not-registered':
    'Selskapet er ikke mva-registrert og kan ikke bruke mva-kode {vatCode}. Bruk 0, 7 eller ingen kode.',
  'vat-code/not-valid-on-date': 'Mva-kode {vatCode} gjelder ikke {date:day}. Velg en annen kode eller dato.',
  'vat-code/required': 'Konto {account} krever mva-kode.[ Vanlig kode er {vatCode}.]',
  'vat-code/unknown': 'Mva-kode {vatCode} finnes ikke. Velg en fra listen.',
  'vat-term/moved':
    'Mva for {period:month} er levert og låst. Mva på dette bilaget kommer med i terminen fra {moved:month}.',
  'vat-term/not-over': 'Terminen {term} er ikke over før {toDate:day}. Før oppgjøret etter det.',
  'vat-term/settled': 'Terminen {term} er allerede gjort opp, og ingenting er kommet til siden.',
  'vat-term/unknown': 'Terminen {term} finnes ikke. Skriv for eksempel 2026-T2, eller 2026 for et helt år.',
  'version/stale': 'Noen andre har endret dette. Hent på nytt og prøv igjen.',
  'voucher-type/exists':
    'Bilagsart {voucherType} eller serie {series} finnes allerede. Velg en annen nøkkel eller serie.',
  'voucher-type/field-required': 'Bilagsart {typeName} krever {fieldName}. Fyll det inn.',
  'voucher-type/role-not-allowed':
    'Rollen {roleName} kan ikke føre bilagsart {typeName}. Velg en annen bilagsart, eller spør en administrator.',
  'voucher-type/unknown': 'Bilagsarten {voucherType} finnes ikke.',
  'voucher/already-posted': 'Bilaget er bokført og kan ikke endres. Tilbakefør det i stedet.',
  'voucher/already-reversed': 'Bilaget er allerede tilbakeført.',
  'voucher/before-cut-over': 'Datoen er før overgangsdatoen {cutOverDate:day}. Velg en dato fra da av.',
  'voucher/contended': 'Mange bokfører samtidig. Bilaget er ikke bokført. Prøv igjen.',
  'voucher/id-reused':
    'Bilaget er allerede bokført med annet innhold[ som {voucher}]. Korriger det, eller gi det en ny id.',
  'voucher/incomplete': 'Bilaget mangler posteringer. Ingenting er bokført.',
  'voucher/invalid': 'Bilaget kan ikke bokføres. Rett feilene og prøv igjen.',
  'voucher/not-reversed':
    'Bilaget som skal korrigeres, er ikke tilbakeført. Bruk Korriger, så skjer begge deler samtidig.',
  'voucher/number-not-next': 'Bilagsnummeret følger ikke det forrige. Ingenting er bokført. Prøv igjen.',
  'voucher/possible-duplicate':
    'Fakturanummer {invoiceNumber} er brukt på bilag {voucher}. Sjekk om fakturaen er ført før.',
  'voucher/possible-duplicate#request':
    'Fakturanummer {invoiceNumber} står på et bilag til som føres samtidig. Sjekk om fakturaen er med to ganger.',
  'voucher/possible-duplicate#same': 'Bilag {voucher} har samme dato, tekst, konti og beløp. Sjekk om det er ført før.',
  'voucher/unbalanced':
    'Bilaget går ikke opp.[ Det mangler {missing:kroner} i {sideName}. Trykk Ctrl Enter for å ta resten.][ Linjene går ikke opp i {currency}. Før resten i kroner.]',
  'voucher/unknown': 'Bilaget finnes ikke.',
} as const

/** What a button says that puts in an issue's `fix`. */
export const fixes: Record<string, string> = {
  'account/unknown': 'Bruk {suggestion} {suggestionName}',
  'field/invalid': 'Bruk {expected:kroner}',
  'period/locked': 'Bruk {firstOpenDay:day}',
  'period/locked#script': 'Bruk {value}',
  'vat-amount/over-limit': 'Bruk {computed:kroner}',
  'vat-code/default-available': 'Bruk kode {vatCode}',
  'vat-code/not-allowed': 'Bruk vanlig kode',
  'vat-code/required': 'Bruk kode {vatCode}',
}

/** Words that problem texts are filled with. */
export const problemWords = {
  ...permissionPhrases,
  customer: 'kunde',
  supplier: 'leverandør',
  debit: 'debet',
  credit: 'kredit',
  documents: 'vedlagt dokument',
  text: 'tekst',
  quantity: 'antall',
  invoiceNumber: 'fakturanummer',
  dueDate: 'forfallsdato',
  paymentReference: 'KID',
  administrator: 'administrator',
  accountant: 'regnskapsfører',
}
