import { afterEach, expect, test, vi } from 'vitest'
import { listen } from '#web/islands/live/listen.ts'

/** A browser's EventSource as far as it is used: one that is refused is closed, and says so in an error. */
class Stream {
  static CLOSED = 2
  static all: Stream[] = []
  readyState = 0
  onopen?: () => void
  onerror?: () => void
  constructor() {
    Stream.all.push(this)
  }
  close() {
    this.readyState = Stream.CLOSED
  }
  is(readyState: number) {
    this.readyState = readyState
    if (readyState === 1) this.onopen?.()
    else this.onerror?.()
  }
}

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a stream that was refused is asked for again, less and less often; one that broke the browser takes up', () => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', Stream)
  vi.stubGlobal('document', { hidden: false, addEventListener: () => {} })
  vi.stubGlobal('window', { addEventListener: () => {} })
  const missed = vi.fn()
  listen({ base: '', tab: 't', hear: () => {}, missed })
  const newest = () => Stream.all.at(-1)!
  newest().is(1)
  vi.advanceTimersByTime(600_000)
  newest().is(0)
  expect(Stream.all).toHaveLength(1)

  newest().is(1)
  expect(missed.mock.lastCall![0], 'open for so long it can only have broken unnoticed').toBe(540_000)
  newest().is(0)
  vi.advanceTimersByTime(2_000)
  newest().is(1)
  expect(missed.mock.lastCall).toEqual([2_000])
  missed.mockClear()
  newest().is(Stream.CLOSED)
  expect(missed).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1_500)
  expect(Stream.all).toHaveLength(2)
  for (let refused = 0; refused < 8; refused++) {
    newest().is(Stream.CLOSED)
    vi.advanceTimersByTime(90_000)
  }
  expect(Stream.all).toHaveLength(10)
  newest().is(Stream.CLOSED)
  vi.advanceTimersByTime(59_000)
  expect(Stream.all, 'a minute at least after so many').toHaveLength(10)
  vi.advanceTimersByTime(31_000)
  newest().is(1)
  newest().is(Stream.CLOSED)
  vi.advanceTimersByTime(1_500)
  expect(Stream.all, 'and at once again after one that was open').toHaveLength(12)
})
