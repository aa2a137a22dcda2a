import { counted, day, fill } from '#i18n/format.ts'
import { problemText, withText } from '#i18n/problem-text.ts'
import { mayDo, rightsOf } from '#worker/access/permission.ts'
import { parse } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { dueDates, nextDue, Recurring } from '#worker/templates/recurring.ts'
import { type KeptRecurring, type RecurringRun, readRecurring } from '#worker/templates/recurring-store.ts'
import { runRecurring } from '#worker/templates/run-recurring.ts'
import { newRecurringId, saveRecurring } from '#worker/templates/save-recurring.ts'
import { readTemplates } from '#worker/templates/store.ts'
import { dayIn, today } from '../day-field.tsx'
import { CheckField, ErrorSummary, faultsOf, SelectField, TextField, type Tried, tryForm } from '../fields.tsx'
import { type Fields, readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

const FIELDS = ['name', 'template', 'values', 'firstDate', 'lastDate', 'every', 'makes'] as const
/** Runs told for each row. */
const RUNS = 6

/** Recurring vouchers: what is due, what comes next, what was made; the form makes one or changes one. */
export async function recurringPage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.templates.recurring
  const { db, locale, access } = c.var
  const all = await readRecurring(db)
  const due = all.reduce((n, r) => n + dueOf(r).length, 0)
  const mayPost = mayDo(access, 'ledger:post')
  const [made, refused] = (c.req.query('made') ?? '').split(',').map(Number)
  return page(
    c,
    {
      title: words.title,
      area: 'recurring',
      status: (tried?.problem.status as 422 | undefined) ?? 200,
      keys: [...(mayPost && due > 0 ? [['F', words.run] as const] : []), ['Esc', t.shell.keys.back]],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
        </div>
        <div class="hb-actions">
          {mayPost && due > 0 && (
            <form method="post" action={companyPath(access, '/recurring/due')}>
              <button class="ds-button" type="submit" data-key="F">
                {words.run} ({due}) <kbd>F</kbd>
              </button>
            </form>
          )}
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={tried} fields={FIELDS} />
        {made ? (
          <div class="hb-notice" data-level="done" role="status">
            <p>{counted(made, words.made, locale)}</p>
          </div>
        ) : null}
        {refused ? (
          <div class="hb-notice" data-level="warning" role="status">
            <p>{counted(refused, words.refused, locale)}</p>
          </div>
        ) : null}
      </div>
      {all.length === 0 ? (
        <div class="hb-empty">
          <h2>{words.empty.title}</h2>
          <p>{words.empty.text}</p>
        </div>
      ) : (
        <List c={c} all={all} />
      )}
      {mayPost && <Form c={c} all={all} tried={tried} />}
      <a href={companyPath(access, '/templates')} data-key="Escape" hidden>
        {t.templates.title}
      </a>
    </>,
  )
}

const dueOf = (r: KeptRecurring) =>
  dueDates(r, today(), new Set(r.runs.filter((run) => run.status !== 'refused').map((run) => run.dueDate as string)))

function List({ c, all }: { c: Page; all: readonly KeptRecurring[] }) {
  const words = textsOf(c).templates.recurring
  const { access, locale } = c.var
  return (
    <table class="hb-table" data-rows data-list>
      <thead>
        <tr>
          <th data-width="wide">{words.column.name}</th>
          <th>{words.column.template}</th>
          <th>{words.column.every}</th>
          <th>{words.column.makes}</th>
          <th>{words.column.next}</th>
          <th data-width="wide">{words.column.last}</th>
        </tr>
      </thead>
      <tbody>
        {all.map((r) => {
          const due = dueOf(r)
          const next = nextDue(r, today())
          return (
            <tr>
              <td>
                <a class="hb-opens hb-row-link" href={companyPath(access, `/recurring?edit=${r.id}#edit`)}>
                  {r.name}
                </a>{' '}
                {due.length > 0 && (
                  <span class="hb-chip" data-state="warning">
                    {counted(due.length, words.due, locale)}
                  </span>
                )}
              </td>
              <td class="hb-code" data-line="2">
                {r.template}
              </td>
              <td class="hb-quiet" data-line="2" data-label={words.column.every}>
                {counted(r.every, words.every, locale)}
              </td>
              <td class="hb-quiet" data-line="2">
                {words.makes[r.makes]}
              </td>
              <td class="hb-nowrap" data-label={words.column.next}>
                {next ? day(next) : <span class="hb-faint">{r.active ? words.ended : words.off}</span>}
              </td>
              <td data-line="2">
                {r.runs.slice(0, RUNS).map((run) => (
                  <Run c={c} run={run} />
                ))}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Run({ c, run }: { c: Page; run: RecurringRun }) {
  const words = textsOf(c).templates.recurring
  const { access, locale } = c.var
  if (run.status === 'refused') {
    const issue = run.problem?.issues[0]
    const why = issue ? withText(issue, locale).message : problemText(run.problem?.code ?? '', {}, locale)
    return (
      <p>
        <span class="hb-chip" data-state="error">
          {day(run.dueDate)} {words.status.refused}
        </span>{' '}
        {why}
      </p>
    )
  }
  const path = run.draft ? `/vouchers/new?draft=${run.draft}` : `/vouchers/${run.voucher}`
  return (
    <a class="hb-chip" href={companyPath(access, path)} title={words.status[run.status]}>
      {day(run.dueDate)}
    </a>
  )
}

async function Form({ c, all, tried }: { c: Page; all: readonly KeptRecurring[]; tried: Tried | undefined }) {
  const t = textsOf(c)
  const words = t.templates.recurring
  const { locale, access } = c.var
  const templates = (await readTemplates(c.var.db)).filter((x) => x.active && x.content.type !== undefined)
  if (templates.length === 0) return <p class="hb-quiet">{words.noTemplates}</p>
  const edited = all.find((r) => r.id === (tried?.fields.id ?? c.req.query('edit')))
  const fields: Fields = tried?.fields ?? (edited ? fieldsOf(edited) : { every: '1', makes: 'draft' })
  const faults = faultsOf(tried, locale)
  const text = (name: (typeof FIELDS)[number], label: string, more: object = {}) => (
    <TextField label={label} name={name} value={fields[name]} faults={faults} {...more} />
  )
  return (
    <section class="hb-section" id="edit">
      <div class="hb-section-head">
        <h2>{edited ? fill(words.editTitle, { name: edited.name }, locale) : words.newTitle}</h2>
      </div>
      <form class="hb-form" method="post" action={companyPath(access, '/recurring')}>
        {edited && <input type="hidden" name="id" value={edited.id} />}
        <input type="hidden" name="version" value={String(edited?.version ?? 0)} />
        {text('name', words.name, { required: true, maxlength: 100 })}
        <SelectField
          label={words.template}
          name="template"
          value={fields.template}
          faults={faults}
          options={templates.map((x) => [x.key, `${x.key} ${x.content.name}`] as const)}
        />
        <div class="ds-field">
          <label class="ds-label" for="field-values">
            {words.values}
          </label>
          <textarea class="ds-input" id="field-values" name="values" rows={3} aria-describedby="help-values">
            {fields.values}
          </textarea>
          {[...faults]
            .filter(([name]) => name.startsWith('values'))
            .map(([, m]) => (
              <span class="hb-fault">{m}</span>
            ))}
          <small id="help-values">{words.valuesHelp}</small>
        </div>
        <div class="hb-form-row">
          {text('firstDate', words.firstDate, { required: true, placeholder: t.shell.dayHint, day: true })}
          {text('lastDate', words.lastDate, { help: words.lastDateHelp, placeholder: t.shell.dayHint, day: true })}
        </div>
        <div class="hb-form-row">
          {text('every', words.months, { inputmode: 'numeric' })}
          <SelectField
            label={words.what}
            name="makes"
            value={fields.makes}
            faults={faults}
            options={(['draft', 'voucher'] as const).map((m) => [m, words.makes[m]] as const)}
          />
        </div>
        <CheckField label={words.active} name="active" checked={fields.active !== 'no'} />
        <div class="hb-form-actions">
          <button class="ds-button" type="submit">
            {words.save}
          </button>
        </div>
      </form>
    </section>
  )
}

const fieldsOf = (r: KeptRecurring): Fields => ({
  name: r.name,
  template: r.template,
  values: Object.entries(r.values)
    .map(([name, value]) => `${name} = ${value}`)
    .join('\n'),
  firstDate: day(r.firstDate),
  lastDate: r.lastDate ? day(r.lastDate) : undefined,
  every: String(r.every),
  makes: r.makes,
  active: r.active ? 'yes' : 'no',
})

/** `beløp = 12500` on each line; a formula in kroner, a day or a text, as the template asks. */
const valuesIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split(/\n/)
      .map((row) => /^\s*([^=:]+?)\s*[=:]\s*(.*?)\s*$/.exec(row))
      .flatMap((found) => (found?.[2] ? [[found[1]!, found[2]] as const] : [])),
  )

export async function submitRecurring(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { name = '', template = '', values = '', every = '', makes = '' } = fields
      const wanted = {
        name,
        template,
        values: valuesIn(values),
        firstDate: dayIn(fields.firstDate) ?? fields.firstDate ?? '',
        ...(fields.lastDate && { lastDate: dayIn(fields.lastDate) ?? fields.lastDate }),
        every: Number(every),
        makes,
        active: fields.active === 'yes',
      }
      const version = Number(fields.version ?? 0)
      await saveRecurring(actingOf(c), fields.id ?? newRecurringId(), parse(wanted, Recurring), version)
      return c.redirect(companyPath(c.var.access, '/recurring'), 303)
    },
    (tried) => recurringPage(c, tried),
  )
}

export async function submitDue(c: Page): Promise<Response> {
  const rights = rightsOf(c.var.access)
  const made = await runRecurring({ ...actingOf(c), env: c.env, company: c.var.access, rights }, today())
  const refused = made.filter((run) => run.status === 'refused').length
  return c.redirect(companyPath(c.var.access, `/recurring?made=${made.length - refused},${refused}`), 303)
}
