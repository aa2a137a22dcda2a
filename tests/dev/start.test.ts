// `npm start` as a user and an operating system treat it. On Linux, where the processes of a group can be counted.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'

mkdirSync('node_modules/.cache', { recursive: true })
const data = mkdtempSync('node_modules/.cache/start-')
const groups: number[] = []

afterEach(() => {
  for (const group of groups.splice(0)) {
    try {
      process.kill(-group, 'SIGKILL')
    } catch {} // It has ended, as it should.
  }
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

interface Process {
  pid: number
  command: string
}

function processesOf(group: number): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const [state, , processGroup] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()!.split(' ')
        if (Number(processGroup) !== group || state === 'Z') return []
        return { pid: Number(pid), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') }
      } catch {
        return [] // It ended while we looked.
      }
    })
}

async function start(...args: string[]) {
  const child: ChildProcess = spawn(
    'node',
    ['dev/bootstrap.mjs', 'dev/start.ts', '--port', '0', '--data', data, ...args],
    {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const group = child.pid!
  groups.push(group)
  let output = ''
  await new Promise<void>((resolve, reject) => {
    const read = (text: Buffer) => {
      output += text
      if (output.includes('ready at')) resolve()
    }
    child.stdout!.on('data', read)
    child.stderr!.on('data', read)
    child.on('exit', (code) => reject(new Error(`ended with ${code}: ${output}`)))
  })
  const [, url] = /ready at (\S+)/.exec(output)!
  return { child, group, url: url!, output: () => output }
}

/** A test is no clock: what counts is that they go, not how busy the machine is. */
const GIVEN_UP_MS = 10_000

/** Waits until no process of the group is left. */
async function emptied(group: number): Promise<void> {
  const began = performance.now()
  while (processesOf(group).length > 0 && performance.now() - began < GIVEN_UP_MS)
    await new Promise((resolve) => setTimeout(resolve, 25))
  expect(processesOf(group)).toEqual([])
}

const refused = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync('node', ['dev/bootstrap.mjs', 'dev/start.ts', ...args], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

describe.runIf(process.platform === 'linux')('npm start', { timeout: 60_000 }, () => {
  test('prints one line, keeps its secrets to itself, and refuses its folder to a second one', async () => {
    const { group, url, output, child } = await start()
    expect(output()).toMatch(/^Hovedbok is ready at http:\/\/localhost:\d+\n$/)
    expect(readdirSync(data).sort()).toEqual(expect.arrayContaining(['databases', 'operator.key', 'secrets.json']))
    for (const file of ['secrets.json', 'operator.key']) expect(statSync(join(data, file)).mode & 0o777).toBe(0o600)

    const second = refused('--port', '0', '--data', data)
    expect(second).toMatchObject({ status: 1, stdout: '' })
    expect(second.stderr).toMatch(
      new RegExp(`^The data folder .* is used by another Hovedbok \\(${url}, process \\d+\\)`),
    )

    const before = readFileSync(join(data, 'secrets.json'), 'utf8')
    child.kill('SIGTERM')
    await emptied(group)
    expect(readFileSync(join(data, 'secrets.json'), 'utf8')).toBe(before)
  })

  test.each([
    ['the first process', 'bootstrap.mjs', /bootstrap\.mjs/],
    ['the one that starts the others', 'start.ts', /^(?!.*bootstrap).*dev\/start\.ts/],
  ])('leaves no process when %s is killed', async (_, __, which) => {
    const { group } = await start()
    const processes = processesOf(group)
    expect(processes.filter(({ command }) => /workerd/.test(command))).toHaveLength(1)
    expect(processes.filter(({ command }) => /hrana\/process/.test(command))).toHaveLength(3)
    process.kill(processes.find(({ command }) => which.test(command))!.pid, 'SIGKILL')
    await emptied(group)
  })

  test('is back within three seconds when workerd is killed', async () => {
    const { group, url, child } = await start()
    process.kill(processesOf(group).find(({ command }) => /workerd/.test(command))!.pid, 'SIGKILL')
    const began = performance.now()
    const answers = () =>
      fetch(`${url}/`).then(
        () => true,
        () => false,
      )
    do await new Promise((resolve) => setTimeout(resolve, 25))
    while (!(await answers()))
    expect(performance.now() - began).toBeLessThan(GIVEN_UP_MS)
    child.kill('SIGTERM')
    await emptied(group)
  })

  test.each([300, 900, 1_500])('leaves no process when it is stopped %i ms into its start', async (ms) => {
    const child = spawn('node', ['dev/bootstrap.mjs', 'dev/start.ts', '--port', '0', '--data', data], {
      detached: true,
      stdio: 'ignore',
    })
    groups.push(child.pid!)
    await new Promise((resolve) => setTimeout(resolve, ms))
    child.kill('SIGTERM')
    await emptied(child.pid!)
  })

  test('Ctrl+C, which reaches every process at once, ends it without a word', async () => {
    const { group, output } = await start()
    process.kill(-group, 'SIGINT')
    await emptied(group)
    expect(output().split('\n')).toHaveLength(2)
  })

  test('says which port is in use, and what it does not understand', async () => {
    const server = createServer()
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    )
    const inUse = refused('--port', String(port), '--data', data)
    server.close()
    expect(inUse).toEqual({
      status: 1,
      stdout: '',
      stderr: `Port ${port} is in use. Stop what uses it, or choose another: npm start -- --port ${port + 1}\n`,
    })
    expect(refused('--port', 'eighty').stderr).toContain('eighty is not a port')
    expect(refused('--prot', '1').stderr).toContain('Usage: npm start --')
  })
})
