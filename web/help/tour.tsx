import { fill } from '#i18n/format.ts'
import { pageTexts } from '#i18n/page-texts.ts'
import { mayDo, type Permission } from '#worker/access/permission.ts'
import { readSetting, writeSetting } from '#worker/access/user-store.ts'
import { ownPath, readForm } from '../form.ts'
import type { Page } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** Where each step is shown, and what one must be allowed to see it. */
const STEPS: readonly { path: string; may: Permission }[] = [
  { path: '/overview', may: 'report:read' },
  { path: '/vouchers/new', may: 'ledger:post' },
  { path: '/trial-balance', may: 'report:read' },
  { path: '/vouchers', may: 'ledger:read' },
]
const SETTING = 'tour'

/** Which step of the tour this page shows: the one that is asked for; on the overview the first, until it has been taken or closed. */
export async function tourStep(c: Page): Promise<number | undefined> {
  const { access, principal } = c.var
  if (!access?.test || principal.kind !== 'user') return undefined
  const asked = Number(c.req.query('tour'))
  if (Number.isInteger(asked) && asked >= 1 && asked <= STEPS.length) return asked
  if (!c.req.path.endsWith(STEPS[0]!.path)) return undefined
  const { done } = await readSetting(c.var.control, principal.id, SETTING)
  return done ? undefined : 1
}

/** A card at the side of the page: what to look at here, and on to the next. It takes no focus, and Enter or Esc never lose anything. */
export function Tour({ c, step }: { c: Page; step: number }) {
  const { locale, access } = c.var
  const { tour } = pageTexts[locale]
  const { title, text } = tour.steps[step - 1]!
  const next = STEPS.findIndex(({ may }, i) => i >= step && mayDo(access, may))
  const here = companyPath(access, STEPS[step - 1]!.path)
  return (
    <aside class="hb-tour hb-no-print" aria-label={tour.title}>
      <p class="hb-small hb-quiet">
        {tour.title}, {fill(tour.step, { n: step, of: STEPS.length }, locale)}
      </p>
      <h2>{title}</h2>
      <p>{text}</p>
      <form method="post" action="/tour" class="hb-form-actions">
        <input type="hidden" name="return" value={here} />
        <button class="ds-button" data-variant={next < 0 ? 'primary' : 'tertiary'} type="submit">
          {next < 0 ? tour.done : tour.close}
        </button>
        {next >= 0 && (
          <a class="ds-button" href={companyPath(access, `${STEPS[next]!.path}?tour=${next + 1}`)}>
            {tour.next}
          </a>
        )}
      </form>
    </aside>
  )
}

/** The tour is over for this user, on every machine. */
export async function submitTour(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const { principal, control } = c.var
  if (principal.kind === 'user')
    await control.execute(writeSetting(principal.id, SETTING, { done: 'yes' }, new Date().toISOString()))
  return c.redirect(ownPath(fields.return), 303)
}
