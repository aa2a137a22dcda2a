import type { Context } from 'hono'
import { problemText, withText } from '#i18n/problem-text.ts'
import { Problem } from '#worker/core/problem.ts'
import { NoAnswer, refusalOf } from '#worker/database/refusal.ts'
import type { Env } from './env.ts'
import { faultOf, log } from './log.ts'

/** Where a problem code is explained; a name, not an address that must answer. */
export const PROBLEM_BASE = 'https://hovedbok.example/problems/'

/** What went wrong, as a Problem. Anything else than one is our bug: logged, and 500 without details. */
export function problemOf(error: Error, c: Context<Env>): Problem {
  if (error instanceof Problem) return error
  if (error instanceof NoAnswer) return error.problem
  const refused = refusedByDatabase(error)
  if (refused) return refused
  const { requestId } = c.var
  log('error', 'fault', { requestId, ...faultOf(error) })
  return new Problem(500, 'internal/error', { params: { requestId } })
}

/**
 * A rule that only the database saw broken: two came at once, and what the first did is not allowed to the second. Its trigger
 * says so under the code of the rule. Undefined for what is no refusal.
 */
function refusedByDatabase(error: Error): Problem | undefined {
  const refusal = refusalOf(error)
  if (refusal?.kind === 'full') return new Problem(507, 'storage/full')
  if (refusal?.kind === 'taken') return new Problem(409, 'request/raced')
  if (refusal?.kind !== 'rule') return undefined
  return refusal.code === 'limit/reached' ? new Problem(422, refusal.code) : new Problem(409, refusal.code)
}

/** A Problem as RFC 9457 problem+json in the caller's language. */
export function problemResponse(problem: Problem, c: Context<Env>): Response {
  const locale = c.var.locale ?? 'nb'
  const body = {
    type: PROBLEM_BASE + problem.code,
    title: problemText(problem.code, problem.params, locale),
    status: problem.status,
    code: problem.code,
    instance: new URL(c.req.url).pathname,
    requestId: c.var.requestId,
    ...(Object.keys(problem.params).length > 0 && { params: problem.params }),
    issues: problem.issues.map((issue) => withText(issue, locale)),
    ...problem.extra,
  }
  const headers = new Headers({
    'content-type': 'application/problem+json',
    'content-language': locale,
    'cache-control': 'no-store',
  })
  if (problem.status === 503) headers.set('retry-after', String(problem.params.seconds ?? 2))
  if (problem.status === 429) headers.set('retry-after', String(problem.params.seconds ?? 60))
  if (problem.status === 401) headers.set('www-authenticate', 'Bearer')
  return new Response(JSON.stringify(body), { status: problem.status, headers })
}

export const notFound = (c: Context<Env>): Response => problemResponse(new Problem(404, 'request/not-found'), c)
