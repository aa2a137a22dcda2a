import { fill } from '#i18n/format.ts'
import { problemText, withText } from '#i18n/problem-text.ts'
import type { Problem } from '#worker/core/problem.ts'
import { Wordmark } from '../brand.tsx'
import { html, type Page, page, textsOf, withoutStatus } from '../page.tsx'
import { signInPage } from './sign-in-page.tsx'
import { stepUpPage } from './step-up-page.tsx'

/**
 * A problem as a page for people: what is wrong first, then the cure and a way on. Who is not signed in signs in right here
 * and comes back to where they were going.
 */
export async function errorPage(c: Page, problem: Problem): Promise<Response> {
  if (problem.status === 401) {
    const { pathname, search } = new URL(c.req.url)
    const said = problem.code === 'sign-in/required' ? { status: 401 as const } : { problem }
    return signInPage(c, { to: c.req.method === 'GET' && !('problem' in said) ? pathname + search : '/', ...said })
  }
  if (problem.code === 'step-up/required') return stepUpPage(c, problem)
  const heading = headingOf(c, problem)
  if (problem.status >= 500) withoutStatus(c)
  const about = { title: heading, status: problem.status as 404 }
  const content = <ProblemContent c={c} problem={problem} />
  // Before anyone is known there is no frame to stand in.
  if ((c.var.principal?.kind ?? 'nobody') !== 'nobody') return page(c, about, content)
  return html(
    c,
    about,
    <main class="hb-main hb-lost" id="main">
      <a class="hb-lost-mark" href="/">
        <Wordmark />
      </a>
      {content}
    </main>,
  )
}

function headingOf(c: Page, problem: Problem): string {
  const t = textsOf(c).signIn.lost
  if (problem.status === 404) return t.notFound
  if (problem.status === 403) return t.forbidden
  if (problem.status === 503) return t.busy
  return problem.status >= 500 ? t.failed : t.problem
}

/** What is wrong, the cure, and a way on. */
export function ProblemContent({ c, problem }: { c: Page; problem: Problem }) {
  const t = textsOf(c).signIn.lost
  return (
    <div class="hb-empty">
      <h1>{headingOf(c, problem)}</h1>
      <p>
        {problem.code === 'request/not-found' || problem.code === 'company/unknown'
          ? t.notFoundNote
          : problemText(problem.code, problem.params, c.var.locale)}
      </p>
      {problem.issues.length > 0 && (
        <ul class="hb-notice" data-level="error">
          {problem.issues.map((issue) => (
            <li>{withText(issue, c.var.locale).message}</li>
          ))}
        </ul>
      )}
      <p>
        <a href={c.var.access ? `/companies/${c.var.access.id}` : '/'}>{c.var.access ? t.back : t.home}</a>
      </p>
      {problem.status >= 500 && (
        <p class="hb-small">{fill(t.requestId, { requestId: c.var.requestId }, c.var.locale)}</p>
      )}
    </div>
  )
}
