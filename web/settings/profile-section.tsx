import { mayDo } from '#worker/access/permission.ts'
import { changeLogo, changeProfile } from '#worker/companies/change-profile.ts'
import { missingForEhf, numberOnDocuments, ProfileChange } from '#worker/companies/company-profile.ts'
import { type KeptProfile, readLogo, readProfile } from '#worker/companies/profile-store.ts'
import { readSettings } from '#worker/companies/settings-store.ts'
import { Problem } from '#worker/core/problem.ts'
import { parse } from '#worker/http/accept.ts'
import { actingOf, provingOf } from '#worker/http/acting.ts'
import { ErrorSummary, faultsOf, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

const TEXTS = ['address', 'postalCode', 'city', 'country', 'email', 'phone', 'website', 'senderEmail'] as const
/** Bank accounts one can type at a time; more are added once these are saved. */
const EMPTY_ROWS = 2

/** The company as it stands on what it sends: address, bank accounts, logo. */
export async function profilePage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.profile
  const { db, access } = c.var
  const [kept, { settings }] = await Promise.all([readProfile(db), readSettings(db)])
  const missing = missingForEhf(settings, kept.profile)
  const mayWrite = mayDo(access, 'company:write')
  return page(
    c,
    {
      title: words.title,
      area: 'settings',
      status: (tried?.problem.status as 422 | undefined) ?? 200,
      keys: [['Esc', t.shell.keys.back]],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>
            {settings.name} {numberOnDocuments(settings)}
          </p>
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={tried} fields={[...TEXTS]} />
        {missing.length > 0 && (
          <div class="hb-notice" data-level="warning" role="status">
            <p>
              {words.ehf} {missing.map((field) => words.missing[field as keyof typeof words.missing]).join(', ')}.
            </p>
          </div>
        )}
      </div>
      <div class="hb-columns" data-side>
        <section>
          <Details c={c} kept={kept} tried={tried} mayWrite={mayWrite} />
        </section>
        <section>
          <h2>{words.logo}</h2>
          {kept.logo && (
            <p>
              <img
                class="hb-logo"
                src={companyPath(access, `/settings/profile/logo?v=${kept.logo.sha256.slice(0, 12)}`)}
                alt={settings.name}
              />
            </p>
          )}
          {mayWrite && (
            <form
              class="hb-form"
              method="post"
              enctype="multipart/form-data"
              action={companyPath(access, '/settings/profile/logo')}
            >
              <div class="ds-field">
                <label class="ds-label" for="field-logo">
                  {words.logoFile}
                </label>
                <input
                  class="ds-input"
                  type="file"
                  id="field-logo"
                  name="logo"
                  accept="image/png,image/jpeg,image/webp"
                />
                <small>{words.logoHelp}</small>
              </div>
              <div class="hb-form-actions">
                <button class="ds-button" data-variant="secondary" type="submit">
                  {words.logoSubmit}
                </button>
              </div>
            </form>
          )}
        </section>
      </div>
      <a href={companyPath(access, '/settings')} data-key="Escape" hidden>
        {t.settings.title}
      </a>
    </>,
  )
}

type DetailsProps = { c: Page; kept: KeptProfile; tried: Tried | undefined; mayWrite: boolean }

function Details({ c, kept, tried, mayWrite }: DetailsProps) {
  const t = textsOf(c)
  const words = t.profile
  const faults = faultsOf(tried, c.var.locale)
  const text = (name: (typeof TEXTS)[number], help?: string) => (
    <TextField
      label={words.fields[name]}
      name={name}
      value={tried ? tried.fields[name] : kept.profile[name]}
      help={help}
      faults={faults}
      readonly={!mayWrite}
    />
  )
  const rows = Math.max(kept.profile.bankAccounts.length + EMPTY_ROWS, EMPTY_ROWS)
  return (
    <form class="hb-form" method="post" action={companyPath(c.var.access, '/settings/profile')}>
      <input type="hidden" name="version" value={String(kept.version)} />
      {text('address')}
      <div class="hb-form-row">
        {text('postalCode')}
        {text('city')}
        {text('country', t.registers.parties.fields.countryHelp)}
      </div>
      <div class="hb-form-row">
        {text('email')}
        {text('phone')}
      </div>
      <div class="hb-form-row">
        {text('website')}
        {text('senderEmail', words.senderHelp)}
      </div>
      <h2>{words.bankAccounts}</h2>
      {Array.from({ length: rows }, (_, i) => {
        const own = kept.profile.bankAccounts[i]
        const value = (name: string, mine: string | null | undefined) => (tried ? tried.fields[`${name}-${i}`] : mine)
        const wrong = new Map([...faults].map(([k, v]) => [k.replace(/^bankAccounts\/(\d+)\/(\w+)$/, '$2-$1'), v]))
        return (
          <div class="hb-form-row">
            <TextField
              label={words.bank.number}
              name={`number-${i}`}
              value={value('number', own?.number.replace(/^(\d{4})(\d{2})(\d{5})$/, '$1 $2 $3'))}
              faults={wrong}
              inputmode="numeric"
              readonly={!mayWrite}
            />
            <TextField
              label={words.bank.name}
              name={`name-${i}`}
              value={value('name', own?.name)}
              faults={wrong}
              readonly={!mayWrite}
            />
            <TextField
              label={words.bank.account}
              name={`account-${i}`}
              value={value('account', own?.account)}
              faults={wrong}
              inputmode="numeric"
              readonly={!mayWrite}
            />
          </div>
        )
      })}
      {mayWrite && (
        <div class="hb-form-actions">
          <button class="ds-button" type="submit">
            {t.registers.save}
          </button>
        </div>
      )}
    </form>
  )
}

export async function submitProfile(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const places = Object.keys(fields).flatMap((name) => /^number-(\d{1,2})$/.exec(name)?.[1] ?? [])
      const bankAccounts = places.map((i) => ({
        number: (fields[`number-${i}`] ?? '').replace(/[\s.]/g, ''),
        name: fields[`name-${i}`] ?? '',
        account: fields[`account-${i}`] ?? null,
      }))
      const texts = Object.fromEntries(TEXTS.map((name) => [name, fields[name] ?? null]))
      const change = { ...texts, country: fields.country?.toUpperCase() ?? null, bankAccounts }
      const version = /^\d+$/.test(fields.version ?? '') ? Number(fields.version) : undefined
      await changeProfile(provingOf(c), c.var.access, parse(change, ProfileChange), version)
      return c.redirect(companyPath(c.var.access, '/settings/profile'), 303)
    },
    (tried) => profilePage(c, tried),
  )
}

export async function submitLogo(c: Page): Promise<Response> {
  return tryForm(
    {},
    async () => {
      if (Number(c.req.header('content-length') ?? 0) > 300_000)
        throw new Problem(413, 'request/too-large', { params: { limit: '200 kB' } })
      const file = (await c.req.parseBody()).logo
      const bytes = file instanceof File && file.size > 0 ? new Uint8Array(await file.arrayBuffer()) : null
      await changeLogo(actingOf(c), c.var.access.id, bytes)
      return c.redirect(companyPath(c.var.access, '/settings/profile'), 303)
    },
    (tried) => profilePage(c, tried),
  )
}

/** The logo itself, for pages and documents. @throws Problem 404 logo/unknown. */
export async function logoImage(c: Page): Promise<Response> {
  const logo = await readLogo(c.var.db)
  if (!logo) throw new Problem(404, 'logo/unknown')
  const bytes = Uint8Array.from(atob(logo.base64), (byte) => byte.charCodeAt(0))
  return c.body(bytes, 200, { 'content-type': logo.type, 'x-content-type-options': 'nosniff' })
}
