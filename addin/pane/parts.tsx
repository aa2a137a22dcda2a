/** @jsxImportSource hono/jsx/dom */
import type { Child } from 'hono/jsx'
import { day, fill, organisationNumber, whole } from '#i18n/format.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import type { PaneModel } from './pane-model.ts'
import type { PaneState } from './pane-state.ts'
import { countedText, type PaneTexts, timeOf } from './pane-texts.ts'

export type ViewProps = { model: PaneModel; state: PaneState; t: PaneTexts }
export type View<Props = ViewProps> = (props: Props) => Child

const Reading: View = () => <main class="hb-panemain" aria-busy="true" />
/** A view that is read when it is first shown. What could not be read says so, and is asked for again by a button. */
export function later<Props extends ViewProps = ViewProps>(
  read: (model: PaneModel) => Promise<View<Props>>,
  Meanwhile: View<Props> = Reading,
): View<Props> {
  let Read: View<Props> | undefined
  let isLost = false
  return (props) => {
    const { model, t } = props
    if (Read) return <Read {...props} />
    if (isLost) {
      const again = () => {
        isLost = false
        model.redraw()
      }
      const told = <Lost t={t} again={again} />
      return Meanwhile === Reading ? <main class="hb-panemain">{told}</main> : told
    }
    read(model).then(
      (view) => {
        Read = view
        model.redraw()
      },
      () => {
        isLost = true
        model.redraw()
      },
    )
    return <Meanwhile {...props} />
  }
}

const Lost = ({ t, again }: Pick<ViewProps, 't'> & { again: () => void }) => (
  <div class="hb-notice" data-level="error" role="alert">
    <p>{t.notices.unread}</p>
    <Button variant="secondary" onClick={again}>
      {t.foot.again}
    </Button>
  </div>
)

/** A button that must wait stays in the tab order and says why. */
export function Button(props: {
  children?: Child
  onClick: () => unknown
  variant?: 'secondary' | 'tertiary'
  full?: boolean
  waits?: boolean
  shortcut?: string | undefined
}) {
  const { children, onClick, variant, full, waits = false, shortcut } = props
  return (
    <button
      type="button"
      class="ds-button"
      data-variant={variant}
      data-fullwidth={full ? '' : undefined}
      aria-disabled={waits ? 'true' : undefined}
      onClick={() => {
        if (!waits) onClick()
      }}
    >
      {children}
      {shortcut && <kbd>{shortcut}</kbd>}
    </button>
  )
}

/** A link that does something in the sheet or the pane. */
export const Act = ({ children, onClick, label }: { children?: Child; onClick: () => unknown; label?: string }) => (
  <button type="button" class="hb-act" aria-label={label} onClick={() => onClick()}>
    {children}
  </button>
)

export const ProofMark = ({ label, broken = false }: { label: string; broken?: boolean }) => (
  <span class="hb-proof-mark" role="img" aria-label={label} data-broken={broken ? '' : undefined} />
)

const SHAPES = { check: 'm3 8.5 3.2 3.2L13 4.8', down: 'm4 6 4 4 4-4' } as const
export const Icon = ({ name }: { name: keyof typeof SHAPES }) => (
  <svg class="hb-icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d={SHAPES[name]} />
  </svg>
)

/** Whose books these are, always in view. */
export function CompanyBar({ model, state, t }: ViewProps) {
  const { company } = state
  if (!company) return null
  const number = company.organisationNumber ? `${organisationNumber(company.organisationNumber)} · ` : ''
  // Its name begins with all that is seen of it.
  const mark = company.pausedAt ? t.company.copy : company.test ? t.company.test : undefined
  const shown = [company.name, `${number}${t.company.thisWorkbook}`, ...(mark ? [mark] : [])]
  return (
    <header class="hb-panetop">
      <button
        type="button"
        class="hb-company"
        aria-label={`${shown.join(' ')}. ${t.company.change}`}
        onClick={() => model.toCompanies()}
      >
        <span>
          <b>{shown[0]}</b> <small>{shown[1]}</small>
        </span>{' '}
        {shown[2] ? <em>{shown[2]}</em> : null}
        <Icon name="down" />
      </button>
    </header>
  )
}

const TABS = ['vouchers', 'report', 'check', 'more'] as const
export function Tabs({ model, state, t }: ViewProps) {
  return (
    <nav class="hb-panenav" aria-label={t.tabs.label}>
      {TABS.map((tab) => (
        <button
          type="button"
          class={tab === 'more' ? 'hb-push' : ''}
          aria-current={state.tab === tab ? 'page' : undefined}
          aria-label={tab === 'more' ? t.tabs.more : undefined}
          onClick={() => model.setTab(tab)}
        >
          {tab === 'more' ? '⋯' : tab === 'vouchers' ? t.sheetKinds[state.front].name : t.tabs[tab]}
        </button>
      ))}
    </nav>
  )
}

/** What was told last, until it is closed or something else is done. */
export function NoticeBar({ model, state, t }: ViewProps) {
  const { notice, locale } = state
  const text = notice?.key ? fill(t.notices[notice.key], notice.params ?? {}, locale) : notice?.text
  return (
    <div class="hb-panenotice" role={notice?.level === 'error' ? 'alert' : 'status'}>
      {text ? (
        <div class="hb-notice" data-level={notice!.level}>
          <p>{text}</p>
          <Act onClick={() => model.dismiss()}>{t.close}</Act>
        </div>
      ) : null}
    </div>
  )
}

/** Which version of the ledger the figures are drawn from, and whether somebody has posted since. */
export function Foot({ model, state, t }: ViewProps) {
  const { ledgerVersion, takenAt, stale, waiting, offline, locale, busy } = state
  const refresh = async () => (await model.readReports()).refresh()
  return (
    <footer class="hb-bottom">
      <span>
        {ledgerVersion === undefined ? (
          t.foot.noVersion
        ) : (
          <>
            <ProofMark label={t.foot.proven} />{' '}
            {fill(t.foot.version, { version: whole(ledgerVersion, locale) }, locale)}
          </>
        )}
      </span>
      <span class="hb-push" role="status">
        {busy && !busy.progress ? (
          <>
            {t.busy[busy.what]} …
            {busy.what === 'otherWindow' ? (
              <>
                {' '}
                · <Act onClick={() => model.stop()}>{t.vouchers.stop}</Act>
              </>
            ) : null}
          </>
        ) : offline ? (
          <>
            {takenAt === undefined
              ? t.foot.offline
              : fill(
                  t.foot.offlineSince,
                  { time: `${day(dayInOslo(new Date(takenAt).toISOString() as Instant))} ${timeOf(takenAt)}` },
                  locale,
                )}{' '}
            · <Act onClick={refresh}>{t.foot.again}</Act>
          </>
        ) : waiting > 0 ? (
          countedText(waiting, t.foot.waiting, locale)
        ) : stale > 0 ? (
          <>
            {countedText(stale, t.foot.stale, locale)} · <Act onClick={refresh}>{t.foot.refresh}</Act>
          </>
        ) : takenAt !== undefined ? (
          fill(t.foot.taken, { time: timeOf(takenAt) }, locale)
        ) : (
          ''
        )}
      </span>
    </footer>
  )
}
