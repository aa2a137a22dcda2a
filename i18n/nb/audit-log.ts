/** Names of the columns of the audit trail. */
export const auditLog = {
  sequence: 'Nr.',
  recordedAt: 'Tidspunkt',
  by: 'Av',
  byName: 'Navn',
  type: 'Hendelse',
  subject: 'Gjelder',
  field: 'Felt',
  before: 'Før',
  after: 'Etter',
  ledgerVersion: 'Hovedbokversjon',
  network: 'Nettverk',
  device: 'Enhet',
  workbook: 'Arbeidsbok',
}
