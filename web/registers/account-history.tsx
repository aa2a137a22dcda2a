import { fill, moment } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { readNames } from '#worker/access/user-store.ts'
import { NewMerge } from '#worker/chart/account-merge.ts'
import { mergeAccount } from '#worker/chart/merge-account.ts'
import { type AccountHistory, readAccountHistory, readMerges } from '#worker/chart/merge-store.ts'
import type { KeptAccount } from '#worker/chart/store.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { dayIn } from '../day-field.tsx'
import { faultsOf, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { accountPage } from './account-page.tsx'

type Props = { c: Page; kept: KeptAccount; tried: Tried | undefined }

/** Under an account: how it was merged, the form that merges it, and everything that was changed of it. */
export async function AccountHistoryPart({ c, kept, tried }: Props) {
  const words = textsOf(c).registers.accounts
  const { db, access, locale, control } = c.var
  const { number } = kept.account
  const [merges, history] = await Promise.all([readMerges(db), readAccountHistory(db, number)])
  const names = await readNames(control, [...new Set(history.map((h) => h.by))])
  const own = merges.find((m) => m.account === number)
  const held = merges.filter((m) => m.into === number).map((m) => m.account)
  return (
    <>
      {own && (
        <p class="hb-notice" data-level="warning">
          {fill(words.merge.done, { into: own.into, date: own.fromDate }, locale)}{' '}
          <a href={companyPath(access, `/accounts/${encodeURIComponent(own.into)}`)}>{own.into}</a>
        </p>
      )}
      {held.length > 0 && <p class="hb-quiet">{fill(words.merge.holds, { accounts: held.join(', ') }, locale)}</p>}
      {!own && kept.firstMonth !== null && mayDo(access, 'register:write') && (
        <MergeForm c={c} number={number} tried={tried} />
      )}
      <section class="hb-section">
        <h2>{words.history.title}</h2>
        {history.length === 0 ? (
          <p class="hb-quiet">{words.history.none}</p>
        ) : (
          <Changes c={c} history={history} names={names} />
        )}
      </section>
    </>
  )
}

function MergeForm({ c, number, tried }: { c: Page; number: string; tried: Tried | undefined }) {
  const t = textsOf(c)
  const words = t.registers.accounts.merge
  const sent = tried && 'into' in tried.fields ? tried.fields : undefined
  const faults = sent ? faultsOf(tried, c.var.locale) : undefined
  const texts = { form: 'merge', faults }
  return (
    <details class="hb-section hb-no-print" open={sent !== undefined}>
      <summary>{words.title}</summary>
      <form
        class="hb-form"
        method="post"
        action={companyPath(c.var.access, `/accounts/${encodeURIComponent(number)}/merge`)}
      >
        <p class="hb-quiet">{words.note}</p>
        <div class="hb-form-row">
          <TextField {...texts} label={words.into} name="into" value={sent?.into} inputmode="numeric" required />
          <TextField
            {...texts}
            label={words.fromDate}
            name="fromDate"
            value={sent?.fromDate}
            placeholder={t.shell.dayHint}
            day
            required
          />
        </div>
        <TextField {...texts} label={words.reason} name="reason" value={sent?.reason} maxlength={500} required />
        <div class="hb-form-actions">
          <button class="ds-button" data-variant="secondary" type="submit">
            {words.submit}
          </button>
        </div>
      </form>
    </details>
  )
}

type ChangesProps = { c: Page; history: AccountHistory; names: ReadonlyMap<string, string> }

function Changes({ c, history, names }: ChangesProps) {
  const t = textsOf(c)
  const words = t.registers.accounts.history
  const { locale } = c.var
  const shown = (value: unknown): string =>
    value === null || value === undefined || value === ''
      ? words.nothing
      : Array.isArray(value)
        ? value.join(' ')
        : String(value)
  return (
    <ul class="hb-plain">
      {history.map((h) => (
        <li>
          <b>{words.what[h.type] ?? h.type}</b>{' '}
          <span class="hb-quiet">
            {moment(h.recordedAt)} · {names.get(h.by) ?? (h.by === 'operator' ? t.shell.person.operator : h.by)}
          </span>
          {h.type !== 'account.created' &&
            Object.entries(h.changes).map(([field, [before, after]]) => (
              <div class="hb-small">
                {fill(
                  words.change,
                  { field: words.fields[field] ?? field, before: shown(before), after: shown(after) },
                  locale,
                )}
              </div>
            ))}
        </li>
      ))}
    </ul>
  )
}

export async function submitMerge(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    { into: '', ...fields },
    async () => {
      const { into = '', fromDate, reason = '' } = fields
      const wanted = parse({ into, fromDate: dayIn(fromDate) ?? fromDate ?? '', reason }, NewMerge)
      const number = pathText(c, 'account')
      await mergeAccount(actingOf(c), number, wanted)
      return c.redirect(companyPath(c.var.access, `/accounts/${encodeURIComponent(number)}`), 303)
    },
    (tried) => accountPage(c, tried),
  )
}
