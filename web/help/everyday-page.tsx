import { draftsOf, EVERYDAY_GROUPS, type EverydayCase } from '#db/seed/everyday/case.ts'
import { everydayCases } from '#db/seed/everyday-cases.ts'
import { voucherTypes } from '#db/seed/voucher-types.ts'
import { everyday as en } from '#i18n/en/everyday.ts'
import { kroner, type Locale } from '#i18n/format.ts'
import { everyday as nb } from '#i18n/nb/everyday.ts'
import { standardBooks } from '#worker/companies/standard-books.ts'
import { yearOf } from '#worker/core/dates.ts'
import type { Books } from '#worker/ledger/books.ts'
import { entriesOf } from '#worker/ledger/entry.ts'
import { type VoucherDraft, withDefaults } from '#worker/ledger/voucher-draft.ts'
import { today } from '../day-field.tsx'
import { type Page, page } from '../page.tsx'

/** Common cases as whole vouchers: as they are entered, and the entries that the ledger's own rules make of them. */
export function everydayPage(c: Page): Promise<Response> {
  const { locale } = c.var
  const words = locale === 'nb' ? nb : en
  const books = standardBooks()
  const year = yearOf(today())
  return page(
    c,
    { title: words.title, layout: 'report' },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
        </div>
      </div>
      <nav class="hb-chips" aria-label={words.title}>
        {EVERYDAY_GROUPS.map((group) => (
          <a class="hb-chip" href={`#${group}`}>
            {words.groups[group]}
          </a>
        ))}
      </nav>
      {EVERYDAY_GROUPS.map((group) => (
        <section class="hb-section" id={group}>
          <h2>{words.groups[group]}</h2>
          {everydayCases
            .filter((one) => one.group === group)
            .map((one) => (
              <Case one={one} locale={locale} books={books} year={year} />
            ))}
        </section>
      ))}
    </>,
  )
}

type CaseProps = { one: EverydayCase; locale: Locale; books: Books; year: number }

function Case({ one, locale, books, year }: CaseProps) {
  const { title, why } = (locale === 'nb' ? nb : en).cases[one.key]!
  return (
    <article class="hb-section" id={one.key}>
      <h3>{title}</h3>
      <p>{why}</p>
      {draftsOf(one, year).map((draft) => (
        <Booked draft={draft} locale={locale} books={books} />
      ))}
    </article>
  )
}

type BookedProps = { draft: Omit<VoucherDraft, 'id'>; locale: Locale; books: Books }

/** The voucher's entries; those that the VAT code adds stand quiet under their line. */
function Booked({ draft, locale, books }: BookedProps) {
  const words = locale === 'nb' ? nb : en
  const type = voucherTypes.find(({ key }) => key === draft.type)!
  const entries = entriesOf(withDefaults({ id: 'vch_', ...draft }), books)
  return (
    <table class="hb-table" data-density="tight">
      <caption class="hb-caption">
        {locale === 'nb' ? type.nameNb : type.nameEn}: {draft.text}
      </caption>
      <thead>
        <tr>
          <th data-width="wider">{words.column.account}</th>
          <th>{words.column.vat}</th>
          <th class="hb-num">{words.column.debit}</th>
          <th class="hb-num">{words.column.credit}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => {
          const account = books.accounts.get(entry.account)!
          return (
            <tr class={entry.origin === 'vat' ? 'hb-quiet' : undefined}>
              <td>
                <span class="hb-accno">{entry.account}</span> {locale === 'nb' ? account.nameNb : account.nameEn}
                {entry.currency && ` (${entry.currency})`}
              </td>
              <td>{entry.vatCode}</td>
              <td class="hb-num">{entry.amount > 0 ? kroner(entry.amount, locale) : ''}</td>
              <td class="hb-num">{entry.amount < 0 ? kroner(-entry.amount, locale) : ''}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
