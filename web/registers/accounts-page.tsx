import { counted, day, fill } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { accountsFound } from '#worker/chart/account-search.ts'
import { type KeptAccount, readChart } from '#worker/chart/store.ts'
import { ExportMenu } from '../exports/export-menu.tsx'
import { Icon } from '../icon.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** The chart by class: what each account is, its usual VAT code, and when it was used. */
export async function accountsPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.registers.accounts
  const { locale, access } = c.var
  const text = c.req.query('text')?.trim().slice(0, 100) ?? ''
  const onlyUsed = c.req.query('used') === '1'
  const chart = await readChart(c.var.db)
  const used = chart.filter((kept) => kept.firstMonth !== null).length
  const shown = accountsFound(chart, text, onlyUsed)
  const mayWrite = mayDo(access, 'register:write')
  return page(
    c,
    {
      title: words.title,
      area: 'accounts',
      keys: [
        ['↑ ↓', t.shell.keys.move],
        ['Enter', t.shell.keys.open],
        ['← →', t.shell.keys.fold],
        ['/', t.shell.keys.search],
      ],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{fill(words.intro, { accounts: counted(chart.length, words.count, locale), used }, locale)}</p>
        </div>
        <div class="hb-actions">
          <ExportMenu c={c} path="accounts" query={{ text, used: onlyUsed ? 'true' : undefined }} />
          {mayWrite && (
            <a class="ds-button" data-variant="tertiary" href={companyPath(access, '/imports?register=chart')}>
              {words.import.title}
            </a>
          )}
          {mayWrite && (
            <a class="ds-button" data-variant="secondary" href={companyPath(access, '/accounts/new')}>
              {words.new}
            </a>
          )}
        </div>
      </div>
      <form class="hb-picks hb-no-print" method="get" role="search">
        <label class="hb-pick">
          {t.registers.search}
          <input type="search" name="text" value={text} placeholder={words.searchHint} data-search />
        </label>
        <div class="hb-choices">
          <a href={address(text, true)} aria-current={onlyUsed ? 'true' : undefined}>
            {words.onlyUsed} {used}
          </a>
          <a href={address(text, false)} aria-current={onlyUsed ? undefined : 'true'}>
            {t.registers.showAll} {chart.length}
          </a>
        </div>
        {onlyUsed && <input type="hidden" name="used" value="1" />}
        <button class="ds-button" data-variant="tertiary" type="submit">
          {t.registers.show}
        </button>
      </form>
      {shown.length === 0 ? (
        <div class="hb-empty">
          <h2>{t.registers.nothing}</h2>
          <p>«{text}»</p>
          <a class="ds-button" data-variant="secondary" href="?">
            {t.registers.showAll}
          </a>
        </div>
      ) : (
        <table class="hb-table" data-rows data-list>
          <thead>
            <tr>
              <th>{words.column.number}</th>
              <th data-width="wide">{words.column.name}</th>
              <th>{words.column.type}</th>
              <th>{words.column.vatCode}</th>
              <th>{words.column.grouping}</th>
              <th>{words.column.used}</th>
            </tr>
          </thead>
          {classesOf(shown).map(([key, rows]) => (
            <tbody data-group={key}>
              <tr class="hb-group">
                <th colspan={6} scope="rowgroup">
                  <button class="hb-fold" type="button" aria-expanded="true">
                    <Icon name="down" />
                    <span>
                      <span class="hb-accno">{key}</span> {words.classes[key] ?? words.otherClass}{' '}
                      <span class="hb-count">{rows.length}</span>
                    </span>
                  </button>
                </th>
              </tr>
              {rows.map((kept) => (
                <Row c={c} kept={kept} />
              ))}
            </tbody>
          ))}
        </table>
      )}
    </>,
  )
}

const address = (text: string, used: boolean): string =>
  `?${new URLSearchParams({ ...(text && { text }), ...(used && { used: '1' }) })}`

function classesOf(chart: readonly KeptAccount[]): [string, KeptAccount[]][] {
  const classes = new Map<string, KeptAccount[]>()
  for (const kept of chart) {
    const key = kept.account.number.charAt(0)
    classes.set(key, [...(classes.get(key) ?? []), kept])
  }
  return [...classes]
}

function Row({ c, kept: { account, firstMonth, lastMonth } }: { c: Page; kept: KeptAccount }) {
  const words = textsOf(c).registers.accounts
  const { locale } = c.var
  return (
    <tr>
      <td class="hb-accno" data-line="2">
        {account.number}
      </td>
      <td>
        <a
          class="hb-opens hb-row-link"
          href={companyPath(c.var.access, `/accounts/${encodeURIComponent(account.number)}`)}
        >
          {locale === 'nb' ? account.nameNb : account.nameEn}
        </a>{' '}
        {account.control && <span class="hb-chip">{words.control[account.control]}</span>}{' '}
        {account.closedFrom && <span class="hb-chip">{fill(words.closed, { date: account.closedFrom }, locale)}</span>}
      </td>
      <td class="hb-quiet" data-line="2">
        {words.types[account.type]}
      </td>
      <td data-line="2" data-label={account.defaultVatCode ? words.column.vatCode : undefined}>
        {account.defaultVatCode}
      </td>
      <td class="hb-quiet hb-small hb-only-wide">
        {account.groupingCategory && `${account.groupingCategory} ${account.groupingCode ?? ''}`}
      </td>
      <td class="hb-only-wide hb-nowrap">
        {firstMonth === null ? (
          <span class="hb-faint">{words.unused}</span>
        ) : (
          monthRange(firstMonth, lastMonth ?? firstMonth)
        )}
      </td>
    </tr>
  )
}

/** 01.2025–11.2026 */
const monthRange = (from: string, to: string): string => {
  const short = (month: string) => day(`${month}-01`).slice(3)
  return from === to ? short(from) : `${short(from)}–${short(to)}`
}
