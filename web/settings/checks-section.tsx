import { day, fill, kroner, moment, month, voucherName, whole } from '#i18n/format.ts'
import { checkText, offenderField, offenderWord } from '#i18n/verify-text.ts'
import { NOT_BUILT, type Offender } from '#worker/verify/check.ts'
import { type NamedVoucher, readNamedVouchers } from '#worker/verify/store.ts'
import type { KeptCheck, Verification } from '#worker/verify/verification-store.ts'
import { ExportMenu } from '../exports/export-menu.tsx'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

type Told = { c: Page; verification: Verification; vouchers: readonly NamedVoucher[] }

/** The vouchers that what does not hold is about. An auditor reads of some years only, and is told how many there are. */
export const vouchersOf = (c: Page, { findings }: Verification): Promise<NamedVoucher[]> | [] => {
  const values = findings.flatMap(({ offenders }) => offenders.flatMap((one) => [...Object.values(one)]))
  const ids = values.filter((value) => isVoucher(value)).map(String)
  const versions = findings.flatMap(({ offenders }) => offenders.map(versionOf)).filter((n) => n !== undefined)
  return c.var.access.audit || ids.length + versions.length === 0 ? [] : readNamedVouchers(c.var.db, ids, versions)
}

const isVoucher = (value: unknown): boolean => /^vch_[0-9a-z]{26}$/.test(String(value))
/** The place in the chain that an offender names. */
function versionOf(one: Offender): number | undefined {
  const place = one.what === 'entry' || one.what === 'item' ? one.place : undefined
  const version = one.ledger_version ?? one.ledgerVersion ?? place
  return typeof version === 'number' ? version : undefined
}

/** Each check of a kept run: what it says, how many rows it read, and what does not hold. */
export function ChecksSection({ c, verification, vouchers }: Told) {
  const words = textsOf(c).safety
  const { locale } = c.var
  return (
    <section class="hb-section">
      <div class="hb-section-head">
        <h2>{fill(words.checksOf, { at: moment(verification.recordedAt) }, locale)}</h2>
        <ExportMenu c={c} path="verifications" />
      </div>
      <p class="hb-quiet">{words.report.note}</p>
      <table class="hb-table" data-list>
        <thead>
          <tr>
            <th>{words.column.check}</th>
            <th class="hb-num">{words.column.rows}</th>
            <th>{words.column.state}</th>
          </tr>
        </thead>
        <tbody>
          {(verification.checks ?? []).map((check) => (
            <CheckRow c={c} check={check} verification={verification} vouchers={vouchers} />
          ))}
        </tbody>
      </table>
      <details>
        <summary>{words.notBuilt}</summary>
        <ul>
          {NOT_BUILT.map(({ key }) => (
            <li>{checkText(key, locale)}</li>
          ))}
        </ul>
      </details>
    </section>
  )
}

function CheckRow({ c, check, verification, vouchers }: Told & { check: KeptCheck }) {
  const words = textsOf(c).safety
  const { access, locale } = c.var
  const found = verification.findings.find(({ key }) => key === check.key)
  const offenders = access.audit ? [] : (found?.offenders ?? [])
  // Books that nothing outside tells of yet have not been held against anything.
  const isUntried = check.rows === 0 && check.key === 'heads-anchored-outside'
  return (
    <tr>
      <td>
        {checkText(check.key, locale)}
        {offenders.length > 0 && (
          <details>
            <summary>{words.offenders}</summary>
            <ul>
              {offenders.map((one) => (
                <li>
                  <OffenderLine c={c} about={check.key} one={one} vouchers={vouchers} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </td>
      <td class="hb-num hb-faint" data-line="2" data-label={words.column.rows}>
        {whole(check.rows, locale)}
      </td>
      <td>
        <span class="hb-chip" data-state={check.violations > 0 ? 'error' : isUntried ? undefined : 'proven'}>
          {check.violations > 0
            ? fill(words.fails, { count: whole(check.violations, locale) }, locale)
            : isUntried
              ? words.nothingOutside
              : words.holds}
        </span>
      </td>
    </tr>
  )
}

/** Amounts in øre, whatever the check. */
const MONEY = /^(difference|ledger|sub_ledger|(kept_)?(debit|credit)|opening|rest|currency_amount)$/
/** Checks whose found and expected are amounts. */
const OF_AMOUNTS = /^(open-items|openings-are-closings|vat-of-lines|currency-rates)$/
/** Words that say what is wrong, or what it is. */
const WORDS = /^(what|fault|lost|missing|party_kind|kind)$/

/** An offender in words: what it is with a way to it, and what is wrong. */
function OffenderLine({ c, about, one, vouchers }: Omit<Told, 'verification'> & { about: string; one: Offender }) {
  const { access, locale } = c.var
  const isAt = versionOf(one)
  const parts = Object.entries(one).filter(([, value]) => value !== null)
  const shown = (name: string, value: string | number) => {
    const text = String(value)
    const named = vouchers.find(
      (v) => v.id === value || (v.ledgerVersion === isAt && (name === 'place' || /version/i.test(name))),
    )
    if (named) return <a href={companyPath(access, `/vouchers/${named.id}`)}>{voucherName(named)}</a>
    if (name === 'account')
      return <a href={companyPath(access, `/general-ledger?account=${encodeURIComponent(text)}`)}>{text}</a>
    if (name === 'party' && one.party_kind)
      return <a href={companyPath(access, `/parties/${one.party_kind}/${encodeURIComponent(text)}`)}>{text}</a>
    const isAmount = MONEY.test(name) || ((name === 'found' || name === 'expected') && OF_AMOUNTS.test(about))
    if (isAmount && typeof value === 'number') return kroner(value, locale)
    if (/^\d{4}-\d{2}$/.test(text)) return month(text, locale)
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return day(text)
    return /^\d{4}-\d{2}-\d{2}T/.test(text) ? moment(text) : text
  }
  return (
    <>
      {parts.map(([name, value], i) => (
        <>
          {i > 0 && ' · '}
          {WORDS.test(name) ? (
            offenderWord(String(value), locale)
          ) : (
            <>
              {offenderField(name, locale)} {shown(name, value!)}
            </>
          )}
        </>
      ))}
    </>
  )
}
