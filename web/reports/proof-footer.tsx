import { counted, fill, moment, whole } from '#i18n/format.ts'
import type { ReportHead } from '#worker/reports/report-head.ts'
import { readSeals, type Seal } from '#worker/reports/seals.ts'
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
  /** Accounts in the report, where that is what it counts. */
  accounts?: number
  filters: string
  /** Where the same report can be had with its hash, to check it without us. */
  verify: string
}

/** Under every report: whether it is proved, by what, and the state of the ledger it was drawn from. What fails comes first. */
export function ProofFooter({ c, head, checks: all, accounts, filters, verify }: Props) {
  // The seals of locked months are told with their locks, below.
  const checks = all.filter(({ key }) => key !== 'period-seal')
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
        <p>{t.filtered}</p>
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
                    lockedOn: check.lock?.recordedAt.slice(0, 10),
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
        <Seals c={c} head={head} />
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

/** The locks under the report: whether it still shows what each sealed, with the way to what came since. */
async function Seals({ c, head }: Pick<Props, 'c' | 'head'>) {
  const t = textsOf(c).reports.proof
  const { locale, access, db } = c.var
  const seals = head.seals ?? (head.sealed !== false ? await readSeals(db, head) : [])
  return (
    <>
      {seals.map((seal) => (
        <span data-broken={seal.agrees ? undefined : true} title={seal.hash}>
          <Icon name={seal.agrees ? 'lock' : 'warning'} />{' '}
          <a href={companyPath(access, `/periods/locks/${seal.lock}`)}>
            {fill(
              seal.agrees ? t.sealAgrees : t.sealDiffers,
              {
                from: seal.fromMonth,
                to: seal.fromMonth === seal.toMonth ? null : seal.toMonth,
                at: moment(seal.recordedAt),
              },
              locale,
            )}
          </a>
        </span>
      ))}
    </>
  )
}

export const shortHash = (hash: string): string => `${hash.slice(0, 4)} ${hash.slice(4, 8)} … ${hash.slice(-4)}`
