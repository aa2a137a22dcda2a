import type { CompanyId } from '#worker/core/ids.ts'
import type { ExcelSignIn } from './addin-token.ts'

export type Role = 'administrator' | 'accountant' | 'approver' | 'payer' | 'employee' | 'reader' | 'auditor'
export const ROLES: readonly Role[] = [
  'administrator',
  'accountant',
  'approver',
  'payer',
  'employee',
  'reader',
  'auditor',
]

/**
 * What one may do, as area:action, and the roles that may. Each route names one of these; the API document, the menus and
 * the access tests are made from this table.
 */
export const PERMISSIONS = {
  'company:read': ['administrator', 'accountant', 'approver', 'payer', 'employee', 'reader', 'auditor'],
  'company:write': ['administrator'],
  'company:backup': ['administrator'],
  'company:delete': ['administrator'],
  'ledger:read': ['administrator', 'accountant', 'approver', 'reader', 'auditor'],
  'ledger:post': ['administrator', 'accountant'],
  'voucher:comment': ['administrator', 'accountant', 'approver'],
  'document:read': ['administrator', 'accountant', 'approver', 'reader', 'auditor'],
  'document:write': ['administrator', 'accountant', 'approver'],
  'register:read': ['administrator', 'accountant', 'approver', 'payer', 'reader', 'auditor'],
  'register:write': ['administrator', 'accountant'],
  'subledger:read': ['administrator', 'accountant', 'approver', 'payer', 'reader', 'auditor'],
  'subledger:match': ['administrator', 'accountant'],
  'period:lock': ['administrator', 'accountant'],
  'period:unlock': ['administrator'],
  'fiscal-year:write': ['administrator', 'accountant'],
  'fiscal-year:close': ['administrator', 'accountant'],
  'report:read': ['administrator', 'accountant', 'approver', 'reader', 'auditor'],
  'report:write': ['administrator', 'accountant'],
  'budgets:read': ['administrator', 'accountant', 'approver', 'reader', 'auditor'],
  'budgets:write': ['administrator', 'accountant'],
  'budgets:unlock': ['administrator'],
  'import:run': ['administrator', 'accountant'],
  'audit-log:read': ['administrator', 'auditor'],
  'event:read': ['administrator', 'accountant', 'reader', 'auditor'],
  'key:write': ['administrator'],
  'webhook:write': ['administrator'],
  'member:read': ['administrator', 'accountant', 'auditor'],
  'member:write': ['administrator'],
  'auditor:order': ['administrator', 'accountant'],
  'auditor:grant': ['administrator'],
  'verify:run': ['administrator', 'accountant', 'auditor'],
} as const satisfies Record<string, readonly Role[]>
export type Permission = keyof typeof PERMISSIONS
export const ALL_PERMISSIONS = Object.keys(PERMISSIONS) as readonly Permission[]

/** What one may do in an accounting office: its staff, its clients, its library of templates. */
export type OfficeRole = 'administrator' | 'accountant' | 'assistant'
export const OFFICE_ROLES: readonly OfficeRole[] = ['administrator', 'accountant', 'assistant']
export const OFFICE_PERMISSIONS = {
  'office:read': ['administrator', 'accountant', 'assistant'],
  'office:write': ['administrator'],
  'office-log:read': ['administrator'],
  'office-key:write': ['administrator'],
  'office-client:write': ['administrator', 'accountant'],
  'office-library:write': ['administrator', 'accountant'],
} as const satisfies Record<string, readonly OfficeRole[]>
export type OfficePermission = keyof typeof OFFICE_PERMISSIONS

/** The role of a company's own that somebody has, beside those of the table. */
export const CUSTOM = 'custom'
export type RoleName = Role | 'operator' | typeof CUSTOM

/** Who may do something: a role of the table, or whoever carries the permissions themselves. */
export type Holder = Role | 'operator' | { readonly permissions: readonly Permission[] } | undefined

export const permissionsOf = (role: Role | 'operator'): readonly Permission[] =>
  ALL_PERMISSIONS.filter((permission) => mayDo(role, permission))

export const mayDo = (holder: Holder, permission: Permission): boolean => {
  if (holder === undefined) return false
  if (typeof holder !== 'string') return holder.permissions.includes(permission)
  return holder === 'operator' || (PERMISSIONS[permission] as readonly Role[]).includes(holder)
}

/** Whether one may do nothing that the other may not: what one may hand out to others. */
export const isWithin = (one: Holder, other: Holder): boolean =>
  ALL_PERMISSIONS.every((permission) => !mayDo(one, permission) || mayDo(other, permission))

export const mayInOffice = (role: OfficeRole | 'operator' | undefined, permission: OfficePermission): boolean =>
  role === 'operator' ||
  (role !== undefined && (OFFICE_PERMISSIONS[permission] as readonly OfficeRole[]).includes(role))

/** Who may post in a period with a soft lock, with a reason (decisions.md 8): whoever may lock it. */
export const mayPassSoftLock = (holder: Holder): boolean => mayDo(holder, 'period:lock')

/** What one may do beyond posting, as the ledger judges it. */
export const rightsOf = (
  access: { readonly role: RoleName } & Exclude<Holder, string | undefined>,
): { softLock: boolean; role: RoleName } => ({ softLock: mayPassSoftLock(access), role: access.role })

/** Who makes a request. `operator` is the local operator of an instance on one's own machine and may do everything. */
export type Principal =
  | { kind: 'operator'; id: 'operator'; name: string }
  /** `session` is the SHA-256 of a browser's session; Excel has none, and `excel` says what it may do. */
  | { kind: 'user'; id: string; name: string; email: string; session: string | null; excel?: ExcelSignIn }
  | {
      kind: 'key'
      id: string
      name: string
      /** The company it reaches; or the office, with all of its clients. */
      company: CompanyId | null
      office: string | null
      /** Who made it: it never does more than they may now. Null for the local operator. */
      maker: string | null
      role: Role
      /** All it may do; null for what its role may. */
      scopes: readonly Permission[] | null
      /** Where it may be used from; none is anywhere. */
      networks: readonly string[]
    }
  | { kind: 'nobody'; id: 'nobody'; name: '' }
