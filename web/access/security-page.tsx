import type { Child } from 'hono/jsx'
import { eventText } from '#i18n/event-text.ts'
import { counted, fill, moment } from '#i18n/format.ts'
import type { App } from '#worker/access/app-store.ts'
import { listApps } from '#worker/access/list-apps.ts'
import type { LogEntry } from '#worker/audit-log/log-store.ts'
import { readControlLog } from '#worker/control-log/store.ts'
import {
  type Factors,
  type Passkey,
  type ProviderAccount,
  readFactors,
  readPasskeys,
  readProviderAccounts,
} from '#worker/identity/factor-store.ts'
import { PASSWORD_MIN } from '#worker/identity/password-rules.ts'
import { providersOf } from '#worker/identity/provider.ts'
import { contextOf, personOf } from '#worker/identity/request.ts'
import type { User } from '#worker/identity/user-store.ts'
import { canSendMail } from '#worker/mail/send-mail.ts'
import { faultsOf, TextField, type Tried } from '../fields.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { PasskeyForm } from './passkey-form.tsx'
import { isOwnMachine } from './signing.ts'
import { Refusal } from './small-page.tsx'

/** Entries of the log that stand on the page. */
const RECENT = 10

/** What a form of the page has done, or could not do. */
export type Told = { message?: string; tried?: Tried; section?: 'password' | 'passkeys' }

/** How one signs in, and where one is signed in. */
export async function securityPage(c: Page, told: Told = {}): Promise<Response> {
  const t = textsOf(c).security
  const { user, session } = await personOf(c)
  const { control } = c.var
  const [factors, passkeys, accounts, apps, entries] = await Promise.all([
    readFactors(control, user.id),
    readPasskeys(control, user.id),
    readProviderAccounts(control, user.id),
    listApps(contextOf(c), user),
    readControlLog(control, { user: user.id }, {}, { limit: RECENT }),
  ])
  const { tried } = told
  const status = tried && (tried.problem.status as 422)
  return page(
    c,
    { title: t.title, layout: 'report', scripts: ['passkey.js'], ...(status && { status }) },
    <div class="hb-security">
      <div class="hb-head">
        <div>
          <h1>{t.title}</h1>
          <p>{t.intro}</p>
        </div>
      </div>
      {told.message && (
        <p class="hb-notice" role="status">
          {told.message}
        </p>
      )}
      {tried && tried.problem.issues.length === 0 && <Refusal c={c} problem={tried.problem} />}
      <Passkeys c={c} user={user} factors={factors} passkeys={passkeys} />
      <CodeApp c={c} factors={factors} />
      <Recovery c={c} factors={factors} />
      <Password c={c} user={user} factors={factors} tried={told.section === 'password' ? tried : undefined} />
      <Address c={c} user={user} />
      <Providers c={c} accounts={accounts} />
      <Devices c={c} apps={apps} here={session} />
      <Log c={c} entries={entries} />
      {isOwnMachine(c) && (
        <p>
          <a href="/mailbox">{t.mailbox.title}</a>
        </p>
      )}
    </div>,
  )
}

const Section = ({ id, title, intro, children }: { id: string; title: string; intro?: string; children?: Child }) => (
  <section class="hb-section" id={id}>
    <h2>{title}</h2>
    {intro && <p class="hb-quiet">{intro}</p>}
    {children}
  </section>
)

/** A button that is a form of its own. */
const Action = ({ action, text, label }: { action: string; text: string; label?: string }) => (
  <form method="post" action={action}>
    <button class="ds-button" data-variant="tertiary" type="submit" aria-label={label}>
      {text}
    </button>
  </form>
)

type PasskeysProps = { c: Page; user: User; factors: Factors; passkeys: readonly Passkey[] }

