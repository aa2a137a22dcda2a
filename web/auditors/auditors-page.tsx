import { fill, moment } from '#i18n/format.ts'
import { forgetAccess } from '#worker/access/allow.ts'
import { mayDo } from '#worker/access/permission.ts'
import { rightsContextOf } from '#worker/access/rights-context.ts'
import { readNames } from '#worker/access/user-store.ts'
import { type AuditAccess, type AuditState, CompanyOrder, Grant, stateOf } from '#worker/auditors/audit-order.ts'
import {
  endAudit,
  type Granted,
  giveAudit,
  grantAudit,
  orderFromCompany,
} from '#worker/auditors/change-audit-access.ts'
import { readAuditAccess, readDocumentReads } from '#worker/auditors/store.ts'
import { dayInOslo, type Instant, yearOf } from '#worker/core/dates.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { linkTo, type Outcome, OutcomeNotice, statusOf } from '../access/outcome.tsx'
import { today } from '../day-field.tsx'
import { faultsOf, TextField, type Tried, tryForm } from '../fields.tsx'
import { type Fields, readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

const FIELDS = ['name', 'email', 'firm', 'firstYear', 'lastYear', 'days', 'message']
/** How long an audit of a year usually goes on, in days. */
const USUAL_DAYS = 90

const now = (): Instant => new Date().toISOString() as Instant

/** Auditors of the company: who has ordered, who has access to which years until when, and what they have read. */
export async function auditorsPage(c: Page, outcome: Outcome = {}): Promise<Response> {
  const t = textsOf(c)
  const words = t.members.auditors
  const { access, control, db, locale } = c.var
  const found = await readAuditAccess(control, access.id)
  const names = await readNames(control, [...new Set(found.map((one) => one.orderedBy))])
  const reads = await readDocumentReads(
    db,
    found.flatMap(({ user }) => (user === null ? [] : [user])),
  )
  const mayGrant = mayDo(access, 'auditor:grant')
  return page(
    c,
    { title: words.title, area: 'settings', status: statusOf(outcome), keys: [['Esc', t.shell.keys.back]] },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
        </div>
        <div class="hb-actions">
          <a class="ds-button" data-variant="tertiary" href={companyPath(access, '/members')} data-key="Escape">
            {t.members.links.members}
          </a>
        </div>
      </div>
      <OutcomeNotice c={c} outcome={outcome} fields={FIELDS} form="order" />
      {found.length === 0 ? (
        <p class="hb-quiet">{words.none}</p>
      ) : (
        <table class="hb-table" data-list>
          <thead>
            <tr>
              <th>{words.column.auditor}</th>
              <th>{words.column.years}</th>
              <th>{words.column.state}</th>
              <th>{words.column.until}</th>
              <th class="hb-num">{words.column.reads}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {found.map((one) => (
              <tr>
                <td>
                  {one.name} {one.firm && <span class="hb-quiet">{one.firm}</span>}
                  <div class="hb-small hb-faint hb-break">
                    {one.email} · {orderedBy(c, one, names)}
                  </div>
                  {one.message && <div class="hb-small hb-quiet">«{one.message}»</div>}
                </td>
                <td data-line="2">{yearsOf(c, one)}</td>
                <td>
                  <StateChip c={c} state={stateOf(one, now())} />
                </td>
                <td class="hb-date" data-line="2" data-label={words.column.until}>
                  {one.endsAt && moment(one.endedAt ?? one.endsAt).slice(0, 10)}
                </td>
                <td class="hb-num hb-only-wide">
                  {one.user !== null && one.grantedAt !== null ? (reads.get(one.user) ?? 0) : ''}
                </td>
                <td class="hb-num" data-line="2">
                  {mayGrant && <Commands c={c} one={one} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <OrderForm c={c} tried={outcome.tried} mayGrant={mayGrant} locale={locale} />
    </>,
  )
}

const orderedBy = (c: Page, one: AuditAccess, names: ReadonlyMap<string, string>): string => {
  const t = textsOf(c)
  const words = t.members.auditors
  const date = dayInOslo(one.orderedAt)
  if (one.orderedFrom === 'auditor') return fill(words.fromAuditor, { date }, c.var.locale)
  const name = names.get(one.orderedBy) ?? (one.orderedBy === 'operator' ? t.shell.person.operator : one.orderedBy)
  return fill(words.fromCompany, { name, date }, c.var.locale)
}

export const yearsOf = (c: Page, { firstYear, lastYear }: Pick<AuditAccess, 'firstYear' | 'lastYear'>): string =>
  firstYear === lastYear
    ? String(firstYear)
    : fill(
        textsOf(c).members.auditors.years,
        { firstYear: String(firstYear), lastYear: String(lastYear) },
        c.var.locale,
      )

export function StateChip({ c, state }: { c: Page; state: AuditState }) {
  const chip = { ordered: 'warning', invited: 'warning', active: 'proven' } as Partial<Record<AuditState, string>>
  return (
    <span class="hb-chip" data-state={chip[state]}>
      {textsOf(c).members.auditors.states[state]}
    </span>
  )
}

function Commands({ c, one }: { c: Page; one: AuditAccess }) {
  const words = textsOf(c).members.auditors
  const state = stateOf(one, now())
  const action = companyPath(c.var.access, `/auditors/${one.id}`)
  if (state !== 'ordered' && state !== 'active' && state !== 'invited') return null
  return (
    <span class="hb-picks hb-inline">
      {state === 'ordered' && (
        <form method="post" action={`${action}/grant`}>
          <button class="ds-button" type="submit">
            {words.grant}
          </button>
        </form>
      )}
      <form method="post" action={`${action}/end`}>
        <button class="ds-button" data-variant="tertiary" type="submit">
          {state === 'ordered' ? words.refuse : words.end}
        </button>
      </form>
    </span>
  )
}

type OrderProps = { c: Page; tried: Tried | undefined; mayGrant: boolean; locale: Page['var']['locale'] }

/** An administrator gives access in one form; whoever else may order leaves it for an administrator. */
function OrderForm({ c, tried, mayGrant, locale }: OrderProps) {
  const words = textsOf(c).members.auditors
  const faults = faultsOf(tried, locale)
  const sent = tried?.fields
  return (
    <form class="hb-form hb-section" method="post" action={companyPath(c.var.access, '/auditors')}>
      <h2>{mayGrant ? words.orderAndGrant : words.order}</h2>
      <div class="hb-form-row">
        <TextField
          label={words.name}
          name="name"
          form="order"
          value={sent?.name}
          faults={faults}
          maxlength={100}
          required
        />
        <TextField label={words.firm} name="firm" form="order" value={sent?.firm} faults={faults} maxlength={100} />
      </div>
      <TextField
        label={words.email}
        name="email"
        form="order"
        type="email"
        value={sent?.email}
        faults={faults}
        maxlength={254}
        required
      />
      <ScopeFields c={c} form="order" tried={tried} />
      <div class="hb-form-actions">
        <button class="ds-button" type="submit">
          {mayGrant ? words.submitGrant : words.submitOrder}
        </button>
      </div>
    </form>
  )
}

/** Which years, for how many days, and a word with it: the same from either side. */
export function ScopeFields({ c, form, tried }: { c: Page; form: string; tried: Tried | undefined }) {
  const words = textsOf(c).members.auditors
  const faults = faultsOf(tried, c.var.locale)
  const sent = tried?.fields
  const last = String(yearOf(today()) - 1)
  const year = (name: 'firstYear' | 'lastYear') => (
    <TextField
      label={words[name]}
      name={name}
      form={form}
      value={sent ? sent[name] : last}
      faults={faults}
      inputmode="numeric"
      maxlength={4}
      required
    />
  )
  return (
    <>
      <div class="hb-form-row">
        {year('firstYear')}
        {year('lastYear')}
        <TextField
          label={words.days}
          name="days"
          form={form}
          value={sent ? sent.days : String(USUAL_DAYS)}
          faults={faults}
          inputmode="numeric"
          maxlength={3}
          required
        />
      </div>
      <TextField
        label={words.message}
        name="message"
        form={form}
        value={sent?.message}
        faults={faults}
        maxlength={500}
      />
    </>
  )
}

/** What the scope's fields say, for the schema to judge. */
export const scopeIn = (fields: Fields) => ({
  firstYear: Number(fields.firstYear ?? Number.NaN),
  lastYear: Number(fields.lastYear ?? fields.firstYear ?? Number.NaN),
  days: Number(fields.days ?? Number.NaN),
  ...(fields.firm !== undefined && { firm: fields.firm }),
  ...(fields.message !== undefined && { message: fields.message }),
})

function given(c: Page, { access, token }: Granted): Outcome {
  const t = textsOf(c)
  forgetAccess(c.var.access.id)
  const { name, endsAt } = access
  return token === undefined
    ? { message: fill(t.members.auditors.granted, { name, date: dayInOslo(endsAt!) }, c.var.locale) }
    : {
        message: fill(t.members.link, { name, date: dayInOslo(endsAt!) }, c.var.locale),
        secret: linkTo(c, token),
      }
}

export async function submitAuditor(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const wanted = parse({ email: fields.email ?? '', name: fields.name ?? '', ...scopeIn(fields) }, CompanyOrder)
      if (mayDo(c.var.access, 'auditor:grant'))
        return auditorsPage(c, given(c, await giveAudit(rightsContextOf(c), wanted)))
      await orderFromCompany(rightsContextOf(c), wanted)
      return auditorsPage(c, { message: textsOf(c).members.auditors.ordered })
    },
    (tried) => auditorsPage(c, { tried }),
  )
}

export const submitGrant = (c: Page): Promise<Response> =>
  tryForm(
    {},
    async () =>
      auditorsPage(c, given(c, await grantAudit(rightsContextOf(c), pathText(c, 'auditor'), parse({}, Grant)))),
    (tried) => auditorsPage(c, { tried }),
  )

export const submitEnd = (c: Page): Promise<Response> =>
  tryForm(
    {},
    async () => {
      const { name, outcome } = await endAudit(rightsContextOf(c), pathText(c, 'auditor'))
      forgetAccess(c.var.access.id)
      const words = textsOf(c).members.auditors
      return auditorsPage(c, {
        message: fill(outcome === 'refused' ? words.refused : words.ended, { name }, c.var.locale),
      })
    },
    (tried) => auditorsPage(c, { tried }),
  )
