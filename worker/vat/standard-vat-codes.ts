import type { VatCode, VatRate } from './vat.ts'

/**
 * The standard tax codes: the 25 codes of the VAT return and 0, 7, 20, 21 and 22, with the accounts of the standard chart.
 * Source: Skatteetaten, code lists mvaKodeSAFT and Standard_Tax_Codes of 2025-11 (codes, validity, specifications);
 * accounts: norway.md section 4. Names are ours.
 */
export const standardVatCodes: readonly VatCode[] = [
  { code: '0', direction: 'none', rateClass: null, deductible: false, outputAccount: null, inputAccount: null, validFrom: null, validTo: null, specifications: [], nameNb: 'Ingen avgiftsbehandling, anskaffelser', nameEn: 'No VAT treatment, purchases' },
  { code: '1', direction: 'input', rateClass: 'standard', deductible: true, outputAccount: null, inputAccount: '2710', validFrom: '1970-01-01', validTo: null, specifications: ['tapPåKrav', 'justering', 'tilbakeføringAvInngåendeMerverdiavgift'], nameNb: 'Kjøp med fradragsrett, høy sats', nameEn: 'Purchases, deductible, standard rate' },
  { code: '3', direction: 'output', rateClass: 'standard', deductible: false, outputAccount: '2700', inputAccount: null, validFrom: '1970-01-01', validTo: null, specifications: ['uttak'], nameNb: 'Salg og uttak, høy sats', nameEn: 'Sales and withdrawals, standard rate' },
  { code: '5', direction: 'output', rateClass: 'zero', deductible: false, outputAccount: null, inputAccount: null, validFrom: '1970-01-01', validTo: null, specifications: ['uttak'], nameNb: 'Salg og uttak fritatt (nullsats), innenlands', nameEn: 'Zero-rated sales and withdrawals, domestic' },
  { code: '6', direction: 'output', rateClass: 'zero', deductible: false, outputAccount: null, inputAccount: null, validFrom: '1970-01-01', validTo: null, specifications: [], nameNb: 'Omsetning og uttak unntatt fra mva-loven', nameEn: 'Sales and withdrawals outside the VAT act' },
  { code: '7', direction: 'none', rateClass: null, deductible: false, outputAccount: null, inputAccount: null, validFrom: null, validTo: null, specifications: [], nameNb: 'Ingen avgiftsbehandling, inntekter', nameEn: 'No VAT treatment, income' },
  { code: '11', direction: 'input', rateClass: 'middle', deductible: true, outputAccount: null, inputAccount: '2711', validFrom: '2001-07-01', validTo: null, specifications: ['tapPåKrav'], nameNb: 'Kjøp med fradragsrett, middels sats', nameEn: 'Purchases, deductible, middle rate' },
  { code: '12', direction: 'input', rateClass: 'raw-fish', deductible: true, outputAccount: null, inputAccount: '2713', validFrom: null, validTo: null, specifications: ['tapPåKrav'], nameNb: 'Kjøp av råfisk m.m.', nameEn: 'Purchases of raw fish' },
  { code: '13', direction: 'input', rateClass: 'low', deductible: true, outputAccount: null, inputAccount: '2712', validFrom: '2004-01-01', validTo: null, specifications: ['tapPåKrav'], nameNb: 'Kjøp med fradragsrett, lav sats', nameEn: 'Purchases, deductible, low rate' },
  { code: '14', direction: 'input', rateClass: 'standard', deductible: true, outputAccount: null, inputAccount: '2715', validFrom: '2006-01-01', validTo: null, specifications: [], nameNb: 'Fradrag for mva betalt ved innførsel, høy sats', nameEn: 'Deduction of import VAT paid at customs, standard rate' },
  { code: '15', direction: 'input', rateClass: 'middle', deductible: true, outputAccount: null, inputAccount: '2715', validFrom: '2006-01-01', validTo: null, specifications: [], nameNb: 'Fradrag for mva betalt ved innførsel, middels sats', nameEn: 'Deduction of import VAT paid at customs, middle rate' },
  { code: '20', direction: 'none', rateClass: null, deductible: false, outputAccount: null, inputAccount: null, validFrom: null, validTo: null, specifications: [], nameNb: 'Innførsel av varer, kostnad uten avgiftsbehandling', nameEn: 'Import of goods, cost without VAT treatment' },
  { code: '21', direction: 'none', rateClass: null, deductible: false, outputAccount: null, inputAccount: null, validFrom: null, validTo: null, specifications: [], nameNb: 'Innførsel av varer, kostnad, høy sats', nameEn: 'Import of goods, cost, standard rate' },
  { code: '22', direction: 'none', rateClass: null, deductible: false, outputAccount: null, inputAccount: null, validFrom: null, validTo: null, specifications: [], nameNb: 'Innførsel av varer, kostnad, middels sats', nameEn: 'Import of goods, cost, middle rate' },
  { code: '31', direction: 'output', rateClass: 'middle', deductible: false, outputAccount: '2701', inputAccount: null, validFrom: '2001-07-01', validTo: null, specifications: ['uttak'], nameNb: 'Salg og uttak, middels sats', nameEn: 'Sales and withdrawals, middle rate' },
  { code: '32', direction: 'output', rateClass: 'raw-fish', deductible: false, outputAccount: '2703', inputAccount: null, validFrom: '1970-01-01', validTo: null, specifications: [], nameNb: 'Salg av råfisk m.m.', nameEn: 'Sales of raw fish' },
  { code: '33', direction: 'output', rateClass: 'low', deductible: false, outputAccount: '2702', inputAccount: null, validFrom: '2004-03-01', validTo: null, specifications: ['uttak'], nameNb: 'Salg og uttak, lav sats', nameEn: 'Sales and withdrawals, low rate' },
  { code: '51', direction: 'output', rateClass: 'zero', deductible: false, outputAccount: null, inputAccount: null, validFrom: '2017-01-01', validTo: null, specifications: [], nameNb: 'Salg av klimakvoter og gull til næringsdrivende', nameEn: 'Sales of emission allowances and gold to businesses' },
  { code: '52', direction: 'output', rateClass: 'zero', deductible: false, outputAccount: null, inputAccount: null, validFrom: '2017-01-01', validTo: null, specifications: [], nameNb: 'Salg til utlandet (eksport), nullsats', nameEn: 'Sales abroad (export), zero-rated' },
  { code: '81', direction: 'reverse', rateClass: 'standard', deductible: true, outputAccount: '2705', inputAccount: '2715', validFrom: '2017-01-01', validTo: null, specifications: ['tilbakeføringAvInngåendeMerverdiavgift', 'justering', 'kompensasjonsrett'], nameNb: 'Innførsel av varer med fradragsrett, høy sats', nameEn: 'Import of goods, deductible, standard rate' },
  { code: '82', direction: 'reverse', rateClass: 'standard', deductible: false, outputAccount: '2705', inputAccount: null, validFrom: '2017-01-01', validTo: null, specifications: [], nameNb: 'Innførsel av varer uten fradragsrett, høy sats', nameEn: 'Import of goods, not deductible, standard rate' },
  { code: '83', direction: 'reverse', rateClass: 'middle', deductible: true, outputAccount: '2705', inputAccount: '2715', validFrom: '2017-01-01', validTo: null, specifications: ['kompensasjonsrett'], nameNb: 'Innførsel av varer med fradragsrett, middels sats', nameEn: 'Import of goods, deductible, middle rate' },
  { code: '84', direction: 'reverse', rateClass: 'middle', deductible: false, outputAccount: '2705', inputAccount: null, validFrom: '2017-01-01', validTo: null, specifications: [], nameNb: 'Innførsel av varer uten fradragsrett, middels sats', nameEn: 'Import of goods, not deductible, middle rate' },
  { code: '85', direction: 'reverse', rateClass: 'zero', deductible: false, outputAccount: null, inputAccount: null, validFrom: '2017-01-01', validTo: null, specifications: [], nameNb: 'Innførsel av varer som det ikke beregnes mva av', nameEn: 'Import of goods without VAT' },
  { code: '86', direction: 'reverse', rateClass: 'standard', deductible: true, outputAccount: '2704', inputAccount: '2714', validFrom: '2001-07-01', validTo: null, specifications: ['kompensasjonsrett'], nameNb: 'Tjenester fra utlandet med fradragsrett, høy sats', nameEn: 'Services from abroad, deductible, standard rate' },
  { code: '87', direction: 'reverse', rateClass: 'standard', deductible: false, outputAccount: '2704', inputAccount: null, validFrom: '2001-07-01', validTo: null, specifications: [], nameNb: 'Tjenester fra utlandet uten fradragsrett, høy sats', nameEn: 'Services from abroad, not deductible, standard rate' },
  { code: '88', direction: 'reverse', rateClass: 'low', deductible: true, outputAccount: '2704', inputAccount: '2714', validFrom: '2001-07-01', validTo: null, specifications: ['kompensasjonsrett'], nameNb: 'Tjenester fra utlandet med fradragsrett, lav sats', nameEn: 'Services from abroad, deductible, low rate' },
  { code: '89', direction: 'reverse', rateClass: 'low', deductible: false, outputAccount: '2704', inputAccount: null, validFrom: '2001-07-01', validTo: null, specifications: [], nameNb: 'Tjenester fra utlandet uten fradragsrett, lav sats', nameEn: 'Services from abroad, not deductible, low rate' },
  { code: '91', direction: 'reverse', rateClass: 'standard', deductible: true, outputAccount: '2706', inputAccount: '2716', validFrom: '2017-01-01', validTo: null, specifications: ['kompensasjonsrett'], nameNb: 'Kjøp av klimakvoter og gull med fradragsrett', nameEn: 'Emission allowances and gold bought, deductible' },
  { code: '92', direction: 'reverse', rateClass: 'standard', deductible: false, outputAccount: '2706', inputAccount: null, validFrom: '2017-01-01', validTo: null, specifications: [], nameNb: 'Kjøp av klimakvoter og gull uten fradragsrett', nameEn: 'Emission allowances and gold bought, not deductible' },
]

/**
 * Rates in basis points from a day until the next row of the same class. A day before the first row has no rate.
 * Source: Skatteetaten, code list sats of 2025-11.
 */
export const standardVatRates: readonly VatRate[] = [
  { rateClass: 'standard', validFrom: '2005-01-01', rate: 2500 },
  { rateClass: 'middle', validFrom: '2012-01-01', rate: 1500 },
  { rateClass: 'low', validFrom: '2006-01-01', rate: 800 },
  { rateClass: 'low', validFrom: '2016-01-01', rate: 1000 },
  { rateClass: 'low', validFrom: '2018-01-01', rate: 1200 },
  { rateClass: 'low', validFrom: '2020-04-01', rate: 600 },
  { rateClass: 'low', validFrom: '2021-10-01', rate: 1200 },
  { rateClass: 'raw-fish', validFrom: '1970-01-01', rate: 1111 },
  { rateClass: 'zero', validFrom: '1970-01-01', rate: 0 },
]
