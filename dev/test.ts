// `npm test`: every test; `-- --limits` with the running Worker, for its own tests and those in a browser, within what Cloudflare allows one and
// workerd at home leaves open. Tests in Node know no such limits.
import process from 'node:process'
import { limitsOf } from './test-limits.ts'

const { args, env } = limitsOf(process.argv.slice(2))
process.execve!(process.execPath, [process.execPath, 'node_modules/vitest/vitest.mjs', 'run', ...args], {
  ...(process.env as Record<string, string>),
  ...env,
})
