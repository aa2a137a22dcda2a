import { counted, day, fill, kroner, moment, whole } from '#i18n/format.ts'
import { differenceText, type ToldCode, toldText } from '#i18n/import-text.ts'
import { readNames } from '#worker/access/user-store.ts'
import { Problem } from '#worker/core/problem.ts'
import { pathText } from '#worker/http/accept.ts'
import type { Receipt } from '#worker/saft/import-saft.ts'
import { readImportJob } from '#worker/saft/store.ts'
import type { Told } from '#worker/saft/told-list.ts'
import { Icon } from '../icon.tsx'
import { sheetReceiptPage } from '../imports/receipt-page.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** Accounts of the proof shown; the rest stands in the trial balance. */
const SHOWN = 1_000

/**
 * What came of an import, for ever: whether every account and party agrees with the file, what does not, and what one should
 * know.
 * @throws Problem 404 import/unknown.
 */
export async function importPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.clients.create.proof
  const { locale, access } = c.var
  const job = await readImportJob(c.var.db, pathText(c, 'import'))
  if (!job?.receipt) throw new Problem(404, 'import/unknown')
  if (job.kind === 'old-ledger' && !('rows' in (job.receipt as object)))
    return c.redirect(companyPath(access, `/old-ledgers/${job.id}`), 303)
  if (job.kind !== 'saft') return sheetReceiptPage(c, job)
  const receipt = job.receipt as Receipt
  const names = await readNames(c.var.control, [job.by])
  const who = names.get(job.by) ?? t.shell.person.operator
  const { differences, told, counts, proof } = receipt
  const agrees = differences.length === 0
  const days = `?${new URLSearchParams({ fromDate: proof.fromDate, toDate: proof.toDate })}`
  return page(
    c,
    { title: agrees ? words.done : counted(differences.length, words.off, locale), layout: 'report' },
    <>
      <div class="hb-head">
        <div>
          <h1>{agrees ? words.done : counted(differences.length, words.off, locale)}</h1>
          <p>{agrees ? words.doneNote : words.offNote}</p>
        </div>
        <div class="hb-actions">
          <a class="ds-button" data-variant="secondary" href={companyPath(access, `/trial-balance${days}`)}>
            {words.trialBalance}
          </a>
          <a class="ds-button" href={companyPath(access, '/vouchers')}>
            {words.open}
          </a>
        </div>
      </div>
      {(differences.length > 0 || told.length > 0) && (
        <div class="hb-notices">
          {differences.length > 0 && (
            <ul class="hb-notice" data-level="error">
              {differences.slice(0, SHOWN).map((d) => (
                <li>{differenceText(d.kind, wordsOf(d), locale)}</li>
              ))}
            </ul>
          )}
          <ToldOf
            c={c}
            told={told.filter(({ code }) => TO_DECIDE.has(code))}
            heading={words.toDecide}
            level="warning"
          />
          <ToldOf c={c} told={told.filter(({ code }) => !TO_DECIDE.has(code))} heading={words.toKnow} />
        </div>
      )}
      <dl class="hb-facts">
        <Fact term={words.vouchers} value={whole(counts.vouchers, locale)} />
        <Fact term={words.entries} value={whole(counts.entries, locale)} />
        <Fact term={words.accounts} value={whole(counts.accounts, locale)} />
        <Fact term={words.parties} value={whole(counts.customers + counts.suppliers, locale)} />
        {receipt.openItems && (
          <Fact
            term={words.openItems}
            value={fill(words.matched, { matches: receipt.openItems.matches, left: receipt.openItems.left }, locale)}
          />
        )}
        <Fact term={words.period} value={`${day(proof.fromDate)}–${day(proof.toDate)}`} />
        <Fact term={words.version} value={[receipt.file.version, receipt.file.software].filter(Boolean).join(', ')} />
        <Fact term={words.ledgerVersion} value={whole(receipt.ledgerVersion, locale)} />
      </dl>
      <table class="hb-table hb-section" data-density="tight">
        <thead>
          <tr>
            <th>{words.account}</th>
            <th class="hb-num">{words.inFile}</th>
            <th class="hb-num">{words.here}</th>
            <th class="hb-num">{words.difference}</th>
          </tr>
        </thead>
        <tbody>
          {proof.accounts.slice(0, SHOWN).map((row) => (
            <tr>
              <td class="hb-accno">
                <a
                  class="hb-opens"
                  href={companyPath(access, `/trial-balance${days}&account=${encodeURIComponent(row.account)}`)}
                >
                  {row.account}
                </a>
              </td>
              <td class="hb-num">{row.file ? kroner(row.file.closing, locale) : ''}</td>
              <td class="hb-num">{kroner(row.ours.closing, locale)}</td>
              <td class={row.difference === 0 ? 'hb-num hb-faint' : 'hb-num hb-error-text'}>
                {row.difference === 0 ? (
                  <Icon name="check" label={kroner(0, locale)} />
                ) : (
                  kroner(row.difference, locale)
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="hb-proof">
        <strong data-broken={agrees ? undefined : true}>
          <span class="hb-proof-mark" data-broken={agrees ? undefined : true} aria-hidden="true" />
          {agrees ? t.reports.proof.proven : t.reports.proof.notProven}
        </strong>
        <div class="hb-proof-meta hb-break">
          <span>{fill(words.readIn, { at: moment(job.recordedAt), name: who }, locale)}</span>
          <span>
            {job.fileName} · {words.sha256} <span class="hb-code">{receipt.file.sha256}</span>
          </span>
        </div>
      </div>
    </>,
  )
}

/** What somebody should look at and settle, in the register it is about; the rest is only told. */
const TO_DECIDE: ReadonlySet<ToldCode> = new Set<ToldCode>([
  'account-made',
  'account-no-control',
  'dimension-made',
  'dimension-value-made',
  'opening-to-technical-party',
  'party-missing',
  'party-not-kept',
  'tax-code-unknown',
  'vat-line-not-found',
  'vat-not-registered',
])

/** Where what is told is settled. */
function settledIn({ code, params }: Told): string | undefined {
  if (code.startsWith('dimension')) return '/dimensions'
  if (params.party) return `/parties/${params.kind}/${encodeURIComponent(String(params.party))}`
  return params.account ? `/accounts/${encodeURIComponent(String(params.account))}` : undefined
}

function ToldOf({ c, told, heading, level }: { c: Page; told: readonly Told[]; heading: string; level?: 'warning' }) {
  const { locale, access } = c.var
  if (told.length === 0) return null
  return (
    <div class="hb-notice" data-level={level}>
      <h2>{heading}</h2>
      <ul>
        {told.map((one) => {
          const text = toldText(one.code, one.params, locale)
          const goal = settledIn(one)
          return (
            <li>
              {goal ? <a href={companyPath(access, goal)}>{text}</a> : text}
              {one.count > 1 && <span class="hb-faint"> ×{whole(one.count, locale)}</span>}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

const Fact = ({ term, value }: { term: string; value: string }) => (
  <div>
    <dt>{term}</dt>
    <dd>{value}</dd>
  </div>
)

const wordsOf = (d: object): Record<string, string | number> =>
  Object.fromEntries(Object.entries(d).filter(([name]) => name !== 'kind')) as Record<string, string | number>
