import { fill, kroner, percent } from '#i18n/format.ts'
import type { Entry } from '#worker/ledger/entry.ts'
import { partyNameKey } from '#worker/ledger/read-voucher-surroundings.ts'
import { companyPath } from '../shell.tsx'
import type { Shown } from './voucher-page.tsx'

/** The entries as booked, VAT after its line, and the sum ruled with two strokes: they are equal, or it was never posted. */
export function EntryTable(shown: Shown) {
  const { t, locale, voucher, around } = shown
  const words = t.vouchers.page
  const dimensions = around.dimensions.filter((d) => voucher.entries.some((e) => e.dimensions?.[d.key] !== undefined))
  const debit = voucher.entries.reduce((total, e) => total + Math.max(e.amount, 0), 0)
  const credit = voucher.entries.reduce((total, e) => total + Math.max(-e.amount, 0), 0)
  return (
    <table class="hb-table" data-list>
      <thead>
        <tr>
          <th data-width="wider">{words.account}</th>
          <th>{words.vat}</th>
          {dimensions.map((d) => (
            <th>{locale === 'nb' ? d.nameNb : d.nameEn}</th>
          ))}
          <th data-width="wide">{words.text}</th>
          <th class="hb-num">{words.debit}</th>
          <th class="hb-num">{words.credit}</th>
        </tr>
      </thead>
      <tbody>
        {voucher.entries.map((entry) => (
          <tr>
            <td>
              <AccountLink {...shown} entry={entry} />
            </td>
            <td data-line="2" data-label={entry.vatCode ? words.vat : undefined}>
              {entry.vatCode}
              {entry.vatOverridden && <span title={words.vatOverridden}> *</span>}
            </td>
            {dimensions.map((d) => {
              const code = entry.dimensions?.[d.key]
              return (
                <td
                  class={dimensions.length === 1 ? 'hb-nowrap' : undefined}
                  data-line="2"
                  data-label={code ? (locale === 'nb' ? d.nameNb : d.nameEn) : undefined}
                >
                  {code && `${code} ${d.values.get(code) ?? ''}`}
                </td>
              )
            })}
            <td class="hb-flow" data-line="2">
              <EntryText {...shown} entry={entry} />
            </td>
            <td class="hb-num" data-label={entry.amount > 0 ? words.debit : undefined}>
              {entry.amount > 0 ? kroner(entry.amount, locale) : ''}
            </td>
            <td class="hb-num" data-label={entry.amount < 0 ? words.credit : undefined}>
              {entry.amount < 0 ? kroner(-entry.amount, locale) : ''}
            </td>
          </tr>
        ))}
        <tr class="hb-total" data-broken={debit === credit ? undefined : true}>
          <td colspan={3 + dimensions.length}>{words.total}</td>
          <td class="hb-num">{kroner(debit, locale)}</td>
          <td class="hb-num hb-only-wide">{kroner(credit, locale)}</td>
        </tr>
      </tbody>
    </table>
  )
}

type OfEntry = Shown & { entry: Entry }

function AccountLink({ c, locale, around, voucher, entry }: OfEntry) {
  const name = around.accounts.get(entry.account)
  return (
    <a
      class="hb-opens"
      href={companyPath(
        c.var.access,
        `/general-ledger?account=${encodeURIComponent(entry.account)}&fromDate=${voucher.fiscalYear}-01-01&toDate=${voucher.fiscalYear}-12-31`,
      )}
    >
      <span class="hb-accno">{entry.account}</span> {name && (locale === 'nb' ? name.nameNb : name.nameEn)}
    </a>
  )
}

/** Text of the line, the party, the invoice's own numbers, the currency, and what a VAT entry is of. */
function EntryText({ c, t, locale, around, voucher, entry }: OfEntry) {
  const words = t.vouchers.page
  const more: string[] = []
  if (entry.origin === 'vat' && entry.vatSide)
    more.push(
      fill(words.vatOf[entry.vatSide], { rate: entry.vatRate === null ? '' : percent(entry.vatRate, locale) }, locale),
    )
  if (entry.invoiceNumber && !entry.text.includes(entry.invoiceNumber))
    more.push(fill(words.invoice, { number: entry.invoiceNumber }, locale))
  if (entry.dueDate) more.push(fill(words.due, { date: entry.dueDate }, locale))
  if (entry.paymentReference) more.push(fill(words.paymentReference, { reference: entry.paymentReference }, locale))
  if (entry.currency && entry.currencyAmount !== null)
    more.push(
      fill(
        words.currency,
        { amount: kroner(entry.currencyAmount, locale), currency: entry.currency, rate: inWords(entry.rate, locale) },
        locale,
      ),
    )
  if (entry.quantity) more.push(fill(words.quantity, { quantity: inWords(entry.quantity, locale) }, locale))
  const party = entry.party && entry.partyKind ? { number: entry.party, kind: entry.partyKind } : undefined
  const own = entry.origin === 'vat' || entry.text === voucher.text ? '' : entry.text
  const told = [own, more.join(', ')].filter(Boolean).join(' · ')
  return (
    <>
      {party && (
        <a
          class="hb-opens"
          href={companyPath(c.var.access, `/parties/${party.kind}/${encodeURIComponent(party.number)}`)}
        >
          {party.number} {around.parties.get(partyNameKey(party.kind, party.number))}
        </a>
      )}
      {/* In an element of its own: a link that stands alone is made 24 px high, and would leave the line of its text. */}
      {told && <span>{party ? ` · ${told}` : told}</span>}
    </>
  )
}

const inWords = (decimal: string | null, locale: 'nb' | 'en'): string =>
  locale === 'nb' ? (decimal ?? '').replace('.', ',') : (decimal ?? '')
