import { Problem } from '#worker/core/problem.ts'
import { changesOf } from '#worker/events/event.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import type { Bindings } from '#worker/http/env.ts'
import type { CurrencyRate } from '#worker/ledger/currency-rate.ts'
import { norgesBankAddress, ratesInSdmx } from './norges-bank.ts'
import { type RatesToFetch, rateContent, sameRate } from './rate.ts'
import { rateKey, readStanding, upsertRates } from './store.ts'

/** How long Norges Bank is waited for, in milliseconds. */
const PATIENCE_MS = 15_000

export type ChangedRates = { written: number; unchanged: number; kept: CurrencyRate[] }

/**
 * Writes rates into the table, each with its old and new value in the feed. A rate that a person wrote is not overwritten by
 * one that is fetched: it is told as kept.
 */
export async function changeRates({ db, by, at }: Acting, rates: readonly CurrencyRate[]): Promise<ChangedRates> {
  const byKey = new Map(rates.map((rate) => [rateKey(rate), rate]))
  const standing = await readStanding(
    db,
    [...byKey.values()].map(({ currency, date }) => [currency, date]),
  )
  const differing = [...byKey.values()].filter((rate) => !sameRate(standing.get(rateKey(rate)), rate))
  const kept = differing.filter((rate) => rate.source !== 'manual' && standing.get(rateKey(rate))?.source === 'manual')
  const written = differing.filter((rate) => !kept.includes(rate))
  if (written.length > 0) {
    const events = written.map((rate) => {
      const before = standing.get(rateKey(rate))
      const changes = changesOf(before && rateContent(before), rateContent(rate))
      return { type: 'currency-rate.changed', at, by, subject: rateKey(rate), changes }
    })
    await db.batch([upsertRates(written, by, at), insertEvents(...events)], 'write')
  }
  return { written: written.length, unchanged: byKey.size - differing.length, kept }
}

/**
 * Fetches rates from Norges Bank into the table. The network is reached through `env.RATES_FETCH`, where tests put theirs.
 * @throws Problem 503 currency-rate/source-silent when there is no answer, or one that cannot be read.
 */
export async function fetchRates(ctx: Acting, env: Bindings, wanted: RatesToFetch): Promise<ChangedRates> {
  const ask = env.RATES_FETCH ?? fetch
  const answer = await ask(norgesBankAddress(wanted), { signal: AbortSignal.timeout(PATIENCE_MS) })
    .then((response) => (response.ok ? response.json() : undefined))
    .catch(() => undefined)
  const rates = ratesInSdmx(answer)
  if (!rates) throw new Problem(503, 'currency-rate/source-silent')
  const asked = new Set(wanted.currencies)
  return changeRates(
    ctx,
    rates.filter(({ currency, date }) => asked.has(currency) && wanted.fromDate <= date && date <= wanted.toDate),
  )
}
