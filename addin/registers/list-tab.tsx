/** @jsxImportSource hono/jsx/dom */
import { fill } from '#i18n/format.ts'
import { mayDo } from '../api/may-do.ts'
import { countedText } from '../pane/pane-texts.ts'
import { Act, Button, NoticeBar, type ViewProps } from '../pane/parts.tsx'
import { type ListId, listTexts } from './list-register.ts'

const SHOWN = 12

/** The sheet of a register: how many rows changed, what must be corrected, and the button that brings them in. */
const listTab = (id: ListId) =>
  function ListTab(props: ViewProps) {
    const { model, state } = props
    const { locale, busy } = state
    const t = listTexts[locale]
    const view = state.lists[id]
    const list = model.list(id)
    const waits = busy !== undefined
    const mayWrite = mayDo(state.company!, 'register:write')
    if (!view)
      return (
        <main class="hb-panemain">
          <h1>{t.titles[id]}</h1>
          <p class="hb-quiet">{t.help[id]}</p>
          <NoticeBar {...props} />
          <Button full waits={waits} onClick={() => list.insertSheet()}>
            {t.pull}
          </Button>
        </main>
      )
    return (
      <>
        <main class="hb-panemain">
          <h1>{view.unsaved === 0 ? t.allSaved : countedText(view.unsaved, t.unsaved, locale)}</h1>
          <p class="hb-quiet">
            {fill(t.where, { sheet: view.sheet, lines: countedText(view.rows, t.lines, locale) }, locale)} {t.help[id]}
          </p>
          <NoticeBar {...props} />
          {view.wrong.length === 0 ? null : (
            <section class="hb-notice" data-level="error">
              <h2>{countedText(view.wrong.length, t.wrong, locale)}</h2>
              <ul>
                {view.wrong.slice(0, SHOWN).map(({ address, text }) => (
                  <li>
                    <Act onClick={() => list.goTo(address)}>{address}</Act> {text}
                  </li>
                ))}
              </ul>
              {view.wrong.length > SHOWN ? (
                <p class="hb-quiet">{countedText(view.wrong.length - SHOWN, t.more, locale)}</p>
              ) : null}
            </section>
          )}
        </main>
        <div class="hb-panefoot">
          <Button full waits={waits || view.unsaved === 0 || !mayWrite} onClick={() => list.save()}>
            {view.unsaved === 0 ? t.saveNone : countedText(view.unsaved, t.save, locale)}
          </Button>
          <Button full variant="secondary" waits={waits} onClick={() => list.refresh()}>
            {t.refresh}
          </Button>
          <p>{t.promise}</p>
        </div>
      </>
    )
  }

export const AccountsTab = listTab('accounts')
export const PartiesTab = listTab('parties')
