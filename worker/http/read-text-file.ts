import { readAsset } from './read-asset.ts'

/** The same file out of what browsers are served. It must be among the entries of dev/bundle.ts. */
export const textFile = async (path: string): Promise<string> =>
  (await readAsset(path.slice(path.lastIndexOf('/') + 1))).text()
