import type { Child } from 'hono/jsx'
import { day, fill, type Locale, moment, organisationNumber, whole } from '#i18n/format.ts'
import type { PageTexts } from '#i18n/page-texts.ts'
import { mayDo, type Principal } from '#worker/access/permission.ts'
import type { CompanyAccess } from '#worker/access/store.ts'
import { dayInOslo } from '#worker/core/dates.ts'
import type { LedgerStatus } from '#worker/ledger/read-status.ts'
import { Mark, Wordmark } from './brand.tsx'
import { aboutPage } from './help/about-page.ts'
import { Icon } from './icon.tsx'
import { KeyMap, Palette } from './keyboard.tsx'
import { type Area, type MENU, menuOf } from './menu.ts'

export const SCHEMES = ['auto', 'light', 'dark', 'contrast'] as const
export type Scheme = (typeof SCHEMES)[number]
/** A key as its cap says, and what it does here: `['T', t.shell.keys.reverse]`. */
export type Key = readonly [cap: string, does: string]

export type ShellProps = {
  t: PageTexts
  locale: Locale
  scheme: Scheme
  principal: Principal
  /** None on the pages of the office. */
  company: CompanyAccess | undefined
  status: LedgerStatus | undefined
  /** Alerts the reader has not seen. */
  unseen: number | undefined
  /** Which entry of the menu this page belongs to. */
  area: Area | undefined
  /** How the main part is laid out: `work` uses the whole window, `report` at most 1,240 px, `split` has work and an aside. */
  layout: 'work' | 'report' | 'split'
  /** The keys that matter here, at most four; `?` for all comes after them. */
  keys: readonly Key[]
  /** Path and query of this page, to come back to after a change of language. */
  here: string
  children: Child
}

export const companyPath = (company: Pick<CompanyAccess, 'id'>, rest = ''): string => `/companies/${company.id}${rest}`

/** The frame: skip link, band and tab of the company, menu, person, the page itself, and the status line. */
export function Shell(props: ShellProps) {
  const { t, company, layout, children } = props
  return (
    <>
      <a class="ds-skip-link" href="#main">
        {t.shell.skip}
      </a>
      <div class="hb-page">
        <div>
          <Top {...props} />
          <Tabs {...props} />
        </div>
        <main class="hb-main" id="main" tabindex={-1} data-layout={layout}>
          {company?.deletesAt && <BeingDeleted {...props} />}
          {company?.pausedAt && <Paused {...props} />}
          {children}
        </main>
        <Bottom {...props} />
      </div>
      {company && mayDo(company, 'ledger:post') && (
        // Last on the page: a page that has another use of N keeps it.
        <a href={companyPath(company, '/vouchers/new')} data-go="+" data-key="N" hidden>
          {t.shell.areas.entry}
        </a>
      )}
      <Palette t={t} company={company} />
      <KeyMap t={t} company={company} about={aboutPage(t, props)} keys={props.keys} />
    </>
  )
}

/** On every page of a company that waits to be deleted. */
const BeingDeleted = ({ t, company, locale }: ShellProps) => (
  <div class="hb-notice hb-no-print" data-level="warning" role="status">
    <p>
      {fill(t.deletion.waits, { until: day(dayInOslo(company!.deletesAt!)) }, locale)}{' '}
      {mayDo(company, 'company:delete') && <a href={companyPath(company!, '/settings/deletion')}>{t.deletion.see}</a>}
    </p>
  </div>
)

/** On every page of a restored company that nobody has taken into use. */
const Paused = ({ t, company, locale }: ShellProps) => (
  <div class="hb-notice hb-no-print" data-level="info" role="status">
    <p>
      {fill(t.safety.paused, { at: moment(company!.pausedAt!) }, locale)}{' '}
      {mayDo(company, 'company:backup') && <a href={companyPath(company!, '/settings/safety')}>{t.safety.start}</a>}
    </p>
  </div>
)

