// F11, F12, F9: a database that is slow, away, or has no room.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { problems as problemTexts } from '#i18n/nb/problems.ts'
import { type Answer, draftBy, type Posted, postAll } from './client.ts'
import { type Fault, Tally } from './fault.ts'
import { type Lab, type LabCompany, labFolder, quantile, reckon, startLab, until } from './lab.ts'
import type { Fate } from './proxy.ts'

/** A round trip to a database takes at most ten seconds (worker/database/connect.ts); a page makes some in turn. */
const DEADLINE_MS = 10_000
const SLACK_MS = 3_000
const RECOVERY_MS = 5_000

const everyDatabase = (lab: Lab, fate: Fate) => {
  for (const proxy of lab.proxies) proxy.fate = () => fate
}

/** How long until a post goes through again, in milliseconds. */
async function recovery(lab: Lab, company: LabCompany, draft: object): Promise<number> {
  return until(async () => {
    const answer = await lab.caller.send('POST', `${company.path}/vouchers`, draft)
    return answer?.status === 201 || answer?.status === 200
  }, 60_000)
}

/** An answer to a request that could not be done: said plainly, and when to come back. */
function isPlainRefusal(answer: Answer | undefined): boolean {
  return answer?.status === 503 && answer.json?.code === 'service/busy' && Number(answer.headers['retry-after']) > 0
}

export const databaseSlow: Fault = {
  id: 'F11',
  what: 'each request to a database takes 500 ms, 2 s or 10 s longer while 50 clients post',
  async run({ random, quick, say }) {
    const lab = await startLab({ proxied: true })
    const tally = new Tally()
    const more: Record<string, unknown> = {}
    const patience = 60_000
    try {
      const company = await lab.company()
      const acknowledged: Posted['acknowledged'] = []
      for (const late of quick ? [500] : [500, 2_000, 10_500]) {
        const wrong: string[] = []
        const times: number[] = []
        everyDatabase(lab, { late })
        const over = performance.now() + (quick ? 2_000 : 12_000)
        let [count, refused] = [0, 0]
        await Promise.all(
          Array.from({ length: 50 }, async () => {
            while (performance.now() < over) {
              const began = performance.now()
              const answer = await lab.caller.send('POST', `${company.path}/vouchers`, draftBy(random))
              times.push(performance.now() - began)
              count++
              if (answer?.status === 201) acknowledged.push(answer.json)
              else if (isPlainRefusal(answer)) refused++
              else wrong.push(`${late} ms: ${answer?.status ?? 'no answer'} ${answer?.text.slice(0, 150) ?? ''}`)
            }
          }),
        )
        everyDatabase(lab, 'pass')
        const back = await recovery(lab, company, draftBy(random))
        const slowest = quantile(times, 1)
        // Who is signed in, the books' facts and the post are asked one after the other: each has the deadline.
        const atMost = 3 * Math.min(late, DEADLINE_MS) + DEADLINE_MS + SLACK_MS
        if (slowest > Math.min(atMost, patience)) wrong.push(`${late} ms: an answer took ${slowest} ms`)
        if (back > RECOVERY_MS) wrong.push(`${late} ms: posting went on after ${Math.round(back)} ms`)
        wrong.push(...(await reckon(lab, company, acknowledged)))
        tally.count(wrong)
        more[`${late}ms`] = { count, refused, slowestMs: slowest, backAfterMs: Math.round(back) }
        say(`${late} ms: ${count} posts, ${refused} refused`)
      }
      return tally.outcome(more)
    } finally {
      await lab.close()
    }
  },
}

