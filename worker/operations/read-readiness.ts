import { controlMigrations } from '#db/control/migrations.ts'
import { companyDatabase } from '#worker/database/connect.ts'
import { openControl } from '#worker/database/open-control.ts'
import { isMissing, NoAnswer } from '#worker/database/refusal.ts'
import type { Bindings } from '#worker/http/env.ts'
import { readFile, readSomeDatabase } from './store.ts'

/** How long the databases may take to answer, in milliseconds. */
const PATIENCE_MS = 2_000

/** `null` where it was not asked, because what comes before it failed or there is no company. */
export type Readiness = { ready: boolean; control: boolean; schema: boolean | null; databases: boolean | null }

/** A server that says that one company's file is set aside, or is not there, has answered: the others go on. */
function isAnswer(error: unknown): boolean {
  if (isMissing(error) || (error instanceof NoAnswer && error.why === 'quarantined')) return true
  throw error
}

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
      told.databases = await readFile(companyDatabase(env, database)).then(() => true, isAnswer)
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
