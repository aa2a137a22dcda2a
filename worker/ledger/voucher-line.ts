import { decimal, oreAtRate } from '#worker/core/decimal.ts'
import { isPaymentReference } from '#worker/core/identifiers.ts'
import { TOO_LARGE } from '#worker/core/money.ts'
import type { Issue, Params } from '#worker/core/problem.ts'
import { isValidOn, rateOn, type VatCode } from '#worker/vat/vat.ts'
import { type Account, allowsVatCode, isClosedOn } from './account.ts'
import { type Books, partyKey } from './books.ts'
import { currencyRateOn } from './currency-rate.ts'
import { accountAndParty, amountOf, computedVat, isMovement } from './entry.ts'
import { sharesOf } from './line-script.ts'
import { scriptNamed } from './script.ts'
import { needsTableRate, type Voucher } from './voucher-draft.ts'

type Line = Voucher['lines'][number]

/** Every reason one line cannot be posted, and its warnings. `at` points at the line. Source: features.md 4.6. */
export function checkLine(line: Line, voucher: Voucher, books: Books, at: string): Issue[] {
  const { account: number, party } = accountAndParty(line.account)
  const account = books.accounts.get(number)
  const issues = checkAccount(number, account, voucher, books, at)
  if (account) issues.push(...checkParty(account, party, books, at))
  issues.push(...checkAmount(line, voucher, at))
  if (line.currency) issues.push(...checkRate(line, voucher, books, `${at}/rate`))
  issues.push(...checkVat(line, account, voucher, books, at))
  issues.push(...besideScript(line, checkDimensions(line, number, voucher, books, at), books, at))
  issues.push(...checkInvoiceFields(line, account, at))
  return issues
}

const issue = (code: string, pointer: string, params: Params, fix?: unknown): Issue => ({
  code,
  severity: 'error',
  pointer,
  params,
  ...(fix !== undefined && { fix: { pointer, value: fix } }),
})

function checkAccount(
  number: string,
  account: Account | undefined,
  voucher: Voucher,
  books: Books,
  at: string,
): Issue[] {
  const pointer = `${at}/account`
  if (!account) {
    if (number === '') return [issue('field/required', pointer, {})]
    const near = nearestAccount(number, books)
    const hint = near && { suggestion: near.number, suggestionNameNb: near.nameNb, suggestionNameEn: near.nameEn }
    return [issue('account/unknown', pointer, { account: number, ...hint }, near?.number)]
  }
  if (!isClosedOn(account.closedFrom, voucher.voucherDate)) return []
  return [issue('account/closed', pointer, { account: number, closedFrom: account.closedFrom })]
}

/** The open account whose number shares the longest beginning and lies nearest. */
function nearestAccount(number: string, books: Books): Account | undefined {
  let best: { account: Account; shared: number; distance: number } | undefined
  for (const account of books.accounts.values()) {
    let shared = 0
    while (shared < number.length && number[shared] === account.number[shared]) shared++
    const distance = Math.abs(Number(number) - Number(account.number))
    if (shared < 2 || account.closedFrom) continue
    if (!best || shared > best.shared || (shared === best.shared && distance < best.distance))
      best = { account, shared, distance }
  }
  return best?.account
}

function checkParty(account: Account, number: string | null, books: Books, at: string): Issue[] {
  const pointer = `${at}/account`
  const { control } = account
  if (!control)
    return number === null ? [] : [issue('party/wrong-kind', pointer, { account: account.number, party: number })]
  if (number === null || number === '')
    return [issue('party/missing', pointer, { account: account.number, kind: control })]
  const party = books.parties.get(partyKey(control, number))
  if (party) return []
  const other = control === 'customer' ? 'supplier' : 'customer'
  const code = books.parties.has(partyKey(other, number)) ? 'party/wrong-kind' : 'party/unknown'
  return [issue(code, pointer, { account: account.number, party: number, kind: control })]
}

function checkAmount(line: Line, voucher: Voucher, at: string): Issue[] {
  const foreign = line.currency !== undefined && line.currency !== 'NOK'
  if (!foreign && (line.currencyAmount !== undefined || line.rate !== undefined))
    return [
      issue('field/invalid', `${at}/${line.rate === undefined ? 'currencyAmount' : 'rate'}`, {
        reason: 'without-currency',
      }),
    ]
  if (line.rate !== undefined && (decimal(line.rate)?.digits ?? 0n) <= 0n)
    return [issue('field/invalid', `${at}/rate`, { reason: 'rate' })]
  if (line.amount === undefined && line.currencyAmount === undefined)
    return [issue('field/required', `${at}/amount`, {})]
  if (foreign && needsTableRate(line)) return checkTableRate(line, voucher, `${at}/rate`)
  if (line.currencyAmount === undefined || line.rate === undefined) return []
  const expected = oreAtRate(line.currencyAmount, decimal(line.rate)!, line.rateUnit ?? 1)
  if (expected === undefined) return [issue('amount/too-large', `${at}/currencyAmount`, {})]
  if (line.amount === undefined) return []
  if (Math.sign(line.amount) !== Math.sign(line.currencyAmount))
    return [issue('field/invalid', `${at}/currencyAmount`, { reason: 'other-sign' })]
  if (Math.abs(expected - line.amount) <= 1) return []
  return [issue('field/invalid', `${at}/amount`, { reason: 'differs-from-rate', expected }, expected)]
}

