// Somebody who confirms what they are asked to confirm, as if they had shown a passkey or code for exactly that.
import { sha256 } from '#worker/core/hash.ts'
import { controlDatabase } from '#worker/database/connect.ts'
import { contentHash } from '#worker/identity/prove.ts'
import { insertGrant } from '#worker/identity/store.ts'
import type { Answer, testApp } from './app.ts'
import { textOf, type Visit, type visitor } from './visitor.ts'

type App = Pick<ReturnType<typeof testApp>, 'env'>

/** Lets a session's next request for this content through. */
export async function grant({ env }: App, session: string, content: string): Promise<void> {
  const until = new Date(Date.now() + 300_000).toISOString()
  await controlDatabase(env).batch([insertGrant(await sha256(session), content, until as never)], 'write')
}

/** Sends a request of the API; asked to confirm, confirms and sends it again. */
export async function approved(app: App, send: () => Promise<Answer>, session: string): Promise<Answer> {
  const asked = await send()
  if (asked.json?.code !== 'step-up/required') return asked
  await grant(app, session, asked.json.content)
  return send()
}

/** Sends a form; asked to confirm, confirms and sends it again. */
export async function confirmed(
  app: App,
  browser: Pick<ReturnType<typeof visitor>, 'post' | 'cookies'>,
  path: string,
  form: Record<string, string>,
): Promise<Visit> {
  const asked = await browser.post(path, form)
  const shown = /<strong>(?:Du bekrefter akkurat dette:|You confirm exactly this:)<\/strong><ul>(.*?)<\/ul>/s.exec(
    asked.html,
  )?.[1]
  if (asked.status !== 403 || !shown) return asked
  const lines = [...shown.matchAll(/<li>(.*?)<\/li>/gs)].map(([, line]) => textOf(line!))
  await grant(app, browser.cookies.get('hovedbok_session')!, await contentHash(lines))
  return browser.post(path, form)
}
