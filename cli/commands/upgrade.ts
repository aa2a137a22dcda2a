import { type Command, filled, UsageError } from '../command.ts'

type Page = {
  companies: { id: string; name: string; status: string; file: { schema: string; current: boolean } | null }[]
  newestSchema: string
  next: string | null
}

/** Every company's database brought to the newest schema, rather than each when it is next opened. Ends with 1 when one was not. */
export const upgrade: Command = {
  name: 'upgrade',
  usage: '--all',
  words: [],
  options: { all: { type: 'boolean' } },
  async run({ client, texts, values }) {
    if (!values.all) throw new UsageError(filled(texts.missing, { name: '--all' }))
    const companies: Page['companies'] = []
    let newest = ''
    for (let after: string | null = ''; after !== null; ) {
      const page: Page = await client.call(`/instance/upgrades?${new URLSearchParams({ after })}`, { method: 'POST' })
      companies.push(...page.companies.filter(({ status }) => status === 'active'))
      newest = page.newestSchema
      after = page.next
    }
    const left = companies.filter(({ file }) => !file?.current)
    return {
      json: { newestSchema: newest, upgraded: companies.length - left.length, failed: left.map(({ id }) => id) },
      lines: [
        filled(texts.upgraded, { count: companies.length - left.length, schema: newest }),
        ...left.map(({ id, name }) => filled(texts.notUpgraded, { id, name })),
      ],
      failed: left.length > 0,
    }
  },
}
