/** The lock file as far as supply is judged by it. */
export type Lock = {
  packages: Record<
    string,
    {
      version?: string
      license?: string
      integrity?: string
      resolved?: string
      hasInstallScript?: boolean
      dev?: boolean
      link?: boolean
      optional?: boolean
    }
  >
}
export type Manifest = {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  allowScripts: Record<string, boolean>
}

/** Licences that may be used in what we ship, and those of tools that stay on our machines. Reasons: docs/licences.md. */
const SHIPPED = /^(?:MIT|Apache-2\.0|ISC|BSD-[23]-Clause|0BSD|OFL-1\.1|MIT OR Apache-2\.0|CC0-1\.0|BlueOak-1\.0\.0)$/
const TOOLS =
  /^(?:MPL-2\.0|LGPL-3\.0-or-later|Apache-2\.0 AND LGPL-3\.0-or-later(?: AND MIT)?|Python-2\.0|CC-BY-4\.0|LICENSE)$/
/** Of other terms, each with a paragraph in docs/licences.md. */
const NAMED = new Set(['handsontable', '@microsoft/office-js'])
const MOST_SCRIPTS = 3

const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** What breaks the rules of docs/security.md, one line each. */
export function supplyFaults(manifest: Manifest, lock: Lock): string[] {
  const faults: string[] = []
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }))
    if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)) faults.push(`${name} is not pinned: ${version}`)
  const scripts = new Set<string>()
  for (const [path, about] of Object.entries(lock.packages)) {
    if (path === '' || about.link) continue
    const name = nameOf(path)
    if (about.hasInstallScript) scripts.add(name)
    if (!about.integrity) faults.push(`${name} has no integrity in the lock file`)
    if (about.resolved) faults.push(`${name} names where it is fetched from`)
    const licence = about.license ?? 'none'
    const fits = SHIPPED.test(licence) || NAMED.has(name) || ((about.dev || about.optional) && TOOLS.test(licence))
    if (!fits) faults.push(`${name} has a licence that is not approved: ${licence}`)
  }
  for (const name of scripts)
    if (!manifest.allowScripts[name]) faults.push(`${name} runs a script that is not approved`)
  for (const name of Object.keys(manifest.allowScripts))
    if (!scripts.has(name)) faults.push(`${name} may run a script, and has none`)
  if (scripts.size > MOST_SCRIPTS) faults.push(`${scripts.size} packages run scripts; ${MOST_SCRIPTS} is the most`)
  return faults
}

/** A bill of materials of the lock file: CycloneDX 1.6, in the order of names, without times or addresses. */
export function billOf(lock: Lock): object {
  const components = Object.entries(lock.packages)
    .filter(([path, about]) => path !== '' && !about.link)
    .map(([path, about]) => {
      const name = nameOf(path)
      const [algorithm, content = ''] = (about.integrity ?? '').split('-')
      return {
        type: 'library',
        name,
        version: about.version,
        purl: `pkg:npm/${name.replace('@', '%40')}@${about.version}`,
        scope: about.dev ? 'excluded' : about.optional ? 'optional' : 'required',
        licenses: [{ expression: about.license ?? 'NOASSERTION' }],
        ...(algorithm && { hashes: [{ alg: 'SHA-512', content: Buffer.from(content, 'base64').toString('hex') }] }),
      }
    })
    .sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1))
  return { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, components }
}
