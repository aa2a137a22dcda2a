import { fill, moment, voucherName } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { readNames } from '#worker/access/user-store.ts'
import type { DocumentQuery, DocumentStatus } from '#worker/documents/document.ts'
import { countDocuments, type KeptDocument, readDocuments } from '#worker/documents/store.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { fileName, UploadForm } from './viewer.tsx'

const STATES: readonly DocumentStatus[] = ['unhandled', 'attached', 'rejected']
const PAGE = 100

/** What arrived, in the state asked for; unhandled unless told. Files are taken in by dropping them. */
export async function documentsPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.documents
  const { db, access, control } = c.var
  const asked = c.req.query()
  const text = asked.text?.trim() ?? ''
  const all = asked.status === 'all' || text !== ''
  const status = STATES.find((state) => state === asked.status) ?? (all ? undefined : 'unhandled')
  const query: DocumentQuery = {
    ...(status && { status }),
    ...searched(text),
    ...(/^\d{1,15}$/.test(asked.cursor ?? '') && { cursor: asked.cursor! }),
    limit: PAGE,
  }
  const [{ documents, cursor }, counts] = await Promise.all([readDocuments(db, query), countDocuments(db)])
  const names = await readNames(control, [...new Set(documents.map((d) => d.by))])
  const total = STATES.reduce((sum, state) => sum + counts[state], 0)
  return page(
    c,
    {
      title: words.title,
      area: 'documents',
      scripts: ['documents.js'],
      keys: [
        ['↑ ↓', t.shell.keys.move],
        ['Enter', t.shell.keys.open],
        ['/', t.shell.keys.search],
      ],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
        </div>
      </div>
      {mayDo(access, 'document:write') && <UploadForm c={c} />}
      <form class="hb-picks hb-no-print" method="get" role="search">
        <label class="hb-pick">
          {t.registers.search}
          <input type="search" name="text" value={text} placeholder={words.searchHint} data-search />
        </label>
        <div class="hb-choices">
          {STATES.map((state) => (
            <a href={`?status=${state}`} aria-current={status === state ? 'true' : undefined}>
              {words.status[state]} {counts[state]}
            </a>
          ))}
          <a href="?status=all" aria-current={status === undefined ? 'true' : undefined}>
            {words.all} {total}
          </a>
        </div>
        <button class="ds-button" data-variant="tertiary" type="submit">
          {t.registers.show}
        </button>
      </form>
      {documents.length === 0 ? (
        <div class="hb-empty">
          <h2>{words.empty.title}</h2>
          <p>{text ? words.empty.nothing : words.empty.text}</p>
        </div>
      ) : (
        <table class="hb-table" data-rows data-list>
          <thead>
            <tr>
              <th class="hb-num">{words.column.stamp}</th>
              <th data-width="wide">{words.column.file}</th>
              <th>{words.column.kind}</th>
              <th>{words.column.arrived}</th>
              <th>{words.column.by}</th>
              <th>{words.column.voucher}</th>
              <th>{words.column.state}</th>
            </tr>
          </thead>
          <tbody>
            {documents.map((d) => (
              <Row c={c} document={d} by={names.get(d.by) ?? t.shell.person.operator} />
            ))}
          </tbody>
        </table>
      )}
      <div class="hb-paging">
        {asked.cursor && <a href={`?${new URLSearchParams({ status: status ?? 'all', text })}`}>{words.newest}</a>}
        {cursor && <a href={`?${new URLSearchParams({ status: status ?? 'all', text, cursor })}`}>{words.older}</a>}
      </div>
    </>,
  )
}

function Row({ c, document, by }: { c: Page; document: KeptDocument; by: string }) {
  const words = textsOf(c).documents
  const { access, locale } = c.var
  return (
    <tr>
      <td class="hb-num" data-line="2" data-label={words.column.stamp}>
        {document.stamp}
      </td>
      <td class="hb-clip">
        <a class="hb-opens hb-row-link" href={companyPath(access, `/documents/${document.stamp}`)}>
          {fileName(c, document)}
        </a>
      </td>
      <td class="hb-quiet hb-nowrap" data-line="2">
        {words.kinds[document.mediaType]},{' '}
        {fill(words.kilobytes, { size: String(Math.max(1, Math.ceil(document.size / 1000))) }, locale)}
      </td>
      <td class="hb-faint hb-nowrap" data-line="2">
        {moment(document.recordedAt)}
      </td>
      <td class="hb-quiet hb-only-wide">{by}</td>
      <td class="hb-nowrap" data-line="2">
        {document.vouchers.map(voucherName).join(', ')}
      </td>
      <td>
        <span class="hb-chip" data-state={document.status === 'attached' ? 'proven' : undefined}>
          {words.status[document.status]}
        </span>
      </td>
    </tr>
  )
}

/** "12" is a stamp number, "12–20" an interval of them, anything else a piece of a file name. */
export function searched(text: string): Partial<DocumentQuery> {
  const number = /^#?\s*(\d{1,15})$/.exec(text)?.[1]
  if (number) return { stamp: Number(number) }
  const interval = /^(\d{1,15})\s*(?:-|–|:|\.\.)\s*(\d{1,15})$/.exec(text)
  if (interval) return { fromStamp: Number(interval[1]), toStamp: Number(interval[2]) }
  return text ? { text: text.slice(0, 100) } : {}
}
