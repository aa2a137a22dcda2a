import { counted, day, fill, kroner } from '#i18n/format.ts'
import { spanText } from '#i18n/span-text.ts'
import type { FinancialStatement } from '#worker/reports/read-financial-statement.ts'
import { readGeneralLedger } from '#worker/reports/read-general-ledger.ts'
import type { StatementKind } from '#worker/reports/report-layout.ts'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { DRILL_ENTRIES, EntryRows, openedIn } from './drill.tsx'
import { addressWith, type Choices, questionOf } from './report-choices.tsx'

type Props = { c: Page; report: FinancialStatement; statement: StatementKind; choices: Choices }

/**
 * What a figure consists of: the accounts of the line, their entries in the column's days, and the voucher of the one that is
 * chosen; all at the version of the report, so that they are together the figure.
 */
export async function StatementDrill({ c, report, statement, choices }: Props) {
  const t = textsOf(c)
  const words = t.statements.drill
  const { db, locale, access } = c.var
  const asked = c.req.query()
  const line = report.lines.find(({ key }) => key === asked.line)
  const column = report.columns.find(({ key }) => key === asked.column) ?? report.columns[0]
  if (!column || (!line && !asked.account)) return null
  const { fromDate, toDate } = column
  const question = questionOf(choices)
  const dimensions = {
    ...choices.dimensions,
    ...(column.dimension && { [column.dimension.key]: column.dimension.value }),
  }
  const account = asked.account?.slice(0, 70).replaceAll(':', '')
  const ledger = await readGeneralLedger(
    db,
    { ...question, fromDate, toDate, asKnownAt: undefined, atVersion: report.atVersion, filter: { dimensions } },
    account ? { account, limit: DRILL_ENTRIES } : { line: line!.key, layout: report.layout.key, limit: DRILL_ENTRIES },
  )
  const closing = statement === 'balance' && column.what !== 'movement'
  const total = closing ? ledger.closing : ledger.debit - ledger.credit
  const own = account ? ledger.accounts[0] : undefined
  const name = own
    ? `${own.account} ${locale === 'nb' ? own.nameNb : own.nameEn}`
    : line!.kind === 'unplaced'
      ? t.statements.unplaced
      : locale === 'nb'
        ? line!.nameNb
        : line!.nameEn
  const opened = await openedIn(c, ledger.entries)
  const query = new URLSearchParams({ fromDate, toDate, ...dimensions, account: account ?? '' })
  const back =
    opened?.back ??
    (account && line
      ? addressWith(c, { account: undefined })
      : addressWith(c, { line: undefined, account: undefined, column: undefined }))
  const { entries, cursor } = ledger
  return (
    <aside class="hb-aside hb-drill" aria-label={fill(words.label, { name }, locale)}>
      <div class="hb-drill-body">
        <div class="hb-aside-head">
          <h2>{name}</h2>
          {account && (
            <a href={companyPath(access, `/general-ledger?${query}`)}>{t.reports.trialBalance.drill.whole}</a>
          )}
          <a href={back} data-key="Escape" data-swap>
            {t.reports.trialBalance.drill.close} <kbd>Esc</kbd>
          </a>
        </div>
        <p>
          {counted(entries.length, words.note, locale)}
          {cursor !== null && '+'} {fill(words.inDays, { days: spanText(fromDate, toDate, locale) }, locale)}{' '}
          {line?.side === 'credit' && words.credit}
        </p>
        {!account && ledger.accounts.length > 0 && (
          <table class="hb-table" data-rows>
            <caption class="hb-spoken">{words.accounts}</caption>
            <tbody>
              {ledger.accounts.map((row, i) => (
                <tr>
                  <td>
                    <a
                      class="hb-opens hb-row-link"
                      href={addressWith(c, { account: row.account, voucher: undefined })}
                      data-swap
                      data-focus={i === 0 && !opened ? true : undefined}
                    >
                      <span class="hb-accno">{row.account}</span> {locale === 'nb' ? row.nameNb : row.nameEn}
                    </a>
                  </td>
                  <td class="hb-num">{kroner(closing ? row.closing : row.debit - row.credit, locale)}</td>
                </tr>
              ))}
              <tr class="hb-total">
                <td>{words.total}</td>
                <td class="hb-num">{kroner(total, locale)}</td>
              </tr>
            </tbody>
          </table>
        )}
        <table class="hb-table" data-rows>
          <thead>
            <tr>
              <th>{t.reports.column.date}</th>
              <th>{t.reports.column.voucher}</th>
              <th class="hb-only-wide">{t.reports.column.text}</th>
              <th class="hb-num">{t.reports.column.amount}</th>
            </tr>
          </thead>
          <tbody>
            {closing && ledger.opening !== 0 && (
              <tr>
                <td class="hb-date">{day(fromDate).slice(0, 6)}</td>
                <td class="hb-quiet hb-spill">{words.opening}</td>
                <td class="hb-only-wide" />
                <td class="hb-num">{kroner(ledger.opening, locale)}</td>
              </tr>
            )}
            <EntryRows c={c} entries={entries} opened={opened} begins={account !== undefined} />
            {cursor === null && (
              <tr class="hb-total">
                <td class="hb-spill">{words.total}</td>
                <td />
                <td class="hb-only-wide" />
                <td class="hb-num">{kroner(total, locale)}</td>
              </tr>
            )}
          </tbody>
        </table>
        {cursor !== null && account && (
          <p class="hb-paging">
            <a href={companyPath(access, `/general-ledger?${query}`)}>{words.more}</a>
          </p>
        )}
      </div>
    </aside>
  )
}
