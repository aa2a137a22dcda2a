/** @jsxImportSource hono/jsx/dom */
import { fill } from '#i18n/format.ts'
import { openingTexts } from '#i18n/opening-text.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import { mayDo } from '../api/may-do.ts'
import { countedText } from '../pane/pane-texts.ts'
import { Button, NoticeBar, type ViewProps } from '../pane/parts.tsx'
import type { MovementView } from './judge-movements.ts'
import { Marks } from './marks.tsx'
import { Offer, ReadFront } from './read-front.tsx'
import { Checklist, TakeoverGauges } from './takeover-gauges.tsx'

/** The sheet of movements: what each month lacks, what looks like balances, what must be corrected, and the booking. */
export function MovementTab(props: ViewProps) {
  const { movements } = props.state
  return movements ? <Sheet {...props} view={movements} /> : <Begin {...props} />
}

function Begin(props: ViewProps) {
  const { model, state } = props
  const words = takeoverTexts[state.locale].sheet
  return (
    <main class="hb-panemain">
      <h1>{words.sheetName}</h1>
      <p class="hb-quiet">{words.sheetEmpty}</p>
      <NoticeBar {...props} />
      <Button full waits={state.busy !== undefined} onClick={() => model.movements.insertSheet()}>
        {words.sheetInsert}
      </Button>
    </main>
  )
}

function Sheet(props: ViewProps & { view: MovementView }) {
  const { model, state, view } = props
  const { locale, busy } = state
  const words = takeoverTexts[locale].sheet
  const t = openingTexts[locale]
  const waits = busy !== undefined
  const mayBook = mayDo(state.company!, 'ledger:post')
  const ready = view.moved && view.wrong.length === 0 && view.missing === ''
  return (
    <>
      <main class="hb-panemain">
        <h1>{view.wrong.length === 0 ? t.states[view.state] : countedText(view.wrong.length, t.wrong, locale)}</h1>
        <p class="hb-quiet">
          {fill(t.sheetWhere, { sheet: view.sheet, lines: countedText(view.rows, t.lines, locale) }, locale)}
        </p>
        <NoticeBar {...props} />
        {view.missing ? (
          <div class="hb-notice" data-level="error">
            <p>{fill(words.sheetMissing, { months: view.missing }, locale)}</p>
          </div>
        ) : null}
        {view.offered ? (
          <Offer state={state} of={model.movements} says={[view.offered]} />
        ) : view.suspect ? (
          <div class="hb-notice" data-level="warning">
            <p>{fill(words.cumulative, { months: view.suspect }, locale)}</p>
            <div class="hb-row">
              <Button variant="secondary" waits={waits} onClick={() => model.movements.turn()}>
                {words.turn}
              </Button>
              <Button variant="tertiary" waits={waits} onClick={() => model.movements.keep()}>
                {words.keep}
              </Button>
            </div>
          </div>
        ) : null}
        <table class="hb-table">
          <tbody>
            {view.months.map(({ name, says, rests }) => (
              <tr data-rest={rests ? 'yes' : undefined}>
                <td>{name}</td>
                <td class="hb-num hb-state">{says}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <Marks
          {...props}
          level="error"
          title={countedText(view.wrong.length, t.wrong, locale)}
          marks={view.wrong}
          goTo={(address) => model.movements.goTo(address)}
        />
        <Marks
          {...props}
          level="warning"
          title={countedText(view.doubtful.length, t.doubtful, locale)}
          marks={view.doubtful}
          goTo={(address) => model.movements.goTo(address)}
        />
        <Marks
          {...props}
          level="warning"
          title={countedText(view.news.length, words.sheetNews, locale)}
          marks={view.news}
          goTo={(address) => model.movements.goTo(address)}
        />
        <TakeoverGauges {...props} view={view} isPending={view.state !== 'booked'} />
        <Checklist state={state} checks={view.checks} />
        <ReadFront state={state} of={model.movements} />
      </main>
      <div class="hb-panefoot">
        <Button full waits={waits || !mayBook || !ready} onClick={() => model.movements.book()}>
          {view.stands ? words.replace : words.sheetBook}
        </Button>
        <Button full variant="secondary" waits={waits} onClick={() => model.movements.save()}>
          {t.sheetSave}
        </Button>
        <div class="hb-row">
          <Button variant="tertiary" waits={waits} onClick={() => model.movements.refresh()}>
            {t.sheetRefresh}
          </Button>
          {view.stands && mayBook ? (
            <Button variant="tertiary" waits={waits} onClick={() => model.movements.reverse()}>
              {words.undo}
            </Button>
          ) : null}
        </div>
        <p>{t.sheetPromise}</p>
      </div>
    </>
  )
}
