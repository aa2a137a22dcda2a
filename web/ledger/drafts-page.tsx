import { counted, day, fill, kroner, moment } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { readNames } from '#worker/access/user-store.ts'
import { readVoucherTypes } from '#worker/chart/store.ts'
import { isoDate } from '#worker/core/dates.ts'
import { removeDraft, restoreDraft } from '#worker/drafts/remove-draft.ts'
import { KEPT_DAYS } from '#worker/drafts/save-draft.ts'
import { type ListedDraft, readDrafts } from '#worker/drafts/store.ts'
import { tellLive } from '#worker/events/tell-live.ts'
import { pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** Drafts of all in the company, newest first; under them those that were deleted and can be had back. */
export async function draftsPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.vouchers.drafts
  const { db, control, locale, access } = c.var
  const [drafts, deleted, types] = await Promise.all([
    readDrafts(db, false),
    readDrafts(db, true),
    readVoucherTypes(db),
  ])
  const names = await readNames(control, [
    ...new Set([...drafts, ...deleted].flatMap((d) => [d.changedBy, d.deletedBy ?? ''])),
  ])
  const nameOf = (id: string | null) => (id === 'operator' ? t.shell.person.operator : (names.get(id ?? '') ?? ''))
  const typed = new Map(types.map((type) => [type.series, locale === 'nb' ? type.nameNb : type.nameEn]))
  const mayPost = mayDo(access, 'ledger:post')
  const entry = mayPost && (
    <a class="ds-button" href={companyPath(access, '/vouchers/new')} data-key="N">
      {t.vouchers.newVoucher} <kbd>N</kbd>
    </a>
  )
  return page(
    c,
    {
      title: words.title,
      area: 'drafts',
      keys: [
        ...(mayPost ? [['N', t.shell.keys.newVoucher] as const] : []),
        ['↑ ↓', t.shell.keys.move],
        ['Enter', t.shell.keys.open],
      ],
    },
    <>
      <div class="hb-head" data-drawn-from="draft">
        <div>
          <h1>{words.title}</h1>
          <p>{drafts.length === 0 ? '' : `${counted(drafts.length, words.found, locale)}. ${words.intro}`}</p>
        </div>
        <div class="hb-actions">{entry}</div>
      </div>
      {drafts.length === 0 ? (
        <div class="hb-empty">
          <h2>{words.empty.title}</h2>
          <p>{words.empty.text}</p>
          {entry}
        </div>
      ) : (
        <table class="hb-table" data-rows data-list>
          <thead>
            <tr>
              <th data-width="wide">{words.column.text}</th>
              <th>{t.vouchers.column.type}</th>
              <th>{t.vouchers.column.date}</th>
              <th class="hb-num">{words.column.lines}</th>
              <th>{t.vouchers.column.status}</th>
              <th>{words.column.changed}</th>
              <th class="hb-num">{words.column.amount}</th>
              {mayPost && (
                <th>
                  <span class="hb-spoken">{words.column.actions}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {drafts.map((draft) => (
              <tr>
                <td class="hb-clip">
                  <a class="hb-opens hb-row-link" href={companyPath(access, `/vouchers/new?draft=${draft.id}`)}>
                    {draft.text || words.noText}
                  </a>
                </td>
                <td class="hb-quiet hb-nowrap" data-line="2">
                  {draft.vouchers > 1
                    ? counted(draft.vouchers, t.vouchers.found, locale)
                    : (typed.get(draft.type) ?? draft.type)}
                </td>
                <td class="hb-date" data-line="2">
                  {isoDate(draft.voucherDate) ? day(draft.voucherDate) : draft.voucherDate}
                </td>
                <td class="hb-num hb-only-wide">{draft.lines}</td>
                <td data-line={draft.clashes > 0 || draft.posted > 0 ? '2' : undefined}>
                  {draft.clashes > 0 && (
                    <span class="hb-chip" data-state="other">
                      {words.clashes}
                    </span>
                  )}
                  {draft.posted > 0 && (
                    <span class="hb-chip">
                      {fill(words.posted, { posted: draft.posted, vouchers: draft.vouchers }, locale)}
                    </span>
                  )}
                </td>
                <td class="hb-quiet hb-nowrap" data-line="2">
                  {nameOf(draft.changedBy)} {moment(draft.changedAt)}
                </td>
                <td class="hb-num">{kroner(draft.amount, locale)}</td>
                {mayPost && (
                  <td data-line="2">
                    <Action c={c} draft={draft} does="removal" label={words.remove} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {deleted.length > 0 && (
        <section class="hb-section">
          <h2>{words.deleted}</h2>
          <p class="hb-quiet">{fill(words.deletedIntro, { days: KEPT_DAYS }, locale)}</p>
          <table class="hb-table" data-list>
            <tbody>
              {deleted.map((draft) => (
                <tr>
                  <td class="hb-clip">{draft.text || words.noText}</td>
                  <td class="hb-quiet hb-nowrap" data-line="2">
                    {fill(words.deletedBy, { name: nameOf(draft.deletedBy), time: moment(draft.deletedAt!) }, locale)}
                  </td>
                  <td class="hb-num">{kroner(draft.amount, locale)}</td>
                  {mayPost && (
                    <td data-line="2">
                      <Action c={c} draft={draft} does="restoration" label={words.restore} />
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>,
  )
}

type ActionProps = { c: Page; draft: ListedDraft; does: 'removal' | 'restoration'; label: string }

const Action = ({ c, draft, does, label }: ActionProps) => (
  <form method="post" action={companyPath(c.var.access, `/drafts/${draft.id}/${does}`)}>
    <button class="ds-button" data-variant="tertiary" type="submit">
      {label}
      <span class="hb-spoken"> {draft.text}</span>
    </button>
  </form>
)

export async function submitDraftRemoval(c: Page): Promise<Response> {
  const id = pathText(c, 'draft')
  await removeDraft(actingOf(c), id)
  await tellLive(c, { type: 'draft', draft: id, version: 0 })
  return c.redirect(companyPath(c.var.access, '/drafts'), 303)
}

export async function submitDraftRestoration(c: Page): Promise<Response> {
  const { id, version } = await restoreDraft(actingOf(c), pathText(c, 'draft'))
  await tellLive(c, { type: 'draft', draft: id, version })
  return c.redirect(companyPath(c.var.access, '/drafts'), 303)
}
