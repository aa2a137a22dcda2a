import { counted, fill, moment } from '#i18n/format.ts'
import { withText } from '#i18n/problem-text.ts'
import { registerName, sheetToldText } from '#i18n/sheet-import-text.ts'
import { mayDo } from '#worker/access/permission.ts'
import { readNames } from '#worker/access/user-store.ts'
import { readSheetImport } from '#worker/imports/store.ts'
import type { SheetReceipt } from '#worker/imports/try-import.ts'
import type { ImportJob } from '#worker/saft/store.ts'
import { ErrorSummary, type Tried } from '../fields.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { RowTable } from './row-table.tsx'

/** What came of a sheet, for ever: each row, the file's fingerprint, who and when. It can be undone here. */
export async function sheetReceiptPage(c: Page, job: ImportJob, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.imports.receipt
  const { locale, access, db, control } = c.var
  const receipt = job.receipt as SheetReceipt
  const kept = await readSheetImport(db, job.id)
  const names = await readNames(control, [job.by, ...(kept?.undoneBy ? [kept.undoneBy] : [])])
  const who = (by: string) => names.get(by) ?? t.shell.person.operator
  const undone = kept?.state === 'undone'
  const what = registerName(job.kind, locale)
  const goal = goalOf(job.kind, kept?.choices.options ?? {})
  return page(
    c,
    {
      title: fill(words.title, { what }, locale),
      area: 'imports',
      layout: 'report',
      status: (tried?.problem.status as 422 | undefined) ?? 200,
      keys: [['Esc', t.shell.keys.back]],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{undone ? words.undone : fill(words.title, { what: what.toLowerCase() }, locale)}</h1>
          <p>
            {(['new', 'changed', 'unchanged', 'passedOver'] as const)
              .filter((status) => receipt.counts[status] > 0)
              .map((status) => counted(receipt.counts[status], words.counts[status], locale))
              .join(', ')}
          </p>
        </div>
        <div class="hb-actions">
          <a class="ds-button" data-variant="tertiary" href={companyPath(access, '/imports')} data-key="Escape">
            {words.all}
          </a>
          {!undone && (
            <a class="ds-button" href={companyPath(access, goal)}>
              {words.open}
            </a>
          )}
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={tried} />
        {undone && (
          <p class="hb-notice" data-level="warning">
            {fill(words.undoneNote, { at: moment(kept.undoneAt!), name: who(kept.undoneBy!) }, locale)}
          </p>
        )}
        {receipt.told.length > 0 && (
          <ul class="hb-notice">
            {receipt.told.map((s) => (
              <li>{sheetToldText(s, locale)}</li>
            ))}
          </ul>
        )}
      </div>
      <RowTable
        c={c}
        statuses={words.statuses}
        rows={receipt.rows.map((row) => ({ ...row, issues: row.issues.map((issue) => withText(issue, locale)) }))}
      />
      {!undone && mayDo(access, 'import:run') && (
        <form class="hb-form hb-section" method="post" action={companyPath(access, `/imports/${job.id}/undo`)}>
          <div class="hb-form-actions">
            <button class="ds-button" data-variant="secondary" type="submit">
              {words.undo}
            </button>
            <span class="hb-quiet">{words.undoNote}</span>
          </div>
        </form>
      )}
      <div class="hb-proof">
        <div class="hb-proof-meta hb-break">
          <span>{fill(words.readIn, { at: moment(job.recordedAt), name: who(job.by) }, locale)}</span>
          <span>
            {job.fileName} · {t.clients.create.proof.sha256} <span class="hb-code">{job.sha256}</span>
          </span>
        </div>
      </div>
    </>,
  )
}

/** Where what was brought in stands. */
function goalOf(kind: string, options: Readonly<Record<string, string>>): string {
  switch (kind) {
    case 'chart':
      return '/accounts'
    case 'customers':
    case 'suppliers':
      return '/parties'
    case 'dimensions':
      return `/dimensions/${options.dimension}`
    case 'balances':
    case 'open-items':
      return `/opening-balances/${options.date}`
    case 'old-ledger':
      return '/old-ledgers'
    case 'movements':
      return '/takeover/movements'
    case 'budget':
      return `/budgets/${options.budget}`
    default:
      return '/vouchers'
  }
}
