import type { auditLog as nb } from '../nb/audit-log.ts'

export const auditLog: typeof nb = {
  sequence: 'No.',
  recordedAt: 'Time',
  by: 'By',
  byName: 'Name',
  type: 'Event',
  subject: 'Subject',
  field: 'Field',
  before: 'Before',
  after: 'After',
  ledgerVersion: 'Ledger version',
  network: 'Network',
  device: 'Device',
  workbook: 'Workbook',
}
