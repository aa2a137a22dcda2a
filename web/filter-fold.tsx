import type { Child } from 'hono/jsx'
import type { PageTexts } from '#i18n/page-texts.ts'

type Props = {
  t: PageTexts
  inUse: number
  /** Stands open: one of them cannot be read. */
  open?: boolean
  children: Child
}

/** Fields a list is narrowed by: in a row on a wide screen, on a phone behind one button that says how many are in use. */
export const FilterFold = ({ t, inUse, open, children }: Props) => (
  <>
    <button
      class="ds-button hb-filters"
      data-variant="secondary"
      type="button"
      aria-expanded={open ? 'true' : 'false'}
      aria-controls="filters"
      data-folds
    >
      {inUse > 0 ? `${t.shell.filters} (${inUse})` : t.shell.filters}
    </button>
    <div class="hb-filter-fields" id="filters">
      {children}
    </div>
  </>
)
