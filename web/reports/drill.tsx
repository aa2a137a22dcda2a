import { counted, day, fill, kroner, type Locale, voucherName } from '#i18n/format.ts'
import { readVoucher, type VoucherWithEntries } from '#worker/ledger/read-voucher.ts'
import {
  partyNameKey,
  readVoucherSurroundings,
  type VoucherSurroundings,
} from '#worker/ledger/read-voucher-surroundings.ts'
import type { GeneralLedger } from '#worker/reports/read-general-ledger.ts'
import { today } from '../day-field.tsx'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { addressWith } from './report-choices.tsx'

/** Entries listed beside the table; an account with more is read in the general ledger. */
export const DRILL_ENTRIES = 200

type Props = { c: Page; account: string; ledger: GeneralLedger }

/** What a figure consists of, beside the table: the entries, their sum, and the voucher of the one that is chosen. */
export async function Drill({ c, account, ledger }: Props) {
  const t = textsOf(c).reports
  const words = t.trialBalance.drill
  const { locale, access } = c.var
  const row = ledger.accounts[0]!
  const name = `${account} ${locale === 'nb' ? row.nameNb : row.nameEn}`
  const opened = await openedIn(c, ledger.entries)
  const whole = companyPath(access, `/general-ledger${addressWith(c, { voucher: undefined })}`)
  // One step back: from the voucher to its entry, from the entries to the account in the table.
  const back = opened?.back ?? addressWith(c, { account: undefined }, `#account-${account}`)
  const { fromDate, toDate, entries, cursor } = ledger
  return (
    <aside class="hb-aside hb-drill" aria-label={fill(words.label, { account }, locale)}>
      <div class="hb-drill-body">
        <div class="hb-aside-head">
          <h2>{name}</h2>
          <a href={whole}>{words.whole}</a>
          <a href={back} data-key="Escape" data-swap>
            {words.close} <kbd>Esc</kbd>
          </a>
        </div>
        {entries.length > 0 && (
          <p>
            {counted(entries.length, words.note, locale)} {fill(words.range, { fromDate, toDate }, locale)}
          </p>
        )}
        {entries.length === 0 && ledger.opening === 0 ? (
          <p>{words.none}</p>
        ) : (
          <table class="hb-table" data-rows>
            <thead>
              <tr>
                <th>{t.column.date}</th>
                <th>{t.column.voucher}</th>
                <th class="hb-only-wide">{t.column.text}</th>
                <th class="hb-num">{t.column.amount}</th>
                <th class="hb-num">{t.column.balance}</th>
              </tr>
            </thead>
            <tbody>
              {ledger.opening !== 0 && (
                <tr>
                  <td class="hb-date">{day(fromDate).slice(0, 6)}</td>
                  <td class="hb-quiet">{words.opening}</td>
                  <td class="hb-only-wide" />
                  <td />
                  <td class="hb-num hb-quiet">{kroner(ledger.opening, locale)}</td>
                </tr>
              )}
              <EntryRows c={c} entries={entries} opened={opened} begins balances />
              {cursor === null && (
                <tr class="hb-total">
                  <td class="hb-spill">{words.total}</td>
                  <td />
                  <td class="hb-only-wide" />
                  <td />
                  <td class="hb-num">{kroner(ledger.closing, locale)}</td>
                </tr>
              )}
            </tbody>
          </table>
        )}
        {cursor !== null && (
          <p class="hb-paging">
            <a href={whole}>{words.more}</a>
          </p>
        )}
      </div>
    </aside>
  )
}

type Entry = GeneralLedger['entries'][number]
/** The entry that is chosen, with its voucher; `back` closes it, at the entry. */
type Opened = { entry: Entry; voucher: VoucherWithEntries; around: VoucherSurroundings; back: string }

/** What names an entry in an address: a voucher may have several in what a figure consists of. */
const nameOf = ({ voucherId, line }: Entry): string => `${voucherId}.${line}`

