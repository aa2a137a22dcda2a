/** @jsxImportSource hono/jsx/dom */
import { fill, kroner, month as monthText } from '#i18n/format.ts'
import { openingTexts } from '#i18n/opening-text.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import { mayDo } from '../api/may-do.ts'
import { countedText } from '../pane/pane-texts.ts'
import { Button, NoticeBar, type ViewProps } from '../pane/parts.tsx'
import { type ComparisonView, comparisonTexts } from './comparison-model.ts'
import { Marks } from './marks.tsx'
import { Offer, Question, ReadFront } from './read-front.tsx'

/** The sheet of last year's figures: what each month comes to, what must be corrected, and the button that keeps it. */
export function ComparisonTab(props: ViewProps) {
  const { comparison } = props.state
  return comparison ? <Sheet {...props} view={comparison} /> : <Begin {...props} />
}

function Begin(props: ViewProps) {
  const { model, state } = props
  const words = comparisonTexts[state.locale]
  return (
    <main class="hb-panemain">
      <h1>{words.sheetName}</h1>
      <p class="hb-quiet">{words.empty}</p>
      <NoticeBar {...props} />
      <Button full waits={state.busy !== undefined} onClick={() => model.comparison.insertSheet()}>
        {takeoverTexts[state.locale].sheet.sheetInsert}
      </Button>
    </main>
  )
}

function Sheet(props: ViewProps & { view: ComparisonView }) {
  const { model, state, view } = props
  const { locale, busy } = state
  const of = model.comparison
  const words = comparisonTexts[locale]
  const t = openingTexts[locale]
  const waits = busy !== undefined
  const mayWrite = mayDo(state.company!, 'import:run')
  const title =
    view.wrong.length > 0 ? countedText(view.wrong.length, t.wrong, locale) : view.saved ? words.saved : words.unsaved
  const goTo = (address: string) => of.goTo(address)
  return (
    <>
      <main class="hb-panemain">
        <h1>{title}</h1>
        <p class="hb-quiet">
          {fill(t.sheetWhere, { sheet: view.sheet, lines: countedText(view.rows, t.lines, locale) }, locale)}{' '}
          {words.empty}
        </p>
        <NoticeBar {...props} />
        {view.missing.length > 0 ? (
          <div class="hb-notice" data-level="error">
            <p>
              {fill(
                takeoverTexts[locale].sheet.sheetMissing,
                { months: view.missing.map((month) => monthText(month, locale)).join(', ') },
                locale,
              )}
            </p>
          </div>
        ) : null}
        {view.asked ? (
          <Question state={state} of={of} asked={view.asked} answer={(value) => of.answer(value)} />
        ) : view.offered ? (
          <Offer state={state} of={of} says={[view.offered]} />
        ) : null}
        <Months state={state} view={view} />
        <Marks {...props} level="error" title={title} marks={view.wrong} goTo={goTo} />
        <Marks
          {...props}
          level="warning"
          title={countedText(view.doubtful.length, t.doubtful, locale)}
          marks={view.doubtful}
          goTo={goTo}
        />
        <Marks
          {...props}
          level="warning"
          title={countedText(view.news.length, takeoverTexts[locale].sheet.sheetNews, locale)}
          marks={view.news}
          goTo={goTo}
        />
        <ReadFront state={state} of={of} />
      </main>
      <div class="hb-panefoot">
        <Button full waits={waits || !mayWrite || view.saved || view.wrong.length > 0} onClick={() => of.save()}>
          {words.save}
        </Button>
        <Button full variant="secondary" waits={waits} onClick={() => of.refresh()}>
          {t.sheetRefresh}
        </Button>
        <p>{words.promise}</p>
      </div>
    </>
  )
}

/** The result of each month and of all; where balance accounts are given too, whether the month goes up. */
function Months({ state: { locale }, view }: Pick<ViewProps, 'state'> & { view: ComparisonView }) {
  const words = comparisonTexts[locale]
  const { monthEmpty, monthRight, monthRest } = takeoverTexts[locale].sheet
  const result = view.months.reduce((sum, month) => sum + month.result, 0)
  const says = (sum: number) => (sum === 0 ? monthRight : fill(monthRest, { rest: -sum }, locale))
  return (
    <table class="hb-table">
      <thead>
        <tr>
          <th>{words.month}</th>
          <th class="hb-num">{words.result}</th>
          {view.balances ? <th class="hb-num">{words.balance}</th> : null}
        </tr>
      </thead>
      <tbody>
        {view.months.map(({ month, accounts, result: own, sum }) => (
          <tr data-rest={view.balances && sum !== 0 ? 'yes' : undefined}>
            <td>{monthText(month, locale)}</td>
            <td class="hb-num">{accounts === 0 ? monthEmpty : kroner(own, locale)}</td>
            {view.balances ? <td class="hb-num hb-state">{accounts === 0 ? '' : says(sum)}</td> : null}
          </tr>
        ))}
        <tr class="hb-total">
          <td>{words.sum}</td>
          <td class="hb-num">{kroner(result, locale)}</td>
          {view.balances ? <td /> : null}
        </tr>
      </tbody>
    </table>
  )
}
