/** @jsxImportSource hono/jsx/dom */
import { day, fill, kroner } from '#i18n/format.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import { countedText } from '../pane/pane-texts.ts'
import type { ViewProps } from '../pane/parts.tsx'
import { gaugeText, type TakeoverChecks, type TakeoverGauge, type TakeoverView } from './takeover-view.ts'

type Gauge = Pick<ViewProps, 'state'> & { name: string; amount: number; target: number; isPending?: boolean }
/** What something stands at, and what is missing until it is what it must be. */
export function GaugeRow({ state: { locale }, name, ...gauge }: Gauge) {
  const { amount, target, isPending } = gauge
  return (
    <tr data-rest={amount === target && !isPending ? undefined : 'yes'}>
      <td>{name}</td>
      <td class="hb-num">
        {kroner(amount, locale)} <small class="hb-block">{gaugeText(gauge, locale)}</small>
      </td>
    </tr>
  )
}

/**
 * What must be zero and what must be equal before a take-over can be finished, with what makes up the rest. Accounts are told as they are
 * booked: while the sheet beside them is not, they say so.
 */
export function TakeoverGauges({
  model,
  state,
  view,
  isPending,
}: ViewProps & { view: TakeoverView; isPending: boolean }) {
  const { locale } = state
  const words = takeoverTexts[locale]
  const { gauges, openingSum, splitTerm } = view
  const nameOf = (account: string) => {
    const found = model.desk?.books.accounts.get(account)
    return `${account} ${(locale === 'nb' ? found?.nameNb : found?.nameEn) ?? ''}`
  }
  return (
    <section>
      <h2>{words.gauges}</h2>
      {isPending ? <p class="hb-quiet">{words.pendingSays}</p> : null}
      {splitTerm ? (
        <div class="hb-notice" data-level="warning">
          <p>
            {fill(
              words.splitTerm,
              { term: splitTerm.key, before: splitTerm.lastDateBefore, here: splitTerm.firstDateHere },
              locale,
            )}
          </p>
        </div>
      ) : null}
      <table class="hb-table">
        <tbody>
          {gauges.map(({ account, amount, target }) => (
            <GaugeRow state={state} name={nameOf(account)} amount={amount} target={target} isPending={isPending} />
          ))}
          <GaugeRow state={state} name={words.openingSum} amount={openingSum} target={0} />
        </tbody>
      </table>
      {gauges
        .filter(({ amount, target, lines, parties }) => amount !== target && lines.length + parties.length > 0)
        .map((gauge) => (
          <Rest state={state} gauge={gauge} />
        ))}
    </section>
  )
}

/** What must hold before a take-over is finished, as the saved figures have it, and the page where it is finished. */
export function Checklist({ state, checks }: Pick<ViewProps, 'state'> & { checks: TakeoverChecks }) {
  const { locale, company } = state
  const words = takeoverTexts[locale]
  const { checklist, finishedAt } = checks
  const open = checklist.filter(({ done }) => !done).length
  const says = finishedAt
    ? fill(words.finished, { date: finishedAt.slice(0, 10) }, locale)
    : open === 0
      ? words.allDone
      : countedText(open, words.finishSays, locale)
  return (
    <section>
      <h2>{words.checklist}</h2>
      <p>{says}</p>
      <table class="hb-table">
        <tbody>
          {checklist.map(({ key, done }) => (
            <tr data-rest={done ? undefined : 'yes'}>
              <td>{words.steps[key]}</td>
              <td class="hb-num hb-state">{done ? words.done : words.open}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <a href={`/companies/${company!.id}/takeover`} target="_blank" rel="noopener">
          {words.sheet.finishOnWeb}
        </a>
      </p>
    </section>
  )
}

/** The lines or parties that make up what is left on an account. */
function Rest({ state: { locale }, gauge }: Pick<ViewProps, 'state'> & { gauge: TakeoverGauge }) {
  const words = takeoverTexts[locale]
  const { account, amount, target, lines, parties } = gauge
  const rows: [string, string, number][] = [
    ...parties.map(({ party, old, ledger }): [string, string, number] => [
      party,
      `${kroner(ledger, locale)} / ${kroner(old, locale)}`,
      old - ledger,
    ]),
    ...lines.map((line): [string, string, number] => [day(line.voucherDate), line.text, line.amount]),
  ]
  return (
    <details class="hb-panefold">
      <summary>
        {target === 0
          ? fill(words.missing, { amount, account }, locale)
          : fill(words.differs, { amount: target - amount, account }, locale)}
      </summary>
      <table class="hb-table">
        <tbody>
          {rows.map(([what, says, rest]) => (
            <tr>
              <td>{what}</td>
              <td class="hb-clip">{says}</td>
              <td class="hb-num">{kroner(rest, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
