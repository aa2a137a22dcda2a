// F13: a large file is cut off on its way in, and what takes it in is killed at work on it. Nothing of a part that was cut is kept, and the
// import that is asked for again goes on: every voucher once.
import { connect } from 'node:net'
import { saftFile } from '#bench/saft.ts'
import type { Random } from '#db/seed/demo/random.ts'
import { type Caller, callerOf } from './client.ts'
import { type Fault, pause, Tally } from './fault.ts'
import { type Lab, type LabCompany, startLab, until, verified } from './lab.ts'

/** Vouchers of a file of some hundred megabytes. */
const VOUCHERS = 112_000
/** The longest that one answer may take: an import of that size on a busy machine. */
const PATIENCE_MS = 1_200_000

export const importCut: Fault = {
  id: 'F13',
  what: 'a file of 100 MB is cut off at random bytes, and Worker and database process are killed while it is imported',
  async run({ random, quick, say }) {
    const count = quick ? 3_000 : VOUCHERS
    const times = quick ? 3 : 20
    const file = Buffer.from([...saftFile(count)].join(''))
    const lab = await startLab()
    const caller = callerOf(lab.platform.url, lab.platform.operatorKey, PATIENCE_MS)
    const tally = new Tally()
    try {
      const upload = await sendCut(lab, caller, file, times, random, tally)
      say(`${file.length} bytes are up`)
      const company = await lab.company('Benk AS')
      const asked = `${company.path}/imports/saft?upload=${upload}`
      let kills = 0
      let running: ReturnType<Caller['send']> | undefined
      while (kills < times) {
        running ??= caller.send('POST', asked)
        // Spread over the import by what is booked, so that a slow machine meets as many of them at work; each third comes while it reads.
        const booked = kills % 3 === 2 ? 0 : Math.floor(((kills + random.whole(1, 9) / 10) * count) / times)
        const due =
          kills % 3 === 2 ? pause(random.whole(50, quick ? 400 : 5_000)) : untilPosted(company, booked, running)
        const done = (await Promise.race([running, due]))?.status
        if (done !== undefined && done < 500) break
        if (done !== undefined) running = caller.send('POST', asked) // refused while the database process was away
        kill(lab, company, kills++)
        // With the Worker the request is over; for a database process it waits.
        if (kills % 2 === 1) {
          await running
          running = undefined
        }
        await until(async () => (await caller.send('GET', company.path))?.status === 200, PATIENCE_MS)
        say(`${kills} kills, ${await posted(company)} of ${count} vouchers`)
      }
      const last = (await running)?.status
      const told = last === undefined || last >= 500 ? await goesOn(caller, asked) : last
      // 404: it was over when the last was killed, and the file that came in parts had been forgotten.
      const wrong = [200, 201, 404].includes(told) ? [] : [`asked again, the import answered ${told}`]
      const [all, single] = [await posted(company), await posted(company, 'distinct external_id')]
      if (all !== count || single !== count) wrong.push(`${all} vouchers, ${single} different, of ${count}`)
      wrong.push(...(await verified(caller, company.path)))
      tally.count(wrong, Math.max(1, kills))
      return tally.outcome({ bytes: file.length, cuts: times, kills })
    } finally {
      caller.close()
      await lab.close()
    }
  },
}

/** Sends the parts of a file, and each some times only up to a random byte before. Gives the upload's id. */
async function sendCut(lab: Lab, caller: Caller, file: Buffer, cuts: number, random: Random, tally: Tally) {
  const begun = await caller.send('POST', '/api/v1/uploads', { size: file.length, fileName: 'stor.xml' })
  const { id, parts, partSize } = begun!.json as { id: string; parts: number; partSize: number }
  for (let part = 1; part <= parts; part++) {
    const bytes = file.subarray((part - 1) * partSize, part * partSize)
    const path = `/api/v1/uploads/${id}/parts/${part}`
    for (let n = part; n <= cuts; n += parts) {
      await cutOff(lab, path, bytes, random.whole(0, bytes.length - 1))
      const { arrived } = (await caller.send('GET', `/api/v1/uploads/${id}`))!.json as { arrived: number[] }
      tally.count(arrived.includes(part) ? [`part ${part} was cut off and counts as arrived`] : [])
    }
    const sent = await caller.send('PUT', path, new Uint8Array(bytes))
    if (sent?.status !== 200) throw new Error(`part ${part}: ${sent?.status} ${sent?.text.slice(0, 200)}`)
  }
  return id
}

/** Sends so many bytes of a body, and hangs up. */
function cutOff({ platform }: Lab, path: string, bytes: Buffer, after: number): Promise<void> {
  const { port } = new URL(platform.url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      const head = `PUT ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${platform.operatorKey}\r\n`
      socket.write(`${head}content-type: application/octet-stream\r\ncontent-length: ${bytes.length}\r\n\r\n`)
      socket.write(bytes.subarray(0, after), () => socket.destroy())
    })
    socket.once('close', () => resolve())
    socket.once('error', reject)
  })
}

function kill({ platform }: Lab, { shard }: LabCompany, turn: number): void {
  if (turn % 2 === 1) process.kill(platform.databases.pids()[1 + shard]!, 'SIGKILL')
  else for (const pid of platform.workerPids()) process.kill(pid, 'SIGKILL')
}

async function posted({ db }: LabCompany, what = '*'): Promise<number> {
  const { rows } = await db.execute(`select count(${what}) as n from voucher`)
  return Number(rows[0]!.n)
}

/** Waits until so many vouchers stand, or the import is answered. */
async function untilPosted(company: LabCompany, wanted: number, running: Promise<unknown>): Promise<undefined> {
  let isOver = false
  void running.then(() => {
    isOver = true
  })
  while (!isOver && (await posted(company).catch(() => 0)) < wanted) await pause(20)
}

/** Asks for the import until it is answered for good; gives the status. */
async function goesOn(caller: Caller, asked: string): Promise<number> {
  for (let tries = 0; ; tries++) {
    const answer = await caller.send('POST', asked)
    if (answer && (answer.status < 500 || tries > 20)) return answer.status
    await pause(500)
  }
}
