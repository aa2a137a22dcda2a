import type { PaneHands } from '#addin/pane/pane-hands.ts'
import { BEGINNING, type PaneState } from '#addin/pane/pane-state.ts'
import { User } from '../host/user.ts'
import { Workbook } from '../host/workbook.ts'
import { goodNetwork, openPane } from './desk.ts'

type Opened = Pick<Awaited<ReturnType<typeof openPane>>, 'desk' | 'run'>

/** What a model of the pane works with, without the pane: its state, and the failures it was told. */
export function paneHands({ desk, run }: Opened, { now = 0, keepsFailures = false } = {}) {
  let state: PaneState = { ...BEGINNING, locale: 'nb' }
  const failures: unknown[] = []
  const hands = {
    run,
    api: desk.api,
    now: () => now,
    state: () => state,
    set: (change: Partial<PaneState>) => {
      state = { ...state, ...change }
    },
    desk: () => desk,
    withDesk: async (_: string, work: (d: typeof desk, signal: AbortSignal) => Promise<void>) => {
      const done = work(desk, new AbortController().signal)
      await (keepsFailures ? done.catch((error) => void failures.push(error)) : done)
    },
    fail: (error: unknown) => failures.push(error),
    goTo: async () => {},
    newest: () => {},
  } as unknown as PaneHands
  return { hands, failures, state: () => state }
}

/** An empty workbook in a pane of a company, with what a model works with and a person at the keyboard. */
export async function openHands(
  app: Parameters<typeof openPane>[0],
  company: Parameters<typeof openPane>[1],
  options?: Parameters<typeof paneHands>[1],
) {
  const workbook = new Workbook()
  const network = goodNetwork()
  const pane = await openPane(app, company, workbook, network)
  return { ...pane, ...paneHands(pane, options), workbook, network, user: new User(workbook) }
}
