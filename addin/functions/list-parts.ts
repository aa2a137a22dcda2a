// What is read when a list, a name or a natural sign is first asked for, in one part of its own.
export { listFunctions } from './list-functions.ts'
export { companiesNamed, inUse } from './named-company.ts'
export { readNaturalSigns } from './natural-sign.ts'
