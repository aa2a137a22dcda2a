/** @jsxImportSource hono/jsx/dom */
import { fill, whole } from '#i18n/format.ts'
import { ownKeys } from './own-keys.ts'
import { countedText, timeOf } from './pane-texts.ts'
import { Act, Button, later, NoticeBar, type ViewProps } from './parts.tsx'
import { chosenCell, mustDecide, type ViewIssue, type VoucherView, voucherAt } from './voucher-view.ts'

/** Read when one first stands in a cell that something is chosen for. */
const ChooseView = later(
  () => import('./choose-view.tsx').then(({ ChooseView }) => ChooseView),
  () => null,
)
/** Read where there is no sheet, or none that one may post from. */
const NoSheet = later(() => import('./no-sheet.tsx').then(({ NoSheet }) => NoSheet))
/** Read when there is a voucher to tell of. */
const WhatHappens = later<ViewProps & { view: VoucherView }>(
  () => import('./what-happens.tsx').then(({ WhatHappens }) => WhatHappens),
  () => null,
)
/** Read when something waits for an answer, or for the user to decide. */
const DecideView = later<ViewProps & { view: VoucherView }>(
  () => import('./decide-view.tsx').then(({ DecideView }) => DecideView),
  () => null,
)
/** Read when a month is locked for whoever gives no reason. */
const ReasonField = later(
  () => import('./reason-field.tsx').then(({ ReasonField }) => ReasonField),
  () => null,
)
/** Read when something was posted. */
const Posted = later(() => import('./posted-view.tsx').then(({ Posted }) => Posted))
/** How many issues stand in the pane at once; the sheet marks them all. */
const SHOWN = 12

/** The voucher sheet: what is ready, what is in the way, and what will happen. */
export function VouchersTab(props: ViewProps) {
  const { state } = props
  if (!state.mayPost) return <NoSheet {...props} />
  if (state.result) return <Posted {...props} />
  return state.vouchers ? <Sheet {...props} view={state.vouchers} /> : <NoSheet {...props} />
}

function Sheet(props: ViewProps & { view: VoucherView }) {
  const { model, state, t, view } = props
  const { locale, busy } = state
  const count = view.ready.length
  const progress = busy?.progress
  return (
    <>
      <main class="hb-panemain">
        <h1>{headingOf(props)}</h1>
        <p class="hb-quiet">
          {fill(
            t.vouchers.where,
            { sheet: view.sheet, lines: countedText(view.lines, t.vouchers.lines, locale) },
            locale,
          )}{' '}
          {state.checkedAt ? fill(t.vouchers.checkedAt, { time: timeOf(state.checkedAt, true) }, locale) : ''}
        </p>
        <NoticeBar {...props} />
        {view.lines === 0 ? <p>{t.vouchers.nothingHelp}</p> : null}
        {chosenCell(view, state.place) ? <ChooseView {...props} /> : null}
        {view.needsReason || state.reason.asked ? <ReasonField {...props} /> : null}
        {mustDecide(view) || state.gone ? <DecideView {...props} view={view} /> : null}
        <Issues
          {...props}
          level="error"
          title={countedText(view.wrong.vouchers, t.vouchers.wrong, locale)}
          issues={view.wrong.issues}
        />
        <Issues
          {...props}
          level="warning"
          title={countedText(view.doubtful.vouchers, t.vouchers.doubtful, locale)}
          issues={view.doubtful.issues}
        />
        {view.drafts > 0 ? <p class="hb-quiet hb-note">{countedText(view.drafts, t.vouchers.drafts, locale)}</p> : null}
        {count > 0 || voucherAt(view, state.place) ? <WhatHappens {...props} /> : null}
      </main>
      <div class="hb-panefoot">
        {progress ? (
          <>
            <progress max={progress.of} value={progress.done} aria-label={t.busy.post} />
            <div class="hb-row">
              <span role="status">
                {fill(
                  t.vouchers.posting,
                  { done: whole(progress.done, locale), of: whole(progress.of, locale) },
                  locale,
                )}
              </span>
              <Button variant="secondary" onClick={() => model.stop()}>
                {t.vouchers.stop}
              </Button>
            </div>
          </>
        ) : (
          <>
            {view.open > 1 ? <Together {...props} /> : null}
            <Button
              full
              waits={busy !== undefined || count === 0 || (state.together && count < view.open)}
              shortcut={ownKeys.shown('postVouchers')}
              onClick={() => model.vouchers.post()}
            >
              {count > 0 ? countedText(count, t.vouchers.post, locale) : t.vouchers.postNone}
            </Button>
            <Button
              full
              variant="secondary"
              waits={busy !== undefined}
              shortcut={ownKeys.shown('checkVouchers')}
              onClick={() => model.vouchers.check()}
            >
              {t.vouchers.check}
            </Button>
            <p>{t.vouchers.promise}</p>
          </>
        )}
      </div>
    </>
  )
}

/** All the vouchers at once, or none of them. */
const Together = ({ model, state, t }: ViewProps) => (
  <label class="hb-check">
    <input
      type="checkbox"
      checked={state.together}
      onChange={(event: Event) => model.vouchers.together((event.target as unknown as { checked: boolean }).checked)}
    />
    <span>
      {t.vouchers.together}
      {state.together ? <small>{t.vouchers.togetherHelp}</small> : null}
    </span>
  </label>
)

/** The heading is the answer. */
function headingOf({ state, t, view }: ViewProps & { view: VoucherView }): string {
  const { locale } = state
  const ready = view.ready.length
  if (view.lines === 0) return t.vouchers.nothing
  if (view.open === 0 && view.posted > 0) return countedText(view.posted, t.vouchers.allPosted, locale)
  if (ready === 0) return t.vouchers.noneReady
  if (ready === view.open) return countedText(ready, t.vouchers.ready, locale)
  return fill(t.vouchers.someReady, { ready: whole(ready, locale), all: whole(view.open, locale) }, locale)
}

type IssuesProps = ViewProps & { level: 'error' | 'warning'; title: string; issues: readonly ViewIssue[] }
function Issues({ model, state, t, level, title, issues }: IssuesProps) {
  if (issues.length === 0) return null
  return (
    <section class="hb-notice" data-level={level}>
      <h2>{title}</h2>
      <ul>
        {issues.slice(0, SHOWN).map(({ address, issue }) => {
          const [head, rest] = splitSentence(issue.message)
          return (
            <li>
              <Act onClick={() => model.goTo(address)}>{address}</Act> <b>{head}</b>
              {rest ? <span> {rest}</span> : null}
              {issue.fix ? (
                <div>
                  <Button
                    variant="tertiary"
                    waits={state.busy !== undefined}
                    onClick={() => model.vouchers.fix(issue.fix!)}
                  >
                    {issue.fix.label}
                  </Button>
                </div>
              ) : null}
            </li>
          )
        })}
      </ul>
      {issues.length > SHOWN ? (
        <p class="hb-quiet">{countedText(issues.length - SHOWN, t.vouchers.more, state.locale)}</p>
      ) : null}
    </section>
  )
}

/** The fault first, the cure after it. */
function splitSentence(text: string): [string, string] {
  const at = /[.?] (?=[A-ZÆØÅ])/.exec(text)
  return at ? [text.slice(0, at.index + 1), text.slice(at.index + 2)] : [text, '']
}
