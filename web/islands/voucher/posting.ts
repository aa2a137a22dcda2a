import { type EntryKey, entryText } from '#i18n/entry-text.ts'
import { kroner, voucherName } from '#i18n/format.ts'
import type { PostedAnswer } from '#worker/ledger/job.ts'
import { isBlank, type Row } from '#worker/sheets/sheet.ts'
import { correctionOn, postCorrection } from './correction.ts'
import { atRoot, type Entry } from './entry.ts'
import { type Difference, holdToShown, type Part } from './hold-to-shown.ts'
import type { VoucherVerdict } from './judge.ts'
import { findVoucher, inRequests, type Numbered, postVoucher, postVouchers, type Sent } from './send.ts'
import { accountName } from './shown.ts'

export type Notice = {
  level: 'done' | 'warning' | 'error' | undefined
  key: EntryKey
  params?: Record<string, string | number>
  /** An answer that is more than words: the lines become a voucher of their own. */
  offersNew?: boolean
  /** What one can do about it. */
  answers?: readonly { key: EntryKey; does: () => void }[]
  /** Vouchers to link to. */
  vouchers?: readonly { id: string; name: string }[]
  /** The voucher that one goes on to. */
  opens?: string
  signIn?: boolean
}
export type PostingPort = {
  tell(notice: Notice): void
  /** A voucher went through: the next one begins. */
  begin(): void
  goToFirstFault(): void
}

/** Posts what stands on the desk: the one voucher, or every voucher of the sheet that is ready. */
export async function post(entry: Entry, port: PostingPort): Promise<void> {
  if (entry.busy || entry.isEmpty) return
  const coming = entry.arriving.all
  if (coming) {
    const { id, header, rows } = entry.desk
    port.tell({ level: undefined, key: 'awaitingDocument' })
    const came = await coming
    if (entry.desk.id !== id || entry.busy) return
    if (!came) return port.tell({ level: 'error', key: 'documentDidNotCome' })
    if (entry.desk.header !== header || entry.desk.rows !== rows)
      return port.tell({ level: 'warning', key: 'changedMeanwhile' })
  }
  entry.attempted = true
  entry.judgeAll()
  const ready = entry.open.filter((voucher) => voucher.ready)
  if (ready.length === 0 || (entry.desk.mode === 'voucher' && !entry.isReady)) {
    entry.judgeAgain()
    return port.goToFirstFault()
  }
  entry.busy = true
  entry.sending = ready.map(({ group }) => group.id)
  entry.save() // a page that is closed now finds out when it opens again
  try {
    await (entry.desk.mode === 'voucher' ? postOne(entry, ready[0]!, port) : postSheet(entry, ready, port))
  } finally {
    entry.busy = false
    entry.save()
    entry.judgeAgain()
  }
}

async function postOne(entry: Entry, voucher: VoucherVerdict, port: PostingPort): Promise<void> {
  port.tell({ level: undefined, key: 'posting' })
  let tries = 0
  const lostReply = (seconds: number) => tellLost(port, tries++, seconds)
  const correction = correctionOn(entry.desk)
  const send = (token?: string) =>
    correction
      ? postCorrection(entry.line, correction, voucher.draft, lostReply, token)
      : postVoucher(entry.line, voucher.draft, lostReply, token)
  const answers = await heldToShown(entry, [voucher], port, ({ token }) => send(token))
  if (!answers) return
  // What the try refused is refused again, with the reason.
  const sent = answers[0]?.sent ?? (await send())
  if (sent.kind === 'done') {
    const { answer } = sent
    const name = voucherName(answer)
    entry.sending = []
    entry.busy = false
    entry.startNext()
    if (!answer.replayed) entry.atVersion(answer.ledgerVersion)
    const vouchers = [{ id: answer.id, name }]
    if (correction) {
      return port.tell({
        level: 'done',
        key: 'posted',
        params: { voucher: name },
        vouchers,
        opens: answer.id,
      })
    }
    port.tell(
      answer.replayed && tries === 0
        ? { level: 'warning', key: 'postedBefore', params: { voucher: name }, vouchers }
        : { level: 'done', key: 'posted', params: { voucher: name }, vouchers },
    )
    return port.begin()
  }
  if (sent.kind === 'lost') return port.tell({ level: 'error', key: 'lostGaveUp' })
  entry.sending = []
  if (sent.kind === 'signed-out') return port.tell({ level: 'error', key: 'signedOut', signIn: true })
  if (sent.posted) return tellReused(entry, sent.posted, port)
  entry.noteIssues(voucher.content, { issues: atRoot(sent.issues) })
  entry.judgeAgain()
  port.tell({ level: 'error', key: 'refused', params: { message: sent.title } })
  port.goToFirstFault()
}

