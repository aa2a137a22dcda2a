import { counted, day, fill, kroner, moment, whole } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { readNames } from '#worker/access/user-store.ts'
import { cursorAfter, OldEntryAsk, oldQueryOf } from '#worker/old-ledger/old-query.ts'
import { type OldLedger, readOldLedgers, searchOldEntries } from '#worker/old-ledger/store.ts'
import { DayPick, dayIn } from '../day-field.tsx'
import { ExportMenu } from '../exports/export-menu.tsx'
import { FilterFold } from '../filter-fold.tsx'
import { Icon } from '../icon.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { Unread, unreadIn } from '../unread.tsx'
import { OldEntries } from './old-entries.tsx'

const PAGE = 100

/** The general ledger of the previous system: searched by text, party, account, sum and day, and which files it is kept from. */
export async function oldLedgersPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.oldLedger
  const { access, db, locale } = c.var
  const ledgers = await readOldLedgers(db)
  const standing = ledgers.filter((l) => l.removedAt === null)
  const asked = askedOf(c)
  const unread = unreadIn(c.req.query(), ['fromDate', 'toDate'])
  const query = oldQueryOf(asked)
  const { found, sums } =
    standing.length === 0 ? { found: [], sums: null } : await searchOldEntries(db, query, PAGE + 1)
  const entries = found.slice(0, PAGE)
  const { cursor, ...filter } = asked
  const mayBring = mayDo(access, 'import:run')
  return page(
    c,
    {
      title: words.title,
      area: 'oldLedger',
      keys: [
        ['/', t.shell.keys.search],
        ['Esc', t.shell.keys.back],
      ],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.lead}</p>
        </div>
        <div class="hb-actions">
          {unread.length === 0 && entries.length > 0 && <ExportMenu c={c} path="old-ledger" query={filter} />}
          {mayBring && (
            <a class="ds-button" data-variant="secondary" href={companyPath(access, '/imports?register=saft-archive')}>
              {words.bring}
            </a>
          )}
        </div>
      </div>
      {standing.length === 0 ? (
        <div class="hb-empty">
          <h2>{words.none}</h2>
          <p>{words.noneNote}</p>
        </div>
      ) : (
        <>
          <Filter c={c} ledgers={standing} asked={filter} />
          {unread.length > 0 ? (
            <Unread c={c} days={unread} />
          ) : entries.length === 0 ? (
            <p class="hb-quiet">
              {words.nothing}. <a href="?">{words.clear}</a>
            </p>
          ) : (
            <>
              {sums && (
                <p class="hb-quiet">
                  {counted(sums.entries, words.found, locale)} · {fill(words.sums, sums, locale)}
                </p>
              )}
              <OldEntries c={c} entries={entries} />
            </>
          )}
          <div class="hb-paging">
            {cursor && <a href={addressOf(c, filter)}>{words.newest}</a>}
            {found.length > PAGE && (
              <a href={addressOf(c, { ...filter, cursor: cursorAfter(entries.at(-1)!) })}>{words.older}</a>
            )}
          </div>
        </>
      )}
      {ledgers.length > 0 && <Kept c={c} ledgers={ledgers} names={await readNames(c.var.control, namesIn(ledgers))} />}
    </>,
  )
}

const FIELDS = ['ledger', 'search', 'account', 'kind', 'party', 'amount', 'invoiceNumber', 'cursor'] as const
type Asked = Partial<Record<(typeof FIELDS)[number] | 'fromDate' | 'toDate', string>>

/** What the address asks for; what cannot be read is left out; of a day the page tells, and shows no list. */
function askedOf(c: Page): Asked {
  const given = c.req.query()
  const asked: Asked = {}
  for (const field of FIELDS)
    if (given[field]?.trim() && OldEntryAsk.shape[field].safeParse(given[field].trim()).success)
      asked[field] = given[field].trim()
  const [fromDate, toDate] = [dayIn(given.fromDate), dayIn(given.toDate)]
  return { ...asked, ...(fromDate && { fromDate }), ...(toDate && { toDate }) }
}

