import { counted } from '#i18n/format.ts'
import { fieldName } from '#i18n/sheet-import-text.ts'
import type { RowOutcome } from '#worker/imports/import-outcome.ts'
import { type Page, textsOf } from '../page.tsx'

/** Rows shown; a receipt keeps all of them, and the API gives them. */
const SHOWN = 500

/** What became, or would become, of each row: those that must be corrected first. */
export function RowTable({
  c,
  rows,
  statuses,
}: {
  c: Page
  rows: readonly RowOutcome[]
  statuses: Readonly<Record<string, string>>
}) {
  const words = textsOf(c).imports.sheet
  const { locale } = c.var
  const sorted = [...rows.filter((r) => r.status === 'refused'), ...rows.filter((r) => r.status !== 'refused')]
  const changed = (changes: RowOutcome['changes']) =>
    Object.entries(changes)
      .map(([field, [before, after]]) => `${fieldName(field, locale)}: ${shown(before)} → ${shown(after)}`)
      .join(', ')
  return (
    <>
      <table class="hb-table hb-section" data-density="tight" data-list>
        <thead>
          <tr>
            <th class="hb-num">{words.row}</th>
            <th data-width="wide">{words.subject}</th>
            <th>{words.status}</th>
            <th data-width="wide">{words.changes}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, SHOWN).map((row) => (
            <tr>
              <td class="hb-num">{row.row}</td>
              <td>{row.subject}</td>
              <td>
                <span class="hb-chip" data-state={row.status === 'refused' ? 'error' : undefined}>
                  {statuses[row.status] ?? words.statuses[row.status]}
                </span>
              </td>
              <td class="hb-quiet hb-break" data-line="2">
                {row.issues.map((issue) => (
                  <div class={issue.severity === 'error' ? 'hb-error-text' : undefined}>{issue.message}</div>
                ))}
                {changed(row.changes)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > SHOWN && <p class="hb-quiet">{counted(sorted.length - SHOWN, words.more, locale)}</p>}
    </>
  )
}

const shown = (value: unknown): string =>
  value === null || value === undefined || value === ''
    ? '–'
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)
