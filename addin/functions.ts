// The custom functions. Loaded before the pane, since cells may be calculated while it still starts.
import { associateFunctions, type FunctionsOfExcel } from './functions/associate.ts'
import { api, companyOfWorkbook, partition, session, setting } from './office.ts'

/** Read when the first figures are put away, or nobody answers. */
const shelf = () => import('./functions/figure-shelf.ts')
const excel = (globalThis as unknown as { CustomFunctions: FunctionsOfExcel }).CustomFunctions

export const functions = associateFunctions(excel, async () => {
  const { functionRuntime } = await import('./functions/function-parts.ts')
  return functionRuntime(excel, {
    api,
    locale: () => setting.locale,
    company: companyOfWorkbook,
    signedIn: () => session.signedIn,
    keeper: (company) => {
      const keeper = async () => (await shelf()).keeperOf(`${partition ?? ''}${company}`, Date.now)
      return { load: async () => (await keeper()).load(), save: async (kept) => (await keeper()).save(kept) }
    },
  })
})

session.onChange(async () => {
  if (!session.signedIn)
    await shelf().then(
      ({ forgetFigures }) => forgetFigures(),
      () => {},
    )
})