function Passkeys({ c, user, factors, passkeys }: PasskeysProps) {
  const t = textsOf(c).security
  const words = t.passkey
  return (
    <Section id="passkeys" title={words.title} intro={words.intro}>
      {passkeys.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <table class="hb-table" data-list>
          <thead>
            <tr>
              <th>{words.column.name}</th>
              <th>{words.column.created}</th>
              <th>{words.column.used}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {passkeys.map(({ id, name, createdAt, usedAt }) => (
              <tr>
                <td>{name}</td>
                <td class="hb-date hb-faint">{moment(createdAt)}</td>
                <td class="hb-date hb-faint" data-line="2" data-label={words.column.used}>
                  {usedAt ? moment(usedAt) : words.never}
                </td>
                <td class="hb-num">
                  <Action
                    action={`/security/passkeys/${encodeURIComponent(id)}/removal`}
                    text={words.remove}
                    label={fill(words.removeOne, { name }, c.var.locale)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div class="hb-narrow">
        <PasskeyForm c={c} action="/security/passkeys" options="make" text={words.add} secondary>
          {needsPassword(user, factors) && <PasswordNow c={c} form="passkeys" />}
        </PasskeyForm>
        <p class="hb-quiet" data-needs-passkeys>
          {words.needsScript}
        </p>
      </div>
    </Section>
  )
}

/** Who has no second factor yet confirms with the password that it is theirs to add. */
export const needsPassword = (user: User, { codeApp, passkeys }: Factors): boolean =>
  user.passwordHash !== null && !codeApp && passkeys === 0

export const PasswordNow = ({ c, form }: { c: Page; form: string }) => (
  <TextField
    label={textsOf(c).security.password.confirm}
    name="currentPassword"
    form={form}
    type="password"
    autocomplete="current-password"
    required
  />
)

function CodeApp({ c, factors }: { c: Page; factors: Factors }) {
  const words = textsOf(c).security.app
  return (
    <Section id="code-app" title={words.title} intro={words.intro}>
      {factors.codeApp ? (
        <div class="hb-picks">
          <span class="hb-chip" data-state="proven">
            {words.on}
          </span>
          <Action action="/security/code-app/removal" text={words.disconnect} />
        </div>
      ) : (
        <p class="hb-form-actions">
          <a class="ds-button" data-variant="secondary" href="/security/code-app">
            {words.connect}
          </a>
        </p>
      )}
    </Section>
  )
}

function Recovery({ c, factors }: { c: Page; factors: Factors }) {
  const words = textsOf(c).security.recovery
  const any = factors.codeApp || factors.passkeys > 0
  return (
    <Section id="recovery" title={words.title} intro={words.intro}>
      <p>{any ? counted(factors.recoveryCodes, words.left, c.var.locale) : words.none}</p>
      {any && <Action action="/security/recovery-codes" text={words.make} />}
    </Section>
  )
}

function Password({ c, user, factors, tried }: { c: Page; user: User; factors: Factors; tried: Tried | undefined }) {
  const words = textsOf(c).security.password
  return (
    <Section id="password" title={words.title} {...(user.passwordHash === null && { intro: words.none })}>
      <form class="hb-form hb-narrow" method="post" action="/security/password">
        <input type="hidden" name="email" autocomplete="username" value={user.email} />
        {needsPassword(user, factors) && <PasswordNow c={c} form="password" />}
        <TextField
          label={words.new}
          name="password"
          form="new"
          type="password"
          autocomplete="new-password"
          minlength={PASSWORD_MIN}
          help={words.help}
          faults={faultsOf(tried, c.var.locale)}
          required
        />
        <div class="hb-form-actions">
          <button class="ds-button" data-variant="secondary" type="submit">
            {words.change}
          </button>
        </div>
      </form>
    </Section>
  )
}

function Address({ c, user }: { c: Page; user: User }) {
  const words = textsOf(c).security.address
  const { email, emailVerifiedAt } = user
  return (
    <Section id="address" title={words.title}>
      <p>{fill(emailVerifiedAt ? words.verified : words.unverified, { email }, c.var.locale)}</p>
      {!emailVerifiedAt &&
        (canSendMail(c.env) ? <Action action="/security/address" text={words.send} /> : <p>{words.noMail}</p>)}
    </Section>
  )
}

function Providers({ c, accounts }: { c: Page; accounts: readonly ProviderAccount[] }) {
  const words = textsOf(c).security.providers
  const providers = providersOf(c.env.OIDC_PROVIDERS)
  if (providers.length === 0) return null
  return (
    <Section id="providers" title={words.title} intro={words.intro}>
      {providers.map(({ key, name, issuer }) => {
        const joined = accounts.find((account) => account.issuer === issuer)
        return (
          <div class="hb-picks">
            <span>{joined ? [name, joined.email].filter(Boolean).join(', ') : name}</span>
            {joined ? (
              <Action action={`/security/providers/${key}/removal`} text={words.leave} />
            ) : (
              <Action
                action={`/security/providers/${key}`}
                text={fill(words.connect, { provider: name }, c.var.locale)}
              />
            )}
          </div>
        )
      })}
    </Section>
  )
}

function Devices({ c, apps, here }: { c: Page; apps: readonly App[]; here: string }) {
  const words = textsOf(c).security.devices
  return (
    <Section id="devices" title={words.title} intro={words.intro}>
      <table class="hb-table" data-list>
        <thead>
          <tr>
            <th>{words.column.device}</th>
            <th>{words.column.place}</th>
            <th>{words.column.since}</th>
            <th>{words.column.used}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {apps.map((s) => {
            const device = [s.app === 'excel' && 'Excel', s.device || words.unknown].filter(Boolean).join(', ')
            return (
              <tr>
                <td>
                  {device} {s.id === here && <span class="hb-faint">({words.here})</span>}
                </td>
                <td data-line="2">{s.place}</td>
                <td class="hb-date hb-faint hb-only-wide">{moment(s.since)}</td>
                <td class="hb-date hb-faint" data-line="2" data-label={words.column.used}>
                  {moment(s.usedAt)}
                </td>
                <td class="hb-num">
                  {s.id !== here && (
                    <Action
                      action={`/security/devices/${s.id}/end`}
                      text={words.end}
                      label={fill(words.endOne, { device }, c.var.locale)}
                    />
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <Action action="/security/devices/end" text={words.everywhere} />
    </Section>
  )
}

function Log({ c, entries }: { c: Page; entries: readonly LogEntry[] }) {
  const t = textsOf(c).security
  if (entries.length === 0) return null
  return (
    <Section id="log" title={t.log.title}>
      <table class="hb-table" data-list>
        <thead>
          <tr>
            <th>{t.log.column.at}</th>
            <th>{t.log.column.what}</th>
            <th>{t.devices.column.device}</th>
            <th>{t.devices.column.place}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ type, recordedAt, origin }) => (
            <tr>
              <td class="hb-date hb-faint">{moment(recordedAt)}</td>
              <td>{eventText(type, c.var.locale)}</td>
              <td data-line="2">{origin?.device}</td>
              <td data-line="2">{origin?.place ?? origin?.network}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <a class="ds-button" data-variant="tertiary" href="/security/log">
          {t.log.all}
        </a>
        <a class="ds-button" data-variant="tertiary" href="/security/apps">
          {textsOf(c).oauth.apps}
        </a>
      </p>
    </Section>
  )
}
