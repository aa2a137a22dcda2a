import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import type { Contact } from './contact.ts'

const textOrNull = (value: unknown): string | null => (value === null ? null : String(value))
const contactOf = (r: ResultSet['rows'][number]): Contact => ({
  id: String(r.id),
  name: String(r.name),
  role: textOrNull(r.role),
  email: textOrNull(r.email),
  phone: textOrNull(r.phone),
  active: r.active === 1,
  version: Number(r.version),
})

/** Those in use first, by name. */
export async function readContacts(db: Database, kind: PartyKind, party: string): Promise<Contact[]> {
  const { rows } = await db.execute({
    sql: 'select * from contact where party_kind = ? and party = ? order by active desc, name, id',
    args: [kind, party],
  })
  return rows.map(contactOf)
}

export const insertContact = (kind: PartyKind, party: string, c: Contact, at: string): InStatement => ({
  sql: `insert into contact (id, party_kind, party, name, role, email, phone, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)`,
  args: [c.id, kind, party, c.name, c.role, c.email, c.phone, at],
})

/** Changes the contact if it still has that version. */
export const updateContact = (c: Contact): InStatement => ({
  sql: `update contact set name = ?1->>1, role = ?1->>2, email = ?1->>3, phone = ?1->>4, active = ?1->>5, version = version + 1
        where id = ?1->>0 and version = ?1->>6`,
  args: [JSON.stringify([c.id, c.name, c.role, c.email, c.phone, c.active ? 1 : 0, c.version])],
})
