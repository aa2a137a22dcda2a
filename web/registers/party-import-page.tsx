import { counted, fill } from '#i18n/format.ts'
import { withText } from '#i18n/problem-text.ts'
import { parse } from '#worker/http/accept.ts'
import { provingOf } from '#worker/http/acting.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { importParties } from '#worker/parties/import-parties.ts'
import { type PartyDiff, PartyImport, partyRowsIn } from '#worker/parties/party-import.ts'
import { ErrorSummary, SelectField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** Rows told of each kind; the import takes all. */
const MOST = 200

type Told = { text?: string | undefined; kind?: string | undefined; diff?: PartyDiff; done?: boolean; tried?: Tried }

/** A list of customers or suppliers, pasted: first what becomes of each row, then the import. */
export async function partyImportPage(c: Page, told: Told = {}): Promise<Response> {
  const t = textsOf(c)
  const words = t.registers.parties.import
  const { access } = c.var
  const { diff } = told
  const news = diff?.rows.filter(({ status }) => status === 'new' || status === 'changed').length ?? 0
  const clean = diff && diff.issues.length === 0 && news > 0
  return page(
    c,
    {
      title: words.title,
      area: 'parties',
      status: (told.tried?.problem.status as 422 | undefined) ?? 200,
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
        <ErrorSummary c={c} tried={told.tried} />
        {told.done && (
          <div class="hb-notice" data-level="done" role="status" tabindex={-1} autofocus>
            <p>{words.done}</p>
          </div>
        )}
      </div>
      {diff && <Difference c={c} diff={diff} />}
      <form class="hb-form" method="post" action={companyPath(access, '/parties/import')}>
        <SelectField
          label={words.kind}
          name="kind"
          value={told.kind ?? 'customer'}
          options={(['customer', 'supplier'] as const).map((kind) => [kind, t.registers.parties.kinds[kind]] as const)}
        />
        <div class="ds-field">
          <label class="ds-label" for="field-text">
            {words.text}
          </label>
          <textarea class="ds-input" id="field-text" name="text" rows={12} required>
            {told.done ? '' : told.text}
          </textarea>
          <small>{words.textHelp}</small>
        </div>
        <div class="hb-form-actions">
          <button class="ds-button" data-variant={clean ? 'secondary' : undefined} type="submit">
            {words.show}
          </button>
          {clean && (
            <button class="ds-button" type="submit" name="apply" value="yes">
              {words.apply}
            </button>
          )}
          <a class="ds-button" data-variant="tertiary" href={companyPath(access, '/parties')} data-key="Escape">
            {t.registers.cancel}
          </a>
        </div>
      </form>
    </>,
  )
}

function Difference({ c, diff }: { c: Page; diff: PartyDiff }) {
  const words = textsOf(c).registers.parties.import
  const { locale } = c.var
  const count = (status: string) => diff.rows.filter((row) => row.status === status).length
  return (
    <section class="hb-section" aria-live="polite">
      {diff.issues.length > 0 && (
        <div class="hb-notice" data-level="error" role="alert">
          <h2>{counted(diff.issues.length, words.faults, locale)}</h2>
          <ul>
            {diff.issues.slice(0, MOST).map((issue) => {
              const row = Number(/^#\/parties\/(\d+)/.exec(issue.pointer)?.[1] ?? 0) + 1
              return <li>{fill(words.row, { row, message: withText(issue, locale).message }, locale)}</li>
            })}
          </ul>
        </div>
      )}
      <p>
        {counted(count('new'), words.added, locale)}, {counted(count('changed'), words.changed, locale)},{' '}
        {counted(count('unchanged'), words.same, locale)}.
      </p>
      <ul>
        {diff.rows.slice(0, MOST).flatMap(({ status, party, changes }, i) =>
          party && (status === 'new' || status === 'changed')
            ? [
                <li>
                  {i + 1}: <span class="hb-accno">{party.number}</span> {party.name}{' '}
                  <span class="hb-quiet">
                    {status === 'new'
                      ? words.isNew
                      : Object.entries(changes)
                          .map(([field, [before, after]]) => `${field}: ${before ?? '–'} → ${after ?? '–'}`)
                          .join(', ')}
                  </span>
                </li>,
              ]
            : [],
        )}
      </ul>
    </section>
  )
}

export async function submitPartyImport(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const { text = '', kind = 'customer', apply } = fields
  return tryForm(
    fields,
    async () => {
      const wanted = { parties: partyRowsIn(text, kind as PartyKind), dryRun: apply !== 'yes' }
      const diff = await importParties(provingOf(c), parse(wanted, PartyImport))
      return partyImportPage(c, { text, kind, diff, done: diff.applied })
    },
    (tried) => partyImportPage(c, { text, kind, tried }),
  )
}
