import type { VoucherType } from '#worker/ledger/voucher-type.ts'
import type { CompanySettings } from './company-settings.ts'

/** How a company wants its work done. What the company is, its name, number and VAT registration, is nobody else's to copy. */
export const WAYS = ['vatTerm', 'vatAmountLimit', 'matchDifferenceLimit', 'modules'] as const
type Way = (typeof WAYS)[number]
const TYPE_FIELDS = [
  'nameNb',
  'nameEn',
  'active',
  'allowedRoles',
  'required',
  'proposedAccount',
  'proposedCounterAccount',
  'offeredForPayment',
] as const satisfies readonly (keyof VoucherType)[]

/** The settings sheet of a company. */
export type SettingsSheet = { company: Pick<CompanySettings, Way>; voucherTypes: readonly VoucherType[] }

/**
 * What one company would get of another's: a setting, or the fields of a voucher type that differ. `was` is null for a voucher
 * type it does not have. A type that only this company has stays as it is.
 */
export type SettingsDifference =
  | { key: Way; was: unknown; becomes: unknown }
  | { key: `voucher-type:${string}`; was: Partial<VoucherType> | null; becomes: Partial<VoucherType> }

export const VOUCHER_TYPE = 'voucher-type:'

export function differencesOf(own: SettingsSheet, other: SettingsSheet): SettingsDifference[] {
  const ways = WAYS.filter((way) => !isSame(own.company[way], other.company[way])).map(
    (key): SettingsDifference => ({ key, was: own.company[key], becomes: other.company[key] }),
  )
  const types = other.voucherTypes.flatMap((theirs): SettingsDifference[] => {
    const key = `${VOUCHER_TYPE}${theirs.key}` as const
    const ours = own.voucherTypes.find((type) => type.key === theirs.key)
    if (!ours) return [{ key, was: null, becomes: only(theirs, ['series', ...TYPE_FIELDS]) }]
    const fields = TYPE_FIELDS.filter((field) => !isSame(ours[field], theirs[field]))
    return fields.length === 0 ? [] : [{ key, was: only(ours, fields), becomes: only(theirs, fields) }]
  })
  return [...ways, ...types]
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
const only = (type: VoucherType, fields: readonly (keyof VoucherType)[]): Partial<VoucherType> =>
  Object.fromEntries(fields.map((field) => [field, type[field]]))
