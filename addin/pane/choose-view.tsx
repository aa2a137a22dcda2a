/** @jsxImportSource hono/jsx/dom */
import { useMemo, useState } from 'hono/jsx/dom'
import { fill } from '#i18n/format.ts'
import { cellName } from '../excel/cell-name.ts'
import { captionOf } from '../sheet/sheet-words.ts'
import { CellChoices, type ChosenCell } from '../vouchers/cell-choices.ts'
import { ownCaptions } from '../vouchers/voucher-desk.ts'
import type { ViewProps } from './parts.tsx'
import { chosenCell } from './voucher-view.ts'

/** What the selected cell may hold: one types a number or a name, and what is chosen stands in the cell. */
export function ChooseView(props: ViewProps) {
  const { model, state } = props
  const desk = model.desk!
  // Open items are asked for once, whatever cells one goes through, and anew when something was posted.
  const choices = useMemo(() => new CellChoices(desk, () => model.redraw()), [desk, desk.ledgerVersion])
  const cell = chosenCell(state.vouchers, state.place)
  if (!cell) return null
  const { row, column } = state.place!
  const address = cellName(row, column)
  // Another cell begins anew: nothing is looked for yet.
  return <Choose {...props} key={address} cell={cell} address={address} choices={choices} />
}

type Chosen = { cell: ChosenCell; address: string; choices: CellChoices }
function Choose({ model, state, t, cell, address, choices }: ViewProps & Chosen) {
  const desk = model.desk!
  const { locale, busy } = state
  const [text, setText] = useState('')
  const { options } = choices.options(cell, text)
  const isItems = cell.column === 'matches'
  const name = fill(
    t.choose.title,
    { column: captionOf(cell.column, locale, ownCaptions(desk)), cell: address },
    locale,
  )
  return (
    <section class="hb-choose">
      <label class="ds-field">
        <span class="ds-label">{name}</span>
        <input
          class="ds-input"
          type="search"
          autocomplete="off"
          placeholder={isItems ? t.choose.searchItems : t.choose.search}
          value={text}
          onInput={(event: Event) => setText((event.target as unknown as { value: string }).value)}
        />
      </label>
      <ul>
        {options.map(({ value, code, name, note }) => (
          <li>
            <button
              type="button"
              aria-disabled={busy ? 'true' : undefined}
              onClick={() => {
                if (busy) return
                setText('')
                model.vouchers.fix(...choices.changes(cell, value))
              }}
            >
              <b>{code}</b> <span>{name}</span> {note ? <small>{note}</small> : null}
            </button>
          </li>
        ))}
      </ul>
      {options.length > 0 ? null : (
        <p class="hb-quiet" role="status">
          {text !== '' ? t.choose.nothing : isItems ? t.choose.noItems : ''}
        </p>
      )}
    </section>
  )
}
