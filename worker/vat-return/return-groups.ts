/** A group of the VAT return with its codes, in the order of the return. */
export type ReturnGroup = { key: ReturnGroupKey; codes: readonly string[] }
export type ReturnGroupKey =
  | 'sales-in-norway'
  | 'sales-abroad'
  | 'purchases-in-norway'
  | 'goods-from-abroad'
  | 'services-from-abroad'
  | 'fish'
  | 'allowances-and-gold'

/** Source: Skatteetaten/mva-meldingen 05c8b14 (2025-11-04), code lists mvaKodeSAFT and temaRekkefoelge. Codes not here are never sent. */
export const returnGroups: readonly ReturnGroup[] = [
  { key: 'sales-in-norway', codes: ['3', '31', '33', '5', '6'] },
  { key: 'sales-abroad', codes: ['52'] },
  { key: 'purchases-in-norway', codes: ['1', '11', '13'] },
  { key: 'goods-from-abroad', codes: ['14', '15', '81', '82', '83', '84', '85'] },
  { key: 'services-from-abroad', codes: ['86', '87', '88', '89'] },
  { key: 'fish', codes: ['32', '12'] },
  { key: 'allowances-and-gold', codes: ['51', '91', '92'] },
]
