import { fill } from '#i18n/format.ts'
import { type Document, isShown } from '#worker/documents/document.ts'
import { Icon } from '../icon.tsx'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

type Shown = Pick<Document, 'id' | 'stamp' | 'fileName' | 'mediaType'>

/** What the file chooser offers. */
export const FILE_TYPES = '.pdf,.png,.jpg,.jpeg,.webp,.tif,.tiff,.xml'

export const contentPath = (c: Page, document: Pick<Document, 'id'>): string =>
  `/api/v1${companyPath(c.var.access, `/documents/${document.id}/content`)}`

export const fileName = (c: Page, { fileName }: Pick<Document, 'fileName'>): string =>
  fileName ?? textsOf(c).documents.unnamed

/** The document as the browser shows it: an image as one, a PDF and XML in a frame of their own, which runs nothing of ours. */
export function Viewer({ c, document }: { c: Page; document: Shown }) {
  const words = textsOf(c).documents
  const source = contentPath(c, document)
  const name = `${fill(words.stampNamed, { stamp: String(document.stamp) }, c.var.locale)}: ${fileName(c, document)}`
  return (
    <figure class="hb-document" data-document={document.id}>
      {!isShown(document.mediaType) ? (
        <p class="hb-quiet">{words.notShown}</p>
      ) : document.mediaType.startsWith('image/') ? (
        <a href={source} target="_blank" rel="noopener" aria-label={`${name} – ${words.open}`}>
          <img src={source} alt={name} loading="lazy" />
        </a>
      ) : (
        // The browser's own reader, as wide as the page and without its list of pages.
        <iframe src={`${source}#navpanes=0&view=FitH`} title={name} loading="lazy" />
      )}
      <figcaption>
        <a href={companyPath(c.var.access, `/documents/${document.stamp}`)}>
          <Icon name="file" />
          {name}
        </a>
        <a href={source} target="_blank" rel="noopener">
          {words.open}
        </a>
        <a href={`${source}?download=1`}>{words.download}</a>
      </figcaption>
    </figure>
  )
}

/** Takes files by dropping or choosing. With a voucher they are attached to it; then the page is read again. */
export function UploadForm({ c, voucher }: { c: Page; voucher?: string }) {
  const words = textsOf(c).documents.upload
  const { access } = c.var
  return (
    <>
      <form
        class="hb-drop hb-no-print"
        data-document-upload
        data-to={`/api/v1${companyPath(access, '/documents')}`}
        data-attach={voucher && `/api/v1${companyPath(access, `/vouchers/${voucher}/documents`)}`}
        data-sending={words.sending}
        data-done={words.done}
        data-replayed={words.replayed}
        data-lost={words.lost}
        aria-label={words.label}
      >
        <div class="hb-drop-choice">
          <span class="hb-strong">{voucher ? words.attachDrop : words.drop}</span>
          <input
            class="hb-spoken"
            type="file"
            id="document-file"
            multiple
            accept={FILE_TYPES}
            aria-label={words.choose}
          />
          <label class="ds-button" data-variant="secondary" for="document-file">
            <Icon name="plus" />
            {words.choose}
          </label>
          <small class="hb-quiet">{words.note}</small>
        </div>
        <ul class="hb-told" role="status" />
      </form>
      <noscript>
        <p class="hb-notice">{words.noScript}</p>
      </noscript>
    </>
  )
}
