// F4: the power goes. What the database process writes and syncs is recorded (strace), and its files are made anew as a disk may hold them
// at a random moment: all that was synced, and any part of what was not. A killed process shows nothing of this: the kernel has its pages.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Random } from '#db/seed/demo/random.ts'
import type { Sync } from '#dev/hrana/connection.ts'
import { draftBy } from './client.ts'
import { type Fault, pause, Tally } from './fault.ts'
import { startLab } from './lab.ts'
import { Reader } from './reader.ts'

/** A disk keeps whole sectors, in bytes. */
const SECTOR = 512
const ENDS = ['', '-wal'] as const
type End = (typeof ENDS)[number]
type Files = Record<End, Buffer>

/** What the process did to a file, `at` milliseconds since 1970. */
type Step = { at: number; end: End } & (
  | { do: 'write'; offset: number; bytes: Buffer }
  | { do: 'truncate'; size: number }
  | { do: 'sync' }
)
type Recording = {
  company: string
  before: Files
  steps: Step[]
  acknowledged: { id: string; told: string; at: number }[]
}

export const powerLoss: Fault = {
  id: 'F4',
  what: 'the power goes: of what was not synced any part is on the disk; NORMAL in the place of FULL must be found out',
  async run({ random, quick, say }) {
    if (!canTrace()) return { skipped: 'strace is not here, or may not look at another process' }
    const reader = new Reader()
    const dir = mkdtempSync(join(tmpdir(), 'hovedbok-power-'))
    const tally = new Tally()
    const more: Record<string, unknown> = {}
    try {
      for (const sync of ['FULL', 'NORMAL'] as const) {
        const recording = await record(sync, random, quick ? 30 : 200)
        const { steps, acknowledged } = recording
        const images = quick ? 12 : sync === 'FULL' ? 500 : 50
        let found = 0
        const disk = new Disk(recording)
        // In their order, so that what was synced is written once for all of them.
        const moments = Array.from({ length: images }, () => random.whole(0, steps.length - 1)).sort((a, b) => a - b)
        for (const [n, upTo] of moments.entries()) {
          const wrong = await judge(reader, join(dir, 'image.db'), disk, upTo, random)
          if (sync === 'FULL') tally.count(wrong.map((one) => `step ${upTo} of ${steps.length}: ${one}`))
          else if (wrong.length > 0) found++
          if ((n + 1) % 100 === 0) say(`${sync}: ${n + 1} of ${images}`)
        }
        const syncs = steps.filter((step) => step.do === 'sync').length
        more[sync] = {
          acknowledged: acknowledged.length,
          steps: steps.length,
          syncs,
          images,
          ...(sync === 'NORMAL' && { found }),
        }
        if (sync === 'NORMAL' && found === 0) tally.count(['NORMAL lost nothing, so FULL proves nothing'])
      }
      return tally.outcome(more)
    } finally {
      reader.close()
      rmSync(dir, { recursive: true, force: true })
    }
  },
}

