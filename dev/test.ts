// `npm test`: every test; `-- --limits` within what Cloudflare allows a Worker and workerd at home leaves open.
import process from 'node:process'
import { limitsOf } from './test-limits.ts'

const { args, env } = limitsOf(process.argv.slice(2))
process.execve!(process.execPath, [process.execPath, 'node_modules/vitest/vitest.mjs', 'run', ...args], {
  ...(process.env as Record<string, string>),
  ...env,
})
