/** @jsxImportSource hono/jsx/dom */
import { useState } from 'hono/jsx/dom'
import { fill, kroner, type Locale, month, wholeKroner } from '#i18n/format.ts'
import { SIGNS } from '#worker/budgets/budget-sign.ts'
import { basisPointsOf } from '#worker/budgets/percent.ts'
import { mayDo } from '../api/may-do.ts'
import { countedText, timeOf } from '../pane/pane-texts.ts'
import { Button, NoticeBar, type ViewProps } from '../pane/parts.tsx'
import type { BudgetChoice, BudgetView, SavedDifference } from './budget-model.ts'
import { budgetTexts } from './budget-sheet.ts'
import { Marks } from './marks.tsx'

const SHOWN = 12

/** The budget sheet: which version, what has changed, what others changed meanwhile, and what was saved. */
export function BudgetTab(props: ViewProps) {
  const { budget } = props.state
  const [choosing, setChoosing] = useState(false)
  if (budget && !choosing) return <Sheet {...props} view={budget} other={() => setChoosing(true)} />
  return <Choose {...props} chosen={() => setChoosing(false)} />
}

/** `chosen` is called when there is a sheet to go to. */
function Choose(props: ViewProps & { chosen: () => void }) {
  const { model, state, chosen } = props
  const t = budgetTexts[state.locale]
  const waits = state.busy !== undefined
  const budgets = state.budgets ?? []
  const mayWrite = mayDo(state.company!, 'budgets:write')
  return (
    <main class="hb-panemain">
      <h1>{t.emptyTitle}</h1>
      <p class="hb-quiet">{budgets.length === 0 && state.budgets ? t.none : t.empty}</p>
      <NoticeBar {...props} />
      {budgets.map((b) => (
        <>
          <Button variant="secondary" full waits={waits} onClick={() => model.budgets.insertSheet(b.id).then(chosen)}>
            {titleOf(b)}
          </Button>
          <p class="hb-quiet">
            {t[b.state]}, {countedText(b.lines, t.lines, state.locale)}
          </p>
        </>
      ))}
      {mayWrite && state.budgets ? <NewBudget {...props} budgets={state.budgets} /> : null}
      {state.budget ? (
        <Button variant="tertiary" onClick={chosen}>
          {t.back}
        </Button>
      ) : null}
    </main>
  )
}

