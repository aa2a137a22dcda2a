import { expect, test } from 'vitest'
import { deskOf, matchId, withParties } from '#tests/support/ledger-desk.ts'
import { memberOf } from '#tests/support/visitor.ts'
import type { Instant } from '#worker/core/dates.ts'
import { runAllCompanies } from '#worker/cron/run-all-companies.ts'
import { controlDatabase } from '#worker/database/connect.ts'
import { writerOf } from '#worker/ledger/run-job.ts'
import { simpleDraft, testApp, voucherId } from '../support/app.ts'

const app = testApp()
const { company, env } = app

test('a post that was acknowledged and is not in the ledger is found by the writer’s journal', async () => {
  const c = await company()
  const journal = async () =>
    (await writerOf(env, c.id).acknowledged({ ledgerVersion: 0, hash: '' })).map((row) => row.ledgerVersion)
  const post = async (id = voucherId()) => (await c.call('/vouchers', { body: simpleDraft({ id }) })).json.id as string
  await post()
  const two = { vouchers: [simpleDraft(), simpleDraft()] }
  await c.call('/vouchers/batch', { body: two })
  await c.call('/vouchers/batch', { body: two }) // answered from what is there
  expect(await journal()).toEqual([1, 3]) // the last of an answer stands for all of it
  expect((await c.call('/verify')).json.checks.find((check: any) => check.invariant === 12)).toMatchObject({
    ...{ key: 'acknowledged-posts-in-journal', holds: true, rows: 2 },
  })
  await runAllCompanies(env, `${new Date().getFullYear()}-03-06T01:30:00.000Z` as Instant, '17 * * * *')
  expect(await journal()).toEqual([]) // the head of that check holds all of it
  // No check since: the heads kept outside know nothing of these two. Books of before them come back, and go on.
  const lost = [await post(), await post()]
  const batch = { vouchers: [simpleDraft({ id: voucherId() }), simpleDraft({ id: voucherId() })] }
  const [inner, outer] = batch.vouchers.map(({ id }) => id as string)
  await c.call('/vouchers/batch', { body: batch })
  const { rows } = await c.db.execute("select name, sql from sqlite_schema where type = 'trigger'")
  await c.db.batch(
    [
      ...rows.map(({ name }) => `drop trigger "${name}"`),
      ...['entry', 'event', 'voucher'].map((table) => `delete from ${table} where ledger_version > 3`),
      'update number_series set last_number = last_number - 4',
      ...rows.map(({ sql }) => String(sql)),
    ],
    'write',
  )
  const found = async () => {
    const { json } = await c.call('/verify')
    return json.checks.find((check: any) => check.key === 'acknowledged-posts-in-journal')
  }
  expect(await found()).toMatchObject({ holds: false, violations: 3 })
  const batched = { voucher: outer, first: 6, ledgerVersion: 7 }
  expect((await found()).offenders).toMatchObject([
    ...lost.map((voucher, i) => ({ voucher, first: 4 + i, ledgerVersion: 4 + i })),
    batched,
  ])
  await post()
  expect(await found()).toMatchObject({ violations: 3, rows: 4 })
  // What is sent again stands again: all of what was told at once, and by what the writer knows, not by what the file says.
  await post(lost[1])
  await c.call('/vouchers', { body: batch.vouchers[1]! })
  expect((await found()).offenders).toMatchObject([{ voucher: lost[0] }, batched])
  const rewritten = { voucher: lost[1], found: null }
  const at5 = { sql: 'update voucher set hash = ? where ledger_version = 5', args: ['0'.repeat(64)] }
  const { rows: was } = await c.db.execute('select hash from voucher where ledger_version = 5')
  const behindTriggers = (change: typeof at5) =>
    c.db.batch(
      [...rows.map(({ name }) => `drop trigger "${name}"`), change, ...rows.map(({ sql }) => String(sql))],
      'write',
    )
  await behindTriggers(at5)
  expect((await found()).offenders).toContainEqual(expect.objectContaining({ ...rewritten, found: '0'.repeat(64) }))
  await behindTriggers({ ...at5, args: [String(was[0]!.hash)] })
  // Of a batch that is sent again one by one it is told which are not there yet.
  expect((await found()).offenders[1]).toMatchObject({ gone: 1, missing: inner })
  // What nobody can send again an administrator answers for, by name.
  const answerFor = (vouchers: unknown, key?: string) =>
    c.call('/lost-posts', { body: { vouchers }, ...(key && { key }) })
  for (const role of ['accountant', 'administrator'] as const)
    expect((await answerFor([lost[0]], await c.key(role))).status).toBe(403)
  expect((await answerFor([])).status).toBe(422)
  expect((await answerFor([lost[0], inner])).json).toEqual({ vouchers: [lost[0]] })
  expect((await answerFor([lost[0]])).json).toEqual({ vouchers: [] })
  expect((await found()).offenders).toMatchObject([batched])
  await c.call('/verifications', { method: 'POST' })
  const [browser, page] = [await memberOf(app, c.id, 'administrator'), `/companies/${c.id}/settings/safety`]
  expect((await browser.get(page)).html).toContain(`name="vouchers" value="${outer}"`)
  expect((await browser.post(`${page}/lost-posts`, { vouchers: outer! })).html).not.toContain('name="vouchers"')
  expect(await found()).toMatchObject({ holds: true })
  const logged =
    "select changes from control_log where company = ? and type = 'company.loss-accepted' order by sequence"
  const entries = (await controlDatabase(env).execute({ sql: logged, args: [c.id] })).rows
  expect(entries.map(({ changes }) => JSON.parse(String(changes)))).toEqual([
    { count: [null, '1'], vouchers: [null, lost[0]] },
    { count: [null, '1'], vouchers: [null, inner] },
  ])
  await writerOf(env, c.id).forget()
  expect(await journal()).toEqual([])
})

