// The custom functions. Loaded before the pane, since cells may be calculated while it still starts.
import { associateFunctions, type FunctionsOfExcel } from './functions/associate.ts'
import { api, companyOfWorkbook, session, setting } from './office.ts'

export const functions = associateFunctions(
  (globalThis as unknown as { CustomFunctions: FunctionsOfExcel }).CustomFunctions,
  {
    api,
    locale: () => setting.locale,
    company: companyOfWorkbook,
    signedIn: () => session.signedIn,
  },
)
