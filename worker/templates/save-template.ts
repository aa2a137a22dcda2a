import { isError, Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { changesOf } from '#worker/events/event.ts'
import { insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { readTemplate, writeTemplate } from './store.ts'
import { checkTemplate, type Template, type TemplateContent } from './template.ts'

type Wanted = { content: TemplateContent; active?: boolean | undefined }

/**
 * Makes a template, or its next version. Vouchers that older versions made still name them.
 * @throws Problem 409 version/stale; 422 request/invalid, one issue for each fault.
 */
export async function saveTemplate(
  { db, by, at }: Acting,
  key: string,
  { content, active = true }: Wanted,
  version: number | undefined,
): Promise<Template> {
  const issues = checkTemplate(content)
  if (issues.some(isError)) throw new Problem(422, 'request/invalid', { issues })
  const found = await readTemplate(db, key)
  checkVersion(version, found?.version ?? 0)
  if (found && found.active === active && JSON.stringify(found.content) === JSON.stringify(content)) return found
  const own = found?.key ?? key
  const before = found?.version ?? 0
  const kept = { key: own, version: before + 1, active, content, by, at }
  const changes = changesOf(found && { ...found.content, active: found.active }, { ...content, active })
  const event = { type: before === 0 ? 'template.created' : 'template.changed', at, by, subject: own, changes }
  const written = await db
    .batch([...writeTemplate(kept, before), insertEventsIfChanged(event)], 'write')
    .catch((cause) => {
      if (refusalOf(cause)?.kind === 'taken') throw new Problem(409, 'version/stale')
      throw cause
    })
  if (written[0]!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return (await readTemplate(db, own))!
}