/** How many times the table's rate a rate may be before somebody must look: one per hundred typed as per one is a hundred times. */
const FAR = 20

/** A rate that was typed, or follows from both amounts, far from the table's. Source: features.md 4.8. */
function checkRate(line: Line, { documentDate }: Voucher, { currencyRates }: Books, pointer: string): Issue[] {
  const { currency, currencyAmount, amount } = line
  const table = currency && currencyRateOn(currency, documentDate, currencyRates)
  const typed = decimal(line.rate ?? '')
  if (!table || !(typed || (line.rate === undefined && amount && currencyAmount))) return []
  const minor = typed ? SAMPLE : currencyAmount!
  const given = typed ? oreAtRate(minor, typed, line.rateUnit ?? 1) : amount
  const expected = oreAtRate(minor, decimal(table.rate)!, table.unit)
  if (!given || !expected) return []
  const [more, less] = [Math.abs(given), Math.abs(expected)].sort((a, b) => b - a)
  if (more! <= less! * FAR) return []
  const params = { currency: currency!, date: table.date, rate: table.rate, unit: table.unit }
  return [{ ...issue('currency-rate/far', pointer, params), severity: 'warning' }]
}
const SAMPLE = 1_000_000

/** A day without a rate takes the last one before it, and says so; a currency without any must be given one. */
function checkTableRate(
  { currency, currencyAmount, tableRate }: Line,
  { documentDate }: Voucher,
  pointer: string,
): Issue[] {
  const params = { currency: currency!, date: documentDate }
  if (!tableRate) return [issue('currency-rate/missing', pointer, params)]
  if (currencyAmount !== undefined && !oreAtRate(currencyAmount, decimal(tableRate.rate)!, tableRate.unit))
    return currencyAmount === 0 ? [] : [issue('amount/too-large', pointer.replace(/rate$/, 'currencyAmount'), {})]
  if (tableRate.date === documentDate) return []
  const { rate, unit, date: rateDate } = tableRate
  return [{ ...issue('currency-rate/earlier', pointer, { ...params, rateDate, rate, unit }), severity: 'warning' }]
}

function checkVat(line: Line, account: Account | undefined, voucher: Voucher, books: Books, at: string): Issue[] {
  const pointer = `${at}/vatCode`
  if (!line.vatCode) return account ? checkMissingVatCode(account, voucher, books, pointer) : []
  const code = books.vatCodes.get(line.vatCode)
  if (!code) return [issue('vat-code/unknown', pointer, { vatCode: line.vatCode })]
  if (
    !isValidOn(code, voucher.vatDate) ||
    (code.rateClass && rateOn(code, voucher.vatDate, books.vatRates) === undefined)
  )
    return [issue('vat-code/not-valid-on-date', pointer, { vatCode: code.code, date: voucher.vatDate })]
  if (!mayUse(code, books)) return [issue('vat-code/not-registered', pointer, { vatCode: code.code })]
  const issues: Issue[] = []
  if (account && !allowsVatCode(account, code)) issues.push(notAllowed(code, account, voucher, books, pointer))
  if (line.vatSpecification && !code.specifications.includes(line.vatSpecification))
    issues.push(
      issue('field/invalid', `${at}/vatSpecification`, { reason: 'vat-specification', allowed: code.specifications }),
    )
  return [...issues, ...checkVatAmount(line, code, voucher, books, at)]
}

function notAllowed(code: VatCode, account: Account, voucher: Voucher, books: Books, pointer: string): Issue {
  const allowed = [...books.vatCodes.values()]
    .filter((other) => allowsVatCode(account, other) && isValidOn(other, voucher.vatDate) && mayUse(other, books))
    .map((other) => other.code)
  const fix = account.defaultVatCode && allowed.includes(account.defaultVatCode) ? account.defaultVatCode : undefined
  return issue('vat-code/not-allowed', pointer, { vatCode: code.code, account: account.number, allowed }, fix)
}