/** A budget of any fiscal year, empty or with what another or a year's accounts come to, some per cent more or less. */
function NewBudget({
  model,
  state,
  budgets,
  chosen,
}: ViewProps & { budgets: readonly BudgetChoice[]; chosen: () => void }) {
  const { locale } = state
  const t = budgetTexts[locale]
  const years = model.desk!.books.fiscalYears.map((year) => year.year).sort((a, b) => b - a)
  const [year, setYear] = useState(years.find((one) => !budgets.some((b) => b.year === one)) ?? years[0] ?? 0)
  const [typed, setName] = useState('')
  const [from, setFrom] = useState('')
  const [change, setChange] = useState('')
  const name = typed.trim() || fill(t.madeName, { year }, locale)
  const points = basisPointsOf(change)
  const written = (event: Event) => (event.target as unknown as { value: string }).value
  const make = () => {
    const [kind, of = ''] = from.split(' ')
    const source = kind === 'budget' ? { budget: of } : kind === 'actuals' ? { actuals: Number(of) } : undefined
    return model.budgets.make({ year, name, change: points ?? 0, ...(source && { from: source }) }).then(chosen)
  }
  return (
    <section>
      <h2>{t.newTitle}</h2>
      <div class="hb-fields">
        <label>
          {t.year}
          <select onChange={(event: Event) => setYear(Number(written(event)))}>
            {years.map((one) => (
              <option value={String(one)} selected={one === year}>
                {one}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t.change}
          <input
            class="ds-input"
            inputmode="decimal"
            value={change}
            aria-invalid={points === undefined ? 'true' : undefined}
            onInput={(event: Event) => setChange(written(event))}
          />
        </label>
        <label class="hb-whole">
          {t.name}
          <input
            class="ds-input"
            maxlength={100}
            value={typed}
            placeholder={fill(t.madeName, { year }, locale)}
            onInput={(event: Event) => setName(written(event))}
          />
        </label>
        <label class="hb-whole">
          {t.from}
          <select onChange={(event: Event) => setFrom(written(event))}>
            <option value="">{t.nothingYet}</option>
            {years.map((one) => (
              <option value={`actuals ${one}`}>{fill(t.actuals, { year: one }, locale)}</option>
            ))}
            {budgets.map((b) => (
              <option value={`budget ${b.id}`}>{titleOf(b)}</option>
            ))}
          </select>
        </label>
      </div>
      {points === undefined ? <p class="hb-error-text">{t.changeWrong}</p> : null}
      <Button full waits={state.busy !== undefined || points === undefined || year === 0} onClick={make}>
        {t.make}
      </Button>
    </section>
  )
}

const titleOf = ({ name, year }: Pick<BudgetChoice, 'name' | 'year'>): string =>
  name.includes(String(year)) ? name : `${name} ${year}`

function Sheet(props: ViewProps & { view: BudgetView; other: () => void }) {
  const { model, state, view, other } = props
  const { locale, busy } = state
  const t = budgetTexts[locale]
  const waits = busy !== undefined
  const mayWrite = mayDo(state.company!, 'budgets:write')
  const isDraft = view.budget.state === 'draft'
  const goTo = (address: string) => model.budgets.goTo(address)
  return (
    <>
      <main class="hb-panemain">
        <h1>{view.unsaved === 0 ? t.allSaved : countedText(view.unsaved, t.unsaved, locale)}</h1>
        <p class="hb-quiet">
          {view.budget.name}, {t[view.budget.state]}.{' '}
          {fill(t.where, { sheet: view.sheet, lines: countedText(view.lines, t.lines, locale) }, locale)}
        </p>
        <NoticeBar {...props} />
        {isDraft ? null : <p>{t.notDraft}</p>}
        <Marks
          {...props}
          level="error"
          title={countedText(view.wrong.length, t.wrong, locale)}
          marks={view.wrong}
          goTo={goTo}
        />
        <Conflicts {...props} />
        <Marks
          {...props}
          level="warning"
          goTo={goTo}
          title={countedText(view.doubtful.length, t.doubtful, locale)}
          marks={view.doubtful}
        />
        <dl class="hb-pairs">
          <div>
            <dt>{t.sum}</dt>
            <dd class="hb-num">{wholeKroner(view.result, locale)}</dd>
          </div>
        </dl>
        <section>
          <h2>{t.signTurn}</h2>
          <div class="hb-choices">
            {SIGNS.map((sign) => (
              <button
                type="button"
                aria-pressed={view.sign === sign ? 'true' : 'false'}
                onClick={() => (waits ? undefined : model.budgets.useSign(sign))}
              >
                {t.signs[sign]}
              </button>
            ))}
          </div>
        </section>
        <Saved {...props} />
        <Button
          variant="tertiary"
          waits={waits}
          onClick={() => {
            other()
            return model.budgets.choose()
          }}
        >
          {t.other}
        </Button>
      </main>
      <div class="hb-panefoot">
        <Button full waits={waits || view.unsaved === 0 || !mayWrite || !isDraft} onClick={() => model.budgets.save()}>
          {view.unsaved === 0 ? t.saveNone : countedText(view.unsaved, t.save, locale)}
        </Button>
        <Button full variant="secondary" waits={waits} onClick={() => model.budgets.refresh()}>
          {t.refresh}
        </Button>
        <p>
          {fill(t.savesIn, { budget: view.budget.name, year: view.budget.year }, locale)} {t.promise}
        </p>
      </div>
    </>
  )
}

function Conflicts(props: ViewProps & { view: BudgetView }) {
  const { model, state, view } = props
  const t = budgetTexts[state.locale]
  if (view.conflicts.length === 0) return null
  const waits = state.busy !== undefined
  return (
    <>
      <Marks
        {...props}
        level="warning"
        goTo={(address) => model.budgets.goTo(address)}
        title={countedText(view.conflicts.length, t.conflicts, state.locale)}
        marks={view.conflicts}
      />
      <div class="hb-row">
        <Button variant="secondary" waits={waits} onClick={() => model.budgets.takeMine()}>
          {t.takeMine}
        </Button>
        <Button variant="secondary" waits={waits} onClick={() => model.budgets.takeTheirs()}>
          {t.takeTheirs}
        </Button>
      </div>
    </>
  )
}

function Saved({ state, view }: ViewProps & { view: BudgetView }) {
  const { saved } = view
  const { locale } = state
  const t = budgetTexts[locale]
  if (!saved) return null
  return (
    <section>
      <h2>{countedText(saved.cells, t.savedCells, locale, { time: timeOf(saved.at) })}</h2>
      <table class="hb-table">
        <tbody>
          {saved.differences.slice(0, SHOWN).map((d) => (
            <tr>
              <td class="hb-accno">{d.account}</td>
              <td class="hb-clip">{/^\d{4}-/.test(d.field) ? month(d.field, locale) : d.field}</td>
              <td class="hb-num">{valueText(d.before, locale)}</td>
              <td class="hb-num">{valueText(d.after, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {saved.differences.length > SHOWN ? (
        <p class="hb-quiet">{countedText(saved.differences.length - SHOWN, t.more, locale)}</p>
      ) : null}
    </section>
  )
}

const valueText = (value: SavedDifference['after'], locale: Locale): string =>
  value === null ? '' : typeof value === 'number' ? kroner(value, locale) : value
