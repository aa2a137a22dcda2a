import { afterEach, expect, test, vi } from 'vitest'
import { installBehind } from '#web/islands/shell/behind.ts'

/** A stream of the browser, which the test opens. */
class Stream {
  static last: Stream
  onopen!: () => void
  constructor() {
    Stream.last = this
  }
  close() {}
}

afterEach(() => vi.unstubAllGlobals())

test('what was missed is asked for from where it is known, and not by a page that says it is behind', async () => {
  const part = { addEventListener: () => {}, textContent: '' }
  const dataset = { base: '/c', version: '7', newestEvent: '40', unheard: 'unheard', missed: 'missed {newest}' }
  const line = { hidden: true, dataset, querySelector: () => part }
  const page = { hidden: false, addEventListener: () => {}, getElementById: (id: string) => id === 'behind' && line }
  vi.stubGlobal('document', { ...page, querySelector: (selector: string) => (/"match"/.test(selector) ? {} : null) })
  vi.stubGlobal('window', { addEventListener: () => {} })
  vi.stubGlobal('CSS', { escape: String })
  vi.stubGlobal('EventSource', Stream)
  const asked: string[] = []
  let answer: object = {}
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address)
    return Response.json(answer)
  })
  const reopened = async (next: object): Promise<unknown[]> => {
    answer = next
    Stream.last.onopen()
    await new Promise((done) => setTimeout(done, 10))
    return [asked.splice(0), line.hidden]
  }
  installBehind()
  const quiet = { ledgerVersion: 7, changed: ['budget'], newestEvent: 300_040 }
  expect(await reopened(quiet)).toEqual([['/c/live?after=40&version=7'], true])
  const matched = { ledgerVersion: 7, changed: ['match'], newestEvent: 300_041 }
  expect(await reopened(matched), 'the 300,000 are not walked again').toEqual([
    ['/c/live?after=300040&version=7'],
    false,
  ])
  expect(await reopened(matched), 'it says so already').toEqual([[], false])
  line.hidden = true
  expect(await reopened({ ledgerVersion: 8 })).toEqual([['/c/live?after=300041&version=7'], false])
  expect(part.textContent).toBe('missed 8')
})
