/** @jsxImportSource hono/jsx/dom */
import { fill, kroner, month } from '#i18n/format.ts'
import { countedText } from './pane-texts.ts'
import { later, type ViewProps } from './parts.tsx'
import { type VoucherView, voucherAt } from './voucher-view.ts'
import { whatPostingDoes } from './what-posting-does.ts'

/** Read when there is a script. */
const PlansView = later(
  () => import('./plans-view.tsx').then(({ PlansView }) => PlansView),
  () => null,
)
/** How many entries stand in the pane at once. */
const SHOWN = 12

/** What posting does, and what the selected voucher gives. */
export const WhatHappens = (props: ViewProps & { view: VoucherView }) => (
  <>
    {props.view.ready.length > 0 ? <Consequences {...props} /> : null}
    <Outcome {...props} />
  </>
)

function Consequences({ model, state, t, view }: ViewProps & { view: VoucherView }) {
  const { locale } = state
  const { byType, debit: sum, periods, vat } = whatPostingDoes(view.ready, model.desk!.books, locale)
  const amount = (ore: number) => kroner(ore, locale)
  return (
    <section>
      <h2>{t.vouchers.whatHappens}</h2>
      <table class="hb-table">
        <tbody>
          {byType.map(({ name, count, debit }) => (
            <tr>
              <td>{name}</td>
              <td class="hb-num">{countedText(count, t.vouchers.count, locale)}</td>
              <td class="hb-num">{amount(debit)}</td>
            </tr>
          ))}
          <tr class="hb-total">
            <td>{t.vouchers.total}</td>
            <td class="hb-num hb-norule">{countedText(view.ready.length, t.vouchers.count, locale)}</td>
            <td class="hb-num">{amount(sum)}</td>
          </tr>
        </tbody>
      </table>
      <dl class="hb-pairs">
        {periods.map((period) => {
          const name = month(period.month, locale)
          return (
            <div>
              <dt>{t.vouchers.period}</dt>
              <dd>
                {name[0]!.toUpperCase() + name.slice(1)}, {t.vouchers.level[period.level]}
              </dd>
            </div>
          )
        })}
        {vat.input !== 0 ? (
          <div>
            <dt>{t.vouchers.inputVat}</dt>
            <dd class="hb-num">{amount(vat.input)}</dd>
          </div>
        ) : null}
        {vat.output !== 0 ? (
          <div>
            <dt>{t.vouchers.outputVat}</dt>
            <dd class="hb-num">{amount(vat.output)}</dd>
          </div>
        ) : null}
      </dl>
    </section>
  )
}

/** The entries that the voucher in the selected row gives, VAT included, and what its scripts book later. */
function Outcome(props: ViewProps & { view: VoucherView }) {
  const { state, t, view } = props
  const { locale } = state
  const voucher = voucherAt(view, state.place)
  const entries = voucher?.judgement.entries ?? []
  if (!voucher || entries.length === 0) return null
  const first = view.firstRow + voucher.rows[0]!.at + 1
  const { plans } = voucher.judgement
  return (
    <section>
      <h2>{fill(t.vouchers.outcome, { row: first }, locale)}</h2>
      <table class="hb-table">
        <tbody>
          {entries.slice(0, SHOWN).map((entry) => (
            <tr>
              <td class="hb-accno">{entry.party ? `${entry.account}:${entry.party}` : entry.account}</td>
              <td class="hb-clip">
                {entry.origin === 'vat' ? fill(t.vouchers.vatEntry, { code: entry.vatCode ?? '' }, locale) : entry.text}
              </td>
              <td class="hb-num">{kroner(entry.amount, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {entries.length > SHOWN ? (
        <p class="hb-quiet">{countedText(entries.length - SHOWN, t.vouchers.more, locale)}</p>
      ) : null}
      {plans.length > 0 ? <PlansView {...props} /> : null}
    </section>
  )
}
