import {
  changeDefaults,
  changeDimension,
  changeRules,
  changeValue,
  createDimension,
  createValue,
} from '#worker/dimensions/change-dimensions.ts'
import {
  DimensionChange,
  DimensionDefaults,
  DimensionRules,
  DimensionValueChange,
  NewDimension,
  NewDimensionValue,
} from '#worker/dimensions/dimension.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { dayIn } from '../day-field.tsx'
import { tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import type { Page } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { dimensionPage, dimensionsPage } from './dimensions-page.tsx'

const versionIn = (text: string | undefined): number | undefined =>
  /^\d+$/.test(text ?? '') ? Number(text) : undefined
const toDimension = (c: Page) => c.redirect(companyPath(c.var.access, `/dimensions/${pathText(c, 'dimension')}`), 303)

export async function submitDimension(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { key = '', nameNb = '', nameEn } = fields
      const made = await createDimension(actingOf(c), parse({ key, nameNb, ...(nameEn && { nameEn }) }, NewDimension))
      return c.redirect(companyPath(c.var.access, `/dimensions/${made.key}`), 303)
    },
    (tried) => dimensionsPage(c, { tried, form: 'dimension' }),
  )
}

export async function submitNames(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { nameNb = '', nameEn = '', prefix = '', digits } = fields
      const series = digits ? { prefix, digits: /^\d{1,3}$/.test(digits) ? Number(digits) : -1 } : null
      await changeDimension(actingOf(c), pathText(c, 'dimension'), parse({ nameNb, nameEn, series }, DimensionChange))
      return toDimension(c)
    },
    (tried) => dimensionPage(c, { tried, form: 'names' }),
  )
}

export async function submitValue(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { code, name = '' } = fields
      const wanted = parse({ name, ...(code && { code }) }, NewDimensionValue)
      await createValue(actingOf(c), pathText(c, 'dimension'), wanted)
      return toDimension(c)
    },
    (tried) => dimensionPage(c, { tried, form: 'value' }),
  )
}

export async function submitValueChange(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { name = '', closedFrom } = fields
      const change = { name, closedFrom: closedFrom === undefined ? null : (dayIn(closedFrom) ?? closedFrom) }
      const [dimension, value] = [pathText(c, 'dimension'), pathText(c, 'value')]
      await changeValue(actingOf(c), dimension, value, parse(change, DimensionValueChange), versionIn(fields.version))
      return toDimension(c)
    },
    (tried) => dimensionPage(c, { tried, form: 'value' }),
  )
}

export async function submitDemand(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { account = '', rule = 'optional', usual } = fields
      const dimension = pathText(c, 'dimension')
      await changeRules(actingOf(c), dimension, parse({ rules: { [account]: rule } }, DimensionRules))
      await changeDefaults(actingOf(c), dimension, parse({ defaults: { [account]: usual ?? null } }, DimensionDefaults))
      return toDimension(c)
    },
    (tried) => dimensionPage(c, { tried, form: 'account' }),
  )
}
