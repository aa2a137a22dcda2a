import type { problems as nb, problemWords as nbWords } from '../nb/problems.ts'
import { accessProblems } from './access-problems.ts'
import { importProblems } from './import-problems.ts'
import { permissionPhrases } from './permissions.ts'

export const problems: Record<keyof typeof nb, string> = {
  ...accessProblems,
  ...importProblems,
  'account/closed': 'Account {account} is closed from {closedFrom:day}. Choose another account or an earlier date.',
  'account/exists': 'Account {account} exists already.',
  'account/in-use': 'Account {account} is used in the ledger. Close it instead of deleting or changing it.',
  'account/in-use#nature':
    'Account {account} has another nature in the file than in the chart. The nature cannot be changed by an import. Leave it out, or add a new account.',
  'account/in-use#party':
    'Account {account} is the control account of {parties} customers or suppliers. Give them another first.',
  'account/in-use#vat-code': 'Account {account} is used by VAT code {vatCodes:list}. It must be kept.',
  'account/merge-differs': 'Accounts {account} and {into} differ in nature or sub-ledger and cannot be merged.',
  'account/merge-open-items':
    'Account {account} has {count} open {count#item/items}. Settle {count#it/them} before the account is merged into another.',
  'account/merged': 'Account {account} is merged into another[, {into}]. Choose that instead.',
  'account/unknown':
    'Account {account} does not exist.[ Did you mean {suggestion} {suggestionName}?| Choose one from the chart.]',
  'amount/not-whole-ore': 'The amount must be a whole number of øre, such as 125000 for 1,250.00.',
  'amount/too-large': 'The amount is too large. The largest is 89,999,999,999,999.99.',
  'bank-account/invalid': 'The bank account has a wrong check digit. Check the eleven digits, or the IBAN.',
  'budget/contended': 'Many people are saving in this budget at the same time. Nothing was saved. Try again.',
  'budget/line-twice':
    'Account {account} stands twice with the same dimensions[, first in row {row}][ for {period:month}]. Merge the rows, or remove one of them.',
  'budget/month-outside-year':
    '{period:Month} is outside the budget’s year, which runs from {first:month} to {last:month}. Move the amount, or choose another budget.',
  'budget/name-taken': 'There is already a budget {budget} for {year}. Choose another name.',
  'budget/not-draft': 'The budget is not a draft. Take it back to draft to change it.',
  'budget/not-draft#approved':
    'The budget {budget} is approved. Take it back to draft to change it, or copy it to a new one.',
  'budget/not-draft#locked':
    'The budget {budget} is locked. An administrator can open it, or you can copy it to a new one.',
  'budget/total-differs':
    'Account {account}: the months add up to {sum:kroner}, but the total beside them is {total:kroner}. The months count.',
  'budget/unknown': 'There is no such budget.',
  'comment/id-reused': 'A comment on another voucher has this id. Give it a new id.',
  'comment/is-final': 'Comments cannot be changed.',
  'company-deletion/final':
    'The deletion is under way or done, and cannot be undone. Restore the archive as a new company.',
  'company-deletion/must-be-kept':
    'The books must be kept until {until:day}. State why they may be deleted here all the same.',
  'company-deletion/other-name': 'Write the name exactly as it stands: {name}.',
  'company-deletion/unknown':
    'There is no such deletion, or you have no access to it. Ask who ordered it, or operations.',
  'company/being-deleted':
    'The company is deleted on {until:day} and can only be read. An administrator can undo the deletion in Settings.',
  'company/mismatch': 'This belongs to another company. Change client, or make a new workbook.',
  'company/one-per-database': 'The database belongs to a company already.',
  'company/quarantined':
    'The books of this company are set aside because their file is damaged. Other companies are not affected. The operator of Hovedbok must restore the file from a backup.',
  'company/unknown': 'The company does not exist, or you have no access to it.',
  'contact/stays': 'A contact stays with its customer or supplier. Add a new one to the other.',
  'contact/unknown': 'The contact does not exist.',
  'currency-rate/earlier':
    '{currency} has no rate on {date:day}. The rate of {rateDate:day} is used: {rate:decimal} per {unit}.',
  'currency-rate/far':
    'The rate is more than 20 times away from {rate:decimal} per {unit}, which {currency} had on {date:day}. See whether it is per 100.',
  'currency-rate/is-kept': 'A rate can be changed but not deleted.',
  'currency-rate/missing': '{currency} has no rate on {date:day} or before. Type the rate, or fetch it under Currency.',
  'currency-rate/source-silent':
    'Norges Bank did not answer. No rates were changed. Try again in a while, or type the rate.',
  'date/invalid': 'There is no such date. Write it as YYYY-MM-DD, such as 2026-03-31.',
  'dimension/closed': '{dimensionName} {value} is closed. Choose another value.',
  'dimension/exists': 'Dimension {dimension} exists already.',
  'dimension/forbidden': 'Account {account} cannot have {dimensionName}. Take the value away.',
  'dimension/is-kept': 'A dimension value keeps its code and cannot be deleted. Close it from a date.',
  'dimension/number-reused': 'A number is never given twice. Nothing was created. Try again.',
  'dimension/required': 'Account {account} requires {dimensionName}. Fill in a value.',
  'dimension/unknown': '[{value} is not in {dimensionName}.] Choose a value from the list, or create it first.',
  'dimension/value-exists': '{value} is in {dimensionName} already.',
  'document/attached': 'Document {stamp} is attached to a voucher and cannot be rejected.',
  'document/empty': 'The file is empty. Choose another.',
  'document/is-final': 'Documents and attachments cannot be changed or removed.',
  'document/markup': 'Web pages and SVG can run code and are not taken in. Save it as PDF or image.',
  'document/rejected': 'Document {stamp} is rejected. Take the rejection back first.',
  'document/stamp-not-next': 'The stamp number is used or skips one. Try again.',
  'document/type': 'The file is not PDF, PNG, JPEG, WebP, TIFF or XML. Save it as PDF or image.',
  'document/unknown': 'Document {document} does not exist.',
  'draft/unknown': 'There is no such draft. It may have been deleted for more than 30 days, or posted.',
  'dry-run/stale': 'Something has changed since the dry run. See the difference and run it again.',
  'event/is-final': 'Events cannot be changed.',
  'event/out-of-order': 'The event came out of order. Try again.',
  'field/invalid': 'The value does not fit this field.[ Use {allowed:list}.]',
  'field/invalid#account-range': 'The account range {value} cannot be read. Write it as 3000:3999.',
  'field/invalid#account-type':
    'Account {account} does not fit here. The result is transferred from a result account to an equity account.',
  'field/invalid#bank-account-twice': 'Bank account {value} stands twice. Take one away.',
  'field/invalid#differs-from-rate': 'Amount and rate disagree. Currency amount times rate gives {expected:kroner}.',
  'field/invalid#dimension-key':
    'The key {value} means something else in the filters of reports and Excel functions. Choose another, {value}-2 for example. The name may be anything.',
  'field/invalid#item-twice': 'The item stands twice. Take one of them away.',
  'field/invalid#no-vat-here': 'The line has no VAT to override. Take the VAT amount away, or choose a VAT code.',
  'field/invalid#not-control-account':
    'Invoice number, due date, payment reference and matches belong to customer and supplier accounts, not account {account}. Take the value away.',
  'field/invalid#other-sign': 'The sign is the opposite of the amount’s. Turn it.',
  'field/invalid#payment-reference': 'Payment reference {value} has a wrong check digit. Compare with the invoice.',
  'field/invalid#rate': 'The rate must be above zero.',
  'field/invalid#row-key': 'Row key {value} stands twice. Give each row its own.',
  'field/invalid#unknown': 'There is no field {field}. Take it away, or correct its name.',
  'field/invalid#vat-specification': 'The VAT code does not allow this specification.[ Use {allowed:list}.]',
  'field/invalid#voucher-type': 'Voucher type {value} does not exist. Choose one from the list.',
  'field/invalid#without-currency':
    'A currency amount or rate needs a currency other than NOK. Choose a currency, or take the value away.',
  'field/required': 'The field is missing. Fill it in.',
  'fiscal-year/earlier-result':
    'A result of {amount:kroner} from earlier years is not transferred to equity. Close that year first.',
  'fiscal-year/exists': 'Fiscal year {year} exists already.',
  'fiscal-year/gap':
    'The fiscal year does not touch another. Begin the day after the last one, or end the day before the next.',
  'fiscal-year/locked':
    'The last month of {year} is locked for everybody, and the result is not transferred. Open the month, and close the year again.',
  'fiscal-year/missing': 'No fiscal year holds {date:day}. Choose another date, or create the fiscal year.',
  'fiscal-year/not-over': 'Fiscal year {year} lasts until {lastDate:day}. Close it after that day.',
  'fiscal-year/not-whole-months':
    'A fiscal year must hold whole months. Only the company’s first may begin within a month.',
  'fiscal-year/overlaps': 'The fiscal year overlaps another. Choose dates that follow each other.',
  'fiscal-year/too-long': 'The fiscal year has more than {months} months. Choose an earlier last day.',
  'fiscal-year/unknown': 'Fiscal year {year} does not exist.',
  'head-anchor/final': 'A hash kept outside the books can be neither changed nor removed.',
  'internal/error':
    'Something went wrong on our side. Nothing was posted. Try again, and quote {requestId} if it happens again.',
  'ledger-version/unknown':
    'Ledger version {atVersion} does not exist yet. The newest is {ledgerVersion}. Choose that or an earlier one.',
  'ledger/behind': 'Somebody else posted at the same time. Try again.',
  'ledger/facts-changed': 'The chart, codes or periods were changed at the same time. Try again.',
  'limit/reached':
    'The limit is reached: at most 20,000 rows in a draft, 5,000 drafts, 1,000 comments on a voucher, 500 layouts or saved reports, 200 keys. Delete what is not used.',
  'limit/reached#webhooks':
    'The company has {limit} webhooks, and there is no room for more. Delete one that is not used.',
  'logo/not-an-image': 'The file is not a PNG, JPEG or WebP image. Choose another file.',
  'logo/unknown': 'The company has no logo.',
  'match/difference-over-limit':
    'The difference {difference:kroner} is above the limit {limit:kroner}. Post it as a voucher of its own, or have an administrator raise the limit.',
  'match/id-reused': 'This match exists already with other content. Give it a new id.',
  'match/invalid': 'The items cannot be matched. Mend the faults and try again.',
  'match/is-final': 'A match cannot be changed. Undo it and make a new one.',
  'match/nothing-to-settle': 'No open item is left to settle it against. Choose another, or keep the item open.',
  'match/opened-again':
    '{amount:kroner} is open again with {kindName} {party} ({item}). The lines no longer settle it.',
  'match/over': 'The amount is more than what is open.[ The item has {rest:kroner} left.]',
  'match/over#line': 'The match is more than the line’s amount {amount:kroner}. Lower the amount.',
  'match/over#settled': 'The item is settled already. Undo its match first, or choose another item.',
  'match/unbalanced':
    'The items do not settle each other.[ The difference is {difference:kroner}.] Set amounts on the items, or book the difference.',
  'match/unbalanced#currency':
    'The items are equal in their currency. {difference:kroner} is a currency difference[ for account {account}]. Tick “Book the difference”, and match again.',
  'match/unknown': 'There is no such match.',
  'match/wrong-party':
    'The item belongs to another party or account[: {kindName} {party}, account {account}]. Choose items of one party and account.',
  'measure/not-available': 'These books have no budget. Choose opening, movement, closing, debit or credit.',
  'module/off': 'The module is switched off for this company. An administrator can switch it on.',
  'open-item/is-final': 'An open item follows its entry and cannot be changed.',
  'open-item/unknown': 'There is no such open item. Choose one from the list.',
  'organisation-number/invalid': 'The organisation number[ {value}] has a wrong check digit. Check the nine digits.',
  'party/exists': '{KindName} {party} exists already.',
  'party/missing':
    'Account {account} requires a {kindName}. Write {account}:{numberExample}, or {searchKey} to search.',
  'party/nothing-to-confirm': 'The bank account is not waiting to be confirmed.',
  'party/same-person': 'You changed the bank account yourself. Somebody else must confirm it before it can be paid to.',
  'party/several':
    'Several parties are called {name}: {parties}. Write the number or the organisation number in the row, so that nobody gets the others’ details.',
  'party/unknown': '{KindName} {party} does not exist. Correct the number, or create the {kindName} first.',
  'party/wrong-kind': '{party} does not fit account {account}. Customers belong on receivables, suppliers on payables.',
  'period/lock-is-final': 'A lock cannot be changed, only followed by another.',
  'period/lock-unknown': 'The lock does not exist.',
  'period/locked': '{period:Month} is locked.[ Choose a date from {firstOpenDay:day}.]',
  'period/locked#reason-needed':
    '{period:Month} is locked to others than the accountant. Give a reason to post all the same.',
  'period/locked#script':
    '{period:Month} is locked, and the script posts there.[ Choose {remedies:list}.| Choose other months.]',
  'period/locked#scope-accounts':
    'Accounts {from} to {to} are locked in {period:month}. Choose another date, or open the group of accounts.',
  'period/locked#scope-type':
    'Voucher type {type} is locked in {period:month}. Choose another date, or open the voucher type.',
  'period/locked#scope-vat':
    'Vouchers with VAT are locked in {period:month}. Choose another date, or open the VAT period.',
  'period/reversed': 'The period ends on {toDate:day}, before it begins on {fromDate:day}. Swap the dates.',
  'period/unknown': 'No period holds {period:month}. Create the fiscal year first.',
  'period/unreadable':
    'The period {period} cannot be read. Write, for example, 2026, 2026-03, 2026-Q1 or 2026-01:2026-06.',
  'recurring/is-final': 'What was made on a day it was due cannot be changed.',
  'recurring/unknown': 'The recurring voucher does not exist.',
  'report-layout/account-missing': 'Account {account} has no line. It is shown by itself at the end of the report.',
  'report-layout/account-twice': 'Account {account} belongs to both {line} and {other}. Take it out of one of them.',
  'report-layout/circular': 'The sum {line} holds itself. Take it out of the lines it adds up.',
  'report-layout/counted-twice': 'The sum {line} counts a line twice. Take one of them away.',
  'report-layout/exists': 'A layout is already called {name}. Choose another name.',
  'report-layout/key-twice': 'The line {line} stands twice. Give each line a key of its own.',
  'report-layout/line-unknown': 'There is no line {line} in the layout. Choose one of its lines.',
  'report-layout/line-unreadable':
    'Line {line} cannot be read. It needs a name, and accounts, codes or line numbers that fit what it is.',
  'report-layout/standard':
    'The layout {layout} comes with Hovedbok and cannot be changed. Make one of your own from it.',
  'report-layout/two-kinds': 'The line {line} can take accounts, add up lines or show the result. Keep one of these.',
  'report-layout/unknown': 'There is no layout {layout} for this report. Choose one from the list.',
  'report-seal/is-final': 'A registered seal cannot be changed.',
  'report-seal/unknown': 'No report was taken out with the hash {hash}. Check that the whole hash is there.',
  'report/column-unknown':
    'There is no column {column}. Use for example actual, last-year, budget, months or by:department.',
  'report/too-many-columns':
    'The report would have {columns} columns, and {most} is the most. Choose a shorter period or fewer values.',
  'report/versions-reversed': 'Ledger version {since} comes after {atVersion}. Compare with an older version.',
  'request/cross-site': 'The request came from another site and was stopped. Go to Hovedbok and try again.',
  'request/invalid': 'Some fields must be corrected before the request can be carried out.',
  'request/key-in-address':
    'The key stood in the address, where logs keep it. Revoke it, make a new one and send it in the Authorization header.',
  'request/key-reused': 'The Idempotency-Key was used before with other content. Use a new key.',
  'request/media-type': 'The content type is not supported. Send {expected}.',
  'request/method': 'The address does not answer this method.',
  'request/not-found': 'The address does not exist. See /api/docs.',
  'request/raced': 'Somebody saved the same at the same moment. Load the page again and try again.',
  'request/too-large': 'The request is too large. The limit is {limit}.',
  'request/too-large#budget-cells': 'The request is too large. Send at most {cells} amounts at a time.',
  'request/too-large#cells': 'The request is too large. Send at most {cells} cells in {groups} groups.',
  'request/too-many': 'Too many tries. Wait {seconds} seconds and try again.',
  'request/too-many#minutes': 'Too many tries. Wait {minutes} minutes and try again.',
  'request/unfinished':
    'The same Idempotency-Key is being worked on, or its work was cut off. Wait and send again; if this is still the answer, see whether it was made.',
  'request/unreadable': 'The content cannot be read as JSON.[ {reason}]',
  'revaluation/nothing': 'No open item in foreign currency has another worth on {date:day}. There is nothing to post.',
  'schedule/incomplete': 'The months of the plan do not add up to its amount. Nothing was posted.',
  'schedule/is-final': 'A month that was posted or dropped cannot be changed.',
  'schedule/reversal-is-final': 'The voucher had a plan that was reversed with it. Post the voucher again instead.',
  'schedule/source-reversed': 'The voucher behind the plan is reversed. The month is not posted.',
  'schedule/unknown': 'The plan does not exist.',
  'schema/newer':
    'The database was upgraded by a newer version of Hovedbok ({schema}). Operations must deploy that; nothing was changed.',
  'screen-layout/exists': 'A layout is called {name} already. Choose another name.',
  'screen-layout/unknown': 'There is no such layout. It may have been deleted by whoever made it.',
  'script/invalid': 'The script cannot be read at character {at}.[ Write it like this: {form}]',
  'script/invalid#account': 'Character {at}: an account belongs here[, not “{found}”]. Write it like this: {form}',
  'script/invalid#close': 'Character {at}: the bracket is not closed. Write it like this: {form}',
  'script/invalid#count':
    'Character {at}: a number from 1 to 600 belongs here[, not “{found}”]. Write it like this: {form}',
  'script/invalid#empty': 'The script is empty. Write for example {form}',
  'script/invalid#month':
    'Character {at}: a period from 0 to 13 or a month like 2026-09 belongs here[, not “{found}”].',
  'script/invalid#name': 'Character {at}: “{found}” is not a function. Use SPRE, AVSKR, FORDEL or GJENTA.',
  'script/invalid#open': 'Character {at}: a bracket belongs here. Write it like this: {form}',
  'script/invalid#range':
    'Character {at}: the last month {found} is before the first, or too far away. Swap the months.',
  'script/invalid#share':
    'Character {at}: “{found}” is not a share. Write value and weight with = between, for example 10=70.',
  'script/invalid#share-twice': 'Character {at}: {found} stands twice in the allocation. Take one away.',
  'script/invalid#short-form':
    'Character {at}: the short form is only read for accruals. Write {form}, or use the name of the function.',
  'script/invalid#too-few': 'Character {at}: something is missing before the bracket. Write it like this: {form}',
  'script/invalid#too-many': 'Character {at}: “{found}” is too much. Write it like this: {form}',
  'script/invalid#twice': 'Character {at}: {found} stands twice on the line. Take one away.',
  'script/not-together':
    '{first} and {second} cannot stand in one voucher like this. Take one away, or post two vouchers.',
  'script/period-unknown': 'Period {period} is not in the fiscal year. Use 0 to {last}, or a month like 2026-09.',
  'script/split-key-unknown':
    'The split key {key} does not exist. Choose one from the list, or write the shares: FORDEL(10=70;20=30)',
  'script/wrong-account': 'Account {account} does not fit in this script. Choose another account.',
  'script/wrong-account#allocation':
    'Account {account} is a control account, and the line cannot be shared out. Share out its counterpart instead.',
  'script/wrong-account#asset': 'Account {account} is not an asset account. Depreciate from an account like 1200.',
  'script/wrong-account#asset-line':
    'Account {account} is not an asset account. AVSKR belongs on the line where the asset was bought.',
  'script/wrong-account#cost': 'Account {account} is not a cost account. Depreciate to an account like 6010.',
  'script/wrong-account#spread-line': 'Account {account} is a balance account. Only income and cost are spread.',
  'script/wrong-account#through':
    'Account {account} is not a balance account without sub-ledger. Spread through an account like 1749.',
  'saved-report/exists': 'You already have a report called {name}. Choose another name.',
  'saved-report/unknown': 'There is no such saved report, or it is not yours.',
  'search/behind':
    'The list would lack vouchers: the search has {missing} left to take in. Try again shortly, or fetch the list without a search.',
  'service/busy': 'Hovedbok could not answer in time. Try again shortly: the same is not posted twice.',
  'storage/full': 'There is no room for more. Nothing was posted.',
  'template/formula': 'The amount cannot be read at character {at}. Write for example 70 %, rest or amount * 25 %.',
  'template/formula#name': '“{found}” is not an amount of the template.[ Use {known:list}.| Add an amount first.]',
  'template/formula#too-large': 'The amount becomes too large. Correct the formula.',
  'template/formula#zero': 'The formula divides by zero. Correct it.',
  'template/is-final': 'A version of a template cannot be changed. Save the template, and there is a new one.',
  'template/name-taken': '{name} is used twice, or is a word with a meaning of its own. Choose another name.',
  'template/parameter-missing': '{name} is missing. Fill it in.',
  'template/parameter-unknown': '{name} is not among what the template asks for.[ Use {known:list}.| Add it first.]',
  'template/rest-twice': 'Only one line can take the rest. Give the other an amount.',
  'template/unknown': 'The template {template} does not exist. Choose one from the list.',
  'text/not-allowed': 'The text has characters that cannot be stored. Write it again.',
  'vat-amount/over-limit':
    'The VAT amount differs by more than {limit:kroner} from the computed {computed:kroner}. Use the computed one, or give a reason.',
  'vat-code/default-available': 'Account {account} usually has VAT code {vatCode}. The line has no code.',
  'vat-code/not-allowed': 'VAT code {vatCode} cannot be used on account {account}.[ Use {allowed:list}.]',
  'vat-code/not-registered':
    'The company is not registered for VAT and cannot use VAT code {vatCode}. Use 0, 7 or no code.',
  'vat-code/not-valid-on-date': 'VAT code {vatCode} is not valid on {date:day}. Choose another code or date.',
  'vat-code/required': 'Account {account} requires a VAT code.[ The usual one is {vatCode}.]',
  'vat-code/unknown': 'VAT code {vatCode} does not exist. Choose one from the list.',
  'vat-term/moved':
    'VAT for {period:month} is filed and locked. The VAT of this voucher comes into the term from {moved:month}.',
  'vat-term/not-over': 'Term {term} is not over until {toDate:day}. Post the settlement after that.',
  'vat-term/settled': 'Term {term} is settled already, and nothing has come to it since.',
  'vat-term/unknown': 'There is no term {term}. Write for instance 2026-T2, or 2026 for a whole year.',
  'version/stale': 'Somebody else has changed this. Fetch it again and retry.',
  'voucher-type/exists': 'Voucher type {voucherType} or series {series} exists already. Choose another key or series.',
  'voucher-type/field-required': 'Voucher type {typeName} requires {fieldName}. Fill it in.',
  'voucher-type/role-not-allowed':
    'The role {roleName} may not post voucher type {typeName}. Choose another type, or ask an administrator.',
  'voucher-type/unknown': 'Voucher type {voucherType} does not exist.',
  'voucher/already-posted': 'The voucher is posted and cannot change. Reverse it instead.',
  'voucher/already-reversed': 'The voucher is reversed already.',
  'voucher/before-cut-over': 'The date is before the cut-over date {cutOverDate:day}. Choose a date from then on.',
  'voucher/contended': 'Many are posting at once. The voucher was not posted. Try again.',
  'voucher/id-reused':
    'The voucher was posted before with other content[ as {voucher}]. Correct it, or give it a new id.',
  'voucher/incomplete': 'The voucher lacks entries. Nothing was posted.',
  'voucher/invalid': 'The voucher cannot be posted. Correct the errors and try again.',
  'voucher/not-reversed': 'The voucher to be corrected is not reversed. Use Correct, which does both at once.',
  'voucher/number-not-next': 'The voucher number does not follow the one before. Nothing was posted. Try again.',
  'voucher/possible-duplicate':
    'Invoice number {invoiceNumber} was used on voucher {voucher}. Check whether the invoice is booked already.',
  'voucher/possible-duplicate#request':
    'Invoice number {invoiceNumber} stands on another voucher posted at the same time. See whether the invoice is there twice.',
  'voucher/possible-duplicate#same':
    'Voucher {voucher} has the same date, text, accounts and amounts. Check whether it is posted already.',
  'voucher/unbalanced':
    'The voucher does not balance.[ It lacks {missing:kroner} in {sideName}. Press Ctrl Enter to take the rest.][ The lines do not balance in {currency}. Enter the rest in kroner.]',
  'voucher/unknown': 'The voucher does not exist.',
}

export const fixes: Record<string, string> = {
  'account/unknown': 'Use {suggestion} {suggestionName}',
  'field/invalid': 'Use {expected:kroner}',
  'period/locked': 'Use {firstOpenDay:day}',
  'period/locked#script': 'Use {value}',
  'vat-amount/over-limit': 'Use {computed:kroner}',
  'vat-code/default-available': 'Use code {vatCode}',
  'vat-code/not-allowed': 'Use the usual code',
  'vat-code/required': 'Use code {vatCode}',
}

export const problemWords: typeof nbWords = {
  ...permissionPhrases,
  customer: 'customer',
  supplier: 'supplier',
  debit: 'debit',
  credit: 'credit',
  documents: 'an attached document',
  text: 'a text',
  quantity: 'a quantity',
  invoiceNumber: 'an invoice number',
  dueDate: 'a due date',
  paymentReference: 'a payment reference',
  administrator: 'administrator',
  accountant: 'accountant',
}