function Top(props: ShellProps) {
  const { t, company, area } = props
  const menu = company ? menuOf(company) : []
  return (
    <header class="hb-top" data-company-color={company && colourOf(company)}>
      <a class="hb-mark" href="/" title={t.shell.allClients} data-full={company ? undefined : true} data-go="K">
        {company ? <Mark /> : <Wordmark />}
      </a>
      {company && (
        <a class="hb-company" href="/" title={t.shell.switchClient}>
          <span>
            <b>{company.name}</b>
            {company.organisationNumber && <small>{organisationNumber(company.organisationNumber)}</small>}
          </span>
          {company.test && <em>{t.shell.test}</em>}
          {company.pausedAt && <em>{t.shell.copy}</em>}
          <Icon name="down" />
        </a>
      )}
      {menu.length > 0 && (
        <nav class="hb-nav" id="menu" popover="auto" aria-label={t.shell.mainMenu}>
          <button class="hb-only-phone" type="button" data-opens="palette" hidden>
            <Icon name="search" />
            {t.shell.search}
          </button>
          {menu.map(({ group, entries }) => (
            <>
              <a
                class="hb-nav-group"
                href={companyPath(company!, `/${entries[0]!.path}`)}
                aria-current={entries.some((entry) => entry.area === area) ? 'true' : undefined}
              >
                {t.shell.groups[group]}
              </a>
              {entries.map((entry) => (
                <MenuLink {...props} entry={entry} narrow />
              ))}
            </>
          ))}
        </nav>
      )}
      <div class="hb-tools">
        <button class="hb-search" type="button" data-opens="palette" aria-label={`${t.shell.search}, Ctrl K`} hidden>
          <Icon name="search" />
          <span>{t.shell.search}</span> <kbd>Ctrl K</kbd>
        </button>
        <Bell {...props} />
        <Person {...props} />
        {menu.length > 0 && (
          <button class="hb-fold-menu" type="button" popovertarget="menu" aria-label={t.shell.openMenu}>
            <Icon name="menu" />
          </button>
        )}
      </div>
    </header>
  )
}

/** The way to one's alerts; a number when some are new. */
function Bell({ t, principal, unseen = 0, locale }: ShellProps) {
  if (principal.kind !== 'user') return null
  const label = unseen > 0 ? fill(t.alerts.unseen, { count: String(unseen) }, locale) : t.alerts.title
  return (
    <a class="hb-bell" href="/alerts" aria-label={label} title={label} data-unseen={unseen > 0 ? '' : undefined}>
      <Icon name="bell" />
      {unseen > 0 && <span>{Math.min(unseen, 99)}</span>}
    </a>
  )
}

/** The pages of the group one is in, under the bar. */
function Tabs(props: ShellProps) {
  const { t, company, area } = props
  const here = company && menuOf(company).find(({ entries }) => entries.some((entry) => entry.area === area))
  if (!here || here.entries.length < 2) return null
  return (
    <nav class="hb-tabs" aria-label={t.shell.groups[here.group]}>
      {here.entries.map((entry) => (
        <MenuLink {...props} entry={entry} />
      ))}
    </nav>
  )
}

type MenuLinkProps = ShellProps & { entry: (typeof MENU)[number]; narrow?: true }

/** `narrow`: it stands in the folded menu of a small screen; there, and hidden on a wide one, it carries the key. */
const MenuLink = ({ t, company, area, entry, narrow }: MenuLinkProps) => (
  <a
    class={narrow && 'hb-nav-page'}
    href={companyPath(company!, `/${entry.path}`)}
    aria-current={entry.area === area ? 'page' : undefined}
    data-go={narrow && entry.go}
  >
    {t.shell.areas[entry.area]}
  </a>
)

/** A test company is hatched and says so, whatever colour it was given. */
export const colourOf = (company: Pick<CompanyAccess, 'colour' | 'test'>): string =>
  company.test ? 'test' : company.colour

function Person({ t, principal, company, locale, scheme, here }: ShellProps) {
  const name = principal.kind === 'operator' ? t.shell.person.operator : principal.name
  return (
    <>
      <button
        class="hb-round"
        type="button"
        popovertarget="person"
        aria-label={fill(t.shell.person.menu, { name }, locale)}
      >
        <span data-initials={initials(name)} />
      </button>
      <div class="hb-menu" id="person" popover="auto">
        <section>
          <strong>{name}</strong>
          {principal.kind === 'user' && <div class="hb-quiet hb-small hb-break">{principal.email}</div>}
          {company && <div class="hb-quiet hb-small">{company.roleName ?? t.shell.roles[company.role]}</div>}
        </section>
        <Preferences t={t} locale={locale} scheme={scheme} here={here} />
        <section class="hb-choices">
          <button type="button" data-opens="key-map" hidden>
            {t.shell.person.shortcuts}
          </button>
          <a href="/help">{t.shell.person.help}</a>
          {company?.test && <a href={companyPath(company, '/overview?tour=1')}>{t.tour.again}</a>}
          <a href="/help/vouchers">{t.shell.person.everyday}</a>
          {principal.kind === 'user' && <a href="/security">{t.shell.person.security}</a>}
          <a href="/api/docs">{t.shell.person.apiDocs}</a>
        </section>
        <section>
          <form method="post" action="/sign-out" class="hb-choices">
            <button type="submit">{t.shell.person.signOut}</button>
          </form>
        </section>
      </div>
    </>
  )
}

