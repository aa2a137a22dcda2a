import type { Platform } from './platform.ts'
import { StartError } from './start-error.ts'

/**
 * Has the Worker bring its schema up to date and, where there is no company, make the demo company.
 * @throws StartError with the Worker's answer when it is not a success.
 */
export async function firstRun({ url, operatorKey }: Pick<Platform, 'url' | 'operatorKey'>): Promise<void> {
  const answer = await fetch(`${url}/api/v1/instance/first-run`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operatorKey}` },
  })
  if (!answer.ok)
    throw new StartError(`The first run failed with ${answer.status}: ${(await answer.text()).slice(0, 2000)}`)
}
