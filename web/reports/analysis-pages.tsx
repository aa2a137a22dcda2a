import { day, fill, kroner, percentTenth, wholeKroner } from '#i18n/format.ts'
import { spanText } from '#i18n/span-text.ts'
import { readDimensionChoices } from '#worker/reports/read-dimension-choices.ts'
import { type KeyFigures, readKeyFigures } from '#worker/reports/read-key-figures.ts'
import { readLiquidity } from '#worker/reports/read-liquidity.ts'
import { LineChart } from '../dashboard/charts.tsx'
import { DayPick, dayIn, today } from '../day-field.tsx'
import { type Page, statusFirst, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { PeriodLinks } from './period-links.tsx'
import { ProofFooter } from './proof-footer.tsx'
import { orRefusal } from './refusal.tsx'
import { choicesIn, exportQuery, filterText, questionOf, ReportChoices } from './report-choices.tsx'
import { reportPage } from './report-frame.tsx'

/** Key figures beside last year's, each with its formula and the figures that stand in it. */
export async function keyFiguresPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.reportPages.keyFigures
  const { db, locale, access } = c.var
  const dimensions = await readDimensionChoices(db)
  const choices = choicesIn(c, dimensions)
  const read = await orRefusal(readKeyFigures(db, questionOf(choices)))
  const report = 'found' in read ? read.found : undefined
  const value = (figure: KeyFigures['figures'][number], of: number | null) =>
    of === null
      ? words.none
      : figure.unit === 'percent'
        ? percentTenth(of, locale)
        : kroner(Math.sign(of) * Math.floor((Math.abs(of) + 50) / 100), locale)
  return reportPage(
    {
      c,
      title: words.title,
      span: report && spanText(report.fromDate, report.toDate, locale),
      save: 'key-figures',
      out: report && {
        path: 'key-figures',
        query: { ...exportQuery(choices), fromDate: report.fromDate, toDate: report.toDate },
      },
      refusal: 'refusal' in read ? read.refusal : undefined,
      choices: (
        <>
          <ReportChoices
            c={c}
            choices={choices}
            days={report ?? { fromDate: today(), toDate: today() }}
            dimensions={dimensions}
          />
          {report && <PeriodLinks c={c} days={report} today={today()} />}
        </>
      ),
    },
    report && (
      <>
        <table class="hb-table" data-list>
          <thead>
            <tr>
              <th>{words.figure}</th>
              <th class="hb-num">{words.now}</th>
              <th class="hb-num">{words.lastYear}</th>
              <th data-width="wider">{words.formula}</th>
            </tr>
          </thead>
          <tbody>
            {report.figures.map((figure) => (
              <tr>
                <th scope="row">{words.names[figure.key]}</th>
                <td class="hb-num">
                  <b>{value(figure, figure.value)}</b>
                </td>
                <td class="hb-num hb-quiet" data-label={words.lastYear}>
                  {value(figure, figure.lastYear)}
                </td>
                <td class="hb-small hb-quiet" data-line="2">
                  <Formula c={c} figure={figure} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <ProofFooter
          c={c}
          head={report}
          checks={report.checks}
          filters={filterText(c, choices, dimensions)}
          verify={`/api/v1/companies/${access.id}/reports/key-figures?${new URLSearchParams({ fromDate: report.fromDate, toDate: report.toDate, ...choices.dimensions, atVersion: String(report.atVersion) })}`}
          changes={choices.dimensions}
        />
      </>
    ),
  )
}

function Formula({ c, figure }: { c: Page; figure: KeyFigures['figures'][number] }) {
  const words = textsOf(c).reportPages.keyFigures
  const { locale } = c.var
  const side = (of: 'above' | 'below') => {
    const parts = figure.parts.filter((p) => p.side === of)
    const text = parts
      .map((p, i) => {
        const name = locale === 'nb' ? p.nameNb : p.nameEn
        const own = p.average ? fill(words.average, { name: name.toLowerCase() }, locale) : name
        return `${i === 0 ? (p.minus ? '− ' : '') : p.minus ? ' − ' : ' + '}${own} ${wholeKroner(p.amount, locale)}`
      })
      .join('')
    return parts.length > 1 ? `(${text})` : text
  }
  return (
    <>
      {side('above')} / {side('below')}
    </>
  )
}

/** Cash on a day and what open items bring in and take out after it, week by week. */
export async function liquidityPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.reportPages.liquidity
  const { db, locale, access } = c.var
  const asked = c.req.query()
  const toDate = dayIn(asked.toDate)
  const weeks = /^\d{1,2}$/.test(asked.weeks ?? '') ? Math.min(Math.max(Number(asked.weeks), 1), 52) : 12
  await statusFirst(c)
  const read = await orRefusal(readLiquidity(db, { toDate, today: today(), filter: { dimensions: {} } }, weeks))
  const report = 'found' in read ? read.found : undefined
  const start = report?.fromDate ?? today()
  return reportPage(
    {
      c,
      title: words.title,
      text: fill(words.text, { day: day(start) }, locale),
      save: 'liquidity',
      drawnFrom: 'match',
      out: report && { path: 'liquidity', query: { toDate: start, weeks: String(weeks) } },
      refusal: 'refusal' in read ? read.refusal : undefined,
      choices: (
        <form class="hb-picks" method="get" data-auto>
          <DayPick label={words.day} name="toDate" value={asked.toDate?.trim() || start} />
          <label class="hb-pick">
            {words.weeks}
            <select name="weeks">
              {[4, 8, 12, 26, 52].map((n) => (
                <option value={String(n)} selected={n === weeks}>
                  {n}
                </option>
              ))}
            </select>
          </label>
          <button class="ds-button hb-no-print" data-variant="tertiary" type="submit">
            {t.reports.show}
          </button>
        </form>
      ),
    },
    report && (
      <>
        <p>
          <b>{fill(words.lowest, { amount: report.lowest.balance }, locale)}</b>
          {report.lowest.toDate && ` (${day(report.lowest.toDate)})`}
        </p>
        <div class="hb-report-chart">
          <LineChart
            points={[
              { name: day(start).slice(0, 6), amount: report.cash },
              ...report.spans
                .filter(({ kind }) => kind === 'week')
                .map(({ toDate: end, balance }) => ({ name: day(end!).slice(0, 6), amount: balance })),
            ]}
            locale={locale}
            label={words.chart}
            wide
          />
        </div>
        <table class="hb-table" data-list>
          <thead>
            <tr>
              <th data-width="wide">{words.span}</th>
              <th class="hb-num">{words.in}</th>
              <th class="hb-num">{words.out}</th>
              <th class="hb-num">{words.balance}</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">
                {words.cash}{' '}
                <span class="hb-small hb-quiet">
                  {report.accounts.map((a) => (
                    <a
                      class="hb-opens"
                      href={companyPath(access, `/general-ledger?account=${encodeURIComponent(a.account)}`)}
                    >
                      {a.account}{' '}
                    </a>
                  ))}
                </span>
              </th>
              <td class="hb-num hb-only-wide" />
              <td class="hb-num hb-only-wide" />
              <td class="hb-num">{wholeKroner(report.cash, locale)}</td>
            </tr>
            {report.spans
              .filter((span) => span.in !== 0 || span.out !== 0 || span.kind === 'week')
              .map((span) => (
                <tr>
                  <th scope="row">
                    {span.kind === 'overdue'
                      ? fill(words.overdue, { day: day(start) }, locale)
                      : span.kind === 'later'
                        ? fill(words.later, { day: day(span.fromDate!) }, locale)
                        : `${day(span.fromDate!).slice(0, 6)}–${day(span.toDate!)}`}
                  </th>
                  <td class="hb-num" data-line="2" data-label={span.in === 0 ? undefined : words.in}>
                    {span.in === 0 ? '' : wholeKroner(span.in, locale)}
                  </td>
                  <td class="hb-num" data-line="2" data-label={span.out === 0 ? undefined : words.out}>
                    {span.out === 0 ? '' : wholeKroner(span.out, locale)}
                  </td>
                  <td class="hb-num" data-level={span.balance < 0 ? 'warning' : undefined}>
                    {wholeKroner(span.balance, locale)}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
        <ProofFooter
          c={c}
          head={report}
          checks={report.checks}
          filters={t.reports.proof.noFilter}
          verify={`/api/v1/companies/${access.id}/reports/liquidity?toDate=${start}&weeks=${weeks}${report.knownAt ? `&asKnownAt=${report.knownAt}` : ''}&atVersion=${report.atVersion}`}
          changes={{}}
        />
      </>
    ),
  )
}
