import { counted, day, fill } from '#i18n/format.ts'
import { differenceText } from '#i18n/import-text.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import { mayDo } from '#worker/access/permission.ts'
import type { Agreement } from '#worker/saft-switch/finish-import.ts'
import { type AgreementCheck, keyOfDifference } from '#worker/saft-switch/import-agreement.ts'
import { TextField, type Tried } from '../fields.tsx'
import type { Fields } from '../form.ts'
import { Icon } from '../icon.tsx'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** Differences that are explained on the page, one by one; beyond them the API takes them. */
const SHOWN = 200
/** Where a check that does not hold is settled, for those who may. */
function placeOf(c: Page, check: AgreementCheck, { earlier }: Agreement): string | undefined {
  if (check === 'observation-account-zero') return '/general-ledger?account=1999'
  if (check === 'open-items-decided') return mayDo(c.var.access, 'subledger:match') ? '/open-items/left' : undefined
  const file = check === 'earlier-files-agree' ? earlier.find(({ left }) => left > 0) : undefined
  return file && `/imports/${file.id}`
}

/** What must hold before the take-over is finished, ticked by the data, and the button that finishes it. */
export function AgreementChecks({ c, of }: { c: Page; of: Agreement }) {
  const { access, locale } = c.var
  const words = takeoverTexts[locale]
  const { agreed, job } = of
  const checks = of.checks.map((check) => ({ ...check, place: check.done ? undefined : placeOf(c, check.key, of) }))
  const open = checks.filter(({ done }) => !done).length
  return (
    <section class="hb-section">
      <div class="hb-section-head">
        <h2>{words.agreement.title}</h2>
        <span class="hb-small hb-quiet">
          {agreed ? words.checklistNote : open > 0 ? counted(open, words.finishSays, locale) : words.allDone}
        </span>
      </div>
      <ul class="hb-checklist">
        {checks.map(({ key, done, place }) => (
          <li data-done={done ? true : undefined}>
            {done ? (
              <Icon name="check" label={words.done} />
            ) : (
              <span class="hb-box" role="img" aria-label={words.open} />
            )}
            {place ? (
              <a href={companyPath(access, place)}>{words.agreement.checks[key]}</a>
            ) : (
              <span>{words.agreement.checks[key]}</span>
            )}
          </li>
        ))}
      </ul>
      {mayDo(access, 'import:run') && (agreed || open === 0) && (
        <form class="hb-form" method="post" action={companyPath(access, `/imports/${job.id}/agreement`)}>
          {agreed ? (
            <TextField label={words.reopenReason} name="reason" maxlength={255} required />
          ) : (
            <TextField
              label={words.plan.cutOverDate}
              name="cutOverDate"
              value={of.cutOverDate ? day(of.cutOverDate) : ''}
              help={words.agreement.cutOverHelp}
              day
            />
          )}
          <button
            class="ds-button"
            data-variant={agreed ? 'tertiary' : undefined}
            type="submit"
            name="deed"
            value={agreed ? 'reopen' : 'finish'}
          >
            {agreed ? words.reopen : words.finish}
          </button>
        </form>
      )}
    </section>
  )
}

/** Every difference with why it is so: to be filled in until the take-over is finished. */
export function Explained({ c, of, tried }: { c: Page; of: Agreement; tried: Tried | undefined }) {
  const { access, locale } = c.var
  const words = takeoverTexts[locale].agreement
  const { explained, agreed, job } = of
  const { differences } = of.receipt
  if (differences.length === 0) return null
  const mayExplain = !agreed && mayDo(access, 'import:run')
  return (
    <form class="hb-section" method="post" action={companyPath(access, `/imports/${job.id}/agreement`)}>
      <h2>{counted(differences.length, textsOf(c).clients.create.proof.off, locale)}</h2>
      {mayExplain && <p class="hb-quiet">{words.explainLead}</p>}
      <ul class="hb-reasons">
        {differences.slice(0, SHOWN).map((d) => {
          const key = keyOfDifference(d)
          const { kind, ...params } = d
          const text = differenceText(kind, params, locale)
          const kept = explained.get(key)?.text
          const sent = tried?.fields.deed === 'explain' ? tried.fields : undefined
          const [why, was] = sent ? [sent[`why.${key}`], sent[`was.${key}`]] : [kept, kept]
          return (
            <li>
              <span class={why ? undefined : 'hb-error-text'}>{text}</span>
              {mayExplain ? (
                <>
                  <input type="hidden" name={`was.${key}`} value={was} />
                  <input
                    class="ds-input"
                    type="text"
                    name={`why.${key}`}
                    value={why}
                    maxlength={1_000}
                    autocomplete="off"
                    aria-label={fill(words.whyOf, { difference: text }, locale)}
                  />
                </>
              ) : (
                <span class="hb-quiet">{why}</span>
              )}
            </li>
          )
        })}
      </ul>
      {mayExplain && (
        <div class="hb-form-actions">
          <button class="ds-button" data-variant="secondary" type="submit" name="deed" value="explain">
            {words.explain}
          </button>
        </div>
      )}
    </form>
  )
}

/** What a form changes of them: what others explained since it was opened stays. An emptied field is not in the form. */
export function explanationsIn(fields: Fields): Record<string, string> {
  const keys = Object.keys(fields).flatMap((name) => (/^(why|was)\./.test(name) ? [name.slice(4)] : []))
  const pairs = keys.map((key) => [key, fields[`why.${key}`] ?? '', fields[`was.${key}`] ?? ''] as const)
  return Object.fromEntries(pairs.flatMap(([key, why, was]) => (why === was ? [] : [[key, why]])))
}
