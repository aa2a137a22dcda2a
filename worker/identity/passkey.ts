import * as z from 'zod/mini'

const Base64url = z.string().check(z.regex(/^[\w-]{1,8192}$/))
const shared = {
  id: Base64url,
  rawId: Base64url,
  type: z.literal('public-key'),
  authenticatorAttachment: z.nullish(z.string()),
  clientExtensionResults: z.record(z.string(), z.unknown()),
}

/** What a browser's `credential.toJSON()` gives when a passkey was made. */
export const NewPasskey = z.object({
  ...shared,
  response: z.object({
    clientDataJSON: Base64url,
    attestationObject: Base64url,
    transports: z.optional(z.array(z.string().check(z.maxLength(40))).check(z.maxLength(10))),
  }),
})
export type NewPasskey = z.infer<typeof NewPasskey>

/** What it gives when one was shown. */
export const ShownPasskey = z.object({
  ...shared,
  response: z.object({
    clientDataJSON: Base64url,
    authenticatorData: Base64url,
    signature: Base64url,
    userHandle: z.nullish(z.string().check(z.regex(/^[\w-]{0,200}$/))),
  }),
})
export type ShownPasskey = z.infer<typeof ShownPasskey>

type Descriptor = { id: string; type: 'public-key'; transports: string[] }
const descriptorsOf = (passkeys: readonly { id: string; transports: string[] }[]): Descriptor[] =>
  passkeys.map(({ id, transports }) => ({ id, type: 'public-key', transports }))

type Person = { id: string; email: string; name: string }
type Known = readonly { id: string; transports: string[] }[]

/** For `PublicKeyCredential.parseCreationOptionsFromJSON`: a passkey that needs no name to be found, and asks for finger, face or code. */
export const creationOptions = (host: string, challenge: string, user: Person, handle: string, known: Known) => ({
  rp: { id: host, name: 'Hovedbok' },
  user: { id: handle, name: user.email, displayName: user.name },
  challenge,
  pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: 'public-key' as const, alg })),
  timeout: 300_000,
  excludeCredentials: descriptorsOf(known),
  authenticatorSelection: {
    residentKey: 'required' as const,
    requireResidentKey: true,
    userVerification: 'required' as const,
  },
  attestation: 'none' as const,
})

/** For `PublicKeyCredential.parseRequestOptionsFromJSON`; without known ones the browser offers those it has. */
export const requestOptions = (host: string, challenge: string, known: Known = []) => ({
  rpId: host,
  challenge,
  timeout: 300_000,
  allowCredentials: descriptorsOf(known),
  userVerification: 'required' as const,
})
