import { type Command, filled } from '../command.ts'

type Reset = { user: string; name: string }

/** For somebody who has lost phone and recovery codes, once the operator has made sure who they are. */
export const resetSignIn: Command = {
  name: 'reset sign-in',
  usage: 'EMAIL',
  words: ['EMAIL'],
  options: {},
  async run({ words, client, texts }) {
    const done = await client.call<Reset>('/users/reset', { body: { email: words[0] } })
    return { json: done, lines: [filled(texts.signInReset, { name: done.name })] }
  },
}
