import { counted, day, fill, kroner, moment, month as monthText, whole } from '#i18n/format.ts'
import { type ToldCode, toldText } from '#i18n/import-text.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import { mayDo } from '#worker/access/permission.ts'
import { readNames } from '#worker/access/user-store.ts'
import { lastDay, type Month } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { reverseImport } from '#worker/imports/reverse-import.ts'
import { importContext } from '#worker/imports/routes.ts'
import { offBy } from '#worker/saft/proof.ts'
import { readImportJob } from '#worker/saft/store.ts'
import type { Told } from '#worker/saft/told-list.ts'
import { agreementOf, explainDifferences, finishImport, reopenImport } from '#worker/saft-switch/finish-import.ts'
import { Explanations, Finishing, Reopening } from '#worker/saft-switch/import-agreement.ts'
import { dayIn } from '../day-field.tsx'
import { ErrorSummary, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { Icon } from '../icon.tsx'
import { sheetReceiptPage } from '../imports/receipt-page.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { AgreementChecks, Explained, explanationsIn } from './agreement-parts.tsx'

/** Accounts of the proof shown; the rest stands in the trial balance. */
const SHOWN = 1_000
/** Explanations of all differences that a page shows, as they were and as they are, in letters that take six bytes each. */
const FORM_BYTES = 3_000_000

/**
 * What came of an import, for ever: whether every account and party agrees with the file, what does not, and what one should
 * know.
 * @throws Problem 404 import/unknown.
 */
export async function importPage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.clients.create.proof
  const { locale, access } = c.var
  const job = await readImportJob(c.var.db, pathText(c, 'import'))
  if (!job?.receipt) throw new Problem(404, 'import/unknown')
  if (job.kind === 'old-ledger' && !('rows' in (job.receipt as object)))
    return c.redirect(companyPath(access, `/old-ledgers/${job.id}`), 303)
  if (job.kind !== 'saft') return sheetReceiptPage(c, job, tried)
  const agreement = await agreementOf(c.var.db, job)
  const { receipt, agreed } = agreement
  const names = await readNames(
    c.var.control,
    [job.by, agreed?.by, job.undoneBy].flatMap((by) => by ?? []),
  )
  const nameOf = (by: string) => names.get(by) ?? t.shell.person.operator
  const who = nameOf(job.by)
  const { differences, told, counts, proof } = receipt
  const agrees = differences.length === 0
  const days = `?${new URLSearchParams({ fromDate: proof.fromDate, toDate: proof.toDate })}`
  return page(
    c,
    {
      title: agrees ? words.done : counted(differences.length, words.off, locale),
      layout: 'report',
      status: (tried?.problem.status as 422 | undefined) ?? 200,
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{agrees ? words.done : counted(differences.length, words.off, locale)}</h1>
          <p>{agrees ? words.doneNote : words.offNote}</p>
        </div>
        <div class="hb-actions">
          <a
            class="ds-button"
            data-variant="secondary"
            href={`/api/v1/companies/${access.id}/exports/imports/${job.id}/proof?format=pdf&language=${locale}`}
          >
            {takeoverTexts[locale].proofPdf}
          </a>
          <a class="ds-button" data-variant="secondary" href={companyPath(access, `/trial-balance${days}`)}>
            {words.trialBalance}
          </a>
          <a class="ds-button" href={companyPath(access, '/vouchers')}>
            {words.open}
          </a>
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={tried} />
        {agreed && (
          <p class="hb-notice" data-level="done">
            {fill(
              takeoverTexts[locale].agreement.finishedBy,
              { at: moment(agreed.at), name: nameOf(agreed.by) },
              locale,
            )}
            {agreement.cutOverDate &&
              ` ${fill(takeoverTexts[locale].agreement.cutOverFrom, { date: day(agreement.cutOverDate) }, locale)}`}
          </p>
        )}
      </div>
      {job.undoneAt ? (
        <p class="hb-notice" data-level="warning">
          {fill(
            takeoverTexts[locale].agreement.undone,
            { at: moment(job.undoneAt), name: nameOf(job.undoneBy!) },
            locale,
          )}
        </p>
      ) : (
        <>
          <AgreementChecks c={c} of={agreement} />
          <Explained c={c} of={agreement} tried={tried} />
        </>
      )}
      {told.length > 0 && (
        <div class="hb-notices hb-section">
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
        {proof.partyCount && (
          <Fact
            term={takeoverTexts[locale].agreement.partyCount}
            value={fill(takeoverTexts[locale].agreement.partyStated, proof.partyCount, locale)}
          />
        )}
        {receipt.openItems && <Fact term={words.openItems} value={fill(words.matched, receipt.openItems, locale)} />}
        <Fact term={words.period} value={`${day(proof.fromDate)}–${day(proof.toDate)}`} />
        <Fact term={words.version} value={[receipt.file.version, receipt.file.software].filter(Boolean).join(', ')} />
        <Fact term={words.ledgerVersion} value={whole(receipt.ledgerVersion, locale)} />
      </dl>
      <ProofTable
        c={c}
        what={words.account}
        rows={proof.accounts.map((row) => ({
          name: row.account,
          path: `/trial-balance${days}&account=${encodeURIComponent(row.account)}`,
          file: row.file?.closing ?? null,
          ours: row.ours.closing,
          difference: row.difference,
        }))}
      />
      <details class="hb-section">
        <summary>{takeoverTexts[locale].agreement.months}</summary>
        <ProofTable
          c={c}
          what={takeoverTexts[locale].agreement.months}
          rows={(proof.months ?? []).map((row) => ({
            name: monthText(row.month, locale),
            path: `/trial-balance?${new URLSearchParams({ fromDate: `${row.month}-01`, toDate: lastDay(row.month as Month) })}`,
            file: row.file,
            ours: row.ours,
            difference: offBy(row),
          }))}
        />
      </details>
      <details class="hb-section">
        <summary>{words.parties}</summary>
        <ProofTable
          c={c}
          what={words.parties}
          rows={proof.parties.map((row) => ({
            name: row.party,
            path: `/parties/${row.kind}/${encodeURIComponent(row.party)}`,
            file: row.file?.closing ?? null,
            ours: row.ours.closing,
            difference: row.difference,
          }))}
        />
      </details>
      {!job.undoneAt && !agreed && mayDo(access, 'import:run') && (
        <form class="hb-form hb-section" method="post" action={companyPath(access, `/imports/${job.id}/undo`)}>
          <div class="hb-form-actions">
            <button class="ds-button" data-variant="secondary" type="submit">
              {t.imports.receipt.undo}
            </button>
            <span class="hb-quiet">{takeoverTexts[locale].agreement.undoNote}</span>
          </div>
        </form>
      )}
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

type ProofRow = { name: string; path: string; file: number | null; ours: number; difference: number }

/** What differs first, then the rest in order. */
function ProofTable({ c, what, rows }: { c: Page; what: string; rows: readonly ProofRow[] }) {
  const words = textsOf(c).clients.create.proof
  const { locale, access } = c.var
  const ordered = [...rows.filter((row) => row.difference !== 0), ...rows.filter((row) => row.difference === 0)]
  return (
    <table class="hb-table hb-section" data-density="tight">
      <thead>
        <tr>
          <th>{what}</th>
          <th class="hb-num">{words.inFile}</th>
          <th class="hb-num">{words.here}</th>
          <th class="hb-num">{words.difference}</th>
        </tr>
      </thead>
      <tbody>
        {ordered.slice(0, SHOWN).map((row) => (
          <tr>
            <td class="hb-accno">
              <a class="hb-opens" href={companyPath(access, row.path)}>
                {row.name}
              </a>
            </td>
            <td class="hb-num">{row.file === null ? '' : kroner(row.file, locale)}</td>
            <td class="hb-num">{kroner(row.ours, locale)}</td>
            <td class={row.difference === 0 ? 'hb-num hb-faint' : 'hb-num hb-error-text'}>
              {row.difference === 0 ? <Icon name="check" label={kroner(0, locale)} /> : kroner(row.difference, locale)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What somebody should look at and settle, in the register it is about; the rest is only told. */
const TO_DECIDE: ReadonlySet<ToldCode> = new Set<ToldCode>([
  'account-made',
  'account-no-control',
  'dimension-made',
  'dimension-value-made',
  'opening-to-technical-party',
  'other-company',
  'party-missing',
  'party-not-kept',
  'party-other-name',
  'result-not-moved',
  'tax-code-unknown',
  'vat-line-not-found',
  'vat-not-registered',
])

/** Where what is told is settled. */
function settledIn({ code, params }: Told): string | undefined {
  if (code.startsWith('dimension')) return '/dimensions'
  if (code === 'result-not-moved') return `/years/${params.year}`
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

/** Takes an import back, of a sheet or of SAF-T. */
export async function submitImportUndo(c: Page): Promise<Response> {
  const id = pathText(c, 'import')
  return tryForm(
    {},
    async () => {
      await reverseImport(importContext(c), id)
      return c.redirect(companyPath(c.var.access, `/imports/${id}`), 303)
    },
    (tried) => importPage(c, tried),
  )
}

/** The day of the form; an empty field is no such day. @throws Problem 422 request/invalid for what is no day. */
const cutOverIn = (text: string | undefined): Finishing['cutOverDate'] =>
  parse(
    { cutOverDate: text === undefined ? undefined : text.trim() === '' ? 'none' : (dayIn(text) ?? text) },
    Finishing,
  ).cutOverDate

/** Keeps explanations, finishes the take-over, or takes it up again. */
export async function submitAgreement(c: Page): Promise<Response> {
  const fields = await readForm(c, FORM_BYTES)
  const id = pathText(c, 'import')
  return tryForm(
    fields,
    async () => {
      if (fields.deed === 'finish') await finishImport(actingOf(c), id, cutOverIn(fields.cutOverDate))
      else if (fields.deed === 'reopen')
        await reopenImport(actingOf(c), id, parse({ reason: fields.reason }, Reopening).reason)
      else
        await explainDifferences(
          actingOf(c),
          id,
          parse({ explanations: explanationsIn(fields) }, Explanations).explanations,
        )
      return c.redirect(companyPath(c.var.access, `/imports/${id}`), 303)
    },
    (tried) => importPage(c, tried),
  )
}