const addressOf = (c: Page, asked: Asked): string => {
  const text = new URLSearchParams(asked as Record<string, string>).toString()
  return text ? `?${text}` : c.req.path
}

const namesIn = (ledgers: readonly OldLedger[]) => [
  ...new Set(ledgers.flatMap(({ by, removedBy }) => (removedBy ? [by, removedBy] : [by]))),
]

function Filter({ c, ledgers, asked }: { c: Page; ledgers: readonly OldLedger[]; asked: Asked }) {
  const t = textsOf(c)
  const words = t.oldLedger
  const { locale } = c.var
  return (
    <form class="hb-picks hb-filter hb-no-print" method="get" role="search" aria-label={words.title}>
      <label class="hb-pick">
        {words.search}
        <input type="search" name="search" value={asked.search} placeholder={words.searchHint} data-search />
      </label>
      <FilterFold
        t={t}
        inUse={Object.keys(asked).filter((name) => name !== 'search' && name !== 'kind').length}
        open={unreadIn(c.req.query(), ['fromDate', 'toDate']).length > 0}
      >
        <label class="hb-pick">
          {words.account}
          <input type="text" name="account" value={asked.account} inputmode="numeric" size={6} />
        </label>
        <label class="hb-pick">
          {words.party}
          <input type="text" name="party" value={asked.party} size={8} />
        </label>
        {asked.kind && <input type="hidden" name="kind" value={asked.kind} />}
        <DayPick label={words.from} name="fromDate" value={asked.fromDate ?? c.req.query('fromDate')} />
        <DayPick label={words.to} name="toDate" value={asked.toDate ?? c.req.query('toDate')} />
        {ledgers.length > 1 && (
          <label class="hb-pick">
            {words.column.ledger}
            <select name="ledger">
              <option value="">{words.all}</option>
              {ledgers.map((l) => (
                <option value={l.id} selected={asked.ledger === l.id}>
                  {l.name} ({whole(l.entries, locale)})
                </option>
              ))}
            </select>
          </label>
        )}
      </FilterFold>
      <button class="ds-button" data-variant="tertiary" type="submit">
        <Icon name="search" />
        {words.search}
      </button>
      {Object.keys(asked).length > 0 && <a href="?">{words.clear}</a>}
    </form>
  )
}

function Kept({ c, ledgers, names }: { c: Page; ledgers: readonly OldLedger[]; names: ReadonlyMap<string, string> }) {
  const t = textsOf(c)
  const words = t.oldLedger
  const { locale, access } = c.var
  const who = (by: string) => names.get(by) ?? t.shell.person.operator
  return (
    <section class="hb-section">
      <div class="hb-section-head">
        <h2>{words.kept}</h2>
      </div>
      <table class="hb-table" data-list>
        <thead>
          <tr>
            <th data-width="wide">{words.column.ledger}</th>
            <th>{words.column.days}</th>
            <th class="hb-num">{words.column.entries}</th>
            <th class="hb-num">{words.column.sum}</th>
            <th>{words.column.state}</th>
          </tr>
        </thead>
        <tbody>
          {ledgers.map((l) => (
            <tr>
              <td class="hb-break">
                {l.removedAt === null ? (
                  <a class="hb-opens" href={companyPath(access, `/old-ledgers/${l.id}`)}>
                    {l.name}
                  </a>
                ) : (
                  l.name
                )}
              </td>
              <td class="hb-nowrap" data-line="2">
                {l.fromDate && `${day(l.fromDate)}–${day(l.toDate!)}`}
              </td>
              <td class="hb-num" data-label={words.column.entries}>
                {whole(l.entries, locale)}
              </td>
              <td class="hb-num" data-label={words.column.sum}>
                {kroner(l.debit, locale)}
              </td>
              <td data-line="2">
                {l.removedAt === null ? (
                  <span class="hb-chip" data-state="proven">
                    {words.sealed}
                  </span>
                ) : (
                  fill(
                    words.removedBecause,
                    { at: moment(l.removedAt), name: who(l.removedBy!), reason: l.reason! },
                    locale,
                  )
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
