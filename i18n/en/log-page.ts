/** The page of the audit log. */
export const logPage = {
  title: 'Log',
  link: 'Log',
  intro: 'Who did what, when and from where. Nothing here can be changed or deleted.',
  chain: 'Sealed up to and including event {sequence}. Hash of the chain:',
  from: 'From',
  to: 'To',
  by: 'Who',
  about: 'What',
  everyone: 'Everyone',
  everything: 'Everything',
  column: { at: 'When', by: 'Who', what: 'What', subject: 'Concerns', change: 'Change', from: 'From where' },
  system: 'Hovedbok itself',
  operator: 'Local operator',
  nobody: 'Unknown',
  key: 'key',
  nothing: 'No events fit the choice.',
  older: 'Older',
  newest: 'Newest',
  csv: 'Download CSV',
  json: 'Download JSON',
  access: {
    title: 'Access log',
    link: 'Access log',
    books: 'Log of the books',
    company:
      'Rights, keys and exports in {company}, and when its own members sign in. Nothing here can be changed or deleted.',
    office:
      'Rights and keys in {office} and at its clients, and when its staff sign in. Nothing here can be changed or deleted.',
    own: 'My security log',
    ownIntro: 'All that is written down about your sign-in and your access, and what you did with that of others.',
  },
}