/**
 * Sends vouchers with the token of the try they were shown by, anew where it has grown old: the answer to each part, up to the
 * first that did not go through. Undefined when they would be booked otherwise than shown: that is told, and nothing is sent.
 */
async function heldToShown<T>(
  entry: Entry,
  vouchers: readonly VoucherVerdict[],
  port: PostingPort,
  send: (part: Part) => Promise<Sent<T>>,
): Promise<{ part: Part; sent: Sent<T> }[] | undefined> {
  for (const anew of [false, true]) {
    const { parts, differences } = await holdToShown(entry, vouchers, anew)
    if (differences.length > 0) {
      entry.sending = []
      tellDifferences(entry, differences, port)
      return undefined
    }
    const answers: { part: Part; sent: Sent<T> }[] = []
    for (const part of parts) {
      const sent = await send(part)
      answers.push({ part, sent })
      if (sent.kind !== 'done') break
    }
    const first = answers[0]?.sent
    if (anew || first?.kind !== 'refused' || first.code !== 'dry-run/stale') return answers
  }
  return undefined
}

/** Accounts named when what would be booked is no longer what was shown. */
const TOLD_ACCOUNTS = 3

function tellDifferences(
  { court: { books, locale } }: Entry,
  differences: readonly Difference[],
  port: PostingPort,
): void {
  const said = differences.slice(0, TOLD_ACCOUNTS).map(({ account, of, shown, now }) => {
    const name = [account, accountName(account, books, locale), of && `(${of})`].filter(Boolean).join(' ')
    return `${name}: ${kroner(shown, locale)} → ${kroner(now, locale)}`
  })
  port.tell({ level: 'warning', key: 'bookedOtherwise', params: { changes: said.join('; ') } })
}

/** An earlier try arrived after all, and the lines were changed since: whether both shall stand is for a person to say. */
function tellReused({ desk }: Entry, posted: Numbered, port: PostingPort): void {
  const name = voucherName(posted)
  const told = { level: 'warning', params: { voucher: name }, vouchers: [{ id: posted.id, name }] } as const
  // Nothing is put right twice: what changed since is a correction of the one that arrived.
  port.tell(correctionOn(desk) ? { ...told, key: 'correctedBefore' } : { ...told, key: 'idReused', offersNew: true })
}

function tellLost(port: PostingPort, tries: number, seconds: number): void {
  port.tell(
    tries === 0 ? { level: 'warning', key: 'lost' } : { level: 'warning', key: 'lostStill', params: { seconds } },
  )
}

async function postSheet(entry: Entry, ready: readonly VoucherVerdict[], port: PostingPort): Promise<void> {
  let done = 0
  let tries = 0
  let before = 0
  const names = new Map<string, string>()
  for (const request of inRequests(ready)) {
    port.tell({ level: undefined, key: 'postingMany', params: { done, n: ready.length } })
    const answers = await heldToShown(entry, request, port, ({ vouchers, token }) =>
      postVouchers(
        entry.line,
        vouchers.map(({ draft }) => draft),
        (seconds) => tellLost(port, tries++, seconds),
        token,
      ),
    )
    if (!answers) return
    for (const { part, sent } of answers) {
      if (sent.kind === 'lost') return port.tell({ level: 'error', key: 'lostGaveUp' })
      if (sent.kind !== 'done') {
        entry.sending = []
        const signedOut = sent.kind === 'signed-out'
        return port.tell(
          signedOut
            ? { level: 'error', key: 'signedOut', signIn: true }
            : { level: 'error', key: 'refused', params: { message: sent.title } },
        )
      }
      entry.atVersion(sent.answer.ledgerVersion)
      sent.answer.vouchers.forEach((answer, i) => {
        const { group, content } = part.vouchers[i]!
        if (answer.status === 'posted') {
          names.set(group.id, voucherName(answer))
          if (answer.replayed && tries === 0) before++
        } else
          entry.noteIssues(content, {
            issues: atRoot(answer.issues),
            ledgerVersion: sent.answer.ledgerVersion,
          })
      })
      markPosted(entry, names)
    }
    done += request.length
    entry.sending = entry.sending.filter((id) => !request.some(({ group }) => group.id === id))
  }
  entry.sending = []
  entry.judgeAgain()
  tellSheet(entry, names.size - before, port, before)
}

