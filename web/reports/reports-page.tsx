import { mayDo } from '#worker/access/permission.ts'
import { actingOf } from '#worker/http/acting.ts'
import { removeSavedReport } from '#worker/reports/save-report.ts'
import type { SavedName, SavedReport } from '#worker/reports/saved-report.ts'
import { readSavedReports } from '#worker/reports/saved-store.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

type Group = 'statements' | 'specifications' | 'subledger' | 'analysis'
/** Every report by group, with the page it opens. */
export const REPORTS: Record<Group, readonly (readonly [name: string, path: string])[]> = {
  statements: [
    ['income', 'reports/income-statement'],
    ['balance', 'reports/balance-sheet'],
    ['trialBalance', 'trial-balance'],
    ['keyFigures', 'reports/key-figures'],
    ['liquidity', 'reports/liquidity'],
    ['specificationIncome', 'reports/income-statement?layout=specification-income'],
    ['specificationBalance', 'reports/balance-sheet?layout=specification-balance'],
  ],
  specifications: [
    ['journal', 'reports/voucher-journal'],
    ['ledger', 'general-ledger'],
    ['customers', 'reports/party-specification?kind=customer'],
    ['suppliers', 'reports/party-specification?kind=supplier'],
    ['vat', 'vat-specification'],
    ['series', 'reports/number-series'],
  ],
  subledger: [
    ['openItems', 'open-items'],
    ['ageing', 'open-items/ageing'],
  ],
  analysis: [
    ['changes', 'reports/changes'],
    ['explanation', 'reports/explanation'],
    ['layouts', 'reports/layouts'],
  ],
}

const PATHS: Partial<Record<SavedName, string>> = {
  vouchers: 'vouchers',
  'open-items': 'open-items',
  documents: 'documents',
  parties: 'parties',
  'trial-balance': 'trial-balance',
  'general-ledger': 'general-ledger',
  'party-balances': 'reports/party-specification',
}

/** All reports, and those that are saved under a name. */
export async function reportsPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.reportPages
  const { db, access, principal } = c.var
  const saved = await readSavedReports(db, principal.id)
  const may = (name: string) => !['openItems', 'ageing'].includes(name) || mayDo(access, 'subledger:read')
  return page(
    c,
    {
      title: words.title,
      area: 'reports',
      layout: 'report',
      keys: [
        ['↑ ↓', t.shell.keys.move],
        ['Enter', t.shell.keys.open],
      ],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.text}</p>
        </div>
      </div>
      <section>
        <table class="hb-table" data-rows data-list>
          {(Object.keys(REPORTS) as Group[]).map((group) => (
            <tbody>
              <tr class="hb-section-row">
                <th colspan={2} scope="rowgroup">
                  {words.groups[group]}
                </th>
              </tr>
              {REPORTS[group]
                .filter(([name]) => may(name))
                .map(([name, path]) => (
                  <tr>
                    <td>
                      <a class="hb-opens hb-row-link" href={companyPath(access, `/${path}`)}>
                        {words.entries[name]![0]}
                      </a>
                    </td>
                    <td class="hb-quiet" data-line="2">
                      {words.entries[name]![1]}
                    </td>
                  </tr>
                ))}
            </tbody>
          ))}
          <tbody>
            <tr class="hb-section-row">
              <th colspan={2} scope="rowgroup">
                {words.saved.heading}
              </th>
            </tr>
            {saved.length === 0 && (
              <tr>
                <td colspan={2} class="hb-quiet">
                  {words.saved.none}
                </td>
              </tr>
            )}
            {saved.map((report) => (
              <tr>
                <td>
                  <a class="hb-opens hb-row-link" href={addressOf(c, report)}>
                    {report.name}
                  </a>
                </td>
                <td class="hb-quiet" data-line="2">
                  {report.shared && words.saved.shared}{' '}
                  {(report.owner === principal.id || mayDo(access, 'report:write')) && (
                    <form
                      method="post"
                      action={companyPath(access, `/reports/saved/${report.id}/removal`)}
                      class="hb-inline"
                    >
                      <button class="ds-button" data-variant="tertiary" data-size="sm" type="submit">
                        {words.saved.remove} <span class="hb-spoken">{report.name}</span>
                      </button>
                    </form>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>,
  )
}

const addressOf = (c: Page, { report, query }: SavedReport): string =>
  companyPath(c.var.access, `/${PATHS[report] ?? `reports/${report}`}?${new URLSearchParams(query)}`)

export async function submitSavedRemoval(c: Page): Promise<Response> {
  await removeSavedReport(actingOf(c), c.var.access, c.req.param('report') ?? '')
  return c.redirect(companyPath(c.var.access, '/reports'), 303)
}
