import { vi } from 'vitest'

/** Does something at another time: what asks the clock hears of it, and timers go on. */
export async function atTime<T>(at: string, work: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(at) })
  try {
    return await work()
  } finally {
    vi.useRealTimers()
  }
}
