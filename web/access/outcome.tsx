import { ErrorSummary, type Tried } from '../fields.tsx'
import type { Page } from '../page.tsx'

/** What a command of the page came to: something done, something told this once, or what must be put right. */
export type Outcome = { tried?: Tried; message?: string; secret?: string | undefined }

/** Stands first on the page. `form` names the form the fields belong to. */
export function OutcomeNotice({
  c,
  outcome,
  fields,
  form,
}: {
  c: Page
  outcome: Outcome
  fields: readonly string[]
  form?: string
}) {
  return (
    <div class="hb-notices">
      <ErrorSummary c={c} tried={outcome.tried} fields={fields} form={form} />
      {outcome.message && (
        <div class="hb-notice" data-level="done" role="status" tabindex={-1} autofocus>
          <p>{outcome.message}</p>
          {outcome.secret && <code class="hb-secret">{outcome.secret}</code>}
        </div>
      )}
    </div>
  )
}

export const statusOf = ({ tried }: Outcome): 200 | 422 => (tried?.problem.status as 422 | undefined) ?? 200

/** The whole address of a link that is told once. */
export const linkTo = (c: Page, token: string): string => `${new URL(c.req.url).origin}/invitation/${token}`
