import { expect, test } from 'vitest'
import type { Run } from '#addin/excel/run.ts'
import { SheetLease } from '#addin/excel/sheet-lease.ts'
import { openWindow } from './host/client-in-node.ts'
import { Workbook } from './host/workbook.ts'

function open(workbook: Workbook, longest: number) {
  const window = openWindow(workbook)
  const run: Run = (work) => window.Excel.run(work) as Promise<any>
  return { window, lease: new SheetLease(run, longest) }
}
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('windows on a workbook do their work one at a time, however many want to', async () => {
  const workbook = new Workbook()
  const windows = [1, 2, 3, 4].map(() => open(workbook, 20_000))
  let inside = 0
  let most = 0
  const done = await Promise.all(
    windows.map(({ lease }, i) =>
      lease.hold(async () => {
        most = Math.max(most, ++inside)
        await lease.renew()
        await pause(20)
        inside--
        return i
      }),
    ),
  )
  expect([done, most]).toEqual([[0, 1, 2, 3], 1])
  expect([...windows[0]!.window.host.missing]).toEqual([])
})

test('one that is gone is not waited for longer than it said; one that failed lets go at once', async () => {
  const workbook = new Workbook()
  const [gone, other] = [open(workbook, 300), open(workbook, 300)]
  gone.lease.hold(() => new Promise(() => {}))
  await pause(50)
  gone.window.crash()
  await expect(other.lease.hold(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await open(workbook, 60_000).lease.hold(async () => 'mine')).toBe('mine')
  expect(workbook.xmlParts.length).toBeLessThanOrEqual(2)
})
