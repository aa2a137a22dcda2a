import { expect, test } from 'vitest'
import { Session, type SessionPorts } from '#addin/session.ts'
import { challengeOf } from '#worker/identity/random-token.ts'

/** A server that gives tokens as ours does, and a browser that keeps things. */
function surroundings(
  dialog: (url: string) => string | undefined,
  meanwhile: (kept: Map<string, string>) => void = () => {},
) {
  const kept = new Map<string, string>()
  const refreshes = new Set<string>()
  const log: string[] = []
  const asked: string[] = []
  let count = 0
  let now = 0
  let expected = ''
  let user = 'usr_kari'
  let [signsWith, made] = [0, 0]
  const give = () => {
    const refreshToken = `refresh-${++count}`
    refreshes.add(refreshToken)
    const scopes = ['read', 'post']
    return Response.json({ accessToken: `access-${count}`, expiresIn: 600, refreshToken, user, scopes })
  }
  const ports: SessionPorts = {
    base: 'https://h.example',
    keep: {
      get: (name) => kept.get(name) ?? null,
      set: (name, value) => void kept.set(name, value),
      remove: (name) => void kept.delete(name),
    },
    now: () => now,
    wait: async () => meanwhile(kept),
    // A key is a number here, and what it has signed says which.
    key: {
      make: async () => {
        const number = ++made
        return { publicKey: `key-${number}`, keep: async () => void (signsWith = number) }
      },
      sign: async (text) => (signsWith === 0 ? undefined : `${text} by ${signsWith}`),
      forget: async () => void (signsWith = 0),
    },
    openDialog: async (url) => {
      asked.push(url)
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
      return body.proof === `${body.refreshToken} by ${signsWith}` && refreshes.delete(body.refreshToken)
        ? give()
        : new Response('{}', { status: 401 })
    }) as unknown as typeof fetch,
  }
  const become = (name: string) => void (user = name)
  const open = () => new Session(ports)
  return { session: open(), open, kept, log, asked, refreshes, become, later: (ms: number) => void (now += ms) }
}

test('a code from the dialog becomes tokens; the access token stays in memory, and no cookie travels', async () => {
  const { session, kept, log } = surroundings(() => JSON.stringify({ code: 'right' }))
  expect(session.signedIn).toBe(false)
  expect(await session.signIn()).toBe(true)
  expect(await session.token()).toBe('access-1')
  expect(kept).toEqual(
    new Map([
      ['touched', '0'],
      ['session', 'refresh-1'],
    ]),
  )
  expect(log).toEqual(['/api/v1/addin/tokens code,verifier,key omit'])
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
  expect([session.signedIn, kept.has('session'), told]).toEqual([false, false, 1])
})
test('another window renewed meanwhile: its token is used', async () => {
  const { session, refreshes, kept } = surroundings(() => '{"code":"right"}')
  await session.signIn()
  refreshes.clear()
  refreshes.add('from-the-other')
  const original = Map.prototype.get
  let asked = 0
  kept.get = (name) => (name === 'session' && ++asked > 1 ? 'from-the-other' : original.call(kept, name))
  expect(await session.token('access-1')).toBe('access-2')
})
test('two windows renew at the same moment and the loser is told first: it waits for what the winner is given', async () => {
  const { session, refreshes } = surroundings(
    () => '{"code":"right"}',
    (kept) => {
      refreshes.add('of-the-winner')
      kept.set('session', 'of-the-winner')
    },
  )
  await session.signIn()
  refreshes.clear() // the winner has used it; what it was given is kept only after the loser was refused
  expect(await session.token('access-1')).toBe('access-2')
  expect(session.signedIn).toBe(true)
})
test('a typed key is kept in memory only, and forgotten when it is refused', async () => {
  const { session, kept, log } = surroundings(() => undefined)
  session.useKey(' hbk_1 ')
  expect([session.signedIn, await session.token(), ...kept.keys(), log.length]).toEqual([true, 'hbk_1', 'touched', 0])
  expect(await session.token('hbk_1')).toBeUndefined()
  expect(session.signedIn).toBe(false)
})
test('one shows once more who one is: the sign-in before ends, what Excel may do is asked for as it was', async () => {
  const { session, log, asked, kept } = surroundings(() => '{"code":"right"}')
  await session.signIn()
  expect(await Promise.all([session.confirm(), session.confirm()])).toEqual([true, true])
  expect(asked).toHaveLength(2)
  expect(asked[1]).toContain('&scope=read%2Cpost')
  expect(log).toContain('/api/v1/addin/sign-out refreshToken omit')
  expect([await session.token(), kept.get('session')]).toEqual(['access-2', 'refresh-2'])
  expect(await session.token('access-2')).toBe('access-3')
})
test('as somebody else, nobody is signed in; closed, all is as before', async () => {
  let handed: string | undefined = '{"code":"right"}'
  const { session, become } = surroundings(() => handed)
  await session.signIn()
  handed = undefined
  expect([await session.confirm(), await session.token()]).toEqual([false, 'access-1'])
  handed = '{"code":"right"}'
  become('usr_per')
  expect([await session.confirm(), session.signedIn]).toEqual([false, false])
})
test('with nobody at the workbook for twelve hours one is signed out, whatever the pane asks for meanwhile', async () => {
  const { session, later } = surroundings(() => '{"code":"right"}')
  await session.signIn()
  for (let hour = 1; hour <= 12; hour++) {
    later(3_600_000)
    expect(await session.token()).toBe(`access-${hour + 1}`)
  }
  session.touch()
  later(12 * 3_600_000)
  expect(await session.token()).toBe('access-14')
  later(1)
  expect([await session.token(), session.signedIn]).toEqual([undefined, false])
})
test('a window that lies idle ends nothing while one works in another', async () => {
  const { session, open, log, later } = surroundings(() => '{"code":"right"}')
  const idle = open()
  await session.signIn()
  await idle.token()
  later(12 * 3_600_000 + 1)
  session.touch()
  expect([await idle.token(), await session.token()]).toEqual(['access-3', 'access-4'])
  expect(log.some((line) => line.includes('sign-out'))).toBe(false)
  later(12 * 3_600_000 + 1)
  expect([await idle.token(), await session.token(), session.signedIn]).toEqual([undefined, undefined, false])
})
test('signed out while a renewal is on its way, one stays signed out', async () => {
  const { session, kept } = surroundings(() => '{"code":"right"}')
  await session.signIn()
  const renewing = session.token('access-1')
  await Promise.resolve()
  session.signOut()
  expect([await renewing, session.signedIn, kept.has('session')]).toEqual([undefined, false, false])
  // Another window signed somebody else in: what it keeps is not written over with what that sign-in ended.
  const other = surroundings(() => '{"code":"right"}')
  await other.session.signIn()
  const late = other.session.token('access-1')
  await Promise.resolve()
  other.refreshes.add('theirs')
  other.kept.set('session', 'theirs')
  expect([await late, other.kept.get('session'), other.refreshes.has('theirs')]).toEqual([
    'access-3',
    'refresh-3',
    false,
  ])
})
test('signing out tells the server', async () => {
  const { session, log } = surroundings(() => '{"code":"right"}')
  await session.signIn()
  session.signOut()
  expect(session.signedIn).toBe(false)
  await expect.poll(() => log.at(-1)).toBe('/api/v1/addin/sign-out refreshToken omit')
})
