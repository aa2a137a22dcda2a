import { Hono } from 'hono'
import * as z from 'zod/mini'
import { accept, pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { StepChange } from './onboarding.ts'
import { assignStep, readOnboarding } from './read-onboarding.ts'

const OnboardingAnswer = z.object({
  steps: z.array(
    z.object({ key: z.string(), done: z.boolean(), owner: z.nullable(z.string()), dueDate: z.nullable(z.string()) }),
  ),
  interim: z.nullable(z.array(z.string())),
  variant: z.nullable(z.enum(['opening', 'movements', 'saft'])),
  place: z.nullable(z.string()),
  hasPosted: z.boolean(),
})

/** What is missing before the first posting. Mounted at /companies/:company. */
export const onboarding = new Hono<Env>()
  .get(
    '/onboarding',
    operation({
      summary: 'The onboarding plan',
      description: 'What a new company needs before its first voucher, each step ticked by the data.',
      access: 'report:read',
      answer: { status: 200, schema: OnboardingAnswer, description: 'Steps in the order one does them' },
    }),
    async (c) => c.json(await readOnboarding(c.var.db)),
  )
  .patch(
    '/onboarding/:step',
    operation({
      summary: 'Give a step of the onboarding plan an owner and a day',
      access: 'import:run',
      body: StepChange,
      answer: { status: 200, schema: OnboardingAnswer, description: 'As it is now' },
      problems: ['onboarding/unknown', 'date/invalid'],
    }),
    async (c) => c.json(await assignStep(actingOf(c), pathText(c, 'step'), await accept(c, StepChange))),
  )
