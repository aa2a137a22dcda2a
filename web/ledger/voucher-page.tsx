import { day, fill, type Locale, moment, organisationNumber, voucherName, whole } from '#i18n/format.ts'
import type { PageTexts } from '#i18n/page-texts.ts'
import { mayDo } from '#worker/access/permission.ts'
import { readNames } from '#worker/access/user-store.ts'
import { monthOf } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { pathText } from '#worker/http/accept.ts'
import { readVoucher, type VoucherWithEntries } from '#worker/ledger/read-voucher.ts'
import {
  readVoucherSurroundings,
  type VoucherLink,
  type VoucherSurroundings,
} from '#worker/ledger/read-voucher-surroundings.ts'
import { readSchedulesOf } from '#worker/ledger/schedule-store.ts'
import { today } from '../day-field.tsx'
import { ExportMenu } from '../exports/export-menu.tsx'
import type { Tried } from '../fields.tsx'
import { Icon } from '../icon.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { VoucherPlans } from '../schedules/voucher-plans.tsx'
import { companyPath } from '../shell.tsx'
import { ChangedLines } from './changed-lines.tsx'
import { EntryTable } from './entry-table.tsx'
import { messagesOf, type ReversalTried, ReverseDialog } from './reverse-dialog.tsx'
import { Comments, Documents, readBeside } from './voucher-beside.tsx'
import { Trail } from './voucher-trail.tsx'

/** What the parts of the page are made from. */
export type Shown = {
  c: Page
  t: PageTexts
  locale: Locale
  voucher: VoucherWithEntries
  around: VoucherSurroundings
  nameOf: (by: string) => string
}

/**
 * A posted voucher: its entries, what it hangs together with, its trail and its place in the chain. `tried` is a reversal that
 * was refused, shown in its dialog.
 * @throws Problem 404 voucher/unknown.
 */
export async function voucherPage(c: Page, tried?: ReversalTried, attaching?: Tried): Promise<Response> {
  const t = textsOf(c)
  const { locale, db, access } = c.var
  const voucher = await readVoucher(db, pathText(c, 'voucher'))
  if (!voucher) throw new Problem(404, 'voucher/unknown')
  const around = await readVoucherSurroundings(db, voucher, today())
  const beside = await readBeside(c, voucher)
  const [other] = around.corrects ? [around.corrects] : around.correctedBy
  const linked = other && (await readVoucher(db, other.id))
  const schedules = await readSchedulesOf(db, voucher.id)
  const names = await readNames(c.var.control, [...new Set([voucher.by, around.reversedBy?.by ?? voucher.by])])
  const nameOf = (by: string) => names.get(by) ?? (by === 'operator' ? t.vouchers.page.operator : by)
  const shown: Shown = { c, t, locale, voucher, around, nameOf }
  const mayReverse = mayDo(access, 'ledger:post') && !voucher.reversedBy
  const name = voucherName(voucher)
  return page(
    c,
    {
      title: name,
      area: 'vouchers',
      layout: 'split',
      status: ((tried ?? attaching)?.problem.status as 422 | undefined) ?? 200,
      scripts: ['documents.js'],
      keys: [
        ...(mayReverse ? [['T', t.shell.keys.reverse] as const, ['R', t.shell.keys.correct] as const] : []),
        ['J', t.shell.keys.next],
        ['K', t.shell.keys.previous],
        ['Esc', t.shell.keys.back],
      ],
    },
    <>
      <section>
        <div class="hb-print-head">
          <b>{access.name}</b>
          <span>{access.organisationNumber && organisationNumber(access.organisationNumber)}</span>
        </div>
        <div class="hb-head">
          <div>
            <h1>{name}</h1>
            <p>{about(shown)}</p>
          </div>
          <div class="hb-actions">
            <ExportMenu c={c} path={`vouchers/${voucher.id}`} />
            <button class="ds-button hb-only-wide" data-variant="tertiary" type="button" data-print hidden>
              <Icon name="print" />
              {t.shell.print}
            </button>
            {mayDo(access, 'ledger:post') && (
              <form class="hb-only-wide" method="post" action={companyPath(access, `/vouchers/${voucher.id}/copy`)}>
                <button class="ds-button" data-variant="tertiary" type="submit">
                  {t.vouchers.copy}
                </button>
              </form>
            )}
            {mayReverse && (
              <form method="post" action={companyPath(access, `/vouchers/${voucher.id}/correction`)}>
                <button class="ds-button" data-variant="secondary" type="submit" data-key="R">
                  {t.vouchers.correction.action} <kbd>R</kbd>
                </button>
              </form>
            )}
            {mayReverse && (
              <button
                class="ds-button"
                data-variant="secondary"
                type="button"
                data-opens="reverse"
                data-key="T"
                command="show-modal"
                commandfor="reverse"
              >
                <Icon name="back" />
                {t.vouchers.reverse.action} <kbd>T</kbd>
              </button>
            )}
          </div>
        </div>
        {tried && !mayReverse && (
          <div class="hb-notices">
            <p class="hb-notice" data-level="error" role="alert">
              {messagesOf(tried.problem, locale).join(' ')}
            </p>
          </div>
        )}
        <Chips {...shown} />
        <EntryTable {...shown} />
        {linked &&
          (around.corrects ? (
            <ChangedLines c={c} was={linked} now={voucher} />
          ) : (
            <ChangedLines c={c} was={voucher} now={linked} />
          ))}
        <p class="hb-voucher-note hb-no-print">{correction(shown)}</p>
        <VoucherPlans c={c} voucher={voucher.id} schedules={schedules} />
      </section>
      <aside class="hb-aside" data-narrow={beside.documents.length === 0 ? true : undefined} data-print-too>
        <Documents c={c} voucher={voucher} beside={beside} tried={attaching} />
        <Comments c={c} voucher={voucher} beside={beside} />
        <Trail {...shown} />
        <Evidence {...shown} />
      </aside>
      <a href={companyPath(access, '/vouchers')} data-key="Escape" data-back hidden>
        {t.vouchers.title}
      </a>
      {mayReverse && <ReverseDialog {...shown} tried={tried} />}
    </>,
  )
}

