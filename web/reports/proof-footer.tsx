import { counted, fill, moment, whole } from '#i18n/format.ts'
import { dayInOslo } from '#worker/core/dates.ts'
import type { ReportHead } from '#worker/reports/report-head.ts'
import { readSeals, type Seal } from '#worker/reports/seals-store.ts'
import { readVatCheck } from '#worker/vat-return/read-vat-check.ts'
import { Icon } from '../icon.tsx'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** What a report was checked against. */
type Check = {
  key: string
  holds: boolean
  amount: number
  difference: number
  accounts?: readonly string[]
  lock?: { recordedAt: string }
}
type Props = {
  c: Page
  head: Omit<ReportHead, 'sealed'> & { sealed?: boolean; seals?: readonly Seal[] }
  /** What the report was checked against; none for a selection, which need not balance. */
  checks: readonly Check[]
  /** It is no selection, though it has no checks of its own. */
  whole?: boolean
  /** Accounts in the report, where that is what it counts. */
  accounts?: number
  filters: string
  /** Where the same report can be had with its hash, to check it without us. */
  verify: string
  /** What else of the report narrows what has changed in it: account, line, dimensions. None: the report is about change itself. */
  changes?: Readonly<Record<string, string | undefined>> | undefined
}

/** Under every report: whether it is proved, by what, what has changed, and the state of the ledger it was drawn from. What fails comes first. */
export async function ProofFooter({ c, head, checks: all, whole: isWhole, accounts, filters, verify, changes }: Props) {
  const [vat, seals] = await Promise.all([
    all.length > 0 || isWhole ? readVatCheck(c.var.db, head) : undefined,
    head.seals ?? (head.sealed !== false ? readSeals(c.var.db, head) : []),
  ])
  // The seals of locked months are told with their locks, below.
  const checks: Check[] = [...all.filter(({ key }) => key !== 'period-seal'), ...(vat ? [vat] : [])]
  const t = textsOf(c).reports.proof
  const { locale, principal } = c.var
  const failing = checks.some((check) => !check.holds)
  const name = principal.kind === 'operator' ? textsOf(c).shell.person.operator : principal.name
  const version = whole(head.atVersion, locale)
  const newest = whole(head.ledgerVersion, locale)
  return (
    <section class="hb-proof">
      {checks.length === 0 ? (
        <span />
      ) : (
        <strong data-broken={failing ? true : undefined}>
          <span class="hb-proof-mark" data-broken={failing ? true : undefined} aria-hidden="true" />
          {failing ? t.notProven : t.proven}
        </strong>
      )}
      {checks.length === 0 ? (
        <p>{!isWhole && t.filtered}</p>
      ) : (
        <ul>
          {[...checks]
            .sort((a, b) => Number(a.holds) - Number(b.holds))
            .map((check) => (
              <li data-broken={check.holds ? undefined : true}>
                <Icon name={check.holds ? 'check' : 'error'} />
                {fill(
                  (check.holds ? t.checks : t.broken)[check.key] ?? check.key,
                  {
                    amount: check.amount,
                    difference: Math.abs(check.difference),
                    accounts: check.accounts?.join(check.key.endsWith('control') ? ' + ' : ', '),
                    count: check.difference,
                    lockedOn: check.lock && dayInOslo(check.lock.recordedAt),
                  },
                  locale,
                )}
              </li>
            ))}
        </ul>
      )}
      <a href={verify}>{t.verify}</a>
      <div class="hb-proof-meta">
        <span>
          {head.atVersion === head.ledgerVersion
            ? fill(t.version, { version }, locale)
            : fill(t.versionOf, { version, newest }, locale)}
        </span>
        <Seals c={c} seals={seals} />
        {changes && (
          <a class="hb-no-print" href={changesAddress(c, head, changes)}>
            {head.atVersion === head.ledgerVersion
              ? t.changed
              : counted(head.ledgerVersion - head.atVersion, t.changedSince, locale)}
          </a>
        )}
        {head.chainHead && (
          <span title={head.chainHead}>
            {t.chainHead} <span class="hb-code">{shortHash(head.chainHead)}</span>
          </span>
        )}
        <span>{fill(t.fetched, { at: moment(new Date().toISOString()), name }, locale)}</span>
        <span>{accounts === undefined ? filters : `${counted(accounts, t.accounts, locale)}, ${filters}`}</span>
      </div>
    </section>
  )
}

/** What came after the version shown; of the newest version, the page asks since when. */
function changesAddress(c: Page, head: Props['head'], narrowed: NonNullable<Props['changes']>): string {
  const given = Object.entries({
    ...narrowed,
    fromDate: head.fromDate,
    toDate: head.toDate,
    ...(head.atVersion < head.ledgerVersion && { since: String(head.atVersion) }),
  }).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return companyPath(c.var.access, `/reports/changes?${new URLSearchParams(given)}`)
}

/** The locks under the report: what differs from its seal, and the newest that holds. Earlier ones that hold are folded away. */
function Seals({ c, seals }: { c: Page; seals: readonly Seal[] }) {
  const holding = seals.filter(({ agrees }) => agrees)
  const earlier = holding.slice(0, -1)
  return (
    <>
      {[...seals.filter(({ agrees }) => !agrees), ...holding.slice(-1)].map((seal) => (
        <SealLine c={c} seal={seal} />
      ))}
      {earlier.length > 0 && (
        <details class="hb-no-print">
          <summary>{counted(earlier.length, textsOf(c).reports.proof.earlierSeals, c.var.locale)}</summary>
          {earlier.map((seal) => (
            <SealLine c={c} seal={seal} />
          ))}
        </details>
      )}
    </>
  )
}

/** Whether the report still shows what a lock sealed, with the way to what came since. */
function SealLine({ c, seal }: { c: Page; seal: Seal }) {
  const t = textsOf(c).reports.proof
  return (
    <span data-broken={seal.agrees ? undefined : true} title={seal.hash}>
      <Icon name={seal.agrees ? 'lock' : 'warning'} />{' '}
      <a href={companyPath(c.var.access, `/periods/locks/${seal.lock}`)}>
        {fill(
          seal.agrees ? t.sealAgrees : t.sealDiffers,
          {
            from: seal.fromMonth,
            to: seal.fromMonth === seal.toMonth ? null : seal.toMonth,
            at: moment(seal.recordedAt),
          },
          c.var.locale,
        )}
      </a>
    </span>
  )
}

export const shortHash = (hash: string): string => `${hash.slice(0, 4)} ${hash.slice(4, 8)} … ${hash.slice(-4)}`
