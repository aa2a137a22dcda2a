import { fill } from '#i18n/format.ts'
import type { LogScope } from '#worker/control-log/control-entry.ts'
import { companyScope, officeScope, ownScope, sealControlLog } from '#worker/control-log/routes.ts'
import { readControlActors, readControlLog } from '#worker/control-log/store.ts'
import { beforeIn, filterIn, LogView, PAGE } from '../audit-log/log-view.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

async function readPart(c: Page, scope: LogScope) {
  const [filter, before] = [filterIn(c.req.query()), beforeIn(c.req.query())]
  const { control } = c.var
  const head = await sealControlLog(c)
  const [entries, actors] = await Promise.all([
    readControlLog(control, scope, filter, { before, limit: PAGE }),
    readControlActors(control, scope, 200),
  ])
  return { filter, before, head, entries, actors }
}

/** Rights, keys and exports of a company, and how its own members sign in. */
export async function accessLogPage(c: Page): Promise<Response> {
  const words = textsOf(c).logPage
  const { access, locale } = c.var
  const part = await readPart(c, await companyScope(c))
  return page(
    c,
    { title: words.access.title, area: 'auditLog' },
    <LogView
      c={c}
      title={words.access.title}
      intro={fill(words.access.company, { company: access.name }, locale)}
      file={`/api/v1/companies/${access.id}/access-log/export`}
      log="access"
      links={[{ href: companyPath(access, '/audit-log'), text: words.access.books }]}
      {...part}
    />,
  )
}

/** The same of an office: its staff, its clients' rights and keys. */
export async function officeLogPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.logPage
  const { office, locale } = c.var
  const part = await readPart(c, officeScope(c))
  return page(
    c,
    { title: words.access.title, keys: [['Esc', t.shell.keys.back]] },
    <LogView
      c={c}
      title={words.access.title}
      intro={fill(words.access.office, { office: office.name }, locale)}
      file={`/api/v1/offices/${office.id}/log/export`}
      log="access"
      links={[{ href: `/offices/${office.id}`, text: t.members.office.title }]}
      {...part}
    />,
  )
}

/** All that is written down about oneself: signing in, one's factors, one's rights, and what one did with those of others. */
export async function securityLogPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.logPage
  const part = await readPart(c, ownScope(c))
  return page(
    c,
    { title: words.access.own, keys: [['Esc', t.shell.keys.back]] },
    <LogView
      c={c}
      title={words.access.own}
      intro={words.access.ownIntro}
      file="/api/v1/me/security-log/export"
      log="access"
      links={[{ href: '/security', text: t.security.title }]}
      {...part}
    />,
  )
}
