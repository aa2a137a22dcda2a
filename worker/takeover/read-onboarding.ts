import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { changesOf } from '#worker/events/event.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { type OnboardingStep, onboardingOf, type StepChange, type Variant } from './onboarding.ts'
import { keepStep, readOnboardingFacts } from './onboarding-store.ts'

export type Onboarding = {
  steps: OnboardingStep[]
  /** The interim accounts, where the take-over has movements. */
  interim: readonly [customers: string, suppliers: string] | null
  variant: Variant | null
  /** Where a take-over by SAF-T goes on: files looked over, or the proof of those booked; null without one. */
  place: string | null
  /** Whether ordinary vouchers are posted: the plan has served its time then, unless a take-over is under way. */
  hasPosted: boolean
}

/** What is missing before the first posting. */
export async function readOnboarding(db: Database): Promise<Onboarding> {
  const today = dayInOslo(new Date().toISOString() as Instant)
  const { done, variant, assigned, interim, hasPosted, place } = await readOnboardingFacts(db, today)
  const served = hasPosted && (!variant || done.finish)
  return { steps: onboardingOf(done, variant, assigned), interim, variant, place, hasPosted: served }
}

/** Gives a step an owner or a day. @throws Problem 404 onboarding/unknown. */
export async function assignStep({ db, by, at }: Acting, key: string, change: StepChange): Promise<Onboarding> {
  const { steps } = await readOnboarding(db)
  const before = steps.find((step) => step.key === key)
  if (!before) throw new Problem(404, 'onboarding/unknown', { params: { step: key.slice(0, 35) } })
  const { owner, dueDate } = { owner: before.owner, dueDate: before.dueDate, ...change }
  const changes = changesOf({ owner: before.owner, dueDate: before.dueDate }, { owner, dueDate })
  const event = { type: 'onboarding.assigned', at, by, subject: key, changes }
  if (Object.keys(changes).length > 0)
    await db.batch([keepStep(key, owner ?? null, dueDate ?? null), insertEvents(event)], 'write')
  return readOnboarding(db)
}
