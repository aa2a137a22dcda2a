/** @jsxImportSource hono/jsx/dom */
import { useState } from 'hono/jsx/dom'
import { fill, whole } from '#i18n/format.ts'
import { readHead, standsInChain } from '../audit/told-head.ts'
import { ProofMark, type ViewProps } from './parts.tsx'

/** A head that was sent out earlier, held against the chain that was computed here: the server is not asked. */
export function HeadForm({ state, t }: ViewProps) {
  const { audit, locale } = state
  const [text, setText] = useState('')
  const told = readHead(text)
  const holds = told && audit && standsInChain(audit.found, told)
  const says =
    text.trim() === ''
      ? t.check.toldHead.help
      : !told
        ? t.check.toldHead.unread
        : fill(
            holds === undefined ? t.check.toldHead.unknown : holds ? t.check.toldHead.holds : t.check.toldHead.differs,
            { version: whole(told.ledgerVersion, locale), last: whole(audit?.found.ledgerVersion ?? 0, locale) },
            locale,
          )
  return (
    <section>
      <label class="ds-field">
        <span class="ds-label">{t.check.toldHead.title}</span>
        <input
          class="ds-input"
          autocomplete="off"
          spellcheck={false}
          value={text}
          onInput={(event: Event) => setText((event.target as unknown as { value: string }).value)}
        />
      </label>
      <p class={told && !holds ? 'hb-error-text' : 'hb-quiet'} role="status">
        {told ? <ProofMark label={holds ? t.check.proven : t.check.notProven} broken={!holds} /> : null} {says}
      </p>
    </section>
  )
}
