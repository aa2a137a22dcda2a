import { counted, fill } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { Problem } from '#worker/core/problem.ts'
import { parse } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { CHART } from '#worker/reports/batch-store.ts'
import { LayoutChange, NewLayout } from '#worker/reports/layout-query.ts'
import { readOwnLayouts } from '#worker/reports/layout-store.ts'
import { chartOf } from '#worker/reports/read-figure-tables.ts'
import { placedIn, type ReportLayout } from '#worker/reports/report-layout.ts'
import { changeLayout, createLayout, layoutOrNone, removeLayout } from '#worker/reports/save-layout.ts'
import { STANDARD_LAYOUTS } from '#worker/reports/standard-layouts.ts'
import { ErrorSummary, faultsOf, TextField, type Tried, tryForm } from '../fields.tsx'
import { type Fields, readForm } from '../form.ts'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { layoutText, linesOfText } from './layout-text.ts'
import { reportPage } from './report-frame.tsx'

/** The layouts that come with the product, and the company's own. */
export async function layoutsPage(c: Page): Promise<Response> {
  const words = textsOf(c).reportPages.layouts
  const { locale, access } = c.var
  const own = await readOwnLayouts(c.var.db)
  const may = mayDo(access.role, 'report:write')
  const row = (layout: ReportLayout, isOwn: boolean) => (
    <tr>
      <td>
        <a class="hb-opens hb-row-link" href={companyPath(access, reportOf(layout))}>
          {locale === 'nb' ? layout.nameNb : layout.nameEn}
        </a>
      </td>
      <td class="hb-quiet" data-line="2">
        {words.statement[layout.statement]} · {counted(layout.lines.length, words.lines, locale)}
        {layout.source && ` · ${layout.source}`}
      </td>
      <td>
        {may && (
          <a
            class="hb-opens"
            href={companyPath(
              access,
              isOwn ? `/reports/layouts/${layout.key}` : `/reports/layouts/new?from=${layout.key}`,
            )}
          >
            {isOwn ? words.edit : words.copy}
            <span class="hb-spoken"> {layout.nameNb}</span>
          </a>
        )}
      </td>
    </tr>
  )
  return reportPage(
    { c, title: words.title, text: words.text },
    <table class="hb-table" data-rows data-list>
      <tbody>
        <tr class="hb-section-row">
          <th colspan={3} scope="rowgroup">
            {words.standard}
          </th>
        </tr>
        {STANDARD_LAYOUTS.map((layout) => row(layout, false))}
        <tr class="hb-section-row">
          <th colspan={3} scope="rowgroup">
            {words.own}
          </th>
        </tr>
        {own.length === 0 && (
          <tr>
            <td class="hb-quiet" colspan={3}>
              {words.none}
            </td>
          </tr>
        )}
        {own.map((layout) => row(layout, true))}
      </tbody>
    </table>,
  )
}

const reportOf = ({ key, statement }: Pick<ReportLayout, 'key' | 'statement'>): string =>
  `/reports/${statement === 'income' ? 'income-statement' : 'balance-sheet'}?layout=${key}`

/** A new layout from one that is there, or one of the company's own to change. */
export async function layoutPage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.reportPages.layouts.editor
  const { db, locale, access } = c.var
  const id = c.req.param('layout')
  const own = id === undefined ? undefined : await layoutOrNone(db, id)
  const from =
    own ??
    STANDARD_LAYOUTS.find(({ key }) => key === (tried?.fields.from ?? c.req.query('from'))) ??
    STANDARD_LAYOUTS[0]!
  const faults = faultsOf(tried, locale)
  const unplaced = own ? placedIn(own, chartOf(await db.execute(CHART))).unplaced : []
  return reportPage(
    { c, title: own ? (locale === 'nb' ? own.nameNb : own.nameEn) : words.new },
    <>
      <ErrorSummary c={c} tried={tried} fields={['nameNb', 'nameEn']} />
      {unplaced.length > 0 && (
        <p class="hb-notice" data-level="warning">
          {fill(words.unplaced, { accounts: unplaced.map(({ number }) => number).join(', ') }, locale)}
        </p>
      )}
      <form method="post" class="hb-form hb-layout-form">
        <input type="hidden" name="from" value={from.key} />
        {own && <input type="hidden" name="version" value={tried?.fields.version ?? String(own.version)} />}
        <TextField
          label={words.name}
          name="nameNb"
          value={tried?.fields.nameNb ?? own?.nameNb}
          faults={faults}
          required
          maxlength={120}
        />
        <TextField
          label={words.nameEn}
          name="nameEn"
          value={tried?.fields.nameEn ?? own?.nameEn}
          faults={faults}
          maxlength={120}
        />
        <div class="ds-field">
          <label class="ds-label" for="layout-lines">
            {words.lines}
          </label>
          <small id="layout-help">{words.help}</small>
          <textarea
            class="ds-input hb-code"
            id="layout-lines"
            name="lines"
            rows={24}
            spellcheck={false}
            wrap="off"
            required
            aria-describedby="layout-help"
          >
            {tried?.fields.lines ?? layoutText(from.lines, words)}
          </textarea>
        </div>
        <div class="hb-form-actions">
          <button class="ds-button" type="submit">
            {words.save}
          </button>
          {own && (
            <a class="ds-button" data-variant="tertiary" href={companyPath(access, reportOf(own))}>
              {words.use}
            </a>
          )}
        </div>
      </form>
      {own && (
        <form method="post" action={companyPath(access, `/reports/layouts/${own.key}/removal`)}>
          <button class="ds-button" data-variant="tertiary" data-color="danger" type="submit">
            {words.remove}
          </button>
        </form>
      )}
    </>,
  )
}

export async function submitLayout(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const { access } = c.var
  return tryForm(
    fields,
    async () => {
      const id = c.req.param('layout')
      const lines = linesIn(c, fields)
      const names = { nameNb: fields.nameNb, ...(fields.nameEn && { nameEn: fields.nameEn }) }
      if (id !== undefined) {
        const change = parse({ ...names, lines }, LayoutChange)
        await changeLayout(actingOf(c), id, change, Number(fields.version) || undefined)
        return c.redirect(companyPath(access, `/reports/layouts/${id}`), 303)
      }
      const statement = STANDARD_LAYOUTS.find(({ key }) => key === fields.from)?.statement
      const { layout } = await createLayout(actingOf(c), parse({ ...names, statement, lines }, NewLayout))
      return c.redirect(companyPath(access, `/reports/layouts/${layout.key}`), 303)
    },
    (tried) => layoutPage(c, tried),
  )
}

export async function submitLayoutRemoval(c: Page): Promise<Response> {
  await removeLayout(actingOf(c), c.req.param('layout') ?? '', undefined)
  return c.redirect(companyPath(c.var.access, '/reports/layouts'), 303)
}

function linesIn(c: Page, fields: Fields) {
  const words = textsOf(c).reportPages.layouts.editor
  const read = linesOfText(fields.lines ?? '', words)
  if ('lines' in read) return read.lines
  throw new Problem(422, 'request/invalid', {
    issues: [
      {
        code: 'report-layout/line-unreadable',
        severity: 'error',
        pointer: '#/lines',
        params: { line: read.unreadable },
      },
    ],
  })
}
