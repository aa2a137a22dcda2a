import { companyPath } from '../client.ts'
import { type Command, optional, required } from '../command.ts'

export const createKey: Command = {
  name: 'key create',
  usage: '--company C --role administrator|accountant|approver|payer|employee|reader|auditor [--name NAME]',
  words: [],
  options: { company: { type: 'string' }, role: { type: 'string' }, name: { type: 'string' } },
  async run(call) {
    const role = required(call, 'role')
    const path = companyPath(required(call, 'company'), '/keys')
    const made = await call.client.call<{ key: string }>(path, { body: { name: optional(call, 'name') ?? role, role } })
    return { json: made, lines: [call.texts.keyOnce, made.key] }
  },
}
