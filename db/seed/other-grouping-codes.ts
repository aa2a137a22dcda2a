/**
 * Codes of SAF-T's grouping list that business-specification.ts leaves out: banks, insurance companies, IFRS components and the
 * appropriation account. Category, code, Norwegian and English name, one code a line.
 * Source: Skatteetaten's SAF-T code list naeringsspesifikasjon for 2025 and 2026, github Skatteetaten/saf-t, as vendored by
 * BogenTech/regnmed 2b468a3 on 2026-07-22; the list for 2024 is the same without the codes named in `SINCE_2025`. Names as published.
 */
const CODES = `
resultatDisponeringForSAF-T|8800|Disponering av årets overskudd/dekning av årets underskudd|Appropriation of profit/allocation of loss
resultatkomponentForIFRSForetak|8901.1|Endring i verdireguleringsreserve|Change in revaluation surplus
resultatkomponentForIFRSForetak|8901.2|Aktuariell gevinst og tap på ytelsesplaner|Actuarial profit and loss on benefit schemes
resultatkomponentForIFRSForetak|8901.3|Andre inntekter og kostnader knyttet til foretak|Other income and expenses from associated enterprises
resultatkomponentForIFRSForetak|8901.4|Netto gevinst og tap på egenkapitalinstrumenter|Net profit and loss on equity instruments
resultatkomponentForIFRSForetak|8901.5|Endring i virkelig verdi som skyldes egen kredittrisiko|Change in fair value due to own credit risk
resultatkomponentForIFRSForetak|8909.1|Skatt relatert til poster som ikke skal reklassifiseres|Tax related to items that will not be reclassified
resultatkomponentForIFRSForetak|8902.1|Omregningsdifferanser valuta|Conversion differences currency
resultatkomponentForIFRSForetak|8902.2|Endring i virkelig verdi av sikringsinstrumentet ved kontantstrømsikring|Change in fair value of hedging instrument upon cash flow hedging
resultatkomponentForIFRSForetak|8902.3|Netto gevinst og tap på finansielle eiendeler målt til virkelig verdi|Net profit and loss on financial assets measured at fair value
resultatkomponentForIFRSForetak|8902.4|Netto endring i kostnader ved sikring|Net change in expenses upon hedging
resultatkomponentForIFRSForetak|8909.2|Skatt relatert til poster som kan bli reklassifisert|Tax related to items that may be reclassified
bankOgForsikringsinntekt|1.05.0.10|Forfalte premier|Overdue premiums
bankOgForsikringsinntekt|1.05.0.20|Avgitte gjenforsikringspremier (negativ hvis kostnad)|Ceded reinsurance premiums (negative if expense)
bankOgForsikringsinntekt|1.05.0.50|Opptjente bruttopremier|Earned gross premiums
bankOgForsikringsinntekt|1.05.0.60|Gjenforikringsandel opptjent bruttopremie|Reinsurance share of earned gross premium
bankOgForsikringsinntekt|1.07.0.00|Overføring av premiereserve, pensjonskapital, pensjonsbeholdning mv. fra andre|Transfer of premium reserve, pension capital, pension fund, etc. from others
bankOgForsikringsinntekt|1.11.0.00|Renteinntekter mv.|Interest income, etc.
bankOgForsikringsinntekt|1.11.0.40.00|Renteinntekter mv. - Finansielle derivater|Interest income, etc. – Financial derivatives
bankOgForsikringsinntekt|1.11.0.90.00|Renteinntekter mv. - Øvrige eiendeler|Interest income, etc. – Other assets
bankOgForsikringsinntekt|1.11.0.91.00|Renteinntekter mv. - Forsikringsrelaterte inntekter|Interest income, etc. – Insurance-related income
bankOgForsikringsinntekt|1.11.0.99.00|Renteinntekter mv. - Andre renteinntekter|Interest income, etc. – Other interest income
bankOgForsikringsinntekt|1.11.1.16.00|Renteinntekter mv. - Bankinnskudd|Interest income, etc. – Bank deposits
bankOgForsikringsinntekt|1.11.2.30.00|Renteinntekter mv. - Rentebærende omsettelige verdipapirer|Interest income, etc.  – Interest-bearing tradeable securities
bankOgForsikringsinntekt|1.11.3.50.00|Renteinntekter mv. - Utlån|Interest income, etc. – Loans
bankOgForsikringsinntekt|1.12.0.00.00|Kredittprovisjonsinntekter|Credit commission income
bankOgForsikringsinntekt|1.20.0.10.00|Provisjons- og gebyrinntekter - Betalingsformidling|Provision and fee income – Intermediation of payments
bankOgForsikringsinntekt|1.20.0.20.00|Provisjons- og gebyrinntekter - Netto garantiprovisjonsinntekter|Provision and fee income – Net guarantee commission income
bankOgForsikringsinntekt|1.20.0.90.00|Provisjons- og gebyrinntekter - Andre provisjoner og gebyrer|Provision and fee income – Other commissions and charges/fees
bankOgForsikringsinntekt|1.30.2.20|Utbytte, konsernbidrag og annen resultatavhengig avkastning|Dividend, group contributions and other earnings-based yield
bankOgForsikringsinntekt|1.30.2.20.51|Rentefond / Utbytte, konsernbidrag og resultatavhengig avkastning - Rentefond|Interest fund/Dividend, group contributions and other earnings-based yield – Interest fund
bankOgForsikringsinntekt|1.30.2.20.91|Aksjer og andeler etter EK metoden mv. / Utbytte, konsernbidrag og resultatavhengig avkastning - Aksjer og andeler etter EK metoden mv.|Shares and units after the equity method, etc. / Dividend, group contributions and earnings-based yield – Shares and units after the equity method, etc.
bankOgForsikringsinntekt|1.30.2.20.99|Øvrige aksjer og andeler m.v  / Utbytte, konsernbidrag og resultatavhengig avkastning - Øvrige aksjer og andeler m.v|Other shares and units, etc. / Dividend, group contributions and earnings-based yield – Other shares and units, etc.
bankOgForsikringsinntekt|1.60.0.40.00|Netto verdiendringer, gevinst/tap på valuta og finansielle instrumenter - Valuta og finansielle derivater (eiendeler og gjeld)|Net value changes, profit/loss on currency and financial instruments – Currency and financial derivatives (assets and debt)
bankOgForsikringsinntekt|1.60.0.96.00|Netto verdiendringer, gevinst/tap på valuta og finansielle instrumenter - Øvrige finansielle eiendeler|Net value changes, profit/loss on currency and financial instruments – Other financial assets
bankOgForsikringsinntekt|1.60.0.97.00|Netto verdiendringer, gevinst/tap på valuta og finansielle instrumenter - Finansielle forpliktelser, eksklusiv derivater|Net value changes, profit/loss on currency and financial instruments – Financial liabilities, not including derivatives
bankOgForsikringsinntekt|1.60.2.20.00|Netto verdiendringer, gevinst/tap på valuta og finansielle instrumenter - Aksjer, andeler og egenkapitalbevis|Net value changes, profit/loss on currency and financial instruments – Shares, units and equity certificates
bankOgForsikringsinntekt|1.60.2.30.00|Netto verdiendringer, gevinst/tap på valuta og finansielle instrumenter - Rentebærende, omsettelige verdipapirer|Net value changes, profit/loss on currency and financial instruments – Interest-bearing, tradeable securities
bankOgForsikringsinntekt|1.60.3.50.00|Netto verdiendringer, gevinst/tap på valuta og finansielle instrumenter - Utlån|Net value changes, profit/loss on currency and financial instruments – Loans
bankOgForsikringsinntekt|1.62.0.00|Netto verdiendringer (negativ hvis netto negative verdiendringer)|Net value changes (negative if net negative value changes)
bankOgForsikringsinntekt|1.62.0.40.00|Netto verdiendringer og nedskrivninger - Valuta og finansielle derivater (eiendeler og gjeld)|Net value changes and write-downs – Currency and financial derivatives (assets and debt)
bankOgForsikringsinntekt|1.62.0.99.00|Netto verdiendringer og nedskrivninger - Øvrige finansielle eiendeler/forpliktelser, eksl. Derivater|Net value changes and write-downs – Other financial assets/liabilities, not including derivatives
bankOgForsikringsinntekt|1.62.2.20.00|Netto verdiendringer og nedskrivninger - Aksjer, andeler, egenkapitalbevis|Net value changes and write-downs – Shares, units, equity certificates
bankOgForsikringsinntekt|1.62.2.30.00|Netto verdiendringer og nedskrivninger - Rentebærende, omsettelige verdipapirer|Net value changes and write-downs – Interest-bearing, tradeable securities
bankOgForsikringsinntekt|1.62.3.50.00|Netto verdiendringer og nedskrivninger - Utlån|Net value changes and write-downs – Loans
bankOgForsikringsinntekt|1.62.5.91.00|Netto verdiendringer og nedskrivninger - Bygninger og annen fast eiendom|Net value changes and write-downs – Buildings and other real property
bankOgForsikringsinntekt|1.63.0.00|Netto realisert gevinst eller tap (negativ hvis netto realisert tap)|Net realised profit or loss (negative if net realised loss)
bankOgForsikringsinntekt|1.63.0.40.00|Netto realisert gevinst/tap - Valuta og finansielle derivater (eiendeler og gjeld)|Net realised profit/loss – Currency and financial derivatives (assets and debt)
bankOgForsikringsinntekt|1.63.0.99.00|Netto realisert gevinst/tap - Øvrige finansielle eiendeler/forpliktelser eksklusiv derivater|Net realised profit/loss – Other financial assets/liabilities, not including derivatives
bankOgForsikringsinntekt|1.63.2.20.00|Netto realisert gevinst/tap - Aksjer, andeler, egenkapitalbevis|Net realised profit/loss – Shares, units, equity certificates
bankOgForsikringsinntekt|1.63.2.30.00|Netto realisert gevinst/tap - Rentebærende, omsettelige verdipapirer|Net realised profit/loss – Interest-bearing, tradeable securities
bankOgForsikringsinntekt|1.63.3.50.00|Netto realisert gevinst/tap - Utlån|Net realised profit/loss – Loans
bankOgForsikringsinntekt|1.63.5.91.00|Netto realisert gevinst/tap - Bygninger og annen fast eiendom|Net realised profit/loss – Buildings and other real property
bankOgForsikringsinntekt|2.73.0.00|Driftsinntekter eide eiendommer|Operating revenue from owned property
bankOgForsikringsinntekt|2.73.0.00.00|Andre inntekter - Driftsinntekter eide eiendommer|Other income – Operating revenue from owned property
bankOgForsikringsinntekt|2.78.0.40|Provisjon, administrasjonsgebyrer og andre inntekter|Commission, administrative fees and other income
bankOgForsikringsinntekt|2.78.0.40.00|Provisjon, administrasjonsgebyrer og andre inntekter (ikke teknisk)|Commission, administrative fees and other income (not technical)
bankOgForsikringsinntekt|2.78.0.60|Provisjoner fra finansielle tjenester|Commission from financial services
bankOgForsikringsinntekt|2.78.0.60.00|Provisjoner fra finansielle tjenester (ikke teknisk)|Commission from financial services (not technical)
bankOgForsikringsinntekt|2.78.0.80|Forvaltningshonorarer fra konsernselskaper|Management fees from group companies
bankOgForsikringsinntekt|2.78.0.80.00|Forvaltningshonorarer fra konsernselskaper (ikke teknisk)|Management fees from group companies (not technical)
bankOgForsikringsinntekt|2.79.0.00|Andre inntekter|Other income
bankOgForsikringsinntekt|2.79.0.00.00|Andre inntekter - Andre inntekter (ikke tekniske)|Other income – Other income (not technical)
bankOgForsikringsinntekt|2.79.0.10.00|Andre inntekter - Negativ goodwill innregnet i resultat|Other income – Negative goodwill accounted for in profit and loss
bankOgForsikringsinntekt|2.79.0.90.00|Andre inntekter - Øvrige|Other income – Other
bankOgForsikringskostnad|4.05.0.10|Utbetalte erstatninger brutto|Paid compensation, gross
bankOgForsikringskostnad|4.05.0.20|Gjenforsikringsandel|Reinsurance share
bankOgForsikringskostnad|4.07.0.00|Overføring av premiereserve, pensjonskapital, pensjonsbeholdning og tilleggsavsetninger og bufferfond til andre forsikringsforetak/pensjonskasser|Transfer of premium reserve, pension capital, pension fund, and additional provisions and buffer funds for other insurance undertakings/pension undertakings
bankOgForsikringskostnad|4.08.0.00|Resultatførte endringer i forsikringsforpliktelser (negativt fortegn hvis inntekt)|Recognised changes in insurance liabilities (negative prefix if income)
bankOgForsikringskostnad|4.08.8.73|Endring i avsetning for ikke avløpt risiko|Change in provisions for uncovered risk
bankOgForsikringskostnad|4.09.0.00|Midler tilordnet forsikringskontraktene|Funds allocated to insurance contracts
bankOgForsikringskostnad|4.11.0.00|Rentekostnader|Interest expenses
bankOgForsikringskostnad|4.11.0.30.10|Rentekostnader - Obligasjoner med fortrinnsrett|Interest expenses – Bonds with preferential rights
bankOgForsikringskostnad|4.11.0.30.90|Rentekostnader - Annen verdipapirgjeld|Interest expenses – Other securities debts
bankOgForsikringskostnad|4.11.0.40|Rentekostnader finansielle derivater|Interest income, financial derivatives
bankOgForsikringskostnad|4.11.0.40.00|Rentekostnader - finansielle derivater|Interest income – financial derivatives
bankOgForsikringskostnad|4.11.0.90.00|Rentekostnader - Andre lån|Interest expenses – Other loans
bankOgForsikringskostnad|4.11.0.50.00|Rentekostnader - Andre forpliktelser|Interest expenses – Other liabilities
bankOgForsikringskostnad|4.11.0.91|Forpliktelser knyttet til investeringer/finansielle derivater|Liabilities related to investments/financial derivatives
bankOgForsikringskostnad|4.11.0.99|Rentekostnader andre rentekostnader|Interest expenses other interest expenses
bankOgForsikringskostnad|4.11.6.10.00|Rentekostnader - Innskudd|Interest expenses – Deposits
bankOgForsikringskostnad|4.11.8.00|Rentekostnader ansvarlig lånekapital|Interest expenses, subordinated loan capital
bankOgForsikringskostnad|4.13.0.00.00|Avgift til sikringsfondet|Contribution to the Guarantee Fund
bankOgForsikringskostnad|4.20.0.10.00|Provisjons- og gebyrkostnad, kurtasje - Betalingsformidling|Commission and fee expenses, brokerage – Intermediation of payments
bankOgForsikringskostnad|4.20.0.20.00|Provisjons- og gebyrkostnad, kurtasje - Netto garantiprovisjonskostnader|Commission and fee expenses, brokerage – Net guarantee commission expenses
bankOgForsikringskostnad|4.20.0.90.00|Provisjons- og gebyrkostnad, kurtasje - Andre provisjoner og gebyrer|Commission and fee expenses, brokerage – Other commissions and charges/fees
bankOgForsikringskostnad|5.00.0.00|Forsikringsrelaterte driftskostnader|Insurance-related operating expenses
bankOgForsikringskostnad|9.00.0.00|Andre kostnader|Other expenses
bankOgForsikringskostnad|5.51.0.10|Lønn og naturalytelser ansatte, styrehonorarer|Salary and payments in kind to employees, director’s fees
bankOgForsikringskostnad|5.51.0.11.00|Lønns- og personalkostnader - Lønn og naturalytelse til ansatte, unntatt personalforsikringer|Salary and personnel expenses – Salary and payments in kind to employees, not including personnel insurance
bankOgForsikringskostnad|5.51.0.19.00|Lønns- og personalkostnader - Styrehonorar, godtgjørelse for verv og andre avgiftspliktige honorarer|Salary and personnel expenses – Director's fees, remuneration for holding office and other fees subject to employer’s national insurance contribution
bankOgForsikringskostnad|5.51.0.20|Andre honorarer klassifisert som lønn|Other fees classified as salary
bankOgForsikringskostnad|5.51.0.20.00|Lønns- og personalkostnader - Andre honorarer som klassifiseres som lønn|Salary and personnel expenses – Other fees that are classified as salary
bankOgForsikringskostnad|5.51.0.30.00|Lønns- og personalkostnader - Pensjonskostnader|Salary and personnel expenses – Pension expenses
bankOgForsikringskostnad|5.51.0.40.00|Lønns- og personalkostnader - Personalforsikringer|Salary and personnel expenses – Personnel insurance
bankOgForsikringskostnad|5.51.0.50|Arbeidsgiveravgift og finansskatt|Employer’s national insurance contributions and financial activity tax
bankOgForsikringskostnad|5.51.0.50.00|Lønns- og personalkostnader - Arbeidsgiveravgift og finansskatt|Salary and personnel expenses – Employer’s national insurance contributions and financial activity tax
bankOgForsikringskostnad|5.51.0.90.00|Lønns- og personalkostnader - Andre personalkostnader|Salary and personnel expenses – Other personnel expenses
bankOgForsikringskostnad|5.51.0.99|Andre personalkostnader|Other personnel expenses
bankOgForsikringskostnad|5.71.0.00|Kostnader til strøm og forsikring|Expenses for electricity and insurance
bankOgForsikringskostnad|5.71.0.10.00|Kostnader til strøm, inkl. nettleie|Expenses for electricity, including the network charge
bankOgForsikringskostnad|5.71.0.20.00|Kostnader til forsikring|Expenses for insurance
bankOgForsikringskostnad|5.73.0.00|Driftskostnader eide eiendommer|Operating expenses, owned property
bankOgForsikringskostnad|5.73.0.10.00|Driftskostnader eide eiendommer - Reparasjon og vedlikehold|Operating expenses, owned property – Repair and maintenance
bankOgForsikringskostnad|5.73.0.90.00|Driftskostnader eide eiendommer - Andre, ekskl. strøm og forsikring|Operating expenses, owned property – Other, not including electricity and insurance
bankOgForsikringskostnad|5.78.0.00|Provisjoner, honorarer og andre kostnader til eksterne tjenester|Commission, fees and other expences for external services
bankOgForsikringskostnad|5.78.0.10.00|Andre kostnader til eksterne tjenester - Revisjon og regnskap|Other expenses for external services – Audit and accounting
bankOgForsikringskostnad|5.78.0.20.00|Andre kostnader til eksterne tjenester - Juridisk bistand|Other expenses for external services – Legal assistance
bankOgForsikringskostnad|5.78.0.30.00|Andre kostnader til eksterne tjenester - IKT|Other expenses for external services – ICT
bankOgForsikringskostnad|5.78.0.40|Provisjoner til agenter mv.|Commission to agents, etc.
bankOgForsikringskostnad|5.78.0.40.00|Andre kostnader til eksterne tjenester - Salg, reklame og representasjon|Other expenses for external services – Sales, advertising and representation
bankOgForsikringskostnad|5.78.0.51|Avgitt provisjon for avgitt gjenforsikring|Issued commission for issued reinsurance
bankOgForsikringskostnad|5.78.0.52|Mottatt provisjon for avgitt gjenforsikring|Received commission for issued reinsurance
bankOgForsikringskostnad|5.78.0.71.00|Andre kostnader til eksterne tjenester - Leie av lokaler|Other expenses for external services – Premises rental
bankOgForsikringskostnad|5.78.0.73.00|Andre kostnader til eksterne tjenester - Leie av maskiner, inventar og transportmidler|Other expenses for external services – Lease of machinery, fixtures and means of transportation
bankOgForsikringskostnad|5.78.0.80.00|Andre kostnader til eksterne tjenester - Forvaltningshonorarer til konsernselskaper|Other expenses for external services – Management fee to group companies
bankOgForsikringskostnad|5.78.0.90.10|Honorarer til bemaningsselskaper, ikke betraktet som lønn|Fees to staffing companies, not considered salary
bankOgForsikringskostnad|5.78.0.90.90|Andre kostnader til eksterne tjenester - Andre|Other expenses for external services – Other
bankOgForsikringskostnad|5.79.0.00|Andre kostnader til drift og øvrig|Other operating expenses and other
bankOgForsikringskostnad|5.79.0.10.00|Andre driftskostnader - Lisenser, programmer og annet IKT-utstyr|Other operating expenses – Licenses, IT software and other IT hardware
bankOgForsikringskostnad|5.79.0.90.00|Andre driftskostnader - Øvrige|Other operating expenses – Other
bankOgForsikringskostnad|6.61.0.10.00|Avskrivning på ikke-finansielle eiendeler|Depreciation on non-financial assets
bankOgForsikringskostnad|6.61.0.20.00|Nedskrivning på ikke-finansielle eiendeler|Write-down on non-financial assets
bankOgForsikringskostnad|6.61.0.40.00|Netto verdiendringer på ikke-finansielle eiendeler|Net changes in value on non-financial assets
bankOgForsikringskostnad|6.61.0.60.00|Gevinst/tap på ikke-finansielle eiendeler|Profit/loss on non-financial assets
bankOgForsikringskostnad|6.62.5.00|Av- og nedskrivning og verdiendring på ikke finansielle eiendeler|Depreciation and write-downs and changes in value on non-financial assets
bankOgForsikringskostnad|6.63.5.00|Realisert gevinst/tap ikke finansielle eiendeler|Realised profit/loss, non-financial assets
bankOgForsikringskostnad|6.66.2.30.00|Kredittap på rentebærende omsettelige verdipapirer|Credit loss on interest-bearing tradeable securities
bankOgForsikringskostnad|6.66.3.50.11|Konstaterte tap på utlån balanseført til virkelig verdi|Confirmed losses on loans recognised at fair value
bankOgForsikringskostnad|6.66.3.50.19|Øvrige kredittap på utlån balanseført til virkelig verdi|Other credit losses on loans recognised at fair value
bankOgForsikringskostnad|6.66.3.50.21|Konstaterte tap på utlån balanseført til amortisert kost|Confirmed losses on loans recognised at amortized cost
bankOgForsikringskostnad|6.66.3.50.29|Øvrige kredittap på utlån balanseført til amortiert kost|Other credit losses on loans recognised at amortized cost
bankOgForsikringskostnad|6.68.7.86.00|Kredittap på utbenyttet låneramme|Credit losses on unutilized credit lines
bankOgForsikringskostnad|6.68.7.87.00|Kredittap på garantier|Credit losses on guarantees
bankOgForsikringsinntektEllerKostnadSomIkkeBlirOmklassifisertTilResultatet|8.91.0.10.00|Andre inntekter og kostnader som ikke blir omklassifisert - Fra egenkapitalinstrumenter|Other income and expenses that will not be reclassified – From equity instruments
bankOgForsikringsinntektEllerKostnadSomIkkeBlirOmklassifisertTilResultatet|8.91.0.30|Estimatendring knyttet til ytelsesbaserte pensjonsordninger|Changes in estimates relating to defined-benefit pension schemes
bankOgForsikringsinntektEllerKostnadSomIkkeBlirOmklassifisertTilResultatet|8.91.0.30.00|Andre inntekter og kostnader som ikke blir omklassifisert - Estimatendring knyttet til ytelsesbaserte pensjonsordninger|Other income and expenses that will not be reclassified – Changes in estimates relating to defined-benefit pension schemes
bankOgForsikringsinntektEllerKostnadSomIkkeBlirOmklassifisertTilResultatet|8.91.0.60|Fra andre finansielle eiendeler og forpliktelser|From other financial assets and liabilities
bankOgForsikringsinntektEllerKostnadSomIkkeBlirOmklassifisertTilResultatet|8.91.0.60.00|Andre inntekter og kostnader som ikke blir omklassifisert - Fra andre finansielle eiendeler og forpliktelser|Other income and expenses that will not be reclassified – From other financial assets and liabilities
bankOgForsikringsinntektEllerKostnadSomIkkeBlirOmklassifisertTilResultatet|8.91.0.70.00|Andre inntekter og kostnader som ikke blir omklassifisert - Fra ikke-finansielle eiendeler|Other income and expenses that will not be reclassified – From non-financial assets
bankOgForsikringsinntektEllerKostnadSomIkkeBlirOmklassifisertTilResultatet|8.91.0.71|Verdireguleringer på eiendom, anlegg og utstyr|Value regulation on property, plant and equipment
bankOgForsikringsinntektEllerKostnadSomIkkeBlirOmklassifisertTilResultatet|8.91.0.72|Fra andre ikke-finansielle eiendeler|From other non-financial assets
bankOgForsikringsinntektEllerKostnadSomIkkeBlirOmklassifisertTilResultatet|8.91.0.80|Justering av forsikringsforpliktelser - kun livsforsikring|Adjustments in insurance liabilities – only life insurance
bankOgForsikringsinntektEllerKostnadSomKanBliOmklassifisertTilResultatet|8.92.0.20|Fra investeringer i rentebærende verdipapirer klassifisert til virkelig verdi over OCI - kun skadeforsikring som følger IFRS 9|From investments in interest-bearing securities classified to a fair value over OCI – only non-life insurance that follows IFRS 9
bankOgForsikringsinntektEllerKostnadSomKanBliOmklassifisertTilResultatet|8.92.0.20.00|Andre inntekter og kostnader som kan bli omklassifisert - Fra rentebærende verdipapirer|Other income and expenses that may be reclassified – From interest-bearing securities
bankOgForsikringsinntektEllerKostnadSomKanBliOmklassifisertTilResultatet|8.92.0.21|Gevinster og tap på finansielle eiendeler tilgjengelig for salg|Profit and loss on financial assets that are for sale
bankOgForsikringsinntektEllerKostnadSomKanBliOmklassifisertTilResultatet|8.92.0.40|Effektiv andel av nettogevinster på sikringsinstrumenter i kontantstrømsikring|Effective share of net profit on hedging instruments in cash flow hedge
bankOgForsikringsinntektEllerKostnadSomKanBliOmklassifisertTilResultatet|8.92.0.40.00|Andre inntekter og kostnader som kan bli omklassifisert - Effektiv andel av nettogevinster på sikringsinstrumenter i kontantstrømsikring|Other income and expenses that may be reclassified – Effective share of net profit on hedging instruments in cash flow hedge
bankOgForsikringsinntektEllerKostnadSomKanBliOmklassifisertTilResultatet|8.92.0.50.00|Andre inntekter og kostnader som kan bli omklassifisert - Netto valutakursgevinster ved omregning av utenlandsk virksomhet|Other income and expenses that may be reclassified – Net currency profits on foreign currency translation
bankOgForsikringsinntektEllerKostnadSomKanBliOmklassifisertTilResultatet|8.92.0.60|Fra andre finansielle eiendeler og forpliktelser|From other financial assets and liabilities
bankOgForsikringsinntektEllerKostnadSomKanBliOmklassifisertTilResultatet|8.92.0.60.00|Andre inntekter og kostnader som kan bli omklassifisert - Fra andre finansielle eiendeler og forpliktelser|Other income and expenses that may be reclassified – From other financial assets and liabilities
bankOgForsikringsinntektEllerKostnadSomKanBliOmklassifisertTilResultatet|8.92.0.70|Fra ikke-finansielle eiendeler|From non-financial assets
bankOgForsikringsinntektEllerKostnadSomKanBliOmklassifisertTilResultatet|8.92.0.70.00|Andre inntekter og kostnader som kan bli omklassifisert - Fra ikke-finansielle eiendeler|Other income and expenses that may be reclassified – From non-financial assets
bankOgForsikringsinntektEllerKostnadSomKanBliOmklassifisertTilResultatet|8.92.0.80|Justering av forsikringsforpliktelser - kun livsforsikring|Adjustments in insurance liabilities – only life insurance
endringIEgenkapitalInnenBankOgForsikring|9.01.0.00.00|Virkning av endring i regnskapsprinsipper og korrigering av feil i inngående balanse (kan være negativ)|Impact of changes in accounting policies and correction of errors in opening  balance (may be negative)
endringIEgenkapitalInnenBankOgForsikring|9.03.0.10.00|Resultat hittil i år (negativt hvis underskudd)|Total profit/loss year to date (negative if deficit)
endringIEgenkapitalInnenBankOgForsikring|9.03.0.90.00|Netto inntekt over utvidet resultat (OCI) (negativ hvis netto kostnad)|Net income over extended profit/loss (OCI) (negative if net cost)
endringIEgenkapitalInnenBankOgForsikring|9.05.9.21.00|Emisjoner, tilbakekjøp, kapitalnedsettelser og andre endringer - Aksje-/eierandelskapital|Issues, repurchase, capital reduction and other changes – Share capital/owner capital
endringIEgenkapitalInnenBankOgForsikring|9.05.9.25.00|Emisjoner, tilbakekjøp, kapitalnedsettelser og andre endringer - Fondsobligasjonskapital|Issues, repurchase, capital reduction and other changes – Hybrid capital
endringIEgenkapitalInnenBankOgForsikring|9.08.0.10.00|Andre egenkapitaltransaksjoner - Gaveutdeling|Other equity transactions – Distributions of gifts
endringIEgenkapitalInnenBankOgForsikring|9.08.0.40.00|Andre egenkapitaltransaksjoner - Renter på fondsobligasjonskapital|Other equity transactions – Interest on hybrid capital
endringIEgenkapitalInnenBankOgForsikring|9.08.0.50.00|Andre egenkapitaltransaksjoner - Utbytte/renter på eierandelskapital|Other equity transactions – Dividend/interest on owner capital
endringIEgenkapitalInnenBankOgForsikring|9.08.0.60.10|Andre egenkapitaltransaksjoner - Avgitt konsernbidrag|Other equity transactions – Ceded group contribution
endringIEgenkapitalInnenBankOgForsikring|9.08.0.60.20|Andre egenkapitaltransaksjoner - Mottatt konsernbidrag|Other equity transactions – Received group contribution
endringIEgenkapitalInnenBankOgForsikring|9.08.0.70.00|Andre egenkapitaltransaksjoner - Kundeutbytte|Other equity transactions – Customer dividends
endringIEgenkapitalInnenBankOgForsikring|9.08.0.90.00|Andre egenkapitaltransaksjoner - Andre|Other equity transactions – Other
balanseverdiForBankOgForsikringseiendel|1.11.00|Kontanter|Cash
balanseverdiForBankOgForsikringseiendel|1.16.00|Bankinnskudd|Bank deposits
balanseverdiForBankOgForsikringseiendel|2.20.40|Fondsobligasjoner klassifisert som egenkapital|Hybrid capital classified as equity capital
balanseverdiForBankOgForsikringseiendel|2.20.51|Andeler i rentefond|Units in interest funds
balanseverdiForBankOgForsikringseiendel|2.20.56|Andeler i aksje og kombinasjonsfond|Units in shares and combination funds
balanseverdiForBankOgForsikringseiendel|2.20.80|Aksjer og andeler i eiendomsselskaper|Shares and units in property companies
balanseverdiForBankOgForsikringseiendel|2.20.90|Egenkapitalbevis og øvrige aksjer og andeler|Equity certificates and other shares and units
balanseverdiForBankOgForsikringseiendel|2.30.00|Rentebærende, omsettelige verdipapirer mv. ekskl. andeler i rentefond|Interest-bearing, tradeable securities, etc. not including units in interest funds
balanseverdiForBankOgForsikringseiendel|2.30.10|Obligasjoner med fortrinnsrett|Bonds with preferential rights
balanseverdiForBankOgForsikringseiendel|2.30.40|Fondsobligasjoner klassifisert som ansvarlig lånekapital|Hybrid capital classified as subordinated loan capital
balanseverdiForBankOgForsikringseiendel|2.30.91|Andre verdipapirer med løpetid tom 12 mnd|Other securities with maturity up to and including 12 months
balanseverdiForBankOgForsikringseiendel|2.30.92|Andre verdipapirer med løpetid over 12 mnd|Other securities with maturity over 12 months
balanseverdiForBankOgForsikringseiendel|2.40.00|Finansielle derivater (kan være negativ)|Financial derivatives (can be negative)
balanseverdiForBankOgForsikringseiendel|3.51.11|Utlån, brutto balanseført verdi - Factoring|Loans, gross recognised value – Factoring
balanseverdiForBankOgForsikringseiendel|3.51.15|Utlån, brutto balanseført verdi - Kredittkort|Loans, gross recognised value – Credit cards
balanseverdiForBankOgForsikringseiendel|3.51.19|Utlån, brutto balanseført verdi - Andre rammelån/rammekreditter|Loans, gross recognised value – Other flexible loans/flexible credits
balanseverdiForBankOgForsikringseiendel|3.51.30|Utlån, brutto balanseført verdi - Leasing|Loans, gross recognised value – Leasing
balanseverdiForBankOgForsikringseiendel|3.51.50|Utlån, brutto balanseført verdi - Nedbetalingslån|Loans, gross recognised value – Amortizing loan
balanseverdiForBankOgForsikringseiendel|3.51.80|Utlån - Verdipapir-/repolån / Utlån, brutto balanseført verdi - Repoavtale (gjensalgsavtale)|Loans – Securities loan/repo loan / Loans, gross recognised value – Repo agreement (repurchase agreement)
balanseverdiForBankOgForsikringseiendel|3.51.90|Utlån - Andre utlån|Loans – Other loans
balanseverdiForBankOgForsikringseiendel|3.56.00|Utlån - Tapsnedskrivninger (kan være negativ)|Loans – Loss write-downs (can be negative)
balanseverdiForBankOgForsikringseiendel|3.56.10|Tapsnedskrivning på utlån, 12 mnd. forventet kredittap på "friske" utlån (steg 1)|Loss write-downs on loans, 12 months expected credit loss on “fresh” loans (step 1)
balanseverdiForBankOgForsikringseiendel|3.56.30|Nedskrivning som følge av vesentlig økning i kredittrisiko, der det ikke foreligger en tapshendelse (steg 2)|Write-down as a result of a significant increase in credit risk, without a loss event (step 2)
balanseverdiForBankOgForsikringseiendel|3.56.50|Nedskrivning som følge av vesentlig økning i kredittrisiko, der det foreligger en tapshendelse (steg 3)|Write-down as a result of a significant increase in credit risk, with a loss event (step 3)
balanseverdiForBankOgForsikringseiendel|3.60.00|Gjenforsikringsandel av brutto forsikringsforpliktelser i livsforsikring|Reinsurance share of gross insurance liabilities in life insurance
balanseverdiForBankOgForsikringseiendel|3.70.00|Gjenforsikringsandel av brutto forsikringsforpliktelser i skadeforsikring|Reinsurance share of gross insurance liabilities in non-life insurance
balanseverdiForBankOgForsikringseiendel|4.82.50|Andre fordringer - Uoppgjorte verdipapirhandler|Other receivables – Unsettled securities trading
balanseverdiForBankOgForsikringseiendel|4.82.90|Andre fordringer - Andre kortsiktige fordringer|Other receivables – Other current receivables
balanseverdiForBankOgForsikringseiendel|4.89.10|Andre eiendeler - Gjenforsikringsdepoter|Other assets – Reinsurance reserves
balanseverdiForBankOgForsikringseiendel|4.89.20|Andre eiendeler - Eiendeler ved skatt|Other assets – Assets relating to tax
balanseverdiForBankOgForsikringseiendel|4.89.70|Netto pensjonsmidler|Net pension funds
balanseverdiForBankOgForsikringseiendel|4.89.90|Andre eiendeler - Øvrige eiendeler|Other assets – Other assets
balanseverdiForBankOgForsikringseiendel|5.91.10|Bygninger og annen fast eiendom eksl. Aksjer i eiendomsselskaper - Investeringseiendom|Buildings and other real property, not including shares in property companies – Investment property
balanseverdiForBankOgForsikringseiendel|5.91.30|Bygninger og annen fast eiendom eksl. Aksjer i eiendomsselskaper - eierbenyttet eiendom|Buildings and other real property, not including shares in property companies – properties used by owners
balanseverdiForBankOgForsikringseiendel|5.91.50|Overtatte eiendommer|Acquired properties
balanseverdiForBankOgForsikringseiendel|5.94.00|Maskiner, inventar og transportmidler|Machines, equipment and vehicles
balanseverdiForBankOgForsikringseiendel|5.96.00|Leierettigheter|Right to lease
balanseverdiForBankOgForsikringseiendel|5.97.10|Immaterielle eiendeler - Goodwill|Intangible assets – Goodwill
balanseverdiForBankOgForsikringseiendel|5.97.90|Immaterielle eiendeler - Andre immaterielle eiendeler|Intangible assets – Other intangible assets
gjeldInnenBankOgForsikring|6.16.10|Innskudd - Brukskonti|Deposits – Current accounts
gjeldInnenBankOgForsikring|6.16.20|Innskudd - Sparekonti mv. uten binding|Deposits – Savings accounts, etc. without lock-in period
gjeldInnenBankOgForsikring|6.17.10|Innskudd med oppsigelsesfrist tom. 3 måneder etter bindingstid tom. 2 år|Deposits with a period of notice up to and including 3 months after a lock-in period up to and including 2 years
gjeldInnenBankOgForsikring|6.17.90|Innskudd med oppsigelsesfrist over 3 måneder etter bindingstid over 2 år|Deposits with a period of notice over 3 months after a lock-in period of over 2 years
gjeldInnenBankOgForsikring|6.18.10|Skattetrekkskonti|Tax deduction accounts
gjeldInnenBankOgForsikring|6.18.30|Boligspareordning for ungdom (BSU-konti med skattefradrag)|Home savings accounts for young people (BSU account with tax deduction)
gjeldInnenBankOgForsikring|6.18.40|Konti knyttet til pensjonsavtale/-sparing|Accounts linked to pension savings schemes
gjeldInnenBankOgForsikring|6.18.90|Andre innskudd bundet til formål uten oppsigelsesfrist eller bindingstid|Other deposits linked to purposes with no period of notice or lock-in period
gjeldInnenBankOgForsikring|7.30.11|Obligasjoner med fortrinnsrett (kun for kredittforetak), brutto|Bonds with preferential rights (only credit institutions), gross
gjeldInnenBankOgForsikring|7.30.12|Egenbeholdning av obligasjoner med fortrinnsrett|Own holding in bonds with preferential rights
gjeldInnenBankOgForsikring|7.30.91|Annen verdipapirgjeld, brutto|Other securities debt, gross
gjeldInnenBankOgForsikring|7.30.92|Egenbeholdning av andre obligasjoner|Own holding in other bonds
gjeldInnenBankOgForsikring|7.40.00|Finansielle derivater|Financial derivatives
gjeldInnenBankOgForsikring|7.50.80|lån - verdipapirer/repolån|Loans – securities/repo loans
gjeldInnenBankOgForsikring|7.50.90|Lån - likviditetslån / Øvrige lån (bank)|Loans – liquidity loans/other loans (bank)
gjeldInnenBankOgForsikring|7.82.20|Skattetrekk knyttet til egne ansatte|Tax deductions in connection with own employees
gjeldInnenBankOgForsikring|7.82.50|Annen gjeld - Uoppgjorte verdipapirhandler|Other debt – Unsettled securities trading
gjeldInnenBankOgForsikring|7.82.81|Annen gjeld - Utbytte/egenkapitalbevisrenter siste år|Other debt – Dividend/equity certificate interest, last year
gjeldInnenBankOgForsikring|7.82.82|Konsernbidrag siste år|Group contributions, last year
gjeldInnenBankOgForsikring|7.82.90|Annen gjeld - Øvrig kortsiktig gjeld|Other debt – Other current debt
gjeldInnenBankOgForsikring|7.86.10|12-mnd. forventet kredittap på "friske" utlån og garantier (steg 1)|12 months expected credit loss on “fresh” loans and guarantees (step 1)
gjeldInnenBankOgForsikring|7.86.30|Tapsavsetninger som følge av vesentlig økning i kredittrisiko, der det ikke foreligger en tapshendelse (steg 2)|Loss provisions as a result of a significant increase in credit risk, without a loss event (step 2)
gjeldInnenBankOgForsikring|7.86.50|Tapsavsetninger som følge av vesentlig økning i kredittrisiko, der det foreligger en tapshendelse (steg 3)|Loss provisions as a result of a significant increase in credit risk, with a loss event (step 3)
gjeldInnenBankOgForsikring|7.87.00|Tapsavsetning på garantier til virkelig verdi|Loss provisions for guarantees at fair value
gjeldInnenBankOgForsikring|7.89.10|Andre forpliktelser - Premiedepot fra gjenforsikringsforetak|Other liabilities – Premium reserve from reinsurance undertakings
gjeldInnenBankOgForsikring|7.89.21|Andre forpliktelser - Forpliktelser ved periodeskatt|Other liabilities – Current tax liabilities
gjeldInnenBankOgForsikring|7.89.22|Andre forpliktelser - Forpliktelser ved utsatt skatt|Other liabilities – Deferred tax liabilities
gjeldInnenBankOgForsikring|7.89.70|Andre forpliktelser - Pensjonsforpliktelser|Other liabilities – Pension liabilities
gjeldInnenBankOgForsikring|7.89.80|Andre forpliktelser - Forpliktelser knyttet til leieavtaler|Other liabilities – Liabilities related to rental agreements
gjeldInnenBankOgForsikring|7.89.90|Andre forpliktelser - Øvrige forpliktelser|Other liabilities – Other liabilities
gjeldInnenBankOgForsikring|8.31.00|Ansvarlig lånekapital i form av fondsobligasjoner, netto|Subordinated loan capital in the form of hybrid capital, net
gjeldInnenBankOgForsikring|8.39.00|Ansvarlig lånekapital i form av andre rentebærende, omsettelige verdipapirer, netto|Subordinated loan capital in the form of interest-bearing, tradeable securities, net
gjeldInnenBankOgForsikring|8.39.10|Ansvarlig lånekapital, Senior etterstilte obligasjonslån, netto|Subordinated loan capital, senior non-preferred bond loans, net
gjeldInnenBankOgForsikring|8.39.90|Ansvarlig lånekapital, Øvrige lån i form av omsettelige verdipapirer, netto|Subordinated loan capital, Other loans in the form of tradeable securities, net
gjeldInnenBankOgForsikring|8.50.00|Annen ansvarlig lånekapital|Other subordinated loan capital
gjeldInnenBankOgForsikring|8.61.00|Premiereserve og pensjonskostnad mv.|Premium reserve and pension cost, etc.
gjeldInnenBankOgForsikring|8.62.00|Tilleggsavsetninger|Additional provisions
gjeldInnenBankOgForsikring|8.63.00|Kursreguleringsfond|Adjustment fund
gjeldInnenBankOgForsikring|8.64.00|Bufferfond|Buffer fund
gjeldInnenBankOgForsikring|8.65.00|Bufferavsetning og reguleringsfond|Buffer provisions and adjustment fund
gjeldInnenBankOgForsikring|8.66.00|Premiefond eller innskuddsfond|Premium fund/deposit fund
gjeldInnenBankOgForsikring|8.67.00|Pensjonistenes overskuddsfond og pensjonsreguleringsfond|Pensioner’s surplus fund and pension regulation fund
gjeldInnenBankOgForsikring|8.68.00|Tekniske avsetninger for skadeforsikringsvirksomheten|Technical provisions for non-life insurance activities
gjeldInnenBankOgForsikring|8.69.00|Ufordelte overskuddsmidler til forsikringskontrakter|Undistributed surplus funds for insurance contracts
gjeldInnenBankOgForsikring|8.71.00|Avsetning for ikke opptjent bruttopremie|Provisions for non-earned net premium
gjeldInnenBankOgForsikring|8.73.00|Avsetning for ikke avløpt risiko|Provisions for uncovered risk
gjeldInnenBankOgForsikring|8.75.00|Avsetning for gjenstående risiko (kun IFRS)|Provision for remaining risk (only under IFRS)
gjeldInnenBankOgForsikring|8.76.00|Avsetning for inntrufne skader (kun IFRS)|Provision for incurred losses (only under IFRS)
gjeldInnenBankOgForsikring|8.78.00|Brutto erstatningsavsetning|Gross provisions for insurance liabilities
`

/** Codes that are new in the list of 2025. */
export const SINCE_2025: ReadonlySet<string> = new Set(['1299', '2099', '3911', '7912', '7913'])

/** [category, code, Norwegian name, English name]. */
export const otherGroupingCodes: readonly (readonly [string, string, string, string])[] = CODES.trim()
  .split('\n')
  .map((line) => line.split('|') as [string, string, string, string])
