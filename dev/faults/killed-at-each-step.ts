// F1: the process that does a command is killed at each step of it. What is found afterwards is as before or as after, and the same request
// again does it once.
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import type { Random } from '#db/seed/demo/random.ts'
import { type Acknowledged, type Answer, draftBy, nextId, postAll } from './client.ts'
import { type Fault, pause, Tally } from './fault.ts'
import { type Lab, type LabCompany, labFolder, reckon, startLab } from './lab.ts'

/** In the Worker, by their marks in its source; and in the database process, by the statements of the writing transaction. */
const IN_WORKER = ['arrived', 'identified', 'read', 'judged', 'chained', 'committed'] as const
const IN_DATABASE = ['begin', 'write-1', 'write-2', 'write-3', 'before-commit', 'after-commit'] as const
const PASSES = 3
const year = new Date().getFullYear()

type Asked = { path: string; body: unknown; headers?: Record<string, string>; vouchers?: number }
type Operation = {
  name: string
  /** Makes what the command needs, and gives the command. */
  ready(on: { lab: Lab; company: LabCompany; random: Random; n: number }): Promise<Asked>
  /** A statement that counts what the command did, to be 0 before and 1 after, or none when the voucher’s id says it. */
  count?(asked: Asked): string
}

const must = (answer: Answer | undefined, ...statuses: number[]): Answer => {
  if (!answer || !statuses.includes(answer.status)) throw new Error(`${answer?.status} ${answer?.text.slice(0, 300)}`)
  return answer
}
const invoice = (random: Random, amount: number) => ({
  ...draftBy(random),
  lines: [
    { rowKey: 'a', account: '1500:10001', amount, invoiceNumber: String(random.whole(1, 1e9)) },
    { rowKey: 'b', account: '3900', amount: -amount, vatCode: '0' },
  ],
})
const idsOf = ({ body }: Asked): string => {
  const { id, vouchers, reversal } = body as { id?: string; vouchers?: { id: string }[]; reversal?: { id: string } }
  return `'${id ?? vouchers?.[0]?.id ?? reversal?.id}'`
}

const OPERATIONS: readonly Operation[] = [
  { name: 'post', ready: async ({ random }) => ({ path: '/vouchers', body: draftBy(random) }) },
  {
    name: 'post a batch',
    ready: async ({ random }) => ({
      path: '/vouchers/batch',
      body: { vouchers: [1, 2, 3].map(() => draftBy(random)) },
    }),
  },
  {
    name: 'reverse',
    async ready({ lab, company, random }) {
      const draft = draftBy(random)
      must(await lab.caller.send('POST', `${company.path}/vouchers`, draft), 201)
      const body = { id: nextId(random), voucherDate: `${year}-09-29`, reason: 'Feil' }
      return { path: `/vouchers/${draft.id}/reversal`, body }
    },
  },
  {
    name: 'correct',
    async ready({ lab, company, random }) {
      const draft = draftBy(random)
      must(await lab.caller.send('POST', `${company.path}/vouchers`, draft), 201)
      const reversal = { id: nextId(random), voucherDate: `${year}-09-29`, reason: 'Feil' }
      return { path: `/vouchers/${draft.id}/correction`, body: { reversal, voucher: draftBy(random) } }
    },
  },
  {
    name: 'match',
    async ready({ lab, company, random }) {
      const amount = random.whole(1_000, 900_000)
      for (const each of [amount, -amount])
        must(await lab.caller.send('POST', `${company.path}/vouchers`, invoice(random, each)), 201)
      const items = must(await lab.caller.send('GET', `${company.path}/open-items?limit=5000`), 200).json.items as {
        id: string
        rest: number
      }[]
      const pair = [amount, -amount].map((rest) => ({
        openItem: items.find((item) => item.rest === rest)!.id,
        amount: rest,
      }))
      return { path: '/matches', body: { id: nextId(random).replace('vch', 'mch').slice(0, 30), items: pair } }
    },
    count: (asked) => `select count(*) as n from item_match where id = ${idsOf(asked)}`,
  },
  {
    name: 'lock a month',
    async ready({ n }) {
      const month = `${year - 1}-${String((n % 12) + 1).padStart(2, '0')}`
      const level = n % 2 === 0 ? 'soft' : 'open'
      return {
        path: '/locks',
        body: { fromMonth: month, toMonth: month, level, reason: `Lås ${n}` },
        headers: { 'idempotency-key': `lock-${n}` },
      }
    },
    count: ({ body }) =>
      `select count(*) as n from period_lock where reason = '${(body as { reason: string }).reason}'`,
  },
  {
    name: 'keep a document',
    async ready({ n }) {
      return {
        path: '/documents',
        body: new TextEncoder().encode(`%PDF-1.4 dokument ${n} %%EOF`),
        headers: { 'content-type': 'application/pdf', 'x-file-name': `fil-${n}.pdf` },
      }
    },
    count: ({ headers }) => `select count(*) as n from document where file_name = '${headers!['x-file-name']}'`,
  },
  {
    name: 'commit an import',
    async ready({ lab, company, n }) {
      const sheet = new TextEncoder().encode(`Kundenr;Navn\n${20_000 + n};Kunde ${n} AS\n`)
      const sent = must(
        await lab.caller.send('POST', `${company.path}/imports/sheets?register=customers`, sheet, {
          'x-file-name': 'kunder.csv',
          'content-type': 'text/csv',
        }),
        201,
      )
      must(await lab.caller.send('POST', `${company.path}/imports/sheets/${sent.json.id}/dry-run`), 200)
      return {
        path: `/imports/sheets/${sent.json.id}/commit`,
        body: undefined,
        headers: { 'x-customer': String(20_000 + n) },
      }
    },
    count: ({ headers }) => `select count(*) as n from party where number = '${headers!['x-customer']}'`,
  },
]

