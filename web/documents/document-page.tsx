import { fill, moment, voucherName } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { readNames } from '#worker/access/user-store.ts'
import { Problem } from '#worker/core/problem.ts'
import { rejectDocument } from '#worker/documents/change-rejection.ts'
import { Rejection } from '#worker/documents/document.ts'
import { logReading } from '#worker/documents/keep-reading.ts'
import { type KeptDocument, readDocument, readDocumentLog } from '#worker/documents/store.ts'
import { makeDraft } from '#worker/drafts/make-draft.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { today } from '../day-field.tsx'
import { ErrorSummary, faultsOf, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { Icon } from '../icon.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { fileName, Viewer } from './viewer.tsx'

/** A document: what it shows, the vouchers that rest on it, and all that happened to it. @throws Problem 404 document/unknown. */
export async function documentPage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.documents
  const { db, access, control, locale } = c.var
  const name = pathText(c, 'document')
  const document = await readDocument(db, name)
  if (!document) throw new Problem(404, 'document/unknown', { params: { document: name } })
  await logReading(c, document)
  const log = await readDocumentLog(db, document.stamp)
  const names = await readNames(control, [...new Set(log.map((line) => line.by))])
  const nameOf = (by: string) => names.get(by) ?? (by === 'operator' ? t.vouchers.page.operator : by)
  const vouchers = new Map(document.vouchers.map((v) => [v.id, voucherName(v)]))
  const title = fill(words.stampNamed, { stamp: String(document.stamp) }, locale)
  const mayPost = mayDo(access, 'ledger:post') && document.status !== 'rejected'
  return page(
    c,
    {
      title,
      area: 'documents',
      layout: 'split',
      status: (tried?.problem.status as 422 | undefined) ?? 200,
      keys: [...(mayPost ? [['N', t.shell.keys.newVoucher] as const] : []), ['Esc', t.shell.keys.back]],
    },
    <>
      <section>
        <div class="hb-head">
          <div>
            <h1>{title}</h1>
            <p>{fileName(c, document)}</p>
          </div>
          <div class="hb-actions">
            {mayPost && (
              <form method="post" action={companyPath(access, `/documents/${document.stamp}/draft`)}>
                <button class="ds-button" type="submit" data-key="N">
                  {words.page.post} <kbd>N</kbd>
                </button>
              </form>
            )}
          </div>
        </div>
        {document.rejectedReason && (
          <div class="hb-notices">
            <p class="hb-notice" data-level="warning">
              {fill(words.page.rejected, { reason: document.rejectedReason }, locale)}
            </p>
          </div>
        )}
        <Viewer c={c} document={document} />
      </section>
      <aside class="hb-aside" data-narrow>
        <section>
          <h2>{words.page.vouchers}</h2>
          {document.vouchers.length === 0 ? (
            <p class="hb-quiet">{words.page.none}</p>
          ) : (
            <ul class="hb-links">
              {document.vouchers.map((v) => (
                <li>
                  <a href={companyPath(access, `/vouchers/${v.id}`)}>{voucherName(v)}</a>
                  {v.reversed && <span class="hb-chip">{words.page.reversed}</span>}
                </li>
              ))}
            </ul>
          )}
        </section>
        <section>
          <h2>{words.page.log}</h2>
          <ol class="hb-trail">
            {log.map((line) => (
              <li>
                <time datetime={line.recordedAt}>{moment(line.recordedAt)}</time>
                <span>
                  {fill(
                    words.page.what[line.what],
                    { name: nameOf(line.by), voucher: vouchers.get(line.voucher ?? '') ?? '' },
                    locale,
                  )}
                  {line.reason && <small>{fill(words.page.reason, { reason: line.reason }, locale)}</small>}
                </span>
              </li>
            ))}
          </ol>
        </section>
        <section>
          <h2>{words.page.details}</h2>
          <dl class="hb-pairs">
            <div>
              <dt>{words.column.kind}</dt>
              <dd>{words.kinds[document.mediaType]}</dd>
            </div>
            <div>
              <dt>{words.page.size}</dt>
              <dd>{fill(words.kilobytes, { size: String(Math.max(1, Math.ceil(document.size / 1000))) }, locale)}</dd>
            </div>
            <div>
              <dt>{words.page.sha256}</dt>
              <dd class="hb-hash">{document.sha256}</dd>
            </div>
            <div>
              <dt>{words.page.id}</dt>
              <dd class="hb-hash">{document.id}</dd>
            </div>
          </dl>
        </section>
        {mayDo(access, 'document:write') && <Rejecting c={c} document={document} tried={tried} />}
      </aside>
      <a href={companyPath(access, '/documents')} data-key="Escape" hidden>
        {words.page.back}
      </a>
    </>,
  )
}

function Rejecting({ c, document, tried }: { c: Page; document: KeptDocument; tried: Tried | undefined }) {
  const words = textsOf(c).documents.page
  const own = companyPath(c.var.access, `/documents/${document.stamp}`)
  if (document.status === 'attached') return null
  if (document.status === 'rejected')
    return (
      <section>
        <form method="post" action={`${own}/restoration`}>
          <input type="hidden" name="version" value={String(document.version)} />
          <button class="ds-button" data-variant="secondary" type="submit">
            {words.restore}
          </button>
        </form>
      </section>
    )
  return (
    <section>
      <h2>{words.reject}</h2>
      <p>{words.rejectNote}</p>
      <form class="hb-form" method="post" action={`${own}/rejection`}>
        <ErrorSummary c={c} tried={tried} fields={['reason']} />
        <input type="hidden" name="version" value={String(document.version)} />
        <TextField
          label={words.rejectReason}
          name="reason"
          value={tried?.fields.reason}
          faults={faultsOf(tried, c.var.locale)}
          maxlength={255}
          required
        />
        <div class="hb-form-actions">
          <button class="ds-button" data-variant="secondary" type="submit">
            <Icon name="error" />
            {words.rejectSubmit}
          </button>
        </div>
      </form>
    </section>
  )
}

const change = (c: Page, reasonOf: (reason: string | undefined) => string | null) =>
  readForm(c).then((fields) =>
    tryForm(
      fields,
      async () => {
        const version = /^\d+$/.test(fields.version ?? '') ? Number(fields.version) : undefined
        const name = pathText(c, 'document')
        await rejectDocument(actingOf(c), name, reasonOf(fields.reason), version)
        return c.redirect(companyPath(c.var.access, `/documents/${name}`), 303)
      },
      (tried) => documentPage(c, tried),
    ),
  )

export const submitRejection = (c: Page): Promise<Response> =>
  change(c, (reason = '') => parse({ reason }, Rejection).reason)
export const submitRestoration = (c: Page): Promise<Response> => change(c, () => null)

/** Begins a voucher on the document: entry opens with it beside the lines. */
export async function submitDocumentDraft(c: Page): Promise<Response> {
  const { db, access } = c.var
  const document = await readDocument(db, pathText(c, 'document'))
  if (!document) throw new Problem(404, 'document/unknown', { params: { document: pathText(c, 'document') } })
  const draft = await makeDraft(actingOf(c), {
    type: 'incoming-invoice',
    voucherDate: today(),
    documents: [document.id],
  })
  return c.redirect(companyPath(access, `/vouchers/new?draft=${draft}`), 303)
}
