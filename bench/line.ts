// What the benchmarks print: one JSON object a line, a figure a line, as docs/performance.md describes.
import { execFileSync } from 'node:child_process'
import { closeSync, fdatasyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'

export type Environment = {
  date: string
  commit: string
  node: string
  workerd: string
  libsql: string
  cpu: string
  cores: number
  memoryGiB: number
  loadBefore: number
  fdatasyncP50Us: number
  vouchers: number
}

export type Figure = {
  id: string
  what: string
  value: number
  unit: string
  /** The other side's median or the limit, in the same unit. */
  floor: number | null
  ratio: number | null
  /** Which field is compared and how: "ratio >= 0.25"; null is for information. */
  goal: string | null
  /** Measurements behind the median, or vouchers where one run is the figure. */
  n: number
  vouchers?: number
  more?: Record<string, unknown>
}
export type Skipped = { id: string; what: string; skipped: string }

let environment: Omit<Environment, 'vouchers'>

/** Looked up once, before anything runs. `dir` is on the disk that is measured. */
export function readEnvironment(dir: string): Omit<Environment, 'vouchers'> {
  environment = {
    date: new Date().toISOString().slice(0, 10),
    commit: commit(),
    node: process.versions.node,
    workerd: versionOf('workerd'),
    libsql: versionOf('libsql'),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    loadBefore: round(loadavg()[0]!),
    fdatasyncP50Us: Math.round(median(fdatasyncUs(dir, 200))),
  }
  return environment
}

export function print(figure: Figure | Skipped): void {
  if ('skipped' in figure) {
    console.log(JSON.stringify({ ...figure, environment }))
    return
  }
  const { vouchers, more, ...fields } = figure
  console.log(
    JSON.stringify({
      ...fields,
      value: round(fields.value),
      floor: fields.floor === null ? null : round(fields.floor),
      ratio: fields.ratio === null ? null : round(fields.ratio),
      environment: { ...environment, vouchers: vouchers ?? fields.n, ...more },
    }),
  )
}

/** Whether a figure reaches its goal; undefined when it has none. */
export function reaches(figure: Figure): boolean | undefined {
  const goal = /^(value|ratio) (>=|<=) ([\d.]+)$/.exec(figure.goal ?? '')
  if (!goal) return undefined
  const found = figure[goal[1] as 'value' | 'ratio']!
  return goal[2] === '>=' ? found >= Number(goal[3]) : found <= Number(goal[3])
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}
/** Four significant digits. */
export const round = (n: number): number => Number(n.toPrecision(4))

/** What a WAL commit writes, without a database: 20 KiB over old bytes, and fdatasync. In microseconds, each. */
export function fdatasyncUs(dir: string, times: number): number[] {
  const file = join(dir, 'fdatasync.bin')
  const fd = openSync(file, 'w')
  const page = Buffer.alloc(4096, 1)
  const pages = 1024
  for (let i = 0; i < pages; i++) writeSync(fd, page, 0, page.length, i * page.length)
  fdatasyncSync(fd)
  const taken: number[] = []
  let place = 0
  for (let i = 0; i < times; i++) {
    const began = performance.now()
    for (let j = 0; j < 5; j++) writeSync(fd, page, 0, page.length, (place++ % pages) * page.length)
    fdatasyncSync(fd)
    taken.push((performance.now() - began) * 1000)
  }
  closeSync(fd)
  rmSync(file)
  return taken
}

/** How long the slowest of a hundred syncs takes, in microseconds. */
export const fdatasyncP99Us = (dir: string): number => quantile(fdatasyncUs(dir, 300), 0.99)

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
}

function versionOf(name: string): string {
  try {
    return JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version
  } catch {
    return 'unknown'
  }
}

/** CPU of processes so far, in milliseconds, from /proc. */
export function cpuMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return sum + (Number(fields[11]) + Number(fields[12])) * 10
  }, 0)
}

/** Highest memory of a process so far, in MiB. */
export function peakMiB(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
}
