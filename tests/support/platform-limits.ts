// `npm test -- --limits`: no request of the running platform may work longer than this. What a test's requests work together bounds each.
// What `beforeAll` asks for is nobody's test and is not counted.
import { afterEach, beforeEach, expect, inject } from 'vitest'
import { cpuMs } from '#bench/line.ts'

const MOST_CPU_MS = 10_000
const worker = inject('workerPids')

let before = 0
beforeEach(() => {
  before = cpuMs(worker)
})
afterEach(() => expect(cpuMs(worker) - before, 'milliseconds of CPU in workerd').toBeLessThanOrEqual(MOST_CPU_MS))
