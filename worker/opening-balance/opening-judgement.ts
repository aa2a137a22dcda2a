import { day as dayText } from '#i18n/format.ts'
import { made } from '#i18n/nb/imports.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import type { VoucherId } from '#worker/core/ids.ts'
import { negate, type Ore, ore, sum } from '#worker/core/money.ts'
import { type Issue, isError } from '#worker/core/problem.ts'
import { cutText } from '#worker/core/text.ts'
import { isBalanceAccount, type PartyKind } from '#worker/ledger/account.ts'
import { type Books, fiscalYearOf, partyKey } from '#worker/ledger/books.ts'
import { checkVoucher } from '#worker/ledger/voucher.ts'
import type { VoucherDraft, VoucherLine } from '#worker/ledger/voucher-draft.ts'
import type { OpeningContent, OpeningRow } from './opening-row.ts'
import { type Interim, type OpeningPart, WHOLE } from './takeover-plan.ts'

/** What must agree before an opening balance can be booked: a sum in øre, and what it must be. At rest when they are equal. */
export type Gauge = { account: string; amount: Ore; target: Ore }
export type NewParty = { kind: PartyKind; number: string; name: string; controlAccount: string }
export type OpeningJudgement = {
  draft: VoucherDraft
  /** In the order of the rows. */
  issues: Issue[]
  /** Debit less credit of everything; 0 when it balances. */
  sum: Ore
  gauges: Gauge[]
  /** Parties that are made when it is booked. */
  newParties: NewParty[]
  /** Income less cost of the old year that is moved to equity; 0 when nothing is. */
  result: Ore
  counts: { accounts: number; items: number }
}

type Kind = 'balance' | 'result' | 'interim' | 'expected' | 'item' | 'empty'
type Placed = { row: OpeningRow; at: number; kind: Kind; account: string; party?: NewParty & { isNew: boolean } }

/**
 * Judges an opening balance by the books: what is wrong with each row, whether everything sums to zero, whether the open items of
 * each control account sum to what it must be, and the voucher it would become. Grid, sheet and Worker run this same function;
 * the voucher passes the rules of every other. `part` says what the day is to a take-over with movements. Source: features.md
 * OPB-01, OPB-06, OPB-07, 4.8.
 */
export function judgeOpening(
  { rows, resultAccount }: OpeningContent,
  openingDate: IsoDate,
  id: VoucherId,
  books: Books,
  part: OpeningPart = WHOLE,
): OpeningJudgement {
  const issues: Issue[] = []
  const tell = (severity: Issue['severity'], code: string, at: number, field: string, params: Issue['params'] = {}) => {
    const rowKey = rows[at]?.rowKey
    const pointer = at < 0 ? `#/${field}` : `#/rows/${at}/${field}`
    issues.push({ code, severity, pointer, ...(rowKey && { rowKey }), params })
  }
  if (!fiscalYearOf(openingDate, books)) tell('error', 'fiscal-year/missing', -1, 'openingDate', { date: openingDate })
  const found = new Map<string, NewParty & { isNew: boolean }>()
  const placed = rows.map((row, at) => placedRow(row, at, books, found, tell, part))
  checkTwins(placed, tell)
  const results = placed.filter((p) => p.kind === 'result')
  const result = ore(-total(results))
  const isFirstDay = fiscalYearOf(openingDate, books)?.firstDate === openingDate
  if (results.length > 0 && isFirstDay && resultAccount === null)
    tell('error', 'opening-balance/result-accounts', results[0]!.at, 'account', { result })
  if (resultAccount !== null && !books.accounts.has(resultAccount))
    tell('error', 'account/unknown', -1, 'resultAccount', { account: resultAccount })
  const gauges = gaugesOf(placed, part)
  for (const expected of part.role === 'items' ? [] : placed.filter((p) => p.kind === 'expected')) {
    const gauge = gauges.find((g) => g.account === expected.account)!
    if (gauge.amount !== gauge.target)
      tell('error', 'opening-balance/control-differs', expected.at, 'amount', differenceIn(gauge))
  }
  // What is missing from the list stays on the interim account, where the cockpit shows it.
  if (part.role === 'items')
    for (const gauge of gauges.filter((g) => g.amount !== g.target))
      tell('warning', 'opening-balance/control-differs', -1, 'rows', differenceIn(gauge))
  const booked = placed.filter((p) => p.kind !== 'expected' && p.kind !== 'empty')
  const rest = part.role === 'items' ? ore(0) : total(booked)
  if (rest !== 0)
    tell('error', 'opening-balance/unbalanced', -1, 'rows', {
      missing: Math.abs(rest),
      side: rest > 0 ? 'credit' : 'debit',
    })
  const draft = draftOf(id, openingDate, booked, resultAccount, part, books)
  const newParties = [...found.values()].filter((p) => p.isNew).map(({ isNew: _, ...party }) => party)
  issues.push(...issuesOfVoucher(draft, rows, newParties, books, issues))
  return {
    draft,
    issues: inRowOrder(issues),
    sum: rest,
    gauges,
    newParties,
    result: resultAccount === null ? ore(0) : result,
    counts: {
      accounts: booked.filter((p) => p.kind !== 'item').length,
      items: placed.filter((p) => p.kind === 'item').length,
    },
  }
}

