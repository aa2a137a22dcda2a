// A browser without a browser: keeps cookies, sends forms as a page of ours would, and reads the answer.
import { randomUUID } from 'node:crypto'
import type { Role } from '#worker/access/permission.ts'
import { sha256 } from '#worker/core/hash.ts'
import { idOf } from '#worker/core/ids.ts'
import { controlDatabase } from '#worker/database/connect.ts'
import { app } from '#worker/index.ts'
import type { testApp } from './app.ts'

export const ORIGIN = 'http://localhost'
type App = ReturnType<typeof testApp>
type Sent = { form?: Record<string, string>; headers?: Record<string, string>; origin?: string | null; url?: string }
export type Visit = { status: number; html: string; location: string | null; headers: Headers; setCookies: string[] }

export function visitor({ env, call }: Pick<App, 'env' | 'call'>) {
  const cookies = new Map<string, string>()

  async function visit(path: string, { form, headers, origin = ORIGIN, url = ORIGIN }: Sent = {}): Promise<Visit> {
    await call('/api/openapi.json', { key: null }) // the control database stands
    const body = form && new URLSearchParams(form).toString()
    const response = await app.request(
      url + path,
      {
        method: form ? 'POST' : 'GET',
        headers: {
          accept: 'text/html',
          'accept-language': 'nb',
          ...(cookies.size > 0 && { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
          ...(form && { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }),
          ...(form && origin !== null && { origin }),
          ...headers,
        },
        ...(body !== undefined && { body }),
      },
      env,
    )
    const setCookies = response.headers.getSetCookie()
    for (const cookie of setCookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
      if (/max-age=0/i.test(cookie)) cookies.delete(name!)
      else cookies.set(name!, value!)
    }
    const { status } = response
    return {
      status,
      html: await response.text(),
      location: response.headers.get('location'),
      headers: response.headers,
      setCookies,
    }
  }

  return {
    cookies,
    get: (path: string, sent: Omit<Sent, 'form'> = {}) => visit(path, sent),
    post: (path: string, form: Record<string, string>, sent: Omit<Sent, 'form'> = {}) => visit(path, { ...sent, form }),
    /** Sends a form and follows to where it leads. */
    async submit(path: string, form: Record<string, string>): Promise<Visit> {
      const answer = await visit(path, { form })
      return answer.location ? visit(answer.location) : answer
    },
  }
}

/** How somebody's browser calls the API from a page of ours: by the session they are signed in with, without a key. */
export const as = ({ cookies }: { cookies: Map<string, string> }) => ({
  key: null,
  headers: {
    cookie: `hovedbok_session=${cookies.get('hovedbok_session')}`,
    origin: ORIGIN,
    'sec-fetch-site': 'same-origin',
  },
})

/** A visitor who is signed in and has a role in a company. */
export async function memberOf(app: App, company: string, role: Role, name = 'Kari Nordmann') {
  const control = controlDatabase(app.env)
  const id = idOf('usr', crypto.getRandomValues(new Uint8Array(17)))
  const token = randomUUID()
  const now = new Date().toISOString()
  const later = new Date(Date.now() + 3600_000).toISOString()
  await control.batch(
    [
      {
        sql: 'insert into user (id, email, name, created_at, email_verified_at) values (?, ?, ?, ?, ?)',
        args: [id, `${id}@kvist.example`, name, now, now],
      },
      {
        sql: 'insert into membership (user, company, role, created_at) values (?, ?, ?, ?)',
        args: [id, company, role, now],
      },
      {
        // A passkey or code was shown just now.
        sql: 'insert into session (token_hash, user, created_at, expires_at, proven_at) values (?, ?, ?, ?, ?)',
        args: [await sha256(token), id, now, later, now],
      },
    ],
    'write',
  )
  const browser = visitor(app)
  browser.cookies.set('hovedbok_session', token)
  return { ...browser, id, email: `${id}@kvist.example` }
}

/** The text a reader sees, without marks; spaces as one, no-break ones as ordinary. */
export const textOf = (html: string): string =>
  html
    .replace(/<(script|style|title)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
