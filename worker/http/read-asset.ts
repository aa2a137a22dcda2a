import { env } from 'cloudflare:workers'
import { assets } from '#web/assets.ts'
import type { Bindings } from './env.ts'

/** One of the files that browsers are served, by its name before the bundler's. @throws Error when it is not there. */
export async function readAsset(name: string): Promise<Response> {
  // Only the path counts: a binding has no host.
  const answer = await (env as Bindings).ASSETS!.fetch(`https://assets.invalid${assets[name]}`)
  if (!answer.ok) throw new Error(`${name} is not among the assets: ${answer.status}`)
  return answer
}
