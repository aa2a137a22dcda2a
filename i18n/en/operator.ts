import type { operator as nb } from '../nb/operator.ts'

/** The page of whoever looks after the installation. */
export const operator: typeof nb = {
  title: 'Operations',
  intro: 'The companies of this installation: schema, last check, last backup and size. No figures from their books.',
  link: 'Operations',
  good: 'All checks hold, and every company is backed up.',
  failing: 'Companies with checks that do not hold: {count}.',
  notVerified: 'Companies that were never checked: {count}.',
  notBackedUp: 'Companies that were never backed up: {count}.',
  lateVerification: 'Companies not checked within the last three hours: {count}.',
  lateBackup: 'Companies not backed up within the last 36 hours: {count}.',
  unfinished: 'Scheduled runs that are not finished after three hours: {count}. See the log (schedule).',
  instance: {
    'control-log-broken':
      'The log of access was changed outside the product. Compare the control database with a backup.',
    'heads-of-a-day-changed':
      'Chain heads that were kept on an earlier day are changed in the control database. Compare it with the files in heads/.',
  },
  quarantined:
    'Databases on this page that are set aside, because the file is damaged: {count}. Restore the file from a backup, and remove the mark beside it (.quarantined).',
  silent: 'Databases on this page that do not answer: {count}.',
  behind:
    'Databases on this page of an older schema: {count}. They are upgraded when opened, or all now: npm run hovedbok -- upgrade --all',
  counts:
    'Active companies: {companies}. Being made or not in use: {unopened}. Oldest check: {verified}. Oldest backup: {backup}.',
  never: 'never',
  none: 'No companies yet.',
  next: 'Next {count}',
  first: 'To the first',
  column: {
    company: 'Company',
    status: 'Status',
    schema: 'Schema',
    verified: 'Last check',
    backup: 'Last backup',
    size: 'Database size',
  },
  status: { active: 'Active', importing: 'Being made', failed: 'Not in use' },
  noAnswer: 'No answer',
  setAside: 'Set aside',
  older: 'older',
  holds: 'Holds',
  fails: '{count} faults',
  megabytes: '{size} MB',
}
