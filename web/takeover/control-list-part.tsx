import { counted, fill, kroner, moment } from '#i18n/format.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import { mayDo } from '#worker/access/permission.ts'
import { Problem } from '#worker/core/problem.ts'
import { cutText, isStorable } from '#worker/core/text.ts'
import { actingOf } from '#worker/http/acting.ts'
import { dropControlList, keepControlList } from '#worker/imports/keep-control-list.ts'
import { SHEET_BYTES } from '#worker/sheets/read-sheet-file.ts'
import type { Cockpit } from '#worker/takeover/read-cockpit.ts'
import { TextArea, tryForm } from '../fields.tsx'
import type { Page } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { takeoverPage } from './takeover-page.tsx'

/** Beside the file, what a form of several parts holds. */
const FORM_BYTES = SHEET_BYTES + 1_000_000
/** Accounts that differ shown; the proof lists the first of them, the API all. */
const SHOWN = 200

/** The old system's own trial balance: what the ledger stands at otherwise, and where one is brought. */
export function ControlListed({ c, cockpit: { control, plan, books, itemsDate } }: { c: Page; cockpit: Cockpit }) {
  const { access, locale } = c.var
  const words = takeoverTexts[locale]
  const own = words.control
  const mayWrite = mayDo(access, 'import:run') && !plan.finishedAt
  const nameOf = (account: string) => books.accounts.get(account)?.[locale === 'nb' ? 'nameNb' : 'nameEn'] ?? ''
  const path = companyPath(access, '/takeover/control-list')
  return (
    <section class="hb-section" id="control-list">
      <h2>{own.title}</h2>
      <p class="hb-quiet">
        {fill(own.lead, { date: itemsDate }, locale)} {!control && own.none}
      </p>
      {control && (
        <>
          <p class={control.differences.length === 0 ? undefined : 'hb-error-text'}>
            {control.differences.length === 0
              ? fill(own.agrees, { accounts: control.accounts }, locale)
              : counted(control.differences.length, own.differs, locale)}
          </p>
          {control.differences.length > 0 && (
            <table class="hb-table" data-density="tight">
              <thead>
                <tr>
                  <th data-width="wide">{words.account}</th>
                  <th class="hb-num">{words.proof.old}</th>
                  <th class="hb-num">{words.proof.ledger}</th>
                  <th class="hb-num">{words.proof.difference}</th>
                </tr>
              </thead>
              <tbody>
                {control.differences.slice(0, SHOWN).map(({ account, old, ledger }) => (
                  <tr>
                    <td>
                      <b>{account}</b> {nameOf(account)}
                    </td>
                    <td class="hb-num">{kroner(old, locale)}</td>
                    <td class="hb-num">{kroner(ledger, locale)}</td>
                    <td class="hb-num hb-wrong">{kroner(ledger - old, locale)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <p class="hb-small hb-quiet hb-break">
            {control.fileName ?? own.pasted} · SHA-256 <span class="hb-code">{control.sha256}</span> ·{' '}
            {fill(own.kept, { at: moment(control.at) }, locale)}
          </p>
        </>
      )}
      {mayWrite && (
        <details class="hb-no-print" open={!control}>
          <summary>{control ? own.replace : own.keep}</summary>
          <form class="hb-form" method="post" action={path} enctype="multipart/form-data">
            <div class="ds-field">
              <label class="ds-label" for="field-control-file">
                {own.file}
              </label>
              <input class="ds-input" id="field-control-file" type="file" name="file" accept=".xlsx,.csv,.txt" />
            </div>
            <TextArea label={own.text} name="text" />
            <button class="ds-button" data-variant="secondary" type="submit">
              {own.keep}
            </button>
          </form>
          {control && (
            <form method="post" action={`${path}/removal`}>
              <button class="ds-button" data-variant="tertiary" type="submit">
                {own.drop}
              </button>
            </form>
          )}
        </details>
      )}
    </section>
  )
}

const back = (c: Page) => c.redirect(companyPath(c.var.access, '/takeover#control-list'), 303)

/** Keeps the file or the pasted rows. */
export async function submitControlList(c: Page): Promise<Response> {
  const isTooLarge = Number(c.req.header('content-length') ?? 0) > FORM_BYTES
  const form = isTooLarge ? new FormData() : await c.req.formData()
  return tryForm(
    {},
    async () => {
      if (isTooLarge)
        throw new Problem(413, 'sheet/too-large', { params: { reason: 'bytes', limit: SHEET_BYTES / 1_000_000 } })
      const file = form.get('file') as unknown as File | string | null
      const given = file && typeof file !== 'string' && file.size > 0 ? file : undefined
      const text = String(form.get('text') ?? '')
      if (!given && text.trim() === '') throw new Problem(422, 'sheet/empty')
      const bytes = new Uint8Array(given ? await given.arrayBuffer() : new TextEncoder().encode(text))
      await keepControlList(actingOf(c), bytes, given && isStorable(given.name) ? cutText(given.name, 255) : null)
      return back(c)
    },
    (tried) => takeoverPage(c, tried),
  )
}

export const submitControlListRemoval = (c: Page): Promise<Response> =>
  tryForm(
    {},
    async () => {
      await dropControlList(actingOf(c))
      return back(c)
    },
    (tried) => takeoverPage(c, tried),
  )
