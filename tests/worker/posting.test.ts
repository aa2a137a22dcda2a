import { execFileSync } from 'node:child_process'
import { expect, inject, test } from 'vitest'
import { simpleDraft } from '#tests/support/draft.ts'

const url = inject('url')
const operator = { authorization: `Bearer ${inject('operatorKey')}` }

async function call(path: string, body?: unknown) {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const response = await fetch(url + path, { ...init, headers: { ...operator, 'content-type': 'application/json' } })
  return { status: response.status, json: (await response.json()) as any }
}
const newCompany = async (name: string) => `/api/v1/companies/${(await call('/api/v1/companies', { name })).json.id}`

test('fifty posters at once, in workerd: no gap, no double, nothing refused', async () => {
  const company = await newCompany('Mange Hender AS')
  const answers = (
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        const own = []
        for (let i = 0; i < 8; i++) own.push(await call(`${company}/vouchers`, simpleDraft()))
        return own
      }),
    )
  ).flat()
  expect(answers.filter((a) => a.status !== 201)).toEqual([])
  expect(answers.map((a) => a.json.number).sort((a, b) => a - b)).toEqual(Array.from({ length: 400 }, (_, i) => i + 1))
})

test('two companies stay apart, also when they post at the same time', async () => {
  const [a, b] = [await newCompany('Alfa AS'), await newCompany('Beta AS')]
  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      call(`${i % 2 ? a : b}/vouchers`, simpleDraft({ text: i % 2 ? 'alfa' : 'beta' })),
    ),
  )
  for (const [company, text] of [
    [a, 'alfa'],
    [b, 'beta'],
  ] as const) {
    const { json } = await call(`${company}/vouchers`)
    expect(json.vouchers.map((v: any) => v.text)).toEqual(Array(10).fill(text))
  }
})

test('the database processes are killed under load: every acknowledged voucher is there once, and the chain is whole', async () => {
  const company = await newCompany('Strømbrudd AS')
  const acknowledged = new Map<string, number>()
  let stop = false
  const posters = Array.from({ length: 8 }, async () => {
    while (!stop) {
      const draft = simpleDraft()
      for (let attempt = 0; attempt < 40; attempt++) {
        const answer = await call(`${company}/vouchers`, draft).catch(() => undefined)
        if (answer?.status === 201 || answer?.status === 200) {
          acknowledged.set(draft.id, answer.json.number)
          break
        }
        await new Promise((resume) => setTimeout(resume, 50))
      }
    }
  })
  for (let kill = 0; kill < 3; kill++) {
    await new Promise((resume) => setTimeout(resume, 400))
    killDatabaseProcesses()
  }
  await new Promise((resume) => setTimeout(resume, 600))
  stop = true
  await Promise.all(posters)

  const stored = new Map<string, number>()
  for (let cursor = ''; ; ) {
    const { json } = await call(`${company}/vouchers?order=recorded&limit=5000${cursor && `&cursor=${cursor}`}`)
    for (const v of json.vouchers) stored.set(v.id, v.number)
    if (!json.cursor) break
    cursor = json.cursor
  }
  expect(acknowledged.size).toBeGreaterThan(10)
  expect([...acknowledged].filter(([id, number]) => stored.get(id) !== number)).toEqual([])
  expect([...stored.values()].sort((a, b) => a - b)).toEqual(Array.from({ length: stored.size }, (_, i) => i + 1))
})

/** SIGKILL to every database process of this test run; they are children of the process that started the platform. */
function killDatabaseProcesses() {
  const list = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' }).split('\n')
  const own = list
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, parent, ...args]) =>
        [process.pid, process.ppid].includes(Number(parent)) && args.join(' ').includes('hrana/process.ts'),
    )
  if (own.length === 0) throw new Error('no database process found: the test would prove nothing')
  for (const [pid] of own) process.kill(Number(pid), 'SIGKILL')
}
