import type { importProblems as nb } from '../nb/import-problems.ts'

export const importProblems: Record<keyof typeof nb, string> = {
  'archive/damaged':
    'The file {file} in the archive is not as it was when the archive was made. Nothing is restored. Get the archive again.',
  'archive/day-changed':
    'The hashes kept of {day:day} were changed later: the hash in the bucket says something else, and no later day vouches for the archive. Nothing is restored. Tell whoever runs the installation. An administrator may restore it anyway.',
  'archive/does-not-verify':
    'The archive was read, but the check of the books found faults ({checks}). Nothing is restored. Use another archive.',
  'archive/other-history':
    'The archive has another history than what is kept outside it: on {day:day} the chain stood otherwise at version {version}. Nothing is restored. Use a backup from before that, and find out what changed this one. An administrator may restore it anyway.',
  'archive/schema':
    'The archive is of another version of Hovedbok ({newest}). Upgrade this installation, then restore again.',
  'archive/unreadable': 'The file is not a whole archive of Hovedbok. Get the archive again, and send the whole file.',
  'backup/unknown': 'The backup is there no more. Choose another in the list.',
  'grouping-code/unknown': '{code} is not in the SAF-T category {category}. Choose a code from the list.',
  'import/already-undone#begun':
    'The import is being undone, and some of its vouchers are reversed. Undo it once more to finish that.',
  'import/already-undone': 'The import has been undone already.',
  'import/built-on#named': 'The import cannot be undone, because something builds on it: {on}. Take that away first.',
  'import/built-on': 'The import cannot be undone, because something builds on it. Take that away first.',
  'import/done': 'The import has been made. Begin a new one to read the file again.',
  'import/not-tried': 'Try the import first. It opens when the trial is without faults.',
  'import/opening-booked': 'The opening balance at {date:day} is booked. Reverse it before new rows are read in.',
  'import/unknown': 'The import does not exist.',
  'old-ledger/empty': 'The file has no entries to keep. Export it from the old system with its entries, and try again.',
  'old-ledger/sealed': 'The old ledger is sealed and does not change. Remove it whole if it was brought in by mistake.',
  'old-ledger/unknown': 'The old ledger does not exist, or it has been removed.',
  'onboarding/unknown': '{step} is no step of the onboarding plan.',
  'opening-balance/beside-parts':
    'Account {account} also stands with a dimension in row {row}, and both count. If this is the whole account, remove the rows with dimensions, or this one.',
  'opening-balance/booked':
    'The opening balance is booked already as {voucher}. Choose to replace it, and it is reversed and booked again.',
  'opening-balance/control-differs':
    'Account {account}: the items are {sum:kroner}, but the balance is {target:kroner}. {difference:kroner} is missing.',
  'opening-balance/exists':
    'The day has the opening balance {voucher} already. Reverse it first, or choose another day.',
  'opening-balance/in-use': 'Open items of the opening balance are matched ({items}). Undo the matches first.',
  'opening-balance/invalid': 'The opening balance cannot be booked yet. Correct the errors and try again.',
  'opening-balance/not-booked': 'The opening balance is not booked.',
  'opening-balance/party-made': '{KindName} {party} {name} is created when the opening balance is booked.',
  'opening-balance/result-accounts':
    'The list has income and cost, result {result:kroner}. Choose the account the result is moved to, as a rule 2050.',
  'opening-balance/twice':
    '[Invoice {invoiceNumber} from {party}|Account {account}] stands in row {row} too. Both count.',
  'opening-balance/unbalanced': 'The opening balance does not balance. {missing:kroner} {sideName} is missing.',
  'opening-balance/unknown': 'There is no opening balance for {date:day}.',
  'saft-switch/done':
    'The file has been posted, in whole or in part, so its answers stay. If posting was cut off, post it again and it goes on.',
  'saft-switch/open': 'Questions of accounts and parties without an answer: {count}. Answer {count#it/them} first.',
  'saft-switch/open#parties':
    'The file and the register here have {count} customers and suppliers that may be somebody who is here already, more than is asked of. Give them other numbers in the old system, or import into a new company.',
  'saft-switch/unknown': 'The file does not exist, or it has been dropped.',
  'saft-switch/wrong-nature':
    'Account {account} cannot become {to}: one is a balance account and the other an income or cost account. Choose another, or keep the number.',
  'saft/amount':
    'Line {line}: the amount {value} cannot be read in whole øre. Correct it in the old system and export again.',
  'saft/before-cut-over':
    'The file has vouchers from {first:day}. The books were taken over as at {cutOverDate:day}, so the balances hold them already. Keep the file as an old general ledger, or export from the cut-over date.',
  'saft/before-cut-over#finished':
    'The file has vouchers from {first:day}, and a SAF-T file with those months has been checked and finished, with the cut-over date {cutOverDate:day}. Take that take-over up again first, or export from the cut-over date.',
  'saft/changed-transaction':
    'Transaction {transaction} was imported before with other content. Nothing has changed. Import into a new company, or correct the voucher.',
  'saft/currency': 'The file is kept in {currency}. Only books in NOK can be imported.',
  'saft/date': 'Line {line}: the date {value} does not exist. Correct it in the old system and export again.',
  'saft/no-namespace':
    'Line {line}: the file lacks the SAF-T Financial namespace. Export it again from the old system.',
  'saft/other-company':
    'The file is of organisation number {file}, and the company has {own}. Nothing was posted. Choose the right company, or confirm that the file goes in here.',
  'saft/too-long':
    'Line {line}: {field} is longer than {longest} characters. Correct it in the old system and export again.',
  'saft/unbalanced-transaction':
    'Line {line}: transaction {transaction} does not balance, difference {difference:kroner}. Nothing was imported.',
  'saft/not-saft': 'Line {line}: this is not a SAF-T file.',
  'saft/incomplete': 'Line {line}: {field} is missing. Export the file again.',
  'saft/version': 'SAF-T version {version} cannot be read. We read 1.10, 1.20, 1.30 and 1.40.',
  'saft/zip#damaged':
    '[{file} in the ZIP file|The ZIP file] is damaged or only partly transferred. Download it again from the old system, and send all of it.',
  'saft/zip#large': 'The ZIP file, or a file in it, is over 4 GB. Export one year at a time, and send each by itself.',
  'saft/zip#encrypted': 'The ZIP file is locked with a password. Unpack it, and send the files in it.',
  'saft/zip': 'The ZIP file holds no XML file. Choose the SAF-T file, or pack it again.',
  'sheet/cell': 'Row {row}: “{text}” cannot be read. Correct the cell, or choose another column.',
  'sheet/empty': 'The file has no rows. Choose the file again, or paste the list.',
  'sheet/in-use':
    'Another window posts from this workbook. Wait until it is done; the workbook is free by {until:moment}.',
  'sheet/macros': 'The workbook has macros and is not read. Save it as .xlsx without macros.',
  'sheet/no-rows': 'No rows to read were found. Choose the right sheet, and the row that the headings stand in.',
  'sheet/too-large#bomb': 'The file unfolds to far more than it should, and is not read. Save the sheet again.',
  'sheet/too-large#bytes': 'The file is larger than {limit} MB. Split it.',
  'sheet/too-large#cells': 'The sheet has more than {limit} cells. Split it.',
  'sheet/too-large#rows': 'The sheet has more than {limit} rows. Split it.',
  'sheet/too-large': 'The file is too large. Split it.',
  'sheet/twice': '{value} also stands in row {row}. Keep one of them.',
  'sheet/unreadable#binary': 'The file is neither a sheet nor text. Choose .xlsx or .csv.',
  'sheet/unreadable#encrypted': 'The file has a password. Save it without one, and choose it again.',
  'sheet/unreadable#gzip': 'The file is a packed SAF-T or text. Choose SAF-T, or unpack it.',
  'sheet/unreadable#ods': 'The file is an OpenDocument sheet. Save it as .xlsx.',
  'sheet/unreadable#ole': 'The file is from old Excel, or has a password. Save it as .xlsx without a password.',
  'sheet/unreadable#pdf': 'The file is a PDF. Ask for the list as .xlsx or .csv.',
  'sheet/unreadable#xml': 'The file is XML. Choose SAF-T for a SAF-T file; for a sheet, save it as .xlsx.',
  'sheet/unreadable#zip': 'The file is a ZIP without a sheet. Choose SAF-T, or unpack it.',
  'sheet/unreadable': 'The file is damaged or cut short. Fetch it again.',
  'sheet/unreadable#saft': 'SAF-T is read from a file, not from pasted rows. Choose the file.',
  'takeover/booked': 'The take-over is being booked. Undo that before you change days and accounts.',
  'takeover/control-list-unclear':
    'The list can be read in more than one way. Keep only the columns Account and Balance, with the decimals written out.',
  'takeover/days-reversed': 'The cut-over date must be after the opening date.',
  'takeover/finished': 'The take-over was finished {date:day}. Open it again to change something.',
  'takeover/first-of-month': 'Movements begin on the first of a month. Choose the first.',
  'takeover/incomplete': 'The take-over cannot be finished yet. Points that remain: {count}.',
  'takeover/invalid': 'The movements cannot be booked yet. Correct the errors and try again.',
  'takeover/looks-cumulative':
    '{month:Month} looks like balances, not movements: {contains} of {of} balance accounts contain the balance from before. Turn it into movements, or keep it as movements.',
  'takeover/month-outside': '{month:Month} is not among the months that are taken over. Remove the amount.',
  'takeover/month-unbalanced': '{month:Month} does not balance. {missing:kroner} {sideName} is missing.',
  'takeover/movements-booked':
    'Booked months have changed ({count}), among them {voucher}. Choose to replace them: they are reversed and booked again.',
  'takeover/none': 'No such take-over is planned. Choose how the books are taken over first.',
  'takeover/not-an-interim-account':
    'Account {account} cannot be an interim account. Choose a balance account without a sub-ledger, one for customers and another for suppliers.',
  'takeover/not-an-open-item':
    'Account {account} is not a control account. Only open items go here. Put the balance in the opening balance or the movements.',
  'takeover/not-booked': 'No movements are booked.',
  'takeover/not-finished': 'The take-over is not finished.',
  'takeover/on-interim': 'Account {account} is booked on {interim} until the open items are in.',
  'takeover/one-day': 'Where only balances are taken over, the cut-over date is the opening date.',
  'takeover/other-movement':
    'There is already a voucher of movements in {month:month}, {voucher}, that does not come from the sheet. Reverse it first.',
  'takeover/result-not-moved':
    'The result of {year}, {result:kroner}, is not moved to equity. Reports show it as undistributed until the year is closed.',
  'takeover/too-long': 'Movements can be taken over for up to {months} months. Choose a later day.',
  'upload/incomplete': 'Only {arrived} of {size} bytes have arrived. Send the missing parts.',
  'upload/part': 'Part {part} should have {expected} bytes, but has {size}. Send it again.',
  'upload/unknown': 'There is no such upload. It may have been used or be too old. Begin again.',
  'xml/doctype': 'Line {line}: the file has a DOCTYPE and is therefore not read. Export it without.',
  'xml/encoding': 'The encoding {encoding} cannot be read. Export the file as UTF-8.',
  'xml/malformed': 'Line {line}: the file is not well-formed XML or is cut short. Export or download it again.',
  'xml/malformed#attributes': 'Line {line}: an element has more than 50 attributes, so the file is not read.',
  'xml/malformed#depth': 'Line {line}: the file has more than 100 levels, so it is not read.',
  'xml/malformed#too-long': 'Line {line}: a text is longer than 4 million characters, so the file is not read.',
}
