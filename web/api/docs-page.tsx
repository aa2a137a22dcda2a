import { raw } from 'hono/html'
import * as en from '#i18n/en/api-docs.ts'
import type { Locale } from '#i18n/format.ts'
import * as nb from '#i18n/nb/api-docs.ts'
import { problemText } from '#i18n/problem-text.ts'

type Schema = Record<string, any>
type Described = {
  summary: string
  description?: string
  'x-permission': string
  'x-roles'?: readonly string[]
  parameters: { name: string; in: string; required: boolean; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<
    string,
    { description: string; content?: Record<string, { schema?: Schema }>; 'x-problem-codes'?: string[] }
  >
}
type Document = { info: { title: string; description: string }; paths: Record<string, Record<string, unknown>> }

const STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#161c26,#e9edf2);--quiet:light-dark(#49535f,#b3bcc8);--paper:light-dark(#fff,#171c23);--line:light-dark(#d5d9e0,#39434f);--blekk:light-dark(#24439b,#a9bcf7)}
body{margin:0 auto;max-width:980px;padding:32px 20px 80px;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,"Segoe UI","Liberation Sans",sans-serif}
h1{font-size:26px;margin:0}h2{font-size:18px;margin:40px 0 4px;text-transform:capitalize}h3{font-size:15px;margin:0;font-weight:600}
code,pre{font:13px/1.45 ui-monospace,"Liberation Mono",monospace}a{color:var(--blekk)}
details{border-top:1px solid var(--line)}summary{display:flex;gap:12px;align-items:baseline;padding:9px 0;cursor:pointer;flex-wrap:wrap}
summary code{overflow-wrap:anywhere}.method{display:inline-block;width:58px;color:var(--blekk);font-weight:600}.quiet{color:var(--quiet)}
pre{overflow-x:auto;padding:12px;border:1px solid var(--line)}table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:4px 12px 4px 0;border-bottom:1px solid var(--line)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:8px 0}dd{margin:0}.body{padding:0 0 18px 70px}@media(max-width:700px){.body{padding-left:0}}
:focus-visible{outline:2px solid var(--blekk);outline-offset:2px}`

/** The API document as a page one reads: every route with its rights, fields, answer and problems. */
export function docsPage(document: Document, locale: Locale) {
  const t = locale === 'nb' ? nb.apiDocs : en.apiDocs
  const groups = new Map<string, { path: string; method: string; about: Described }[]>()
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, about] of Object.entries(methods)) {
      const tag = (about as { tags: string[] }).tags[0]!
      groups.set(tag, [...(groups.get(tag) ?? []), { path, method, about: about as Described }])
    }
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={locale}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{t.title}</title>
          <style>{raw(STYLE)}</style>
        </head>
        <body>
          <h1>{t.title}</h1>
          <p class="quiet">{t.intro}</p>
          <p>
            <a href="/api/openapi.json">{t.machineReadable}</a>
          </p>
          <h2>{t.firstCall}</h2>
          <pre>{t.example}</pre>
          {[...groups].map(([tag, routes]) => (
            <section>
              <h2 id={tag}>{tag}</h2>
              {routes.map((route) => (
                <Route {...route} t={t} locale={locale} />
              ))}
            </section>
          ))}
        </body>
      </html>
    </>
  )
}

function Route({
  path,
  method,
  about,
  t,
  locale,
}: {
  path: string
  method: string
  about: Described
  t: typeof nb.apiDocs
  locale: Locale
}) {
  const success = Object.entries(about.responses).findLast(([status]) => status !== 'default')!
  const codes = about.responses.default?.['x-problem-codes'] ?? []
  const body = about.requestBody && Object.entries(about.requestBody.content)[0]
  const answer = success[1].content && Object.values(success[1].content)[0]?.schema
  return (
    <details>
      <summary>
        <span>
          <span class="method">{method.toUpperCase()}</span>
          <code>{path}</code>
        </span>
        <span class="quiet">{about.summary}</span>
      </summary>
      <div class="body">
        {about.description && <p>{about.description}</p>}
        <dl>
          <dt>{t.permission}</dt>
          <dd>
            <code>{about['x-permission']}</code>{' '}
            {about['x-roles'] && <span class="quiet">{about['x-roles'].join(', ')}</span>}
          </dd>
          <dt>{t.answer}</dt>
          <dd>
            {success[0]} {success[1].description}
          </dd>
        </dl>
        {about.parameters.length > 0 && (
          <table>
            <tbody>
              {about.parameters.map((p) => (
                <tr>
                  <td>
                    <code>{p.name}</code>
                  </td>
                  <td class="quiet">
                    {p.in} {p.required ? t.required : ''}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {body && (
          <>
            <h3>{body[0]}</h3>
            <pre>{JSON.stringify(body[1].schema, null, 2)}</pre>
          </>
        )}
        {answer && (
          <>
            <h3>{t.answer}</h3>
            <pre>{JSON.stringify(answer, null, 2)}</pre>
          </>
        )}
        <h3>{t.problems}</h3>
        <table>
          <tbody>
            {codes.map((code) => (
              <tr>
                <td>
                  <code>{code}</code>
                </td>
                <td class="quiet">{problemText(code, {}, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
