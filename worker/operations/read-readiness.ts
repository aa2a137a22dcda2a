import { controlMigrations } from '#db/control/migrations.ts'
import { companyDatabase } from '#worker/database/connect.ts'
import { openControl } from '#worker/database/open-control.ts'
import type { Bindings } from '#worker/http/env.ts'
import { readFile, readSomeDatabase } from './store.ts'

/** How long the databases may take to answer, in milliseconds. */
const PATIENCE_MS = 2_000

/** `null` where it was not asked, because what comes before it failed or there is no company. */
export type Readiness = { ready: boolean; control: boolean; schema: boolean | null; databases: boolean | null }

/** Whether requests can be served: the control database answers and is of a schema this version knows, and so does a company's. */
export async function readReadiness(env: Bindings): Promise<Readiness> {
  const told: Readiness = { ready: false, control: false, schema: null, databases: null }
  const ask = async () => {
    const control = await openControl(env)
    const { schema } = await readFile(control)
    told.control = true
    told.schema = schema === controlMigrations.at(-1)!.tag
    const database = await readSomeDatabase(control)
    if (database !== undefined) {
      told.databases = false
      await readFile(companyDatabase(env, database))
      told.databases = true
    }
    told.ready = told.schema
  }
  const late = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS))
  const failed = (error: unknown) => {
    if ((error as { code?: string }).code === 'schema/newer') Object.assign(told, { control: true, schema: false })
  }
  await Promise.race([ask().catch(failed), late])
  return { ...told }
}
