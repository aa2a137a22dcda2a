import type { Permission } from '#worker/access/permission.ts'

type Carrier = { readonly permissions: readonly Permission[] }

/** Whether one may do something in a company: its answer carries the permissions, so the table of roles stays on the server. */
export const mayDo = (company: Carrier, permission: Permission): boolean => company.permissions.includes(permission)

/** As `mayPassSoftLock` of the server. */
export const mayPassSoftLock = (company: Carrier): boolean => mayDo(company, 'period:lock')
