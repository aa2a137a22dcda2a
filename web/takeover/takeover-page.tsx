import { counted, fill } from '#i18n/format.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import { mayDo } from '#worker/access/permission.ts'
import { dayInOslo, type IsoDate, monthOf, yearOf } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { parse } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { TakeoverPlan } from '#worker/opening-balance/takeover-plan.ts'
import { finishTakeover, reopenTakeover } from '#worker/takeover/finish-takeover.ts'
import { type Cockpit, readCockpit } from '#worker/takeover/read-cockpit.ts'
import { dropPlan, savePlan } from '#worker/takeover/save-plan.ts'
import { dayIn, today } from '../day-field.tsx'
import { ErrorSummary, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { Icon } from '../icon.tsx'
import { type Page, page } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { Ageing, Checklist, Gauges, Months } from './cockpit-parts.tsx'
import { ControlListed } from './control-list-part.tsx'
import { PlanForm } from './plan-form.tsx'

const PLAN_FIELDS = ['variant', 'openingDate', 'cutOverDate', 'interimCustomers', 'interimSuppliers', 'explanation']

/** The take-over as a whole: gauges, months and a checklist that ticks itself, or the choice of how to take over. */
export async function takeoverPage(c: Page, tried?: Tried): Promise<Response> {
  const { access, locale, db } = c.var
  const words = takeoverTexts[locale]
  const cockpit = await readCockpit(db, access.books, today()).catch((error) => {
    if (error instanceof Problem && error.code === 'takeover/none') return undefined
    throw error
  })
  return page(
    c,
    {
      title: words.title,
      area: 'takeover',
      layout: 'report',
      status: (tried?.problem.status as 422 | undefined) ?? 200,
    },
    <>
      <Head c={c} cockpit={cockpit} />
      <ErrorSummary c={c} tried={tried} fields={PLAN_FIELDS} form="plan" />
      {cockpit ? <Standing c={c} cockpit={cockpit} tried={tried} /> : <Choice c={c} tried={tried} />}
    </>,
  )
}

function Head({ c, cockpit }: { c: Page; cockpit: Cockpit | undefined }) {
  const { access, locale } = c.var
  const words = takeoverTexts[locale]
  const plan = cockpit?.plan
  const mayFinish = mayDo(access, 'ledger:post')
  const open = cockpit?.checklist.filter(({ done }) => !done).length ?? 0
  const lead = plan?.variant === 'movements' ? words.leadMovements : words.leadOpening
  return (
    <div class="hb-head">
      <div>
        <h1>
          {words.heading}{' '}
          {plan?.finishedAt && (
            <span class="hb-chip" data-state="proven">
              {fill(words.finished, { date: dayInOslo(plan.finishedAt) }, locale)}
            </span>
          )}
        </h1>
        <p>{plan ? fill(lead, { date: plan.openingDate, cutOver: plan.cutOverDate }, locale) : words.plan.none}</p>
      </div>
      {cockpit && (
        <div class="hb-actions hb-no-print">
          <a
            class="ds-button"
            data-variant="tertiary"
            href={`/api/v1/companies/${access.id}/exports/takeover-proof?format=pdf&language=${locale}`}
            download
          >
            <Icon name="file" />
            {plan!.finishedAt ? words.proofPdf : words.proofOpen}
          </a>
          {mayFinish && !plan!.finishedAt && (
            <form method="post" action={companyPath(access, '/takeover/finish')}>
              <span class="hb-quiet hb-small" id="finish-says">
                {open === 0 ? words.allDone : counted(open, words.finishSays, locale)}
              </span>{' '}
              <button
                class="ds-button"
                type="submit"
                aria-disabled={open > 0 ? 'true' : undefined}
                aria-describedby="finish-says"
              >
                {words.finish}
              </button>
            </form>
          )}
        </div>
      )}
    </div>
  )
}

function Choice({ c, tried }: { c: Page; tried: Tried | undefined }) {
  const words = takeoverTexts[c.var.locale].plan
  if (!mayDo(c.var.access, 'import:run')) return <p class="hb-quiet">{words.none}</p>
  const year = yearOf(today())
  return (
    <section class="hb-section">
      <p class="hb-prose">{words.noneText}</p>
      <PlanForm
        c={c}
        tried={tried}
        plan={{
          variant: 'movements',
          openingDate: `${year - 1}-01-01` as IsoDate,
          cutOverDate: `${monthOf(today())}-01` as IsoDate,
          interimCustomers: '1499',
          interimSuppliers: '2399',
          inTotal: false,
          explanation: null,
        }}
        differences={0}
      />
    </section>
  )
}

function Standing({ c, cockpit, tried }: { c: Page; cockpit: Cockpit; tried: Tried | undefined }) {
  const { access, locale } = c.var
  const words = takeoverTexts[locale]
  const { plan, splitTerm, movements, opening, items, itemsDate } = cockpit
  const path = (rest: string) => companyPath(access, rest)
  const rows = (count: number) => counted(count, words.rows, locale)
  const months = movements?.months ?? []
  const lists = [
    {
      href: path(`/opening-balances/${plan.openingDate}`),
      name: fill(words.sourceOpening, { date: plan.openingDate }, locale),
      count: opening?.opening.rows.length ?? 0,
    },
    ...(movements
      ? [
          {
            href: path('/takeover/movements'),
            name: fill(words.sourceMovements, { from: months[0]!.month, to: months.at(-1)!.month }, locale),
            count: plan.rows.length,
          },
          {
            href: path(`/opening-balances/${itemsDate}`),
            name: fill(words.sourceItems, { date: itemsDate }, locale),
            count: items?.opening.rows.length ?? 0,
          },
        ]
      : []),
  ]
  const mayWrite = mayDo(access, 'import:run')
  return (
    <>
      {splitTerm && (
        <div class="hb-notice" data-level="warning">
          {fill(
            words.splitTerm,
            { term: splitTerm.key, before: splitTerm.lastDateBefore, here: splitTerm.firstDateHere },
            locale,
          )}
        </div>
      )}
      <div class="hb-cols hb-takeover">
        <section>
          <Gauges c={c} cockpit={cockpit} />
          {movements && <Months c={c} movements={movements} />}
        </section>
        <aside>
          <Checklist c={c} cockpit={cockpit} />
          <Ageing c={c} cockpit={cockpit} />
          <div class="hb-section-head">
            <h2>{words.sources}</h2>
          </div>
          <ul class="hb-todo">
            {lists.map(({ href, name, count }) => (
              <li>
                <a href={href}>{name}</a>
                <span class="hb-quiet">{rows(count)}</span>
              </li>
            ))}
          </ul>
          <p class="hb-quiet hb-small">
            {words.again} {fill(words.nothingBefore, { date: plan.cutOverDate }, locale)}.
          </p>
        </aside>
      </div>
      <ControlListed c={c} cockpit={cockpit} />
      {mayWrite && !plan.finishedAt && (
        <details class="hb-section hb-no-print" open={tried !== undefined || cockpit.differences > 0}>
          <summary>{words.plan.change}</summary>
          <PlanForm
            c={c}
            tried={tried}
            plan={plan}
            differences={cockpit.differences + (cockpit.control?.differences.length ?? 0)}
          />
          <form method="post" action={path('/takeover/removal')}>
            <button class="ds-button" data-variant="tertiary" type="submit">
              {words.plan.drop}
            </button>
          </form>
        </details>
      )}
      {plan.finishedAt && mayDo(access, 'ledger:post') && (
        <details class="hb-section hb-no-print" open={tried !== undefined}>
          <summary>{words.reopen}</summary>
          <form class="hb-form" method="post" action={path('/takeover/reopening')}>
            <div class="ds-field">
              <label class="ds-label" for="field-reason">
                {words.reopenReason}
              </label>
              <input class="ds-input" id="field-reason" name="reason" maxlength={255} required autocomplete="off" />
            </div>
            <button class="ds-button" data-variant="secondary" type="submit">
              {words.reopen}
            </button>
          </form>
        </details>
      )}
    </>
  )
}

const submitting =
  (work: (c: Page, fields: Record<string, string>) => Promise<unknown>) =>
  async (c: Page): Promise<Response> => {
    const fields = await readForm(c)
    return tryForm(
      fields,
      async () => {
        await work(c, fields as Record<string, string>)
        return c.redirect(companyPath(c.var.access, '/takeover'), 303)
      },
      (tried) => takeoverPage(c, tried),
    )
  }

export const submitPlan = submitting((c, fields) => {
  const opening = dayIn(fields.openingDate) ?? fields.openingDate
  const plan = parse(
    {
      variant: fields.variant,
      cutOverDate: dayIn(fields.cutOverDate) ?? fields.cutOverDate,
      openingDate: fields.variant === 'opening' ? (dayIn(fields.cutOverDate) ?? fields.cutOverDate) : opening,
      ...(fields.interimCustomers && { interimCustomers: fields.interimCustomers }),
      ...(fields.interimSuppliers && { interimSuppliers: fields.interimSuppliers }),
      inTotal: fields.inTotal === 'yes',
      explanation: fields.explanation || null,
    },
    TakeoverPlan,
  )
  return savePlan(actingOf(c), plan, undefined)
})
export const submitPlanRemoval = submitting((c) => dropPlan(actingOf(c)))
export const submitFinish = submitting((c) => finishTakeover(actingOf(c), c.var.access.books, today()))
export const submitReopening = submitting((c, { reason = '' }) =>
  reopenTakeover(actingOf(c), c.var.access.books, today(), reason.slice(0, 255)),
)
