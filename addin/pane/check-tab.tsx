/** @jsxImportSource hono/jsx/dom */
import { fill } from '#i18n/format.ts'
import { countedText } from './pane-texts.ts'
import { Button, NoticeBar, ProofMark, type ViewProps } from './parts.tsx'

/** The books held against what must always be true of them. */
export function CheckTab(props: ViewProps) {
  const { model, state, t } = props
  const { verified, locale, busy } = state
  const broken = verified?.checks.filter((check) => !check.holds).length ?? 0
  return (
    <>
      <main class="hb-panemain">
        <h1>
          {verified ? (broken === 0 ? t.check.holds : countedText(broken, t.check.broken, locale)) : t.check.emptyTitle}
        </h1>
        <p class="hb-quiet">
          {verified
            ? fill(t.check.head, { head: `${verified.chainHead.slice(0, 4)}…${verified.chainHead.slice(-4)}` }, locale)
            : t.check.empty}
        </p>
        <NoticeBar {...props} />
        {verified ? (
          <ul class="hb-verify">
            {[...verified.checks]
              .sort((a, b) => Number(a.holds) - Number(b.holds))
              .map((check) => (
                <li data-broken={check.holds ? undefined : ''}>
                  <span>
                    <b>{check.name}</b>
                    <small>{countedText(check.rows, t.check.rows, locale)}</small>
                  </span>
                  <ProofMark label={check.holds ? t.check.proven : t.check.notProven} broken={!check.holds} />
                </li>
              ))}
          </ul>
        ) : null}
      </main>
      <div class="hb-panefoot">
        <Button full waits={busy !== undefined} onClick={() => model.verify()}>
          {verified ? t.check.again : t.check.run}
        </Button>
      </div>
    </>
  )
}
