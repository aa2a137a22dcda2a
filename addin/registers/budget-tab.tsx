/** @jsxImportSource hono/jsx/dom */
import { fill, kroner, type Locale, month, wholeKroner } from '#i18n/format.ts'
import { SIGNS } from '#worker/budgets/budget-sign.ts'
import { mayDo } from '../api/may-do.ts'
import { countedText, timeOf } from '../pane/pane-texts.ts'
import { Button, NoticeBar, type ViewProps } from '../pane/parts.tsx'
import type { BudgetView, SavedDifference } from './budget-model.ts'
import { budgetTexts } from './budget-sheet.ts'
import { Marks } from './marks.tsx'

const SHOWN = 12

/** The budget sheet: which version, what has changed, what others changed meanwhile, and what was saved. */
export function BudgetTab(props: ViewProps) {
  const { budget } = props.state
  return budget ? <Sheet {...props} view={budget} /> : <Choose {...props} />
}

function Choose(props: ViewProps) {
  const { model, state } = props
  const t = budgetTexts[state.locale]
  const waits = state.busy !== undefined
  const budgets = state.budgets ?? []
  const year = new Date().getFullYear()
  const mayWrite = mayDo(state.company!, 'budgets:write')
  return (
    <main class="hb-panemain">
      <h1>{t.emptyTitle}</h1>
      <p class="hb-quiet">{budgets.length === 0 && state.budgets ? t.none : t.empty}</p>
      <NoticeBar {...props} />
      {budgets.map((b) => (
        <>
          <Button variant="secondary" full waits={waits} onClick={() => model.budgets.insertSheet(b.id)}>
            {b.name.includes(String(b.year)) ? b.name : `${b.name} ${b.year}`}
          </Button>
          <p class="hb-quiet">
            {t[b.state]}, {countedText(b.lines, t.lines, state.locale)}
          </p>
        </>
      ))}
      {mayWrite && state.budgets && !budgets.some((b) => b.year === year) ? (
        <Button full waits={waits} onClick={() => model.budgets.make(year)}>
          {fill(t.make, { year }, state.locale)}
        </Button>
      ) : null}
    </main>
  )
}

function Sheet(props: ViewProps & { view: BudgetView }) {
  const { model, state, view } = props
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
      </main>
      <div class="hb-panefoot">
        <Button full waits={waits || view.unsaved === 0 || !mayWrite || !isDraft} onClick={() => model.budgets.save()}>
          {view.unsaved === 0 ? t.saveNone : countedText(view.unsaved, t.save, locale)}
        </Button>
        <Button full variant="secondary" waits={waits} onClick={() => model.budgets.refresh()}>
          {t.refresh}
        </Button>
        <p>{t.promise}</p>
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
