import { day, fill, kroner, moment, voucherName, whole } from '#i18n/format.ts'
import { readNames } from '#worker/access/user-store.ts'
import { readVoucherTypes } from '#worker/chart/store.ts'
import { pathText } from '#worker/http/accept.ts'
import type { LateVoucher } from '#worker/periods/period-lock.ts'
import type { AccountDifference } from '#worker/periods/store.ts'
import { readLock } from '#worker/periods/verify-locks.ts'
import { Icon } from '../icon.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { shortHash } from '../reports/proof-footer.tsx'
import { companyPath } from '../shell.tsx'
import { scopeText } from './lock-scope.tsx'
import { rangeOf } from './periods-page.tsx'

/** Vouchers told in a list; the sums are of all. */
const MOST = 200

/**
 * A lock or an opening: whether its period still gives its hash, which vouchers came between the seal before and this one, which
 * came since, and what both are by account. @throws Problem 404 period/lock-unknown.
 */
export async function lockPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.years.lock
  const { db, access, locale, control } = c.var
  const lock = await readLock(db, access.id, pathText(c, 'lock'))
  const types = await readVoucherTypes(db)
  const late = [...(lock.differences ?? []), ...lock.since]
  const names = await readNames(control, [...new Set([lock.by, ...late.map((v) => v.by)])])
  const nameOf = (by: string) => names.get(by) ?? (by === 'operator' ? t.shell.person.operator : by)
  const range = rangeOf(lock, t.registers.periods.range, locale)
  const title = fill(lock.level === 'open' ? words.opened : words.title, { range }, locale)
  return page(
    c,
    { title, area: 'periods', keys: [['Esc', t.shell.keys.back]] },
    <>
      <div class="hb-head">
        <div>
          <h1>{title}</h1>
          <p>
            {moment(lock.recordedAt)} · {nameOf(lock.by)} · {t.registers.periods.levels[lock.level]}
          </p>
        </div>
      </div>
      <div class="hb-notices">
        <div class="hb-notice" data-level={lock.agrees ? 'done' : 'warning'} role="status">
          <p>
            <Icon name={lock.agrees ? 'check' : 'warning'} /> {lock.agrees ? words.agrees : words.differs}
          </p>
        </div>
      </div>
      <dl class="hb-pairs">
        <div>
          <dt>{words.reason}</dt>
          <dd>{lock.reason}</dd>
        </div>
        <div>
          <dt>{words.scope}</dt>
          <dd>{scopeText(c, lock.scope, types)}</dd>
        </div>
        <div>
          <dt>{t.registers.periods.column.seal}</dt>
          <dd title={lock.hash}>
            <span class="hb-code">{shortHash(lock.hash)}</span>{' '}
            {fill(t.registers.periods.atVersion, { version: whole(lock.ledgerVersion, locale) }, locale)}
          </dd>
        </div>
      </dl>
      <Part
        c={c}
        title={words.before}
        vouchers={lock.differences}
        accounts={lock.differenceByAccount}
        nameOf={nameOf}
        never={words.noneBefore}
      />
      <Part c={c} title={words.since} vouchers={lock.since} accounts={lock.sinceByAccount} nameOf={nameOf} />
      <a href={companyPath(access, '/periods')} data-key="Escape" hidden>
        {t.registers.periods.title}
      </a>
    </>,
  )
}

type PartProps = {
  c: Page
  title: string
  vouchers: readonly LateVoucher[] | null
  accounts: readonly AccountDifference[] | null
  nameOf: (by: string) => string
  never?: string
}

function Part({ c, title, vouchers, accounts, nameOf, never }: PartProps) {
  const words = textsOf(c).years.lock
  const { column } = words
  const { access, locale } = c.var
  return (
    <section class="hb-section">
      <div class="hb-section-head">
        <h2>{title}</h2>
      </div>
      {!vouchers || vouchers.length === 0 ? (
        <p class="hb-quiet">{vouchers ? words.none : never}</p>
      ) : (
        <>
          <table class="hb-table" data-list>
            <thead>
              <tr>
                <th>{column.voucher}</th>
                <th>{column.date}</th>
                <th>{column.text}</th>
                <th>{column.by}</th>
                <th>{column.at}</th>
              </tr>
            </thead>
            <tbody>
              {vouchers.slice(0, MOST).map((v) => (
                <tr>
                  <td class="hb-nowrap">
                    <a class="hb-opens" href={companyPath(access, `/vouchers/${v.id}`)}>
                      {voucherName(v)}
                    </a>
                  </td>
                  <td class="hb-date" data-line="2">
                    {day(v.voucherDate)}
                  </td>
                  <td class="hb-clip" data-line="2">
                    {v.text}
                  </td>
                  <td class="hb-only-wide">{nameOf(v.by)}</td>
                  <td class="hb-only-wide hb-nowrap">{moment(v.recordedAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <h3>{words.byAccount}</h3>
          <table class="hb-table" data-list>
            <thead>
              <tr>
                <th>{column.account}</th>
                <th class="hb-num">{column.debit}</th>
                <th class="hb-num">{column.credit}</th>
                <th class="hb-num">{column.amount}</th>
              </tr>
            </thead>
            <tbody>
              {accounts!.map((a) => (
                <tr>
                  <td>
                    <a
                      class="hb-opens"
                      href={companyPath(access, `/general-ledger?account=${encodeURIComponent(a.account)}`)}
                    >
                      {a.account}
                    </a>
                  </td>
                  <td class="hb-num hb-only-wide">{a.debit !== 0 && kroner(a.debit, locale)}</td>
                  <td class="hb-num hb-only-wide">{a.credit !== 0 && kroner(a.credit, locale)}</td>
                  <td class="hb-num">{kroner(a.amount, locale)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  )
}
