import type { oauth as nb } from '../nb/oauth.ts'

export const oauth: typeof nb = {
  apps: 'My apps',
  intro:
    'For programs that many companies use: each company lets the app in itself, with exactly the rights it asks for.',
  none: 'No apps yet.',
  column: { app: 'App', addresses: 'Redirect addresses', companies: 'Companies' },
  withSecret: 'with a secret, made {at}',
  withoutSecret: 'without a secret, made {at}',
  remove: 'Remove',
  add: 'New app',
  name: 'Name',
  nameHelp: 'What companies see when they are asked.',
  redirectUris: 'Redirect addresses',
  redirectUrisHelp:
    'Where browsers are sent back to: https, or http to your own machine. Separate several with spaces.',
  confidential: 'Runs on a server, and can keep a secret',
  submit: 'Create app',
  made: 'Copy this now. A secret is shown only this once:',
  choose: 'Which company is the app let into?',
  wrong: 'The app asked in a way that cannot be answered',
  nowhere: 'You are not an administrator of any company. Ask an administrator to let the app in.',
  title: 'Let an app into {company}?',
  check:
    'The maker of the app wrote these names; we have not checked them. If this is not what you just asked for, cancel.',
  maker: 'Made by',
  host: 'You are sent back to',
  may: 'The app will be able to:',
  allow: 'Let it in',
  refuse: 'Cancel',
  note: 'Valid for one year. The app is listed among the company’s API keys, where it can be shut out at any time.',
  goOn: 'Back to the app',
  key: 'app',
}
