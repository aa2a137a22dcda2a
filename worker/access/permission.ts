import type { CompanyId } from '#worker/core/ids.ts'

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
  'verify:run': ['administrator', 'accountant', 'auditor'],
} as const satisfies Record<string, readonly Role[]>
export type Permission = keyof typeof PERMISSIONS

/** What a role may do beyond posting, as the ledger judges it. */
export const rightsOf = (role: Role | 'operator'): { softLock: boolean; role: Role | 'operator' } => ({
  softLock: mayPassSoftLock(role),
  role,
})

/** Who makes a request. `operator` is the local operator of an instance on one's own machine and may do everything. */
export type Principal =
  | { kind: 'operator'; id: 'operator'; name: string }
  /** `session` is the SHA-256 of a browser's session; Excel has none. */
  | { kind: 'user'; id: string; name: string; email: string; session: string | null }
  | { kind: 'key'; id: string; name: string; company: CompanyId; role: Role }
  | { kind: 'nobody'; id: 'nobody'; name: '' }

/** Whether a role may do nothing that another may not: what one may hand out to others. */
export const isWithin = (role: Role, other: Role | 'operator' | undefined): boolean =>
  (Object.keys(PERMISSIONS) as Permission[]).every((p) => !mayDo(role, p) || mayDo(other, p))

export const mayDo = (role: Role | 'operator' | undefined, permission: Permission): boolean =>
  role === 'operator' || (role !== undefined && (PERMISSIONS[permission] as readonly Role[]).includes(role))

/** Who may post in a period with a soft lock, with a reason (decisions.md 8). */
export const mayPassSoftLock = (role: Role | 'operator'): boolean =>
  role === 'administrator' || role === 'accountant' || role === 'operator'
