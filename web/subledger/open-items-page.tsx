import { counted, day, fill, kroner, voucherName } from '#i18n/format.ts'
import { mayDo, rightsOf } from '#worker/access/permission.ts'
import { idOf } from '#worker/core/ids.ts'
import { parse } from '#worker/http/accept.ts'
import { readVouchersById } from '#worker/ledger/store.ts'
import { inOrder } from '#worker/subledger/item-order.ts'
import { WantedMatchBody } from '#worker/subledger/item-query.ts'
import { listOpenItems } from '#worker/subledger/list-open-items.ts'
import { type Matcher, matchItems } from '#worker/subledger/match-items.ts'
import { today } from '../day-field.tsx'
import { ExportMenu } from '../exports/export-menu.tsx'
import { type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { messagesOf } from '../ledger/reverse-dialog.tsx'
import { type Page, page, statusFirst, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { SortedHead } from '../sorted-head.tsx'
import { Unread } from '../unread.tsx'
import {
  addressOf,
  choicesIn,
  exportQuery,
  type ItemChoices,
  ItemChoicesForm,
  orderIn,
  questionOf,
} from './item-choices.tsx'

/** Items shown at a time; beyond them one chooses a party. */
const MOST = 2_000

type Item = Awaited<ReturnType<typeof listOpenItems>>['items'][number]

export const matcherOf = (c: Page): Matcher => ({
  env: c.env,
  access: c.var.access,
  by: c.var.principal.id,
  name: c.var.principal.name,
  rights: rightsOf(c.var.access),
  locale: c.var.locale,
})

/**
 * Open items by party, oldest first. Items are chosen with X and matched with M; as the books stood on another day they are
 * only shown.
 */
export async function openItemsPage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.subledger.page
  const { db, locale, access } = c.var
  const choices = choicesIn(c)
  const { asAtDate, knownAt, kind } = choices
  await statusFirst(c)
  const found = await listOpenItems(db, { ...questionOf(choices), overdue: choices.overdue, limit: MOST }, today())
  const mayMatch = mayDo(access, 'subledger:match')
  const isNow = asAtDate === undefined && knownAt === undefined
  const made = Number(c.req.query('matched') ?? 0)
  const [booked] = made > 0 ? await readVouchersById(db, c.req.queries('difference') ?? []) : []
  return page(
    c,
    {
      title: words.title,
      area: 'openItems',
      scripts: ['open-items.js'],
      keys: [
        ['↑ ↓', t.shell.keys.move],
        ...(mayMatch && isNow ? [['X', words.keys.choose] as const, ['M', words.keys.match] as const] : []),
        ['Enter', t.shell.keys.open],
      ],
    },
    <>
      <div class="hb-head" data-drawn-from="match">
        <div>
          <h1>{words.title}</h1>
          <p>
            {fill(words.intro[kind], { amount: kind === 'customer' ? found.totals.rest : -found.totals.rest }, locale)}
          </p>
        </div>
        <div class="hb-actions">
          {choices.unread.length === 0 && <ExportMenu c={c} path="open-items" query={exportQuery(choices)} />}
          <a
            class="ds-button"
            data-variant="tertiary"
            href={companyPath(access, `/open-items/ageing${addressOf(choices)}`)}
          >
            {words.ageing}
          </a>
          {mayMatch && isNow && (
            <a
              class="ds-button"
              data-variant="secondary"
              href={companyPath(access, `/open-items/automatic?kind=${kind}`)}
            >
              {words.automatic}
            </a>
          )}
        </div>
      </div>
      <ItemChoicesForm c={c} choices={choices}>
        <label class="hb-pick">
          {words.which}
          <select name="overdue">
            <option value="">{words.all}</option>
            <option value="true" selected={choices.overdue}>
              {words.overdue}
            </option>
          </select>
        </label>
      </ItemChoicesForm>
      <div class="hb-notices">
        {tried && (
          <div class="hb-notice" data-level="error" role="alert" tabindex={-1} autofocus>
            {messagesOf(tried.problem, locale).map((message) => (
              <p>{message}</p>
            ))}
          </div>
        )}
        {made > 0 && (
          <div class="hb-notice" data-level="done" role="status">
            <p>
              {counted(made, words.matched, locale)}
              {booked && (
                <>
                  {' '}
                  {words.differencePosted}{' '}
                  <a href={companyPath(access, `/vouchers/${booked.id}`)}>{voucherName(booked)}</a>.
                </>
              )}
            </p>
          </div>
        )}
      </div>
      {!isNow && mayMatch && <p class="hb-quiet">{words.history}</p>}
      {choices.unread.length === 0 && found.cursor && (
        <p class="hb-quiet">{fill(words.more, { count: MOST }, locale)}</p>
      )}
      {choices.unread.length > 0 ? (
        <Unread c={c} days={choices.unread} />
      ) : found.items.length === 0 ? (
        <div class="hb-empty">
          <h2>{words.empty}</h2>
          <p>{words.emptyText}</p>
        </div>
      ) : (
        <Items c={c} items={found.items} choices={choices} mayMatch={mayMatch && isNow} tried={tried} />
      )}
    </>,
  )
}

type ItemsProps = { c: Page; items: readonly Item[]; choices: ItemChoices; mayMatch: boolean; tried: Tried | undefined }

function Items({ c, items, choices, mayMatch, tried }: ItemsProps) {
  const words = textsOf(c).subledger.page
  const { locale, access } = c.var
  const { column } = words
  const chosen = new Set(tried?.fields.item?.split(','))
  const sorted = inOrder(items, choices.order)
  const sort = { order: choices.order, href: (order: string) => addressOf({ ...choices, order: orderIn(order) }) }
  const parties = [...new Set(sorted.map((i) => i.party))]
  const inCurrency = items.some(({ currency }) => currency !== null)
  const columns = 7 + Number(mayMatch) + Number(inCurrency)
  const table = (
    <table class="hb-table" data-rows data-list>
      <thead>
        <tr>
          {mayMatch && (
            <th>
              <span class="hb-spoken">{column.choose}</span>
            </th>
          )}
          <th>{column.voucher}</th>
          <SortedHead label={column.date} name="date" {...sort} />
          <SortedHead label={column.due} name="due" {...sort} />
          <th>{column.number}</th>
          <th class="hb-only-desk">{column.reference}</th>
          <th data-width="wide">{column.text}</th>
          <th class="hb-num hb-only-desk">{column.amount}</th>
          {inCurrency && <th class="hb-num">{column.currency}</th>}
          <SortedHead label={column.rest} name="rest" first="down" num {...sort} />
        </tr>
      </thead>
      {parties.map((party) => {
        const own = sorted.filter((i) => i.party === party)
        return (
          <tbody>
            <tr class="hb-section-row">
              <th colspan={columns} scope="rowgroup">
                <a class="hb-opens" href={companyPath(access, `/parties/${own[0]!.kind}/${encodeURIComponent(party)}`)}>
                  <span class="hb-accno">{party}</span> {own[0]!.partyName}
                </a>
              </th>
              <th class="hb-num">
                {kroner(
                  own.reduce((sum, i) => sum + i.rest, 0),
                  locale,
                )}
              </th>
            </tr>
            {own.map((item) => (
              <Row c={c} item={item} mayMatch={mayMatch} inCurrency={inCurrency} chosen={chosen.has(item.id)} />
            ))}
          </tbody>
        )
      })}
    </table>
  )
  if (!mayMatch) return table
  return (
    <form method="post" action={addressOf(choices)} data-match>
      <input type="hidden" name="id" value={idOf('mch', crypto.getRandomValues(new Uint8Array(17)))} />
      {table}
      <div class="hb-match-bar">
        <output class="hb-num" data-chosen-one={words.chosen.one} data-chosen-many={words.chosen.many} />
        <label class="hb-check">
          <input type="checkbox" name="oldestFirst" value="yes" checked={tried?.fields.oldestFirst === 'yes'} />
          {words.oldestFirst}
        </label>
        <label class="hb-check">
          <input type="checkbox" name="difference" value="yes" checked={tried?.fields.difference === 'yes'} />
          {words.bookDifference}
        </label>
        <button class="ds-button" type="submit" data-key="M">
          {words.match}
        </button>
      </div>
    </form>
  )
}

type RowProps = { c: Page; item: Item; mayMatch: boolean; inCurrency: boolean; chosen: boolean }

function Row({ c, item, mayMatch, inCurrency, chosen }: RowProps) {
  const words = textsOf(c).subledger.page
  const { locale, access } = c.var
  const name = voucherName(item.voucher)
  return (
    <tr>
      {mayMatch && (
        <td>
          <label class="hb-check">
            <input type="checkbox" name="item" value={item.id} data-rest={String(item.rest)} checked={chosen} />
            <span class="hb-spoken">{fill(words.chooseItem, { voucher: name }, locale)}</span>
          </label>
        </td>
      )}
      <td class="hb-nowrap">
        <a class="hb-opens hb-row-link" href={companyPath(access, `/open-items/${item.id}`)}>
          {name}
        </a>
      </td>
      <td class="hb-date hb-only-wide">{day(item.voucherDate)}</td>
      <td class="hb-date" data-line="2">
        {item.dueDate && day(item.dueDate)}
        {item.daysOverdue > 0 && (
          <span class="hb-error-text"> {counted(item.daysOverdue, words.daysLate, locale)}</span>
        )}
      </td>
      <td class="hb-nowrap" data-line="2">
        {item.invoiceNumber}
      </td>
      <td class="hb-nowrap hb-only-wide hb-only-desk">{item.paymentReference}</td>
      <td class="hb-clip hb-only-wide">{item.text}</td>
      <td class="hb-num hb-quiet hb-only-wide hb-only-desk">{kroner(item.amount, locale)}</td>
      {inCurrency && (
        <td class="hb-num hb-quiet hb-nowrap" data-line="2">
          {item.currency && `${kroner(item.currencyRest ?? 0, locale)} ${item.currency}`}
        </td>
      )}
      <td class="hb-num">{kroner(item.rest, locale)}</td>
    </tr>
  )
}

/** Matches the chosen items; or the same page with what must be put right. */
export async function submitMatch(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const body = parse(
        {
          id: fields.id ?? '',
          items: (fields.item?.split(',') ?? []).map((openItem) => ({ openItem })),
          oldestFirst: fields.oldestFirst === 'yes',
          ...(fields.difference === 'yes' && { difference: {} }),
        },
        WantedMatchBody,
      )
      const { difference } = await matchItems(matcherOf(c), body)
      const booked = difference?.voucher ? `&difference=${difference.voucher.id}` : ''
      return c.redirect(companyPath(c.var.access, `/open-items${addressOf(choicesIn(c))}&matched=1${booked}`), 303)
    },
    (tried) => openItemsPage(c, tried),
  )
}
