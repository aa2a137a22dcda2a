import { counted, day, fill, kroner, type Locale, month as monthName, whole } from '#i18n/format.ts'
import { withText } from '#i18n/problem-text.ts'
import { month, monthOf, monthsBetween } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'
import { readCalendar } from '#worker/periods/store.ts'
import { readSaftFiles } from '#worker/saft/read-saft-files.ts'
import { today } from '../day-field.tsx'
import { Icon } from '../icon.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { exportAddress } from './export-menu.tsx'

/** What goes out of a company: SAF-T for the authority, a journal for other programs, and every report and list as a file. */
export async function exportsPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.exportPage
  const { locale, db } = c.var
  const asked = {
    fromMonth: month(c.req.query('fromMonth') ?? ''),
    toMonth: month(c.req.query('toMonth') ?? ''),
    version: c.req.query('version') === '1.40' ? ('1.40' as const) : undefined,
  }
  const { years } = await readCalendar(db)
  let refusal: Problem | undefined
  const found = await readSaftFiles(db, asked, today()).catch((error) => {
    if (!(error instanceof Problem) || error.status !== 422) throw error
    refusal = error
    return undefined
  })
  const files = found?.files ?? []
  const fromMonth = asked.fromMonth ?? files[0]?.fromDate.slice(0, 7)
  const toMonth = asked.toMonth ?? files.at(-1)?.toDate.slice(0, 7)
  const without = [...new Set(files.flatMap((f) => f.withoutGrouping))]
  const api = (rest: string) => `/api/v1${companyPath(c.var.access, rest)}`
  const saft = new URLSearchParams({
    ...(fromMonth && { fromMonth }),
    ...(toMonth && { toMonth }),
    ...(asked.version && { version: asked.version }),
  })
  const days = { fromDate: files[0]?.fromDate, toDate: files.at(-1)?.toDate }
  return page(
    c,
    { title: words.title, area: 'exports', layout: 'report', keys: [['E', words.saft.download]] },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
        </div>
      </div>
      <section class="hb-section">
        <div class="hb-section-head">
          <h2>{words.saft.title}</h2>
        </div>
        <form class="hb-picks" method="get" data-auto>
          <Months label={t.reports.fromDate} name="fromMonth" value={fromMonth} years={years} locale={locale} />
          <Months label={t.reports.toDate} name="toMonth" value={toMonth} years={years} locale={locale} />
          <label class="hb-pick">
            {words.saft.version}
            <select name="version">
              <option value="">{words.saft.required}</option>
              <option value="1.40" selected={asked.version === '1.40'}>
                1.40
              </option>
            </select>
          </label>
          <button class="ds-button" data-variant="tertiary" type="submit">
            {t.reports.show}
          </button>
        </form>
        {refusal && (
          <ul class="hb-notice" data-level="error" role="alert">
            {refusal.issues.map((issue) => (
              <li>{withText(issue, locale).message}</li>
            ))}
          </ul>
        )}
        {files.length > 0 && (
          <>
            <table class="hb-table" data-density="tight">
              <thead>
                <tr>
                  <th>{words.saft.year}</th>
                  <th data-width="wide">{words.saft.days}</th>
                  <th>{words.saft.version}</th>
                  <th class="hb-num">{words.saft.vouchers}</th>
                  <th class="hb-num hb-only-wide">{words.saft.debit}</th>
                </tr>
              </thead>
              <tbody>
                {files.map((file) => (
                  <tr>
                    <td>{file.fiscalYear}</td>
                    <td>
                      {day(file.fromDate)}–{day(file.toDate)}
                    </td>
                    <td>{file.version}</td>
                    <td class="hb-num">{whole(file.vouchers, locale)}</td>
                    <td class="hb-num hb-only-wide">{kroner(file.debit, locale)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {without.length > 0 && (
              <p class="hb-notice" data-level="warning">
                {fill(
                  counted(without.length, words.saft.withoutGrouping, locale),
                  { accounts: without.slice(0, 12).join(', ') },
                  locale,
                )}{' '}
                <a href={companyPath(c.var.access, '/accounts')}>{t.shell.areas.accounts}</a>
              </p>
            )}
            <p class="hb-actions hb-section-foot">
              <a class="ds-button" href={api(`/exports/saft?${saft}`)} data-key="E" download>
                <Icon name="file" />
                {files.length > 1 ? words.saft.downloadZip : words.saft.download}
              </a>
              {files.length === 1 && (
                <a class="ds-button" data-variant="tertiary" href={api(`/exports/saft?${saft}&format=zip`)} download>
                  {words.saft.zipped}
                </a>
              )}
            </p>
          </>
        )}
      </section>
      <section class="hb-section">
        <div class="hb-section-head">
          <h2>{words.journal.title}</h2>
        </div>
        <p class="hb-quiet">{words.journal.note}</p>
        <p class="hb-actions hb-section-foot">
          {(['hledger', 'beancount'] as const).map((format) => (
            <a
              class="ds-button"
              data-variant="secondary"
              href={api(`/exports/journal?format=${format}&language=${locale}`)}
              download
            >
              {words.journal[format]}
            </a>
          ))}
        </p>
      </section>
      <section class="hb-section">
        <div class="hb-section-head">
          <h2>{words.tables.title}</h2>
        </div>
        <table class="hb-table hb-out" data-rows data-density="tight">
          <tbody>
            {TABLES.map(([path, key, query]) => (
              <tr>
                <td data-width="wide">{words.tables.names[key]}</td>
                {(['xlsx', 'pdf', 'csv'] as const).map((format) => (
                  <td>
                    <a
                      href={exportAddress(c, path, { ...('days' in query ? days : query) }, format)}
                      aria-label={`${words.tables.names[key]}, ${words.formats[format].name}`}
                      download
                    >
                      {format === 'xlsx' ? 'Excel' : format.toUpperCase()}
                    </a>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>,
  )
}

type MonthsProps = {
  label: string
  name: string
  value: string | undefined
  years: readonly FiscalYear[]
  locale: Locale
}

/** The months of the company's fiscal years, newest year first; a picker of the browser would speak its own language. */
const Months = ({ label, name, value, years, locale }: MonthsProps) => (
  <label class="hb-pick">
    {label}
    <select name={name}>
      {years.toReversed().map((year) => (
        <optgroup label={String(year.year)}>
          {monthsBetween(monthOf(year.firstDate), monthOf(year.lastDate)).map((m) => (
            <option value={m} selected={m === value}>
              {monthName(m, locale)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  </label>
)

type TableKey = keyof ReturnType<typeof textsOf>['exportPage']['tables']['names']
const DAYS = { days: 'of the page' }
/** Every table with a question of its own: path, name, and what it is asked. */
const TABLES: readonly (readonly [path: string, key: TableKey, query: Record<string, string>])[] = [
  ['income-statement', 'income', DAYS],
  ['balance-sheet', 'balance', DAYS],
  ['trial-balance', 'trialBalance', DAYS],
  ['general-ledger', 'generalLedger', DAYS],
  ['voucher-journal', 'journal', DAYS],
  ['party-balances', 'customers', { kind: 'customer' }],
  ['party-balances', 'suppliers', { kind: 'supplier' }],
  ['open-items', 'openItems', {}],
  ['ageing', 'receivables', { kind: 'customer' }],
  ['ageing', 'payables', { kind: 'supplier' }],
  ['vat-specification', 'vat', {}],
  ['key-figures', 'keyFigures', DAYS],
  ['liquidity', 'liquidity', {}],
  ['year-end', 'yearEnd', DAYS],
  ['accounts', 'accounts', {}],
  ['parties', 'customerList', { kind: 'customer' }],
  ['parties', 'supplierList', { kind: 'supplier' }],
]
