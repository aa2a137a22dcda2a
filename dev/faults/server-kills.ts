// F2, F3, F5, F6, F7: processes that are killed and answers that are lost while many post.
import { callerOf, draftBy, merged, type Posted, postAll } from './client.ts'
import { type Fault, type Given, pause, Tally } from './fault.ts'
import { type Lab, type LabCompany, quantile, reckon, startLab, until } from './lab.ts'
import { startProxy } from './proxy.ts'

interface Killing {
  clients: number
  kills: number
  /** Ends processes, and gives who must answer again before the next. */
  kill(lab: Lab, company: LabCompany): void
}

/** How long it is asked for: how fast it came back is told and judged by itself, and a busy machine is no fault. */
const PATIENCE_MS = 180_000
/** Kills between one reckoning and the next. */
const RECKONED_EVERY = 25

/** Posts without end while processes are killed; after each kill the next waits until something was posted. */
async function killWhilePosting({ random, quick, say }: Given, { clients, kills, kill }: Killing) {
  const lab = await startLab()
  try {
    const company = await lab.company()
    const tally = new Tally()
    const parts: Posted[] = []
    let over = false
    const posting = Promise.all(
      Array.from({ length: clients }, async () => {
        while (!over) {
          const drafts = Array.from({ length: 20 }, () => draftBy(random))
          parts.push(await postAll(lab.caller, company.path, drafts, { clients: 1, until: () => over }))
        }
      }),
    )
    const recovery: number[] = []
    const wanted = quick ? 3 : kills
    let sinceReckoned = 0
    for (let n = 0; n < wanted; n++) {
      await pause(random.whole(60, 400))
      kill(lab, company)
      // A fresh voucher of its own says when posting works again; its first try may still be answered by the one that dies.
      await pause(5)
      const draft = draftBy(random)
      recovery.push(
        await until(
          async () => (await lab.caller.send('POST', `${company.path}/vouchers`, draft))?.status === 201,
          PATIENCE_MS,
        ),
      )
      sinceReckoned++
      // What was acknowledged until now stands, while the posting goes on.
      if ((n + 1) % RECKONED_EVERY === 0 && n + 1 < wanted) {
        tally.count(await reckon(lab, company, merged(parts).acknowledged), sinceReckoned)
        sinceReckoned = 0
        say(`${n + 1} of ${wanted}`)
      }
    }
    over = true
    await posting
    const posted = merged(parts)
    tally.count(await reckon(lab, company, posted.acknowledged), sinceReckoned)
    return tally.outcome({
      acknowledged: posted.acknowledged.length,
      retries: posted.retries,
      recoveryP50Ms: quantile(recovery, 0.5),
      recoveryP95Ms: quantile(recovery, 0.95),
      statuses: posted.statuses,
    })
  } finally {
    await lab.close()
  }
}

export const databaseKilled: Fault = {
  id: 'F2',
  what: 'the database server is killed at random while 50 clients post',
  run: (given) =>
    killWhilePosting(given, {
      clients: 50,
      kills: 200,
      kill: ({ platform }, { shard }) => process.kill(platform.databases.pids()[1 + shard]!, 'SIGKILL'),
    }),
}

export const workerKilled: Fault = {
  id: 'F3',
  what: 'workerd is killed at random while 20 clients post',
  run: (given) =>
    killWhilePosting(given, {
      clients: 20,
      kills: 50,
      kill: ({ platform }) => {
        for (const pid of platform.workerPids()) process.kill(pid, 'SIGKILL')
      },
    }),
}

