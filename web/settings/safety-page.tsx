import { day, fill, moment, whole } from '#i18n/format.ts'
import { problemText } from '#i18n/problem-text.ts'
import { checkText } from '#i18n/verify-text.ts'
import { mayDo } from '#worker/access/permission.ts'
import { type KeptBackup, readBackup, readBackups } from '#worker/backup/backup-store.ts'
import { objectSource } from '#worker/backup/object-source.ts'
import { restoreCompany } from '#worker/backup/restore-company.ts'
import { takeBackup } from '#worker/backup/take-backup.ts'
import { takeIntoUse } from '#worker/backup/take-into-use.ts'
import { dayInOslo, type Instant, isoDate } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { cutText } from '#worker/core/text.ts'
import { pathText } from '#worker/http/accept.ts'
import { TOLD } from '#worker/verify/check.ts'
import { forgetLostPosts } from '#worker/verify/forget-lost-posts.ts'
import { keepVerification } from '#worker/verify/keep-verification.ts'
import {
  type Anchor,
  readAnchors,
  readStanding,
  readVerifications,
  type Verification,
} from '#worker/verify/verification-store.ts'
import { readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { ChecksSection, vouchersOf } from './checks-section.tsx'

/** Earlier checks and kept heads that are shown. */
const [SHOWN, DAYS] = [26, 31]

/** What the writer's journal has and the ledger has not. */
const LOST = 'acknowledged-posts-in-journal'
/** Characters of a form that names all that a check tells of it: thousands of matches may be lost at once. */
const LOST_FORM = 500_000

const CONTRADICTIONS = ['archive/other-history', 'archive/day-changed']

const now = (): Instant => new Date().toISOString() as Instant

/** A backup that says something else than what is kept outside it, and the day of that. */
type Refused = { backup: string; problem: Problem; day: string }

/** What the checks of the books found, the heads kept outside them, and the backups. */
export async function safetyPage(c: Page, refused?: Refused): Promise<Response> {
  const t = textsOf(c)
  const words = t.safety
  const { access, control, locale } = c.var
  const mayBackUp = mayDo(access, 'company:backup')
  const [verifications, standing, anchors, backups] = await Promise.all([
    readVerifications(control, access.id, SHOWN),
    readStanding(control, access.id),
    readAnchors(control, access.id),
    mayBackUp ? readBackups(control, access.id) : undefined,
  ])
  // The one that found what stands, or else the newest of the whole; before there is one, the newest that tells of its checks.
  const kept = [...(standing ? [standing] : []), ...verifications].filter(({ checks }) => checks)
  const told = (kept[0]?.ok ? kept.find(({ whole }) => whole) : undefined) ?? kept[0]
  const lost =
    standing?.findings
      .find(({ key }) => key === LOST)
      ?.offenders.flatMap(({ voucher, matches, match }) => String(voucher ?? matches ?? match ?? '').split(' ')) // `match`: as told before
      .filter(Boolean) ?? []
  const vouchers = told ? await vouchersOf(c, told) : []
  return page(
    c,
    { title: words.title, area: 'settings', keys: [['Esc', t.shell.keys.back]], ...(refused && { status: 422 }) },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
        </div>
        <form class="hb-actions" method="post" action={companyPath(access, '/settings/safety/verifications')}>
          <button class="ds-button" type="submit">
            {words.run}
          </button>
        </form>
      </div>
      {refused && (
        <div class="hb-notice" data-level="error" role="alert" tabindex={-1} autofocus>
          <p>{problemText(refused.problem.code, refused.problem.params ?? {}, locale)}</p>
          <form method="post" action={companyPath(access, `/settings/safety/backups/${refused.backup}/restoration`)}>
            <input type="hidden" name="despite" value={refused.day} />
            <button class="ds-button" data-variant="secondary" type="submit">
              {words.backups.despite}
            </button>
          </form>
        </div>
      )}
      {access.pausedAt && mayBackUp && (
        <form class="hb-section" method="post" action={companyPath(access, '/settings/safety/schedule-start')}>
          <p class="hb-quiet">{words.starts}</p>
          <button class="ds-button" data-variant="secondary" type="submit">
            {words.start}
          </button>
        </form>
      )}
      <div class="hb-notices">
        <Newest c={c} newest={standing} />
        {lost.length > 0 && mayBackUp && (
          <form method="post" action={companyPath(access, '/settings/safety/lost-posts')}>
            <p>{words.lost}</p>
            <details open={lost.length <= TOLD}>
              <summary>{fill(words.lostIds, { count: whole(lost.length, locale) }, locale)}</summary>
              <p class="hb-code hb-break">{lost.join(' ')}</p>
            </details>
            <input type="hidden" name="vouchers" value={lost.join(' ')} />
            <button class="ds-button" data-variant="secondary" type="submit">
              {words.acceptLost}
            </button>
          </form>
        )}
      </div>
      {told && <ChecksSection c={c} verification={told} vouchers={vouchers} />}
      {backups && <Backups c={c} backups={backups} />}
      <div class="hb-columns">
        <History c={c} verifications={verifications} />
        <Anchors c={c} anchors={anchors.slice(-DAYS).reverse()} />
      </div>
    </>,
  )
}

/** The one line that matters: whether the books hold. */
function Newest({ c, newest }: { c: Page; newest: Verification | undefined }) {
  const words = textsOf(c).safety
  const { locale } = c.var
  if (!newest)
    return (
      <div class="hb-notice" data-level="info">
        <p>{words.never}</p>
      </div>
    )
  const count = newest.findings.length
  const at = fill(words.last, { at: moment(newest.recordedAt), version: whole(newest.ledgerVersion, locale) }, locale)
  return (
    <div class="hb-notice" data-level={newest.ok ? 'done' : 'error'} role={newest.ok ? 'status' : 'alert'}>
      <p>
        <strong>{newest.ok ? words.good : fill(words.bad, { count }, locale)}.</strong> {at}.
      </p>
      {!newest.ok && (
        <>
          <ul>
            {newest.findings.map(({ key, violations }) => (
              <li>
                {checkText(key, locale)} {fill(words.fails, { count: whole(violations, locale) }, locale)}
              </li>
            ))}
          </ul>
          <p>{words.cure}</p>
        </>
      )}
    </div>
  )
}

function Backups({ c, backups }: { c: Page; backups: readonly KeptBackup[] }) {
  const words = textsOf(c).safety
  const { access, locale } = c.var
  const path = companyPath(access, '/settings/safety/backups')
  return (
    <section class="hb-section">
      <div class="hb-section-head">
        <h2>{words.backups.title}</h2>
        <form method="post" action={path}>
          <button class="ds-button" data-variant="secondary" type="submit">
            {words.backups.take}
          </button>
        </form>
      </div>
      <p class="hb-quiet">{words.backups.intro}</p>
      {backups.length === 0 ? (
        <p class="hb-quiet">{words.backups.none}</p>
      ) : (
        <table class="hb-table" data-list>
          <thead>
            <tr>
              <th>{words.column.when}</th>
              <th class="hb-num">{words.column.version}</th>
              <th class="hb-num">{words.column.size}</th>
              <th>{words.column.by}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {backups.map((backup) => (
              <tr>
                <td class="hb-date">
                  <a href={`/api/v1${companyPath(access, `/backups/${backup.id}`)}`} download>
                    {moment(backup.recordedAt)}
                  </a>
                </td>
                <td class="hb-num hb-faint" data-line="2" data-label={words.column.version}>
                  {whole(backup.ledgerVersion, locale)}
                </td>
                <td class="hb-num hb-faint" data-line="2">
                  {fill(words.backups.kilobytes, { size: whole(Math.ceil(backup.size / 1000), locale) }, locale)}
                </td>
                <td class="hb-faint" data-line="2">
                  {words.backups.kind[backup.kind]}
                </td>
                <td class="hb-num">
                  <form method="post" action={`${path}/${backup.id}/restoration`}>
                    <button
                      class="ds-button"
                      data-variant="tertiary"
                      type="submit"
                      aria-label={fill(words.backups.restoreOf, { at: moment(backup.recordedAt) }, locale)}
                    >
                      {words.backups.restore}
                    </button>
                  </form>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function History({ c, verifications }: { c: Page; verifications: readonly Verification[] }) {
  const words = textsOf(c).safety
  const { locale } = c.var
  if (verifications.length === 0) return null
  return (
    <section class="hb-section">
      <h2>{words.history}</h2>
      <table class="hb-table">
        <thead>
          <tr>
            <th>{words.column.when}</th>
            <th>{words.column.extent}</th>
            <th class="hb-num">{words.column.version}</th>
            <th>{words.column.state}</th>
          </tr>
        </thead>
        <tbody>
          {verifications.map((v) => (
            <tr>
              <td class="hb-date">{moment(v.recordedAt)}</td>
              <td data-line="2">{v.whole ? words.whole : words.part}</td>
              <td class="hb-num hb-faint" data-line="2" data-label={words.column.version}>
                {whole(v.ledgerVersion, locale)}
              </td>
              <td>
                <span class="hb-chip" data-state={v.ok ? 'proven' : 'error'}>
                  {v.ok ? words.holds : fill(words.fails, { count: v.findings.length }, locale)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Anchors({ c, anchors }: { c: Page; anchors: readonly Anchor[] }) {
  const words = textsOf(c).safety
  const { locale } = c.var
  if (anchors.length === 0) return null
  return (
    <section class="hb-section">
      <h2>{words.anchors}</h2>
      <p class="hb-quiet">{fill(words.anchorsNote, { count: DAYS }, locale)}</p>
      <table class="hb-table">
        <thead>
          <tr>
            <th>{words.column.when}</th>
            <th class="hb-num">{words.column.version}</th>
            <th>{words.column.head}</th>
          </tr>
        </thead>
        <tbody>
          {anchors.map((anchor) => (
            <tr>
              <td class="hb-date">{day(anchor.day)}</td>
              <td class="hb-num hb-faint" data-line="2" data-label={words.column.version}>
                {whole(anchor.ledgerVersion, locale)}
              </td>
              <td class="hb-code" data-line="2">
                <span class="hb-break">{anchor.chainHead}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const askedOf = (c: Page) => ({ env: c.env, control: c.var.control, company: c.var.access, at: now() })

export async function submitVerification(c: Page): Promise<Response> {
  await keepVerification(askedOf(c), true)
  return safetyPage(c)
}

/** Who has seen to what is lost says so, and everything is checked anew. */
export async function submitLostPosts(c: Page): Promise<Response> {
  const { vouchers = '' } = await readForm(c, LOST_FORM)
  await forgetLostPosts({
    ...askedOf(c),
    db: c.var.db,
    principal: c.var.principal,
    vouchers: vouchers.split(' ').filter(Boolean),
  })
  return submitVerification(c)
}

export async function submitBackup(c: Page): Promise<Response> {
  await takeBackup({ ...askedOf(c), by: c.var.principal.id }, 'asked')
  return c.redirect(companyPath(c.var.access, '/settings/safety'), 303)
}

export async function submitScheduleStart(c: Page): Promise<Response> {
  const { access, control, principal } = c.var
  await takeIntoUse({ control, company: access, principal, at: now() })
  return c.redirect(companyPath(access, '/settings/safety'), 303)
}

/** The new company is opened where its check stands. One that contradicts what is known of the books is restored when that is asked for again. */
export async function submitBackupRestoration(c: Page): Promise<Response> {
  const { access, control, principal, locale } = c.var
  const backup = await readBackup(control, access.id, pathText(c, 'backup'))
  if (!backup) throw new Problem(404, 'backup/unknown')
  const told = { name: access.name, date: day(dayInOslo(backup.recordedAt)) }
  const name = cutText(fill(textsOf(c).safety.backups.name, told, locale), 256)
  const source = objectSource(c.env.FILES, backup.objectKey, backup.size)
  const { despite = '' } = await readForm(c)
  try {
    const wanted = { name, despite: isoDate(despite) }
    const { company } = await restoreCompany({ env: c.env, control, principal }, source, wanted)
    return c.redirect(companyPath({ id: company }, '/settings/safety'), 303)
  } catch (error) {
    if (!(error instanceof Problem && CONTRADICTIONS.includes(error.code))) throw error
    return safetyPage(c, { backup: backup.id, problem: error, day: String(error.params?.day) })
  }
}
