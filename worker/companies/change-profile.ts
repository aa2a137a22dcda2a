import { hex } from '#worker/core/hash.ts'
import { isError, Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import { changesOf, isUnchanged } from '#worker/events/event.ts'
import { insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting, Proving } from '#worker/http/acting.ts'
import { bankAccountsMoved, checkProfile, LOGO_LIMIT, logoTypeOf, type ProfileChange } from './company-profile.ts'
import { type KeptProfile, readAccountNumbers, readProfile, updateLogo, updateProfile } from './profile-store.ts'

/**
 * Changes what stands on what the company sends; old and new value stand in the feed.
 * Other bank accounts than before ask for a passkey or code shown for exactly them.
 * @throws Problem 403 step-up/required; 409 version/stale; 422 request/invalid, one issue for each wrong field.
 */
export async function changeProfile(
  { db, by, at, demandProof }: Acting & Proving,
  company: { id: string; name: string },
  change: ProfileChange,
  version: number | undefined,
): Promise<KeptProfile> {
  const found = await readProfile(db)
  checkVersion(version, found.version)
  const profile = { ...found.profile, ...change }
  const issues = checkProfile(profile, await readAccountNumbers(db))
  if (issues.some(isError)) throw new Problem(422, 'request/invalid', { issues })
  const changes = changesOf(found.profile, profile)
  if (isUnchanged(changes)) return found
  const moved = bankAccountsMoved(found.profile, profile)
  if (moved.length > 0) await demandProof([company.name, ...moved])
  const event = { type: 'company-profile.changed', at, by, subject: company.id, changes }
  const [updated] = await db.batch([updateProfile(profile, found.version), insertEventsIfChanged(event)], 'write')
  if (updated!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return { ...found, profile, version: found.version + 1 }
}

/**
 * Puts in a logo, or takes it away. What the bytes are is judged by the bytes.
 * @throws Problem 415 logo/not-an-image; 413 request/too-large.
 */
export async function changeLogo({ db, by, at }: Acting, company: string, bytes: Uint8Array<ArrayBuffer> | null) {
  const before = (await readProfile(db)).logo
  const logo = bytes && (await logoOf(bytes))
  const changes = changesOf({ logo: before?.sha256 ?? null }, { logo: logo?.sha256 ?? null })
  const event = { type: 'company-profile.changed', at, by, subject: company, changes }
  await db.batch([updateLogo(logo), insertEventsIfChanged(event)], 'write')
  return readProfile(db)
}

async function logoOf(bytes: Uint8Array<ArrayBuffer>) {
  if (bytes.length > LOGO_LIMIT) throw new Problem(413, 'request/too-large', { params: { limit: '200 kB' } })
  const type = logoTypeOf(bytes)
  if (!type) throw new Problem(415, 'logo/not-an-image')
  const sha256 = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return { type, base64: btoa(binary), sha256 }
}
