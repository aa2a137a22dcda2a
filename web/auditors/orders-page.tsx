import { fill, moment, organisationNumber } from '#i18n/format.ts'
import { forgetAccess } from '#worker/access/allow.ts'
import { AuditorOrder, stateOf } from '#worker/auditors/audit-order.ts'
import { orderAsAuditor, withdrawAudit } from '#worker/auditors/change-audit-access.ts'
import { readOwnOrders } from '#worker/auditors/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { type Outcome, OutcomeNotice, statusOf } from '../access/outcome.tsx'
import { faultsOf, TextField, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { ScopeFields, StateChip, scopeIn, yearsOf } from './auditors-page.tsx'

const asAuditor = (c: Page) => ({
  env: c.env,
  control: c.var.control,
  principal: c.var.principal,
  at: new Date().toISOString() as Instant,
})

/** An auditor's own engagements: what was ordered, what was answered, and the way in while it lasts. */
export async function ordersPage(c: Page, outcome: Outcome = {}): Promise<Response> {
  const t = textsOf(c)
  const words = t.members.orders
  const { control, principal, locale } = c.var
  const { at } = asAuditor(c)
  const orders = await readOwnOrders(control, principal.id)
  return page(
    c,
    { title: words.title, status: statusOf(outcome), keys: [['Esc', t.shell.keys.back]] },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
        </div>
        <div class="hb-actions">
          <a class="ds-button" data-variant="tertiary" href="/" data-key="Escape">
            {t.shell.allClients}
          </a>
        </div>
      </div>
      <OutcomeNotice
        c={c}
        outcome={outcome}
        fields={['organisationNumber', 'firstYear', 'lastYear', 'days']}
        form="order"
      />
      {orders.length === 0 ? (
        <p class="hb-quiet">{words.none}</p>
      ) : (
        <table class="hb-table" data-list>
          <thead>
            <tr>
              <th>{words.column.company}</th>
              <th>{words.column.years}</th>
              <th>{words.column.state}</th>
              <th>{words.column.until}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {orders.map((one) => {
              const state = stateOf(one, at)
              // Before it has answered nobody is told whether the company is here.
              const answered = one.grantedAt !== null
              return (
                <tr>
                  <td>
                    {(answered && one.companyName) ||
                      (one.organisationNumber && organisationNumber(one.organisationNumber))}
                  </td>
                  <td data-line="2">{yearsOf(c, one)}</td>
                  <td>
                    <StateChip c={c} state={state} />
                  </td>
                  <td class="hb-date" data-line="2" data-label={words.column.until}>
                    {one.endsAt && moment(one.endedAt ?? one.endsAt).slice(0, 10)}
                  </td>
                  <td class="hb-num" data-line="2">
                    <span class="hb-picks hb-inline">
                      {state === 'active' && (
                        <a class="ds-button" data-variant="secondary" href={companyPath({ id: one.company as never })}>
                          {words.open}
                        </a>
                      )}
                      {(state === 'active' || state === 'ordered') && (
                        <form method="post" action={`/audit-orders/${one.id}/withdrawal`}>
                          <button class="ds-button" data-variant="tertiary" type="submit">
                            {state === 'ordered' ? words.withdraw : words.leave}
                          </button>
                        </form>
                      )}
                    </span>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      <form class="hb-form hb-section" method="post" action="/audit-orders">
        <h2>{words.submit}</h2>
        <div class="hb-form-row">
          <TextField
            label={words.number}
            name="organisationNumber"
            form="order"
            value={outcome.tried?.fields.organisationNumber}
            faults={faultsOf(outcome.tried, locale)}
            inputmode="numeric"
            maxlength={11}
            required
          />
          <TextField
            label={t.members.auditors.firm}
            name="firm"
            form="order"
            value={outcome.tried?.fields.firm}
            maxlength={100}
          />
        </div>
        <ScopeFields c={c} form="order" tried={outcome.tried} />
        <div class="hb-form-actions">
          <button class="ds-button" type="submit">
            {words.submit}
          </button>
        </div>
      </form>
    </>,
  )
}

export async function submitOrder(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const wanted = { organisationNumber: fields.organisationNumber ?? '', ...scopeIn(fields) }
      await orderAsAuditor(asAuditor(c), parse(wanted, AuditorOrder))
      return ordersPage(c, { message: textsOf(c).members.orders.sent })
    },
    (tried) => ordersPage(c, { tried }),
  )
}

export const submitOrderWithdrawal = (c: Page): Promise<Response> =>
  tryForm(
    {},
    async () => {
      const ended = await withdrawAudit(asAuditor(c), pathText(c, 'order'))
      if (ended.company !== null) forgetAccess(ended.company)
      return ordersPage(c, {
        message: fill(textsOf(c).members.auditors.states[ended.outcome!], {}, c.var.locale),
      })
    },
    (tried) => ordersPage(c, { tried }),
  )
