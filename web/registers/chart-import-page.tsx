import { counted, day, fill } from '#i18n/format.ts'
import { withText } from '#i18n/problem-text.ts'
import { type ChartDiff, ChartImport, chartRowsIn } from '#worker/chart/chart-import.ts'
import { importChart } from '#worker/chart/import-chart.ts'
import { parse } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { dayIn } from '../day-field.tsx'
import { ErrorSummary, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** Rows told of each kind; the import takes all. */
const MOST = 200

type Told = {
  text?: string | undefined
  closeMissing?: string | undefined
  diff?: ChartDiff
  done?: boolean
  tried?: Tried
}

/** A chart of one's own, pasted: first the difference, then the import. */
export async function chartImportPage(c: Page, told: Told = {}): Promise<Response> {
  const t = textsOf(c)
  const words = t.registers.accounts.import
  const { access } = c.var
  const { diff } = told
  const clean = diff && diff.issues.length === 0 && diff.added.length + diff.changed.length + diff.missing.length > 0
  return page(
    c,
    {
      title: words.title,
      area: 'accounts',
      status: (told.tried?.problem.status as 422 | undefined) ?? 200,
      keys: [['Esc', t.shell.keys.back]],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={told.tried} fields={['closeMissingFrom']} />
        {told.done && (
          <div class="hb-notice" data-level="done" role="status" tabindex={-1} autofocus>
            <p>{words.done}</p>
          </div>
        )}
      </div>
      {diff && <Difference c={c} diff={diff} />}
      <form class="hb-form" method="post" action={companyPath(access, '/accounts/import')}>
        <div class="ds-field">
          <label class="ds-label" for="field-text">
            {words.text}
          </label>
          <textarea class="ds-input" id="field-text" name="text" rows={12} required>
            {told.done ? '' : told.text}
          </textarea>
          <small>{words.textHelp}</small>
        </div>
        <TextField
          label={words.closeMissing}
          name="closeMissingFrom"
          value={told.closeMissing}
          placeholder={t.shell.dayHint}
          day
        />
        <div class="hb-form-actions">
          <button class="ds-button" data-variant={clean ? 'secondary' : undefined} type="submit">
            {words.show}
          </button>
          {clean && (
            <button class="ds-button" type="submit" name="apply" value="yes">
              {words.apply}
            </button>
          )}
          <a class="ds-button" data-variant="tertiary" href={companyPath(access, '/accounts')} data-key="Escape">
            {t.registers.cancel}
          </a>
        </div>
      </form>
    </>,
  )
}

function Difference({ c, diff }: { c: Page; diff: ChartDiff }) {
  const t = textsOf(c)
  const words = t.registers.accounts.import
  const { history } = t.registers.accounts
  const { locale } = c.var
  const shown = (value: unknown): string => (value === null || value === '' ? history.nothing : String(value))
  return (
    <section class="hb-section" aria-live="polite">
      {diff.issues.length > 0 && (
        <div class="hb-notice" data-level="error" role="alert">
          <h2>{counted(diff.issues.length, words.faults, locale)}</h2>
          <ul>
            {diff.issues.slice(0, MOST).map((issue) => {
              const row = Number(/^#\/accounts\/(\d+)/.exec(issue.pointer)?.[1] ?? 0) + 1
              return <li>{fill(words.row, { row, message: withText(issue, locale).message }, locale)}</li>
            })}
          </ul>
        </div>
      )}
      <h2>{counted(diff.added.length, words.added, locale)}</h2>
      <ul>
        {diff.added.slice(0, MOST).map((a) => (
          <li>
            <span class="hb-accno">{a.number}</span> {locale === 'nb' ? a.nameNb : a.nameEn}{' '}
            <span class="hb-quiet">{t.registers.accounts.types[a.type]}</span>
          </li>
        ))}
      </ul>
      <h2>{counted(diff.changed.length, words.changed, locale)}</h2>
      <ul>
        {diff.changed.slice(0, MOST).map(({ account, changes }) => (
          <li>
            <span class="hb-accno">{account.number}</span>{' '}
            {Object.entries(changes)
              .map(([field, [before, after]]) =>
                fill(
                  history.change,
                  { field: history.fields[field] ?? field, before: shown(before), after: shown(after) },
                  locale,
                ),
              )
              .join(' · ')}
          </li>
        ))}
      </ul>
      <p class="hb-quiet">
        {counted(diff.same, words.same, locale)}. {counted(diff.missing.length, words.missing, locale)}
        {diff.missing.length > 0 && `: ${diff.missing.slice(0, MOST).join(', ')}`}.
      </p>
    </section>
  )
}

export async function submitChartImport(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const { text = '', closeMissingFrom, apply } = fields
  return tryForm(
    fields,
    async () => {
      const wanted = {
        accounts: chartRowsIn(text),
        dryRun: apply !== 'yes',
        ...(closeMissingFrom && { closeMissingFrom: dayIn(closeMissingFrom) ?? closeMissingFrom }),
      }
      const diff = await importChart(actingOf(c), parse(wanted, ChartImport))
      const shown = closeMissingFrom && day(dayIn(closeMissingFrom) ?? '')
      return chartImportPage(c, { text, closeMissing: shown, diff, done: diff.applied })
    },
    (tried) => chartImportPage(c, { text, closeMissing: closeMissingFrom, tried }),
  )
}
