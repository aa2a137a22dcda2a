import { afterEach, expect, test, vi } from 'vitest'
import {
  assetsIn,
  clearOld,
  clearOthers,
  clearShelf,
  keepAnswer,
  keepAssets,
  keptAnswer,
  openShelf,
  shelfOf,
} from '#web/islands/offline/shelf.ts'

/** A browser's caches, as much of them as is used. */
function cachesDouble() {
  const shelves = new Map<string, Map<string, Response>>()
  const urlOf = (asked: string | { url: string }) =>
    new URL(typeof asked === 'string' ? asked : asked.url, 'https://x.example').href
  const shelfIn = (name: string) => {
    const kept = shelves.get(name) ?? new Map<string, Response>()
    shelves.set(name, kept)
    return {
      match: async (asked: string) => kept.get(urlOf(asked))?.clone(),
      put: async (path: string, answer: Response) => void kept.set(urlOf(path), answer),
      delete: async (asked: { url: string }) => kept.delete(urlOf(asked)),
      keys: async () => [...kept.keys()].map((url) => ({ url })),
    }
  }
  return {
    open: async (name: string) => shelfIn(name),
    keys: async () => [...shelves.keys()],
    delete: async (name: string) => shelves.delete(name),
  }
}

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('what a machine keeps is one person’s, for 72 hours, and of one build', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.stubGlobal('caches', cachesDouble())
  vi.stubGlobal('navigator', {})
  const names = () => caches.keys().then((all) => all.map((name) => name.split(' ').slice(2).join(' ')))
  const [ane, other] = [await openShelf('cmp_1', 'usr_ane'), await openShelf('cmp_2', 'usr_ane')]
  const page = '<script src="/assets/grid-1.js"></script><link href="/assets/a/b-2.css">'
  await keepAnswer(ane, '/page', new Response(page), { more: 'x' })
  await keepAnswer(other, '/page', new Response('2'))
  expect((await keptAnswer(ane, '/page'))?.headers.get('more')).toBe('x')
  expect(await (await keptAnswer((await shelfOf('cmp_1'))!, '/page'))?.text()).toBe(page)

  // Of another build: what the page that stands here neither names nor has loaded.
  for (const asset of ['grid-1.js', 'grid-0.js', 'late-1.js']) await ane.put(`/assets/${asset}`, new Response(asset))
  expect(assetsIn(page)).toEqual(['/assets/grid-1.js', '/assets/a/b-2.css'])
  await keepAssets(ane, [...assetsIn(page), '/assets/late-1.js'])
  expect((await ane.keys()).map(({ url }) => new URL(url).pathname)).toEqual([
    '/page',
    '/assets/grid-1.js',
    '/assets/late-1.js',
  ])

  // Where two have been here it cannot be told whose page it is; whoever comes takes the others' away.
  await keepAnswer(await openShelf('cmp_1', 'usr_bo'), '/page', new Response('Bo'))
  expect(await shelfOf('cmp_1')).toBeUndefined()
  await clearOthers('usr_ane')
  expect(await names()).toEqual(['cmp_1 usr_ane', 'cmp_2 usr_ane'])

  vi.setSystemTime(Date.now() + 71 * 3600_000)
  expect(await keptAnswer(ane, '/page')).toBeDefined()
  await keepAnswer(other, '/books', new Response('{}'))
  vi.setSystemTime(Date.now() + 2 * 3600_000)
  expect(await keptAnswer(ane, '/page')).toBeUndefined()
  await clearOld()
  expect(await names()).toEqual(['cmp_2 usr_ane'])
  await clearShelf('cmp_2')
  expect(await names()).toEqual([])
})
