import type { Role, RoleName } from '#worker/access/permission.ts'
import type { Issue, Params } from '#worker/core/problem.ts'
import type { Books } from './books.ts'
import { accountAndParty } from './entry.ts'
import type { Voucher } from './voucher-draft.ts'

/** A kind of voucher with a number series of its own, and what the company asks of it. Source: features.md LED-02. */
export type VoucherType = {
  key: string
  series: string
  nameNb: string
  nameEn: string
  active: boolean
  /** Roles that may post it, of those that may post at all; null: all of them. */
  allowedRoles: readonly Role[] | null
  /** What a voucher of the type must have: names of REQUIRABLE, and `dimension:` with a dimension's key. */
  required: readonly string[]
  /** Accounts that entry begins with. */
  proposedAccount: string | null
  proposedCounterAccount: string | null
  /** Whether its open items on suppliers are offered for payment. */
  offeredForPayment: boolean
}

/** A type as it ships: nothing asked of it. */
export const NO_RULES: Pick<
  VoucherType,
  'allowedRoles' | 'required' | 'proposedAccount' | 'proposedCounterAccount' | 'offeredForPayment'
> = { allowedRoles: null, required: [], proposedAccount: null, proposedCounterAccount: null, offeredForPayment: false }

/** What a type may require. Invoice fields are asked of lines with a party, quantity and dimensions of income and cost. */
export const REQUIRABLE = ['documents', 'text', 'quantity', 'invoiceNumber', 'dueDate', 'paymentReference'] as const
const DIMENSION = 'dimension:'

/** What the voucher lacks of what its type requires, and whether the role may post it. */
export function checkVoucherType(voucher: Voucher, books: Books, rights: { role?: RoleName }, at: string): Issue[] {
  const type = books.voucherTypes.get(voucher.type)
  if (!type?.active) return []
  return [...checkRole(type, rights, at), ...type.required.flatMap((field) => lacking(field, voucher, type, books, at))]
}

/** Whether the role may post vouchers of the type, its reversals with them. */
export function checkRole(type: VoucherType, { role }: { role?: RoleName }, at: string): Issue[] {
  if (
    !type.allowedRoles ||
    role === undefined ||
    role === 'operator' ||
    (type.allowedRoles as readonly RoleName[]).includes(role)
  )
    return []
  return [issue('voucher-type/role-not-allowed', `${at}/type`, { ...named(type), role })]
}

function lacking(field: string, voucher: Voucher, type: VoucherType, books: Books, at: string): Issue[] {
  const params = { ...named(type), field }
  if (field === 'documents')
    return voucher.documents?.length ? [] : [issue('voucher-type/field-required', `${at}/documents`, params)]
  return voucher.lines.flatMap((line, i) => {
    const { account, party } = accountAndParty(line.account)
    const pointer = `${at}/lines/${i}`
    if (field === 'text') return line.text ? [] : [issue('voucher-type/field-required', `${pointer}/text`, params)]
    const nature = books.accounts.get(account)?.type
    const isResult = nature === 'income' || nature === 'expense'
    if (field === 'quantity')
      return !isResult || line.quantity !== undefined
        ? []
        : [issue('voucher-type/field-required', `${pointer}/quantity`, params)]
    if (field.startsWith(DIMENSION)) {
      const key = field.slice(DIMENSION.length)
      const dimension = books.dimensions.get(key)
      if (!dimension || !isResult || line.dimensions[key] || dimension.rules[account] === 'forbidden') return []
      const words = { dimension: key, dimensionNb: dimension.nameNb, dimensionEn: dimension.nameEn }
      return [issue('voucher-type/field-required', `${pointer}/dimensions/${key}`, { ...params, ...words })]
    }
    if (party === null || line[field as 'invoiceNumber' | 'dueDate' | 'paymentReference'] !== undefined) return []
    return [issue('voucher-type/field-required', `${pointer}/${field}`, params)]
  })
}

const named = (type: VoucherType) => ({ typeNb: type.nameNb, typeEn: type.nameEn })

const issue = (code: string, pointer: string, params: Params): Issue => ({ code, severity: 'error', pointer, params })
