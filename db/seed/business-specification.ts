/**
 * The account codes of the næringsspesifikasjon: category, code, Norwegian and English name, one code a line.
 * Source: Skatteetaten's code list resultatregnskapOgBalanse for 2026 (the same codes as 2025), github Skatteetaten/skattemeldingen
 * 052cb83 of 2026-08-22, Apache-2.0, flattened; names as published. Left out: the categories of banks, insurance companies,
 * branch accounts and IFRS statements, whose accounts a report shows as without a place.
 */
const CODES = `
salgsinntekt|3000|Salg og uttak med mva-plikt|Sales and withdrawals subject to VAT
salgsinntekt|3001|Salgsinntekter og uttak av olje|Sales revenue and extraction of oil
salgsinntekt|3002|Salgsinntekter og uttak av tørrgass|Sales revenue and extraction of dry gas
salgsinntekt|3003|Salgsinntekter og uttak av våtgass|Sales revenue and extraction of wet gas
salgsinntekt|3004|Tariffinntekt rørledning|Tariff revenue, pipelines
salgsinntekt|3005|Tariffinntekt prosessering|Tariff revenue, processing
salgsinntekt|3006|Timer viderefakturert|Hours reinvoiced
salgsinntekt|3007|Annen kostnad viderefakturert|Other expenses reinvoiced
salgsinntekt|3008|Endring i mer-/mindreuttak av petroleumsprodukter|Changes to overlifts/underlifts of petroleum products
salgsinntekt|3100|Salg og uttak med 0 prosent mva.|Sales and withdrawals with zero rate VAT
salgsinntekt|3200|Salg og uttak utenfor mva-loven|Sales and withdrawals outside the scope of the VAT Act
salgsinntekt|3300|Offentlige særavgifter ved salg|Excise duties on sales
annenDriftsinntekt|3400|Offentlige tilskudd og refusjoner|Government subsidies and reimbursements
annenDriftsinntekt|3500|Endring uopptjent inntekt|Change in unearned income
annenDriftsinntekt|3600|Inntekt fra utleie av eiendom|Income from renting out property
annenDriftsinntekt|3650|Utleie av rettigheter til jakt og fiske med mer|Renting out hunting and fishing rights, etc.
annenDriftsinntekt|3695|Andre leieinntekter|Other rental income
annenDriftsinntekt|3700|Provisjon|Commission
annenDriftsinntekt|3710|Lisens-, patent- og royalty-inntekter|Licence, patent and royalty income
annenDriftsinntekt|3850|Verdiendringer av investeringseiendommer etter IFRS|Changes in value of investment properties after IFRS
annenDriftsinntekt|3870|Verdiendringer biologiske eiendeler etter IFRS|Changes in value of biological assets after IFRS
annenDriftsinntekt|3880|Gevinst ved avgang av immaterielle eiendeler og varige driftsmidler|Gain from disposal of intangible assets and fixed tangible assets
annenDriftsinntekt|3885|Gevinst ved avgang av finansielle anleggsmidler|Gain from disposal of financial fixed assets
annenDriftsinntekt|3886|Gevinst ved overdragelse av tillatelse til petroleumsvirksomhet|Gain on the transfer of licences for petroleum activities
annenDriftsinntekt|3890|Inntekt fra gevinst-/tapskonto|Income from profit and loss account
annenDriftsinntekt|3895|Inntekt fra saldo|Income from a balance
annenDriftsinntekt|3900|Andre driftsinntekter|Other operating revenues
annenDriftsinntekt|3910|Inntekt fra tømmerkonto|Income from a timber account
annenDriftsinntekt|3911|Inntekt fra jordbrukskonto|Income from a agriculture account
varekostnad|4001|Letekostnader|Exploration costs
varekostnad|4002|Utbyggingskostnader|Development costs
varekostnad|4003|Produksjonskostnader|Production costs
varekostnad|4004|Handling fee / Service fee / Trading fee|Handling fee / Service fee / Trading fee
varekostnad|4005|Varekostnader inklusiv endring i beholdningen|Cost of goods including change in stock
varekostnad|4007|Endring i mer-/mindreuttak av petroleumsprodukter|Changes to overlifts/underlifts  of petroleum products
varekostnad|4008|Fjernings- og nedstengningskostnader|Removal and shut-down expenses
varekostnad|4295|Endring i beholdningen av ferdige og uferdige egenproduserte varer|The change in stock of complete and incomplete self-manufactured goods
varekostnad|4500|Innleid arbeidskraft|Hired labour
varekostnad|4995|Endring i beholdningen av egenproduserte driftsmidler|Change in stock of self-manufactured fixed assets
loennskostnad|5000|Lønn og feriepenger med mer|Salary and holiday pay, etc.
loennskostnad|5300|Andre opplysningspliktige godtgjørelser|Other remunerations carrying a reporting obligation
loennskostnad|5400|Arbeidsgiveravgift|Employer’s national insurance contributions
loennskostnad|5420|Opplysningspliktige pensjonskostnader|Pension costs subject to a reporting obligation
loennskostnad|5600|Arbeidsgodtgjørelse til eiere i ANS mv.|Remuneration for work performed by owners in a partnership (ANS etc.)
loennskostnad|5900|Andre personalkostnader|Other personnel costs
loennskostnad|5950|Egen pensjonsordning|Own pension scheme
annenDriftskostnad|6000|Avskrivning på varige driftsmidler|Depreciation of fixed assets
annenDriftskostnad|6001|Avskrivning på produksjonsinnretning og rørledning|Depreciation of production installations and pipelines
annenDriftskostnad|6002|Avskrivning på fjernings- og nedstengningseiendeler|Depreciation of removal and shut-down assets
annenDriftskostnad|6004|Annen avskrivning|Other depreciation
annenDriftskostnad|6050|Nedskrivning på varige driftsmidler og immaterielle eiendeler|Write-downs of tangible fixed assets and intangible assets
annenDriftskostnad|6051|Nedskrivning på produksjonsinnretning og rørledning|Write-down of production installations and pipelines
annenDriftskostnad|6052|Nedskrivning på aktiverte letekostnader|Write-down of activated exploration expenses
annenDriftskostnad|6053|Nedskrivning på anlegg under utførelse|Write-down of installation under construction
annenDriftskostnad|6054|Annen nedskrivning|Other depreciation
annenDriftskostnad|6100|Frakt- og transportkostnader ved salg|Shipping and transport costs related to sales
annenDriftskostnad|6110|Frakt- og transportkostnad vedrørende salg av olje|Freight- and transport costs concerning sales of oil
annenDriftskostnad|6120|Frakt- og transportkostnad vedrørende salg av tørrgass|Freight- and transport costs concerning sales of dry gas
annenDriftskostnad|6130|Frakt- og transportkostnad vedrørende salg av LNG|Freight- and transport costs concerning sales of LNG
annenDriftskostnad|6140|Frakt- og transportkostnad vedrørende salg av våtgass|Freight- and transport costs concerning sales of wet gas
annenDriftskostnad|6200|Energi og brensel med mer til produksjon|Power and fuel, etc. for manufacture
annenDriftskostnad|6300|Leie av lokaler|Rental of premises
annenDriftskostnad|6340|Strøm og oppvarming|Electricity and heating
annenDriftskostnad|6350|IT kostnader|IT costs
annenDriftskostnad|6395|Renovasjon, vann, avløp, renhold med mer|Refuse collection, water, sewage, cleaning, etc.
annenDriftskostnad|6400|Leie av maskiner, inventar og utstyr med mer|Rental of machines, fixtures and fittings, etc.
annenDriftskostnad|6440|Langtidsleie/leasing av bil|Long-term rental/leasing of vehicle
annenDriftskostnad|6500|Verktøy, inventar med mer som skal kostnadsføres direkte|Tools, fixtures and fittings etc. for direct expense deduction
annenDriftskostnad|6600|Reparasjoner og vedlikehold av bygninger|Building repairs and maintenance
annenDriftskostnad|6695|Reparasjoner og vedlikehold av utstyr med mer|Repairs and maintenance of equipment, etc.
annenDriftskostnad|6700|Regnskapstjenester, rådgivning med mer|Accountancy and consultancy services, etc.
annenDriftskostnad|6750|Konserntjenester|Intra-group services
annenDriftskostnad|6751|Kostnadsreduksjon timer viderefakturert|Cost reduction hours reinvoiced
annenDriftskostnad|6752|Kostnadsreduksjon annen kostnad viderefakturert|Cost reduction other costs reinvoiced
annenDriftskostnad|6995|Kontorrekvisita, elektronisk kommunikasjon, porto med mer|Office equipment, electronic communication, postage, etc.
annenDriftskostnad|6998|Privat bruk av elektronisk kommunikasjon|Private use of electronic communication
annenDriftskostnad|7000|Drivstoff|Fuel
annenDriftskostnad|7020|Vedlikehold|Maintenance
annenDriftskostnad|7040|Forsikring og avgifter|Insurance and taxes
annenDriftskostnad|7080|Fradrag for bruk av privat bil i næringsvirksomheten|Deductions for the use of a private vehicle in the business activity
annenDriftskostnad|7099|Privat bruk av næringsbil|Private use of a commercial vehicle
annenDriftskostnad|7155|Reise-, diett- og bilgodtgjørelser, med opplysningsplikt|Travel, subsistence and car allowances carrying a reporting obligation
annenDriftskostnad|7165|Reise- og diettkostnader, uten opplysningsplikt|Travel and subsistence expenses, not subject to a reporting obligation
annenDriftskostnad|7295|Provisjonskostnader|Commission costs
annenDriftskostnad|7330|Salgs- og reklamekostnader|Marketing costs
annenDriftskostnad|7350|Representasjonskostnader med fradragsrett|Deductible business entertainment costs
annenDriftskostnad|7370|Representasjonskostnader|Business entertainment costs
annenDriftskostnad|7400|Kontingenter med fradragsrett|Deductible membership fees
annenDriftskostnad|7420|Gaver med fradragsrett|Deductible costs for gifts
annenDriftskostnad|7440|Gaver|Gifts
annenDriftskostnad|7490|Kontingenter|Membership fees
annenDriftskostnad|7500|Forsikringspremier|Insurance premiums
annenDriftskostnad|7501|Driftsforsikring|Operating insurance
annenDriftskostnad|7502|Utbyggingsforsikring|Development insurance
annenDriftskostnad|7503|Annen forsikring|Other insurance
annenDriftskostnad|7565|Garanti- og servicekostnader|Warranty and servicing costs
annenDriftskostnad|7600|Lisenser, patenter og royalties|Licences, patents and royalties
annenDriftskostnad|7650|Forskning og utviklingskostnad|Research and development expences
annenDriftskostnad|7651|Tilskudd til vitenskapelig forskning mv jf sktl § 6-42|Grants for scientific research, etc., see section 6-42 of the Taxation Act
annenDriftskostnad|7700|Andre kostnader|Other costs
annenDriftskostnad|7701|Co2-avgift|CO2 tax
annenDriftskostnad|7830|Tap på fordringer|Losses on receivables
annenDriftskostnad|7860|Tap på kontrakter|Losses on contracts
annenDriftskostnad|7880|Tap ved avgang av immaterielle eiendeler og varige driftsmidler|Losses on the disposal of intangible assets and fixed tangible assets
annenDriftskostnad|7885|Tap ved avgang av finansielle anleggsmidler|Losses on the disposal of financial fixed assets
annenDriftskostnad|7886|Tap ved overdragelse av tillatelse til petroleumsvirksomhet|Loss on the transfer of licenses for petroleum activities
annenDriftskostnad|7890|Fradrag fra gevinst- og tapskonto|Deductions from profit and loss accounts
annenDriftskostnad|7897|Endring i skattemessig tap på fordringer|Change in tax losses on receivables
annenDriftskostnad|7910|Overført til tømmerkonto av årets overskudd/underskudd|Transferred to timber account from this year’s profit and loss
annenDriftskostnad|7911|Kostnadsføring tømmerkonto|Expense recognition timber account
annenDriftskostnad|7912|Overført til jordbrukskonto av årets overskudd/underskudd|Transferred to agriculture account from this year´s profit and loss
annenDriftskostnad|7913|Kostnadsføring fra jordbrukskonto|Expense recognition agriculture account
finansinntekt|8005|Netto positiv resultatandel vedrørende investering i DS, TS og FKV|Net positive share in profits regarding investments in subsidiaries, associated companies and jointly controlled enterprises
finansinntekt|8030|Renteinntekt fra foretak i samme konsern|Interest income from enterprises in the same group
finansinntekt|8050|Annen renteinntekt|Other interest income
finansinntekt|8054|Garantiinntekter fra foretak i samme konsern|Guarantee income from enterprise in the same group
finansinntekt|8059|Garantiinntekt|Guarantee income
finansinntekt|8060|Gevinst ved kursendring på valuta|Gains on fluctuations of currency exchange rates
finansinntekt|8074|Gevinst ved realisasjon av aksjer, egenkapitalbevis og fondsandeler|Gain on the divestment of shares, equity certificates, and units in funds
finansinntekt|8075|Finansinntekt fra foretak i samme konsern|Financial income from enterprise in the same group
finansinntekt|8079|Andre finansinntekter|Other financial income
finansinntekt|8080|Verdiøkning av finansielle instrumenter vurdert til virkelig verdi|Increase in value of financial instruments carried at fair value
finansinntekt|8090|Inntekt av andre investeringer/utbytte|Income from other investments/dividends
finansinntekt|8091|3 % av netto skattefrie inntekter etter fritaksmetoden og 3 % av utdeling fra selskap med deltakerfastsetting til selskapsdeltaker|3% of net tax-free income in accordance with the exemption method and 3% of dividends to a partner from businesses assessed as partnerships
finanskostnad|8100|Verdireduksjon av finansielle instrumenter vurdert til virkelig verdi|Reduction in value of financial instruments carried at fair value
finanskostnad|8105|Netto negativ resultatandel vedrørende investering i DS, TS og FKV|Net negative share in profits regarding investments in subsidiaries, associated companies and jointly controlled enterprises
finanskostnad|8115|Nedskriving av finansielle eiendeler|Write-down of financial assets
finanskostnad|8120|Kalkulatorisk rente fjernings- og nedstengningsforpliktelse|Imputed interest, removal and shut-down obligations
finanskostnad|8130|Rentekostnad til foretak i samme konsern|Interest cost for enterprises in the same group
finanskostnad|8150|Annen rentekostnad|Other interest cost
finanskostnad|8154|Garantikostnad til foretak i samme konsern|Guarantee cost for enterprise in the same group
finanskostnad|8159|Annen garantikostnad|Other guarantee cost
finanskostnad|8160|Tap ved kursendring på valuta|Losses from currency fluctuations
finanskostnad|8174|Tap ved realisasjon av aksjer, egenkapitalbevis og fondsandeler|Losses on the sale of shares, equity certificates and units in funds
finanskostnad|8175|Finanskostnader til foretak i samme konsern|Financial costs for enterprises in the same group
finanskostnad|8179|Andre finanskostnader|Other financial costs
skattekostnad|8300|Betalbar skatt på ordinært resultat|Tax payable on the profit/loss on ordinary activities
skattekostnad|8321|Økning i utsatt skatt/nedgang i utsatt skattefordel på ordinært resultat|Increase in deferred tax/decrease in deferred tax asset on the profit/loss on ordinary activities
skattekostnad|8322|Nedgang i utsatt skatt/økning i utsatt skattefordel på ordinært resultat|Decrease in deferred tax/increase in deferred tax asset on the profit/loss on ordinary activities
skattekostnad|8323|For lite avsatt skatt fra forrige år|Under-allocated tax from last year
skattekostnad|8324|For mye avsatt skatt fra forrige år|Over-allocated tax from last year
skattekostnad|7.80.0.10|Periodeskatt|Current tax
skattekostnad|7.80.0.10.00|Periodeskatt|Current tax
skattekostnad|7.80.7.89|For lite/mye avsatt skatt tidligere år / Endring i forpliktelse ved utsatt skatt|Under-/over allocated tax from previous years/Changed tax liability when tax is deferred
skattekostnad|7.80.7.89.00|Endring i forpliktelse ved utsatt skatt|Changed tax liability when tax is deferred
skattekostnad|8.91.7.89.00|Skatt på inntekt/kostnad som ikke blir omklassifisert|Tax on income/expense that is not reclassified
skattekostnad|8.91.7.89|Skatt på andre inntekter og kostnader som ikke blir omklassifisert til resultat|Tax on other income and expenses that are not reclassified to profit or loss
skattekostnad|8.92.7.89.00|Skatt på inntekt/kostnad som kan bli omklassifisert|Tax on income/expense that may be reclassified
skattekostnad|8.92.7.89|Skatt på andre inntekter og kostnader som kan bli omklassifisert til resultat|Tax on other income and expenses that may be reclassified to profit or loss
skjoennsfastsattInntektEllerKostnad|999999|Inntekt fastsatt ved skjønn|Income determined by discretionary assessment
balanseverdiForAnleggsmiddel|1000|Utvikling|Development
balanseverdiForAnleggsmiddel|1020|Varige konsesjoner, patenter, lisenser, rettigheter med mer|Long-term concessions, patents, licenses, rights, etc.
balanseverdiForAnleggsmiddel|1070|Utsatt skattefordel|Deferred tax asset
balanseverdiForAnleggsmiddel|1080|Goodwill|Goodwill
balanseverdiForAnleggsmiddel|1101|Aktiverte letekostnader|Activated exploration expenses
balanseverdiForAnleggsmiddel|1102|Felt under utbygging|Fields under development
balanseverdiForAnleggsmiddel|1103|Produksjonsinnretning og rørledning|Production installations and pipelines
balanseverdiForAnleggsmiddel|1104|Fjernings- og nedstengningseiendeler|Removal and shut-down assets
balanseverdiForAnleggsmiddel|1105|Forretningsbygg|Commercial estates
balanseverdiForAnleggsmiddel|1115|Bygg, anlegg, hotell o.l.|Buildings, installations, hotels, etc.
balanseverdiForAnleggsmiddel|1117|Elektroteknisk utrustning i kraftforetak mv.|Electrotechnical equipment in power enterprises, etc.
balanseverdiForAnleggsmiddel|1120|Fast teknisk installasjon i bygninger|Fixed technical installations in buildings
balanseverdiForAnleggsmiddel|1130|Anlegg og maskiner under bygging|Installations and machines under construction
balanseverdiForAnleggsmiddel|1140|Jord- og skogbrukseiendommer|Agricultural and forestry properties
balanseverdiForAnleggsmiddel|1150|Tomter og andre grunnarealer|Plots and other land areas
balanseverdiForAnleggsmiddel|1160|Bolig inkl. boligtomter, hytter mv.|Housing incl. housing plots, cabins, etc.
balanseverdiForAnleggsmiddel|1180|Investeringseiendommer|Investment properties
balanseverdiForAnleggsmiddel|1205|Personbiler, maskiner, inventar|Cars, machinery and fixtures and fittings
balanseverdiForAnleggsmiddel|1221|Skip, rigger mv.|Ships, rigs, etc.
balanseverdiForAnleggsmiddel|1225|Fly, helikopter mv.|Aircrafts, helicopters, etc.
balanseverdiForAnleggsmiddel|1238|Vare- og lastebiler, busser, inkludert varebiler med nullutslipp mv.|Vans and trucks, buses, etc., and vans with zero emissions
balanseverdiForAnleggsmiddel|1280|Kontormaskiner o.l.|Office equipment, etc.
balanseverdiForAnleggsmiddel|1290|Andre driftsmidler|Other fixed assets
balanseverdiForAnleggsmiddel|1295|Driftsmidler som avskrives lineært|Fixed assets depreciated on a straight-line basis
balanseverdiForAnleggsmiddel|1296|Negativ gevinst- og tapskonto|Negative profit and loss account
balanseverdiForAnleggsmiddel|1298|Negativ tømmerkonto|Negative timber account
balanseverdiForAnleggsmiddel|1299|Negativ jordbrukskonto|Negative agriculture account
balanseverdiForAnleggsmiddel|1312|Investeringer i datter- og konsernselskap med deltakerfastsetting|Investments in subsidiaries and companies in a group assessed as a partnership
balanseverdiForAnleggsmiddel|1313|Investeringer i andre datter- og konsernselskap|Investments in other subsidiaries and companies in a group
balanseverdiForAnleggsmiddel|1320|Lån til foretak i samme konsern|Loans to enterprises within the same group
balanseverdiForAnleggsmiddel|1331|Investeringer i tilknyttede selskap med deltakerfastsetting|Investments in associated companies assessed as a partnership
balanseverdiForAnleggsmiddel|1332|Investeringer i andre tilknyttede selskap|Investments in other associated companies
balanseverdiForAnleggsmiddel|1340|Lån til tilknyttet selskap og felles kontrollert virksomhet|Loans to associated companies and jointly controlled enterprises
balanseverdiForAnleggsmiddel|1350|Investeringer i aksjer, andeler og verdipapirfondsandeler|Investments in shares, holdings and units in securities funds
balanseverdiForAnleggsmiddel|1360|Obligasjoner|Bonds
balanseverdiForAnleggsmiddel|1370|Fordringer på personlige eiere, styremedl. o.l.|Receivables from personal owners, board members, etc.
balanseverdiForAnleggsmiddel|1380|Krav/fordringer mot ansatte|Claims towards/receivables from employees
balanseverdiForAnleggsmiddel|1390|Andre langsiktige fordringer|Other non-current receivables
balanseverdiForAnleggsmiddel|1395|Netto pensjonsmidler|Net pension funds
balanseverdiForOmloepsmiddel|1400|Varelager|Inventory
balanseverdiForOmloepsmiddel|1401|Beholdning av egenproduserte varer for bruk i egen jordbruksvirksomhet|Stock of self-manufactured goods for use in own agricultural activity
balanseverdiForOmloepsmiddel|1470|Mindreuttak av petroleumsprodukter|Underlifts of petroleum products
balanseverdiForOmloepsmiddel|1490|Biologiske eiendeler|Biological assets
balanseverdiForOmloepsmiddel|1500|Kundefordringer|Accounts receivable
balanseverdiForOmloepsmiddel|1501|Kundefordringer på selskap i samme konsern|Trade debtors relating to companies in the same group
balanseverdiForOmloepsmiddel|1530|Opptjente ikke fakturerte driftsinntekter|Earned, non-invoiced operating revenues
balanseverdiForOmloepsmiddel|1560|Andre fordringer på selskap i samme konsern|Other receivables from companies in the same group
balanseverdiForOmloepsmiddel|1565|Kortsiktige fordringer mot personlig eier, styremedlem o.l.|Current receivables concerning personal owners/board members, etc.
balanseverdiForOmloepsmiddel|1570|Andre kortsiktige krav/fordringer|Other current claims/receivables
balanseverdiForOmloepsmiddel|1780|Krav på innbetalt selskapskapital|Claims for paid-up company capital
balanseverdiForOmloepsmiddel|1800|Ikke-markedsbaserte aksjer og verdipapirfondsandeler|Non-market based shares and units in securities funds
balanseverdiForOmloepsmiddel|1810|Markedsbaserte aksjer og verdipapirfondsandeler|Market-based shares and units in securities funds
balanseverdiForOmloepsmiddel|1830|Markedsbaserte obligasjoner, sertifikater mv.|Market-based bonds, certificates, etc.
balanseverdiForOmloepsmiddel|1840|Andre obligasjoner og sertifikater|Other bonds and certificates
balanseverdiForOmloepsmiddel|1880|Andre finansielle instrumenter|Other financial instruments
balanseverdiForOmloepsmiddel|1895|Andel i selskap med deltakerfastsetting|Ownership interest in a business assessed as a partnership
balanseverdiForOmloepsmiddel|1900|Kontanter|Cash
balanseverdiForOmloepsmiddel|1920|Bankinnskudd|Bank deposits
balanseverdiForOmloepsmiddel|1950|Innskudd på skattetrekkskonto|Deposits on a tax deduction account
egenkapital|2000|Aksjekapital/Egenkapital andre foretak|Share capital/Equity other enterprises
egenkapital|2010|Egne aksjer|Own shares
egenkapital|2015|Felleseid andelskapital|Jointly owned share capital
egenkapital|2020|Overkurs|Premium
egenkapital|2030|Annen innskutt egenkapital|Other contributed equity
egenkapital|2041|Etterbetalingsfond|Retroactive payments reserve
egenkapital|2042|Medlemskapitalkonti|Member's capital accounts
egenkapital|2043|Fond for vurderingsforskjeller|Fund for valuation differences
egenkapital|2045|Fond for urealiserte gevinster|Fund for unrealised gains
egenkapital|2050|Positiv egenkapital|Positive equity
egenkapital|2055|Avsatt utbytte - IFRS|Provisions for dividend – IFRS
egenkapital|2080|Negativ egenkapital|Negative equity
egenkapital|2095|Negativ saldo|Negative balance
egenkapital|2096|Positiv gevinst og tapskonto|Positive profit and loss account
egenkapital|2097|Betinget avsatt gevinst|Provisions for conditional gain
egenkapital|2098|Positiv tømmerkonto|Positive timber account
egenkapital|2099|Positiv jordbrukskonto|Positive agriculture account
egenkapital|9.21.11|Selskapskapital - Aksjekapital/eierandelskapital|Company capital – Share capital/equity capital
egenkapital|9.21.12|Selskapskapital - Egne aksjer og egenkapitalbevis|Company capital – Own shares and equity certificates
egenkapital|9.21.30|Selskapskapital - overkurs|Company capital – premium
egenkapital|9.21.40|Selskapskapital - utjevningsfond|Company capital – equalisation reserves
egenkapital|9.23.00|Grunnfondskapital|Primary capital
egenkapital|9.23.20|Sparebankens/foreningens fond|Savings bank funds/associations reserves
egenkapital|9.23.30|Kompensasjonsfond|Compensation fund
egenkapital|9.23.40|Gavefond|Donations fund
egenkapital|9.25.00|Fondsobligasjonskapital, netto|Hybrid capital, net
egenkapital|9.26.00|Annen innskutt egenkapital|Other contributed equity
egenkapital|9.28.31|Annen egenkapital - Fond for urealiserte gevinster|Other equity – Fund for unrealised gains
egenkapital|9.28.33|Annen egenkapital - Fond for vurderingsforskjeller|Other equity – Fund for valuation differences
egenkapital|9.28.60|Annen egenkapital - Risikoutjevningsfond|Other equity – Risk equalisation reserve
egenkapital|9.28.76|Annen egenkapital - Avsetning til naturskadekapital|Other equity – Provisions for natural damage capital
egenkapital|9.28.77|Annen egenkapital - Avsetning til garantiordningen|Other equity – Provisions for the non-life Insurance Guarantee Scheme
egenkapital|9.28.90|Annen egenkapital - Øvrig|Other equity – Other
egenkapital|9.28.99|Annen egenkapital - Ikke disponert resultat (netto) - kun kvartal|Other equity - Non-disposed result (net) – quarter only
langsiktigGjeld|2100|Pensjonsforpliktelser|Pension liabilities
langsiktigGjeld|2120|Utsatt skatt|Deferred tax
langsiktigGjeld|2130|Derivater|Derivatives
langsiktigGjeld|2160|Uopptjent inntekt|Unearned income
langsiktigGjeld|2180|Avsetninger for forpliktelser|Provisions for liabilities
langsiktigGjeld|2185|Avsetninger for fjerning- og nedstengningsforpliktelser|Allocations for removal and decommissioning liability
langsiktigGjeld|2200|Konvertible lån|Convertible loans
langsiktigGjeld|2210|Obligasjonslån|Bond loans
langsiktigGjeld|2220|Langsiktig gjeld til banker og andre kredittinstitusjoner|Long-term debt to banks and other credit institutions
langsiktigGjeld|2250|Gjeld til ansatte og personlige eiere|Debt to employees and personal owners
langsiktigGjeld|2260|Gjeld til selskap i samme konsern|Debt to companies in the same group
langsiktigGjeld|2280|Stille interessentinnskudd og ansvarlig lånekapital|Contributions by silent partners and subordinated loan capital
langsiktigGjeld|2290|Annen langsiktig gjeld|Other long-term debt
kortsiktigGjeld|2310|Konvertible lån|Convertible loans
kortsiktigGjeld|2320|Obligasjonslån|Bond loans
kortsiktigGjeld|2330|Derivater|Derivatives
kortsiktigGjeld|2380|Kortsiktig gjeld til banker og andre kredittinstitusjoner|Short-term debt to banks and other credit institutions
kortsiktigGjeld|2400|Gjeld til leverandører|Debt to suppliers
kortsiktigGjeld|2460|Leverandørgjeld til selskap i samme konsern|Debts to suppliers that are companies in the same group
kortsiktigGjeld|2470|Meruttak av petroleumsprodukter|Overlift of petroleum products
kortsiktigGjeld|2500|Betalbar skatt, ikke fastsatt|Payable tax, not assessed
kortsiktigGjeld|2510|Betalbar skatt, fastsatt|Payable tax, assessed
kortsiktigGjeld|2600|Skattetrekk og andre trekk|Deducted tax and other deductions
kortsiktigGjeld|2740|Skyldig merverdiavgift|Unpaid value added tax
kortsiktigGjeld|2770|Skyldig arbeidsgiveravgift|Unpaid employer’s national insurance contributions
kortsiktigGjeld|2790|Andre offentlige avgifter|Other public taxes and duties
kortsiktigGjeld|2800|Avsatt utbytte|Provisions for dividend
kortsiktigGjeld|2900|Forskudd fra kunder|Advances from customers
kortsiktigGjeld|2910|Gjeld til ansatte og personlige eiere|Debt to employees and personal owners
kortsiktigGjeld|2920|Gjeld til selskap i samme konsern|Debt to companies in the same group
kortsiktigGjeld|2949|Skyldig lønn og feriepenger med mer|Unpaid salary and holiday pay, etc.
kortsiktigGjeld|2950|Skyldige gjeldsrenter|Unpaid interest on debt
kortsiktigGjeld|2970|Uopptjent inntekt|Unearned income
kortsiktigGjeld|2980|Avsetninger for forpliktelser|Provisions for liabilities
kortsiktigGjeld|2981|Avsatt etterbetaling til utbetaling|Transferred retroactive payment for payment
kortsiktigGjeld|2990|Annen kortsiktig gjeld|Other short-term debt
`

export type SpecificationCode = { category: string; code: string; nameNb: string; nameEn: string }

export const businessSpecification: readonly SpecificationCode[] = CODES.trim()
  .split('\n')
  .map((line) => {
    const [category, code, nameNb, nameEn] = line.split('|') as [string, string, string, string]
    return { category, code, nameNb, nameEn }
  })