type PreferenceProps = Pick<ShellProps, 't' | 'locale' | 'scheme' | 'here'>

/** Language and appearance, each a button of a form, so that they work without script. */
export function Preferences({ t, locale, scheme, here }: PreferenceProps) {
  const choice = (name: string, value: string, text: string, pressed: boolean, lang?: string) => (
    <button type="submit" name={name} value={value} aria-pressed={pressed ? 'true' : 'false'} lang={lang}>
      {text}
    </button>
  )
  return (
    <>
      <section>
        <h2>{t.shell.person.language}</h2>
        <form method="post" action="/preferences" class="hb-choices">
          <input type="hidden" name="return" value={here} />
          {choice('language', 'nb', 'Norsk', locale === 'nb', 'nb')}
          {choice('language', 'en', 'English', locale === 'en', 'en')}
        </form>
      </section>
      <section>
        <h2>{t.shell.person.appearance}</h2>
        <form method="post" action="/preferences" class="hb-choices">
          <input type="hidden" name="return" value={here} />
          {SCHEMES.map((s) => choice('scheme', s, t.shell.person[s], scheme === s))}
        </form>
      </section>
    </>
  )
}

const initials = (name: string): string => {
  const words = name.trim().split(/\s+/)
  return ((words[0]?.[0] ?? '') + (words.length > 1 ? words.at(-1)![0]! : '')).toUpperCase()
}

function Bottom({ t, status, keys, locale, company }: ShellProps) {
  return (
    <footer class="hb-bottom">
      {status && <Status t={t} status={status} locale={locale} />}
      {status && company && mayDo(company, 'ledger:read') && <Behind t={t} company={company} status={status} />}
      <div class="hb-keys">
        {keys.map(([cap, does]) => (
          <span>
            {cap.split(' ').map((part) => (
              <kbd>{part}</kbd>
            ))}
            {does}
          </span>
        ))}
        <button type="button" data-opens="key-map" hidden>
          <kbd>?</kbd>
          {t.shell.keys.all}
        </button>
      </div>
    </footer>
  )
}

type BehindProps = Pick<ShellProps, 't'> & { company: CompanyAccess; status: LedgerStatus }

/** What the page says when it is behind; `web/islands/shell.ts` hears of it and shows it. */
function Behind({ t, company, status }: BehindProps) {
  const { behind } = t.shell
  return (
    <span
      id="behind"
      role="status"
      class="hb-behind"
      data-base={`/api/v1/companies/${company.id}`}
      data-version={status.ledgerVersion}
      data-newest-event={status.newestEvent}
      data-posted={behind.posted}
      data-missed={behind.missed}
      data-unheard={behind.unheard}
      data-draft={behind.draft}
      data-sheet={behind.budget}
      data-match={behind.match}
      hidden
    >
      <span />
      <button type="button" data-key="U">
        <kbd>U</kbd> {behind.refresh}
      </button>
    </span>
  )
}

function Status({ t, status, locale }: { t: PageTexts; status: LedgerStatus; locale: Locale }) {
  const { ledgerVersion, difference, lockedTo } = status
  const words = t.shell.status
  const version = (text: string) => (
    <span id="ledger-version" data-text={words.version}>
      {text}
    </span>
  )
  if (ledgerVersion === 0) return version(words.nothingPosted)
  return (
    <>
      {difference === 0 ? (
        <span>
          <span class="hb-proof-mark" role="img" aria-label={words.proven} /> {words.inBalance}
        </span>
      ) : (
        <span class="hb-error-text">
          <span class="hb-proof-mark" data-broken role="img" aria-label={words.notProven} />
          {fill(words.outOfBalance, { amount: difference }, locale)}
        </span>
      )}
      {version(fill(words.version, { version: whole(ledgerVersion, locale) }, locale))}
      <span>
        {lockedTo && <Icon name="lock" />}
        {lockedTo ? fill(words.lockedTo, { date: lockedTo }, locale) : words.nothingLocked}
      </span>
    </>
  )
}
