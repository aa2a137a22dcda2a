import { fill, kroner, type Locale, organisationNumber } from '#i18n/format.ts'
import type { PageTexts } from '#i18n/page-texts.ts'
import { foldMerged } from '#worker/chart/account-merge.ts'
import { readFolding } from '#worker/chart/merge-store.ts'
import { ore } from '#worker/core/money.ts'
import type { Problem } from '#worker/core/problem.ts'
import { isBalanceAccount } from '#worker/ledger/account.ts'
import { type DimensionChoice, readDimensionChoices } from '#worker/reports/read-dimension-choices.ts'
import { readGeneralLedger } from '#worker/reports/read-general-ledger.ts'
import { readTrialBalance } from '#worker/reports/read-trial-balance.ts'
import { type Figures, type TrialBalanceRow, totalsOf } from '#worker/reports/trial-balance.ts'
import { today } from '../day-field.tsx'
import { earlyPage } from '../early-page.tsx'
import { ExportMenu } from '../exports/export-menu.tsx'
import { Icon } from '../icon.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { Unread } from '../unread.tsx'
import { type AccountGroup, GROUPS, groupOf } from './account-group.ts'
import { DRILL_ENTRIES, Drill } from './drill.tsx'
import { PeriodLinks } from './period-links.tsx'
import { ProofFooter } from './proof-footer.tsx'
import { orRefusal, Refusal } from './refusal.tsx'
import {
  addressWith,
  type Choices,
  choicesIn,
  exportQuery,
  filterText,
  questionOf,
  ReportChoices,
} from './report-choices.tsx'

/**
 * The trial balance, folded into groups, with its proof. `?account=` opens the entries behind a figure at the right, at the
 * very version the balance was drawn from, and `?voucher=` the voucher of one of them.
 */
export async function trialBalancePage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const props = { title: t.reports.trialBalance.title, area: 'trialBalance', layout: 'split' } as const
  const { move, open, voucher, back, entries, fold } = t.shell.keys
  // An account that does not exist is no report.
  if (c.req.query('account'))
    return page(
      c,
      {
        ...props,
        keys: [
          ['↑ ↓', move],
          ['Enter', open],
          ['V', voucher],
          ['Esc', back],
        ],
      },
      await content(c),
    )
  return earlyPage(
    c,
    {
      ...props,
      keys: [
        ['↑ ↓', move],
        ['Enter', entries],
        ['← →', fold],
        ['P', t.statements.keys.previous],
        ['N', t.statements.keys.next],
      ],
    },
    () => content(c),
  )
}

