/** @jsxImportSource hono/jsx/dom */
import { takeoverTexts } from '#i18n/takeover-text.ts'
import { Button, type ViewProps } from '../pane/parts.tsx'

type Ways = { readFront(): unknown; letStand(): unknown; undo(): unknown }
type FrontProps = Pick<ViewProps, 'state'> & { of: Ways }

/** What was read or turned, to be let stand or undone. */
export function Offer({ state, of, says }: FrontProps & { says: string }) {
  const words = takeoverTexts[state.locale].sheet
  const waits = state.busy !== undefined
  return (
    <div class="hb-notice" role="status">
      <p>{says}</p>
      <div class="hb-row">
        <Button variant="secondary" waits={waits} onClick={() => of.letStand()}>
          {words.pastedKeep}
        </Button>
        <Button variant="tertiary" waits={waits} onClick={() => of.undo()}>
          {words.pastedUndo}
        </Button>
      </div>
    </div>
  )
}

/** The way to read the old system's report from a sheet of its own. */
export function ReadFront({ state, of }: FrontProps) {
  const words = takeoverTexts[state.locale].sheet
  return (
    <section>
      <h2>{words.sheetRead}</h2>
      <p>{words.sheetReadHelp}</p>
      <div class="hb-row">
        <Button variant="secondary" waits={state.busy !== undefined} onClick={() => of.readFront()}>
          {words.sheetReadNow}
        </Button>
      </div>
    </section>
  )
}
