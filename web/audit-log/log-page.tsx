import { readActors, readLog } from '#worker/audit-log/log-store.ts'
import { sealNow } from '#worker/audit-log/routes.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { beforeIn, filterIn, LogView, PAGE } from './log-view.tsx'

/** What was done in the company's books: who did what, when and from where. */
export async function logPage(c: Page): Promise<Response> {
  const words = textsOf(c).logPage
  const { db, access } = c.var
  const [filter, before] = [filterIn(c.req.query()), beforeIn(c.req.query())]
  const head = await sealNow(c)
  const [entries, actors] = await Promise.all([readLog(db, filter, { before, limit: PAGE }), readActors(db, 200)])
  return page(
    c,
    { title: words.title, area: 'auditLog' },
    <LogView
      c={c}
      title={words.title}
      intro={words.intro}
      file={`/api/v1/companies/${access.id}/audit-log/export`}
      log="books"
      links={[{ href: companyPath(access, '/access-log'), text: words.access.link }]}
      {...{ filter, before, entries, actors, head }}
    />,
  )
}
