import * as z from 'zod/mini'
import { Problem } from '#worker/core/problem.ts'
import { FilledText } from '#worker/core/text.ts'
import { changesOf, isUnchanged } from '#worker/events/event.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { type Season, SPREAD_KEYS } from './spread.ts'
import { readSeasons, upsertSeason } from './store.ts'

const Weight = z.int('field/invalid').check(z.gte(0, 'field/invalid'), z.lte(1_000_000, 'field/invalid'))

/** A season: how much of a year falls in each calendar month, in any unit. */
export const SeasonBody = z.strictObject({
  name: FilledText(100),
  weights: z.array(Weight, { error: 'field/required' }).check(
    z.length(12, 'field/invalid'),
    z.refine((weights) => weights.some((w) => w > 0), 'field/invalid'),
  ),
})
export type SeasonBody = z.infer<typeof SeasonBody>

/** Makes a season, or changes the one with that key. @throws Problem 422 request/invalid for a key that is built in or unfit. */
export async function saveSeason({ db, by, at }: Acting, key: string, body: SeasonBody): Promise<Season> {
  const builtIn = (SPREAD_KEYS as readonly string[]).includes(key)
  if (builtIn || !/^[a-z0-9][a-z0-9-]{0,39}$/.test(key))
    throw new Problem(422, 'request/invalid', {
      issues: [{ code: 'field/invalid', severity: 'error', pointer: '#/season', params: {} }],
    })
  const before = (await readSeasons(db)).find((s) => s.key === key)
  const season = { key, ...body }
  const changes = changesOf(before, season)
  if (!isUnchanged(changes)) {
    const type = before ? 'budget-season.changed' : 'budget-season.created'
    await db.batch([upsertSeason(season), insertEvents({ type, at, by, subject: key, changes })], 'write')
  }
  return season
}