/** Books as they were after so many vouchers: what a file that is put back holds. */
async function putBack(c: Awaited<ReturnType<typeof company>>, ledgerVersion: number) {
  const { rows } = await c.db.execute("select name, sql from sqlite_schema where type = 'trigger'")
  const { rows: known } = await c.db.execute(
    `select count(*) as n from voucher where ledger_version > ${ledgerVersion}`,
  )
  await c.db.batch(
    [
      ...rows.map(({ name }) => `drop trigger "${name}"`),
      ...['item_match_line', 'item_match', 'open_item', 'entry', 'voucher'].map((table) =>
        table.startsWith('item_match')
          ? `delete from ${table}`
          : `delete from ${table} where ledger_version > ${ledgerVersion}`,
      ),
      `delete from event where ledger_version > ${ledgerVersion}`,
      `update number_series set last_number = last_number - ${known[0]!.n}`,
      ...rows.map(({ sql }) => String(sql)),
    ],
    'write',
  )
}

test('a batch that was lost and is sent again one by one stands again, when all of it does and as it was', async () => {
  const c = await company()
  const vouchers = [simpleDraft(), simpleDraft(), simpleDraft()]
  expect((await c.call('/vouchers/batch', { body: { vouchers } })).status).toBe(201)
  await putBack(c, 0)
  const found = async () => {
    const { json } = await c.call('/verify')
    return json.checks.find((check: any) => check.invariant === 12)
  }
  const ids = vouchers.map(({ id }) => id)
  const about = { voucher: ids[2], first: 1, ledgerVersion: 3 }
  expect((await found()).offenders).toMatchObject([{ ...about, gone: 3, missing: ids.join(' ') }])
  const again = async (draft: object) => expect((await c.call('/vouchers', { body: draft })).status).toBe(201)
  await again(vouchers[2]!)
  await again(vouchers[0]!)
  expect((await found()).offenders).toMatchObject([{ ...about, gone: 1, missing: ids[1] }])
  await again({ ...vouchers[1]!, text: 'Noe annet' })
  expect((await found()).offenders).toMatchObject([{ gone: 1, missing: ids[1] }])
  await putBack(c, 2)
  await again(vouchers[1]!)
  // All three stand again; the other text was acknowledged as well, and is lost now.
  expect((await found()).offenders).toMatchObject([{ voucher: ids[1], first: 3, ledgerVersion: 3 }])
})

