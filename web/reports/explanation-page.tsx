import { counted, day, fill, voucherName, wholeKroner } from '#i18n/format.ts'
import { spanText } from '#i18n/span-text.ts'
import { readDimensionChoices } from '#worker/reports/read-dimension-choices.ts'
import { type Explanation, readExplanation, type Step } from '#worker/reports/read-explanation.ts'
import { incomeStatement } from '#worker/reports/standard-income-statement.ts'
import { today } from '../day-field.tsx'
import { type Page, statusFirst, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { PeriodLinks } from './period-links.tsx'
import { ProofFooter } from './proof-footer.tsx'
import { orRefusal } from './refusal.tsx'
import { addressWith, choicesIn, exportQuery, filterText, questionOf, ReportChoices } from './report-choices.tsx'
import { reportPage } from './report-frame.tsx'
import { Pick } from './statement-page.tsx'

/** The way from last year's or the budgeted figure to this one, step by step, with nothing left over. */
export async function explanationPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.reportPages.explanation
  const { db, locale, access } = c.var
  const asked = c.req.query()
  const [dimensions] = await Promise.all([readDimensionChoices(db), statusFirst(c)])
  const choices = choicesIn(c, dimensions)
  const against = asked.against === 'budget' ? 'budget' : 'last-year'
  const account = asked.account?.trim() || undefined
  const line = account ? undefined : asked.line || 'annual-result'
  const by = dimensions.some(({ key }) => key === asked.by) && against !== 'budget' ? asked.by : undefined
  const wanted = {
    line,
    account,
    layout: asked.layout || undefined,
    against,
    budget: asked.budget || undefined,
    by,
    step: asked.step || undefined,
  } as const
  const read = await orRefusal(readExplanation(db, questionOf(choices), wanted))
  const report = 'found' in read ? read.found : undefined
  const nameOf = (of: { nameNb: string; nameEn: string }) => (locale === 'nb' ? of.nameNb : of.nameEn)
  return reportPage(
    {
      c,
      title: report?.line ? `${words.title}: ${nameOf(report.line)}` : [words.title, account].filter(Boolean).join(' '),
      span: report && spanText(report.fromDate, report.toDate, locale),
      drawnFrom: against === 'budget' ? (asked.budget ?? 'budget') : undefined,
      save: 'explanation',
      out: report && {
        path: 'explanation',
        query: {
          ...exportQuery(choices),
          ...wanted,
          step: undefined,
          fromDate: report.fromDate,
          toDate: report.toDate,
        },
      },
      refusal: 'refusal' in read ? read.refusal : undefined,
      choices: (
        <>
          <ReportChoices
            c={c}
            choices={choices}
            days={report ?? { fromDate: today(), toDate: today() }}
            dimensions={dimensions}
          >
            {account ? (
              <input type="hidden" name="account" value={account} />
            ) : (
              <Pick
                label={words.line}
                name="line"
                value={line ?? ''}
                options={[
                  ...(incomeStatement.lines.some(({ key }) => key === line) || !line ? [] : [[line, line] as const]),
                  ...incomeStatement.lines.map((l) => [l.key, nameOf(l)] as const),
                ]}
              />
            )}
            <Pick
              label={words.against}
              name="against"
              value={against}
              options={[
                ['last-year', words.lastYear],
                ['budget', words.budget],
              ]}
            />
            <Pick
              label={words.by}
              name="by"
              value={by ?? ''}
              options={[['', words.byAccount], ...dimensions.map((d) => [d.key, nameOf(d).toLowerCase()] as const)]}
            />
          </ReportChoices>
          {report && <PeriodLinks c={c} days={report} today={today()} />}
        </>
      ),
    },
    report && (
      <>
        <Bridge c={c} report={report} />
        <ProofFooter
          c={c}
          head={report}
          checks={report.checks}
          filters={filterText(c, choices, dimensions)}
          verify={`/api/v1/companies/${access.id}/reports/explanation?${new URLSearchParams({ ...(account ? { account } : { line: line! }), fromDate: report.fromDate, toDate: report.toDate, against, ...choices.dimensions, ...(by && { by }), atVersion: String(report.atVersion) })}`}
          changes={{ ...choices.dimensions, ...(account ? { account } : { line }) }}
        />
      </>
    ),
  )
}

