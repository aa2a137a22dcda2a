import { readFileSync } from 'node:fs'
import { XmlDocument, XsdValidator } from 'libxml2-wasm'

const schemas = new Map<string, XsdValidator>()

/** What the official schema of a version says against a file; nothing when it is valid. libxml2 itself, as WebAssembly. */
export function schemaFaults(xml: string, version: '1.30' | '1.40'): string[] {
  let schema = schemas.get(version)
  if (!schema) {
    const text = readFileSync(`tests/conformance/saft/Norwegian_SAF-T_Financial_Schema_v_${version}.xsd`, 'utf8')
    schema = XsdValidator.fromDoc(XmlDocument.fromString(text))
    schemas.set(version, schema)
  }
  const document = XmlDocument.fromString(xml)
  try {
    schema.validate(document)
    return []
  } catch (error) {
    const { details } = error as { details?: { line: number; message: string }[] }
    return details ? details.map((d) => `${d.line}: ${d.message.trim()}`) : [String(error)]
  } finally {
    document.dispose()
  }
}
