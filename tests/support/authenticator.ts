// An authenticator in software, for what a real one would never do: other origins, old challenges, counters that stand still.
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest()
/** CBOR as far as it is needed: small maps, integers, texts, bytes. */
function cbor(value: unknown): Buffer {
  const head = (major: number, n: number) =>
    n < 24 ? [(major << 5) | n] : n < 256 ? [(major << 5) | 24, n] : [(major << 5) | 25, n >> 8, n & 255]
  if (typeof value === 'number') return Buffer.from(value < 0 ? head(1, -1 - value) : head(0, value))
  if (typeof value === 'string') return Buffer.concat([Buffer.from(head(3, value.length)), Buffer.from(value)])
  if (value instanceof Uint8Array) return Buffer.concat([Buffer.from(head(2, value.length)), value])
  const entries = [...(value as Map<unknown, unknown>)]
  return Buffer.concat([Buffer.from(head(5, entries.length)), ...entries.flatMap(([k, v]) => [cbor(k), cbor(v)])])
}

type Asked = { challenge: string; origin?: string; host?: string; verified?: boolean; handle?: string }
export type SoftPasskey = { id: string; privateKey: KeyObject; counter: number; handle: string }

const clientData = (type: string, { challenge, origin = 'http://localhost' }: Asked): Buffer =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

function authenticatorData(
  { host = 'localhost', verified = true }: Asked,
  counter: number,
  attested = Buffer.alloc(0),
) {
  const flags = 1 | (verified ? 4 : 0) | (attested.length > 0 ? 64 : 0)
  const count = Buffer.alloc(4)
  count.writeUInt32BE(counter)
  return Buffer.concat([sha256(host), Buffer.from([flags]), count, attested])
}

/** Makes a passkey: what the browser would send, and the key to show it with. */
export function makePasskey(asked: Asked & { user: string }): { passkey: SoftPasskey; sent: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' }) as { x: string; y: string }
  const id = randomBytes(32)
  const cose = cbor(
    new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]),
  )
  const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cose])
  const attestationObject = cbor(
    new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authenticatorData(asked, 1, attested)],
    ]),
  )
  const sent = {
    id: base64url(id),
    rawId: base64url(id),
    type: 'public-key',
    clientExtensionResults: {},
    response: {
      clientDataJSON: base64url(clientData('webauthn.create', asked)),
      attestationObject: base64url(attestationObject),
      transports: ['internal'],
    },
  }
  return { passkey: { id: base64url(id), privateKey, counter: 1, handle: asked.user }, sent: JSON.stringify(sent) }
}

/** Shows a passkey. Its counter goes one up, unless told otherwise. */
export function showPasskey(passkey: SoftPasskey, asked: Asked, counter = ++passkey.counter): string {
  const client = clientData('webauthn.get', asked)
  const data = authenticatorData(asked, counter)
  const signature = sign('sha256', Buffer.concat([data, sha256(client)]), passkey.privateKey)
  return JSON.stringify({
    id: passkey.id,
    rawId: passkey.id,
    type: 'public-key',
    clientExtensionResults: {},
    response: {
      clientDataJSON: base64url(client),
      authenticatorData: base64url(data),
      signature: base64url(signature),
      userHandle: asked.handle ?? passkey.handle,
    },
  })
}
