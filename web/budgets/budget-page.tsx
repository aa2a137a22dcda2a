import { type BudgetKey, budgetText } from '#i18n/budget-text.ts'
import { fill } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { BudgetChange, type BudgetState, type BudgetWithMonths } from '#worker/budgets/budget.ts'
import { SIGNS } from '#worker/budgets/budget-sign.ts'
import { changeBudget, removeBudget } from '#worker/budgets/change-budget.ts'
import { importCopy } from '#worker/budgets/import-copy.ts'
import { readTheBudget } from '#worker/budgets/read-budget-lines.ts'
import { readBudgets } from '#worker/budgets/store.ts'
import { readDimensions } from '#worker/dimensions/store.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { actingOf, tellingOf } from '#worker/http/acting.ts'
import { readCalendar } from '#worker/periods/store.ts'
import { ExportMenu } from '../exports/export-menu.tsx'
import { ErrorSummary, faultsOf, SelectField, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { Icon } from '../icon.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { copyAsked, sourceOptions } from './budget-source.ts'

/** A budget: the frame that `web/islands/budget-grid.ts` fills with the grid, and what is done with the version as a whole. */
export async function budgetPage(c: Page, tried?: Tried): Promise<Response> {
  const { access, locale, db } = c.var
  const t = (key: BudgetKey) => budgetText(locale, key)
  const words = textsOf(c).budgets
  const budget = await readTheBudget(db, pathText(c, 'budget'))
  const others = (await readBudgets(db)).filter((b) => b.id !== budget.id)
  const path = companyPath(access, `/budgets/${budget.id}`)
  const mayWrite = mayDo(access, 'budgets:write')
  const copied = /^\d{1,7}$/.test(c.req.query('copied') ?? '') ? Number(c.req.query('copied')) : undefined
  const writable = mayWrite && budget.state === 'draft'
  return page(
    c,
    {
      title: budget.name,
      area: 'budgets',
      keys: [
        ['+5 %', t('keyPercent')],
        ['Ctrl R', t('keyFill')],
        ['Alt Enter', t('keyMine')],
        ['Ctrl Z', t('keyUndo')],
      ],
      styles: ['budget-grid.css'],
      scripts: ['budget-grid.js'],
      status: (tried?.problem.status as 422 | undefined) ?? 200,
    },
    <div
      class="hb-entry hb-budget"
      id="budget"
      data-company={access.id}
      data-company-name={access.name}
      data-budget={budget.id}
      data-name={budget.name}
      data-user={c.var.principal.id}
      data-locale={locale}
      data-writable={writable ? 'yes' : 'no'}
      data-licence-key={c.env.HANDSONTABLE_LICENSE_KEY ?? 'non-commercial-and-evaluation'}
    >
      <div class="hb-print-head">
        <b>{access.name}</b>
        <span>{budget.name}</span>
      </div>
      <div class="hb-head">
        <div>
          <h1>
            {budget.name}{' '}
            <span class="hb-chip" data-state={budget.state === 'draft' ? undefined : 'proven'}>
              {words.states[budget.state]}
            </span>{' '}
            {budget.main && <span class="hb-chip">{words.main}</span>}
          </h1>
          <div class="hb-notices" id="budget-notices" role="status" />
          <div class="hb-notices" id="sheet-news" role="status" />
          <p id="budget-lead">
            {writable ? t('lead') : budgetText(locale, 'readOnly', { state: words.states[budget.state].toLowerCase() })}
          </p>
        </div>
        <div class="hb-actions hb-no-print">
          <span class="hb-small hb-quiet" id="save-state" role="status" />
          <ExportMenu c={c} path={`budgets/${budget.id}`} />
          <a class="ds-button" data-variant="tertiary" href={`${path}/rows.csv`} download>
            {words.export}
          </a>
          {others.length > 0 && (
            <a class="ds-button" data-variant="tertiary" href={`${path}/comparison`}>
              {words.compare}
            </a>
          )}
          <button class="ds-button hb-only-wide" data-variant="tertiary" type="button" data-print hidden>
            <Icon name="print" />
            {textsOf(c).shell.print}
          </button>
          {mayWrite && <StateButtons c={c} budget={budget} path={path} />}
        </div>
      </div>
      <ErrorSummary c={c} tried={tried} fields={['name', 'note', 'from', 'change']} />
      {copied !== undefined && (
        <p class="hb-notice" role="status">
          {fill(words.copied, { changed: copied }, locale)}
        </p>
      )}
      <noscript>
        <div class="hb-notice" data-level="warning">
          {t('needsScript')}
        </div>
      </noscript>
      <div class="hb-picks hb-no-print">
        <label class="hb-pick">
          {t('sign')}
          <select id="budget-sign">
            {SIGNS.map((sign) => (
              <option value={sign}>{t(sign)}</option>
            ))}
          </select>
        </label>
        <label class="hb-pick">
          {t('show')}
          <select id="budget-show">
            <option value="all">{t('allLines')}</option>
            <option value="budgeted">{t('onlyBudgeted')}</option>
          </select>
        </label>
      </div>
      <section class="hb-pasted" id="pasted" aria-live="polite" hidden />
      <div class="hb-find" id="find" role="search" hidden />
      <div class="hb-sheet" data-keys="own">
        <div id="budget-grid">
          <p class="hb-quiet" id="grid-loading">
            {t('loading')}
          </p>
        </div>
      </div>
      <p class="hb-cell-says" id="cell-says" aria-live="polite" />
      <section class="hb-beside" id="beside" />
      <section class="hb-plain" id="plain" data-shown="no" />
      {mayWrite && <Settings c={c} budget={budget} path={path} tried={tried} />}
    </div>,
  )
}

type Props = { c: Page; budget: BudgetWithMonths; path: string }

/** What may be done next with the version as a whole, each a button of a form. */
function StateButtons({ c, budget, path }: Props) {
  const words = textsOf(c).budgets
  const mayUnlock = mayDo(c.var.access, 'budgets:unlock')
  const next: Record<BudgetState, readonly (readonly [BudgetState, string])[]> = {
    draft: [['approved', words.approve]],
    approved: [
      ['draft', words.takeBack],
      ['locked', words.lock],
    ],
    locked: mayUnlock ? [['approved', words.unlock]] : [],
  }
  return (
    <form method="post" action={path} class="hb-actions">
      {next[budget.state].map(([state, text]) => (
        <button class="ds-button" data-variant="secondary" type="submit" name="state" value={state}>
          {state === 'locked' && <Icon name="lock" />}
          {text}
        </button>
      ))}
    </form>
  )
}

async function Settings({ c, budget, path, tried }: Props & { tried: Tried | undefined }) {
  const words = textsOf(c).budgets
  const { locale, db } = c.var
  const faults = faultsOf(tried, locale)
  const sent = tried?.fields
  const years = (await readCalendar(db)).years.map(({ year }) => year).sort((a, b) => b - a)
  const dimensions = (await readDimensions(db)).filter((d) => d.key === 'department' || d.key === 'project')
  const others = (await readBudgets(db)).filter((b) => b.id !== budget.id)
  return (
    <details class="hb-section hb-no-print" open={tried !== undefined}>
      <summary>{words.settings}</summary>
      <div class="hb-columns">
        <form class="hb-form" method="post" action={path}>
          <TextField
            label={words.name}
            name="name"
            value={sent?.name ?? budget.name}
            faults={faults}
            maxlength={100}
            required
          />
          <TextField
            label={words.note}
            name="note"
            value={sent?.note ?? budget.note}
            faults={faults}
            maxlength={1000}
          />
          <div class="hb-form-actions">
            <button class="ds-button" data-variant="secondary" type="submit" name="rename" value="yes">
              {words.rename}
            </button>
            {!budget.main && (
              <button class="ds-button" data-variant="tertiary" type="submit" name="main" value="yes">
                {words.makeMain}
              </button>
            )}
          </div>
        </form>
        {budget.state === 'draft' && (
          <form class="hb-form" method="post" action={`${path}/copies`}>
            <SelectField
              label={words.copyInto}
              name="from"
              value={sent?.from}
              help={words.copyNote}
              faults={faults}
              options={sourceOptions(c, years, dimensions, others)}
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
              <button class="ds-button" data-variant="secondary" type="submit">
                {words.copy}
              </button>
            </div>
          </form>
        )}
        {budget.state === 'draft' && (
          <form class="hb-form" method="post" action={`${path}/removal`}>
            <p class="hb-quiet">{words.removeNote}</p>
            <div class="hb-form-actions">
              <button class="ds-button" data-variant="tertiary" data-color="danger" type="submit">
                {words.remove}
              </button>
            </div>
          </form>
        )}
      </div>
    </details>
  )
}

/** Name and note, state, or which budget is the main one. */
export async function submitBudget(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const id = pathText(c, 'budget')
  return tryForm(
    fields,
    async () => {
      const change = parse(
        {
          ...(fields.state && { state: fields.state }),
          ...(fields.main && { main: true }),
          ...(fields.rename && { name: fields.name ?? '', note: fields.note ?? '' }),
        },
        BudgetChange,
      )
      await changeBudget(actingOf(c), id, change, undefined, mayDo(c.var.access, 'budgets:unlock'))
      return c.redirect(companyPath(c.var.access, `/budgets/${id}`), 303)
    },
    (tried) => budgetPage(c, tried),
  )
}

export async function submitBudgetCopy(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const id = pathText(c, 'budget')
  return tryForm(
    fields,
    async () => {
      const copy = copyAsked(fields)
      const changed = copy ? (await importCopy(tellingOf(c), id, copy)).differences.length : 0
      return c.redirect(companyPath(c.var.access, `/budgets/${id}?copied=${changed}`), 303)
    },
    (tried) => budgetPage(c, tried),
  )
}

export async function submitBudgetRemoval(c: Page): Promise<Response> {
  return tryForm(
    {},
    async () => {
      await removeBudget(actingOf(c), pathText(c, 'budget'), undefined)
      return c.redirect(companyPath(c.var.access, '/budgets'), 303)
    },
    (tried) => budgetPage(c, tried),
  )
}
