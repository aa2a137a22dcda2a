/** @jsxImportSource hono/jsx/dom */
import type { Child } from 'hono/jsx'
import { useSyncExternalStore } from 'hono/jsx/dom'
import { Companies, SignIn } from './entry-views.tsx'
import type { PaneModel } from './pane-model.ts'
import type { Tab } from './pane-state.ts'
import { paneTexts } from './pane-texts.ts'
import { CompanyBar, Foot, Tabs, type ViewProps } from './parts.tsx'
import { SHEET_KINDS, type SheetView } from './sheet-kinds.tsx'

const Waiting = () => <main class="hb-panemain" aria-busy="true" />
const sheetViews = new Map<string, SheetView>()

/** The first tab is the sheet in front. */
function SheetTab(props: ViewProps) {
  const { id, readView } = SHEET_KINDS.find((kind) => kind.id === props.state.front)!
  const View = sheetViews.get(id)
  if (View) return <View {...props} />
  readView().then((view) => {
    sheetViews.set(id, view)
    props.model.redraw()
  })
  return <Waiting />
}

/** What each tab shows. Those that one does not begin with are read while one looks at the first. */
const views: Partial<Record<Tab, (props: ViewProps) => Child>> = { vouchers: SheetTab }
export async function readViews(model: PaneModel): Promise<void> {
  const [{ ReportTab }, { CheckTab }, { MoreTab }] = await Promise.all([
    import('./report-tab.tsx'),
    import('./check-tab.tsx'),
    import('./more-tab.tsx'),
    model.readReports(),
  ])
  Object.assign(views, { report: ReportTab, check: CheckTab, more: MoreTab })
  model.redraw()
}
/** The whole pane: one column, one thing at a time. */
export function Pane({ model }: { model: PaneModel }) {
  const state = useSyncExternalStore(model.subscribe, () => model.state)
  const props: ViewProps = { model, state, t: paneTexts(state.locale) }
  const View = views[state.tab] ?? Waiting
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
