/// <reference types="office-js" />
import type { Run } from '../excel/run.ts'
import { PROBES, type Probe } from './probes.ts'

/** What was answered, by the probe's name. An error is told by its code. */
export type ProbeAnswers = Record<string, unknown>

/** Asks every probe, each in a sheet that is made for it and thrown away. */
export async function runProbes(
  run: Run,
  onProgress: (done: number, of: number) => void = () => {},
): Promise<ProbeAnswers> {
  const answers: ProbeAnswers = {}
  for (const [done, probe] of PROBES.entries()) {
    onProgress(done, PROBES.length)
    answers[probe.name] = await answerOf(run, probe)
  }
  return answers
}

async function answerOf(run: Run, { ask }: Probe): Promise<unknown> {
  const name = `hb${crypto.randomUUID().slice(0, 8)}`
  try {
    await run(async (context) => {
      context.workbook.worksheets.add(name)
      await context.sync()
    })
    return await run(async (context) => (await ask(context.workbook.worksheets.getItem(name), context)) ?? null)
  } catch (error) {
    return { error: (error as { code?: string }).code ?? String(error) }
  } finally {
    await run(async (context) => {
      context.workbook.worksheets.getItem(name).delete()
      await context.sync()
    }).catch(() => {})
  }
}

/** Where the answers come from, for the file they are kept in. */
export const hostOf = (): { platform: string; version: string } => ({
  platform: String(Office.context?.diagnostics?.platform ?? 'unknown'),
  version: String(Office.context?.diagnostics?.version ?? 'unknown'),
})