function about({ t, locale, voucher, around }: Shown): string {
  const words = t.vouchers.page
  const parts = [locale === 'nb' ? around.type.nameNb : around.type.nameEn, day(voucher.voucherDate), voucher.text]
  if (voucher.documentDate !== voucher.voucherDate)
    parts.push(fill(words.document, { date: voucher.documentDate }, locale))
  if (voucher.vatDate !== voucher.documentDate) parts.push(fill(words.vatDate, { date: voucher.vatDate }, locale))
  return parts.filter(Boolean).join(' · ')
}

function Chips({ c, t, locale, voucher, around }: Shown) {
  const words = t.vouchers.page
  const month = monthOf(voucher.voucherDate)
  return (
    <div class="hb-chips hb-voucher-head">
      <span class="hb-chip" data-state="proven">
        <Icon name="check" />
        {fill(words.posted, { date: moment(voucher.recordedAt).slice(0, 10) }, locale)}
      </span>
      {around.level !== 'open' && (
        <span class="hb-chip">
          <Icon name="lock" />
          {fill(around.level === 'hard' ? words.lockedMonth : words.softMonth, { month }, locale)}
        </span>
      )}
      {around.reversalOf && <LinkChip c={c} text={words.reversalOf} link={around.reversalOf} />}
      {around.corrects && <LinkChip c={c} text={words.corrects} link={around.corrects} />}
      {around.correctedBy.map((link) => (
        <LinkChip c={c} text={words.correctedBy} link={link} />
      ))}
      {around.reversedBy && <LinkChip c={c} text={words.reversed} link={around.reversedBy} />}
      {templateOf(voucher) && <TemplateChip c={c} t={t} locale={locale} of={templateOf(voucher)!} />}
      {voucher.importJob && (
        <a class="hb-chip" href={companyPath(c.var.access, `/imports/${voucher.importJob}`)}>
          <Icon name="file" />
          {words.imported}
        </a>
      )}
    </div>
  )
}

/** The template that made it, and which version. */
const templateOf = ({ content }: VoucherWithEntries): { key: string; version: number } | undefined =>
  content === null ? undefined : (JSON.parse(content) as { template?: { key: string; version: number } }).template

type Made = Pick<Shown, 'c' | 't' | 'locale'> & { of: { key: string; version: number } }
const TemplateChip = ({ c, t, locale, of }: Made) => (
  <a class="hb-chip" href={companyPath(c.var.access, `/templates/${encodeURIComponent(of.key)}`)}>
    {fill(t.templates.plans.template, of, locale)}
  </a>
)

const LinkChip = ({ c, text, link }: { c: Page; text: string; link: VoucherLink }) => (
  <a class="hb-chip" href={companyPath(c.var.access, `/vouchers/${link.id}`)}>
    <Icon name="link" />
    {text.replace('{voucher}', voucherName(link))}
  </a>
)

function correction({ t, locale, voucher, around }: Shown): string {
  const words = t.vouchers.page
  if (around.level === 'open' || !around.firstOpenDay) return words.correct
  return fill(words.correctLocked, { month: monthOf(voucher.voucherDate), date: around.firstOpenDay }, locale)
}

/** Its place in the chain: what anyone needs to compute the hash again. */
function Evidence({ c, t, locale, voucher, around }: Shown) {
  const words = t.vouchers.page
  const neighbour = (link: VoucherLink | undefined, label: string, key: string) =>
    link && (
      <a
        href={companyPath(c.var.access, `/vouchers/${link.id}`)}
        title={`${label}: ${voucherName(link)}`}
        data-key={key}
      >
        {whole(link.ledgerVersion, locale)}
      </a>
    )
  return (
    <section>
      <h2>{words.evidence}</h2>
      <div class="hb-chain">
        {neighbour(around.previous, words.previous, 'K') ?? <span class="hb-faint">{words.genesis}</span>}
        <Icon name="right" />
        <b>{whole(voucher.ledgerVersion, locale)}</b>
        {around.next && <Icon name="right" />}
        {neighbour(around.next, words.next, 'J')}
      </div>
      <dl class="hb-pairs">
        <Pair term={words.recordedAt} value={moment(voucher.recordedAt, true)} />
        <Pair term={words.hash} value={voucher.hash} hash />
        <Pair term={words.previousHash} value={voucher.prevHash} hash />
        <Pair term={words.contentHash} value={voucher.contentHash} hash />
        <Pair term={words.id} value={voucher.id} hash />
      </dl>
    </section>
  )
}

const Pair = ({ term, value, hash }: { term: string; value: string; hash?: boolean }) => (
  <div>
    <dt>{term}</dt>
    <dd class={hash ? 'hb-hash' : 'hb-date'}>{value}</dd>
  </div>
)
