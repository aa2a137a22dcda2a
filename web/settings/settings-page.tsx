import { fill, moment, plainKroner } from '#i18n/format.ts'
import { forgetAccess } from '#worker/access/allow.ts'
import { mayDo, type Permission } from '#worker/access/permission.ts'
import { changeCompany } from '#worker/companies/change-company.ts'
import { CompanyChange } from '#worker/companies/company-settings.ts'
import { type KeptCompany, readSettings } from '#worker/companies/settings-store.ts'
import { parse } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { VAT_TERM_KINDS } from '#worker/vat/vat-term.ts'
import { oreOf } from '../companies/amount.ts'
import { dayIn } from '../day-field.tsx'
import { CheckField, ErrorSummary, faultsOf, SelectField, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** The company's details, with what must be put right. Who may enter it and the keys of programs stand on pages of their own. */
export async function settingsPage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const kept = await readSettings(c.var.db)
  return page(
    c,
    { title: t.settings.title, area: 'settings', status: (tried?.problem.status as 422 | undefined) ?? 200 },
    <>
      <div class="hb-head">
        <div>
          <h1>{t.settings.title}</h1>
          <p>
            {fill(t.settings.company.created, { date: moment(kept.createdAt).slice(0, 10) }, c.var.locale)}
            {' · '}
            {fill(t.settings.company.currency, { currency: kept.currency }, c.var.locale)}
          </p>
        </div>
      </div>
      <div class="hb-columns" data-side>
        <section>
          <div class="hb-section-head">
            <h2>{t.settings.company.title}</h2>
          </div>
          <div class="hb-notices">
            <ErrorSummary c={c} tried={tried} fields={COMPANY_FIELDS} form="company" />
          </div>
          <CompanyForm c={c} kept={kept} tried={tried} />
        </section>
        <Ways c={c} />
      </div>
    </>,
  )
}

/** The settings that stand on pages of their own, each with what it is for. */
function Ways({ c }: { c: Page }) {
  const t = textsOf(c)
  const { access } = c.var
  const words = t.settings.ways
  const ways: readonly [path: string, text: string, about: string, may: Permission][] = [
    ['/members', t.members.title, words.members, 'member:read'],
    ['/settings/profile', t.profile.link, words.profile, 'company:read'],
    ['/settings/voucher-types', t.voucherTypes.link, words.voucherTypes, 'register:read'],
    ['/settings/safety', t.safety.title, words.safety, 'verify:run'],
    ['/settings/copy', t.copySettings.link, words.copy, 'company:write'],
    ['/settings/deletion', t.deletion.link, words.deletion, 'company:delete'],
  ]
  return (
    <section>
      <div class="hb-section-head">
        <h2>{words.title}</h2>
      </div>
      <ul class="hb-todo">
        {ways
          .filter(([, , , may]) => mayDo(access, may))
          .map(([path, text, about]) => (
            <li>
              <a href={companyPath(access, path)}>{text}</a>
              <span class="hb-quiet">{about}</span>
            </li>
          ))}
      </ul>
    </section>
  )
}

const COMPANY_FIELDS = ['name', 'organisationNumber', 'vatAmountLimit', 'matchDifferenceLimit', 'cutOverDate']

function CompanyForm({ c, kept, tried }: { c: Page; kept: KeptCompany; tried: Tried | undefined }) {
  const t = textsOf(c)
  const words = t.settings.company
  const { locale, access } = c.var
  const { settings } = kept
  const faults = faultsOf(tried, locale)
  const sent = tried?.fields
  const mayWrite = mayDo(access, 'company:write')
  return (
    <form class="hb-form" method="post" action={companyPath(access, '/settings/company')}>
      <input type="hidden" name="version" value={String(kept.version)} />
      <TextField
        label={words.name}
        name="name"
        form="company"
        value={sent ? sent.name : settings.name}
        faults={faults}
        readonly={!mayWrite}
        maxlength={256}
        required
      />
      <TextField
        label={words.organisationNumber}
        name="organisationNumber"
        form="company"
        value={sent ? sent.organisationNumber : settings.organisationNumber}
        faults={faults}
        readonly={!mayWrite}
        inputmode="numeric"
      />
      <CheckField label={words.vatRegistered} name="vatRegistered" checked={settings.vatRegistered} />
      <CheckField label={words.reverseChargeLiable} name="reverseChargeLiable" checked={settings.reverseChargeLiable} />
      <div class="hb-form-row">
        <SelectField
          label={words.vatTerm}
          name="vatTerm"
          form="company"
          value={sent ? sent.vatTerm : settings.vatTerm}
          options={VAT_TERM_KINDS.map((kind) => [kind, words.vatTerms[kind]])}
          faults={faults}
        />
        <TextField
          label={words.vatAmountLimit}
          name="vatAmountLimit"
          form="company"
          value={sent ? sent.vatAmountLimit : plainKroner(settings.vatAmountLimit, locale)}
          help={words.vatAmountLimitHelp}
          faults={faults}
          readonly={!mayWrite}
          inputmode="decimal"
        />
        <TextField
          label={words.matchDifferenceLimit}
          name="matchDifferenceLimit"
          form="company"
          value={sent ? sent.matchDifferenceLimit : plainKroner(settings.matchDifferenceLimit, locale)}
          help={words.matchDifferenceLimitHelp}
          faults={faults}
          readonly={!mayWrite}
          inputmode="decimal"
        />
        <TextField
          label={words.cutOverDate}
          name="cutOverDate"
          form="company"
          value={sent ? sent.cutOverDate : settings.cutOverDate?.split('-').reverse().join('.')}
          help={words.cutOverDateHelp}
          faults={faults}
          readonly={!mayWrite}
          placeholder={t.shell.dayHint}
          day
        />
      </div>
      {mayWrite ? (
        <div class="hb-form-actions">
          <button class="ds-button" type="submit">
            {t.registers.save}
          </button>
        </div>
      ) : (
        <p class="hb-quiet">{t.settings.lacking}</p>
      )}
    </form>
  )
}

export async function submitCompany(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const { locale, access, control } = c.var
  return tryForm(
    fields,
    async () => {
      const { cutOverDate, vatAmountLimit, matchDifferenceLimit, organisationNumber } = fields
      const change = parse(
        {
          name: fields.name ?? '',
          organisationNumber: organisationNumber?.replace(/\s/g, '') ?? null,
          vatRegistered: fields.vatRegistered === 'yes',
          reverseChargeLiable: fields.reverseChargeLiable === 'yes',
          ...(fields.vatTerm !== undefined && { vatTerm: fields.vatTerm }),
          vatAmountLimit: oreOf(vatAmountLimit ?? '0', locale) ?? -1,
          matchDifferenceLimit: oreOf(matchDifferenceLimit ?? '0', locale) ?? -1,
          cutOverDate: cutOverDate === undefined ? null : (dayIn(cutOverDate) ?? cutOverDate),
        },
        CompanyChange,
      )
      const version = /^\d+$/.test(fields.version ?? '') ? Number(fields.version) : undefined
      await changeCompany({ ...actingOf(c), control, company: access.id }, change, version)
      forgetAccess(access.id)
      return c.redirect(companyPath(access, '/settings'), 303)
    },
    (tried) => settingsPage(c, tried),
  )
}
