import { moment } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { readNames } from '#worker/access/user-store.ts'
import { addComment, readComments } from '#worker/comments/add-comment.ts'
import { type Comment, NewComment } from '#worker/comments/comment.ts'
import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { addDocuments } from '#worker/documents/add-documents.ts'
import { type KeptDocument, readDocument, readVoucherDocuments } from '#worker/documents/store.ts'
import { makeCorrection } from '#worker/drafts/make-correction.ts'
import { makeDraft } from '#worker/drafts/make-draft.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { copyOf } from '#worker/ledger/copy-draft.ts'
import { readVoucher, type VoucherWithEntries } from '#worker/ledger/read-voucher.ts'
import { today } from '../day-field.tsx'
import { UploadForm, Viewer } from '../documents/viewer.tsx'
import { ErrorSummary, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { voucherPage } from './voucher-page.tsx'

/** What lies beside a voucher's lines: its documents and what was said of it. */
export type Beside = { documents: KeptDocument[]; comments: Comment[]; names: ReadonlyMap<string, string> }

export async function readBeside(c: Page, voucher: VoucherWithEntries): Promise<Beside> {
  const { db, control, access } = c.var
  const [documents, comments] = await Promise.all([
    mayDo(access, 'document:read') ? readVoucherDocuments(db, voucher.ledgerVersion) : [],
    readComments(db, voucher.ledgerVersion),
  ])
  const names = comments.length > 0 ? await readNames(control, [...new Set(comments.map((one) => one.by))]) : new Map()
  return { documents, comments, names }
}

type Props = { c: Page; voucher: VoucherWithEntries; beside: Beside; tried: Tried | undefined }

/** The documents as they look, and a place to drop more. */
export function Documents({ c, voucher, beside, tried }: Props) {
  const words = textsOf(c).documents.voucher
  const { access } = c.var
  if (!mayDo(access, 'document:read')) return null
  return (
    <section class="hb-no-print" id="documents">
      <h2>
        {words.title} {beside.documents.length > 0 && <span class="hb-count">{beside.documents.length}</span>}
      </h2>
      {beside.documents.map((document) => (
        <Viewer c={c} document={document} />
      ))}
      {beside.documents.length === 0 && <p class="hb-quiet">{words.none}</p>}
      {mayDo(access, 'document:write') && (
        <>
          <UploadForm c={c} voucher={voucher.id} />
          <details open={tried !== undefined}>
            <summary>{words.addByStamp}</summary>
            <ErrorSummary c={c} tried={tried} />
            <form class="hb-form" method="post" action={companyPath(access, `/vouchers/${voucher.id}/documents`)}>
              <TextField label={words.stamp} name="stamp" value={tried?.fields.stamp} inputmode="numeric" required />
              <div class="hb-form-actions">
                <button class="ds-button" data-variant="secondary" type="submit">
                  {words.add}
                </button>
              </div>
            </form>
          </details>
        </>
      )}
    </section>
  )
}

/** What was said, oldest first, and a field to say more. Nothing said is taken back. */
export function Comments({ c, voucher, beside }: Omit<Props, 'tried'>) {
  const t = textsOf(c)
  const words = t.vouchers.comments
  const { access } = c.var
  const mayWrite = mayDo(access, 'voucher:comment')
  if (beside.comments.length === 0 && !mayWrite) return null
  return (
    <section id="comments">
      <h2>
        {words.title} {beside.comments.length > 0 && <span class="hb-count">{beside.comments.length}</span>}
      </h2>
      {beside.comments.length > 0 && (
        <ol class="hb-trail">
          {beside.comments.map((one) => (
            <li>
              <time datetime={one.recordedAt}>{moment(one.recordedAt)}</time>
              <span>
                {beside.names.get(one.by) ?? (one.by === 'operator' ? t.vouchers.page.operator : one.by)}
                <small class="hb-said">{one.text}</small>
              </span>
            </li>
          ))}
        </ol>
      )}
      {mayWrite && (
        <form
          class="hb-form hb-no-print"
          method="post"
          action={companyPath(access, `/vouchers/${voucher.id}/comments`)}
        >
          <input type="hidden" name="id" value={idOf('cmt', crypto.getRandomValues(new Uint8Array(17)))} />
          <div class="ds-field">
            <label class="ds-label" for="comment-text">
              {words.label}
            </label>
            <textarea
              class="ds-input"
              id="comment-text"
              name="text"
              rows={2}
              maxlength={2000}
              required
              aria-describedby="comment-help"
            />
            <small id="comment-help">{words.help}</small>
          </div>
          <div class="hb-form-actions">
            <button class="ds-button" data-variant="secondary" type="submit">
              {words.submit}
            </button>
          </div>
        </form>
      )}
    </section>
  )
}

async function voucherOf(c: Page): Promise<VoucherWithEntries> {
  const voucher = await readVoucher(c.var.db, pathText(c, 'voucher'))
  if (!voucher) throw new Problem(404, 'voucher/unknown')
  return voucher
}

export async function submitComment(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const voucher = await voucherOf(c)
  const { id, text = '' } = fields
  if (text !== '') await addComment(actingOf(c), voucher, parse({ ...(id && { id }), text }, NewComment))
  return c.redirect(companyPath(c.var.access, `/vouchers/${voucher.id}#comments`), 303)
}

export async function submitAttachment(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const voucher = await voucherOf(c)
  const again = (problem: Problem) => voucherPage(c, undefined, { fields, problem })
  return tryForm(
    fields,
    async () => {
      const stamp = fields.stamp?.replace(/^#|\s/g, '') ?? ''
      const document = /^\d{1,15}$/.test(stamp) ? await readDocument(c.var.db, stamp) : undefined
      if (!document) return again(new Problem(422, 'document/unknown', { params: { document: stamp } }))
      await addDocuments(actingOf(c), voucher, [document.id])
      return c.redirect(companyPath(c.var.access, `/vouchers/${voucher.id}#documents`), 303)
    },
    ({ problem }) => again(problem),
  )
}

/** A draft with the voucher's lines, to be posted as another. */
export async function submitCopy(c: Page): Promise<Response> {
  const voucher = await voucherOf(c)
  const draft = await makeDraft(actingOf(c), copyOf(voucher, 'vch_', today()))
  return c.redirect(companyPath(c.var.access, `/vouchers/new?draft=${draft}`), 303)
}

/** The draft that puts the voucher right, in the grid; of one that is reversed already, its page. */
export async function submitCorrection(c: Page): Promise<Response> {
  const of = pathText(c, 'voucher')
  const draft = await makeCorrection(actingOf(c), of)
  return c.redirect(companyPath(c.var.access, draft ? `/vouchers/new?draft=${draft}` : `/vouchers/${of}`), 303)
}
