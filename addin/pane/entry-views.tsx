/** @jsxImportSource hono/jsx/dom */
import { useState } from 'hono/jsx/dom'
import { addinEntry as en } from '#i18n/en/addin-entry.ts'
import { fill, organisationNumber } from '#i18n/format.ts'
import { addinEntry as nb } from '#i18n/nb/addin-entry.ts'
import { Button, NoticeBar, type ViewProps } from './parts.tsx'

const texts = { nb, en }

/** Signing in, through the dialog or with a key. */
export function SignIn(props: ViewProps) {
  const { model, state } = props
  const t = texts[state.locale]
  const [key, setKey] = useState('')
  const busy = state.busy?.what === 'signIn'
  return (
    <main class="hb-panemain">
      <h1>{t.title}</h1>
      <p class="hb-quiet">{t.lede}</p>
      <NoticeBar {...props} />
      <section>
        <Button full waits={busy} onClick={() => model.signIn()}>
          {t.signIn.button}
        </Button>
        {busy ? <p class="hb-quiet">{t.signIn.waiting}</p> : null}
      </section>
      <details class="hb-panefold">
        <summary>{t.signIn.withKey}</summary>
        <form
          class="hb-form"
          onSubmit={(event: Event) => {
            event.preventDefault()
            if (key.trim() !== '') model.useKey(key)
          }}
        >
          <div class="ds-field">
            <label class="ds-label" for="key">
              {t.signIn.key}
            </label>
            <input
              class="ds-input"
              id="key"
              type="password"
              autocomplete="off"
              value={key}
              onInput={(event: Event) => setKey((event.target as HTMLInputElement).value)}
            />
            <small>{t.signIn.keyHelp}</small>
          </div>
          <button type="submit" class="ds-button" data-variant="secondary">
            {t.signIn.useKey}
          </button>
        </form>
      </details>
    </main>
  )
}

/** Choosing the company that the workbook is to belong to. */
export function Companies(props: ViewProps) {
  const { model, state } = props
  const t = texts[state.locale]
  const { bound, companies, company, locale } = state
  const foreign = bound !== undefined && !companies.some((c) => c.id === bound.company)
  return (
    <main class="hb-panemain">
      <h1>{companies.length === 0 ? t.companies.none : t.companies.title}</h1>
      {foreign ? (
        <div class="hb-notice" data-level="warning">
          <p>{fill(t.companies.bound, { company: bound.companyName }, locale)}</p>
          <p>{t.companies.boundHelp}</p>
        </div>
      ) : (
        <p class="hb-quiet">{companies.length === 0 ? t.companies.noneHelp : t.companies.help}</p>
      )}
      <NoticeBar {...props} />
      <ul class="hb-companies">
        {companies.map((one) => (
          <li data-company-color={one.test ? 'test' : one.colour}>
            <button
              type="button"
              onClick={() => model.choose(one)}
              aria-current={one.id === company?.id ? 'true' : undefined}
            >
              <b>{one.name}</b>
              <small>{one.organisationNumber ? organisationNumber(one.organisationNumber) : ''}</small>
            </button>
          </li>
        ))}
      </ul>
      {company ? (
        <section>
          <Button variant="secondary" onClick={() => model.choose(company)}>
            {t.companies.back}
          </Button>
        </section>
      ) : null}
    </main>
  )
}
