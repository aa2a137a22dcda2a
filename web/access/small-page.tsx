import type { Child } from 'hono/jsx'
import { problemText } from '#i18n/problem-text.ts'
import type { Problem } from '#worker/core/problem.ts'
import { Wordmark } from '../brand.tsx'
import { html, type Page, type PageProps } from '../page.tsx'

/** A page of one thing, without the frame: on the way in, nobody is known yet. */
export const smallPage = (c: Page, props: PageProps, content: Child): Promise<Response> =>
  html(
    c,
    props,
    <main class="hb-main hb-lost" id="main">
      <a class="hb-lost-mark" href="/">
        <Wordmark />
      </a>
      <div class="hb-empty">
        <h1>{props.title}</h1>
        {content}
      </div>
    </main>,
  )

/** What went wrong, in words. */
export function Refusal({ c, problem }: { c: Page; problem: Problem | undefined }) {
  if (!problem) return null
  if (problem.status === 429) c.header('retry-after', String(problem.params.seconds))
  return (
    <div class="hb-notice" data-level="error" role="alert">
      {problemText(problem.code, problem.params, c.var.locale)}
    </div>
  )
}

type CodeProps = { label: string; name?: string; recovery?: boolean; invalid?: boolean }

/** Where a code is typed; phones offer it from the app. */
export const CodeField = ({ label, name = 'stepup.code', recovery, invalid }: CodeProps) => (
  <div class="ds-field">
    <label class="ds-label" for="code">
      {label}
    </label>
    <input
      class="ds-input hb-code"
      id="code"
      name={name}
      autocomplete="one-time-code"
      inputmode={recovery ? 'text' : 'numeric'}
      autocapitalize="none"
      spellcheck={false}
      maxlength={20}
      aria-invalid={invalid ? 'true' : undefined}
      required
      autofocus
    />
  </div>
)
