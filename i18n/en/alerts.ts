/** What a person should know of, and the page that lists it. */
export const alerts = {
  title: 'Alerts',
  intro:
    'What you should know about your account and the companies you administer. An alert goes away when its cause does.',
  none: 'No alerts.',
  unseen: '{count} new {count#alert/alerts}',
  new: 'New',
  seen: 'Mark all as seen',
  muting: 'How you want your alerts',
  ways: { mail: 'Here and by e-mail', list: 'Only here', muted: 'Not at all' },
  save: 'Save the choices',
  saved: 'The choices are saved.',
  column: { at: 'When', text: 'What', company: 'Company' },
  yours: 'Your account',
  see: 'See',
  notYou: 'Was it not you? Change your password and sign out everywhere.',
  kinds: {
    'factors-reset':
      'The operator has reset the passkeys and code app of your account. Set up new ones when you sign in.',
    'new-device': 'Sign-in from a new device: {device} ({network}).',
    'many-failures':
      'Many failed sign-ins to your account. It is protected, and you can still sign in where you usually do.',
    'key-created': '{by} made the API key “{name}”.',
    'rights-changed':
      '{by} changed rights: {name}[, {role}][, invited at {invited}][, the invitation to {withdrawn} is withdrawn].',
    'everything-exported': '{by} exported {what}.',
    'webhook-created': '{by} set up the webhook “{name}” to {host}.',
    'webhook-disabled':
      'The webhook “{name}” was switched off after many failed tries. Its events wait until it is switched on.',
    'period-reopened': '{by} opened {from:month}[ to {later:month}] for posting again: {reason}',
    'verification-failed':
      '{count} {count#check/checks} of the books {count#does/do} not hold: {checks}. Post nothing more until the cause is found.',
    'verification-not-run':
      'The check of the books could not be run. It is tried again in an hour; tell operations if this alert stays.',
    'backup-failed': 'Last night’s backup was not taken. Take one by hand, and tell operations if that fails as well.',
    'schedule-not-run':
      'What is posted by itself each morning could not be today. It is tried again tomorrow; if it is urgent, run recurring vouchers by hand.',
    'deletion-asked':
      'The company is to be deleted on {until:day}. Until then it can be read and not written, and the deletion can be undone.',
    'company-deleted': 'The company {company} is deleted. The proof of deletion is ready.',
    'deletion-failed':
      'The company was due to be deleted and could not be. It is tried again each night; tell operations if this alert stays.',
  },
  exports: {
    archive: 'the whole archive',
    backup: 'a backup',
    saft: 'the books as SAF-T',
    journal: 'the whole ledger as text',
  },
  kindNames: {
    'factors-reset': 'Sign-in reset by the operator',
    'new-device': 'Sign-in from a new device',
    'many-failures': 'Many failed sign-ins',
    'key-created': 'New API key',
    'rights-changed': 'Changed rights',
    'everything-exported': 'All books exported',
    'webhook-created': 'New webhook',
    'webhook-disabled': 'Webhook switched off',
    'period-reopened': 'Period opened again',
    'verification-failed': 'Check found faults',
    'verification-not-run': 'Check not run',
    'backup-failed': 'Backup missing',
    'schedule-not-run': 'Recurring vouchers not run',
    'deletion-asked': 'Company to be deleted',
    'company-deleted': 'Company deleted',
    'deletion-failed': 'Deletion failed',
  },
}
