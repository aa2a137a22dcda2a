import { problemText, withText } from '#i18n/problem-text.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Page } from '../page.tsx'

/** Why a report was not drawn, in words, where the report would have stood. */
export function Refusal({ c, problem }: { c: Page; problem: Problem }) {
  const { locale } = c.var
  const texts =
    problem.issues.length > 0
      ? problem.issues.map((issue) => withText(issue, locale).message)
      : [problemText(problem.code, problem.params, locale)]
  return (
    <ul class="hb-notice hb-section" data-level="error" role="alert">
      {texts.map((text) => (
        <li>{text}</li>
      ))}
    </ul>
  )
}

/** What was read, or why it was refused; anything else than a wrong question is thrown on. */
export async function orRefusal<T>(reading: Promise<T>): Promise<{ found: T } | { refusal: Problem }> {
  try {
    return { found: await reading }
  } catch (error) {
    if (error instanceof Problem && error.status === 422) return { refusal: error }
    throw error
  }
}
