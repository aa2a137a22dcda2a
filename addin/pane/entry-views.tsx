/** @jsxImportSource hono/jsx/dom */
import { useState } from 'hono/jsx/dom'
import { addinEntry as en } from '#i18n/en/addin-entry.ts'
import { fill, moment, organisationNumber } from '#i18n/format.ts'
import { addinEntry as nb } from '#i18n/nb/addin-entry.ts'
import { companyList } from './company-list.ts'
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

/** So many are found without a search. */
const FEW = 6

/** Choosing the company that the workbook is to belong to. */
export function Companies(props: ViewProps) {
  const { model, state } = props
  const t = texts[state.locale]
  const { bound, companies, company, locale } = state
  const [text, setText] = useState('')
  const shown = companyList(companies, model.usedCompanies, text)
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
      {companies.length > FEW ? (
        <section>
          <form
            onSubmit={(event: Event) => {
              event.preventDefault()
              if (text.trim() !== '' && shown[0]) model.choose(shown[0])
            }}
          >
            <label class="ds-field">
              <span class="ds-label">{t.companies.search}</span>
              <input
                class="ds-input"
                type="search"
                autocomplete="off"
                value={text}
                onInput={(event: Event) => setText((event.target as HTMLInputElement).value)}
              />
            </label>
            <p class="hb-quiet" role="status">
              {shown.length === 0 ? t.companies.nothing : ''}
            </p>
          </form>
        </section>
      ) : null}
      <ul class="hb-companies">
        {shown.map((one) => (
          <li data-company-color={one.test ? 'test' : one.colour}>
            <button
              type="button"
              onClick={() => model.choose(one)}
              aria-current={one.id === company?.id ? 'true' : undefined}
            >
              <b>{one.name}</b>
              <small>{one.organisationNumber ? organisationNumber(one.organisationNumber) : ''}</small>
              {one.pausedAt ? (
                <>
                  <br />
                  <span class="hb-chip">{props.t.company.copy}</span>{' '}
                  <small>{fill(t.companies.restored, { at: moment(one.pausedAt) }, locale)}</small>
                </>
              ) : null}
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
