import { counted } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { readOwnLayouts } from '#worker/reports/layout-store.ts'
import type { ReportLayout } from '#worker/reports/report-layout.ts'
import { STANDARD_LAYOUTS } from '#worker/reports/standard-layouts.ts'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { reportPage } from './report-frame.tsx'

/** The layouts that come with the product, and the company's own. */
export async function layoutsPage(c: Page): Promise<Response> {
  const words = textsOf(c).reportPages.layouts
  const { locale, access } = c.var
  const own = await readOwnLayouts(c.var.db)
  const may = mayDo(access, 'report:write')
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

/** The report in a layout. */
export const reportOf = ({ key, statement }: Pick<ReportLayout, 'key' | 'statement'>): string =>
  `/reports/${statement === 'income' ? 'income-statement' : 'balance-sheet'}?layout=${key}`
