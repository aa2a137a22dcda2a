/** @jsxImportSource hono/jsx/dom */
import { decideTexts } from './decide-texts.ts'
import type { ViewProps } from './parts.tsx'

/** Why one books in a month with a soft lock. */
export function ReasonField({ model, state }: ViewProps) {
  const t = decideTexts[state.locale]
  return (
    <label class="ds-field">
      <span class="ds-label">{t.reason}</span>
      <input
        class="ds-input"
        maxlength={255}
        readonly={state.busy !== undefined}
        value={state.reason.text}
        onInput={(event: Event) => model.vouchers.explain((event.target as unknown as { value: string }).value)}
      />
      <small>{t.reasonHelp}</small>
    </label>
  )
}
