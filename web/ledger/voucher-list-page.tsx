import { counted, day, fill, kroner, type Locale, moment, voucherName } from '#i18n/format.ts'
import type { PageTexts } from '#i18n/page-texts.ts'
import { readMembers } from '#worker/access/member-store.ts'
import { mayDo } from '#worker/access/permission.ts'
import { readVoucherTypes } from '#worker/chart/store.ts'
import { companyDatabase } from '#worker/database/connect.ts'
import type { VoucherType } from '#worker/ledger/books.ts'
import { listVouchers, readFirstParties, type VoucherQuery } from '#worker/ledger/list-vouchers.ts'
import { DayPick, dayIn, UNREAD } from '../day-field.tsx'
import { earlyPage } from '../early-page.tsx'
import { ExportMenu } from '../exports/export-menu.tsx'
import { FilterFold } from '../filter-fold.tsx'
import { Icon } from '../icon.tsx'
import { type Page, textsOf } from '../page.tsx'
import { SaveReport } from '../reports/save-report.tsx'
import { companyPath } from '../shell.tsx'
import { SortedHead } from '../sorted-head.tsx'
import { isUnread, Unread, unreadIn } from '../unread.tsx'
import { exportQuery, numberAlone, queryOf } from './voucher-query.ts'

const PAGE = 100

/** The vouchers, newest first, narrowed by type, days, number or text. */
export function voucherListPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const mayPost = mayDo(c.var.access, 'ledger:post')
  return earlyPage(
    c,
    {
      title: t.vouchers.title,
      area: 'vouchers',
      keys: [
        ...(mayPost ? [['N', t.shell.keys.newVoucher] as const] : []),
        ['↑ ↓', t.shell.keys.move],
        ['Enter', t.shell.keys.open],
        ['/', t.shell.keys.search],
      ],
    },
    () => content(c, mayPost),
  )
}

/** A page of what is searched for; where it is a number alone, the vouchers of that number stand first. */
async function readPage(c: Page, query: VoucherQuery) {
  const number = numberAlone(query)
  const books = companyDatabase(c.env, c.var.access.database)
  const found = listVouchers(c.var.db, { ...query, limit: PAGE }, { books })
  if (number === undefined) return found
  const { search: _, cursor: paged, ...others } = query
  const [exact, rest] = await Promise.all([
    paged === undefined ? listVouchers(c.var.db, { ...others, number, limit: PAGE }) : undefined,
    found,
  ])
  return { ...rest, vouchers: [...(exact?.vouchers ?? []), ...rest.vouchers.filter((v) => v.number !== number)] }
}