export const databaseAway: Fault = {
  id: 'F12',
  what: 'the databases refuse, are silent, or cut each connection: pages say so, posts are 503, and all goes on by itself',
  async run({ random, quick }) {
    const lab = await startLab({ proxied: true })
    const tally = new Tally()
    const more: Record<string, unknown> = {}
    try {
      const company = await lab.company()
      const { acknowledged } = await postAll(lab.caller, company.path, [draftBy(random), draftBy(random)], {
        clients: 1,
      })
      const ways = quick ? (['refuse'] as const) : (['refuse', 'black-hole', 'reset'] as const)
      for (const way of ways) {
        // The companies' databases alone, and the control database too, without which nobody is known.
        for (const which of [lab.proxies.slice(1), lab.proxies]) {
          const wrong: string[] = []
          for (const proxy of which) {
            if (way === 'refuse') await proxy.refuse(true)
            else proxy.fate = () => way
          }
          const draft = draftBy(random)
          const name = `${way}, ${which.length === lab.proxies.length ? 'all' : 'companies'}`
          const began = performance.now()
          const [post, read, page] = await Promise.all([
            lab.caller.send('POST', `${company.path}/vouchers`, draft),
            lab.caller.send('GET', `${company.path}/vouchers`),
            lab.caller.send('GET', `/companies/${company.id}/vouchers`),
          ])
          const took = performance.now() - began
          if (!isPlainRefusal(post)) wrong.push(`${name}: post ${post?.status} ${post?.text.slice(0, 200)}`)
          if (!isPlainRefusal(read)) wrong.push(`${name}: read ${read?.status} ${read?.text.slice(0, 200)}`)
          // A list's head is on its way before its rows are read (web/early-page.tsx): then the page itself says it.
          if (!page?.text.includes(problemTexts['service/busy'])) wrong.push(`${name}: page ${page?.status}`)
          if (took > DEADLINE_MS + SLACK_MS) wrong.push(`${name}: answers took ${Math.round(took)} ms`)
          for (const proxy of which) {
            if (way === 'refuse') await proxy.refuse(false)
            else proxy.fate = () => 'pass'
          }
          const back = await recovery(lab, company, draft)
          if (back > RECOVERY_MS) wrong.push(`${name}: posting went on after ${Math.round(back)} ms`)
          wrong.push(...(await reckon(lab, company, acknowledged)))
          tally.count(wrong, 3)
          more[name] = { tookMs: Math.round(took), backAfterMs: Math.round(back) }
        }
      }
      return tally.outcome(more)
    } finally {
      await lab.close()
    }
  },
}

/** Room for the databases, in MiB, before it is given more. */
const ROOM = 16

export const diskFull: Fault = {
  id: 'F9',
  what: 'the disk is full: 507 until there is room, then on without a restart',
  async run({ random, quick, say }) {
    const dir = labFolder()
    const databases = join(dir, 'databases')
    mkdirSync(databases)
    const mount = (options: string) =>
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', databases], { stdio: 'pipe' })
    try {
      mount(`size=${ROOM}m`)
    } catch {
      rmSync(dir, { recursive: true })
      return { skipped: 'a tmpfs of a given size can only be mounted by root' }
    }
    const lab = await startLab({ dir }).catch((error) => {
      execFileSync('umount', ['-l', databases])
      throw error
    })
    const tally = new Tally()
    try {
      const company = await lab.company()
      const acknowledged: Posted['acknowledged'] = []
      const wrong: string[] = []
      const statuses: Record<string, number> = {}
      let full = 0
      const fill = async () => {
        for (let i = 0; i < 4_000 && full < (quick ? 20 : 200); i++) {
          const draft = { ...draftBy(random), lines: manyLines(random.whole(1, 90_000)) }
          const answer = await lab.caller.send('POST', `${company.path}/vouchers`, draft)
          const status = answer?.status ?? 0
          statuses[status] = (statuses[status] ?? 0) + 1
          if (status === 201) acknowledged.push(answer!.json)
          else if (status === 507 || status === 503) full++
          else if (wrong.length < 5) wrong.push(`answered ${status} ${answer?.text.slice(0, 200)}`)
        }
      }
      await Promise.all(Array.from({ length: 8 }, fill))
      say(`${acknowledged.length} acknowledged, then ${JSON.stringify(statuses)}`)
      if (!statuses[507]) wrong.push('nobody was told that it is full')
      mount(`remount,size=${ROOM * 16}m`)
      const after = await postAll(
        lab.caller,
        company.path,
        Array.from({ length: 100 }, () => draftBy(random)),
        { clients: 8, tries: 50 },
      )
      if (after.given > 0) wrong.push(`${after.given} were not posted though there was room again`)
      wrong.push(...(await reckon(lab, company, [...acknowledged, ...after.acknowledged])))
      tally.count(wrong, full)
      return tally.outcome({ acknowledgedBefore: acknowledged.length, after: after.acknowledged.length, statuses })
    } finally {
      await lab.close()
      execFileSync('umount', ['-l', databases])
      rmSync(dir, { recursive: true, force: true })
    }
  },
}

const manyLines = (amount: number) =>
  Array.from({ length: 40 }, (_, i) => ({
    rowKey: `r${i}`,
    account: i % 2 === 0 ? '1920' : '2900',
    amount: i % 2 === 0 ? amount : -amount,
    text: 'En lang tekst som tar plass, slik at disken blir full mens noen ser på. '.repeat(3),
  }))
