import { afterEach, expect, test, vi } from 'vitest'
import { answerKeys } from '#addin/pane/keys.ts'
import { PaneModel } from '#addin/pane/pane-model.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** The pane with the keys it answers, in an Excel that has a ribbon and nothing else, after a release that took the actions away. */
function answering() {
  const ribbon: Record<string, (event: { completed: () => void }) => Promise<void>> = {}
  let press: (event: KeyboardEvent) => void = () => {}
  const showAsTaskpane = vi.fn(async () => {})
  vi.stubGlobal('Office', {
    actions: { associate: (id: string, does: never) => (ribbon[id] = does) },
    addin: { showAsTaskpane },
  })
  vi.stubGlobal('document', { addEventListener: (_: string, listener: never) => (press = listener) })
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const pane = new PaneModel({ setting: { locale: 'nb', company: undefined } } as never)
  answerKeys(pane, async () => {
    throw new Error('gone after a release')
  })
  const pressed = (code: string, altGraph = false) => {
    const preventDefault = vi.fn()
    const held = { ctrlKey: true, altKey: true, metaKey: false, shiftKey: false }
    press({ code, ...held, getModifierState: () => altGraph, preventDefault } as never)
    return preventDefault.mock.calls.length === 1
  }
  return { pane, ribbon, pressed, showAsTaskpane }
}

test('the pane answers its keys, and leaves what AltGr writes', async () => {
  const { pressed } = answering()
  expect([pressed('KeyB'), pressed('KeyB', true), pressed(''), pressed('KeyX')]).toEqual([true, false, false, false])
})

test('what a key or a button needs and does not get is told in the pane, which comes into view', async () => {
  const { pane, ribbon, pressed, showAsTaskpane } = answering()
  const completed = vi.fn()
  await ribbon.postVouchers!({ completed })
  expect([pane.state.notice?.level, showAsTaskpane.mock.calls.length, completed.mock.calls.length]).toEqual([
    'error',
    1,
    1,
  ])
  pane.dismiss()
  pressed('KeyB')
  await vi.waitFor(() => expect(pane.state.notice?.level).toBe('error'))
})

test.each([
  'Failed to fetch dynamically imported module: https://hovedbok.example/addin/actions-A1.js',
  'error loading dynamically imported module: https://hovedbok.example/addin/actions-A1.js',
  'Importing a module script failed.',
])('the pane is to be opened anew when a part of it is not read: %s', async (message) => {
  const { pane } = answering()
  pane.fail(new TypeError(message))
  expect(pane.state.notice).toEqual({ level: 'error', key: 'unread' })
  pane.fail(new TypeError('x is undefined'))
  expect(pane.state.notice?.key).toBe('failed')
})
