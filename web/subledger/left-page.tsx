import { counted, day, fill, kroner, voucherName } from '#i18n/format.ts'
import { leftText } from '#i18n/match-text.ts'
import { withText } from '#i18n/problem-text.ts'
import { parse } from '#worker/http/accept.ts'
import { isCandidate, LeftDecisions } from '#worker/subledger/left-items.ts'
import { type LeftGroup, type LeftItem, type LeftPage, listLeftItems } from '#worker/subledger/list-left-items.ts'
import { type Decided, matchLeftItems } from '#worker/subledger/match-left-items.ts'
import { type Fields, readForm } from '../form.ts'
import { type Page, page, statusFirst, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { matcherOf } from './open-items-page.tsx'

/** Decisions on one page; what is beyond comes when these are made. */
const SHOWN = 300

/** Payments and credit notes that no rule settles, all in one list, each with what it could settle and what is to happen. */
export async function leftPage(c: Page, fields?: Fields, done?: Decided): Promise<Response> {
  const t = textsOf(c)
  const words = t.subledger.page.left
  const { db, locale, access } = c.var
  await statusFirst(c)
  const found = await listLeftItems(db, {})
  const [asked, kept] = [partOf(found, false), partOf(found, true)]
  const back = companyPath(access, '/open-items?kind=customer')
  const { matched, kept: keptNow } = done ?? {
    matched: Number(c.req.query('matched')),
    kept: Number(c.req.query('kept')),
  }
  return page(
    c,
    {
      title: words.title,
      area: 'openItems',
      layout: 'report',
      status: done ? 422 : 200,
      keys: [
        ['↑ ↓', t.shell.keys.move],
        ['M', t.subledger.page.keys.match],
        ['Esc', t.shell.keys.back],
      ],
    },
    <>
      <div class="hb-head" data-drawn-from="match">
        <div>
          <h1>{words.title}</h1>
          {found.undecided > 0 && <p>{counted(found.undecided, words.lead, locale)}</p>}
        </div>
      </div>
      <div class="hb-notices">
        {(matched > 0 || keptNow > 0) && (
          <p class="hb-notice" data-level="done" role="status">
            {fill(words.done, { matched: matched || 0, kept: keptNow || 0 }, locale)}
          </p>
        )}
        {done && (
          <ul class="hb-notice" data-level="error" role="alert" tabindex={-1} autofocus>
            {done.refused.flatMap(({ openItem, issues }) =>
              issues.map((issue) => (
                <li>
                  <a href={companyPath(access, `/open-items/${openItem}`)}>{withText(issue, locale).message}</a>
                </li>
              )),
            )}
          </ul>
        )}
        {found.proposed > 0 && (
          <p class="hb-notice">
            {counted(found.proposed, words.proposed, locale)}{' '}
            <a href={companyPath(access, '/open-items/automatic')}>{t.subledger.page.automatic}</a>
          </p>
        )}
      </div>
      {asked.length === 0 && kept.length === 0 ? (
        <div class="hb-empty">
          <h2>{words.none}</h2>
          <p>{words.noneText}</p>
        </div>
      ) : (
        <form method="post">
          {asked.length > 0 && <Groups c={c} groups={asked} fields={fields} />}
          {(found.undecided > SHOWN || found.cursor) && (
            <p class="hb-quiet">{fill(words.more, { count: SHOWN }, locale)}</p>
          )}
          {kept.length > 0 && (
            <details class="hb-section" open={asked.length === 0}>
              <summary>{counted(found.kept, words.kept, locale)}</summary>
              <Groups c={c} groups={kept} fields={fields} />
            </details>
          )}
          <div class="hb-form-actions hb-section">
            {asked.length > 0 && (
              <label class="hb-pick">
                {words.rest}
                <select name="rest">
                  {(['later', 'oldest', 'opening', 'keep'] as const).map((how) => (
                    <option value={how} selected={fields?.rest === how}>
                      {words[how]}
                    </option>
                  ))}
                </select>
              </label>
            )}
            <button class="ds-button" type="submit" data-key="M">
              {words.save}
            </button>
          </div>
        </form>
      )}
      <a href={back} data-key="Escape" hidden>
        {t.subledger.page.title}
      </a>
    </>,
  )
}

/** Groups with those of their items that are kept open, or are not; as many as one page takes. */
function partOf({ groups }: LeftPage, kept: boolean): LeftGroup[] {
  const part: LeftGroup[] = []
  let room = SHOWN
  for (const { left, claims } of groups) {
    const own = left.filter((item) => (item.kept !== null) === kept).slice(0, room)
    room -= own.length
    if (own.length > 0) part.push({ left: own, claims })
  }
  return part
}

type GroupsProps = { c: Page; groups: readonly LeftGroup[]; fields: Fields | undefined }

function Groups({ c, groups, fields }: GroupsProps) {
  const words = textsOf(c).subledger.page
  const { access } = c.var
  return (
    <table class="hb-table" data-rows data-list>
      <thead>
        <tr>
          <th>{words.column.voucher}</th>
          <th>{words.column.date}</th>
          <th data-width="wide">{words.column.text}</th>
          <th>{words.why}</th>
          <th class="hb-num">{words.column.rest}</th>
          <th>{words.left.decide}</th>
        </tr>
      </thead>
      {groups.map(({ left, claims }) => {
        const [{ kind, party, partyName }] = left as [LeftItem]
        return (
          <tbody>
            <tr class="hb-section-row">
              <th colspan={6} scope="rowgroup">
                {textsOf(c).saftSwitch.kinds[kind]} <span class="hb-accno">{party}</span>{' '}
                {partyName === party ? '' : partyName}{' '}
                {claims.length > 1 && (
                  <a href={companyPath(access, `/open-items?kind=${kind}&party=${encodeURIComponent(party)}`)}>
                    {words.left.several}
                  </a>
                )}
              </th>
            </tr>
            {left.map((item) => (
              <Row c={c} item={item} claims={claims} chosen={fields?.[`do.${item.id}`]} />
            ))}
          </tbody>
        )
      })}
    </table>
  )
}

type RowProps = { c: Page; item: LeftItem; claims: LeftGroup['claims']; chosen: string | undefined }

function Row({ c, item, claims, chosen = item.kept ? 'keep' : 'later' }: RowProps) {
  const { locale, access } = c.var
  const words = textsOf(c).subledger.page.left
  const voucher = voucherName(item.voucher)
  const may = mayBe(item, claims)
  const likely = may.toSorted((a, b) => Number(b.rest === -item.rest) - Number(a.rest === -item.rest))
  return (
    <tr>
      <td class="hb-nowrap">
        <a class="hb-opens hb-row-link" href={companyPath(access, `/open-items/${item.id}`)}>
          {voucher}
        </a>
      </td>
      <td class="hb-date" data-line="2">
        {day(item.voucherDate)}
      </td>
      <td class="hb-clip" data-line="2">
        {item.text}
      </td>
      <td class="hb-quiet hb-only-wide">{leftText(item.why, locale)}</td>
      <td class="hb-num">{kroner(item.rest, locale)}</td>
      <td data-line="3">
        <select
          class="ds-input"
          name={`do.${item.id}`}
          aria-label={fill(words.decideOf, { voucher, amount: item.rest }, locale)}
        >
          {waysOf(item, claims).map((how) => (
            <option value={how} selected={chosen === how}>
              {words[how]}
            </option>
          ))}
          {likely.length > 0 && (
            <optgroup label={words.claims}>
              {likely.map((claim) => (
                <option value={claim.id} selected={chosen === claim.id}>
                  {[
                    claim.invoiceNumber ?? voucherName(claim.voucher),
                    day(claim.voucherDate),
                    kroner(claim.rest, locale),
                  ].join(' · ')}
                </option>
              ))}
            </optgroup>
          )}
        </select>
      </td>
    </tr>
  )
}

const mayBe = (item: LeftItem, claims: LeftGroup['claims']) => claims.filter((claim) => isCandidate(claim, item))

/** What can be done with an item, beside settling one claim. */
function waysOf(item: LeftItem, claims: LeftGroup['claims']): ('later' | 'oldest' | 'opening' | 'keep')[] {
  const may = mayBe(item, claims)
  const opening = may.some((claim) => claim.opening)
  return ['later', ...(may.length > 0 ? (['oldest'] as const) : []), ...(opening ? (['opening'] as const) : []), 'keep']
}

/** Does what was answered; what could not be done is shown again with why. */
export async function submitLeft(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const { db, access } = c.var
  const found = await listLeftItems(db, {})
  const groups = [...partOf(found, false), ...partOf(found, true)]
  const decisions = groups.flatMap(({ left, claims }) =>
    left.flatMap((item) => {
      const answer = fields[`do.${item.id}`] ?? 'later'
      if (item.kept) return answer === 'keep' ? [] : [decisionOf(item, answer === 'later' ? 'ask' : answer)]
      const rest = waysOf(item, claims).find((way) => way === fields.rest) ?? 'later'
      const how = answer === 'later' ? rest : answer
      return how === 'later' ? [] : [decisionOf(item, how)]
    }),
  )
  const here = companyPath(access, '/open-items/left')
  if (decisions.length === 0) return c.redirect(here, 303)
  const done = await matchLeftItems(matcherOf(c), db, parse({ decisions }, LeftDecisions).decisions)
  if (done.refused.length > 0) return leftPage(c, fields, done)
  return c.redirect(`${here}?matched=${done.matched}&kept=${done.kept}`, 303)
}

const decisionOf = ({ id: openItem }: LeftItem, how: string) =>
  how.startsWith('itm_') ? { openItem, do: 'match', with: [how] } : { openItem, do: how }
