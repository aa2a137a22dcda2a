import type { TokenSource } from './api/ledger-api.ts'

/** What a browser keeps for the add-in alone: partitioned by the site that embeds Excel, never in the workbook. */
export type Keep = {
  get(name: string): string | null
  set(name: string, value: string): void
  remove(name: string): void
}

export type SessionPorts = {
  /** Where our own server answers, without a slash at the end. */
  base: string
  fetch: typeof fetch
  keep: Keep
  /** Opens a page of ours in Excel's dialog, and gives what it hands back; undefined when it was closed. */
  openDialog(url: string): Promise<string | undefined>
  now(): number
}

type Tokens = { accessToken: string; expiresIn: number; refreshToken: string }
const KEPT = 'session'
/** An access token is changed this long before it runs out, in milliseconds. */
const AHEAD = 30_000

/**
 * Who is signed in, and the token that says so. The add-in's own sign-in: a dialog hands over a code that is good once, and
 * only with the secret that this pane made; it is exchanged for a token of ten minutes, kept in memory, and one to renew it
 * with, kept by the browser. A key that somebody typed is kept in memory only. Nothing ever stands in the workbook.
 */
export class Session {
  readonly #ports: SessionPorts
  #access: { token: string; until: number } | undefined
  #key: string | undefined
  #renewing: Promise<string | undefined> | undefined
  readonly #listeners = new Set<() => void>()

  constructor(ports: SessionPorts) {
    this.#ports = ports
  }

  get signedIn(): boolean {
    return this.#key !== undefined || this.#access !== undefined || this.#ports.keep.get(KEPT) !== null
  }
  onChange(listener: () => void): void {
    this.#listeners.add(listener)
  }

  /** The token of the next request; `stale` is one that was just refused. */
  readonly token: TokenSource = async (stale) => {
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

  /** Signs in through the dialog. Gives whether somebody did. */
  async signIn(): Promise<boolean> {
    const verifier = randomText(48)
    const challenge = await challengeOf(verifier)
    const query = new URLSearchParams({ challenge })
    const handed = await this.#ports.openDialog(`${this.#ports.base}/addin/sign-in?${query}`)
    const code = handed === undefined ? undefined : codeIn(handed)
    if (code === undefined) return false
    const tokens = await this.#ask({ code, verifier })
    if (!tokens) return false
    this.#take(tokens)
    this.#tell()
    return true
  }

  /** Uses a key that somebody typed, for as long as the pane is open. */
  useKey(key: string): void {
    this.#key = key.trim()
    this.#tell()
  }

  signOut(): void {
    const refreshToken = this.#ports.keep.get(KEPT)
    this.#key = undefined
    this.#access = undefined
    this.#ports.keep.remove(KEPT)
    if (refreshToken !== null) this.#post('/api/v1/addin/sign-out', { refreshToken }).catch(() => {})
    this.#tell()
  }

  async #renew(): Promise<string | undefined> {
    const refreshToken = this.#ports.keep.get(KEPT)
    if (refreshToken === null) return undefined
    const tokens = await this.#ask({ refreshToken })
    if (tokens) return this.#take(tokens)
    // Another window may have renewed it meanwhile; else it is over.
    if (this.#ports.keep.get(KEPT) !== refreshToken) return this.#renew()
    this.#access = undefined
    this.#ports.keep.remove(KEPT)
    this.#tell()
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

  #take({ accessToken, expiresIn, refreshToken }: Tokens): string {
    this.#access = { token: accessToken, until: this.#ports.now() + expiresIn * 1_000 }
    this.#ports.keep.set(KEPT, refreshToken)
    return accessToken
  }
  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
const randomText = (bytes: number): string => base64url(crypto.getRandomValues(new Uint8Array(bytes)))

/** RFC 7636, S256. */
export const challengeOf = async (verifier: string): Promise<string> =>
  base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))))

function codeIn(handed: string): string | undefined {
  try {
    const { code } = JSON.parse(handed) as { code?: unknown }
    return typeof code === 'string' ? code : undefined
  } catch {
    return undefined
  }
}
