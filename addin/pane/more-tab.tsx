/** @jsxImportSource hono/jsx/dom */
import type { Locale } from '#i18n/format.ts'
import { Button, NoticeBar, type ViewProps } from './parts.tsx'

const LANGUAGES: readonly [Locale, string][] = [
  ['nb', 'Norsk'],
  ['en', 'English'],
]

/** What is seldom needed: language, the workbook as a whole, the user. */
export function MoreTab(props: ViewProps) {
  const { model, state, t } = props
  const waits = state.busy !== undefined
  return (
    <main class="hb-panemain">
      <h1>{t.tabs.more}</h1>
      <NoticeBar {...props} />
      <section>
        <h2>{t.more.language}</h2>
        <div class="hb-choices">
          {LANGUAGES.map(([locale, name]) => (
            <button
              type="button"
              aria-pressed={state.locale === locale ? 'true' : 'false'}
              lang={locale}
              onClick={() => model.setLocale(locale)}
            >
              {name}
            </button>
          ))}
        </div>
      </section>
      <section>
        <h2>{t.more.workbook}</h2>
        <Button variant="secondary" waits={waits} onClick={() => model.clear()}>
          {t.more.clear}
        </Button>
        <p class="hb-quiet">{t.more.clearHelp}</p>
        <Button variant="secondary" waits={waits} onClick={() => model.freeze()}>
          {t.more.freeze}
        </Button>
        <p class="hb-quiet">{t.more.freezeHelp}</p>
      </section>
      <section>
        <h2>{t.more.user}</h2>
        <p>{state.user}</p>
        <div class="hb-row">
          <Button variant="secondary" onClick={() => model.signOut()}>
            {t.more.signOut}
          </Button>
          <a class="hb-push" href="/addin/help" target="_blank" rel="noopener">
            {t.more.help}
          </a>
        </div>
      </section>
    </main>
  )
}
