import type { accessFields as nb } from '../nb/access-fields.ts'

/** Fields that change in the log of access. */
export const accessFields: Record<keyof typeof nb, string> = {
  email: 'E-mail',
  endsAt: 'Valid until',
  expiresAt: 'Valid until',
  from: 'From',
  name: 'Name',
  networks: 'Networks',
  organisationNumber: 'Organisation number',
  permissions: 'Rights',
  revokedAt: 'Revoked',
  role: 'Role',
  scopes: 'Rights',
  state: 'State',
  types: 'Events',
  url: 'Address',
  what: 'What',
  years: 'Fiscal years',
}