const differenceIn = ({ account, amount, target }: Gauge) => ({
  account,
  sum: amount,
  target,
  difference: target - amount,
})

export const mayBeBooked = ({ issues, draft }: Pick<OpeningJudgement, 'issues' | 'draft'>): boolean =>
  draft.lines.length >= 2 && !issues.some(isError)

type Tell = (severity: Issue['severity'], code: string, at: number, field: string, params?: Issue['params']) => void

function placedRow(
  row: OpeningRow,
  at: number,
  books: Books,
  found: Map<string, NewParty & { isNew: boolean }>,
  tell: Tell,
  part: OpeningPart,
): Placed {
  const blank = row.account === '' && row.party === '' && (row.amount === null || row.amount === 0)
  if (blank) return { row, at, kind: 'empty', account: '' }
  if (row.amount === null) tell('error', 'field/required', at, 'amount')
  if (inCurrency(row) && (row.amount ?? 0) * row.currencyAmount! < 0)
    tell('error', 'field/invalid', at, 'currencyAmount', { reason: 'other-sign' })
  const control = books.accounts.get(row.account)?.control
  if (part.role === 'history' && control) {
    const account = part.interim[control]
    tell('warning', 'takeover/on-interim', at, 'account', { account: row.account, interim: account })
    return { row, at, kind: 'interim', account }
  }
  if (row.party !== '') return placedItem(row, at, books, found, tell)
  if (row.account === '') {
    tell('error', 'field/required', at, 'account')
    return { row, at, kind: 'empty', account: '' }
  }
  const account = books.accounts.get(row.account)
  if (!account) {
    tell('error', 'account/unknown', at, 'account', { account: row.account })
    return { row, at, kind: 'balance', account: row.account }
  }
  if (account.control) return { row, at, kind: 'expected', account: row.account }
  if (part.role === 'items') tell('error', 'takeover/not-an-open-item', at, 'account', { account: row.account })
  return { row, at, kind: isBalanceAccount(account.type) ? 'balance' : 'result', account: row.account }
}