async function content(c: Page) {
  const t = textsOf(c)
  const { db, locale, access } = c.var
  // Without a name that might be a dimension nothing of the question waits for the dimensions: both are read at once.
  const plain = Object.keys(c.req.query()).every((name) => PLAIN.has(name))
  const early = plain ? orRefusal(readTrialBalance(db, questionOf(choicesIn(c, [])))) : undefined
  const dimensions = await readDimensionChoices(db)
  const choices = choicesIn(c, dimensions)
  const question = questionOf(choices)
  const read = await (early ?? orRefusal(readTrialBalance(db, question)))
  if ('refusal' in read) return refused(c, choices, dimensions, read.refusal)
  const report = read.found
  const folding = await readFolding(db)
  const together = c.req.query('merged') === 'together' && folding.into.size > 0
  const rows: readonly Row[] = together ? foldMerged(report.rows, folding) : report.rows
  const account = c.req.query('account')?.slice(0, 70)
  const { fromDate, toDate, atVersion } = report
  const drilled = account
    ? await readGeneralLedger(
        db,
        { ...question, fromDate, toDate, atVersion },
        { account: account.replaceAll(':', ''), limit: DRILL_ENTRIES },
      )
    : undefined
  const filtered = report.checks.length === 0
  const { undistributedResult } = report
  const totals = filtered ? report.totals : withUndistributed(report.totals, undistributedResult)
  const failing = report.checks.some((check) => !check.holds)
  return (
    <>
      <section data-swaps>
        <div class="hb-print-head">
          <b>{access.name}</b>
          <span>{access.organisationNumber && organisationNumber(access.organisationNumber)}</span>
        </div>
        <div class="hb-head">
          <div>
            <h1>{t.reports.trialBalance.title}</h1>
            <ReportChoices c={c} choices={choices} days={report} dimensions={dimensions} keep="account" />
            <PeriodLinks c={c} days={report} today={today()} />
          </div>
          <div class="hb-actions">
            {folding.into.size > 0 && (
              <a
                class="ds-button"
                data-variant="tertiary"
                href={addressWith(c, { merged: together ? undefined : 'together' })}
              >
                {together ? t.reports.trialBalance.apart : t.reports.trialBalance.together}
              </a>
            )}
            {choices.unread.length === 0 && (
              <ExportMenu
                c={c}
                path="trial-balance"
                query={{ ...exportQuery(choices), merged: together ? 'together' : undefined }}
              />
            )}
            <button class="ds-button hb-only-wide" data-variant="tertiary" type="button" data-print hidden>
              <Icon name="print" />
              {t.shell.print}
            </button>
          </div>
        </div>
        <Unread c={c} days={choices.unread}>
          {report.rows.length === 0 ? (
            <div class="hb-empty">
              <h2>{t.reports.trialBalance.empty}</h2>
              <p>{t.reports.trialBalance.emptyText}</p>
            </div>
          ) : (
            <table class="hb-table hb-trial-balance" data-rows data-density="tight">
              <Head t={t} />
              {GROUPS.map((group) => (
                <Group c={c} group={group} rows={rows.filter((row) => groupOf(row) === group)} chosen={account} />
              ))}
              <tbody>
                <ResultRow t={t} locale={locale} rows={report.rows} />
                {!filtered && undistributedResult !== 0 && (
                  <tr>
                    <td />
                    <td>{t.reports.trialBalance.undistributed}</td>
                    <Cells
                      figures={{
                        opening: undistributedResult,
                        debit: ore(0),
                        credit: ore(0),
                        closing: undistributedResult,
                      }}
                      locale={locale}
                    />
                  </tr>
                )}
                <tr class={filtered ? 'hb-sum' : 'hb-total'} data-broken={failing ? true : undefined}>
                  <td />
                  <td>{filtered ? t.reports.trialBalance.totalFiltered : t.reports.trialBalance.total}</td>
                  <Cells figures={totals} locale={locale} whole />
                </tr>
              </tbody>
            </table>
          )}
          <ProofFooter
            c={c}
            head={report}
            checks={report.checks}
            accounts={report.rows.length}
            filters={filterText(c, choices, dimensions)}
            verify={verifyAddress(c, choices, report.atVersion)}
            changes={{ ...choices.dimensions, account }}
          />
        </Unread>
      </section>
      {drilled && choices.unread.length === 0 && <Drill c={c} account={account!} ledger={drilled} />}
    </>
  )
}

const PLAIN = new Set(['fromDate', 'toDate', 'knownAt', 'account', 'voucher'])

/** The choices with what was wrong with them, where no report can be drawn. */
function refused(c: Page, choices: Choices, dimensions: readonly DimensionChoice[], refusal: Problem) {
  const t = textsOf(c)
  const days = { fromDate: choices.fromDate ?? today(), toDate: choices.toDate ?? today() }
  return (
    <>
      <div class="hb-head">
        <div>
          <h1>{t.reports.trialBalance.title}</h1>
          <ReportChoices c={c} choices={choices} days={days} dimensions={dimensions} />
        </div>
      </div>
      <Unread c={c} days={choices.unread} />
      <Refusal c={c} problem={refusal} />
    </>
  )
}

