/** @jsxImportSource hono/jsx/dom */
import { useSyncExternalStore } from 'hono/jsx/dom'
import type { PaneModel } from './pane-model.ts'
import type { Tab } from './pane-state.ts'
import { paneTexts } from './pane-texts.ts'
import { CompanyBar, Foot, later, Tabs, type View, type ViewProps } from './parts.tsx'
import { SHEET_KINDS } from './sheet-kinds.tsx'

/** The first tab is the sheet in front. */
function SheetTab(props: ViewProps) {
  const { View } = SHEET_KINDS.find(({ id }) => id === props.state.front)!
  return <View {...props} />
}

/** Whoever is signed in, in a workbook that has its company, sees neither. */
const entry = () => import('./entry-views.tsx')
const SignIn = later(() => entry().then(({ SignIn }) => SignIn))
const Companies = later(() => entry().then(({ Companies }) => Companies))

const reports = (model: PaneModel) =>
  Promise.all([import('./report-tab.tsx'), import('./check-tab.tsx'), model.readReports()])
/** What each tab shows. */
const views: Record<Tab, View> = {
  vouchers: SheetTab,
  report: later((model) => reports(model).then(([{ ReportTab }]) => ReportTab)),
  check: later((model) => reports(model).then(([, { CheckTab }]) => CheckTab)),
  more: later(() => import('./more-tab.tsx').then(({ MoreTab }) => MoreTab)),
}

/** The whole pane: one column, one thing at a time. */
export function Pane({ model }: { model: PaneModel }) {
  const state = useSyncExternalStore(model.subscribe, () => model.state)
  const props: ViewProps = { model, state, t: paneTexts(state.locale) }
  const View = views[state.tab]
  return (
    <div class="hb-pane" data-company-color={state.company?.test ? 'test' : state.company?.colour} lang={state.locale}>
      {state.screen === 'sign-in' ? <SignIn {...props} /> : null}
      {state.screen === 'companies' ? <Companies {...props} /> : null}
      {state.screen === 'work' ? (
        <>
          <CompanyBar {...props} />
          <Tabs {...props} />
          <View {...props} />
          <Foot {...props} />
        </>
      ) : null}
    </div>
  )
}
