import { isoDate } from '#worker/core/dates.ts'
import { decimal } from '#worker/core/decimal.ts'
import type { CurrencyRate } from '#worker/ledger/currency-rate.ts'
import type { RatesToFetch } from './rate.ts'

/** Where Norges Bank publishes exchange rates; no key is needed. Source: norway.md section 11. */
export const norgesBankAddress = ({ currencies, fromDate, toDate }: RatesToFetch): string =>
  `https://data.norges-bank.no/api/data/EXR/B.${[...currencies].sort().join('+')}.NOK.SP?${new URLSearchParams({
    format: 'sdmx-json',
    startPeriod: fromDate,
    endPeriod: toDate,
    locale: 'no',
  })}`

type Named = { id: string; values: { id: string }[] }
type Series = { attributes: number[]; observations: Record<string, [string]> }

/**
 * The rates of an SDMX-JSON answer; undefined when it cannot be read as one. UNIT_MULT 2 means per 100. Rates stay decimal
 * texts from file to table, never floats.
 */
export function ratesInSdmx(answer: unknown): CurrencyRate[] | undefined {
  try {
    const { dataSets, structure } = (answer as any).data
    const dimensions: Named[] = structure.dimensions.series
    const days: { id: string }[] = structure.dimensions.observation[0].values
    const attributes: Named[] = structure.attributes.series
    const place = (id: string) => dimensions.findIndex((d) => d.id === id)
    const multiplier = attributes.findIndex((a) => a.id === 'UNIT_MULT')
    const [base, quote] = [place('BASE_CUR'), place('QUOTE_CUR')]
    return Object.entries(dataSets[0].series as Record<string, Series>).flatMap(([key, series]) => {
      const places = key.split(':').map(Number)
      const currency = dimensions[base]!.values[places[base]!]!.id
      if (dimensions[quote]!.values[places[quote]!]!.id !== 'NOK') return []
      const hundreds = attributes[multiplier]?.values[series.attributes[multiplier]!]?.id === '2'
      return Object.entries(series.observations).flatMap(([day, [rate]]): CurrencyRate[] => {
        const date = isoDate(days[Number(day)]!.id)
        if (!date || typeof rate !== 'string' || (decimal(rate)?.digits ?? 0n) <= 0n) return []
        return [{ currency, date, rate, unit: hundreds ? 100 : 1, source: 'norges-bank' }]
      })
    })
  } catch {
    return undefined
  }
}
