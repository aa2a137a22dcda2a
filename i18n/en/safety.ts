import type { safety as nb } from '../nb/safety.ts'

export const safety: typeof nb = {
  title: 'Checks and backups',
  intro:
    'What is new is checked every hour, and everything every night. The hash of the chain is kept outside the books each day, so nobody can rewrite history unseen.',
  paused:
    'A copy, restored {at}. Nothing happens here by itself: recurring vouchers and plans are not posted, and the company is neither checked nor backed up.',
  start: 'Take the company into use',
  starts:
    'Taken into use, it follows the schedule from the next hour. What is due is posted the next morning, also what the original posts.',
  run: 'Check everything now',
  good: 'Everything holds',
  bad: '{count} {count#check does/checks do} not hold',
  last: 'Last checked {at}, version {version}',
  never: 'The books have not been checked yet. It happens within an hour, or when you ask for it.',
  checks: 'What was checked',
  column: {
    check: 'Check',
    rows: 'Rows read',
    state: 'Result',
    when: 'When',
    extent: 'Extent',
    version: 'Version',
    head: 'Hash of the chain',
    size: 'Size',
    by: 'Made by',
  },
  holds: 'Holds',
  fails: '{count} {count#fault/faults}',
  offenders: 'The first faults',
  cure: 'Post nothing more in the company until the cause is found. Send this page to whoever runs the installation; an older backup can be restored as a new company and compared.',
  notBuilt: 'Not checked yet, because the part is not built',
  history: 'Earlier checks',
  whole: 'Everything',
  part: 'What was new',
  anchors: 'Hashes kept outside the books',
  anchorsNote: 'The last {count} days. A hash you have noted before should stand here.',
  backups: {
    title: 'Backups',
    intro:
      'Every night a full copy is kept: all tables, all documents and check sums. The file can be read without Hovedbok. The last copy of each day for 30 days and of each month for 12 months is kept.',
    take: 'Take a backup now',
    kilobytes: '{size} kB',
    restore: 'Restore as a new company',
    restoreOf: 'Restore the backup of {at} as a new company',
    none: 'No backup yet. The first is taken tonight, or when you ask for it.',
    kind: { scheduled: 'Nightly', asked: 'Asked for', uploaded: 'Uploaded' },
    name: '{name}, backup of {date}',
  },
}
