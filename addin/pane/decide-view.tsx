/** @jsxImportSource hono/jsx/dom */
import type { Gone } from '../vouchers/gone-vouchers.ts'
import { countedText } from './pane-texts.ts'
import { Act, Button, later, type ViewProps } from './parts.tsx'
import type { VoucherView } from './voucher-view.ts'

/** Read when rows were deleted. */
const GoneView = later<ViewProps & { gone: Gone }>(
  () => import('./gone-view.tsx').then(({ GoneView }) => GoneView),
  () => null,
)

/** What stands in the way that no cell can mend: answers that never came, and what only the user can say. */
export const DecideView = (props: ViewProps & { view: VoucherView }) => (
  <>
    <Waiting {...props} />
    <Decisions {...props} />
    {props.state.gone ? <GoneView {...props} gone={props.state.gone} /> : null}
  </>
)

/** Sent, and no answer came. */
function Waiting({ model, state, t, view }: ViewProps & { view: VoucherView }) {
  if (view.unknown.length === 0) return null
  return (
    <section class="hb-notice" data-level="warning">
      <h2>{countedText(view.unknown.length, t.vouchers.unknown, state.locale)}</h2>
      <p>{t.vouchers.unknownHelp}</p>
      <Act onClick={() => model.vouchers.askAgain()}>{t.vouchers.ask}</Act>
    </section>
  )
}

/** What only the user can decide: changed after posting, or copied. */
function Decisions({ model, state, t, view }: ViewProps & { view: VoucherView }) {
  const { locale, busy } = state
  const { changed } = view
  const copies = view.changedCopies.length + view.copies.length
  const waits = busy !== undefined
  return (
    <>
      {changed.length > 0 ? (
        <section class="hb-notice" data-level="warning">
          <h2>{countedText(changed.length, t.vouchers.changed, locale)}</h2>
          <p>{t.vouchers.changedHelp}</p>
          <div class="hb-row">
            <Button variant="secondary" waits={waits} onClick={() => model.vouchers.correct(changed)}>
              {t.vouchers.correct}
            </Button>
            <Button variant="secondary" waits={waits} onClick={() => model.vouchers.annul(changed)}>
              {t.vouchers.annul}
            </Button>
          </div>
        </section>
      ) : null}
      {copies > 0 ? (
        <section class="hb-notice" data-level="warning">
          <h2>{countedText(copies, t.vouchers.copies, locale)}</h2>
          <p>{t.vouchers.copiesHelp}</p>
          <Button variant="secondary" waits={waits} onClick={() => model.vouchers.makeNew()}>
            {countedText(copies, t.vouchers.makeNew, locale)}
          </Button>
        </section>
      ) : null}
    </>
  )
}
