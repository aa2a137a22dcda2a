import { sha256 } from '#worker/core/hash.ts'
import { randomToken } from './random-token.ts'

/** What a browser is given when it signs in, so that it is known again: good for this one account. */
export async function newDevice(email: string, pepper: string): Promise<string> {
  const id = randomToken(16)
  return `${id}.${await sha256(`${pepper} device ${email} ${id}`)}`
}

export async function isKnownDevice(email: string, device: string | undefined, pepper: string): Promise<boolean> {
  const [id = '', proof = ''] = device?.split('.') ?? []
  return /^[\w-]{20,64}$/.test(id) && proof === (await sha256(`${pepper} device ${email} ${id}`))
}