/** An open item: of a party that is known, or that is made under the name it has here. */
function placedItem(
  row: OpeningRow,
  at: number,
  books: Books,
  found: Map<string, NewParty & { isNew: boolean }>,
  tell: Tell,
): Placed {
  const own = books.accounts.get(row.account)
  const kinds: PartyKind[] = own?.control ? [own.control] : ['customer', 'supplier']
  const known = kinds.flatMap((kind) => books.parties.get(partyKey(kind, row.party)) ?? [])
  if (own && !own.control) tell('error', 'party/wrong-kind', at, 'account', { party: row.party, account: row.account })
  else if (row.account !== '' && !own) tell('error', 'account/unknown', at, 'account', { account: row.account })
  const [party] = known
  if (party) {
    const account = row.account || (known.length === 1 ? party.controlAccount : '')
    if (account === '') tell('error', 'field/required', at, 'account')
    return { row, at, kind: 'item', account, party: { ...party, isNew: false } }
  }
  if (!own?.control) {
    if (row.account === '') tell('error', 'field/required', at, 'account')
    return { row, at, kind: 'item', account: row.account }
  }
  const key = partyKey(own.control, row.party)
  const before = found.get(key)
  if (!before && row.name.trim() === '') {
    tell('error', 'party/unknown', at, 'party', { party: row.party, kind: own.control })
    return { row, at, kind: 'item', account: row.account }
  }
  const made = before ?? {
    kind: own.control,
    number: row.party,
    name: row.name.trim(),
    controlAccount: row.account,
    isNew: true,
  }
  found.set(key, made)
  if (!before)
    tell('warning', 'opening-balance/party-made', at, 'party', { party: row.party, kind: own.control, name: made.name })
  return { row, at, kind: 'item', account: row.account, party: made }
}

/** The same account with the same dimensions twice, or the same invoice of a party: both count, and it is told. */
function checkTwins(placed: readonly Placed[], tell: Tell): void {
  const seen = new Map<string, number>()
  for (const { row, at, kind, account } of placed) {
    if (kind === 'empty' || (kind === 'item' && row.invoiceNumber === '')) continue
    const own =
      kind === 'item'
        ? [row.party, row.invoiceNumber]
        : [row.party, row.invoiceNumber, JSON.stringify(Object.entries(row.dimensions).sort())]
    const key = [kind === 'item', kind === 'interim' ? row.account : account, ...own].join('\n')
    const first = seen.get(key)
    if (first === undefined) seen.set(key, at)
    else
      tell('warning', 'opening-balance/twice', at, kind === 'item' ? 'invoiceNumber' : 'account', {
        account,
        row: first + 1,
        ...(kind === 'item' && { party: row.party, invoiceNumber: row.invoiceNumber }),
      })
  }
}

const total = (placed: readonly Placed[]): Ore => sum(placed.map(({ row }) => row.amount ?? ore(0)))

/** Each control account that has rows: what its open items sum to, and what they must sum to where a row says so. */
function gaugesOf(placed: readonly Placed[], part: OpeningPart): Gauge[] {
  const targets = part.role === 'items' ? part.targets : undefined
  const accounts = new Set([
    ...placed.filter((p) => (p.kind === 'item' || p.kind === 'expected') && p.account !== '').map((p) => p.account),
    ...Object.keys(targets ?? {}),
  ])
  return [...accounts].sort().map((account) => {
    const of = (kind: Kind) => placed.filter((p) => p.kind === kind && p.account === account)
    const amount = total(of('item'))
    const expected = of('expected')
    if (targets) return { account, amount, target: targets[account] ?? ore(0) }
    return { account, amount, target: expected.length > 0 ? total(expected) : amount }
  })
}

/** The opening voucher: balances, the old year's result on the account it is moved to, and each open item by itself. */
function draftOf(
  id: VoucherId,
  openingDate: IsoDate,
  booked: readonly Placed[],
  resultAccount: string | null,
  part: OpeningPart,
  books: Books,
): VoucherDraft {
  const lines: VoucherLine[] = []
  let result = ore(0)
  for (const { row, kind, account } of booked) {
    if (row.amount === null || row.amount === 0) continue
    if (kind === 'result' && resultAccount !== null) result = ore(result + row.amount)
    else if (kind === 'interim')
      lines.push({ ...lineOf(row, account), text: cutText(row.text || interimText(row.account), 255) })
    else lines.push(lineOf(row, kind === 'item' ? `${account}:${row.party}` : account))
  }
  if (part.role === 'items') lines.push(...interimLines(booked, part.interim, books))
  if (result !== 0 && resultAccount !== null) lines.push({ rowKey: 'result', account: resultAccount, amount: result })
  return { id, type: 'opening-balance', voucherDate: openingDate, text: made.opening, lines }
}

