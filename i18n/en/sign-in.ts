import type { signIn as nb } from '../nb/sign-in.ts'

export const signIn: typeof nb = {
  title: 'Sign in',
  lede: ['The books shall balance.', 'Here you can see that they do.'],
  email: 'E-mail',
  password: 'Password',
  submit: 'Sign in',
  or: 'or',
  demo: 'Enter the demo company',
  demoNote: 'Only on your own machine. The figures are made up, and you cannot break anything.',
  first: 'First time here?',
  firstNote: 'Open the link an administrator gave you. There you choose the password yourself.',
  signedOut: 'You are signed out.',
  example: {
    account: 'Account',
    debit: 'Debit',
    credit: 'Credit',
    rows: [
      ['6620', 'Repairs, equipment', 19_900_00, 0],
      ['2710', 'Input VAT', 4_975_00, 0],
      ['2400', 'Accounts payable', 0, 24_875_00],
    ],
    note: 'Two strokes under the answer mean that the figure was checked against every voucher it comes from.',
  },
  invitation: {
    title: 'Choose a password',
    intro: 'You are invited by {by}. Choose a password for {email}.',
    password: 'New password',
    help: 'At least 12 characters. Four random words are easy to remember and hard to guess.',
    submit: 'Save and sign in',
    gone: 'The link has been used, withdrawn, or is too old. If you have taken it up before, sign in as usual. Otherwise ask whoever invited you for a new one.',
    taken: 'To sign-in',
  },
  lost: {
    notFound: 'The page does not exist',
    notFoundNote:
      'The address may be misspelt, or it belongs to a company you have no access to, or no longer have. Ask whoever gave you the link.',
    forbidden: 'You may not see this page',
    failed: 'Something went wrong on our side',
    busy: 'Hovedbok is busy',
    problem: 'That did not work',
    home: 'To the list of clients',
    back: 'Back',
    requestId: 'Give {requestId} if you report it.',
  },
}