export const answersLost: Fault = {
  id: 'F5',
  what: '10 % of requests and 10 % of answers are lost and 5 % come twice, before the Worker and before the databases',
  async run({ random, quick }) {
    const lab = await startLab({ proxied: true })
    const before = await startProxy(new URL(lab.platform.url).host.replace('localhost', '127.0.0.1'))
    const caller = callerOf(`http://${before.host}`, lab.platform.operatorKey)
    try {
      const company = await lab.company()
      const counts = { 'lose-request': 0, 'lose-answer': 0, twice: 0 }
      const fate = () => {
        const n = random.whole(1, 100)
        const chosen = n <= 10 ? 'lose-request' : n <= 20 ? 'lose-answer' : n <= 25 ? 'twice' : 'pass'
        if (chosen !== 'pass') counts[chosen]++
        return chosen
      }
      before.fate = fate
      for (const proxy of lab.proxies) proxy.fate = fate
      const drafts = Array.from({ length: quick ? 60 : 5_000 }, () => draftBy(random))
      const posted = await postAll(caller, company.path, drafts, { clients: 20 })
      before.fate = () => 'pass'
      for (const proxy of lab.proxies) proxy.fate = () => 'pass'
      const wrong = await reckon(lab, company, posted.acknowledged)
      if (posted.given > 0) wrong.push(`${posted.given} drafts were never acknowledged`)
      // Each answer given again is the first one, and says so.
      for (const first of posted.acknowledged.filter((_, i) => i % 10 === 0)) {
        const again = await lab.caller.send(
          'POST',
          `${company.path}/vouchers`,
          drafts.find(({ id }) => id === first.id),
        )
        if (again?.status !== 200 || !again.json.replayed || again.json.number !== first.number)
          wrong.push(`${first.id}: sent again, answered ${again?.status} ${again?.json?.number}`)
      }
      const tally = new Tally()
      tally.count(wrong, counts['lose-request'] + counts['lose-answer'] + counts.twice)
      return tally.outcome({ posts: drafts.length, retries: posted.retries, ...counts })
    } finally {
      caller.close()
      await before.close()
      await lab.close()
    }
  },
}

export const manyAtOnce: Fault = {
  id: 'F6',
  what: '50 clients post 200 vouchers each into one series',
  async run({ random, quick }) {
    const lab = await startLab()
    try {
      const company = await lab.company()
      const drafts = Array.from({ length: quick ? 200 : 10_000 }, () => draftBy(random))
      const began = performance.now()
      const posted = await postAll(lab.caller, company.path, drafts, { clients: 50, tries: 1 })
      const ms = performance.now() - began
      const wrong = await reckon(lab, company, posted.acknowledged)
      const errors = Object.entries(posted.statuses).filter(([status]) => status !== '201')
      if (errors.length > 0) wrong.push(`answers: ${JSON.stringify(posted.statuses)}`)
      const tally = new Tally()
      tally.count(wrong)
      return tally.outcome({
        posts: drafts.length,
        perSecond: Math.round((drafts.length / ms) * 1000),
        p99Ms: quantile(posted.times, 0.99),
      })
    } finally {
      await lab.close()
    }
  },
}

export const sameIdAtOnce: Fault = {
  id: 'F7',
  what: 'one voucher is sent 20 times at once',
  async run({ random, quick }) {
    const lab = await startLab()
    try {
      const company = await lab.company()
      const keys = quick ? 10 : 500
      const wrong: string[] = []
      const acknowledged: Posted['acknowledged'] = []
      for (let n = 0; n < keys; n++) {
        const draft = draftBy(random)
        const answers = await Promise.all(
          Array.from({ length: 20 }, () => lab.caller.send('POST', `${company.path}/vouchers`, draft)),
        )
        const created = answers.filter((answer) => answer?.status === 201)
        const same = answers.every((answer) => answer?.json?.number === answers[0]?.json?.number)
        if (created.length !== 1 || !same) wrong.push(`${draft.id}: ${answers.map((a) => a?.status).join(' ')}`)
        else acknowledged.push(created[0]!.json)
      }
      wrong.push(...(await reckon(lab, company, acknowledged)))
      const { rows } = await company.db.execute('select count(*) as n from voucher')
      if (Number(rows[0]!.n) !== keys) wrong.push(`${rows[0]!.n} vouchers of ${keys}`)
      const tally = new Tally()
      tally.count(wrong, keys)
      return tally.outcome({ sent: keys * 20 })
    } finally {
      await lab.close()
    }
  },
}
