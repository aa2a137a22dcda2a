import { day, fill } from '#i18n/format.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import { mayDo } from '#worker/access/permission.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { type OnboardingKey, StepChange } from '#worker/takeover/onboarding.ts'
import { assignStep, type Onboarding, readOnboarding } from '#worker/takeover/read-onboarding.ts'
import { DayField, dayIn, today } from '../day-field.tsx'
import { readForm } from '../form.ts'
import { Icon } from '../icon.tsx'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** Where a step is done. */
const PLACES: Record<OnboardingKey, string> = {
  profile: '/settings',
  'fiscal-year': '/periods',
  chart: '/accounts',
  bank: '/settings/profile',
  parties: '/parties',
  plan: '/takeover',
  opening: '/takeover',
  movements: '/takeover/movements',
  interim: '/takeover',
  finish: '/takeover',
}

/** What is missing before the first posting, until something ordinary is posted; a take-over keeps it until it is finished. */
export async function OnboardingPlan({ c }: { c: Page }) {
  const plan = await readOnboarding(c.var.db)
  if (plan.hasPosted || plan.steps.every(({ done }) => done)) return null
  return <Steps c={c} plan={plan} />
}

function Steps({ c, plan }: { c: Page; plan: Onboarding }) {
  const { access, locale } = c.var
  const words = takeoverTexts[locale].onboarding
  const done = plan.steps.filter((step) => step.done).length
  const mayAssign = mayDo(access, 'import:run')
  const [customers = '1499', suppliers = '2399'] = plan.interim ?? []
  return (
    <section class="hb-section hb-onboarding">
      <div class="hb-section-head">
        <h2>{words.title}</h2>
        <span class="hb-small hb-quiet">{fill(words.note, { done, count: plan.steps.length }, locale)}</span>
      </div>
      <ol class="hb-checklist">
        {plan.steps.map((step) => {
          const ofSaft = plan.variant === 'saft' ? words.saftSteps[step.key] : undefined
          const name = fill(ofSaft ?? words.steps[step.key]!, { customers, suppliers }, locale)
          const isLate = !step.done && step.dueDate !== null && step.dueDate < today()
          return (
            <li data-done={step.done ? true : undefined}>
              {step.done ? (
                <Icon name="check" label={takeoverTexts[locale].done} />
              ) : (
                <span class="hb-box" role="img" aria-label={takeoverTexts[locale].open} />
              )}
              <a href={companyPath(access, (ofSaft && plan.place) || PLACES[step.key])}>{name}</a>
              <span class="hb-quiet hb-step-who">
                {[step.owner, step.dueDate && day(step.dueDate), isLate && words.late].filter(Boolean).join(', ')}
              </span>
              {mayAssign && !step.done && (
                <details class="hb-no-print">
                  <summary aria-label={`${words.edit}: ${name}`}>{words.edit}</summary>
                  <form method="post" action={companyPath(access, `/onboarding/${step.key}`)}>
                    <label>
                      {words.owner}{' '}
                      <input name="owner" class="ds-input" maxlength={100} value={step.owner ?? undefined} />
                    </label>
                    <div>
                      <label for={`due-${step.key}`}>{words.dueDate}</label>{' '}
                      <DayField
                        id={`due-${step.key}`}
                        name="dueDate"
                        class="ds-input"
                        value={step.dueDate ?? undefined}
                        hint={textsOf(c).shell.dayHint}
                      />
                    </div>
                    <button class="ds-button" data-variant="secondary" type="submit">
                      {words.save}
                    </button>
                  </form>
                </details>
              )}
            </li>
          )
        })}
      </ol>
    </section>
  )
}

/** Gives a step its owner and day, and goes back to the overview. */
export async function submitStep(c: Page): Promise<Response> {
  const { owner, dueDate } = await readForm(c)
  const change = parse({ owner: owner?.slice(0, 100) ?? null, dueDate: dayIn(dueDate) ?? null }, StepChange)
  await assignStep(actingOf(c), pathText(c, 'step'), change)
  return c.redirect(companyPath(c.var.access, '/overview'), 303)
}
