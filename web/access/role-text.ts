import type { PageTexts } from '#i18n/page-texts.ts'
import type { CustomRole } from '#worker/access/custom-role.ts'
import { ALL_PERMISSIONS, isWithin, type Permission, ROLES } from '#worker/access/permission.ts'
import type { CompanyAccess } from '#worker/access/store.ts'

/** What a role is called: a company's own by its name, one of the table in the reader's language. */
export const roleText = (t: PageTexts, role: string, roleName: string | null): string =>
  roleName ?? (t.shell.roles as Record<string, string>)[role] ?? role

/** The roles somebody may give to others: within their own rights, and never auditor, which is ordered. */
export function rolesToGive(
  t: PageTexts,
  access: CompanyAccess,
  own: readonly CustomRole[],
): (readonly [value: string, text: string])[] {
  const fixed = ROLES.filter((role) => role !== 'auditor' && isWithin(role, access)).map(
    (role) => [role, `${t.shell.roles[role]}: ${t.members.roleNotes[role]}`] as const,
  )
  return [...fixed, ...own.filter((role) => isWithin(role, access)).map((role) => [role.id, role.name] as const)]
}

export type PermissionGroup = keyof PageTexts['members']['groups']
const GROUPS: Record<PermissionGroup, readonly string[]> = {
  company: ['company', 'import'],
  ledger: ['ledger', 'voucher', 'period', 'fiscal-year'],
  documents: ['document'],
  registers: ['register', 'subledger'],
  reports: ['report', 'budgets'],
  access: [],
}

/** Permissions under headings, as people look for them; what has no other place has to do with access and control. */
export function permissionsByGroup(): { group: PermissionGroup; permissions: Permission[] }[] {
  const groupOf = (permission: Permission): PermissionGroup =>
    (Object.keys(GROUPS) as PermissionGroup[]).find((group) => GROUPS[group].includes(permission.split(':')[0]!)) ??
    'access'
  return (Object.keys(GROUPS) as PermissionGroup[]).map((group) => ({
    group,
    permissions: ALL_PERMISSIONS.filter((permission) => groupOf(permission) === group),
  }))
}