/** What stood on a control account of the old system, on its interim account. */
export const interimText = (account: string): string => made.takenOver.replace('{account}', account)

/** Open items take the place of what stood on the interim accounts. */
function interimLines(booked: readonly Placed[], interim: Interim, books: Books): VoucherLine[] {
  return (['customer', 'supplier'] as const).flatMap((kind) => {
    const amount = total(booked.filter((p) => books.accounts.get(p.account)?.control === kind))
    return amount === 0 ? [] : [{ rowKey: `interim-${kind}`, account: interim[kind], amount: negate(amount) }]
  })
}

const inCurrency = ({ currency, currencyAmount }: OpeningRow): boolean =>
  currency !== '' && currency !== 'NOK' && currencyAmount !== null

function lineOf(row: OpeningRow, account: string): VoucherLine {
  const isItem = account.includes(':')
  const dimensions = Object.fromEntries(Object.entries(row.dimensions).filter(([, value]) => value !== ''))
  const invoice = row.invoiceNumber && made.openingItem.replace('{invoice}', row.invoiceNumber)
  const dated = invoice && row.invoiceDate ? `${invoice} ${dayText(row.invoiceDate)}` : invoice
  const text = row.text || (isItem ? dated : '')
  return {
    rowKey: row.rowKey,
    account,
    amount: row.amount!,
    ...(inCurrency(row) && { currency: row.currency, currencyAmount: row.currencyAmount as number }),
    ...(Object.keys(dimensions).length > 0 && { dimensions }),
    ...(text && { text: cutText(text, 255) }),
    ...(isItem && row.invoiceNumber && { invoiceNumber: row.invoiceNumber }),
    ...(isItem && row.dueDate !== '' && { dueDate: row.dueDate }),
    ...(isItem && row.paymentReference && { paymentReference: row.paymentReference }),
  }
}

/** What the rules of every voucher say, at the rows its lines came from. What was told of a row's field already is not told again. */
function issuesOfVoucher(
  draft: VoucherDraft,
  rows: readonly OpeningRow[],
  newParties: readonly NewParty[],
  books: Books,
  told: readonly Issue[],
): Issue[] {
  if (draft.lines.length === 0) return []
  const parties = new Map(books.parties)
  for (const party of newParties) parties.set(partyKey(party.kind, party.number), { ...party, active: true })
  const { issues } = checkVoucher(draft, { ...books, parties }, { softLock: true })
  const placeOf = new Map(rows.map((row, i) => [row.rowKey, i]))
  const known = new Set(told.filter(isError).map((issue) => issue.rowKey))
  return issues.flatMap((issue): Issue[] => {
    if (issue.code === 'voucher/unbalanced') return []
    const line = /^#\/lines\/(\d+)\/(.+)$/.exec(issue.pointer)
    if (!line) return [{ ...issue, pointer: issue.pointer.replace('voucherDate', 'openingDate') }]
    const rowKey = draft.lines[Number(line[1])]!.rowKey!
    const at = placeOf.get(rowKey)
    if (known.has(rowKey)) return []
    if (at === undefined) return [{ ...issue, pointer: '#/resultAccount' }]
    const { fix: _, ...plain } = issue
    return [{ ...plain, rowKey, pointer: `#/rows/${at}/${line[2]}` }]
  })
}

const inRowOrder = (issues: Issue[]): Issue[] => {
  const row = ({ pointer }: Issue) => Number(/^#\/rows\/(\d+)\//.exec(pointer)?.[1] ?? -1)
  return issues.sort((a, b) => row(a) - row(b))
}
