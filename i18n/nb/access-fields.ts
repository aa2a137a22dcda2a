/** Fields that change in the log of access. */
export const accessFields = {
  email: 'E-post',
  endsAt: 'Gjelder til',
  expiresAt: 'Gjelder til',
  from: 'Fra',
  name: 'Navn',
  networks: 'Nettverk',
  organisationNumber: 'Organisasjonsnummer',
  permissions: 'Rettigheter',
  revokedAt: 'Trukket tilbake',
  role: 'Rolle',
  scopes: 'Rettigheter',
  state: 'Status',
  types: 'Hendelser',
  url: 'Adresse',
  what: 'Hva',
  years: 'Regnskapsår',
} as const
