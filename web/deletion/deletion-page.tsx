import { day, fill, moment, whole } from '#i18n/format.ts'
import { rightsContextOf } from '#worker/access/rights-context.ts'
import { dayInOslo } from '#worker/core/dates.ts'
import { DeletionAsked, GRACE_DAYS, GROUNDS } from '#worker/deletion/company-deletion.ts'
import { askDeletion, type Prospect, readProspect, restoreFromDeletion } from '#worker/deletion/remove-company.ts'
import { parse } from '#worker/http/accept.ts'
import { ErrorSummary, faultsOf, SelectField, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** What deleting the company takes away, the archive first, then the form; or, once it was asked for, the way back. */
export async function deletionPage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.deletion
  const { access, locale } = c.var
  const prospect = await readProspect(rightsContextOf(c))
  return page(
    c,
    {
      title: words.title,
      area: 'settings',
      layout: 'report',
      status: (tried?.problem.status as 422 | undefined) ?? 200,
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{fill(words.intro, { days: String(GRACE_DAYS) }, locale)}</p>
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={tried} fields={['name', 'ground']} form="deletion" />
      </div>
      <section>
        <h2>{words.takes}</h2>
        <table class="hb-table">
          <tbody>
            {(['vouchers', 'entries', 'documents', 'backups'] as const).map((what) => (
              <tr>
                <td>{words.counts[what]}</td>
                <td class="hb-num">{whole(prospect[what], locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section class="hb-section">
        <h2>{words.archive}</h2>
        <p class="hb-quiet">{words.archiveNote}</p>
        <p class="hb-actions">
          <a class="ds-button" href={`/api/v1${companyPath(access, '/archive')}`} download>
            {words.download}
          </a>
          <a class="ds-button" data-variant="secondary" href={companyPath(access, '/exports')}>
            {words.saft}
          </a>
        </p>
      </section>
      <section class="hb-section">
        <p>
          {prospect.retained
            ? fill(words.retained, { until: day(prospect.retentionUntil!) }, locale)
            : words.notRetained}
        </p>
        {prospect.asked ? <Asked c={c} asked={prospect.asked} /> : <Form c={c} prospect={prospect} tried={tried} />}
      </section>
    </>,
  )
}

function Asked({ c, asked }: { c: Page; asked: NonNullable<Prospect['asked']> }) {
  const words = textsOf(c).deletion
  const { access, locale } = c.var
  const when = { at: moment(asked.askedAt), until: day(dayInOslo(asked.deletesAt)) }
  return (
    <form method="post" action={companyPath(access, '/settings/deletion/undo')}>
      <p>
        {fill(words.asked, when, locale)} <a href={`/deletions/${asked.id}`}>{words.proof.title}</a>
      </p>
      <button class="ds-button" type="submit">
        {words.undo}
      </button>
    </form>
  )
}

function Form({ c, prospect, tried }: { c: Page; prospect: Prospect; tried: Tried | undefined }) {
  const words = textsOf(c).deletion
  const { access, locale } = c.var
  const faults = faultsOf(tried, locale)
  return (
    <form class="hb-form" method="post" action={companyPath(access, '/settings/deletion')}>
      {prospect.retained && (
        <SelectField
          label={words.ground}
          name="ground"
          form="deletion"
          value={tried?.fields.ground}
          options={(['', ...GROUNDS] as const).map((ground) => [ground, words.grounds[ground]])}
          faults={faults}
        />
      )}
      <TextField
        label={words.name}
        name="name"
        form="deletion"
        value={tried?.fields.name}
        help={access.name}
        faults={faults}
        maxlength={256}
        required
      />
      <div class="hb-form-actions">
        <button class="ds-button" data-color="danger" type="submit">
          {words.submit}
        </button>
      </div>
    </form>
  )
}

export async function submitDeletion(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { name = '', ground } = fields
      await askDeletion(rightsContextOf(c), parse({ name, ...(ground && { ground }) }, DeletionAsked))
      return c.redirect(companyPath(c.var.access, '/settings/deletion'), 303)
    },
    (tried) => deletionPage(c, tried),
  )
}

export async function submitUndoing(c: Page): Promise<Response> {
  await restoreFromDeletion(rightsContextOf(c))
  return c.redirect(companyPath(c.var.access, '/settings'), 303)
}
