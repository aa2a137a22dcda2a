/** @jsxImportSource hono/jsx/dom */
import { openingTexts } from '#i18n/opening-text.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import { Button, type ViewProps } from '../pane/parts.tsx'

type Ways = { readFront(): unknown; letStand(): unknown; undo(): unknown }
type FrontProps = Pick<ViewProps, 'state'> & { of: Ways }
type Asked = { text: string; choices: readonly { value: string; text: string }[] }

/** What must be answered before anything of a report is taken, or the way out of it. */
export function Question({ state, of, asked, answer }: FrontProps & { asked: Asked; answer(value: string): unknown }) {
  const waits = state.busy !== undefined
  return (
    <div class="hb-notice" data-level="warning" role="status">
      <p>{asked.text}</p>
      {asked.choices.map(({ value, text }) => (
        <Button variant="secondary" full waits={waits} onClick={() => answer(value)}>
          {text}
        </Button>
      ))}
      <Button variant="tertiary" full waits={waits} onClick={() => of.undo()}>
        {takeoverTexts[state.locale].sheet.pastedUndo}
      </Button>
    </div>
  )
}

/** What was read or turned, to be let stand or undone. */
export function Offer({ state, of, says, turn }: FrontProps & { says: readonly string[]; turn?: () => unknown }) {
  const words = takeoverTexts[state.locale].sheet
  const waits = state.busy !== undefined
  return (
    <div class="hb-notice" role="status">
      {says.length === 1 ? (
        <p>{says}</p>
      ) : (
        <ul>
          {says.map((one) => (
            <li>{one}</li>
          ))}
        </ul>
      )}
      <div class="hb-row">
        <Button variant="secondary" waits={waits} onClick={() => of.letStand()}>
          {words.pastedKeep}
        </Button>
        {turn ? (
          <Button variant="tertiary" waits={waits} onClick={turn}>
            {openingTexts[state.locale].pastedTurn}
          </Button>
        ) : null}
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
