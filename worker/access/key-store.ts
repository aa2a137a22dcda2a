import { desc, eq } from 'drizzle-orm'
import { apiKey } from '#db/control/control.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import { typed } from '#worker/database/typed.ts'
import type { Role } from './permission.ts'

/** A key without its secret, of which only the SHA-256 is kept. */
export type KeptKey = {
  id: string
  name: string
  role: Role
  createdBy: string
  createdAt: string
  expiresAt: string | null
  revokedAt: string | null
}

/** Keys of a company, newest first, revoked ones included: they stand on what they posted. */
export async function readKeys(control: Database, company: CompanyId): Promise<KeptKey[]> {
  const { id, name, role, createdBy, createdAt, expiresAt, revokedAt } = apiKey
  return typed(control)
    .select({ id, name, role, createdBy, createdAt, expiresAt, revokedAt })
    .from(apiKey)
    .where(eq(apiKey.company, company))
    .orderBy(desc(createdAt), id)
}

export const insertKey = (key: KeptKey, company: CompanyId, tokenHash: string): InStatement => ({
  sql: `insert into api_key (id, token_hash, company, role, name, created_by, created_at, expires_at)
        values (?, ?, ?, ?, ?, ?, ?, ?)`,
  args: [key.id, tokenHash, company, key.role, key.name, key.createdBy, key.createdAt, key.expiresAt],
})

export const revokeKey = (id: string, company: CompanyId, at: string): InStatement => ({
  sql: 'update api_key set revoked_at = ? where id = ? and company = ? and revoked_at is null',
  args: [at, id, company],
})

/** The keys somebody has made and that still work. */
export async function readKeysMadeBy(control: Database, company: CompanyId, user: string): Promise<KeptKey[]> {
  return (await readKeys(control, company)).filter((key) => key.createdBy === user && key.revokedAt === null)
}
