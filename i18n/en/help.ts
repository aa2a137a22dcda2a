import type { help as nb } from '../nb/help.ts'

export const help: typeof nb = {
  title: 'Help',
  lead: 'F1 or ? helps you where you are: in a cell with its column and its error, elsewhere with the page and its keys.',
  aboutPage: 'About this page',
  more: 'All help',
  guides: 'Getting started',
  pages: 'The pages',
  columns: 'The columns',
  grids: { voucher: 'Entering vouchers', budget: 'Budget', opening: 'Opening balance', movements: 'Movements' },
  dimension: 'Departments, projects and your own dimensions',
  month: 'The months',
  everyday: 'How it is booked: everyday cases with their entries',
  excel: 'Help for Excel',
  problems: 'Errors and warnings',
  problemsLead: 'Every message has a code that never changes. Here is what is wrong, and what you can do.',
  problemsLink: 'All errors and warnings, with cause and cure',
  cure: 'Cure:',
  says: 'The message:',
  backToHelp: 'Back to help',
  guide: {
    voucher: {
      title: 'Your first voucher',
      steps: [
        'Press N, or choose Vouchers and New voucher.',
        'Write voucher type, date and text. Enter moves on. The date can be 3, 0303 or yesterday.',
        'Write an account or a name, choose in the list, and write the amount. The VAT code is filled in for you.',
        'On the last line: write the counter-account and press Ctrl Enter, and the line takes what is left.',
        'The entries appear on the right. Press Ctrl B to post.',
      ],
    },
    takeover: {
      title: 'Taking over a set of books',
      steps: [
        'Choose New client on the first page, and drop the SAF-T file of the old system.',
        'When it is read, every account and party is compared with the file. You see whether everything agrees.',
        'Without SAF-T: create empty books, paste the chart and the parties, and enter the opening balance under Periods.',
        'The list is ready when no control account differs. Then it is booked as one voucher.',
      ],
    },
    report: {
      title: 'Your first report',
      steps: [
        'Press G and then S for the trial balance, or G and E for the income statement.',
        'Press a figure to see the entries behind it, and the voucher to see its document. Esc goes back.',
        'Two strokes under the sum mean that the checks hold at the version you see.',
        'Press E to take the report to Excel, PDF or CSV.',
      ],
    },
  },
  own: {
    entry:
      'Here you enter vouchers. Enter moves on, − finds suppliers and + customers, Ctrl Enter takes the rest, and F1 in a cell explains its column. Drop the document anywhere on the page.',
    voucher: 'The voucher as it was booked, with documents, trail and place in the chain. T reverses, R corrects.',
    document:
      'The document, what it is attached to, and who has looked at it. Enter a voucher on it, or reject it with a reason.',
    budget: 'Write or paste amounts by account and month. Spread a year evenly, as last year or by season.',
    party: 'The card of a customer or supplier: details, contacts, open items and statement.',
    account:
      'The account’s name, VAT codes and requirements, and who changed them. A used account can be closed, not deleted.',
    proposals:
      'Items that seem to belong together, and payments with nothing against them. Nothing is matched until you say so.',
    year: 'Closing the year step by step: checks, result, locking and the new year.',
    revaluation: 'Open items in foreign currency at today’s rate. You see the voucher before it is posted.',
    members: 'Who can open the company, and what each role can do.',
    auditors: 'Read access for an auditor, for a limited time. Everything the auditor opens is logged.',
    voucherTypes: 'The voucher types: number series, and what each requires before it can be posted.',
    safety: 'A full check of the books, and backups that can be tried and restored.',
    deletion:
      'Deletes the company after a time. Until then it can be restored; afterwards you get a proof of deletion.',
    security: 'How you sign in: password, passkeys, code app, apps you have let in, and where you are signed in.',
    alerts: 'What you should know about, across your clients. Press an alert to see what it is about.',
    office: 'The office: who works here, its clients, and who is responsible for each.',
    orders: 'Ask for read access to the books you audit, and see what the clients answer.',
    newClient: 'Drop a SAF-T file to take over a ledger, or begin with an empty one.',
  },
  areas: {
    dashboard: 'Key figures, and what is waiting. Press a figure for the report behind it, and a task to do it.',
    vouchers:
      'All posted vouchers. Search by number, amount, text or party. A posted voucher never changes; it is reversed or corrected.',
    drafts: 'Unfinished vouchers. Several people can work in one draft. Deleted drafts can be restored for 30 days.',
    documents: 'Invoices and receipts received. Open one to enter it, or reject it with a reason.',
    reports: 'All reports in one place, and those you have saved.',
    incomeStatement:
      'The result of a period, against last year and the budget. Open a line for its accounts, and a figure for its entries.',
    balanceSheet: 'Assets, equity and debt on a day. Open a figure to see what it consists of.',
    trialBalance:
      'Every account with opening, movement and closing. The sum is proved when two strokes are drawn under it.',
    generalLedger: 'The entries of an account in order, with the balance after each.',
    budgets: 'Budgets in versions. Write in the grid, paste from Excel, or copy actual figures with a percentage.',
    exports: 'SAF-T, Excel, CSV and PDF of all the books or a part.',
    vatSpecification:
      'What the VAT return is based on, line by line, beside the VAT accounts. Settle when the period is over.',
    accounts: 'The chart of accounts. Open an account to change its name, VAT codes and requirements, or to close it.',
    parties: 'Customers and suppliers. The card shows what is open and how old it is.',
    openItems: 'What customers owe you and you owe suppliers. Choose items that balance, and match them.',
    templates: 'Templates and split keys. Write the key in the text cell of a voucher, and the lines unfold.',
    recurring: 'Vouchers that recur, such as rent. They are created as drafts, or posted on the day.',
    assets: 'Assets that are depreciated automatically, and what they are worth now.',
    periods: 'Months and fiscal years. Lock what is delivered; nobody can post in a locked month unnoticed.',
    openingBalance: 'The balances of the old system. Fill in or paste the list; it is checked as you type.',
    oldLedger:
      'The general ledger of the previous system, sealed and for reference only. Search by text, voucher, invoice, party, account or amount.',
    takeover: 'The books of the previous system, with balances or movements. The checklist is ticked by the figures.',
    currency: 'Exchange rates, and open items revalued at the day’s rate.',
    dimensions: 'Departments, projects and dimensions of your own, and which accounts require them.',
    imports:
      'Everything that comes from a file: sheets, pasted rows and SAF-T, checked before it is imported, and undone in one go.',
    keys: 'Keys for programs: what each can do, from where and for how long. A key is shown once and can be revoked at any time.',
    webhooks:
      'Send the company’s events to another system, in order and signed. Each delivery is logged and can be sent again.',
    auditLog: 'Who did what, when and from where, sealed so that nothing can be removed unnoticed.',
    settings: 'The company, members and roles, voucher types and API keys.',
    clients: 'All your clients: who needs you today, and what is waiting at each.',
  },
}