export const killedAtEachStep: Fault = {
  id: 'F1',
  what: 'Worker or database killed at each of 12 steps of 8 commands',
  async run({ random, quick, say }) {
    const dir = labFolder()
    const at = resolve(join(dir, 'fault-at'))
    let armed = ''
    let lab: Lab | undefined
    // Told by the Worker at each of its fail points; where it is to end there, it never hears back.
    const listener = createServer((request, response) => {
      if (request.url !== `/${armed}`) return response.end('on')
      armed = ''
      for (const pid of lab!.platform.workerPids()) process.kill(pid, 'SIGKILL')
      return undefined
    })
    await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done))
    process.env.FAULT_AT = at
    process.env.NODE_OPTIONS = `--import ${resolve('dev/faults/kill-at-statement.ts')}`
    const tally = new Tally()
    let notReached = 0
    try {
      lab = await startLab({ dir, failPoints: `127.0.0.1:${(listener.address() as AddressInfo).port}` })
      const company = await lab.company()
      await company.db.execute(
        `insert into party (kind, number, name, control_account, created_at) values ('customer', '10001', 'Kunde AS', '1500', '2020')`,
      )
      const acknowledged: Acknowledged[] = (await postAll(lab.caller, company.path, [draftBy(random)], { clients: 1 }))
        .acknowledged
      let n = 0
      for (const operation of quick ? OPERATIONS.slice(0, 2) : OPERATIONS) {
        for (let pass = 0; pass < (quick ? 1 : PASSES); pass++)
          for (const step of quick
            ? (['judged', 'committed', 'write-1', 'after-commit'] as const)
            : [...IN_WORKER, ...IN_DATABASE]) {
            const asked = await operation.ready({ lab, company, random, n: ++n })
            const inWorker = (IN_WORKER as readonly string[]).includes(step)
            const pid = lab.platform.databases.pids()[1 + company.shard]!
            if (inWorker) armed = step
            else writeFileSync(at, `${pid} ${step}`)
            const send = () => lab!.caller.send('POST', company.path + asked.path, asked.body, asked.headers)
            const first = await send()
            const reached = inWorker ? armed === '' : !existsSync(at)
            armed = ''
            rmSync(at, { force: true })
            let answer = first
            for (let tries = 0; (!answer || answer.status >= 500) && tries < 100; tries++) {
              await pause(50)
              answer = await send()
            }
            const wrong: string[] = []
            const name = `${operation.name} at ${step}`
            if (!answer || answer.status >= 300) wrong.push(`${name}: ${answer?.status} ${answer?.text.slice(0, 200)}`)
            else if (answer.json?.hash && answer.json.number) acknowledged.push(answer.json)
            const sql = operation.count?.(asked) ?? `select count(*) as n from voucher where id = ${idsOf(asked)}`
            const { rows } = await company.db.execute(sql).catch(() => company.db.execute(sql))
            if (Number(rows[0]!.n) !== 1) wrong.push(`${name}: done ${rows[0]!.n} times`)
            if (reached) tally.count(wrong)
            else if (wrong.length > 0) throw new Error(wrong.join())
            else notReached++
          }
        const whole = await reckon(lab, company, acknowledged)
        if (whole.length > 0) tally.count(whole)
        say(`${operation.name}: ${tally.survived} of ${tally.injected}`)
      }
      return tally.outcome({ operations: OPERATIONS.length, notReached, acknowledged: acknowledged.length })
    } finally {
      delete process.env.NODE_OPTIONS
      delete process.env.FAULT_AT
      await lab?.close()
      listener.closeAllConnections()
      listener.close()
      rmSync(dir, { recursive: true, force: true })
    }
  },
}