async function content(c: Page, mayPost: boolean) {
  const t = textsOf(c)
  const { locale } = c.var
  const asked = c.req.query()
  const types = await readVoucherTypes(c.var.db)
  const query = queryOf(
    asked,
    types.map((type) => type.series),
    locale,
  )
  const days = unreadIn(asked, ['fromDate', 'toDate'])
  const amounts = unreadIn(asked, AMOUNTS, locale)
  const isRead = days.length + amounts.length === 0
  const { vouchers, cursor, unsearched } = isRead ? await readPage(c, query) : NONE
  const [parties, members] = await Promise.all([
    readFirstParties(
      c.var.db,
      vouchers.map((v) => v.ledgerVersion),
    ),
    readMembers(c.var.control, c.var.access.id),
  ])
  const people = new Map(members.map(({ user, name }) => [user, name]))
  const sort = {
    order: asked.order ?? '-recorded',
    href: (order: string) => addressWith(c, { order, cursor: undefined }),
  }
  const named = new Map(types.map((type) => [type.key, nameOf(type, locale)]))
  const narrowed = FIELDS.some((field) => asked[field])
  const entry = mayPost && (
    <a class="ds-button" href={companyPath(c.var.access, '/vouchers/new')} data-key="N">
      {t.vouchers.newVoucher} <kbd>N</kbd>
    </a>
  )
  return (
    <>
      <div class="hb-head">
        <div>
          <h1>{t.vouchers.title}</h1>
          <p>
            {isRead &&
              countText(t, vouchers.length, asked.order ? undefined : cursor !== null || Boolean(asked.cursor), locale)}
          </p>
        </div>
        <div class="hb-actions">
          {(narrowed || asked.order) && mayDo(c.var.access, 'report:read') && (
            <SaveReport c={c} report="vouchers" text={t.reportPages.saved.list} />
          )}
          {isRead && !unsearched && <ExportMenu c={c} path="vouchers" query={exportQuery(query)} />}
          {entry}
        </div>
      </div>
      {(vouchers.length > 0 || narrowed) && (
        <Filter t={t} asked={asked} types={types} people={people} locale={locale} open={!isRead} />
      )}
      {unsearched ? (
        <p class="hb-notice" data-level="warning" role="status">
          {counted(unsearched, t.vouchers.unsearched, locale)}
        </p>
      ) : null}
      {!isRead ? (
        <Unread c={c} days={days} amounts={amounts} />
      ) : vouchers.length === 0 ? (
        <Nothing t={t} asked={asked} named={named} people={people} narrowed={narrowed}>
          {entry}
        </Nothing>
      ) : (
        <table class="hb-table" data-rows data-list>
          <thead>
            <tr>
              <SortedHead label={t.vouchers.column.voucher} name="number" {...sort} />
              <SortedHead label={t.vouchers.column.date} name="date" first="down" {...sort} />
              <th>{t.vouchers.column.type}</th>
              <SortedHead label={t.vouchers.column.party} name="party" {...sort} />
              <th>{t.vouchers.column.text}</th>
              <th>{t.vouchers.column.status}</th>
              <SortedHead label={t.vouchers.column.recorded} name="recorded" first="down" num {...sort} />
              <SortedHead label={t.vouchers.column.amount} name="amount" first="down" num {...sort} />
            </tr>
          </thead>
          <tbody>
            {vouchers.map((v) => (
              <tr>
                <td class="hb-nowrap">
                  <a class="hb-opens hb-row-link" href={companyPath(c.var.access, `/vouchers/${v.id}`)}>
                    {voucherName(v)}
                  </a>
                </td>
                <td class="hb-date" data-line="2">
                  {day(v.voucherDate)}
                </td>
                <td class="hb-quiet hb-nowrap hb-only-wide">{named.get(v.type) ?? v.type}</td>
                <td class="hb-clip hb-only-wide">{parties.get(v.ledgerVersion)}</td>
                <td class="hb-clip" data-line="2">
                  {v.text}
                </td>
                <td data-line={v.status === 'reversed' || v.reversalOf ? '2' : undefined}>
                  {v.status === 'reversed' && <span class="hb-chip">{t.vouchers.reversed}</span>}
                  {v.reversalOf && <span class="hb-chip">{t.vouchers.reversal}</span>}
                </td>
                <td class="hb-num hb-faint hb-only-wide">{moment(v.recordedAt)}</td>
                <td class="hb-num">{kroner(v.amount, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div class="hb-paging">
        {asked.cursor && (
          <a href={addressWith(c, { cursor: undefined })}>{asked.order ? t.vouchers.first : t.vouchers.newest}</a>
        )}
        {cursor && <a href={addressWith(c, { cursor })}>{asked.order ? t.vouchers.more : t.vouchers.older}</a>}
      </div>
    </>
  )
}

const FIELDS = ['type', 'fromDate', 'toDate', 'text', 'account', 'party', 'minAmount', 'maxAmount', 'by'] as const
const AMOUNTS = ['minAmount', 'maxAmount'] as const
const NONE = { vouchers: [], cursor: null, unsearched: undefined }
/** What is typed, and how wide it is. */
const TYPED = [
  ['account', 6],
  ['party', 14],
  ['minAmount', 9],
  ['maxAmount', 9],
] as const
type Asked = Record<string, string>

const nameOf = (type: Pick<VoucherType, 'nameNb' | 'nameEn'>, locale: Locale): string =>
  locale === 'nb' ? type.nameNb : type.nameEn

/** How many are shown; `more` than those, newest first, and undefined where the list is sorted otherwise. */
function countText(t: PageTexts, found: number, more: boolean | undefined, locale: Locale): string {
  if (more === undefined) return found === 0 ? '' : counted(found, t.vouchers.found, locale)
  if (more) return `${fill(t.vouchers.foundMore, { count: found }, locale)}. ${t.vouchers.intro}`
  return found === 0 ? '' : `${counted(found, t.vouchers.found, locale)}. ${t.vouchers.intro}`
}

function addressWith(c: Page, change: Record<string, string | undefined>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...c.req.query(), ...change })) if (value) query.set(name, value)
  const text = query.toString()
  return text ? `?${text}` : c.req.path
}

/** A day as it was understood, or as it was typed when it was not. */
const dayText = (typed: string): string => {
  const found = dayIn(typed)
  return found ? day(found) : typed
}

type People = ReadonlyMap<string, string>
type FilterProps = {
  t: PageTexts
  asked: Asked
  types: readonly VoucherType[]
  people: People
  locale: Locale
  open: boolean
}

function Filter({ t, asked, types, people, locale, open }: FilterProps) {
  const words = t.vouchers.filter
  return (
    <form class="hb-picks hb-filter hb-no-print" method="get" role="search" aria-label={words.label} data-auto>
      <label class="hb-pick">
        {words.text}
        <input type="search" name="text" value={asked.text} placeholder={words.textHint} data-search />
      </label>
      <FilterFold t={t} inUse={FIELDS.filter((field) => field !== 'text' && asked[field]).length} open={open}>
        <label class="hb-pick">
          {words.type}
          <select name="type">
            <option value="">{words.allTypes}</option>
            {types.map((type) => (
              <option value={type.key} selected={asked.type === type.key}>
                {type.series} {nameOf(type, locale)}
              </option>
            ))}
          </select>
        </label>
        <DayPick label={words.fromDate} name="fromDate" value={asked.fromDate} />
        <DayPick label={words.toDate} name="toDate" value={asked.toDate} />
        {TYPED.map(([name, size]) => (
          <label class="hb-pick">
            {words[name]}
            <input
              type="text"
              name={name}
              value={asked[name]}
              size={size}
              autocomplete="off"
              {...(AMOUNTS.some((amount) => amount === name) && isUnread(asked[name], locale) && UNREAD)}
            />
          </label>
        ))}
        <label class="hb-pick">
          {words.by}
          <select name="by">
            <option value="">{words.everybody}</option>
            {[...people].map(([user, name]) => (
              <option value={user} selected={asked.by === user}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </FilterFold>
      {asked.order && <input type="hidden" name="order" value={asked.order} />}
      <button class="ds-button" data-variant="tertiary" type="submit">
        <Icon name="search" />
        {words.submit}
      </button>
      {FIELDS.some((field) => asked[field]) && <a href="?">{words.clear}</a>}
    </form>
  )
}

type NothingProps = {
  t: PageTexts
  asked: Asked
  named: Map<string, string>
  people: People
  narrowed: boolean
  children: any
}

/** An empty list says what belongs here, or what was searched for. */
function Nothing({ t, asked, named, people, narrowed, children }: NothingProps) {
  if (!narrowed)
    return (
      <div class="hb-empty">
        <h2>{t.vouchers.empty.title}</h2>
        <p>{t.vouchers.empty.text}</p>
        {children}
      </div>
    )
  const what = [
    asked.text && `«${asked.text}»`,
    asked.type && (named.get(asked.type) ?? asked.type),
    asked.fromDate && `${t.vouchers.filter.fromDate.toLowerCase()} ${dayText(asked.fromDate)}`,
    asked.toDate && `${t.vouchers.filter.toDate} ${dayText(asked.toDate)}`,
    ...TYPED.map(([name]) => asked[name] && `${t.vouchers.filter[name].toLowerCase()} ${asked[name]}`),
    asked.by && people.get(asked.by),
  ].filter(Boolean)
  return (
    <div class="hb-empty">
      <h2>{t.vouchers.nothing.title}</h2>
      <p>
        {t.vouchers.nothing.text.replace('{what}', what.join(', '))} {t.vouchers.nothing.text2}
      </p>
      <a class="ds-button" data-variant="secondary" href="?">
        {t.vouchers.filter.clear}
      </a>
    </div>
  )
}
