import { counted, wholeKroner } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { NewBudget } from '#worker/budgets/budget.ts'
import { createBudget } from '#worker/budgets/create-budget.ts'
import { importCopy } from '#worker/budgets/import-copy.ts'
import { readBudgets } from '#worker/budgets/store.ts'
import { readDimensions } from '#worker/dimensions/store.ts'
import { parse } from '#worker/http/accept.ts'
import { actingOf, tellingOf } from '#worker/http/acting.ts'
import { readCalendar } from '#worker/periods/store.ts'
import { today } from '../day-field.tsx'
import { ErrorSummary, faultsOf, SelectField, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, page, statusFirst, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { copyAsked, sourceOptions } from './budget-source.ts'

/** Every budget with its state and result, and the form that makes one. */
export async function budgetsPage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.budgets
  const { access, locale, db } = c.var
  await statusFirst(c)
  const budgets = await readBudgets(db)
  const mayWrite = mayDo(access, 'budgets:write')
  return page(
    c,
    {
      title: words.title,
      area: 'budgets',
      keys: [
        ['↑ ↓', t.shell.keys.move],
        ['Enter', t.shell.keys.open],
      ],
      status: (tried?.problem.status as 422 | undefined) ?? 200,
    },
    <>
      <div class="hb-head" data-drawn-from="budget">
        <div>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={tried} fields={['year', 'name', 'from', 'change']} />
      </div>
      <div class="hb-columns" data-side>
        <section>
          {budgets.length === 0 ? (
            <div class="hb-empty">
              <h2>{words.empty}</h2>
              <p>{words.emptyText}</p>
            </div>
          ) : (
            <table class="hb-table" data-rows data-list>
              <thead>
                <tr>
                  <th>{words.column.year}</th>
                  <th data-width="wide">{words.column.name}</th>
                  <th>{words.column.state}</th>
                  <th class="hb-num hb-only-wide">{words.column.lines}</th>
                  <th class="hb-num">{words.column.result}</th>
                </tr>
              </thead>
              <tbody>
                {budgets.map((b) => (
                  <tr>
                    <td class="hb-accno" data-line="2">
                      {b.year}
                    </td>
                    <td>
                      <a class="hb-opens hb-row-link" href={companyPath(access, `/budgets/${b.id}`)}>
                        {b.name}
                      </a>{' '}
                      {b.main && <span class="hb-chip">{words.main}</span>}
                      {b.note && <div class="hb-quiet hb-small hb-only-wide">{b.note}</div>}
                    </td>
                    <td data-line="2">
                      <span class="hb-chip" data-state={b.state === 'draft' ? undefined : 'proven'}>
                        {words.states[b.state]}
                      </span>
                    </td>
                    <td class="hb-num hb-only-wide">{counted(b.lines, words.lines, locale)}</td>
                    <td class="hb-num">{wholeKroner(b.result, locale)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </section>
        {mayWrite && (
          <section>
            <h2>{words.new}</h2>
            <NewForm c={c} tried={tried} budgets={budgets} />
          </section>
        )}
      </div>
    </>,
  )
}

type FormProps = { c: Page; tried: Tried | undefined; budgets: Awaited<ReturnType<typeof readBudgets>> }

async function NewForm({ c, tried, budgets }: FormProps) {
  const words = textsOf(c).budgets
  const { access, locale, db } = c.var
  const [{ years }, dimensions] = [await readCalendar(db), await readDimensions(db)]
  const faults = faultsOf(tried, locale)
  const sent = tried?.fields
  const newest = years.map(({ year }) => year).sort((a, b) => b - a)
  // This year's, and when that is made, the next one's.
  const thisYear = Number(today().slice(0, 4))
  const unplanned = newest.findLast((year) => year >= thisYear && !budgets.some((budget) => budget.year === year))
  const usual = unplanned ?? newest.find((year) => year <= thisYear) ?? newest[0]
  const used = dimensions.filter((d) => d.key === 'department' || d.key === 'project')
  return (
    <form class="hb-form" method="post" action={companyPath(access, '/budgets')}>
      <SelectField
        label={words.year}
        name="year"
        value={sent?.year ?? String(usual ?? '')}
        faults={faults}
        options={newest.map((year) => [String(year), String(year)] as const)}
      />
      <TextField
        label={words.name}
        name="name"
        value={sent?.name}
        help={words.nameHelp}
        faults={faults}
        maxlength={100}
        required
      />
      <SelectField
        label={words.from}
        name="from"
        value={sent?.from}
        faults={faults}
        options={[['', words.fromNothing], ...sourceOptions(c, newest, used, budgets)]}
      />
      <TextField
        label={words.change}
        name="change"
        value={sent?.change}
        help={words.changeHelp}
        faults={faults}
        inputmode="decimal"
        maxlength={10}
      />
      <div class="hb-form-actions">
        <button class="ds-button" type="submit">
          {words.make}
        </button>
      </div>
    </form>
  )
}

export async function submitNewBudget(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const copy = copyAsked(fields)
      const wanted = parse({ year: Number(fields.year), name: fields.name ?? '' }, NewBudget)
      const { id } = await createBudget(actingOf(c), wanted)
      if (copy) await importCopy(tellingOf(c), id, copy)
      return c.redirect(companyPath(c.var.access, `/budgets/${id}`), 303)
    },
    (tried) => budgetsPage(c, tried),
  )
}
