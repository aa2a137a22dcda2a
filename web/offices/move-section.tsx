import { fill } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { parse } from '#worker/http/accept.ts'
import { askMove, callOffMove, leaveOwnOffice } from '#worker/offices/change-office.ts'
import { inCompany } from '#worker/offices/client-routes.ts'
import { MoveRequest } from '#worker/offices/office.ts'
import { readMoveOf } from '#worker/offices/office-store.ts'
import { membersPage } from '../access/members-page.tsx'
import { TextField, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** Which office keeps the books, and the way to another. */
export async function MoveSection({ c, office }: { c: Page; office: string | null }) {
  const words = textsOf(c).members.move
  const { access, control, locale } = c.var
  const move = await readMoveOf(control, access.id)
  const mayWrite = mayDo(access, 'member:write')
  return (
    <section class="hb-section" id="office">
      <div class="hb-section-head">
        <h2>{words.title}</h2>
      </div>
      <p>{office === null ? words.alone : fill(words.kept, { office }, locale)}</p>
      {move && (
        <form class="hb-form-actions" method="post" action={companyPath(access, '/office/move/withdrawal')}>
          <span class="hb-chip" data-state="warning">
            {fill(words.asked, { office: move.toName }, locale)}
          </span>
          {mayWrite && (
            <button class="ds-button" data-variant="tertiary" type="submit">
              {words.callOff}
            </button>
          )}
        </form>
      )}
      {mayWrite && !move && (
        <details>
          <summary>{words.ask}</summary>
          <form class="hb-form" method="post" action={companyPath(access, '/office/move')}>
            <p class="hb-quiet">{words.note}</p>
            <TextField label={words.number} name="organisationNumber" form="move" inputmode="numeric" required />
            <div class="hb-form-actions">
              <button class="ds-button" data-variant="secondary" type="submit">
                {words.ask}
              </button>
            </div>
          </form>
          {office !== null && (
            <form class="hb-form hb-section" method="post" action={companyPath(access, '/office/departure')}>
              <p class="hb-quiet">{words.leaveNote}</p>
              <div class="hb-form-actions">
                <button class="ds-button" data-variant="secondary" data-color="danger" type="submit">
                  {words.leave}
                </button>
              </div>
            </form>
          )}
        </details>
      )}
    </section>
  )
}

export async function submitMove(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const wanted = { organisationNumber: (fields.organisationNumber ?? '').replace(/\s/g, '') }
      await askMove(inCompany(c), parse(wanted, MoveRequest).organisationNumber)
      return c.redirect(companyPath(c.var.access, '/members#office'), 303)
    },
    (tried) => membersPage(c, { tried }),
  )
}

export const submitMoveWithdrawal = (c: Page): Promise<Response> =>
  tryForm(
    {},
    async () => {
      await callOffMove(inCompany(c))
      return c.redirect(companyPath(c.var.access, '/members#office'), 303)
    },
    (tried) => membersPage(c, { tried }),
  )

export const submitDeparture = (c: Page): Promise<Response> =>
  tryForm(
    {},
    async () => {
      await leaveOwnOffice(inCompany(c))
      return c.redirect('/', 303)
    },
    (tried) => membersPage(c, { tried }),
  )
