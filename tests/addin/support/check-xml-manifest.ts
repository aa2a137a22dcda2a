// What Office demands of an XML manifest and would say only when it is uploaded: Microsoft's own validators ask a service.
// Source: Office add-ins XML manifest reference.
import saxes from 'saxes'

export type Element = { name: string; attributes: Record<string, string>; children: Element[]; text: string }

export function parseXml(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const parser = new saxes.SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes: attributes as Record<string, string>, children: [], text: '' }
    open.at(-1)!.children.push(element)
    open.push(element)
  })
  parser.on('text', (text) => void (open.at(-1)!.text += text.trim()))
  parser.on('closetag', () => void open.pop())
  parser.on('error', (error) => {
    throw error
  })
  parser.write(xml).close()
  return root.children[0]!
}

/** Children in the order that the schema demands; a star may come any number of times, a question mark may be missing. */
const ORDER: Record<string, string> = {
  OfficeApp:
    'Id Version ProviderName DefaultLocale DisplayName Description IconUrl? HighResolutionIconUrl? SupportUrl? AppDomains? Hosts? Requirements? DefaultSettings Permissions? VersionOverrides? ExtendedOverrides?',
  VersionOverrides: 'Description? Requirements? Hosts Resources',
  Host: 'Runtimes? AllFormFactors? DesktopFormFactor? MobileFormFactor?',
  DesktopFormFactor: 'GetStarted? FunctionFile ExtensionPoint*',
  Group: 'OverriddenByRibbonApi? Label Icon Control*',
  Control: 'OverriddenByRibbonApi? Label Supertip Icon Action Enabled?',
  Supertip: 'Title Description',
  GetStarted: 'Title Description LearnMoreUrl',
  Resources: 'bt:Images bt:Urls bt:ShortStrings bt:LongStrings',
  ExtensionPointCustomFunctions: 'Script Page Metadata Namespace',
}
const SHORT = 125
const LONG = 250
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Every fault of a manifest, in words; none for one that Office takes. */
export function manifestFaults(xml: string): string[] {
  let app: Element
  try {
    app = parseXml(xml)
  } catch (error) {
    return [`is not XML: ${(error as Error).message}`]
  }
  if (app.name !== 'OfficeApp') return [`begins with ${app.name}`]
  const all = [...walk(app)]
  const faults: string[] = []
  const say = (what: string) => void faults.push(what)
  const first = (name: string) => all.find((e) => e.name === name)

  if (app.attributes['xsi:type'] !== 'TaskPaneApp') say('is no TaskPaneApp')
  if (!GUID.test(first('Id')?.text ?? '')) say('Id is no GUID')
  if (!/^\d+\.\d+(\.\d+){0,2}$/.test(first('Version')?.text ?? '')) say('Version is not of numbers')
  if (!/^[a-z]{2}-[A-Z]{2}$/.test(first('DefaultLocale')?.text ?? '')) say('DefaultLocale is no language')
  if (!['ReadWriteDocument', 'ReadDocument', 'Restricted'].includes(first('Permissions')?.text ?? ''))
    say('Permissions is unknown')
  if ((first('ProviderName')?.text ?? '').length > 125) say('ProviderName is too long')
  if ((first('DisplayName')?.attributes.DefaultValue ?? '').length > 125) say('DisplayName is too long')
  if ((first('Description')?.attributes.DefaultValue ?? '').length > 250) say('Description is too long')
  for (const host of all.filter((e) => e.name === 'Host'))
    if (!['Workbook', undefined].includes(host.attributes.Name)) say(`Host ${host.attributes.Name}`)

  for (const element of all) {
    faults.push(...orderFaults(element))
    for (const [attribute, value] of Object.entries(element.attributes))
      if (
        /^https?:/.test(value) &&
        !attribute.startsWith('xmlns') &&
        !value.startsWith('https:') &&
        attribute !== 'xsi:schemaLocation'
      )
        say(`${element.name} is not over https: ${value}`)
    for (const override of element.children.filter((e) => /(^|:)Override$/.test(e.name))) {
      if (!/^[a-z]{2}-[A-Z]{2}$/.test(override.attributes.Locale ?? ''))
        say(`${element.name} has an override without a language`)
      if (!override.attributes.Value) say(`${element.name} has an empty override`)
    }
  }
  faults.push(...resourceFaults(all), ...idFaults(all), ...commandFaults(all))
  return faults
}

function* walk(element: Element): Generator<Element> {
  yield element
  for (const child of element.children) yield* walk(child)
}

