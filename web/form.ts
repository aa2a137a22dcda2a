import { createMiddleware } from 'hono/factory'
import { isSameSite } from '#worker/access/identify.ts'
import { Problem } from '#worker/core/problem.ts'
import { isStorable } from '#worker/core/text.ts'
import { readFormText } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import type { Page } from './page.tsx'

/** The fields of a form; a field that is empty or cannot be stored is not there. Fields that repeat are joined by a comma. */
export type Fields = Readonly<Record<string, string | undefined>>

/**
 * A form of ours: from one of our own pages, as the browser itself says, signed in or not.
 * @throws Problem 403 request/cross-site.
 */
export const ownForms = createMiddleware<Env>(async (c, next) => {
  if (c.req.method === 'POST' && !isSameSite(c.req.raw)) throw new Problem(403, 'request/cross-site')
  await next()
})

/** @throws Problem 415 request/media-type, 413 request/too-large. */
export async function readForm(c: Page, limit?: number): Promise<Fields> {
  const body = await readFormText(c, limit)
  c.set('formText', body)
  const fields: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(body)) {
    const text = value.replaceAll('\r\n', '\n').trim()
    if (text !== '' && isStorable(text)) fields[name] = fields[name] === undefined ? text : `${fields[name]},${text}`
  }
  return fields
}

/** A path of ours to go to, from what a form or address said; anything else is the first page. */
export const ownPath = (wanted: string | undefined): string =>
  wanted && /^\/(?![/\\])[\x21-\x7e]*$/.test(wanted) ? wanted : '/'
