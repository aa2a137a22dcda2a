/** @jsxImportSource hono/jsx/dom */
import { GoneView } from './gone-view.tsx'
import { Button, NoticeBar, type ViewProps } from './parts.tsx'
import { ReasonField } from './reason-field.tsx'

const ReadOnly = (props: ViewProps) => (
  <main class="hb-panemain">
    <h1>{props.t.vouchers.readOnly}</h1>
    <p class="hb-quiet">{props.t.vouchers.readOnlyHelp}</p>
    <NoticeBar {...props} />
  </main>
)

/** What stands instead of a voucher sheet: the way to one, or that one may only read. */
export function NoSheet(props: ViewProps) {
  const { model, state, t } = props
  if (!state.mayPost) return <ReadOnly {...props} />
  return (
    <>
      <main class="hb-panemain">
        <h1>{t.vouchers.emptyTitle}</h1>
        <p class="hb-quiet">{t.vouchers.empty}</p>
        <NoticeBar {...props} />
        {state.reason.asked ? <ReasonField {...props} /> : null}
        {state.gone ? <GoneView {...props} gone={state.gone} /> : null}
      </main>
      <div class="hb-panefoot">
        <Button full waits={state.busy !== undefined} onClick={() => model.vouchers.insertSheet()}>
          {t.sheetKinds.vouchers.insert}
        </Button>
      </div>
    </>
  )
}
