/// <reference types="office-js" />
import type { Locale } from '#i18n/format.ts'

/** What a workbook is bound to. It travels with the file, so no secret ever stands in it. */
export type Binding = {
  /** Made once for each workbook; a copy of the file has the same. */
  readonly workbook: string
  readonly company: string
  readonly companyName: string
  readonly language: Locale
  readonly schema: 1
}

const BINDING = 'https://hovedbok.example/excel/binding/1'

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const plain = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
/** A value as a part of the workbook. */
export const partOf = (namespace: string, value: unknown): string =>
  `<hovedbok xmlns="${namespace}">${escaped(JSON.stringify(value))}</hovedbok>`
/** The value of a part; undefined when somebody else's hand has been in it: the server is asked instead. */
export function contentOf(xml: string): unknown {
  try {
    return JSON.parse(plain(/^<hovedbok[^>]*>([\s\S]*)<\/hovedbok>$/.exec(xml.trim())?.[1] ?? 'null'))
  } catch {
    return undefined
  }
}

/** The workbook's binding, if it has one. */
export async function readBinding(context: Excel.RequestContext): Promise<Binding | undefined> {
  const [xml] = await xmlOf(context, BINDING)
  const value = xml === undefined ? undefined : (contentOf(xml.text) as Binding | undefined)
  return value?.schema === 1 && typeof value.workbook === 'string' && typeof value.company === 'string'
    ? value
    : undefined
}

/** Binds the workbook; one binding takes the place of the one before. */
export async function writeBinding(context: Excel.RequestContext, binding: Binding): Promise<void> {
  const [before] = await xmlOf(context, BINDING)
  const parts = context.workbook.customXmlParts
  if (before) parts.getItem(before.id).setXml(partOf(BINDING, binding))
  else parts.add(partOf(BINDING, binding))
  await context.sync()
}

/** The parts of a namespace. */
export async function xmlOf(context: Excel.RequestContext, namespace: string): Promise<{ id: string; text: string }[]> {
  const parts = context.workbook.customXmlParts.getByNamespace(namespace)
  parts.load('items/id')
  await context.sync()
  if (parts.items.length === 0) return []
  const found = parts.items.map((part) => ({ id: part.id, xml: part.getXml() }))
  await context.sync()
  return found.map(({ id, xml }) => ({ id, text: xml.value }))
}