test('a batch that is repeated in part before it is repeated whole is kept whole, whichever came first', async () => {
  const c = await company()
  const vouchers = [simpleDraft(), simpleDraft(), simpleDraft()]
  const writer = writerOf(env, c.id)
  const send = async (drafts: object[], status: number) =>
    expect((await c.call('/vouchers/batch', { body: { vouchers: drafts } })).status).toBe(status)
  const kept = async () => {
    const rows = await writer.acknowledged({ ledgerVersion: 0, hash: '' })
    const named = (await writer.acknowledgedIn(rows)).map((list) => list.map(({ id }) => id).sort())
    return rows.map(({ first, ledgerVersion }, i) => ({ first, ledgerVersion, named: named[i] }))
  }
  await send(vouchers, 201)
  await writer.settle(3) // it dies before it keeps what it committed
  const parts = [vouchers.slice(2), vouchers.slice(1), vouchers, vouchers.slice(1), vouchers.slice(2)]
  const seen = []
  for (const part of parts) {
    await send(part, 200)
    seen.push(await kept())
  }
  const ids = vouchers.map(({ id }) => id)
  const all = [{ first: 1, ledgerVersion: 3, named: ids.toSorted() }]
  expect(seen).toEqual([
    [{ first: 3, ledgerVersion: 3, named: [] }],
    [{ first: 2, ledgerVersion: 3, named: ids.slice(1).toSorted() }],
    ...[all, all, all],
  ])
  await putBack(c, 0)
  const { json } = await c.call('/verify')
  const check = json.checks.find(({ invariant }: { invariant: number }) => invariant === 12)
  expect(check.offenders).toMatchObject([{ voucher: ids[2], first: 1, gone: 3 }])
})

test('a match or its undoing that is repeated is kept with what it had booked', async () => {
  const c = await withParties(await company())
  const { book, match, undo } = deskOf(c)
  const year = new Date().getFullYear()
  const claim = await book(`${year}-01-10`, '1500:10001', 600_40)
  const paid = await book(`${year}-01-20`, '1500:10001', -600_00)
  const wanted = { id: matchId(), items: [{ openItem: claim.item }, { openItem: paid.item }], difference: {} }
  const writer = writerOf(env, c.id)
  /** What the journal has once it knows nothing of what was answered before. */
  const keptBy = async (work: () => Promise<{ status: number; text: string }>, status: number) => {
    expect((await work()).status).toBe(status)
    await writer.settle(1_000)
    const again = await work()
    expect(again.status, again.text).toBe(200)
    return (await writer.acknowledged({ ledgerVersion: 0, hash: '' })).map(({ ledgerVersion }) => ledgerVersion)
  }
  expect(await keptBy(() => match(wanted), 201)).toEqual([3])
  expect(await keptBy(() => undo(wanted.id), 200)).toEqual([4])
})

