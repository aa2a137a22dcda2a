/// <reference types="office-js" />

/** Adds a sheet under the name wanted, or that name with a number. Gives it, and the names of the workbook's tables. */
export async function newSheet(
  context: Excel.RequestContext,
  wanted: string,
): Promise<[sheet: Excel.Worksheet, tables: readonly string[]]> {
  const { tables, worksheets } = context.workbook
  tables.load('items/name')
  worksheets.load('items/name')
  await context.sync()
  const taken = new Set(worksheets.items.map(({ name }) => name.toLowerCase()))
  let name = wanted
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${wanted} ${n}`
  return [worksheets.add(name), tables.items.map((table) => table.name)]
}
