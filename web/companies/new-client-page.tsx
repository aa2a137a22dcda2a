import { readOffices } from '#worker/access/office-access.ts'
import { mayInOffice } from '#worker/access/permission.ts'
import { NewCompany, yearsAround } from '#worker/companies/company.ts'
import { createCompany } from '#worker/companies/create-company.ts'
import { yearOf } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { parse } from '#worker/http/accept.ts'
import { today } from '../day-field.tsx'
import { CheckField, ErrorSummary, faultsOf, SelectField, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { Icon } from '../icon.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

const FIELDS = ['name', 'organisationNumber', 'fromYear', 'toYear']

/** A new client: empty books by a form, or everything from the old system by a SAF-T file. */
export async function newClientPage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.clients.create
  const faults = faultsOf(tried, c.var.locale)
  const sent = tried?.fields
  const [from, to] = yearsAround(today())
  const offices = (await readOffices(c.var.control, c.var.principal)).filter((one) =>
    mayInOffice(one.role, 'office-client:write'),
  )
  const office = sent ? sent.office : (c.req.query('office') ?? offices[0]?.id)
  return page(
    c,
    {
      title: words.title,
      scripts: ['import-upload.js'],
      status: (tried?.problem.status as 422 | undefined) ?? 200,
      keys: [['Esc', t.shell.keys.back]],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={tried} fields={FIELDS} />
      </div>
      <div class="hb-columns">
        <section>
          <div class="hb-section-head">
            <h2>{words.blank}</h2>
          </div>
          <p>{words.blankNote}</p>
          <form class="hb-form" method="post" action="/companies/new">
            <TextField label={words.name} name="name" value={sent?.name} faults={faults} maxlength={256} required />
            <TextField
              label={words.organisationNumber}
              name="organisationNumber"
              value={sent?.organisationNumber}
              help={words.organisationNumberHelp}
              faults={faults}
              inputmode="numeric"
            />
            {offices.length > 0 && (
              <SelectField
                label={t.members.office.forOffice}
                name="office"
                value={office}
                faults={faults}
                options={[
                  ...offices.map((one) => [one.id, one.name] as const),
                  ['', t.members.office.noOffice] as const,
                ]}
              />
            )}
            <div class="hb-form-row">
              <TextField
                label={words.fromYear}
                name="fromYear"
                value={sent?.fromYear ?? String(from)}
                faults={faults}
                inputmode="numeric"
                maxlength={4}
                required
              />
              <TextField
                label={words.toYear}
                name="toYear"
                value={sent?.toYear ?? String(to)}
                faults={faults}
                inputmode="numeric"
                maxlength={4}
                required
              />
            </div>
            <CheckField
              label={words.vatRegistered}
              name="vatRegistered"
              checked={sent ? sent.vatRegistered === 'yes' : true}
            />
            <CheckField label={words.test} name="test" checked={sent?.test === 'yes'} />
            <div class="hb-form-actions">
              <button class="ds-button" type="submit">
                {words.submit}
              </button>
              <a class="ds-button" data-variant="tertiary" href="/" data-key="Escape">
                {t.registers.cancel}
              </a>
            </div>
          </form>
        </section>
        <section>
          <div class="hb-section-head">
            <h2>{words.saft}</h2>
          </div>
          <p>{words.saftNote}</p>
          <SaftDrop c={c} office={office} />
        </section>
      </div>
    </>,
  )
}

/** A place to drop the file; `web/islands/import-upload.ts` sends it and goes to where it is looked over. */
function SaftDrop({ c, office }: { c: Page; office: string | undefined }) {
  const words = textsOf(c).clients.create
  return (
    <>
      <form
        class="hb-drop"
        data-import
        data-office={office || undefined}
        data-sending={words.sending}
        data-booking={words.booking}
        data-resumed={textsOf(c).imports.upload.resumed}
        data-lost={textsOf(c).imports.upload.lost}
        data-empty={words.tooFast}
      >
        <p class="hb-strong">{words.drop}</p>
        <div class="hb-drop-choice">
          <input
            class="hb-spoken"
            type="file"
            id="saft-file"
            multiple
            accept=".xml,.gz,.zip,application/xml,text/xml"
            aria-label={words.choose}
          />
          <label class="ds-button" data-variant="secondary" for="saft-file">
            <Icon name="file" />
            {words.choose}
          </label>
          <span class="hb-break" data-chosen />
        </div>
        <button class="ds-button" type="submit">
          {words.read}
        </button>
        <progress class="hb-progress" max={100} value={0} aria-label={words.saft} hidden />
        <p class="hb-quiet" role="status" />
      </form>
      <div class="hb-notice hb-section" data-level="error" role="alert" data-import-problem hidden>
        <h3>{words.failed}</h3>
        <ul />
      </div>
      <noscript>
        <p class="hb-notice hb-section">{words.noScript}</p>
      </noscript>
    </>
  )
}

export async function submitNewClient(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const { principal, control } = c.var
  return tryForm(
    fields,
    async () => {
      if (principal.kind === 'key') throw new Problem(403, 'permission/missing')
      const year = (text: string | undefined) => (text === undefined ? yearOf(today()) : Number(text))
      const wanted = {
        name: fields.name ?? '',
        ...(fields.organisationNumber && { organisationNumber: fields.organisationNumber.replace(/\s/g, '') }),
        ...(fields.office !== undefined && { office: fields.office }),
        vatRegistered: fields.vatRegistered === 'yes',
        test: fields.test === 'yes',
        fromYear: year(fields.fromYear),
        toYear: Math.max(year(fields.toYear), year(fields.fromYear)),
      }
      const company = await createCompany({ env: c.env, control, principal }, parse(wanted, NewCompany))
      return c.redirect(companyPath(company), 303)
    },
    (tried) => newClientPage(c, tried),
  )
}
