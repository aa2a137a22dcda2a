/** @jsxImportSource hono/jsx/dom */
import { addinMore as moreEn } from '#i18n/en/addin-more.ts'
import { fill, type Locale } from '#i18n/format.ts'
import { addinMore as moreNb } from '#i18n/nb/addin-more.ts'
import { mayDo } from '../api/may-do.ts'
import { FreezeFold } from './freeze-fold.tsx'
import { KeysView } from './keys-view.tsx'
import { Button, NoticeBar, type ViewProps } from './parts.tsx'
import { SHEET_KINDS } from './sheet-kinds.tsx'

const texts = { nb: moreNb, en: moreEn }
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
        <h2>{texts[state.locale].language}</h2>
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
      <Sheets {...props} />
      <section>
        <h2>{texts[state.locale].workbook}</h2>
        <Button variant="secondary" waits={waits} onClick={() => model.vouchers.clear()}>
          {texts[state.locale].clear}
        </Button>
        <p class="hb-quiet">{texts[state.locale].clearHelp}</p>
        <FreezeFold {...props} />
      </section>
      <KeysView {...props} />
      <section>
        <h2>{texts[state.locale].user}</h2>
        <p>{state.user}</p>
        <div class="hb-row">
          <Button variant="secondary" onClick={() => model.signOut()}>
            {texts[state.locale].signOut}
          </Button>
          <a class="hb-push" href="/addin/help" target="_blank" rel="noopener">
            {texts[state.locale].help}
          </a>
        </div>
      </section>
      <Probes {...props} />
    </main>
  )
}

/** Sheets that can be put into the workbook, for those who may use them. */
function Sheets({ model, state, t }: ViewProps) {
  const kinds = SHEET_KINDS.filter(({ access }) => mayDo(state.company!, access))
  if (kinds.length === 0) return null
  return (
    <section>
      <h2>{texts[state.locale].sheets}</h2>
      {kinds.map((kind) => (
        <>
          <Button variant="secondary" waits={state.busy !== undefined} onClick={() => model.insert(kind)}>
            {t.sheetKinds[kind.id].insert}
          </Button>
          <p class="hb-quiet">{texts[state.locale].sheetHelp[kind.id]}</p>
        </>
      ))}
    </section>
  )
}

/** For those who develop the add-in: what this Excel answers to the probe pack, to be kept beside the tests. */
function Probes({ model, state, t }: ViewProps) {
  const { probes, busy, locale } = state
  const progress = busy?.what === 'probes' ? busy.progress : undefined
  return (
    <details class="hb-panefold">
      <summary>{texts[state.locale].probes}</summary>
      <p class="hb-quiet">{texts[state.locale].probesHelp}</p>
      {progress ? (
        <progress max={progress.of} value={progress.done} aria-label={t.busy.probes} />
      ) : (
        <Button variant="secondary" waits={busy !== undefined} onClick={() => model.runProbes()}>
          {texts[state.locale].runProbes}
        </Button>
      )}
      {probes ? (
        <label>
          {fill(texts[locale].probeAnswers, { count: Object.keys(probes.answers).length }, locale)}
          <textarea class="ds-input" rows={8} readonly>
            {JSON.stringify(probes, null, 1)}
          </textarea>
        </label>
      ) : null}
    </details>
  )
}
