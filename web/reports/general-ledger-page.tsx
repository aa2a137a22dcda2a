import { counted, day, kroner, organisationNumber, voucherName } from '#i18n/format.ts'
import { withText } from '#i18n/problem-text.ts'
import { Problem } from '#worker/core/problem.ts'
import { readDimensionChoices } from '#worker/reports/read-dimension-choices.ts'
import { type GeneralLedger, readGeneralLedger } from '#worker/reports/read-general-ledger.ts'
import { readTrialBalance } from '#worker/reports/read-trial-balance.ts'
import type { TrialBalanceRow } from '#worker/reports/trial-balance.ts'
import { today } from '../day-field.tsx'
import { ExportMenu } from '../exports/export-menu.tsx'
import { Icon } from '../icon.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { Unread } from '../unread.tsx'
import { PeriodLinks } from './period-links.tsx'
import { ProofFooter } from './proof-footer.tsx'
import { addressWith, choicesIn, exportQuery, filterText, questionOf, ReportChoices } from './report-choices.tsx'

const PAGE = 500

/**
 * The entries of an account, a range or a party, with opening, running balance and closing; without one, the accounts to
 * choose from with what they moved.
 */
export async function generalLedgerPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.reports.generalLedger
  const { db, locale, access } = c.var
  const dimensions = await readDimensionChoices(db)
  const choices = choicesIn(c, dimensions)
  const question = questionOf(choices)
  const account =
    c.req
      .query('account')
      ?.replace(/\s*(?:-|–|:)\s*/, ':')
      .trim() || undefined
  const party = c.req.query('party')?.trim() || undefined
  const asked = { ...question, filter: { ...question.filter, party } }
  const one = account !== undefined || party !== undefined
  let refusal: Problem | undefined
  const ledger = one
    ? await readGeneralLedger(db, asked, { account, cursor: c.req.query('cursor'), limit: PAGE }).catch((error) => {
        if (!(error instanceof Problem) || error.status !== 422) throw error
        refusal = error
        return undefined
      })
    : undefined
  const list = ledger ?? (await readTrialBalance(db, question))
  const rows = 'rows' in list ? list.rows : []
  return page(
    c,
    {
      title: [words.title, account].filter(Boolean).join(' '),
      area: 'generalLedger',
      keys: [
        ['↑ ↓', t.shell.keys.move],
        ['Enter', one ? t.shell.keys.voucher : t.shell.keys.open],
        ['/', t.shell.keys.search],
        ['P', t.statements.keys.previous],
        ['N', t.statements.keys.next],
        ...(one ? [['Esc', t.shell.keys.back] as const] : []),
      ],
    },
    <>
      <div class="hb-print-head">
        <b>{access.name}</b>
        <span>{access.organisationNumber && organisationNumber(access.organisationNumber)}</span>
      </div>
      <div class="hb-head">
        <div>
          <h1>{heading(c, words.title, ledger)}</h1>
          <ReportChoices c={c} choices={choices} days={list} dimensions={dimensions}>
            <label class="hb-pick">
              {words.account}
              <input
                type="text"
                name="account"
                value={account?.replace(':', '–')}
                placeholder={words.accountHint}
                size={14}
                autocomplete="off"
                data-search
              />
            </label>
            <label class="hb-pick">
              {words.party}
              <input type="text" name="party" value={party} placeholder={words.partyHint} size={8} autocomplete="off" />
            </label>
          </ReportChoices>
          <PeriodLinks c={c} days={list} today={today()} />
        </div>
        <div class="hb-actions">
          {!refusal && choices.unread.length === 0 && (
            <ExportMenu c={c} path="general-ledger" query={{ ...exportQuery(choices), account, party }} />
          )}
          <button class="ds-button hb-only-wide" data-variant="tertiary" type="button" data-print hidden>
            <Icon name="print" />
            {t.shell.print}
          </button>
        </div>
      </div>
      {refusal && (
        <ul class="hb-notice hb-section" data-level="error" role="alert">
          {refusal.issues.map((issue) => (
            <li>{withText(issue, locale).message}</li>
          ))}
        </ul>
      )}
      <Unread c={c} days={choices.unread}>
        {ledger ? <Entries c={c} ledger={ledger} /> : <Accounts c={c} rows={rows} />}
        <ProofFooter
          c={c}
          head={list}
          checks={ledger ? ledger.checks : list.checks}
          whole={Object.keys(choices.dimensions).length === 0}
          filters={filterText(c, choices, dimensions)}
          verify={`/api/v1/companies/${access.id}/reports/${ledger ? 'general-ledger' : 'trial-balance'}?${new URLSearchParams({ ...(account && { account }), ...(party && { party }), fromDate: list.fromDate, toDate: list.toDate, ...choices.dimensions, atVersion: String(list.atVersion) })}`}
          changes={{ ...choices.dimensions, account }}
        />
      </Unread>
      {one && (
        <a href={c.req.path} data-key="Escape" hidden>
          {words.title}
        </a>
      )}
    </>,
  )
}

function heading(c: Page, title: string, ledger: GeneralLedger | undefined): string {
  const { locale } = c.var
  if (!ledger) return title
  const own = ledger.accounts.length === 1 ? ledger.accounts[0]! : undefined
  const party = ledger.party?.[0]
  return [
    own ? `${own.account} ${locale === 'nb' ? own.nameNb : own.nameEn}` : title,
    party && `${party.number} ${party.name}`,
  ]
    .filter(Boolean)
    .join(', ')
}