/** What income less cost comes to; a profit is credit, as in the accounts, so the word tells which it is. */
function ResultRow({ t, locale, rows }: { t: PageTexts; locale: Locale; rows: readonly TrialBalanceRow[] }) {
  const ofResult = rows.filter(({ type }) => !isBalanceAccount(type))
  if (ofResult.length === 0) return null
  const figures = totalsOf(ofResult)
  const { result, profit, loss } = t.reports.trialBalance
  return (
    <tr class="hb-sum">
      <td />
      <td>{figures.closing === 0 ? result : figures.closing < 0 ? profit : loss}</td>
      <Cells figures={figures} locale={locale} />
    </tr>
  )
}

const withUndistributed = (totals: Figures, undistributed: Figures['opening']): Figures => ({
  ...totals,
  opening: ore(totals.opening + undistributed),
  closing: ore(totals.closing + undistributed),
})

const Head = ({ t: { reports } }: { t: PageTexts }) => (
  <thead>
    <tr>
      <th>{reports.column.account}</th>
      <th data-width="wide">{reports.column.name}</th>
      <th class="hb-num hb-only-wide">{reports.column.opening}</th>
      <th class="hb-num hb-only-wide">{reports.column.debit}</th>
      <th class="hb-num hb-only-wide">{reports.column.credit}</th>
      <th class="hb-num">{reports.column.closing}</th>
    </tr>
  </thead>
)

/** Nothing is an empty cell; a closing that came to nothing is 0,00. */
const figure = (amount: number, locale: Locale, whole = false): string =>
  amount === 0 && !whole ? '' : kroner(amount, locale)

function Cells({ figures, locale, whole }: { figures: Figures; locale: Locale; whole?: boolean }) {
  return (
    <>
      <td class="hb-num hb-only-wide">{figure(figures.opening, locale, whole)}</td>
      <td class="hb-num hb-only-wide">{figure(figures.debit, locale, whole)}</td>
      <td class="hb-num hb-only-wide">{figure(figures.credit, locale, whole)}</td>
      <td class="hb-num">{kroner(figures.closing, locale)}</td>
    </>
  )
}

/** A row, with the accounts it holds beside its own where merged ones are told together. */
type Row = TrialBalanceRow & { merged?: readonly string[] }
type GroupProps = { c: Page; group: AccountGroup; rows: readonly Row[]; chosen: string | undefined }

function Group({ c, group, rows, chosen }: GroupProps) {
  if (rows.length === 0) return null
  const t = textsOf(c).reports.trialBalance
  const { locale } = c.var
  return (
    <tbody data-group={group}>
      <tr class="hb-group">
        <td colspan={2}>
          <button class="hb-fold" type="button" aria-expanded="true">
            <Icon name="down" />
            <span>
              {t.groups[group]} <span class="hb-count">{rows.length}</span>
            </span>
          </button>
        </td>
        <Cells figures={totalsOf(rows)} locale={locale} />
      </tr>
      {rows.map((row) => {
        const here = row.account === chosen
        return (
          <tr data-chosen={here ? true : undefined}>
            <td class="hb-accno">{row.account}</td>
            <td>
              <a
                class="hb-opens hb-row-link"
                id={`account-${row.account}`}
                href={addressWith(c, { account: row.account, voucher: undefined })}
                aria-current={here ? 'true' : undefined}
                data-swap
              >
                {locale === 'nb' ? row.nameNb : row.nameEn}
              </a>{' '}
              {row.merged?.map((number) => (
                <a class="hb-chip" href={addressWith(c, { account: number, voucher: undefined })} data-swap>
                  + {number}
                </a>
              ))}
            </td>
            <Cells figures={row} locale={locale} />
          </tr>
        )
      })}
    </tbody>
  )
}

/** The same report from the API, at the version shown, with the hash of its figures. */
function verifyAddress(c: Page, choices: Choices, atVersion: number): string {
  const query = new URLSearchParams({
    ...(choices.fromDate && { fromDate: choices.fromDate }),
    ...(choices.toDate && { toDate: choices.toDate }),
    ...choices.dimensions,
    atVersion: String(atVersion),
  })
  return fill(
    '/api/v1/companies/{company}/reports/trial-balance?{query}',
    { company: c.var.access.id, query: String(query) },
    c.var.locale,
  )
}