/** The entry that the address names, of those that are listed. */
export async function openedIn(c: Page, entries: readonly Entry[]): Promise<Opened | undefined> {
  const { db } = c.var
  const wanted = c.req.query('voucher')
  const entry = entries.find((one) => wanted === nameOf(one) || wanted === one.voucherId)
  const voucher = entry && (await readVoucher(db, entry.voucherId))
  if (!voucher) return undefined
  const around = await readVoucherSurroundings(db, voucher, today())
  return { entry, voucher, around, back: addressWith(c, { voucher: undefined }, `#entry-${nameOf(entry)}`) }
}

type EntryRowsProps = {
  c: Page
  entries: readonly Entry[]
  opened: Opened | undefined
  /** The keys begin here while none is chosen. */
  begins?: boolean
  /** With what the account stands at after each. */
  balances?: boolean
}

/** The entries that a figure consists of; each opens its voucher right under itself, and closes it. */
export const EntryRows = ({ c, entries, opened, begins, balances }: EntryRowsProps) => (
  <>
    {entries.map((entry, i) => {
      const isOpen = opened?.entry === entry
      return (
        <>
          <tr data-chosen={isOpen ? true : undefined}>
            <td class="hb-date" title={day(entry.voucherDate)}>
              {day(entry.voucherDate).slice(0, 6)}
            </td>
            <td class="hb-nowrap">
              <a
                class="hb-opens hb-row-link"
                id={`entry-${nameOf(entry)}`}
                href={isOpen ? opened.back : addressWith(c, { voucher: nameOf(entry) })}
                aria-current={isOpen ? 'true' : undefined}
                aria-expanded={isOpen ? 'true' : 'false'}
                data-swap={isOpen ? 'back' : true}
                data-focus={isOpen || (begins && !opened && i === 0) ? true : undefined}
              >
                {voucherName(entry)}
              </a>
            </td>
            <td class="hb-clip hb-only-wide" title={entry.text}>
              {entry.text}
            </td>
            <td class="hb-num">{kroner(entry.amount, c.var.locale)}</td>
            {balances && <td class="hb-num hb-quiet">{kroner(entry.balance, c.var.locale)}</td>}
          </tr>
          {isOpen && (
            <tr class="hb-peek-row">
              <td colspan={balances ? 5 : 4}>
                <Peek c={c} {...opened} locale={c.var.locale} />
              </td>
            </tr>
          )}
        </>
      )
    })}
  </>
)

type PeekProps = Pick<Opened, 'voucher' | 'around'> & { c: Page; locale: Locale }

/** The voucher of the chosen entry; `V` opens it whole. */
function Peek({ c, voucher, around, locale }: PeekProps) {
  const words = textsOf(c).reports.trialBalance.drill
  return (
    <div class="hb-peek">
      <div class="hb-aside-head">
        <h3>{voucherName(voucher)}</h3>
        <span class="hb-quiet">{voucher.text}</span>
        <a href={companyPath(c.var.access, `/vouchers/${voucher.id}`)} data-key="V">
          {words.openVoucher} <kbd>V</kbd>
        </a>
      </div>
      <table class="hb-table">
        <tbody>
          {voucher.entries.map((entry) => {
            const name = around.accounts.get(entry.account)
            const party =
              entry.party && entry.partyKind
                ? ` · ${around.parties.get(partyNameKey(entry.partyKind, entry.party)) ?? entry.party}`
                : ''
            return (
              <tr>
                <td>
                  <span class="hb-accno">{entry.account}</span> {name && (locale === 'nb' ? name.nameNb : name.nameEn)}
                  {party}
                </td>
                <td class="hb-num">{kroner(entry.amount, locale)}</td>
              </tr>
            )
          })}
          <tr class="hb-total">
            <td />
            <td class="hb-num">
              {kroner(
                voucher.entries.reduce((total, entry) => total + entry.amount, 0),
                locale,
              )}
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  )
}
