import { type Account, type AccountType, OBSERVATION_ACCOUNT, type PartyKind } from '#worker/ledger/account.ts'
import { newAccount, plainName } from '#worker/saft/saft-register.ts'

/** An account of the file, and how much of the file stands on it. */
export type FileAccount = {
  number: string
  name: string
  groupingCategory: string
  groupingCode: string
  standardAccount: string
  /** In øre, as the file states them. */
  opening: number
  closing: number
  lines: number
  /** Receivables or payables that parties stand on. */
  control: PartyKind | null
}
/**
 * Why an account of the file becomes the one it does: its customers or suppliers stand on it here, the same number with the same
 * meaning, the same name, the standard account or the grouping code it carries; kept under its own number, which is free here; or asked, since its number means something else here.
 */
export type MappingReason = 'control' | 'number' | 'name' | 'standard-account' | 'grouping' | 'kept' | 'asked'
export type ProposedAccount = FileAccount & { to: string | null; reason: MappingReason }

/**
 * Which account of ours each account of the file becomes, and why. Nothing is guessed where two readings are left: then it is asked.
 * Source: features.md COA-02, moonshot 3.
 */
export function proposeAccounts(file: readonly FileAccount[], chart: readonly Account[]): ProposedAccount[] {
  const ours = new Map(chart.map((a) => [a.number, a]))
  const byName = groupOf(chart, (a) => plainName(a.nameNb))
  const byGrouping = groupOf(chart, (a) => groupingOf(a.groupingCategory, a.groupingCode))
  const controls = groupOf(chart, (a) => a.control ?? '')
  const theirControls = groupOf(file, (a) => a.control ?? '')
  const theirs = groupOf(file, (a) => groupingOf(a.groupingCategory, a.groupingCode))
  return file.map((account): ProposedAccount => {
    const type = typeOf(account)
    const same = ours.get(account.number)
    const { control } = account
    const [own, ...moreOwn] = controls.get(control ?? '') ?? []
    if (own && moreOwn.length === 0 && own.number !== account.number && theirControls.get(control!)!.length === 1)
      return { ...account, to: own.number, reason: 'control' }
    if (same && meansTheSame(account, type, same)) return { ...account, to: account.number, reason: 'number' }
    const [named, ...moreNamed] = (byName.get(plainName(account.name)) ?? []).filter((a) => a.type === type)
    if (named && moreNamed.length === 0) return { ...account, to: named.number, reason: 'name' }
    const standard = ours.get(account.standardAccount)
    if (standard && account.standardAccount.length >= 4 && standard.type === type && standard.number !== account.number)
      return { ...account, to: standard.number, reason: 'standard-account' }
    const grouping = groupingOf(account.groupingCategory, account.groupingCode)
    const [grouped, ...moreGrouped] = byGrouping.get(grouping) ?? []
    if (grouping !== '' && grouped && moreGrouped.length === 0 && theirs.get(grouping)!.length === 1)
      return { ...account, to: grouped.number, reason: 'grouping' }
    // A number that is free here, of an account whose nature is known, stays as it is.
    if (!same && (grouping !== '' || account.standardAccount !== '' || /^[1-8]\d{3,}$/.test(account.number)))
      return { ...account, to: account.number, reason: 'kept' }
    return { ...account, to: null, reason: 'asked' }
  })
}

/** What the product itself uses for a take-over; other charts use them for something else. */
const OURS_ALONE = new Set(['1499', '2399', OBSERVATION_ACCOUNT])

const typeOf = ({ number, groupingCategory, standardAccount }: FileAccount): AccountType =>
  newAccount({ id: number, groupingCategory, standardAccount }, '', '').type

function meansTheSame(account: FileAccount, type: AccountType, ours: Account): boolean {
  if (plainName(account.name) === plainName(ours.nameNb)) return true
  if (OURS_ALONE.has(account.number)) return false
  if (account.groupingCode !== '' && ours.groupingCode !== null) return account.groupingCode === ours.groupingCode
  if (account.standardAccount.length >= 4) return account.standardAccount === ours.number
  return type === ours.type
}

const groupingOf = (category: string | null, code: string | null): string =>
  category && code && category !== 'NA' ? `${category} ${code}` : ''

function groupOf<T>(list: readonly T[], key: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const value of list) {
    const own = key(value)
    if (own === '') continue
    groups.set(own, [...(groups.get(own) ?? []), value])
  }
  return groups
}
