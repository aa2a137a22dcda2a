import { fill, moment, whole } from '#i18n/format.ts'
import { checkText } from '#i18n/verify-text.ts'
import type { Instant } from '#worker/core/dates.ts'
import { type InstanceCompany, PAGE, readInstance } from '#worker/operations/read-instance.ts'
import { readTotals, type Totals } from '#worker/operations/store.ts'
import { type Page, page, textsOf } from '../page.tsx'

/** How the installation is, company by company, for whoever looks after it: nothing of anybody's books. */
export async function statusPage(c: Page): Promise<Response> {
  const words = textsOf(c).operator
  const { control, locale } = c.var
  const after = c.req.query('after') ?? ''
  const [totals, { companies, next }] = await Promise.all([
    readTotals(control, new Date().toISOString() as Instant),
    readInstance(c.env, control, after),
  ])
  return page(
    c,
    { title: words.title },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
        </div>
        {after !== '' && (
          <div class="hb-actions">
            <a class="ds-button" data-variant="secondary" href="/operator/status">
              {words.first}
            </a>
          </div>
        )}
      </div>
      <div class="hb-notices">
        <Whole c={c} totals={totals} companies={companies} />
      </div>
      {companies.length === 0 ? (
        <p class="hb-quiet">{words.none}</p>
      ) : (
        <table class="hb-table" data-list>
          <thead>
            <tr>
              <th>{words.column.company}</th>
              <th>{words.column.status}</th>
              <th>{words.column.schema}</th>
              <th>{words.column.verified}</th>
              <th>{words.column.backup}</th>
              <th class="hb-num">{words.column.size}</th>
            </tr>
          </thead>
          <tbody>
            {companies.map((company) => (
              <Row c={c} company={company} />
            ))}
          </tbody>
        </table>
      )}
      {next && (
        <p class="hb-actions">
          <a class="ds-button" data-variant="secondary" href={`/operator/status?after=${next}`}>
            {fill(words.next, { count: whole(PAGE, locale) }, locale)}
          </a>
        </p>
      )}
    </>,
  )
}

/** What needs somebody, a line each; or that nothing does. */
function Whole({ c, totals, companies }: { c: Page; totals: Totals; companies: readonly InstanceCompany[] }) {
  const words = textsOf(c).operator
  const { locale } = c.var
  const active = companies.filter(({ status }) => status === 'active')
  const quarantined = active.filter((company) => company.quarantined).length
  const silent = active.filter(({ file }) => file === null).length - quarantined
  const behind = active.filter(({ file }) => file && !file.current).length
  const faults = [
    [words.failing, totals.failing],
    ...totals.instance.map((kind) => [words.instance[kind as keyof typeof words.instance] ?? kind, 1] as const),
    [words.notVerified, totals.notVerified],
    [words.notBackedUp, totals.notBackedUp],
    [words.lateVerification, totals.lateVerification],
    [words.lateBackup, totals.lateBackup],
    [words.unfinished, totals.unfinished],
    [words.quarantined, quarantined],
    [words.silent, silent],
    [words.behind, behind],
  ] as const
  const told = faults.filter(([, count]) => count > 0)
  const when = (at: string | null) => (at === null ? words.never : moment(at))
  const counts = {
    companies: whole(totals.companies, locale),
    unopened: whole(totals.unopened, locale),
    ...{ verified: when(totals.oldestVerification), backup: when(totals.oldestBackup) },
  }
  const level =
    totals.failing + totals.instance.length + quarantined + silent > 0 ? 'error' : told.length > 0 ? 'warning' : 'done'
  return (
    <div class="hb-notice" data-level={level} role="status">
      {told.length === 0 ? (
        <p>
          <strong>{words.good}</strong>
        </p>
      ) : (
        <ul>
          {told.map(([text, count]) => (
            <li>{fill(text, { count: whole(count, locale) }, locale)}</li>
          ))}
        </ul>
      )}
      <p>{fill(words.counts, counts, locale)}</p>
    </div>
  )
}

function Row({ c, company }: { c: Page; company: InstanceCompany }) {
  const words = textsOf(c).operator
  const { locale } = c.var
  const { file, verified, backedUp, status } = company
  return (
    <tr>
      <td>
        {company.name}
        <div class="hb-code hb-faint hb-small hb-break">{company.id}</div>
      </td>
      <td data-line="2">{words.status[status]}</td>
      <td data-line="2">
        {file ? (
          <>
            <span class="hb-code">{file.schema}</span>{' '}
            {!file.current && (
              <span class="hb-chip" data-state="warning">
                {words.older}
              </span>
            )}
          </>
        ) : (
          status === 'active' && (
            <span class="hb-chip" data-state="error">
              {company.quarantined ? words.setAside : words.noAnswer}
            </span>
          )
        )}
      </td>
      <td data-line="2">
        {verified ? (
          <>
            <span class="hb-nowrap">{moment(verified.recordedAt)}</span>{' '}
            <span class="hb-chip" data-state={verified.ok ? 'proven' : 'error'}>
              {verified.ok ? words.holds : fill(words.fails, { count: verified.findings.length }, locale)}
            </span>
            {!verified.ok && (
              <ul class="hb-small">
                {verified.findings.map((key) => (
                  <li>{checkText(key, locale)}</li>
                ))}
              </ul>
            )}
          </>
        ) : (
          <span class="hb-faint">{words.never}</span>
        )}
      </td>
      <td class="hb-nowrap" data-line="2" data-label={words.column.backup}>
        {backedUp ? moment(backedUp.recordedAt) : <span class="hb-faint">{words.never}</span>}
      </td>
      <td class="hb-num hb-nowrap" data-line="2" data-label={words.column.size}>
        {file && fill(words.megabytes, { size: whole(Math.ceil(file.size / 1e6), locale) }, locale)}
      </td>
    </tr>
  )
}
