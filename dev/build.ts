// `npm run build`: what `wrangler deploy` takes besides the Worker's source, from an empty folder.
import { rmSync } from 'node:fs'
import { bundleAssets } from './bundle.ts'

rmSync('dist', { recursive: true, force: true })
await bundleAssets()
