import { counted, day, fill, kroner, voucherName } from '#i18n/format.ts'
import { addMonths, type Month, month as monthIn, monthOf, monthsBetween } from '#worker/core/dates.ts'
import { readSchedules } from '#worker/ledger/schedule-store.ts'
import { type Asset, assetsOf } from '#worker/schedules/asset.ts'
import { today } from '../day-field.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** Assets shown; a company with more has a register of its own. */
const MOST = 2_000

/** What depreciates by script: cost, depreciation and book value at the end of a month. */
export async function assetsPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.templates.assets
  const { db, locale } = c.var
  const month: Month = monthIn(c.req.query('month') ?? '') ?? monthOf(today())
  const assets = assetsOf(await readSchedules(db, ['depreciation'], MOST), month)
  const now = monthOf(today())
  const choices = [...new Set([month, ...monthsBetween(addMonths(now, -24), addMonths(now, 12))])].sort().reverse()
  const sum = (of: (a: Asset) => number) =>
    kroner(
      assets.reduce((total, a) => total + of(a), 0),
      locale,
    )
  return page(
    c,
    {
      title: words.title,
      area: 'assets',
      keys: [
        ['↑ ↓', t.shell.keys.move],
        ['Enter', t.shell.keys.open],
      ],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{fill(words.intro, { month }, locale)}</p>
        </div>
      </div>
      <form class="hb-picks hb-no-print" method="get">
        <label class="hb-pick">
          {words.month}
          <select name="month">
            {choices.map((m) => (
              <option value={m} selected={m === month}>
                {fill('{m:Month}', { m }, locale)}
              </option>
            ))}
          </select>
        </label>
        <button class="ds-button" data-variant="tertiary" type="submit">
          {words.show}
        </button>
      </form>
      {assets.length === 0 ? (
        <div class="hb-empty">
          <h2>{words.empty.title}</h2>
          <p>{words.empty.text}</p>
        </div>
      ) : (
        <table class="hb-table" data-rows data-list>
          <thead>
            <tr>
              <th data-width="wide">{words.column.text}</th>
              <th>{words.column.accounts}</th>
              <th>{words.column.life}</th>
              <th class="hb-num">{words.column.cost}</th>
              <th class="hb-num">{words.column.depreciated}</th>
              <th class="hb-num">{words.column.bookValue}</th>
              <th class="hb-num">{words.column.next}</th>
            </tr>
          </thead>
          <tbody>
            {assets.map((asset) => (
              <Row c={c} asset={asset} />
            ))}
            <tr class="hb-total">
              <td colspan={3}>{words.total}</td>
              <td class="hb-num">{sum((a) => a.cost)}</td>
              <td class="hb-num hb-only-wide">{sum((a) => a.depreciated)}</td>
              <td class="hb-num hb-only-wide">{sum((a) => a.bookValue)}</td>
              <td class="hb-num hb-only-wide">{sum((a) => a.nextAmount)}</td>
            </tr>
          </tbody>
        </table>
      )}
    </>,
  )
}

function Row({ c, asset }: { c: Page; asset: Asset }) {
  const words = textsOf(c).templates.assets
  const { locale, access } = c.var
  const short = (m: string) => day(`${m}-01`).slice(3)
  const life = asset.reversed
    ? words.reversed
    : asset.monthsLeft === 0
      ? words.done
      : counted(asset.monthsLeft, words.left, locale)
  return (
    <tr>
      <td>
        <a class="hb-opens hb-row-link" href={companyPath(access, `/vouchers/${asset.source.id}`)}>
          {asset.text || voucherName(asset.source)}
        </a>{' '}
        <span class="hb-quiet hb-nowrap">{voucherName(asset.source)}</span>
      </td>
      <td class="hb-nowrap" data-line="2">
        <span class="hb-accno">{asset.account}</span> → <span class="hb-accno">{asset.costAccount}</span>
      </td>
      <td class="hb-quiet" data-line="2">
        {short(asset.firstMonth)}–{short(asset.lastMonth)}, {life}
      </td>
      <td class="hb-num" data-label={words.column.cost}>
        {kroner(asset.cost, locale)}
      </td>
      <td class="hb-num" data-label={words.column.depreciated}>
        {kroner(asset.depreciated, locale)}
      </td>
      <td class="hb-num" data-label={words.column.bookValue}>
        {kroner(asset.bookValue, locale)}
      </td>
      <td class="hb-num hb-only-wide">{kroner(asset.nextAmount, locale)}</td>
    </tr>
  )
}
