// F23: a text that is no UTF-8 in one company's file ends the process that reads it. The others go on, and the file is put aside.
import { rmSync } from 'node:fs'
import { quarantineMark } from '#dev/hrana/server.ts'
import { draftBy, type Posted } from './client.ts'
import { type Fault, pause, Tally } from './fault.ts'
import { reckon, startLab, until } from './lab.ts'

/** How long a request of a neighbour may take meanwhile, in milliseconds: its process starts again beneath it. */
const NEIGHBOUR_MS = 1_000

export const badText: Fault = {
  id: 'F23',
  what: 'data that ends the process which reads it, in one of ten companies',
  async run({ random, quick }) {
    const lab = await startLab()
    const tally = new Tally()
    try {
      const companies = []
      for (let i = 0; i < (quick ? 4 : 10); i++) companies.push(await lab.company(`Leietaker ${i} AS`))
      const [victim, ...others] = companies as [(typeof companies)[0], ...typeof companies]
      const wrong: string[] = []
      const acknowledged = new Map<string, Posted['acknowledged']>(others.map(({ id }) => [id, []]))
      const times: number[] = []
      let over = false
      // Everybody else posts and reads all the while, each once and never again.
      const neighbours = others.map(async (company) => {
        while (!over) {
          for (const asked of ['post', 'read'] as const) {
            const began = performance.now()
            const answer =
              asked === 'post'
                ? await lab.caller.send('POST', `${company.path}/vouchers`, draftBy(random))
                : await lab.caller.send('GET', `${company.path}/vouchers`)
            const took = performance.now() - began
            times.push(took)
            if (answer?.status === 201) acknowledged.get(company.id)!.push(answer.json)
            else if (answer?.status !== 200 && took > NEIGHBOUR_MS)
              wrong.push(`a neighbour’s ${asked}: ${answer?.status ?? 'no answer'} after ${Math.round(took)} ms`)
          }
          await pause(20)
        }
      })
      await pause(300)
      // Half a letter, as `printf('%.1s')` makes of any name.
      await victim.db.execute(`update account set name_nb = printf('%.1s', 'æ') where number = '1920'`)
      const told: string[] = []
      for (let i = 0; i < 6 && told.at(-1) !== 'company/quarantined'; i++) {
        const answer = await lab.caller.send('GET', `${victim.path}/accounts`)
        told.push(answer?.json?.code ?? String(answer?.status))
        await pause(200)
      }
      if (told.at(-1) !== 'company/quarantined') wrong.push(`the damaged company answers ${told.join(', ')}`)
      const post = await lab.caller.send('POST', `${victim.path}/vouchers`, draftBy(random))
      if (post?.status !== 503 || post.json.code !== 'company/quarantined')
        wrong.push(`a post to the damaged company: ${post?.status} ${post?.json?.code}`)
      const list = await lab.caller.send('GET', '/api/v1/companies')
      if (list?.json?.companies?.length < companies.length) wrong.push(`the list of companies: ${list?.status}`)
      await pause(500)
      over = true
      await Promise.all(neighbours)
      for (const company of others) wrong.push(...(await reckon(lab, company, acknowledged.get(company.id)!)))
      // Somebody looks at it: without the mark the bytes can be read as bytes, and mended.
      rmSync(quarantineMark(`${lab.dir}/databases`, victim.database))
      await until(async () => (await victim.db.execute('select count(*) from voucher')).rows.length === 1, 10_000)
      const { rows } = await victim.db.execute(
        `select hex(cast(name_nb as blob)) as bytes from account where number = '1920'`,
      )
      if (rows[0]!.bytes !== 'C3') wrong.push(`the bytes read as ${rows[0]!.bytes}`)
      await victim.db.execute(`update account set name_nb = 'Bankinnskudd' where number = '1920'`)
      const mended = await lab.caller.send('POST', `${victim.path}/vouchers`, draftBy(random))
      if (mended?.status !== 201)
        wrong.push(`a post to the mended company: ${mended?.status} ${mended?.text.slice(0, 200)}`)
      wrong.push(...(await reckon(lab, victim, mended?.status === 201 ? [mended.json] : [])))
      tally.count(wrong)
      return tally.outcome({
        neighbours: others.length,
        requestsMeanwhile: times.length,
        slowestMs: Math.round(Math.max(...times)),
        told,
      })
    } finally {
      await lab.close()
    }
  },
}
