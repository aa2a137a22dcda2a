import { readFileSync } from 'node:fs'
import { voucherName } from '#i18n/format.ts'
import { companyPath, userPath } from '../client.ts'
import { type Call, type Command, filled, required, UsageError } from '../command.ts'

type Issue = { message: string; pointer: string; severity: string }
type Posted = {
  id: string
  status: string
  series: string
  fiscalYear: number
  number: number
  replayed: boolean
  issues: Issue[]
}

export const postVouchers: Command = {
  name: 'voucher post',
  usage: 'FILE|- --company C [--per-voucher]',
  words: ['FILE'],
  options: { company: { type: 'string' }, 'per-voucher': { type: 'boolean' } },
  async run(call) {
    const company = required(call, 'company')
    const content = readContent(call)
    const list = Array.isArray(content) ? content : (content as { vouchers?: unknown[] } | null)?.vouchers
    if (list === undefined) {
      const posted = await call.client.call<Posted>(companyPath(company, '/vouchers'), { body: content })
      return { json: posted, lines: linesOf(posted, call) }
    }
    const mode = call.values['per-voucher'] ? 'per-voucher' : 'all-or-nothing'
    const body = { mode, vouchers: list }
    const done = await call.client.call<{ vouchers: Posted[] }>(companyPath(company, '/vouchers/batch'), { body })
    const failed = done.vouchers.some((v) => v.status === 'refused')
    return { json: done, lines: done.vouchers.flatMap((v) => linesOf(v, call)), failed }
  },
}

function readContent({ words, texts }: Call): unknown {
  const file = words[0] === '-' ? 0 : userPath(words[0]!, process.env)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new UsageError(filled(texts.noFile, { file }))
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(filled(texts.notJson, { reason: (error as Error).message }))
  }
}

function linesOf(v: Posted, { texts }: Call): string[] {
  const text = v.status === 'refused' ? texts.refused : v.replayed ? texts.replayed : texts.posted
  const name = v.status === 'refused' ? '' : voucherName(v)
  return [
    filled(text, { voucher: name, id: v.id ?? '' }),
    ...v.issues.map((issue) => `  ${issue.pointer}: ${issue.message}`),
  ]
}