function Bridge({ c, report }: { c: Page; report: Explanation }) {
  const words = textsOf(c).reportPages.explanation
  const { locale } = c.var
  const money = (n: number) => wholeKroner(n, locale)
  const name = report.against === 'budget' ? words.fromBudget : words.from
  const label = report.line
    ? locale === 'nb'
      ? report.line.nameNb
      : report.line.nameEn
    : report.accounts.join(', ').slice(0, 60)
  let running: number = report.from
  return (
    <table class="hb-table" data-rows data-list>
      <thead>
        <tr>
          <th data-width="wider">{words.step}</th>
          <th class="hb-num hb-only-wide">{words.before}</th>
          <th class="hb-num hb-only-wide">{words.actual}</th>
          <th class="hb-num">{words.amount}</th>
          <th class="hb-num hb-only-wide">{words.balance}</th>
        </tr>
      </thead>
      <tbody>
        <tr class="hb-section-row">
          <th scope="row" colspan={3}>
            {fill(name, { name: label, span: spanText(report.before.fromDate, report.before.toDate, locale) }, locale)}
          </th>
          <td class="hb-num">{money(report.from)}</td>
          <td class="hb-only-wide" />
        </tr>
        {report.steps.map((step) => {
          running += step.amount
          const key = step.key === null ? step.kind : `${step.kind}:${step.key}`
          const open = c.req.query('step') === key
          return (
            <>
              <tr data-chosen={open ? true : undefined}>
                <td>
                  <StepName c={c} step={step} address={addressWith(c, { step: open ? undefined : key })} />
                </td>
                <td class="hb-num hb-quiet hb-only-wide">{step.before === 0 ? '' : money(step.before)}</td>
                <td class="hb-num hb-quiet hb-only-wide">{step.actual === 0 ? '' : money(step.actual)}</td>
                <td class="hb-num">{money(step.amount)}</td>
                <td class="hb-num hb-quiet hb-only-wide">{money(running)}</td>
              </tr>
              {open &&
                report.vouchers?.map((voucher) => (
                  <tr class="hb-sub">
                    <td>
                      <a class="hb-opens" href={companyPath(c.var.access, `/vouchers/${voucher.id}`)}>
                        {voucherName(voucher)}
                      </a>{' '}
                      <span class="hb-quiet">
                        {day(voucher.voucherDate)} {voucher.text}
                      </span>
                    </td>
                    <td class="hb-only-wide" colspan={2} />
                    <td class="hb-num hb-quiet">{money(voucher.amount)}</td>
                    <td class="hb-only-wide" />
                  </tr>
                ))}
            </>
          )
        })}
        {report.remainder !== 0 && (
          <tr>
            <td class="hb-error-text">{words.remainder}</td>
            <td class="hb-only-wide" colspan={2} />
            <td class="hb-num hb-error-text">{money(report.remainder)}</td>
            <td class="hb-only-wide" />
          </tr>
        )}
        <tr class="hb-total" data-broken={report.remainder !== 0 ? true : undefined}>
          <th scope="row">
            {fill(words.from, { name: label, span: spanText(report.fromDate, report.toDate, locale) }, locale)}
          </th>
          <td class="hb-only-wide" colspan={2} />
          <td class="hb-num">{money(report.to)}</td>
          <td class="hb-only-wide" />
        </tr>
      </tbody>
    </table>
  )
}

function StepName({ c, step, address }: { c: Page; step: Step; address: string }) {
  const words = textsOf(c).reportPages.explanation
  const { locale, access } = c.var
  const { voucher } = step
  if (voucher)
    return (
      <>
        <a class="hb-opens hb-row-link" href={companyPath(access, `/vouchers/${voucher.id}`)}>
          {voucherName(voucher)}
        </a>{' '}
        <span class="hb-quiet">
          {day(voucher.voucherDate)} {voucher.text}
        </span>
      </>
    )
  const name = locale === 'nb' ? step.nameNb : step.nameEn
  const text = step.key === null ? words.kinds[step.kind] : `${step.key === 'none' ? words.none : step.key} ${name}`
  if (step.vouchers === 0)
    return (
      <>
        {text} <span class="hb-quiet">{words.kinds.budget}</span>
      </>
    )
  return (
    <>
      <a class="hb-opens hb-row-link" href={address}>
        {text}
      </a>{' '}
      <span class="hb-quiet">{counted(step.vouchers, words.vouchers, locale)}</span>
    </>
  )
}
