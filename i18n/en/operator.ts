import type { operator as nb } from '../nb/operator.ts'

/** The page of whoever looks after the installation. */
export const operator: typeof nb = {
  title: 'Operations',
  intro: 'The companies of this installation: schema, last check, last backup and size. No figures from their books.',
  link: 'Operations',
  good: 'All checks hold, and every company is backed up.',
  failing: '{count} companies have checks that do not hold.',
  notVerified: '{count} companies were never checked.',
  notBackedUp: '{count} companies were never backed up.',
  silent: '{count} databases on this page do not answer.',
  behind:
    '{count} databases on this page are of an older schema. They are upgraded when opened, or all now: npm run hovedbok -- upgrade --all',
  counts: '{companies} active companies. Oldest check {verified}, oldest backup {backup}.',
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
  older: 'older',
  holds: 'Holds',
  fails: '{count} faults',
  megabytes: '{size} MB',
}