function canTrace(): boolean {
  try {
    execFileSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Posts while the process that writes is recorded. */
async function record(sync: Sync, random: Random, posts: number): Promise<Recording> {
  const lab = await startLab({ sync })
  const log = join(lab.dir, 'writes.txt')
  let tracer: ChildProcess | undefined
  try {
    const made = await lab.company()
    const post = () => lab.caller.send('POST', `${made.path}/vouchers`, draftBy(random))
    await post()
    await pause(500)
    const before = filesAt(made.file)
    const file = realpathSync(made.file) // as strace tells it
    const paths = ENDS.flatMap((end) => ['-P', file + end])
    const what = 'trace=pwrite64,fdatasync,fsync,ftruncate'
    const pid = String(lab.platform.databases.pids()[1 + made.shard]!)
    tracer = spawn('strace', ['-f', '-y', '-xx', '-ttt', '-s', '70000', '-e', what, ...paths, '-o', log, '-p', pid], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    await new Promise((resolve) => tracer!.stderr!.once('data', resolve))
    const acknowledged: Recording['acknowledged'] = []
    const one = async () => {
      for (let n = 0; n < posts / 4; n++) {
        const answer = await post()
        if (answer?.status !== 201) continue
        const { id, number, hash } = answer.json
        acknowledged.push({ id, told: `${number} ${hash}`, at: Date.now() })
      }
    }
    await Promise.all([one(), one(), one(), one()])
    const over = new Promise((resolve) => tracer!.once('exit', resolve))
    tracer.kill('SIGINT')
    await over
    return { company: made.id, before, steps: stepsIn(readFileSync(log, 'latin1'), file), acknowledged }
  } finally {
    tracer?.kill('SIGKILL')
    await lab.close()
  }
}

const filesAt = (file: string): Files => ({
  '': readFileSync(file),
  '-wal': existsSync(`${file}-wal`) ? readFileSync(`${file}-wal`) : Buffer.alloc(0),
})

const CALL = /^(\d+) +([\d.]+) (pwrite64|ftruncate|fdatasync|fsync)\(\d+<([^>]+)>(.*)$/
const WRITE = /^, "([\\xa-f\d]*)"(?:\.\.\.)?, (\d+), (\d+)/
const RESUMED = /^(\d+) +([\d.]+) <\.\.\. (?:fdatasync|fsync) resumed>/

/** The lines of strace. A sync counts when it is over: it may be interrupted by another thread's call. */
function stepsIn(log: string, file: string): Step[] {
  const steps: Step[] = []
  const syncing = new Map<string, End>()
  for (const line of log.split('\n')) {
    const [, waited, ended] = RESUMED.exec(line) ?? []
    const over = waited === undefined ? undefined : syncing.get(waited)
    if (over !== undefined) steps.push({ at: Number(ended) * 1000, end: over, do: 'sync' })
    const [, thread, time, call, path, rest] = CALL.exec(line) ?? []
    const end = ENDS.find((one) => path && bytesIn(path).toString() === file + one)
    if (!call || end === undefined) continue
    const at = Number(time) * 1000
    if (call === 'ftruncate') steps.push({ at, end, do: 'truncate', size: Number(/\d+/.exec(rest!)![0]) })
    else if (call === 'pwrite64') {
      const [, hex, length, offset] = WRITE.exec(rest!)!
      const bytes = bytesIn(hex!)
      if (bytes.length !== Number(length)) throw new Error('strace left out a part of what was written')
      steps.push({ at, end, do: 'write', offset: Number(offset), bytes })
    } else if (rest!.includes('unfinished')) syncing.set(thread!, end)
    else steps.push({ at, end, do: 'sync' })
  }
  return steps
}

/** Texts as strace writes them with -xx, paths too. */
const bytesIn = (text: string): Buffer => Buffer.from(text.replaceAll('\\x', ''), 'hex')

/** The files as the recording goes on: what is certainly on the disk, and what was written since. */
class Disk {
  readonly recording: Recording
  private readonly files: Record<End, { synced: Bytes; since: Step[] }>
  private next = 0

  constructor(recording: Recording) {
    this.recording = recording
    const { before } = recording
    this.files = {
      '': { synced: new Bytes(before['']), since: [] },
      '-wal': { synced: new Bytes(before['-wal']), since: [] },
    }
  }

  /** Goes on until after that step; never back. */
  goTo(upTo: number): void {
    for (; this.next <= upTo; this.next++) {
      const step = this.recording.steps[this.next]!
      const file = this.files[step.end]
      if (step.do !== 'sync') file.since.push(step)
      else for (const one of file.since.splice(0)) file.synced.take(one, 1)
    }
  }

  /** A file as it may be now: of what was not synced each step by that chance, and of a write perhaps a part. */
  imageOf(end: End, chance: number, random: Random): Buffer {
    const { synced, since } = this.files[end]
    const image = new Bytes(synced.whole)
    for (const step of since)
      if (random.whole(1, 100) <= chance * 100) image.take(step, chance === 1 ? 1 : random.whole(0, 8) / 8)
    return image.whole
  }
}

/** A file that grows. */
class Bytes {
  private room: Buffer
  private size: number

  constructor(bytes: Buffer) {
    this.room = Buffer.from(bytes)
    this.size = bytes.length
  }

  get whole(): Buffer {
    return this.room.subarray(0, this.size)
  }

  /** Does a step; of a write that was cut so great a part, in whole sectors. */
  take(step: Step, part: number): void {
    if (step.do === 'truncate') this.resize(step.size)
    if (step.do !== 'write') return
    const length = part === 1 ? step.bytes.length : Math.floor((step.bytes.length * part) / SECTOR) * SECTOR
    if (step.offset + length > this.size) this.resize(step.offset + length)
    step.bytes.copy(this.room, step.offset, 0, length)
  }

  /** What is new is zeros, also where something stood before. */
  private resize(size: number): void {
    if (size > this.room.length) this.room = Buffer.concat([this.whole], size * 2)
    else if (size > this.size) this.room.fill(0, this.size, size)
    this.size = size
  }
}

/** What does not hold of the disk as it may be after so many steps. */
async function judge(reader: Reader, image: string, disk: Disk, upTo: number, random: Random): Promise<string[]> {
  const { company, steps, acknowledged } = disk.recording
  const chance = random.pick([0, 0.5, 1])
  disk.goTo(upTo)
  for (const end of ['', '-wal', '-shm']) rmSync(image + end, { force: true })
  for (const end of ENDS) writeFileSync(image + end, disk.imageOf(end, chance, random))
  const read = await reader.read({ file: image, company, wants: 'vouchers' })
  if (read === 'died') return ['the process that read it died']
  const lost = acknowledged.filter(({ id, told, at }) => at < steps[upTo]!.at && read.vouchers[id] !== told)
  return [
    ...read.failed.map((check) => `${check} does not hold`),
    ...lost.map(({ id }) => `${id}: acknowledged and lost`),
  ]
}
