// As much of JSON Schema, draft 4, as Microsoft's manifest schema uses.

type Schema = { [key: string]: any }

/** Where a value breaks a schema: a pointer and why. */
export function schemaFaults(value: unknown, schema: Schema, root: Schema = schema, at = '#'): string[] {
  if (schema.$ref) return schemaFaults(value, resolved(schema.$ref, root), root, at)
  const faults: string[] = []
  const say = (why: string) => faults.push(`${at}: ${why}`)
  if (schema.type && ![schema.type].flat().some((type) => isOf(value, type))) return [`${at}: is not ${schema.type}`]
  if (schema.enum && !schema.enum.includes(value)) say(`is none of ${schema.enum}`)
  if ('const' in schema && schema.const !== value) say(`is not ${schema.const}`)
  if (typeof value === 'string') {
    if (schema.maxLength !== undefined && [...value].length > schema.maxLength)
      say(`is longer than ${schema.maxLength}`)
    if (schema.minLength !== undefined && [...value].length < schema.minLength)
      say(`is shorter than ${schema.minLength}`)
    if (schema.pattern && !patternOf(schema.pattern).test(value)) say(`does not look like ${schema.pattern}`)
  }
  if (typeof value === 'number') {
    if (schema.minimum !== undefined && value < schema.minimum) say(`is below ${schema.minimum}`)
    if (schema.maximum !== undefined && value > schema.maximum) say(`is above ${schema.maximum}`)
  }
  if (Array.isArray(value)) {
    if (schema.minItems !== undefined && value.length < schema.minItems) say(`has fewer than ${schema.minItems}`)
    if (schema.maxItems !== undefined && value.length > schema.maxItems) say(`has more than ${schema.maxItems}`)
    if (schema.uniqueItems && new Set(value.map((v) => JSON.stringify(v))).size < value.length)
      say('says something twice')
    if (schema.items && !Array.isArray(schema.items))
      value.forEach((item, i) => void faults.push(...schemaFaults(item, schema.items, root, `${at}/${i}`)))
  } else if (isOf(value, 'object')) faults.push(...objectFaults(value as Record<string, unknown>, schema, root, at))
  const matching = (list: Schema[]) => list.filter((one) => schemaFaults(value, one, root, at).length === 0).length
  if (schema.anyOf && matching(schema.anyOf) === 0) say('fits none of several')
  if (schema.oneOf && matching(schema.oneOf) !== 1) say('does not fit exactly one of several')
  for (const one of schema.allOf ?? []) faults.push(...schemaFaults(value, one, root, at))
  return faults
}

function objectFaults(value: Record<string, unknown>, schema: Schema, root: Schema, at: string): string[] {
  const { properties = {}, required = [], additionalProperties, dependencies = {} } = schema
  return [
    ...required.filter((name: string) => !(name in value)).map((name: string) => `${at}: lacks ${name}`),
    ...Object.entries(value).flatMap(([name, child]) => {
      if (properties[name]) return schemaFaults(child, properties[name], root, `${at}/${name}`)
      if (additionalProperties === false) return [`${at}: has ${name}, which it may not`]
      return typeof additionalProperties === 'object'
        ? schemaFaults(child, additionalProperties, root, `${at}/${name}`)
        : []
    }),
    ...Object.entries(dependencies).flatMap(([name, needed]) => {
      if (!(name in value)) return []
      if (Array.isArray(needed))
        return needed.filter((other) => !(other in value)).map((other) => `${at}: lacks ${other}`)
      return schemaFaults(value, needed as Schema, root, at)
    }),
    ...(schema.minProperties !== undefined && Object.keys(value).length < schema.minProperties
      ? [`${at}: is too empty`]
      : []),
  ]
}

/** Patterns with classes of letters need the `u` that others, with needless backslashes, do not stand. */
const patternOf = (pattern: string): RegExp => new RegExp(pattern, pattern.includes('\\p{') ? 'u' : '')

const resolved = (ref: string, root: Schema): Schema =>
  ref
    .slice(2)
    .split('/')
    .reduce((node, key) => node[key], root)

function isOf(value: unknown, type: string): boolean {
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  if (type === 'integer') return Number.isInteger(value)
  return type === 'null' ? value === null : typeof value === type
}
