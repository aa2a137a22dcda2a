/** @jsxImportSource hono/jsx/dom */
import { day, fill, kroner, voucherName } from '#i18n/format.ts'
import { openingTexts } from '#i18n/opening-text.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import { mayDo } from '../api/may-do.ts'
import { countedText } from '../pane/pane-texts.ts'
import { Button, NoticeBar, type ViewProps } from '../pane/parts.tsx'
import { Marks } from './marks.tsx'
import type { OpeningView } from './opening-view.ts'
import { Offer, Question, ReadFront } from './read-front.tsx'
import { Checklist, GaugeRow, TakeoverGauges } from './takeover-gauges.tsx'

const RESULT_ACCOUNTS = [null, '2050', '8800'] as const

/** The opening sheet: its gauges, what must be corrected, and the booking. */
export function OpeningTab(props: ViewProps) {
  const { opening } = props.state
  return opening ? <Sheet {...props} view={opening} /> : <Choose {...props} />
}

function Choose(props: ViewProps) {
  const t = openingTexts[props.state.locale]
  return (
    <main class="hb-panemain">
      <h1>{t.sheetEmptyTitle}</h1>
      <p class="hb-quiet">{t.sheetEmpty}</p>
      <NoticeBar {...props} />
      <Days {...props} />
    </main>
  )
}

/** The days that a sheet may be for: each has its own. */
function Days({ model, state, but }: ViewProps & { but?: string }) {
  const { locale, openingDays = [] } = state
  const days = openingDays.filter(({ date }) => date !== but)
  if (days.length === 0) return null
  return (
    <section>
      {but ? <h2>{openingTexts[locale].date}</h2> : null}
      {days.map(({ date, isItems }) => (
        <Button
          variant="secondary"
          full
          waits={state.busy !== undefined}
          onClick={() => model.opening.insertSheet(date)}
        >
          {isItems ? fill(takeoverTexts[locale].sourceItems, { date }, locale) : day(date)}
        </Button>
      ))}
    </section>
  )
}

function Sheet(props: ViewProps & { view: OpeningView }) {
  const { model, state, view } = props
  const { locale, busy } = state
  const t = openingTexts[locale]
  const waits = busy !== undefined
  const mayBook = mayDo(state.company!, 'ledger:post')
  const stands = view.state === 'booked' || view.state === 'changed'
  return (
    <>
      <main class="hb-panemain">
        <h1>{view.wrong.length === 0 ? t.states[view.state] : countedText(view.wrong.length, t.wrong, locale)}</h1>
        <p class="hb-quiet">
          {day(view.openingDate)}.{' '}
          {fill(t.sheetWhere, { sheet: view.sheet, lines: countedText(view.rows, t.lines, locale) }, locale)}{' '}
          {view.voucher && stands ? fill(t.bookedAs, { voucher: voucherName(view.voucher) }, locale) : ''}
        </p>
        <NoticeBar {...props} />
        {view.list?.asked ? (
          <Question
            state={state}
            of={model.opening}
            asked={view.list.asked}
            answer={(value) => model.opening.answer(view.list!.asked!.of, value)}
          />
        ) : view.list ? (
          <Offer state={state} of={model.opening} says={view.list.says} turn={() => model.opening.turn()} />
        ) : view.overOwn ? (
          <Offer state={state} of={model.opening} says={[takeoverTexts[locale].sheet.overOwn]} />
        ) : null}
        <table class="hb-table">
          <tbody>
            <GaugeRow state={state} name={t.gaugeSum} amount={view.sum} target={0} />
            {view.gauges.map(({ account, amount, target }) => (
              <GaugeRow
                state={state}
                name={fill(t.gaugeControl, { account }, locale)}
                amount={amount}
                target={target}
              />
            ))}
            {view.result === 0 ? null : (
              <tr>
                <td>{t.result}</td>
                <td class="hb-num">{kroner(view.result, locale)}</td>
              </tr>
            )}
          </tbody>
        </table>
        <p class="hb-quiet">
          {fill(t.counts, view.counts, locale)}
          {view.newParties > 0 ? `. ${fill(t.newParties, { count: view.newParties }, locale)}` : ''}
        </p>
        <Marks
          {...props}
          level="error"
          title={countedText(view.wrong.length, t.wrong, locale)}
          marks={view.wrong}
          goTo={(address) => model.opening.goTo(address)}
        />
        <Marks
          {...props}
          level="warning"
          title={countedText(view.doubtful.length, t.doubtful, locale)}
          marks={view.doubtful}
          goTo={(address) => model.opening.goTo(address)}
        />
        <Marks
          {...props}
          level="warning"
          title={countedText(view.news.length, takeoverTexts[locale].sheet.sheetNews, locale)}
          marks={view.news}
          goTo={(address) => model.opening.goTo(address)}
        />
        {view.takeover ? <TakeoverGauges {...props} view={view.takeover} isPending={view.state !== 'booked'} /> : null}
        {view.checks ? <Checklist state={state} checks={view.checks} /> : null}
        <section>
          <h2>{t.resultAccount}</h2>
          <div class="hb-choices">
            {RESULT_ACCOUNTS.map((account) => (
              <button
                type="button"
                aria-pressed={view.resultAccount === account ? 'true' : 'false'}
                onClick={() => (waits ? undefined : model.opening.useResultAccount(account))}
              >
                {account ?? t.keepResult}
              </button>
            ))}
          </div>
        </section>
        <ReadFront state={state} of={model.opening} />
        <Days {...props} but={view.openingDate} />
      </main>
      <div class="hb-panefoot">
        <Button
          full
          waits={waits || !mayBook || view.wrong.length > 0 || view.counts.accounts + view.counts.items < 2}
          onClick={() => model.opening.book()}
        >
          {stands ? t.sheetReplace : t.sheetBook}
        </Button>
        <Button full variant="secondary" waits={waits} onClick={() => model.opening.save()}>
          {t.sheetSave}
        </Button>
        <Button full variant="tertiary" waits={waits} onClick={() => model.opening.refresh()}>
          {t.sheetRefresh}
        </Button>
        <p>{t.sheetPromise}</p>
      </div>
    </>
  )
}
