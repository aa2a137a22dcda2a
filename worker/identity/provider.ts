import * as z from 'zod/mini'

/** An OpenID Connect provider, as configured in `OIDC_PROVIDERS` (docs/deploy.md). */
const Provider = z.strictObject({
  /** In addresses: `entra`. */
  key: z.string().check(z.regex(/^[a-z][a-z0-9-]{1,30}$/)),
  /** On the button: `Microsoft`. */
  name: z.string().check(z.minLength(1), z.maxLength(60)),
  issuer: z.string().check(z.regex(/^https:\/\/[\w.-]+(:\d+)?(\/[\w./~-]*)?$/)),
  clientId: z.string().check(z.minLength(1)),
  clientSecret: z.optional(z.string()),
  scope: z._default(z.string(), 'openid profile email'),
  /** Asked for, and demanded of the answer. */
  acrValues: z.optional(z.string()),
  /** Whether the provider itself has asked for two factors, so that ours is not asked for as well. */
  secondFactor: z._default(z.boolean(), false),
})
export type Provider = z.infer<typeof Provider>

/** The providers of an instance; none when nothing is configured. @throws an error that names what is wrong with the setting. */
export function providersOf(setting: string | undefined): Provider[] {
  return setting ? z.array(Provider).parse(JSON.parse(setting)) : []
}
