/** @jsxImportSource hono/jsx/dom */
import { Button, type ViewProps } from './parts.tsx'
import './report-texts.ts'

/** Freezing cannot be undone in Excel: what it does is read before it is done. */
export const FreezeFold = ({ model, state, t }: ViewProps) => (
  <details class="hb-panefold">
    <summary>{t.report.freeze}</summary>
    <p class="hb-quiet">{t.report.freezeHelp}</p>
    <Button
      variant="secondary"
      waits={state.busy !== undefined}
      onClick={async () => (await model.readReports()).freeze()}
    >
      {t.report.freezeNow}
    </Button>
  </details>
)
