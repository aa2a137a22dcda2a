import { companyMigrations } from '#db/company/migrations.ts'
import { type Database, LONG_DEADLINE_MS } from '#worker/database/connect.ts'
import { migrate } from '#worker/database/migrate.ts'
import type { Bindings } from '#worker/http/env.ts'
import { fileOf, type InstancePage, withEach } from './read-instance.ts'

/**
 * Brings a page of companies up to date, as opening each would. Asked again, what was done stays done and the rest goes on; `file` is
 * null where it failed.
 */
export const migrateCompanies = (env: Bindings, control: Database, after: string): Promise<InstancePage> =>
  withEach(
    env,
    control,
    after,
    async (db, { database }) => {
      await migrate(db, database, companyMigrations)
      return fileOf(db)
    },
    LONG_DEADLINE_MS,
  )
