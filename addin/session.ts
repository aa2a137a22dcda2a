import { challengeOf, randomToken } from '#worker/identity/random-token.ts'
import type { TokenSource } from './api/ledger-api.ts'

/** What a browser keeps for the add-in alone: partitioned by the site that embeds Excel, never in the workbook. */
export type Keep = {
  get(name: string): string | null
  set(name: string, value: string): void
  remove(name: string): void
}

/** The key that a sign-in is bound to: without it, the token that stands beside it is of no use. */
export type SessionKey = {
  /** A new one: its public half, and what keeps it for the next time the pane is opened. */
  make(): Promise<{ publicKey: string; keep(): Promise<void> }>
  /** A text signed by the key that was kept; undefined when there is none. */
  sign(text: string): Promise<string | undefined>
  forget(): Promise<void>
}

export type SessionPorts = {
  /** Where our own server answers, without a slash at the end. */
  base: string
  fetch: typeof fetch
  keep: Keep
  key: SessionKey
  /** Opens a page of ours in Excel's dialog, and gives what it hands back; undefined when it was closed. */
  openDialog(url: string): Promise<string | undefined>
  now(): number
  wait(ms: number): Promise<void>
}

type Tokens = { accessToken: string; expiresIn: number; refreshToken: string; user: string; scopes: readonly string[] }
const KEPT = 'session'
/** When somebody was last there, in whichever window. */
const TOUCHED = 'touched'
/** How long the answer that another window got for the same token may take to be kept, in milliseconds. */
const SAME_MOMENT_MS = 3_000
/** After this long with nobody at the workbook one is signed out, in milliseconds; news that the pane asks for is nobody. */
const IDLE_MS = 12 * 3600_000
/** An access token is changed this long before it runs out, in milliseconds. */
const AHEAD = 30_000

/**
 * Who is signed in, and the token that says so. The add-in's own sign-in: a dialog hands over a code that is good once, and
 * only with the secret that this pane made; it is exchanged for a token of ten minutes, kept in memory, and one to renew it
 * with, kept by the browser and of no use without a key that never leaves it. A key that somebody typed is kept in memory
 * only. Nothing ever stands in the workbook.
 */
export class Session {
  readonly #ports: SessionPorts
  #access: { token: string; until: number } | undefined
  #key: string | undefined
  #renewing: Promise<string | undefined> | undefined
  #confirming: Promise<boolean> | undefined
  /** Whose tokens the last ones were, and what they may. */
  #given: Pick<Tokens, 'user' | 'scopes'> | undefined
  readonly #listeners = new Set<() => void>()

  constructor(ports: SessionPorts) {
    this.#ports = ports
    this.touch()
  }

  /** Somebody is there. */
  touch(): void {
    this.#ports.keep.set(TOUCHED, `${this.#ports.now()}`)
  }

  get signedIn(): boolean {
    return this.#key !== undefined || this.#access !== undefined || this.#ports.keep.get(KEPT) !== null
  }
  onChange(listener: () => void): void {
    this.#listeners.add(listener)
  }

  /** The token of the next request; `stale` is one that was just refused. */
  readonly token: TokenSource = async (stale) => {
    if (this.signedIn && this.#ports.now() - Number(this.#ports.keep.get(TOUCHED)) > IDLE_MS) this.signOut()
    if (this.#key !== undefined) {
      if (stale === undefined) return this.#key
      this.signOut()
      return undefined
    }
    if (stale !== undefined && this.#access?.token === stale) this.#access = undefined
    if (this.#access && this.#access.until > this.#ports.now() + AHEAD) return this.#access.token
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined
    })
    return this.#renewing
  }

  /** Signs in through the dialog. Gives whether somebody did; a sign-in there was before ends then. */
  async signIn(): Promise<boolean> {
    this.touch()
    const verifier = randomToken(48)
    const challenge = await challengeOf(verifier)
    const query = new URLSearchParams({ challenge, ...(this.#given && { scope: this.#given.scopes.join(',') }) })
    const handed = await this.#ports.openDialog(`${this.#ports.base}/addin/sign-in?${query}`)
    const code = handed === undefined ? undefined : codeIn(handed)
    if (code === undefined) return false
    const key = await this.#ports.key.make()
    const tokens = await this.#ask({ code, verifier, key: key.publicKey })
    if (!tokens) return false
    await this.#renewing?.catch(() => {}) // else the old token would be signed by the new key
    this.#endOnServer()
    // The key first: another window would sign the new token with the old one, and be taken for a thief.
    await key.keep()
    this.#take(tokens)
    this.#tell()
    return true
  }

  /** Whoever is signed in shows once more who they are. Gives whether they did; as somebody else, nobody is signed in. */
  confirm(): Promise<boolean> {
    this.#confirming ??= this.#confirm().finally(() => {
      this.#confirming = undefined
    })
    return this.#confirming
  }
  async #confirm(): Promise<boolean> {
    const before = this.#given?.user
    if (!(await this.signIn())) return false
    if (this.#given?.user === before) return true
    this.signOut()
    return false
  }

  /** Uses a key that somebody typed, for as long as the pane is open. */
  useKey(key: string): void {
    this.#key = key.trim()
    this.#tell()
  }

  signOut(): void {
    this.#endOnServer()
    this.#key = undefined
    this.#ports.key.forget()
    this.#forget()
  }
  #endOnServer(): void {
    const refreshToken = this.#ports.keep.get(KEPT)
    if (refreshToken !== null) this.#post('/api/v1/addin/sign-out', { refreshToken }).catch(() => {})
  }
  /** The key stays: another window may have tokens for it that are still to be kept. */
  #forget(): void {
    this.#access = undefined
    this.#given = undefined
    this.#ports.keep.remove(KEPT)
    this.#tell()
  }

  async #renew(): Promise<string | undefined> {
    const refreshToken = this.#ports.keep.get(KEPT)
    if (refreshToken === null) return undefined
    const proof = await this.#ports.key.sign(refreshToken)
    const tokens = proof === undefined ? undefined : await this.#ask({ refreshToken, proof })
    // Signed out meanwhile there is none; another window may have renewed it, too, or signed somebody else in: what it keeps is good.
    if (tokens) return this.#ports.keep.get(KEPT) === refreshToken ? this.#take(tokens) : this.#renew()
    // Another window may have renewed it at the same moment, and be told later than this one; else it is over.
    if (this.#ports.keep.get(KEPT) === refreshToken) await this.#ports.wait(SAME_MOMENT_MS)
    if (this.#ports.keep.get(KEPT) !== refreshToken) return this.#renew()
    this.#forget()
    return undefined
  }

  async #ask(body: Record<string, string>): Promise<Tokens | undefined> {
    const response = await this.#post('/api/v1/addin/tokens', body)
    if (response.status >= 500) throw new TypeError(`tokens: ${response.status}`)
    return response.ok ? ((await response.json()) as Tokens) : undefined
  }
  #post = (path: string, body: object): Promise<Response> =>
    this.#ports.fetch(this.#ports.base + path, {
      method: 'POST',
      credentials: 'omit',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    } as RequestInit)

  #take({ accessToken, expiresIn, refreshToken, user, scopes }: Tokens): string {
    this.#given = { user, scopes }
    this.#access = { token: accessToken, until: this.#ports.now() + expiresIn * 1_000 }
    this.#ports.keep.set(KEPT, refreshToken)
    return accessToken
  }
  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

function codeIn(handed: string): string | undefined {
  try {
    const { code } = JSON.parse(handed) as { code?: unknown }
    return typeof code === 'string' ? code : undefined
  } catch {
    return undefined
  }
}
