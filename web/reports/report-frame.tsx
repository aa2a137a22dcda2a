import type { Child } from 'hono/jsx'
import { organisationNumber } from '#i18n/format.ts'
import type { Problem } from '#worker/core/problem.ts'
import type { ReportName } from '#worker/reports/saved-report.ts'
import { ExportMenu } from '../exports/export-menu.tsx'
import { Icon } from '../icon.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { Unread, unreadIn } from '../unread.tsx'
import { Refusal } from './refusal.tsx'
import { SaveReport } from './save-report.tsx'

type Props = {
  c: Page
  title: string
  /** Beside the title: the days. */
  span?: string | undefined
  /** What the page is, in one line. */
  text?: string | undefined
  /** The choices under the heading. */
  choices?: Child
  /** What may be saved under a name. */
  save?: ReportName
  /** The table it goes out as, with what it is asked. */
  out?: { path: string; query: Readonly<Record<string, string | undefined>> } | undefined
  refusal?: Problem | undefined
  /** A budget it is drawn from, or `budget`: it is told to be behind when that is saved. */
  drawnFrom?: string | undefined
  wide?: boolean
}

/** The common frame of reports: heading, choices, print, save, and what was refused; Esc goes back to all reports. */
export function reportPage(
  { c, title, span, text, choices, save, out, refusal, wide, drawnFrom }: Props,
  content: Child,
): Promise<Response> {
  const t = textsOf(c)
  const { access } = c.var
  const unread = unreadIn(c.req.query(), ['fromDate', 'toDate', 'knownAt'])
  return page(
    c,
    {
      title,
      area: 'reports',
      layout: wide ? 'work' : 'report',
      keys: [
        ['↑ ↓', t.shell.keys.move],
        ['Enter', t.shell.keys.open],
        ['Esc', t.shell.keys.back],
      ],
    },
    <>
      <div class="hb-print-head">
        <b>{access.name}</b>
        <span>{access.organisationNumber && organisationNumber(access.organisationNumber)}</span>
      </div>
      <div class="hb-head" data-drawn-from={drawnFrom}>
        <div>
          <h1>
            {title} {span && <span class="hb-quiet">{span}</span>}
          </h1>
          {text && <p>{text}</p>}
          {choices}
        </div>
        <div class="hb-actions hb-no-print">
          {out && !refusal && unread.length === 0 && <ExportMenu c={c} {...out} />}
          {save && <SaveReport c={c} report={save} />}
          <button class="ds-button hb-only-wide" data-variant="tertiary" type="button" data-print hidden>
            <Icon name="print" />
            {t.shell.print}
          </button>
        </div>
      </div>
      {refusal && <Refusal c={c} problem={refusal} />}
      <Unread c={c} days={unread}>
        <section>{content}</section>
      </Unread>
      <a href={companyPath(access, '/reports')} data-key="Escape" hidden>
        {t.reportPages.title}
      </a>
    </>,
  )
}
