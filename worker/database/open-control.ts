import { controlMigrations } from '#db/control/migrations.ts'
import type { Bindings } from '#worker/http/env.ts'
import { controlDatabase, createControlDatabase, type Database } from './connect.ts'
import { migrate } from './migrate.ts'

/** The control database, brought up to date; the first request of an instance makes it, where the database service lets us. */
export async function openControl(env: Bindings): Promise<Database> {
  const control = controlDatabase(env)
  try {
    await migrate(control, env.CONTROL_DATABASE_URL, controlMigrations)
  } catch (error) {
    if ((error as { code?: string }).code !== 'NAMESPACE_DOESNT_EXIST') throw error
    await createControlDatabase(env)
    await migrate(control, env.CONTROL_DATABASE_URL, controlMigrations)
  }
  return control
}
