import { day, fill, kroner, moment, voucherName, whole } from '#i18n/format.ts'
import { spanText } from '#i18n/span-text.ts'
import { readChanges } from '#worker/reports/read-changes.ts'
import { readDimensionChoices } from '#worker/reports/read-dimension-choices.ts'
import { dayIn, today } from '../day-field.tsx'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { ProofFooter } from './proof-footer.tsx'
import { orRefusal } from './refusal.tsx'
import { addressWith, choicesIn, exportQuery, filterText, questionOf, ReportChoices } from './report-choices.tsx'
import { reportPage } from './report-frame.tsx'
import { Pick } from './statement-page.tsx'

const PAGE = 200

/** The vouchers that make figures differ from when they were last seen, and what each account changed by. */
export async function changesPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.reportPages.changes
  const { db, locale, access } = c.var
  const asked = c.req.query()
  const dimensions = await readDimensionChoices(db)
  const choices = choicesIn(c, dimensions)
  const text = asked.since?.trim().slice(0, 40)
  const since = text && (/^\d{1,7}$/.test(text) && !dayIn(text) ? text : (dayIn(text) ?? text))
  const version = asked.since && /^\d{1,15}$/.test(asked.since) && since === asked.since
  const atVersion = /^\d{1,15}$/.test(asked.to ?? '') ? Number(asked.to) : undefined
  const measure = asked.measure === 'movement' ? 'movement' : 'closing'
  const read = since
    ? await orRefusal(
        readChanges(
          db,
          { ...questionOf(choices), ...(atVersion !== undefined && { atVersion }) },
          {
            since,
            measure,
            account: asked.account?.replace(/\s*[-–]\s*/, ':').trim() || undefined,
            line: asked.line || undefined,
            layout: asked.layout || undefined,
            cursor: asked.cursor,
            limit: PAGE,
          },
        ),
      )
    : undefined
  const report = read && 'found' in read ? read.found : undefined
  const sinceText = report
    ? version || !report.since.recordedAt
      ? fill(words.version, { version: whole(report.since.atVersion, locale) }, locale)
      : moment(report.since.recordedAt)
    : ''
  return reportPage(
    {
      c,
      title: words.title,
      span: report && spanText(report.fromDate, report.toDate, locale),
      text: report ? fill(words.text, { since: sinceText }, locale) : words.choose,
      save: 'changes',
      out: report && {
        path: 'changes',
        query: {
          ...exportQuery(choices),
          since: String(report.since.atVersion),
          atVersion: String(report.atVersion),
          measure,
          account: asked.account?.replace(/\s*[-–]\s*/, ':').trim(),
          line: asked.line,
          layout: asked.layout,
        },
      },
      refusal: read && 'refusal' in read ? read.refusal : undefined,
      choices: (
        <ReportChoices
          c={c}
          choices={choices}
          days={report ?? { fromDate: choices.fromDate ?? today(), toDate: choices.toDate ?? today() }}
          dimensions={dimensions}
        >
          <label class="hb-pick">
            {words.since}
            <input
              type="text"
              name="since"
              value={text}
              placeholder={words.sinceHint}
              size={14}
              autocomplete="off"
              data-search
            />
          </label>
          <label class="hb-pick">
            {words.account}
            <input type="text" name="account" value={asked.account} size={10} autocomplete="off" />
          </label>
          {asked.line && <input type="hidden" name="line" value={asked.line} />}
          {asked.layout && <input type="hidden" name="layout" value={asked.layout} />}
          <Pick
            label={words.measure}
            name="measure"
            value={measure}
            options={[
              ['closing', words.closing],
              ['movement', words.movement],
            ]}
          />
        </ReportChoices>
      ),
    },
    report && (
      <>
        {report.accounts.length === 0 && report.vouchers.length === 0 ? (
          <div class="hb-empty">
            <h2>{words.nothing}</h2>
          </div>
        ) : (
          <>
            <table class="hb-table" data-list>
              <thead>
                <tr>
                  <th>{t.reports.column.account}</th>
                  <th data-width="wide">{t.reports.column.name}</th>
                  <th class="hb-num hb-only-wide">{words.before}</th>
                  <th class="hb-num hb-only-wide">{words.after}</th>
                  <th class="hb-num">{words.change}</th>
                </tr>
              </thead>
              <tbody>
                {report.accounts.map((row) => (
                  <tr>
                    <td class="hb-accno">{row.account}</td>
                    <td>
                      <a class="hb-opens" href={addressWith(c, { account: row.account, cursor: undefined })}>
                        {locale === 'nb' ? row.nameNb : row.nameEn}
                      </a>
                    </td>
                    <td class="hb-num hb-only-wide">{kroner(row.before, locale)}</td>
                    <td class="hb-num hb-only-wide">{kroner(row.after, locale)}</td>
                    <td class="hb-num">{kroner(row.change, locale)}</td>
                  </tr>
                ))}
                <tr class="hb-total">
                  <td />
                  <td>{words.total}</td>
                  <td class="hb-num hb-only-wide">{kroner(report.totals.before, locale)}</td>
                  <td class="hb-num hb-only-wide">{kroner(report.totals.after, locale)}</td>
                  <td class="hb-num">{kroner(report.totals.change, locale)}</td>
                </tr>
              </tbody>
            </table>
            <h2>{words.vouchers}</h2>
            <table class="hb-table" data-rows data-list>
              <thead>
                <tr>
                  <th>{t.reports.column.voucher}</th>
                  <th>{t.reports.column.date}</th>
                  <th>{words.recorded}</th>
                  <th>{t.reports.column.text}</th>
                  <th class="hb-num">{t.reports.column.amount}</th>
                </tr>
              </thead>
              <tbody>
                {report.vouchers.map((voucher) => (
                  <tr>
                    <td class="hb-nowrap">
                      <a class="hb-opens hb-row-link" href={companyPath(access, `/vouchers/${voucher.id}`)}>
                        {voucherName(voucher)}
                      </a>
                    </td>
                    <td class="hb-date" data-line="2">
                      {day(voucher.voucherDate)}
                    </td>
                    <td class="hb-date hb-only-wide">{moment(voucher.recordedAt)}</td>
                    <td data-line="2">
                      {voucher.text}
                      <span class="hb-small hb-quiet hb-only-wide">
                        {' '}
                        {voucher.entries.map((e) => `${e.account} ${kroner(e.amount, locale)}`).join(' · ')}
                      </span>
                    </td>
                    <td class="hb-num">{kroner(voucher.amount, locale)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {report.cursor && (
              <p class="hb-paging">
                <a href={addressWith(c, { cursor: report.cursor })}>{words.more}</a>
              </p>
            )}
          </>
        )}
        <ProofFooter
          c={c}
          head={report}
          checks={report.checks}
          filters={filterText(c, choices, dimensions)}
          verify={`/api/v1/companies/${access.id}/reports/changes?${new URLSearchParams({ since: String(report.since.atVersion), atVersion: String(report.atVersion), fromDate: report.fromDate, toDate: report.toDate, measure, ...choices.dimensions })}`}
        />
      </>
    ),
  )
}
