import type { Child } from 'hono/jsx'
import { problemOf } from '#worker/http/on-error.ts'
import { ProblemContent } from './access/error-page.tsx'
import { around, framed, type Page, type PageProps, withoutStatus } from './page.tsx'

/**
 * A page whose head is on its way before its figures are read, so that the browser fetches styles, fonts and scripts meanwhile. Its
 * status is 200 by then: what goes wrong is told in the page. For lists and reports, which are there whatever is asked of them.
 */
export async function earlyPage(c: Page, props: PageProps, content: () => Promise<Child>): Promise<Response> {
  const [before, after] = await around(c, props)
  const body = async () => {
    const written = await content().catch((error) => <ProblemContent c={c} problem={problemOf(error, c)} />)
    return (await framed(c, props, written)).toString()
  }
  const utf8 = new TextEncoder()
  const stream = new ReadableStream<Uint8Array>({
    async start(to) {
      to.enqueue(utf8.encode(before))
      to.enqueue(utf8.encode(`${await body().catch((error) => withoutFrame(c, error))}${after}`))
      to.close()
    },
  })
  return c.body(stream, 200, { 'content-type': 'text/html; charset=UTF-8' })
}

async function withoutFrame(c: Page, error: Error): Promise<string> {
  withoutStatus(c)
  return (await framed(c, { title: '' }, <ProblemContent c={c} problem={problemOf(error, c)} />)).toString()
}
