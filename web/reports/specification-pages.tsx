import { counted, day, fill, kroner, moment, voucherName, whole } from '#i18n/format.ts'
import { spanText } from '#i18n/span-text.ts'
import { readNumberGaps } from '#worker/reports/read-number-gaps.ts'
import { readPartyBalances } from '#worker/reports/read-party-balances.ts'
import { readTrialBalance } from '#worker/reports/read-trial-balance.ts'
import { readVoucherJournal } from '#worker/reports/read-voucher-journal.ts'
import { today } from '../day-field.tsx'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { PeriodLinks } from './period-links.tsx'
import { ProofFooter } from './proof-footer.tsx'
import { orRefusal } from './refusal.tsx'
import { addressWith, choicesIn, exportQuery, filterText, questionOf, ReportChoices } from './report-choices.tsx'
import { reportPage } from './report-frame.tsx'
import { Pick } from './statement-page.tsx'

const PAGE = 500

/** Every entry in the order it was posted. Source: bokføringsforskriften § 3-1 no. 1. */
export async function voucherJournalPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.reportPages.journal
  const { db, locale, access } = c.var
  const choices = choicesIn(c, [])
  const cursor = c.req.query('cursor')
  const read = await orRefusal(readVoucherJournal(db, questionOf(choices), { cursor, limit: PAGE }))
  const report = 'found' in read ? read.found : undefined
  return reportPage(
    {
      c,
      title: words.title,
      span: report && spanText(report.fromDate, report.toDate, locale),
      save: 'voucher-journal',
      out: { path: 'voucher-journal', query: exportQuery(choices) },
      wide: true,
      refusal: 'refusal' in read ? read.refusal : undefined,
      choices: (
        <>
          <ReportChoices
            c={c}
            choices={choices}
            days={report ?? { fromDate: today(), toDate: today() }}
            dimensions={[]}
          />
          {report && <PeriodLinks c={c} days={report} today={today()} />}
        </>
      ),
    },
    report && (
      <>
        <p class="hb-quiet">{counted(report.entries.length, words.entries, locale)}</p>
        <div class="hb-scroll-narrow">
          <table class="hb-table" data-rows data-list data-density="tight">
            <thead>
              <tr>
                <th>{t.reports.column.voucher}</th>
                <th>{t.reports.column.date}</th>
                <th>{t.reports.column.account}</th>
                <th data-width="wide">{t.reports.column.text}</th>
                <th>{t.reports.column.party}</th>
                <th>{t.reports.column.vat}</th>
                <th class="hb-num">{t.reports.column.debit}</th>
                <th class="hb-num">{t.reports.column.credit}</th>
                <th>{t.reportPages.changes.recorded}</th>
              </tr>
            </thead>
            <tbody>
              {report.entries.map((entry, i) => {
                const first = report.entries[i - 1]?.voucherId !== entry.voucherId
                return (
                  <tr>
                    <td class="hb-nowrap">
                      {first && (
                        <a class="hb-opens hb-row-link" href={companyPath(access, `/vouchers/${entry.voucherId}`)}>
                          {voucherName(entry)}
                        </a>
                      )}
                    </td>
                    <td class="hb-date" data-line="2">
                      {first && day(entry.voucherDate)}
                    </td>
                    <td class="hb-accno" data-line="2">
                      {entry.account}
                    </td>
                    <td data-line="2">{entry.text}</td>
                    <td class="hb-only-wide">{entry.party}</td>
                    <td class="hb-only-wide">{entry.vatCode}</td>
                    <td class="hb-num">{entry.amount > 0 ? kroner(entry.amount, locale) : ''}</td>
                    <td class="hb-num" data-label={entry.amount < 0 ? '−' : undefined}>
                      {entry.amount < 0 ? kroner(-entry.amount, locale) : ''}
                    </td>
                    <td class="hb-date hb-only-wide hb-quiet">{first && moment(entry.recordedAt)}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
        <div class="hb-paging">
          {cursor && <a href={addressWith(c, { cursor: undefined })}>{t.reports.generalLedger.first}</a>}
          {report.cursor && <a href={addressWith(c, { cursor: report.cursor })}>{t.reports.generalLedger.next}</a>}
        </div>
        <ProofFooter
          c={c}
          head={report}
          checks={[]}
          whole
          filters={filterText(c, choices, [])}
          verify={`/api/v1/companies/${access.id}/reports/voucher-journal?${new URLSearchParams({ fromDate: report.fromDate, toDate: report.toDate, atVersion: String(report.atVersion) })}`}
          changes={{}}
        />
      </>
    ),
  )
}

/** Opening, movement and closing of each customer or supplier, with the control accounts. */
export async function partySpecificationPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.reportPages.parties
  const { db, locale, access } = c.var
  const choices = choicesIn(c, [])
  const kind = c.req.query('kind') === 'supplier' ? ('supplier' as const) : ('customer' as const)
  const question = questionOf(choices)
  const read = await orRefusal(
    Promise.all([
      readPartyBalances(db, { ...question, filter: { kind, dimensions: {} } }),
      readTrialBalance(db, question),
    ]),
  )
  const [report, balance] = 'found' in read ? read.found : []
  const figure = (n: number) => (n === 0 ? '' : kroner(n, locale))
  return reportPage(
    {
      c,
      title: words[kind],
      span: report && spanText(report.fromDate, report.toDate, locale),
      save: 'party-balances',
      out: { path: 'party-balances', query: { kind, ...exportQuery(choices) } },
      refusal: 'refusal' in read ? read.refusal : undefined,
      choices: (
        <>
          <ReportChoices
            c={c}
            choices={choices}
            days={report ?? { fromDate: today(), toDate: today() }}
            dimensions={[]}
          >
            <Pick
              label={words.kind}
              name="kind"
              value={kind}
              options={[
                ['customer', words.customers],
                ['supplier', words.suppliers],
              ]}
            />
          </ReportChoices>
          {report && <PeriodLinks c={c} days={report} today={today()} />}
        </>
      ),
    },
    report && balance && (
      <>
        {report.rows.length === 0 ? (
          <div class="hb-empty">
            <h2>{words.empty}</h2>
          </div>
        ) : (
          <table class="hb-table hb-trial-balance" data-rows>
            <thead>
              <tr>
                <th>{t.reports.column.party}</th>
                <th data-width="wide">{t.reports.column.name}</th>
                <th class="hb-num hb-only-wide">{t.reports.column.opening}</th>
                <th class="hb-num hb-only-wide">{t.reports.column.debit}</th>
                <th class="hb-num hb-only-wide">{t.reports.column.credit}</th>
                <th class="hb-num">{t.reports.column.closing}</th>
              </tr>
            </thead>
            <tbody>
              {report.rows.map((row) => (
                <tr>
                  <td class="hb-accno">{row.party}</td>
                  <td>
                    <a
                      class="hb-opens hb-row-link"
                      href={companyPath(
                        access,
                        `/general-ledger?${new URLSearchParams({ party: row.party, fromDate: report.fromDate, toDate: report.toDate })}`,
                      )}
                    >
                      {row.name}
                    </a>
                  </td>
                  <td class="hb-num hb-only-wide">{figure(row.opening)}</td>
                  <td class="hb-num hb-only-wide">{figure(row.debit)}</td>
                  <td class="hb-num hb-only-wide">{figure(row.credit)}</td>
                  <td class="hb-num">{kroner(row.closing, locale)}</td>
                </tr>
              ))}
              <tr class="hb-total">
                <td />
                <td>{words.total}</td>
                <td class="hb-num hb-only-wide">{kroner(report.totals.opening, locale)}</td>
                <td class="hb-num hb-only-wide">{kroner(report.totals.debit, locale)}</td>
                <td class="hb-num hb-only-wide">{kroner(report.totals.credit, locale)}</td>
                <td class="hb-num">{kroner(report.totals.closing, locale)}</td>
              </tr>
            </tbody>
          </table>
        )}
        <ProofFooter
          c={c}
          head={report}
          checks={balance.checks.filter(({ key }) => key === `${kind}-ledger-equals-control`)}
          filters={filterText(c, choices, [])}
          verify={`/api/v1/companies/${access.id}/reports/party-balances?${new URLSearchParams({ kind, fromDate: report.fromDate, toDate: report.toDate, atVersion: String(report.atVersion) })}`}
          changes={{}}
        />
      </>
    ),
  )
}

/** First, last and count of each series, and what is missing. */
export async function numberSeriesPage(c: Page): Promise<Response> {
  const words = textsOf(c).reportPages.series
  const { db, locale } = c.var
  const report = await readNumberGaps(db, undefined)
  return reportPage(
    { c, title: words.title, text: words.text },
    <>
      <p class={report.holds ? '' : 'hb-error-text'}>
        <span class="hb-proof-mark" data-broken={report.holds ? undefined : true} />{' '}
        {report.holds ? fill(words.whole, { count: whole(report.count, locale) }, locale) : words.broken}
      </p>
      <table class="hb-table">
        <thead>
          <tr>
            <th>{words.year}</th>
            <th data-width="wide">{words.series}</th>
            <th class="hb-num hb-only-wide">{words.first}</th>
            <th class="hb-num">{words.last}</th>
            <th class="hb-num">{words.count}</th>
            <th class="hb-num">{words.gaps}</th>
          </tr>
        </thead>
        <tbody>
          {report.series.map((s) => (
            <tr>
              <td>{s.fiscalYear}</td>
              <td>
                {s.series} <span class="hb-quiet">{locale === 'nb' ? s.nameNb : s.nameEn}</span>
              </td>
              <td class="hb-num hb-only-wide">{s.first}</td>
              <td class="hb-num">{s.lastGiven}</td>
              <td class="hb-num">{s.count}</td>
              <td class="hb-num">{s.gaps.map(({ from, to }) => (from === to ? from : `${from}–${to}`)).join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>,
  )
}
