import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { Problem } from '#worker/core/problem.ts'
import { accept, readBytes } from '#worker/http/accept.ts'
import { actingOf, etagOf, ifMatch, provingOf } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { changeLogo, changeProfile } from './change-profile.ts'
import { LOGO_LIMIT, missingForEhf, numberOnDocuments, ProfileChange } from './company-profile.ts'
import { type KeptProfile, readLogo, readProfile } from './profile-store.ts'
import { readSettings } from './settings-store.ts'

const TextOrNull = z.nullable(z.string())
const ProfileAnswer = z.object({
  address: TextOrNull,
  postalCode: TextOrNull,
  city: TextOrNull,
  country: TextOrNull,
  email: TextOrNull,
  phone: TextOrNull,
  website: TextOrNull,
  senderEmail: TextOrNull,
  bankAccounts: z.array(z.object({ number: z.string(), name: z.string(), account: TextOrNull })),
  logo: z.nullable(z.object({ type: z.string(), sha256: z.string() })),
  /** The organisation number as it stands on sales documents. */
  numberOnDocuments: TextOrNull,
  /** Fields that electronic invoices need and that are empty. */
  missingForEhf: z.array(z.string()),
  version: z.int(),
})

async function told(c: Context<Env>, { profile, logo, version }: KeptProfile): Promise<z.infer<typeof ProfileAnswer>> {
  const { settings } = await readSettings(c.var.db)
  return {
    ...profile,
    logo,
    numberOnDocuments: numberOnDocuments(settings),
    missingForEhf: missingForEhf(settings, profile),
    version,
  }
}

/** The company as it presents itself: address, bank accounts, logo. Mounted at /companies/:company. */
export const profile = new Hono<Env>()
  .get(
    '/profile',
    operation({
      summary: 'Address, bank accounts and logo of the company',
      access: 'company:read',
      answer: { status: 200, schema: ProfileAnswer, description: 'With its version as ETag' },
    }),
    async (c) => {
      const found = await readProfile(c.var.db)
      return c.json(await told(c, found), 200, etagOf(found.version))
    },
  )
  .patch(
    '/profile',
    operation({
      summary: 'Change the company’s address and bank accounts',
      description: 'Send the version you read as If-Match. Bank accounts are sent as a whole list.',
      access: 'company:write',
      body: ProfileChange,
      answer: { status: 200, schema: ProfileAnswer, description: 'As it is now' },
      problems: ['step-up/required', 'bank-account/invalid', 'account/unknown', 'version/stale'],
    }),
    async (c) => {
      const change = await accept(c, ProfileChange)
      const changed = await changeProfile(provingOf(c), c.var.access, change, ifMatch(c))
      return c.json(await told(c, changed), 200, etagOf(changed.version))
    },
  )
  .get(
    '/profile/logo',
    operation({
      summary: 'The company’s logo',
      access: 'company:read',
      answer: { status: 200, mediaType: 'image/*', description: 'The image' },
      problems: ['logo/unknown'],
    }),
    async (c) => {
      const logo = await readLogo(c.var.db)
      if (!logo) throw new Problem(404, 'logo/unknown')
      const bytes = Uint8Array.from(atob(logo.base64), (byte) => byte.charCodeAt(0))
      const headers = { 'content-type': logo.type, etag: `"${logo.sha256}"`, 'x-content-type-options': 'nosniff' }
      return c.body(bytes, 200, headers)
    },
  )
  .put(
    '/profile/logo',
    operation({
      summary: 'Put in the company’s logo',
      description: 'PNG, JPEG or WebP, 200 kB at most. What it is is judged by its content.',
      access: 'company:write',
      rawBody: 'image/*',
      answer: { status: 200, schema: ProfileAnswer, description: 'As it is now' },
      problems: ['logo/not-an-image', 'request/too-large'],
    }),
    async (c) => {
      const tooLarge = () => new Problem(413, 'request/too-large', { params: { limit: '200 kB' } })
      const bytes = await readBytes(c.req.raw, LOGO_LIMIT, tooLarge)
      return c.json(await told(c, await changeLogo(actingOf(c), c.var.access.id, bytes)))
    },
  )
  .delete(
    '/profile/logo',
    operation({
      summary: 'Take away the company’s logo',
      access: 'company:write',
      answer: { status: 200, schema: ProfileAnswer, description: 'As it is now' },
    }),
    async (c) => c.json(await told(c, await changeLogo(actingOf(c), c.var.access.id, null))),
  )
