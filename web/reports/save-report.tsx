import { mayDo } from '#worker/access/permission.ts'
import { parse } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { saveReport } from '#worker/reports/save-report.ts'
import { NewSavedReport, type SavedName } from '#worker/reports/saved-report.ts'
import { CheckField, ErrorSummary, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** Opens the form that saves the report, or the list with its filters, with what its address says. */
export function SaveReport({ c, report, text }: { c: Page; report: SavedName; text?: string }) {
  const query = new URLSearchParams({ report, ...kept(c.req.query()) })
  return (
    <a class="ds-button" data-variant="tertiary" href={companyPath(c.var.access, `/reports/saved/new?${query}`)}>
      {text ?? textsOf(c).statements.save}
    </a>
  )
}

/** What of an address is the question, and not a place in its answer. */
function kept(query: Readonly<Record<string, string>>): Record<string, string> {
  const place = new Set(['line', 'account', 'column', 'voucher', 'cursor', 'report', 'name', 'shared'])
  return Object.fromEntries(Object.entries(query).filter(([name, value]) => value !== '' && !place.has(name)))
}

/** A name for a report, and whether it is for everyone. */
export async function savedReportPage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.reportPages.saved
  const query = c.req.query()
  return page(
    c,
    {
      title: words.title,
      area: 'reports',
      layout: 'report',
      status: tried ? 422 : 200,
      keys: [['Esc', t.shell.keys.back]],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.text}</p>
        </div>
      </div>
      <ErrorSummary c={c} tried={tried} fields={['name']} />
      <form method="post" class="hb-form">
        <input type="hidden" name="report" value={tried?.fields.report ?? query.report} />
        <input type="hidden" name="query" value={tried?.fields.query ?? JSON.stringify(kept(query))} />
        <TextField label={words.name} name="name" value={tried?.fields.name} required maxlength={120} />
        {mayDo(c.var.access, 'report:write') && (
          <CheckField label={words.share} name="shared" checked={tried?.fields.shared === 'yes'} />
        )}
        <div class="hb-form-actions">
          <button class="ds-button" type="submit">
            {words.submit}
          </button>
        </div>
      </form>
      <a href={companyPath(c.var.access, '/reports')} data-key="Escape" hidden>
        {t.reportPages.title}
      </a>
    </>,
  )
}

export async function submitSavedReport(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const wanted = parse(
        { name: fields.name, report: fields.report, query: json(fields.query), shared: fields.shared === 'yes' },
        NewSavedReport,
      )
      await saveReport(actingOf(c), c.var.access, wanted)
      return c.redirect(companyPath(c.var.access, '/reports'), 303)
    },
    (tried) => savedReportPage(c, tried),
  )
}

function json(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '{}')
  } catch {
    return undefined
  }
}
