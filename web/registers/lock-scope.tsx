import { fill, type Locale } from '#i18n/format.ts'
import type { VoucherType } from '#worker/ledger/books.ts'
import { scopeOf } from '#worker/ledger/lock.ts'
import { WHOLE } from '#worker/periods/period-lock.ts'
import { faultsOf, SelectField, TextField, type Tried } from '../fields.tsx'
import type { Fields } from '../form.ts'
import { type Page, textsOf } from '../page.tsx'

type Named = Pick<VoucherType, 'key' | 'nameNb' | 'nameEn'>

/** What a lock covers, in words. */
export function scopeText(c: Page, scope: string, types: readonly Named[]): string {
  const words = textsOf(c).years.scope
  const { locale } = c.var
  const part = scopeOf(scope)
  if (part?.kind === 'vat') return words.vat
  if (part?.kind === 'accounts') return fill(words.accountsOf, part, locale)
  if (part?.kind === 'type') return fill(words.type, { name: typeName(part.type, types, locale) }, locale)
  return words.all
}

const typeName = (key: string, types: readonly Named[], locale: Locale): string => {
  const type = types.find((t) => t.key === key)
  return type ? (locale === 'nb' ? type.nameNb : type.nameEn) : key
}

/** The choice of what is locked: everything, vouchers with VAT, one voucher type, or a group of accounts. */
export function ScopeFields({ c, types, tried }: { c: Page; types: readonly Named[]; tried: Tried | undefined }) {
  const words = textsOf(c).years.scope
  const faults = faultsOf(tried, c.var.locale)
  const sent = tried?.fields
  return (
    <>
      <SelectField
        label={words.label}
        name="scope"
        value={sent?.scope ?? WHOLE}
        help={words.help}
        faults={faults}
        options={[
          [WHOLE, words.all],
          ['vat', words.vat],
          ['accounts', words.accounts],
          ...types.map((t) => [`type:${t.key}`, scopeText(c, `type:${t.key}`, types)] as const),
        ]}
      />
      <div class="hb-form-row">
        <TextField
          label={words.fromAccount}
          name="fromAccount"
          value={sent?.fromAccount}
          help={words.accountsHelp}
          inputmode="numeric"
        />
        <TextField label={words.toAccount} name="toAccount" value={sent?.toAccount} inputmode="numeric" />
      </div>
    </>
  )
}

/** The scope a form asks for. */
export const scopeIn = ({ scope, fromAccount = '', toAccount = fromAccount }: Fields): string =>
  scope === 'accounts' ? `accounts:${fromAccount}:${toAccount}` : (scope ?? WHOLE)
