import { day, fill, kroner, month as monthText, voucherName } from '#i18n/format.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import type { JudgedMovements, StandingMonth } from '#worker/takeover/book-movements.ts'
import type { Cockpit, CockpitAgeing, CockpitGauge } from '#worker/takeover/read-cockpit.ts'
import { Icon } from '../icon.tsx'
import type { Page } from '../page.tsx'
import { companyPath } from '../shell.tsx'

type Props = { c: Page; cockpit: Cockpit }

const ProofMark = ({ holds, words }: { holds: boolean; words: { proven: string; unproven: string } }) => (
  <span
    class="hb-proof-mark"
    data-broken={holds ? undefined : true}
    role="img"
    aria-label={holds ? words.proven : words.unproven}
  />
)

/** What must be zero, and what must be equal. */
export function Gauges({ c, cockpit }: Props) {
  const { locale } = c.var
  const words = takeoverTexts[locale]
  const { books, gauges, openingSum } = cockpit
  const nameOf = (account: string) => {
    const found = books.accounts.get(account)
    return (locale === 'nb' ? found?.nameNb : found?.nameEn) ?? ''
  }
  const rows = [
    ...gauges.map(({ account, amount, target }) => ({ account, name: nameOf(account), amount, target })),
    { account: '', name: words.openingSum, amount: openingSum, target: 0 },
  ]
  return (
    <>
      <div class="hb-section-head">
        <h2>{words.gauges}</h2>
      </div>
      <table class="hb-table" data-list>
        <thead>
          <tr>
            <th>{words.account}</th>
            <th class="hb-num">{words.target}</th>
            <th class="hb-num">{words.amount}</th>
            <th class="hb-num">{words.rest}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {rows.map(({ account, name, amount, target }) => (
            <tr>
              <td>
                {account && <b>{account} </b>}
                {name}
              </td>
              <td class="hb-num hb-only-wide">{kroner(target, locale)}</td>
              <td class="hb-num hb-only-wide">{kroner(amount, locale)}</td>
              <td class={amount === target ? 'hb-num' : 'hb-num hb-wrong'}>
                <b>{kroner(target - amount, locale)}</b>
              </td>
              <td class="hb-num">
                <ProofMark holds={amount === target} words={words} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {gauges
        .filter(({ amount, target, lines, parties }) => amount !== target && lines.length + parties.length > 0)
        .map((gauge) => (
          <Rest c={c} gauge={gauge} />
        ))}
      <Differing c={c} cockpit={cockpit} />
    </>
  )
}

/** The lines that make up what is left on an account. */
function Rest({ c, gauge }: { c: Page; gauge: CockpitGauge }) {
  const { locale, access } = c.var
  const words = takeoverTexts[locale]
  return (
    <details class="hb-rest">
      <summary>
        {gauge.target === 0
          ? fill(words.missing, { amount: gauge.amount, account: gauge.account }, locale)
          : fill(words.differs, { amount: gauge.target - gauge.amount, account: gauge.account }, locale)}
      </summary>
      <table class="hb-table" data-rows>
        <tbody>
          {gauge.parties.map(({ kind, party, old, ledger }) => (
            <tr>
              <td class="hb-nowrap">
                <a
                  class="hb-opens hb-row-link"
                  href={companyPath(access, `/parties/${kind}/${encodeURIComponent(party)}`)}
                >
                  {party}
                </a>
              </td>
              <td class="hb-clip">{`${kroner(ledger, locale)} / ${kroner(old, locale)}`}</td>
              <td class="hb-num">{kroner(old - ledger, locale)}</td>
            </tr>
          ))}
          {gauge.lines.map((line) => (
            <tr>
              <td class="hb-nowrap">
                <a class="hb-opens hb-row-link" href={companyPath(access, `/vouchers/${line.voucher}`)}>
                  {day(line.voucherDate)}
                </a>
              </td>
              <td class="hb-clip">{line.text}</td>
              <td class="hb-num">{kroner(line.amount, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

const MOST = 10

/** Accounts that do not stand at what the old system says, in the first month where they do not. */
function Differing({ c, cockpit }: Props) {
  const { locale } = c.var
  const words = takeoverTexts[locale]
  if (!cockpit.opening) return null
  const first = cockpit.proof.months.find(({ differences }) => differences.length > 0)
  if (!first) return null
  return (
    <details class="hb-rest">
      <summary>
        {words.differing}: {first.differences.length}, {monthText(first.month, locale)}
      </summary>
      <table class="hb-table" data-list>
        <thead>
          <tr>
            <th>{words.account}</th>
            <th class="hb-num">{words.listed}</th>
            <th class="hb-num">{words.ours}</th>
          </tr>
        </thead>
        <tbody>
          {first.differences.slice(0, MOST).map(({ account, old, ledger }) => (
            <tr>
              <td>{account}</td>
              <td class="hb-num">{kroner(old, locale)}</td>
              <td class="hb-num">{kroner(ledger, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

const GOOD = new Set<StandingMonth['state']>(['booked', 'empty'])

/** The months as a strip, one voucher each, and what is said of those that look like balances. */
export function Months({ c, movements }: { c: Page; movements: JudgedMovements }) {
  const { locale, access } = c.var
  const words = takeoverTexts[locale]
  const years = Map.groupBy(movements.months, ({ month }) => month.slice(0, 4))
  const suspect = movements.months.filter(({ cumulative, kept }) => cumulative && !kept)
  const href = companyPath(access, '/takeover/movements')
  return (
    <>
      <div class="hb-section-head hb-gap">
        <h2>{words.months}</h2>
        <span class="hb-small hb-quiet">{words.monthsNote}</span>
        <a class="hb-small" href={href}>
          {words.monthsOpen}
        </a>
      </div>
      <div class="hb-strip">
        {[...years].map(([year, months]) => (
          <div class="hb-strip-year">
            <b>{year}</b>
            <ol>
              {months.map((m) => (
                <li data-state={m.cumulative && !m.kept ? 'warning' : m.state}>
                  <span>{monthText(m.month, locale).slice(0, 3)}</span>
                  {m.cumulative && !m.kept ? (
                    <Icon name="warning" label={words.sheet.monthCumulative} />
                  ) : m.state === 'booked' ? (
                    <Icon name="check" label={words.monthStates.booked} />
                  ) : (
                    <small>{GOOD.has(m.state) ? '–' : words.monthStates[m.state]}</small>
                  )}
                </li>
              ))}
            </ol>
          </div>
        ))}
      </div>
      {suspect.slice(0, 3).map(({ month, cumulative }) => (
        <p class="hb-note">
          <Icon name="warning" /> <b>{fill(words.cumulative, { month }, locale)}</b>{' '}
          {fill(words.cumulativeText, { ...cumulative! }, locale)} <a href={href}>{words.cumulativeShow}</a>
        </p>
      ))}
    </>
  )
}

/** What must hold; each point is ticked by the figures. */
export function Checklist({ c, cockpit }: Props) {
  const words = takeoverTexts[c.var.locale]
  return (
    <section>
      <div class="hb-section-head">
        <h2>{words.checklist}</h2>
        <span class="hb-small hb-quiet">{words.checklistNote}</span>
      </div>
      <ul class="hb-checklist">
        {cockpit.checklist.map(({ key, done }) => (
          <li data-done={done ? true : undefined}>
            {done ? (
              <Icon name="check" label={words.done} />
            ) : (
              <span class="hb-box" role="img" aria-label={words.open} />
            )}
            <span>
              {words.steps[key]}
              {key === 'no-earlier-vouchers' && !done && <Earlier c={c} cockpit={cockpit} />}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The vouchers that stand in the way, each with its page: reversed on a day before the cut-over they no longer do. */
const Earlier = ({ c, cockpit }: Props) => (
  <span class="hb-small hb-quiet">
    {cockpit.earlier.map((voucher) => (
      <>
        {' '}
        <a href={companyPath(c.var.access, `/vouchers/${voucher.id}`)} title={voucher.text}>
          {voucherName(voucher)}
        </a>
      </>
    ))}
  </span>
)

/** Ageing on the last day before the cut-over: as the lists have it, and as the ledger has it. */
export function Ageing({ c, cockpit }: Props) {
  const { locale } = c.var
  const words = takeoverTexts[locale]
  const shown = cockpit.ageing.filter(({ listed, ledger }) => listed.total !== 0 || ledger.total !== 0)
  if (shown.length === 0) return null
  return (
    <section>
      <div class="hb-section-head">
        <h2>{fill(words.ageing, { date: cockpit.itemsDate }, locale)}</h2>
      </div>
      {shown.map((ageing) => (
        <AgeingTable c={c} ageing={ageing} />
      ))}
    </section>
  )
}

function AgeingTable({ c, ageing: { kind, buckets, listed, ledger } }: { c: Page; ageing: CockpitAgeing }) {
  const { locale } = c.var
  const words = takeoverTexts[locale]
  const nameOf = (i: number) =>
    i < buckets.length
      ? fill(words.days, { from: (buckets[i - 1] ?? 0) + 1, to: buckets[i] }, locale)
      : fill(words.over, { days: buckets.at(-1) }, locale)
  const rows = [
    { name: words.notDue, old: listed.notDue, ours: ledger.notDue },
    ...listed.pastDue.map((old, i) => ({ name: nameOf(i), old, ours: ledger.pastDue[i]! })),
  ].filter(({ old, ours }) => old !== 0 || ours !== 0)
  const cell = (amount: number, other: number) => (
    <td class={amount === other ? 'hb-num' : 'hb-num hb-wrong'}>{kroner(amount, locale)}</td>
  )
  return (
    <table class="hb-table">
      <thead>
        <tr>
          <th>{words.kinds[kind]}</th>
          <th class="hb-num">{words.listed}</th>
          <th class="hb-num">{words.ours}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, old, ours }) => (
          <tr>
            <td>{name}</td>
            <td class="hb-num">{kroner(old, locale)}</td>
            {cell(ours, old)}
          </tr>
        ))}
        <tr class="hb-total" data-broken={ledger.total === listed.total ? undefined : true}>
          <td>{words.sum}</td>
          <td class="hb-num">{kroner(listed.total, locale)}</td>
          {cell(ledger.total, listed.total)}
        </tr>
      </tbody>
    </table>
  )
}
