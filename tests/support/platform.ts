// One running platform for all files of a project. A test takes a new company instead of cleaning tables.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { firstRun } from '#dev/first-run.ts'
import { type Platform, startPlatform } from '#dev/platform.ts'

interface Running {
  platform: Platform
  dir: string
  users: number
}

/** The projects `worker` and `e2e` run in one process and share what the first of them started. */
const shared = globalThis as { hovedbokPlatform?: Promise<Running> | undefined }

export default async function setup(project: TestProject) {
  shared.hovedbokPlatform ??= start()
  const running = await shared.hovedbokPlatform
  running.users++
  project.provide('url', running.platform.url)
  project.provide('operatorKey', running.platform.operatorKey)
  project.provide('dataFolder', running.dir)
  project.provide('workerPids', running.platform.workerPids())
  return async () => {
    if (--running.users > 0) return
    shared.hovedbokPlatform = undefined
    await running.platform.close()
    rmSync(running.dir, { recursive: true, force: true })
  }
}

async function start(): Promise<Running> {
  mkdirSync('node_modules/.cache', { recursive: true })
  const dir = mkdtempSync('node_modules/.cache/platform-')
  const platform = await startPlatform({ dir, port: 0, sync: 'NORMAL' })
  try {
    await firstRun(platform)
  } catch (error) {
    await platform.close()
    throw error
  }
  return { platform, dir, users: 0 }
}
