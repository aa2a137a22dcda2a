import { type EntryKey, entryText } from '#i18n/entry-text.ts'
import { mayDo, mayPassSoftLock } from '#worker/access/permission.ts'
import { type KeptDocument, readDocument, readWaiting } from '#worker/documents/store.ts'
import { HEADER } from '#worker/drafts/draft-row.ts'
import { readDraft } from '#worker/drafts/store.ts'
import { FILE_TYPES, Viewer } from '../documents/viewer.tsx'
import { Icon } from '../icon.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** Voucher entry: the frame of the page. `web/islands/voucher-grid.ts` fills it with the grid, and keeps the draft. */
export async function newVoucherPage(c: Page): Promise<Response> {
  const { locale, access, principal } = c.var
  const t = (key: EntryKey) => entryText(locale, key)
  const { correction } = textsOf(c).vouchers
  const mayRead = mayDo(access, 'document:read')
  const [beside, waiting] = await Promise.all([
    mayRead ? documentsOf(c) : [],
    mayRead ? readWaiting(c.var.db) : { count: 0, next: null },
  ])
  return page(
    c,
    {
      title: t('pageTitle'),
      area: 'vouchers',
      keys: [
        ['Ctrl Enter', t('keyRest')],
        ['−', t('keySupplier')],
        ['Alt Enter', t('keyFix')],
        ['F8', t('keyNextError')],
      ],
      styles: ['voucher-grid.css'],
      scripts: ['voucher-grid.js'],
    },
    <div
      class="hb-entry"
      id="entry"
      data-company={access.id}
      data-user={principal.id}
      data-name={principal.name}
      data-locale={locale}
      data-licence-key={c.env.HANDSONTABLE_LICENSE_KEY ?? 'non-commercial-and-evaluation'}
      data-role={access.role}
      data-soft-lock={mayPassSoftLock(access) ? 'yes' : 'no'}
      data-make={mayDo(access, 'register:write') ? 'yes' : 'no'}
      data-correct-heading={correction.heading}
      data-correct-lead={correction.lead}
      data-correct-done={correction.done}
      data-correct-reason={correction.reason}
      data-correct-post={correction.post}
      data-vouchers={companyPath(access, '/vouchers')}
    >
      <div class="hb-head">
        <div>
          <h1 id="entry-heading">{t('pageTitle')}</h1>
          <div class="hb-notices" id="entry-notices" role="status" />
          <p id="entry-lead">{t('lead')}</p>
          <div class="hb-notice" data-level="warning" role="status" id="entry-away" hidden />
          <p class="hb-people" id="draft-people" aria-live="polite" />
        </div>
        <div class="hb-actions">
          <a class="ds-button" data-variant="tertiary" href={companyPath(access, '/drafts')}>
            {t('drafts')}
          </a>
          <button class="ds-button" data-variant="secondary" type="button" id="dry-run">
            {t('dryRun')} <kbd>F9</kbd>
          </button>
          <button class="ds-button" type="button" id="post" aria-disabled="true" aria-describedby="cell-says">
            <span>{t('post')}</span> <kbd>Ctrl B</kbd>
          </button>
        </div>
      </div>
      <noscript>
        <div class="hb-notice" data-level="warning">
          {t('needsScript')}
        </div>
      </noscript>
      <aside
        class="hb-entry-beside"
        id="entry-beside"
        aria-label={textsOf(c).documents.entry.title}
        hidden={beside.length === 0}
      >
        <p class="hb-quiet">{textsOf(c).documents.entry.note}</p>
        {beside.map((document) => (
          <Viewer c={c} document={document} />
        ))}
      </aside>
      <div class="hb-entry-begin">
        <Modes c={c} fromDocument={beside.length > 0} waiting={waiting} />
        {mayRead && <Documents c={c} />}
      </div>
      <form class="hb-entry-head" id="entry-header" autocomplete="off">
        <Field name="type" label={t('type')} />
        <Field name="voucherDate" label={t('voucherDate')} help={t('dateHelp')} />
        <Field name="reversalDate" label={correction.date} hidden />
        <Field name="documentDate" label={t('documentDate')} help={t('documentDateHelp')} hidden />
        <Field name="text" label={t('text')} />
        <Field name="reason" label={t('reason')} hidden />
        <button class="ds-button" data-variant="tertiary" type="button" id="more-fields" aria-expanded="false">
          <Icon name="plus" />
          {t('moreFields')}
        </button>
      </form>
      <section class="hb-pasted" id="pasted" aria-live="polite" hidden />
      <div class="hb-find" id="find" role="search" hidden />
      <div class="hb-sheet" data-keys="own">
        <div id="voucher-grid">
          <p class="hb-quiet" id="grid-loading">
            {t('loading')}
          </p>
        </div>
      </div>
      <div class="hb-lines" id="lines" hidden />
      <div class="hb-rest" id="rest" />
      <div class="hb-entry-under">
        <div>
          <p class="hb-cell-says" id="cell-says" aria-live="polite" />
          <section id="issues" />
        </div>
        <section id="entries" class="hb-entries" aria-label={t('willBeBooked')}>
          <div class="hb-section-head">
            <h2>{t('willBeBooked')}</h2>
            <span class="hb-small hb-faint" id="tried">
              {t('whileYouType')}
            </span>
          </div>
          <div id="entry-table">
            <p class="hb-quiet">{t('nothingYet')}</p>
          </div>
        </section>
      </div>
    </div>,
  )
}

