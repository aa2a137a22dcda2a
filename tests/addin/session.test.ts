import { expect, test } from 'vitest'
import { challengeOf, Session } from '#addin/session.ts'

/** A server that gives tokens as ours does, and a browser that keeps things. */
function surroundings(dialog: (url: string) => string | undefined) {
  const kept = new Map<string, string>()
  const refreshes = new Set<string>()
  const log: string[] = []
  let count = 0
  let now = 0
  let expected = ''
  const give = () => {
    const refreshToken = `refresh-${++count}`
    refreshes.add(refreshToken)
    return Response.json({ accessToken: `access-${count}`, expiresIn: 600, refreshToken })
  }
  const session = new Session({
    base: 'https://h.example',
    keep: {
      get: (name) => kept.get(name) ?? null,
      set: (name, value) => void kept.set(name, value),
      remove: (name) => void kept.delete(name),
    },
    now: () => now,
    openDialog: async (url) => {
      expected = new URL(url).searchParams.get('challenge')!
      return dialog(url)
    },
    fetch: (async (url: string, init: { body?: unknown; credentials?: string }) => {
      const body = JSON.parse(String(init.body))
      log.push(`${new URL(url).pathname} ${Object.keys(body)} ${init.credentials}`)
      if (url.endsWith('/sign-out')) return new Response(null, { status: 204 })
      if (body.code)
        return body.code === 'right' && (await challengeOf(body.verifier)) === expected
          ? give()
          : new Response('{}', { status: 401 })
      return refreshes.delete(body.refreshToken) ? give() : new Response('{}', { status: 401 })
    }) as unknown as typeof fetch,
  })
  return { session, kept, log, refreshes, later: (ms: number) => void (now += ms) }
}

test('a code from the dialog becomes tokens; the access token stays in memory, and no cookie travels', async () => {
  const { session, kept, log } = surroundings(() => JSON.stringify({ code: 'right' }))
  expect(session.signedIn).toBe(false)
  expect(await session.signIn()).toBe(true)
  expect(await session.token()).toBe('access-1')
  expect([...kept.values()]).toEqual(['refresh-1'])
  expect(log).toEqual(['/api/v1/addin/tokens code,verifier omit'])
})
test.each([undefined, 'not json', '{"code":5}', '{"code":"wrong"}'])(
  'a dialog that hands back %s signs nobody in',
  async (handed) => {
    const { session } = surroundings(() => handed)
    expect(await session.signIn()).toBe(false)
    expect(session.signedIn).toBe(false)
  },
)
test('it is renewed before it runs out, once for all who ask at the same time', async () => {
  const { session, log, later } = surroundings(() => '{"code":"right"}')
  await session.signIn()
  later(571_000)
  expect(await Promise.all([session.token(), session.token(), session.token()])).toEqual([
    'access-2',
    'access-2',
    'access-2',
  ])
  expect(log).toHaveLength(2)
})
test('a token that was refused is renewed; when that is refused too, one is signed out', async () => {
  const { session, refreshes, kept } = surroundings(() => '{"code":"right"}')
  await session.signIn()
  expect(await session.token('access-1')).toBe('access-2')
  refreshes.clear()
  let told = 0
  session.onChange(() => told++)
  expect(await session.token('access-2')).toBeUndefined()
  expect([session.signedIn, kept.size, told]).toEqual([false, 0, 1])
})
test('another window renewed meanwhile: its token is used', async () => {
  const { session, refreshes, kept } = surroundings(() => '{"code":"right"}')
  await session.signIn()
  refreshes.clear()
  refreshes.add('from-the-other')
  const original = Map.prototype.get
  let asked = 0
  kept.get = (name) => (++asked > 1 ? 'from-the-other' : original.call(kept, name))
  expect(await session.token('access-1')).toBe('access-2')
})
test('a typed key is kept in memory only, and forgotten when it is refused', async () => {
  const { session, kept, log } = surroundings(() => undefined)
  session.useKey(' hbk_1 ')
  expect([session.signedIn, await session.token(), kept.size, log.length]).toEqual([true, 'hbk_1', 0, 0])
  expect(await session.token('hbk_1')).toBeUndefined()
  expect(session.signedIn).toBe(false)
})
test('signing out tells the server', async () => {
  const { session, log } = surroundings(() => '{"code":"right"}')
  await session.signIn()
  session.signOut()
  expect(session.signedIn).toBe(false)
  await expect.poll(() => log.at(-1)).toBe('/api/v1/addin/sign-out refreshToken omit')
})