function orderFaults(element: Element): string[] {
  const kind = element.attributes['xsi:type']
  const inOverrides = element.name !== 'Host' || kind !== undefined
  const order = ORDER[element.name === 'ExtensionPoint' && kind ? `ExtensionPoint${kind}` : element.name]
  if (!order || !inOverrides) return []
  const faults: string[] = []
  const children = element.children.map((c) => c.name)
  const known = order.split(' ').map((name) => name.replace(/[?*]$/, ''))
  for (const name of children) if (!known.includes(name)) faults.push(`${element.name} may not hold ${name}`)
  const places = children.filter((name) => known.includes(name)).map((name) => known.indexOf(name))
  if (places.some((place, i) => place < (places[i - 1] ?? 0)))
    faults.push(`${element.name} has its parts in the wrong order`)
  for (const item of order.split(' ')) {
    const name = item.replace(/[?*]$/, '')
    const count = children.filter((c) => c === name).length
    if (count === 0 && !/[?*]$/.test(item)) faults.push(`${element.name} lacks ${name}`)
    if (count > 1 && !item.endsWith('*')) faults.push(`${element.name} has ${name} twice`)
  }
  return faults
}

function resourceFaults(all: readonly Element[]): string[] {
  const faults: string[] = []
  const kinds: Record<string, Map<string, Element>> = {}
  for (const list of ['bt:Images', 'bt:Urls', 'bt:ShortStrings', 'bt:LongStrings']) {
    const own = new Map<string, Element>()
    for (const element of all.find((e) => e.name === list)?.children ?? []) {
      const { id = '' } = element.attributes
      if (own.has(id)) faults.push(`${id} stands twice in ${list}`)
      if (id.length === 0 || id.length > 32) faults.push(`${id} is no resource id of at most 32 characters`)
      own.set(id, element)
      const most = list === 'bt:ShortStrings' ? SHORT : list === 'bt:LongStrings' ? LONG : 2_000
      for (const text of [element.attributes.DefaultValue, ...element.children.map((c) => c.attributes.Value)])
        if ((text ?? '').length === 0 || text!.length > most) faults.push(`${id} is empty or longer than ${most}`)
    }
    kinds[list] = own
  }
  const used = new Set<string>()
  for (const { name, attributes } of all) {
    const { resid } = attributes
    if (resid === undefined) continue
    used.add(resid)
    const list = /Image$/.test(name)
      ? 'bt:Images'
      : ['SourceLocation', 'Runtime', 'FunctionFile', 'LearnMoreUrl'].includes(name)
        ? 'bt:Urls'
        : name === 'Description'
          ? 'bt:LongStrings'
          : 'bt:ShortStrings'
    if (!kinds[list]!.has(resid)) faults.push(`${name} names ${resid}, which is not in ${list}`)
  }
  for (const own of Object.values(kinds))
    for (const id of own.keys()) if (!used.has(id)) faults.push(`${id} is named by nothing`)
  for (const icon of all.filter((e) => e.name === 'Icon')) {
    const sizes = icon.children.map((c) => c.attributes.size)
    for (const size of ['16', '32', '80']) if (!sizes.includes(size)) faults.push(`an Icon lacks ${size} pixels`)
  }
  return faults
}

function idFaults(all: readonly Element[]): string[] {
  const seen = new Set<string>()
  return all.flatMap(({ name, attributes: { id } }) => {
    if (!['Control', 'Group'].includes(name)) return []
    if (!id || id.length > 125) return [`a ${name} without an id`]
    if (seen.has(id)) return [`${id} stands twice`]
    seen.add(id)
    return []
  })
}

function commandFaults(all: readonly Element[]): string[] {
  const faults: string[] = []
  for (const action of all.filter((e) => e.name === 'Action')) {
    const kind = action.attributes['xsi:type']
    const parts = action.children.map((c) => c.name)
    if (kind === 'ShowTaskpane' && !parts.includes('SourceLocation')) faults.push('ShowTaskpane without a page')
    else if (kind === 'ExecuteFunction' && !parts.includes('FunctionName'))
      faults.push('ExecuteFunction without a function')
    else if (kind !== 'ShowTaskpane' && kind !== 'ExecuteFunction') faults.push(`Action ${kind}`)
  }
  const runtime = all.find((e) => e.name === 'Runtime')
  const page = all.find((e) => e.name === 'Page')?.children[0]
  const file = all.find((e) => e.name === 'FunctionFile')
  if (runtime?.attributes.lifetime !== 'long') faults.push('the shared runtime must live long')
  for (const other of [page, file])
    if (other && other.attributes.resid !== runtime?.attributes.resid)
      faults.push('functions and commands must run in the shared page')
  return faults
}
