import { Icon } from '../icon.tsx'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** What can be asked for, in the order of the menu. */
const FORMATS = ['xlsx', 'pdf', 'csv', 'csv-machine'] as const
type Query = Readonly<Record<string, string | undefined>>

/** The address of a table as a file, with what the page shows and the reader's language. */
export function exportAddress(c: Page, path: string, query: Query, format: string): string {
  const given = Object.entries({ ...query, format, language: c.var.locale }).filter(([, value]) => value)
  return `/api/v1${companyPath(c.var.access, `/exports/${path}`)}?${new URLSearchParams(given as [string, string][])}`
}

/**
 * Takes what the page shows out of the house: a button, and a link for each form. A popover and plain links, so it works without
 * script; E opens it, Tab and Enter choose, Escape closes.
 */
export function ExportMenu({ c, path, query = {} }: { c: Page; path: string; query?: Query }) {
  const t = textsOf(c).exportPage
  return (
    <>
      <button
        class="ds-button hb-export-button hb-no-print"
        data-variant="tertiary"
        type="button"
        popovertarget="export"
        data-key="E"
      >
        <Icon name="file" />
        {t.button}
      </button>
      <div class="hb-menu hb-export" id="export" popover="auto">
        <ul aria-label={t.label}>
          {FORMATS.map((format, i) => (
            <li>
              <a href={exportAddress(c, path, query, format)} autofocus={i === 0} download>
                <b>{t.formats[format].name}</b>
                <small>{t.formats[format].note}</small>
              </a>
            </li>
          ))}
        </ul>
      </div>
    </>
  )
}
