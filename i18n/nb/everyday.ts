/** Everyday cases of the help: what each is called, and why it is entered so. */
export const everyday = {
  title: 'Slik føres det',
  intro:
    'Vanlige tilfeller som hele bilag, med posteringene de gir. Tallene er eksempler; kontoene er standardkontoplanens.',
  column: { account: 'Konto', vat: 'Mva', debit: 'Debet', credit: 'Kredit' },
  groups: {
    purchases: 'Kjøp',
    sales: 'Salg',
    payments: 'Betaling og tap',
    payroll: 'Lønn og reise',
    vat: 'Mva',
    finance: 'Bank og finans',
    'year-end': 'Periodisering og årsslutt',
  },
  cases: {
    'purchase-standard-rate': {
      title: 'Kjøp med 25 % mva',
      why: 'Før beløpet på fakturaen, mva medregnet. Koden deler det i kostnad og fradrag. Forfall og fakturanummer står på leverandørlinjen.',
    },
    'purchase-two-rates': {
      title: 'Kjøp med to mva-satser',
      why: 'En linje for hver sats. Mat har 15 %, resten 25 %. Mat til egne ansatte i kantinen gir fradrag; servering gjør ikke.',
    },
    'purchase-travel-low-rate': {
      title: 'Hotell og reise, 12 %',
      why: 'Persontransport og overnatting har lav sats. Kode 13 gir fradrag når reisen er i næring.',
    },
    'purchase-net-amount': {
      title: 'Beløp uten mva',
      why: 'Står nettobeløpet på linjen, velger du mva-beregning netto. Da legges mva til, og leverandøren får summen.',
    },
    'purchase-split-departments': {
      title: 'Kostnad delt på avdelinger',
      why: 'En linje for hver avdeling. En malnøkkel gjør delingen for deg, til siste øre.',
    },
    'purchase-insurance-no-vat': {
      title: 'Kjøp uten mva',
      why: 'Forsikring, bankgebyr og lønn er utenfor mva-loven. Kode 0: beløpet er kostnaden.',
    },
    'entertainment-not-deductible': {
      title: 'Representasjon uten fradrag',
      why: 'Servering gir ikke fradrag for mva, og kostnaden ikke fradrag i skatt. Før hele beløpet med kode 0 på 7370, og skriv hvem og hvorfor i teksten (bokføringsforskriften § 5-10).',
    },
    'gift-to-customer': {
      title: 'Gave til kunde',
      why: 'Gaver til kunder gir verken mva- eller skattefradrag. Små reklameartikler er unntatt og føres på 7420.',
    },
    'passenger-car-no-deduction': {
      title: 'Personbil: ingen mva-fradrag',
      why: 'Mva på anskaffelse og drift av personbil kan ikke fradras. Varebil klasse 2 føres på 7005 med kode 1.',
    },
    'fixed-asset-bought': {
      title: 'Kjøp av driftsmiddel',
      why: 'Over 30 000 kroner uten mva og minst tre års levetid: før på en eiendelskonto. Med AVSKR på linjen legges avskrivningene samtidig.',
    },
    'services-from-abroad': {
      title: 'Tjeneste kjøpt fra utlandet',
      why: 'Omvendt avgiftsplikt: kode 86 beregner 25 % av beløpet, både å betale og til fradrag. Leverandøren får bare beløpet på fakturaen.',
    },
    'services-from-abroad-not-deductible': {
      title: 'Tjeneste fra utlandet uten fradrag',
      why: 'Kode 87 når kjøpet ikke gir fradragsrett, her underholdning. Mva blir en del av kostnaden.',
    },
    'goods-from-abroad': {
      title: 'Varer kjøpt fra utlandet',
      why: 'Fakturaen føres uten mva med kode 21. Når tolldeklarasjonen kommer, føres grunnlaget der med kode 81 og tas ut igjen på samme konto: bare mva blir stående, begge sider.',
    },
    'purchase-in-euro': {
      title: 'Faktura i valuta',
      why: 'Skriv beløpet i euro og i kroner, så regnes kursen ut, eller euro og kurs. Posten står åpen i begge.',
    },
    'supplier-credit-note': {
      title: 'Kreditnota fra leverandør',
      why: 'Samme linjer med motsatt fortegn og fakturaens nummer. Resten av fakturaen står åpen.',
    },
    'expense-claim': {
      title: 'Utlegg fra ansatt',
      why: 'Utlegget er gjeld til den ansatte til det er betalt. Bompenger er uten mva, parkering har 25 %.',
    },
    'sale-standard-rate': {
      title: 'Salg med 25 % mva',
      why: 'Kunden skylder beløpet med mva; koden deler salget i inntekt og utgående mva.',
    },
    'sale-food': {
      title: 'Salg av mat, 15 %',
      why: 'Mat som tas med har middels sats, kode 31. Servering har 25 %.',
    },
    'sale-low-rate': {
      title: 'Overnatting, 12 %',
      why: 'Utleie av hytte og hotellrom har lav sats, kode 33.',
    },
    'sale-zero-rated': {
      title: 'Fritatt salg innenlands',
      why: 'Bøker og aviser er fritatt: nullsats med fradragsrett. Kode 5, og grunnlaget skal i mva-meldingen.',
    },
    'rent-outside-vat': {
      title: 'Leie utenfor mva-loven',
      why: 'Utleie av fast eiendom er unntatt uten frivillig registrering. Kode 6.',
    },
    export: {
      title: 'Eksport',
      why: 'Varer ut av landet er fritatt når utførselen kan dokumenteres. Kode 52.',
    },
    'customer-credit-note': {
      title: 'Kreditnota til kunde',
      why: 'Motsatt fortegn og fakturaens nummer: salget, mva og kravet går ut.',
    },
    'card-sales': {
      title: 'Dagsoppgjør med kort og kontanter',
      why: 'Salget føres samme dag. Kort venter på 1949 til banken gjør opp, med gebyret trukket fra.',
    },
    'own-use-of-goods': {
      title: 'Uttak til eier',
      why: 'Varer tatt ut av virksomheten er salg til seg selv: omsetningsverdi med mva, spesifisert som uttak i mva-meldingen.',
    },
    'prepayment-from-customer': {
      title: 'Forskudd fra kunde',
      why: 'Forskuddet er gjeld til leveringen. Ved fakturering trekkes det fra det kunden skylder; mva beregnes av hele salget.',
    },
    'asset-sold': {
      title: 'Salg av driftsmiddel',
      why: 'Salget føres med mva. Bokført verdi tas ut mot tap, eller 3880 når det er gevinst.',
    },
    'customer-pays': {
      title: 'Innbetaling fra kunde',
      why: 'Fakturanummer eller KID på linjen, så er betalingen utlignet med fakturaen av seg selv.',
    },
    'supplier-paid': {
      title: 'Betaling til leverandør',
      why: 'Gjelden går ut mot banken. Fakturanummeret utligner posten.',
    },
    'paid-with-rounding': {
      title: 'Innbetaling med øredifferanse',
      why: 'Små differanser føres på 7740 i samme bilag, så posten er helt betalt.',
    },
    'currency-payment-with-loss': {
      title: 'Betaling i valuta med tap',
      why: 'Kursen steg fra faktura til betaling. Gjelden går ut med kursen den ble ført til; forskjellen er valutatap på 8160. Falt kursen, er den gevinst på 8060.',
    },
    'paid-with-reminder-fee': {
      title: 'Purregebyr og forsinkelsesrenter',
      why: 'Gebyret er inntekt utenfor mva på 3950, renten på 8055.',
    },
    'bad-debt': {
      title: 'Tap på krav',
      why: 'Når kravet er endelig tapt, tas mva tilbake: beløpet med mva på 7830 med kode 1 og spesifikasjonen tap på krav.',
    },
    wages: {
      title: 'Lønn',
      why: 'Brutto lønn, skattetrekk og netto å utbetale. Arbeidsgiveravgift og feriepenger (12 %) med avgift avsettes samtidig. Skatt og avgift betales annenhver måned.',
    },
    'sick-pay-refund': {
      title: 'Refusjon av sykepenger',
      why: 'Det NAV refunderer, reduserer lønnskostnaden på 5800.',
    },
    'travel-allowance': {
      title: 'Kjøregodtgjørelse og diett',
      why: 'Etter statens satser og med reiseregning. Ikke mva.',
    },
    'vat-settlement': {
      title: 'Mva-oppgjør',
      why: 'Terminens mva flyttes fra kontoene til 2740 i hele kroner; ørene er avrunding. «Før oppgjør» på mva-siden lager bilaget.',
    },
    'vat-paid': {
      title: 'Mva betalt',
      why: 'Betalingen tar gjelden ut av 2740.',
    },
    'vat-rounded-by-supplier': {
      title: 'Leverandørens mva-beløp',
      why: 'Avviker mva på fakturaen med noen øre, skriver du beløpet som står der. Over grensen kreves en begrunnelse.',
    },
    'bank-fee': {
      title: 'Bankgebyr',
      why: 'Gebyrer er uten mva.',
    },
    'loan-instalment': {
      title: 'Termin på lån',
      why: 'Avdraget reduserer lånet, renten er kostnad.',
    },
    'interest-earned': {
      title: 'Renteinntekt',
      why: 'Renter på bankkontoen er finansinntekt.',
    },
    'owner-lends-money': {
      title: 'Lån fra aksjonær',
      why: 'Pengene er gjeld til aksjonæren, ikke inntekt. Lån den andre veien er ulovlig uten sikkerhet.',
    },
    'between-own-accounts': {
      title: 'Mellom egne bankkonti',
      why: 'Fra den ene kontoen til den andre, uten resultat.',
    },
    'prepaid-rent': {
      title: 'Forskuddsbetalt leie',
      why: 'Fakturaen føres på 1700, og hver måned tar sin del. SPRE på linjen lager alle tre med en gang.',
    },
    'accrued-insurance': {
      title: 'Periodisert forsikring',
      why: 'Kostnaden spres på månedene den gjelder. Ørene og kronene som ikke går opp, faller i siste måned.',
    },
    'accrued-cost': {
      title: 'Påløpt kostnad',
      why: 'Fakturaen kommer neste år: kostnaden føres i år mot 2960, uten mva, og vendes når fakturaen kommer.',
    },
    depreciation: {
      title: 'Avskrivning',
      why: 'Lineært over levetiden, fra måneden driftsmiddelet ble kjøpt.',
    },
    'inventory-change': {
      title: 'Endring i varelager',
      why: 'Opptelling ved årsslutt: økningen øker lageret og reduserer varekostnaden.',
    },
    'bad-debt-provision': {
      title: 'Avsetning for tap',
      why: 'Usikre krav vurderes ved årsslutt. Avsetningen påvirker ikke mva.',
    },
    'tax-for-the-year': {
      title: 'Skattekostnad',
      why: 'Beregnet skatt på årets resultat er gjeld til neste år.',
    },
    'result-to-equity': {
      title: 'Disponering av resultatet',
      why: 'Årets overskudd går til egenkapital og utbytte. Utbyttet er gjeld når generalforsamlingen har vedtatt det.',
    },
  } as Record<string, { title: string; why: string }>,
}
