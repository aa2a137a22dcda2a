import * as z from 'zod/mini'
import { FilledText, Text } from '#worker/core/text.ts'

/** A person one talks to at a customer or supplier (features.md CRM-01). */
export type Contact = {
  id: string
  name: string
  role: string | null
  email: string | null
  phone: string | null
  active: boolean
  version: number
}

const own = {
  role: z.nullable(Text(100)),
  email: z.nullable(Text(254).check(z.regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'field/invalid'))),
  phone: z.nullable(Text(30)),
}
export const NewContact = z.strictObject({ ...z.partial(z.object(own)).shape, name: FilledText(256) })
export type NewContact = z.infer<typeof NewContact>
export const ContactChange = z.strictObject({
  ...z.partial(z.object(own)).shape,
  name: z.optional(FilledText(256)),
  active: z.optional(z.boolean('field/invalid')),
})
export type ContactChange = z.infer<typeof ContactChange>

export const contactFrom = ({ name, role, email, phone }: NewContact, id: string): Contact => ({
  id,
  name,
  role: role ?? null,
  email: email ?? null,
  phone: phone ?? null,
  active: true,
  version: 1,
})