function Accounts({ c, rows }: { c: Page; rows: readonly TrialBalanceRow[] }) {
  const t = textsOf(c).reports
  const { locale } = c.var
  if (rows.length === 0)
    return (
      <div class="hb-empty">
        <h2>{t.trialBalance.empty}</h2>
        <p>{t.trialBalance.emptyText}</p>
      </div>
    )
  return (
    <>
      <p class="hb-quiet">
        {t.generalLedger.choose} <a href={addressWith(c, { account: '0:99999999' })}>{t.generalLedger.all}</a>
      </p>
      <table class="hb-table hb-trial-balance" data-rows>
        <thead>
          <tr>
            <th>{t.column.account}</th>
            <th data-width="wide">{t.column.name}</th>
            <th class="hb-num hb-only-wide">{t.column.opening}</th>
            <th class="hb-num hb-only-wide">{t.column.debit}</th>
            <th class="hb-num hb-only-wide">{t.column.credit}</th>
            <th class="hb-num">{t.column.closing}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <td class="hb-accno">{row.account}</td>
              <td>
                <a class="hb-opens hb-row-link" href={addressWith(c, { account: row.account })}>
                  {locale === 'nb' ? row.nameNb : row.nameEn}
                </a>
              </td>
              <td class="hb-num hb-only-wide">{row.opening === 0 ? '' : kroner(row.opening, locale)}</td>
              <td class="hb-num hb-only-wide">{row.debit === 0 ? '' : kroner(row.debit, locale)}</td>
              <td class="hb-num hb-only-wide">{row.credit === 0 ? '' : kroner(row.credit, locale)}</td>
              <td class="hb-num">{kroner(row.closing, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** Entries by account: opening where the account begins, closing where the last page of it ends. */
function Entries({ c, ledger }: { c: Page; ledger: GeneralLedger }) {
  const t = textsOf(c).reports
  const words = t.generalLedger
  const { locale } = c.var
  const { accounts, entries, cursor } = ledger
  const goesOn = c.req.query('cursor') !== undefined
  const several = accounts.length > 1
  const last = entries.at(-1)?.account
  const shown = accounts.filter(
    (row) => entries.some((e) => e.account === row.account) || (!goesOn && (cursor === null || row.account < last!)),
  )
  return (
    <>
      <p class="hb-quiet">
        {entries.length === 0 ? words.nothing : `${counted(entries.length, words.entries, locale)}`}
      </p>
      <table class="hb-table" data-rows data-list>
        <thead>
          <tr>
            <th>{t.column.voucher}</th>
            <th>{t.column.date}</th>
            <th>{t.column.text}</th>
            <th>{t.column.party}</th>
            <th>{t.column.vat}</th>
            <th class="hb-num">{t.column.debit}</th>
            <th class="hb-num">{t.column.credit}</th>
            <th class="hb-num">{t.column.balance}</th>
          </tr>
        </thead>
        {shown.map((row) => {
          const own = entries.filter((e) => e.account === row.account)
          const begins = !goesOn || entries[0]?.account !== row.account
          const ends = cursor === null || row.account !== last
          return (
            <tbody>
              {several && (
                <tr class="hb-section-row">
                  <th colspan={8} scope="rowgroup">
                    <span class="hb-accno">{row.account}</span> {locale === 'nb' ? row.nameNb : row.nameEn}
                  </th>
                </tr>
              )}
              {begins && row.opening !== 0 && (
                <tr>
                  <td colspan={7} class="hb-quiet">
                    {words.opening}
                  </td>
                  <td class="hb-num">{kroner(row.opening, locale)}</td>
                </tr>
              )}
              {own.map((entry) => (
                <tr>
                  <td class="hb-nowrap">
                    <a class="hb-opens hb-row-link" href={companyPath(c.var.access, `/vouchers/${entry.voucherId}`)}>
                      {voucherName(entry)}
                    </a>
                  </td>
                  <td class="hb-date" data-line="2">
                    {day(entry.voucherDate)}
                  </td>
                  <td class="hb-clip" data-line="2">
                    {entry.text}
                  </td>
                  <td data-line="2">{entry.party}</td>
                  <td class="hb-only-wide">{entry.vatCode}</td>
                  <td class="hb-num">{entry.amount > 0 ? kroner(entry.amount, locale) : ''}</td>
                  <td class="hb-num" data-label={entry.amount < 0 ? '−' : undefined}>
                    {entry.amount < 0 ? kroner(-entry.amount, locale) : ''}
                  </td>
                  <td class="hb-num hb-quiet hb-only-wide">{kroner(entry.balance, locale)}</td>
                </tr>
              ))}
              {ends && (
                <tr class="hb-sum">
                  <td colspan={5}>{words.closing}</td>
                  <td class="hb-num hb-only-wide">{kroner(row.debit, locale)}</td>
                  <td class="hb-num hb-only-wide">{kroner(row.credit, locale)}</td>
                  <td class="hb-num">{kroner(row.closing, locale)}</td>
                </tr>
              )}
            </tbody>
          )
        })}
      </table>
      <div class="hb-paging">
        {goesOn && <a href={addressWith(c, { cursor: undefined })}>{words.first}</a>}
        {cursor && <a href={addressWith(c, { cursor })}>{words.next}</a>}
      </div>
    </>
  )
}
