/** @jsxImportSource hono/jsx/dom */
import { openingTexts } from '#i18n/opening-text.ts'
import { countedText } from '../pane/pane-texts.ts'
import { Act, type ViewProps } from '../pane/parts.tsx'
import type { Marked } from './judge-budget.ts'

const SHOWN = 12

type MarksProps = Pick<ViewProps, 'state'> & {
  level: 'error' | 'warning'
  title: string
  marks: readonly Marked[]
  goTo(address: string): unknown
}
/** What must be put right or noticed in a sheet, each with the cell it stands in. */
export function Marks({ state, level, title, marks, goTo }: MarksProps) {
  const t = openingTexts[state.locale]
  if (marks.length === 0) return null
  return (
    <section class="hb-notice" data-level={level}>
      <h2>{title}</h2>
      <ul>
        {marks.slice(0, SHOWN).map(({ address, text }) => (
          <li>
            {address ? <Act onClick={() => goTo(address)}>{address}</Act> : null} {text}
          </li>
        ))}
      </ul>
      {marks.length > SHOWN ? <p class="hb-quiet">{countedText(marks.length - SHOWN, t.more, state.locale)}</p> : null}
    </section>
  )
}
