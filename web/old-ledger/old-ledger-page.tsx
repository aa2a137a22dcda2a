import * as z from 'zod/mini'
import { day, fill, kroner, moment, whole } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { readNames } from '#worker/access/user-store.ts'
import { FilledText } from '#worker/core/text.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { checkSeal, findOldLedger } from '#worker/old-ledger/check-seal.ts'
import { removeLedger } from '#worker/old-ledger/remove-old-ledger.ts'
import { readOldAccounts } from '#worker/old-ledger/store.ts'
import { ErrorSummary, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { Icon } from '../icon.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { oldLedgerPath } from './old-entries.tsx'

/** An old ledger: its file, its seal and whether it holds, and its accounts. @throws Problem 404 old-ledger/unknown. */
export async function oldLedgerPage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.oldLedger
  const { access, db, locale, control } = c.var
  const ledger = await findOldLedger(db, pathText(c, 'ledger'))
  const isChecked = c.req.query('check') === 'yes'
  const [accounts, names, checked] = await Promise.all([
    readOldAccounts(db, ledger.id),
    readNames(control, [ledger.by]),
    isChecked ? checkSeal({ env: c.env, access, db }, ledger.id) : undefined,
  ])
  const mayWrite = mayDo(access, 'import:run')
  const path = companyPath(access, `/old-ledgers/${ledger.id}`)
  const who = names.get(ledger.by) ?? t.shell.person.operator
  const facts: [string, string][] = [
    [words.broughtIn, fill(words.broughtInBy, { at: moment(ledger.at), name: who }, locale)],
    [words.column.days, ledger.fromDate ? `${day(ledger.fromDate)}–${day(ledger.toDate!)}` : ''],
    [words.column.entries, whole(ledger.entries, locale)],
    [words.column.debit, kroner(ledger.debit, locale)],
    [words.column.credit, kroner(ledger.credit, locale)],
    [words.size, fill(words.bytes, { n: whole(ledger.fileSize, locale) }, locale)],
    [words.fileHash, ledger.fileSha256],
    [words.hash, ledger.hash],
  ]
  return page(
    c,
    {
      title: ledger.name,
      area: 'oldLedger',
      layout: 'split',
      status: (tried?.problem.status as 422 | undefined) ?? 200,
      keys: [['Esc', t.shell.keys.back]],
    },
    <>
      <section>
        <div class="hb-head">
          <div>
            <h1 class="hb-break">{ledger.name}</h1>
            <p>{words.lead}</p>
          </div>
          <div class="hb-actions">
            <a class="ds-button" href={oldLedgerPath(c, { ledger: ledger.id })}>
              {words.entries}
            </a>
          </div>
        </div>
        <h2>{words.accounts}</h2>
        <table class="hb-table" data-rows data-list>
          <thead>
            <tr>
              <th>{words.column.account}</th>
              <th data-width="wide">{words.column.name}</th>
              <th class="hb-num">{words.column.opening}</th>
              <th class="hb-num">{words.column.closing}</th>
            </tr>
          </thead>
          <tbody>
            {accounts.map((a) => (
              <tr>
                <td>
                  <a class="hb-opens hb-row-link" href={oldLedgerPath(c, { ledger: ledger.id, account: a.number })}>
                    {a.number}
                  </a>
                </td>
                <td data-line="2">{a.name}</td>
                <td class="hb-num" data-line="2" data-label={words.column.opening}>
                  {kroner(a.opening, locale)}
                </td>
                <td class="hb-num" data-label={words.column.closing}>
                  {kroner(a.closing, locale)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <aside class="hb-aside" data-narrow>
        <section>
          <h2>{words.seal}</h2>
          {checked && (
            <p class="hb-notice" data-level={checked.holds ? 'ok' : 'error'} role="status">
              <Icon name={checked.holds ? 'check' : 'error'} />{' '}
              {checked.holds ? words.holds : fill(words.broken, { stored: checked.stored }, locale)}
            </p>
          )}
          <p class="hb-small hb-quiet">{words.sealNote}</p>
          <dl class="hb-pairs">
            {facts.map(([term, value]) => (
              <div>
                <dt>{term}</dt>
                <dd class="hb-break">{value}</dd>
              </div>
            ))}
          </dl>
          <div class="hb-form-actions">
            <a class="ds-button" data-variant="secondary" href={`${path}?check=yes`}>
              {words.check}
            </a>
            {mayWrite && (
              <a class="ds-button" data-variant="tertiary" href={`/api/v1${path}/file`} download>
                {words.file}
              </a>
            )}
          </div>
        </section>
        {mayWrite && (
          <form class="hb-form hb-section" method="post" action={`${path}/removal`}>
            <h2>{words.remove}</h2>
            <ErrorSummary c={c} tried={tried} />
            <p class="hb-small hb-quiet">{words.removeNote}</p>
            <TextField label={words.reason} name="reason" value={tried?.fields.reason} required />
            <div class="hb-form-actions">
              <button class="ds-button" data-variant="tertiary" type="submit">
                {words.remove}
              </button>
            </div>
          </form>
        )}
      </aside>
      <a href={oldLedgerPath(c)} data-key="Escape" hidden>
        {words.title}
      </a>
    </>,
  )
}

const Reason = z.object({ reason: FilledText(255) })

export async function submitOldLedgerRemoval(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { reason } = parse({ reason: String(fields.reason ?? '').trim() }, Reason)
      await removeLedger(actingOf(c), pathText(c, 'ledger'), reason)
      return c.redirect(oldLedgerPath(c), 303)
    },
    (tried) => oldLedgerPage(c, tried),
  )
}
