import type { Context } from 'hono'
import { Problem } from '#worker/core/problem.ts'
import type { Env } from '#worker/http/env.ts'
import type { Module } from './module.ts'

/** How long a company's list of modules is believed, in milliseconds. */
const BELIEVED_MS = 1_000
const known = new Map<string, { modules: readonly string[]; until: number }>()

/** Stops a request to a module that the company has switched off. @throws Problem 403 module/off. */
export async function checkModule(c: Context<Env>, module: Module): Promise<void> {
  const { id } = c.var.access
  const now = Date.now()
  let found = known.get(id)
  if (!found || found.until <= now) {
    const { rows } = await c.var.db.execute('select modules from company')
    found = { modules: JSON.parse(String(rows[0]!.modules)), until: now + BELIEVED_MS }
    if (known.size > 5_000) known.clear()
    known.set(id, found)
  }
  if (!found.modules.includes(module)) throw new Problem(403, 'module/off', { params: { module } })
}

/** A change counts at once in this isolate, and within a second in the others. */
export const forgetModules = (company: string): boolean => known.delete(company)
