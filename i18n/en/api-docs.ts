import { apiDocs as nb } from '../nb/api-docs.ts'

export const apiDocs: typeof nb = {
  title: 'The Hovedbok API',
  intro:
    'Everything Hovedbok does in the grid, in Excel and by import is a call to this API. Amounts are whole øre, debit positive. Dates are YYYY-MM-DD, instants are UTC. Errors are application/problem+json with a stable code and an issue for each field.',
  machineReadable: 'OpenAPI 3.1, machine-readable',
  firstCall: 'The first voucher',
  example: nb.example,
  permission: 'Permission',
  answer: 'Answer',
  required: 'required',
  problems: 'Problems',
}
