/** @jsxImportSource hono/jsx/dom */
import { useSyncExternalStore } from 'hono/jsx/dom'
import { CheckTab } from './check-tab.tsx'
import { Companies, SignIn } from './entry-views.tsx'
import { MoreTab } from './more-tab.tsx'
import type { PaneModel } from './pane-model.ts'
import { paneTexts } from './pane-texts.ts'
import { CompanyBar, Foot, Tabs, type ViewProps } from './parts.tsx'
import { ReportTab } from './report-tab.tsx'
import { SHEET_KINDS } from './sheet-kinds.tsx'

/** The first tab is the sheet in front. */
function SheetTab(props: ViewProps) {
  const { View } = SHEET_KINDS.find(({ id }) => id === props.state.front)!
  return <View {...props} />
}

const VIEWS = { vouchers: SheetTab, report: ReportTab, check: CheckTab, more: MoreTab } as const

/** The whole pane: one column, one thing at a time. */
export function Pane({ model }: { model: PaneModel }) {
  const state = useSyncExternalStore(model.subscribe, () => model.state)
  const props: ViewProps = { model, state, t: paneTexts(state.locale) }
  const View = VIEWS[state.tab]
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
