import { expect, test } from 'vitest'
import { Crowd } from '#worker/http/shed-load.ts'

/** So many requests in hand, then answers so many milliseconds apart, each followed by a new request. */
function crowdOf(inHand: number, paceMs: number, answers = 1_000): Crowd {
  const crowd = new Crowd()
  for (let i = 0; i < inHand; i++) crowd.enter()
  for (let i = 0; i < answers; i++) {
    crowd.leave(i * paceMs)
    crowd.enter()
  }
  return crowd
}

test('whoever would wait too long is sent away, by how quick the answers are', () => {
  const full = [
    [200, 1],
    [400, 1],
    [63, 1_000],
    [64, 1_000],
    [200, 10],
  ].map(([inHand, paceMs]) => crowdOf(inHand!, paceMs!).isFull)
  expect(full).toEqual([false, true, false, true, true])
})

test('a machine that was slow and is quick again takes more again', () => {
  const crowd = crowdOf(64, 1_000)
  expect(crowd.isFull).toBe(true)
  for (let at = 1_000_000; at < 1_000_900; at++) {
    crowd.leave(at)
    crowd.enter()
  }
  expect(crowd.isFull).toBe(false)
})
