import { fill } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { rightsContextOf } from '#worker/access/rights-context.ts'
import { type CompanyAccess, readCompanies } from '#worker/access/store.ts'
import { Problem } from '#worker/core/problem.ts'
import { giveCode } from '#worker/oauth/give-code.ts'
import { type AuthorizationRequest, answerAddress, authorizationOf, mayAnswerAt } from '#worker/oauth/oauth-app.ts'
import { readApp } from '#worker/oauth/store.ts'
import { leaving } from '../access/leaving.tsx'
import { smallPage } from '../access/small-page.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

type Asked = { app: NonNullable<Awaited<ReturnType<typeof readApp>>>; request: AuthorizationRequest }

/**
 * What an app asks for. A request that its own address may not be told of is refused here; other faults are the app's to hear.
 * @throws Problem 404 app/unknown, 422 app/redirect-address.
 */
async function askedIn(c: Page): Promise<Asked | Response> {
  const query = c.req.query()
  const app = await readApp(c.var.control, query.client_id ?? '')
  if (!app) throw new Problem(404, 'app/unknown')
  if (!mayAnswerAt(app, query.redirect_uri ?? '')) throw new Problem(422, 'app/redirect-address')
  const request = authorizationOf(query)
  if (typeof request !== 'string') return { app, request }
  // Nobody is sent anywhere without a click by a link that somebody else may have made.
  const { goOn, wrong } = textsOf(c).oauth
  const address = answerTo(c, query.redirect_uri!, { error: request })
  return smallPage(
    c,
    { title: wrong, status: 422 },
    <a href={address} rel="noreferrer">
      {goOn} ({new URL(address).host})
    </a>,
  )
}

const answerTo = (c: Page, redirectUri: string, answer: { code: string } | { error: string }): string =>
  answerAddress(redirectUri, { ...answer, state: c.req.query('state'), iss: new URL(c.req.url).origin })

const pathIn = (c: Page, company: CompanyAccess): string =>
  companyPath(company, `/oauth/authorize${new URL(c.req.url).search}`)

/** An app has sent somebody here: which company it is let into. */
export async function chooseCompanyPage(c: Page): Promise<Response> {
  const asked = await askedIn(c)
  if (asked instanceof Response) return asked
  const words = textsOf(c).oauth
  const companies = (await readCompanies(c.var.control, c.var.principal)).filter(
    (company) => !company.audit && company.deletesAt === null && mayDo(company, 'key:write'),
  )
  if (companies.length === 1) return c.redirect(pathIn(c, companies[0]!), 303)
  return smallPage(
    c,
    { title: words.choose },
    companies.length === 0 ? (
      <p>{words.nowhere}</p>
    ) : (
      <nav class="hb-form">
        {companies.map((company) => (
          <a class="ds-button" data-variant="secondary" data-fullwidth href={pathIn(c, company)}>
            {company.name}
          </a>
        ))}
      </nav>
    ),
  )
}

/** What the app will be able to do in this company, in words, and who made it. */
export async function authorizePage(c: Page): Promise<Response> {
  const asked = await askedIn(c)
  if (asked instanceof Response) return asked
  const { app, request } = asked
  const t = textsOf(c)
  const words = t.oauth
  const { access, locale } = c.var
  const { host } = new URL(request.redirectUri)
  const names = [
    [words.column.app, app.name],
    [words.maker, app.maker],
    [words.host, host],
  ] as const
  return page(
    c,
    { title: fill(words.title, { company: access.name }, locale), layout: 'report' },
    <div class="hb-confirm">
      <h1>{fill(words.title, { company: access.name }, locale)}</h1>
      <p>{words.check}</p>
      <dl class="hb-pairs hb-narrow">
        {names.map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <div class="hb-notice">
        <strong>{words.may}</strong>
        <ul>
          {request.scopes.map((scope) => (
            <li>{t.permissions[scope]}</li>
          ))}
        </ul>
      </div>
      <form class="hb-form" method="post">
        <button class="ds-button" type="submit" data-fullwidth>
          {words.allow}
        </button>
      </form>
      <p>
        <a href={answerTo(c, request.redirectUri, { error: 'access_denied' })} rel="noreferrer">
          {words.refuse}
        </a>
      </p>
      <p class="hb-small hb-quiet">{words.note}</p>
    </div>,
  )
}

/** Lets the app in, and sends its code to it. */
export async function submitAuthorization(c: Page): Promise<Response> {
  const asked = await askedIn(c)
  if (asked instanceof Response) return asked
  const { app, request } = asked
  const code = await giveCode(rightsContextOf(c), app, request)
  return leaving(c, answerTo(c, request.redirectUri, { code }), textsOf(c).oauth.goOn)
}