/** A company that is not registered for VAT may use 0 and 7, and reverse charge on services where it must (rule 6). */
function mayUse(code: VatCode, books: Books): boolean {
  const { vatRegistered, reverseChargeLiable } = books.company
  if (vatRegistered || code.code === '0' || code.code === '7') return true
  return reverseChargeLiable && ['86', '87', '88', '89', '91', '92'].includes(code.code)
}

/** The API applies no default silently (rule 5): it warns, or refuses where the account demands a code. */
function checkMissingVatCode(account: Account, voucher: Voucher, books: Books, pointer: string): Issue[] {
  const code = account.defaultVatCode
  if (!books.company.vatRegistered || isMovement(voucher, books) || (!code && !account.vatCodeRequired)) return []
  const params = { account: account.number, vatCode: code }
  if (account.vatCodeRequired) return [issue('vat-code/required', pointer, params, code ?? undefined)]
  return [{ ...issue('vat-code/default-available', pointer, params, code), severity: 'warning' }]
}

function checkVatAmount(line: Line, code: VatCode, voucher: Voucher, books: Books, at: string): Issue[] {
  if (line.vatAmount === undefined) return []
  const pointer = `${at}/vatAmount`
  const amount = amountOf(line)
  const computes = code.direction !== 'none' && code.rateClass !== 'zero' && !isMovement(voucher, books)
  if (!computes || (line.vatMode === 'none' && code.direction !== 'reverse'))
    return [issue('field/invalid', pointer, { reason: 'no-vat-here' })]
  if (amount === undefined) return []
  if (line.vatAmount !== 0 && Math.sign(line.vatAmount) !== Math.sign(amount))
    return [issue('field/invalid', pointer, { reason: 'other-sign' })]
  const computed = computedVat(line, voucher, books)
  if (Math.abs(line.vatAmount - computed) <= books.company.vatAmountLimit || line.vatAmountReason) return []
  return [issue('vat-amount/over-limit', pointer, { computed, limit: books.company.vatAmountLimit }, computed)]
}

/** The dimension that a script shares the line out over is judged with the script. */
function besideScript(line: Line, issues: Issue[], books: Books, at: string): Issue[] {
  const allocation = line.script ? scriptNamed(line.script, 'FORDEL') : undefined
  const dimension = allocation && sharesOf(allocation, books)?.dimension
  return dimension ? issues.filter((found) => found.pointer !== `${at}/dimensions/${dimension}`) : issues
}

function checkDimensions(line: Line, account: string, voucher: Voucher, books: Books, at: string): Issue[] {
  const issues: Issue[] = []
  for (const key in line.dimensions) {
    const code = line.dimensions[key]!
    const dimension = books.dimensions.get(key)
    const pointer = `${at}/dimensions/${key}`
    if (!dimension) {
      if (!(key in voucher.dimensions)) issues.push(issue('dimension/unknown', pointer, { dimension: key }))
      continue
    }
    if (code === null) continue
    const value = dimension.byCode.get(code)
    const params = {
      dimension: key,
      dimensionNb: dimension.nameNb,
      dimensionEn: dimension.nameEn,
      value: code,
      account,
    }
    if (!value) issues.push(issue('dimension/unknown', pointer, params))
    else if (isClosedOn(value.closedFrom, voucher.voucherDate)) issues.push(issue('dimension/closed', pointer, params))
    else if (dimension.rules[account] === 'forbidden') issues.push(issue('dimension/forbidden', pointer, params))
  }
  for (const dimension of books.dimensions.values())
    if (dimension.rules[account] === 'required' && !line.dimensions[dimension.key])
      issues.push(
        issue('dimension/required', `${at}/dimensions/${dimension.key}`, {
          dimension: dimension.key,
          dimensionNb: dimension.nameNb,
          dimensionEn: dimension.nameEn,
          account,
        }),
      )
  return issues
}

/** Invoice number, due date, payment reference and matches belong to an open item, so only to control accounts. */
function checkInvoiceFields(line: Line, account: Account | undefined, at: string): Issue[] {
  const issues: Issue[] = []
  if (account && !account.control)
    for (const field of ['invoiceNumber', 'dueDate', 'paymentReference', 'matches'] as const)
      if (line[field] !== undefined)
        issues.push(
          issue('field/invalid', `${at}/${field}`, { reason: 'not-control-account', account: account.number }),
        )
  if (line.paymentReference !== undefined && !isPaymentReference(line.paymentReference))
    issues.push(
      issue('field/invalid', `${at}/paymentReference`, { reason: 'payment-reference', value: line.paymentReference }),
    )
  const amount = amountOf(line)
  if (amount !== undefined && Math.abs(amount) >= TOO_LARGE) issues.push(issue('amount/too-large', `${at}/amount`, {}))
  return issues
}