test('a match that books nothing, or its undoing, that was acknowledged and is lost is found, until it is done again or answered for', async () => {
  const c = await withParties(await company())
  const { book, match, undo } = deskOf(c)
  const year = new Date().getFullYear()
  const items = async (amount: number) => [
    { openItem: (await book(`${year}-01-10`, '1500:10001', amount)).item },
    { openItem: (await book(`${year}-01-20`, '1500:10001', -amount)).item },
  ]
  const [lost, restored, undone] = [matchId(), matchId(), matchId()]
  const wanted = { [lost]: await items(100_00), [restored]: await items(200_00), [undone]: await items(300_00) }
  const make = async (id: string) => (await match({ id, items: wanted[id] })).status
  const found = async () => {
    const { json } = await c.call('/verify')
    return json.checks.find((check: any) => check.invariant === 12)
  }
  const writer = writerOf(env, c.id)
  const kept = async () => (await writer.acknowledgedMatches('')).map(({ id }) => id)
  const check = () => runAllCompanies(env, `${year}-03-06T01:30:00.000Z` as Instant, '17 * * * *')
  expect(await Promise.all([make(lost), make(restored), make(undone)])).toEqual([201, 201, 201])
  expect((await undo(undone)).status).toBe(200)
  expect((await writer.acknowledgedMatches('')).filter((m) => m.undone).map(({ id }) => id)).toEqual([undone])
  expect(await found()).toMatchObject({ holds: true, rows: 9 })
  // A head that holds does not say that what was matched at it is there; one after it does.
  await check()
  expect((await kept()).length).toBe(3)
  // The file comes back as it was before: the vouchers all stand, the head is the same, and posting goes on.
  const { rows } = await c.db.execute("select name, sql from sqlite_schema where type = 'trigger'")
  const none = 'undone_date = null, undone_at = null, undone_by = null, undone_version = null, undone_reason = null'
  await c.db.batch(
    [
      ...rows.map(({ name }) => `drop trigger "${name}"`),
      ...['item_match_line where match_id', 'item_match where id'].map((which) => ({
        sql: `delete from ${which} in (?, ?)`,
        args: [lost, restored],
      })),
      { sql: `update item_match set ${none} where id = ?`, args: [undone] },
      `update open_item set rest = iif((ledger_version, line) in (select ledger_version, line from item_match_line), 0, amount)`,
      ...rows.map(({ sql }) => String(sql)),
    ],
    'write',
  )
  await book(`${year}-02-01`, '1500:10002', 1_00)
  const named = async () =>
    (await found()).offenders.flatMap((o: any) => o.matches.split(' ').map((id: string) => `${id} ${o.lost}`)).sort()
  expect(await named()).toEqual([`${lost} match`, `${restored} match`, `${undone} undoing`].sort())
  await check() // what is missed is not forgotten by a check that misses it
  expect(await named()).toHaveLength(3)
  expect(await make(restored)).toBe(201)
  expect((await undo(undone)).status).toBe(200)
  expect(await named()).toEqual([`${lost} match`])
  expect((await c.call('/lost-posts', { body: { vouchers: [lost] } })).json).toEqual({ vouchers: [lost] })
  expect(await found()).toMatchObject({ holds: true })
})

test('thousands of matches that are lost are named, and answered for at once', async () => {
  const c = await withParties(await company())
  const year = new Date().getFullYear()
  const half = (amount: number, month: string) =>
    simpleDraft({
      voucherDate: `${year}-${month}-10`,
      lines: [
        { account: '1500:10001', amount, invoiceNumber: String(Math.abs(amount)) },
        { account: '2050', amount: -amount },
      ],
    })
  const vouchers = Array.from({ length: 25 }, (_, i) => [half(100 + i, '01'), half(-100 - i, '02')]).flat()
  expect((await c.call('/vouchers/batch', { body: { vouchers } })).status).toBe(201)
  const { json } = await c.call('/matches/automatic', { body: {} })
  expect([json.matches?.length, json.cursor]).toEqual([25, null])
  await putBack(c, vouchers.length)
  const found = async () => {
    const { json } = await c.call('/verify')
    return json.checks.find((check: any) => check.invariant === 12)
  }
  const { violations, offenders } = await found()
  expect([violations, offenders]).toEqual([25, [{ lost: 'match', gone: 25, matches: expect.any(String) }]])
  const browser = await memberOf(app, c.id, 'administrator')
  const page = `/companies/${c.id}/settings/safety`
  const { html } = await browser.post(`${page}/verifications`, {})
  expect(html).toContain('godta så tapet av den gamle utligningen')
  const named = /name="vouchers" value="([^"]+)"/.exec(html)![1]!
  expect(named.split(' ')).toHaveLength(25)
  const thousands = Array.from({ length: 9_975 }, () => matchId()).join(' ')
  expect((await browser.post(`${page}/lost-posts`, { vouchers: `${thousands} ${named}` })).status).toBe(200)
  expect(await found()).toMatchObject({ holds: true })
})
