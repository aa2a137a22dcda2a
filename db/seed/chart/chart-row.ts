/** A row of the chart: number, names, default VAT code, and its place in the næringsspesifikasjon. */
export type ChartRow = readonly [
  number: string,
  nameNb: string,
  nameEn: string,
  defaultVatCode: string | null,
  groupingCategory: string,
  groupingCode: string,
]
