import * as z from 'zod/mini'
import { FilledText } from '#worker/core/text.ts'
import { ALL_PERMISSIONS, type Permission } from './permission.ts'

/** What a permission is of no use without, beside `company:read`, which everyone has. */
const RESTS_ON: Partial<Record<Permission, readonly Permission[]>> = {
  'ledger:post': ['ledger:read', 'register:read'],
  'voucher:comment': ['ledger:read'],
  'document:write': ['document:read'],
  'register:write': ['register:read'],
  'subledger:match': ['subledger:read'],
  'period:lock': ['ledger:read'],
  'period:unlock': ['period:lock', 'ledger:read'],
  'fiscal-year:write': ['ledger:read'],
  'fiscal-year:close': ['ledger:read', 'report:read'],
  'report:write': ['report:read'],
  'budgets:write': ['budgets:read'],
  'budgets:unlock': ['budgets:read', 'budgets:write'],
  'import:run': ['ledger:read', 'register:read'],
  'member:write': ['member:read'],
  'auditor:grant': ['auditor:order'],
  'verify:run': ['ledger:read'],
}

/** The permissions chosen with those they rest on, in the table's order. */
export function withNeeded(chosen: readonly Permission[]): Permission[] {
  const all = new Set<Permission>(['company:read', ...chosen, ...chosen.flatMap((one) => RESTS_ON[one] ?? [])])
  return ALL_PERMISSIONS.filter((permission) => all.has(permission))
}

const PermissionName = z.enum(ALL_PERMISSIONS as readonly [Permission, ...Permission[]], { error: 'field/invalid' })

/** A role of a company's own: a name, and the permissions it is put together from. */
export const NewRole = z.strictObject({
  name: FilledText(60),
  permissions: z
    .array(PermissionName, { error: (issue) => (issue.input === undefined ? 'field/required' : 'field/invalid') })
    .check(z.minLength(1, 'field/required')),
})
export type NewRole = z.infer<typeof NewRole>

export type CustomRole = {
  id: string
  name: string
  permissions: readonly Permission[]
  version: number
  members: number
}

/** The id of a role of a company's own. */
export const isCustom = (role: string): boolean => role.startsWith('rol_')