type ModesProps = { c: Page; fromDocument: boolean; waiting: { count: number; next: number | null } }

/** By hand, in currency, or from the document that has waited longest. */
function Modes({ c, fromDocument, waiting }: ModesProps) {
  const { locale, access } = c.var
  const t = (key: EntryKey, params = {}) => entryText(locale, key, params)
  return (
    <div class="hb-choices hb-entry-modes" role="group" aria-label={t('modes')}>
      <button type="button" id="mode-manual" aria-pressed="true">
        {t(fromDocument ? 'modeDocument' : 'modeManual')}
      </button>
      <button type="button" id="mode-currency" aria-pressed="false">
        {t('modeCurrency')} <kbd>Alt V</kbd>
      </button>
      {waiting.next !== null && (
        <form id="next-document" method="post" action={companyPath(access, `/documents/${waiting.next}/draft`)}>
          <button type="submit">
            {t(fromDocument ? 'modeNextDocument' : 'modeDocument')} <kbd>Alt J</kbd>{' '}
            <span class="hb-quiet">{t('waitingDocuments', { n: waiting.count })}</span>
          </button>
        </form>
      )}
    </div>
  )
}

/** Where documents are put on the voucher; `web/islands/voucher/documents-view.ts` does it. */
function Documents({ c }: { c: Page }) {
  const words = textsOf(c).documents
  return (
    <div
      class="hb-entry-documents"
      id="entry-documents"
      data-pages={companyPath(c.var.access, '/documents')}
      data-unnamed={words.unnamed}
      data-remove={words.entry.remove}
      data-sending={words.upload.sending}
      data-done={words.upload.done}
      data-replayed={words.upload.replayed}
      data-lost={words.upload.lost}
      data-waits={words.upload.waits}
    >
      <ul id="entry-attached" aria-label={words.entry.attached} />
      <input
        class="ds-input"
        type="text"
        id="entry-document"
        placeholder={words.entry.choose}
        aria-label={words.entry.choose}
        aria-describedby="entry-document-says"
        autocomplete="off"
        spellcheck={false}
      />
      {mayDo(c.var.access, 'document:write') && (
        <>
          <input
            class="hb-spoken"
            type="file"
            id="entry-file"
            multiple
            accept={FILE_TYPES}
            aria-label={words.upload.choose}
          />
          <label class="ds-button" data-variant="tertiary" for="entry-file">
            <Icon name="plus" />
            {words.entry.file}
          </label>
        </>
      )}
      <small id="entry-document-says" role="status" />
    </div>
  )
}

/** The documents that the draft one asks for is to be posted on. */
async function documentsOf(c: Page): Promise<KeptDocument[]> {
  const draft = c.req.query('draft')
  if (!draft) return []
  const found = await readDraft(c.var.db, draft, 0)
  const named = found?.rows.find((row) => row.key === HEADER)?.cells.documents
  if (typeof named !== 'string') return []
  const documents = await Promise.all(
    named
      .split(',')
      .slice(0, 20)
      .map((id) => readDocument(c.var.db, id)),
  )
  return documents.filter((document) => document !== undefined)
}

type FieldProps = { name: string; label: string; help?: string; hidden?: boolean }
const Field = ({ name, label, help, hidden }: FieldProps) => (
  <div class="ds-field" data-field={name} hidden={hidden}>
    <label class="ds-label" for={`entry-${name}`}>
      {label}
    </label>
    <input
      class="ds-input"
      type="text"
      id={`entry-${name}`}
      name={name}
      maxlength={255}
      spellcheck={name === 'text' || name === 'reason'}
      aria-describedby={`entry-${name}-says`}
    />
    <small id={`entry-${name}-says`} data-help={help}>
      {help}
    </small>
  </div>
)