/** Writes the number back on the rows of each voucher that was posted; they can no longer be changed. */
function markPosted(entry: Entry, names: ReadonlyMap<string, string>): void {
  const rows = entry.desk.rows.map((row): Row => {
    const name = isBlank(row) ? undefined : names.get(row.id)
    return name && !row.posted ? { ...row, posted: name } : row
  })
  entry.settle({ ...entry.desk, rows })
}

function tellSheet(entry: Entry, posted: number, port: PostingPort, before = 0): void {
  const left = entry.open
  const line = left.length > 0 ? left[0]!.group.rows[0]! + 1 : 0
  if (left.length === 0)
    port.tell({ level: 'done', key: before > 0 ? 'postedManyBefore' : 'postedMany', params: { n: posted, before } })
  else {
    const key = posted > 0 ? 'postedSome' : 'postedNone'
    port.tell({ level: 'warning', key, params: { n: posted, left: left.length, line } })
    port.goToFirstFault()
  }
}

/** Vouchers asked for at once. */
const AT_ONCE = 6

/**
 * After a page that was closed, or a network that went away, while it posted: finds out what arrived. Nothing is sent again unasked,
 * and nothing that was written since is put away.
 */
export async function findOut(entry: Entry, port: PostingPort): Promise<void> {
  if (entry.sending.length === 0) return
  entry.busy = true
  port.tell({ level: undefined, key: 'checkingLast' })
  const found = new Map<string, PostedAnswer>()
  let certain = true
  const ids = [...entry.sending]
  while (ids.length > 0) {
    const answers = await Promise.all(ids.splice(0, AT_ONCE).map((id) => findVoucher(entry.line, id)))
    for (const sent of answers) {
      if (sent.kind !== 'done') certain = false
      else if (sent.answer) found.set(sent.answer.id, sent.answer)
    }
  }
  const onDesk =
    entry.desk.mode === 'voucher' ? entry.verdict.vouchers.find(({ group }) => found.has(group.id)) : undefined
  if (onDesk && !(await entry.tryTogether([onDesk]))) certain = false // whether it still is as it was sent
  entry.busy = false
  if (!certain) return port.tell({ level: 'error', key: 'lostGaveUp' })
  entry.sending = []
  const names = new Map([...found].map(([id, answer]) => [id, voucherName(answer)]))
  const vouchers = [...names].map(([id, name]) => ({ id, name }))
  if (names.size === 0) port.tell({ level: 'warning', key: 'notArrived' })
  else if (entry.desk.mode === 'sheet') {
    markPosted(entry, names)
    tellSheet(entry, names.size, port)
  } else if (onDesk && !entry.triedOf(onDesk)?.posted) tellReused(entry, found.get(onDesk.group.id)!, port)
  else {
    if (onDesk) entry.startNext()
    port.tell({ level: 'done', key: 'arrived', params: { voucher: vouchers[0]!.name }, vouchers })
  }
  entry.save()
  entry.judgeAgain()
}

/** What the status column says of a row. */
export function statusOf(entry: Entry, at: number): string {
  const voucher = entry.verdict.voucherAt.get(at)
  if (!voucher || voucher.group.rows[0] !== at) return entry.desk.rows[at]?.posted ?? ''
  const { locale } = entry.court
  if (voucher.group.posted) return voucher.group.posted
  if (entry.triedOf(voucher)?.posted) return entryText(locale, 'statusPostedBefore')
  if (entry.busy && entry.sending.includes(voucher.group.id)) return entryText(locale, 'statusSending')
  const served = entry.triedOf(voucher)?.issues.filter((issue) => issue.severity === 'error').length ?? 0
  const errors = Math.max(voucher.placed.filter((p) => p.level === 'error').length, served)
  if (errors > 0) return entryText(locale, errors === 1 ? 'statusErrorsOne' : 'statusErrorsMany', { n: errors })
  return entryText(locale, voucher.ready ? 'statusReady' : 'statusUnfinished')
}
