import { type Memory, type Sent, withSent } from '../sheet/sent-voucher.ts'
import { withCarried } from '../sheet/sheet-voucher.ts'
import { readRow } from '../sheet/voucher-rows.ts'
import type { Desk } from './desk.ts'
import { asSent } from './stored-voucher.ts'
import { judge, readSheet, remember, show } from './voucher-desk.ts'

/** How many are asked about at a time. */
const AT_A_TIME = 6

/**
 * Asks the server about every voucher that was sent without an answer, from this workbook or from one its rows were copied
 * from, and shows what it says. Comes before anything else is sent.
 * @throws NoAnswer when the server cannot be reached: then nothing may be sent.
 */
export async function askUnknown(desk: Desk): Promise<number> {
  const judged = await readSheet(desk, true)
  const carried: Memory = judged
    ? withCarried(
        judged.reading.rows.map((row) => readRow(row, judged.reading.columns, {}, desk.today())),
        desk.record.memory,
      )
    : desk.record.memory
  const open = [...carried.values()].filter((sent) => sent.outcome === 'unknown')
  if (open.length === 0) return 0
  const news: Sent[] = []
  for (let from = 0; from < open.length; from += AT_A_TIME)
    news.push(...(await Promise.all(open.slice(from, from + AT_A_TIME).map((sent) => ask(desk, sent)))).flat())
  if (!judged) {
    await remember(desk, news)
    return news.length
  }
  // What its rows said stays known: a copy of the sheet that was never sent is known by nothing else.
  desk.record.memory = withSent(desk.record.memory, news)
  await show(desk, await judge(desk, judged.reading, true), [], news)
  return news.length
}

async function ask(desk: Desk, sent: Sent): Promise<Sent[]> {
  const stored = await desk.api.voucher(desk.binding.company, sent.id)
  // Not there: it may be sent again, under the same id for ever, in case the first one is still on its way.
  if (stored?.reversalOf) {
    // A voucher was annulled: it is the one that rows are of, and nothing rests on its reversal.
    const reversed = await desk.api.voucher(desk.binding.company, stored.reversalOf)
    return [{ ...sent, outcome: 'refused' }, ...(reversed ? [await asSent(reversed)] : [])]
  }
  if (stored) return [await asSent(stored)]
  const { id, contentHash, corrects } = sent
  return [{ id, contentHash, outcome: 'refused', ...(corrects && { corrects }) }]
}
