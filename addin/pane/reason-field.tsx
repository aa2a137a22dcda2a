/** @jsxImportSource hono/jsx/dom */
import { decideTexts } from './decide-texts.ts'
import type { ViewProps } from './parts.tsx'

/** Why one books in a month with a soft lock. */
export function ReasonField({ model, state }: ViewProps) {
  const t = decideTexts[state.locale]
  return (
    <div class="ds-field">
      <label class="ds-label" for="hb-reason">
        {t.reason}
      </label>
      <input
        id="hb-reason"
        class="ds-input"
        aria-describedby="hb-reason-help"
        maxlength={255}
        readonly={state.busy !== undefined}
        value={state.reason.text}
        onInput={(event: Event) => model.vouchers.explain((event.target as unknown as { value: string }).value)}
      />
      <small id="hb-reason-help">{t.reasonHelp}</small>
    </div>
  )
}
