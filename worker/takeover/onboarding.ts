import * as z from 'zod/mini'
import { IsoDate } from '#worker/core/date-schema.ts'
import { FilledText } from '#worker/core/text.ts'

/** Steps of the onboarding plan in the order one does them. Source: features.md PLT-07. */
export const ONBOARDING_STEPS = [
  'profile',
  'fiscal-year',
  'chart',
  'bank',
  'parties',
  'plan',
  'opening',
  'movements',
  'interim',
  'finish',
] as const
export type OnboardingKey = (typeof ONBOARDING_STEPS)[number]
/** How the books are taken over: by balances, with movements, or by SAF-T files. */
export type Variant = 'opening' | 'movements' | 'saft'
export type OnboardingStep = { key: OnboardingKey; done: boolean; owner: string | null; dueDate: string | null }

/** Who does a step, and until when; null for nobody and no day. */
export const StepChange = z.strictObject({
  owner: z.optional(z.nullable(FilledText(100))),
  dueDate: z.optional(z.nullable(IsoDate)),
})
export type StepChange = z.infer<typeof StepChange>

const ONLY_MOVEMENTS = new Set<OnboardingKey>(['movements', 'interim'])

/** The plan of a company, for its kind of take-over; each step is ticked by the data. */
export function onboardingOf(
  done: Readonly<Record<OnboardingKey, boolean>>,
  variant: Variant | null,
  assigned: ReadonlyMap<string, { owner: string | null; dueDate: string | null }>,
): OnboardingStep[] {
  return ONBOARDING_STEPS.filter((key) => variant === 'movements' || !ONLY_MOVEMENTS.has(key)).map((key) => ({
    key,
    done: done[key],
    owner: assigned.get(key)?.owner ?? null,
    dueDate: assigned.get(key)?.dueDate ?? null,
  }))
}
