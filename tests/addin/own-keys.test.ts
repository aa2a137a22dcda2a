import { expect, test } from 'vitest'
import { shortcutsJson } from '#addin/manifest/json-manifest.ts'
import { KeyChoice, type KeyKeeper, LETTERS, MAC } from '#addin/pane/key-choice.ts'
import { OwnKeys } from '#addin/pane/own-keys.ts'

/** Excel, as it keeps a user's keys: from the manifest's own on, some of them another add-in's. */
function excel(platform: 'default' | 'mac' = 'default') {
  const manifest = Object.fromEntries(shortcutsJson('nb').shortcuts.map(({ action, key }) => [action, key[platform]]))
  let chosen: Record<string, string | null> = {}
  const keeper: KeyKeeper = {
    getShortcuts: async () => ({ ...manifest, ...chosen }),
    replaceShortcuts: async (shortcuts) => {
      if (Object.keys(shortcuts).some((id) => !(id in manifest))) throw new Error('InvalidArgument')
      chosen = { ...chosen, ...shortcuts }
    },
    areShortcutsInUse: async (asked) => asked.map((shortcut) => ({ shortcut, inUse: shortcut.endsWith('+Q') })),
  }
  return { keeper, manifest, lose: (id: string) => (chosen[id] = null) }
}
const opened = async (keeper: KeyKeeper, onMac = false) => {
  const keys = new OwnKeys()
  if (onMac) keys.held = MAC
  const choice = new KeyChoice(keys, keeper)
  await choice.read()
  return { keys, choice }
}

test('where Excel lets nobody choose, the keys are those the add-in came with', () => {
  const keys = new OwnKeys()
  expect([keys.choice, keys.shown('postVouchers'), keys.commandOf('b')]).toEqual([
    ...[undefined, 'Ctrl Alt B', 'postVouchers'],
  ])
})

test('a letter is chosen, kept by Excel for the next workbook, and given back', async () => {
  const { keeper, manifest } = excel()
  const { keys, choice } = await opened(keeper)
  expect([keys.choice, choice.changed]).toEqual([choice, false])
  expect(await choice.choose('postVouchers', 'P')).toEqual(['postVouchers'])
  expect(await keeper.getShortcuts()).toEqual({ ...manifest, postVouchers: 'Ctrl+Alt+P' })
  const next = await opened(keeper)
  expect([
    next.choice.changed,
    next.keys.shown('postVouchers'),
    next.keys.commandOf('p'),
    next.keys.commandOf('b'),
  ]).toEqual([...[true, 'Ctrl Alt P', 'postVouchers', undefined]])
  expect(await next.choice.reset()).toEqual(['postVouchers'])
  expect(await keeper.getShortcuts()).toEqual(manifest)
})

test('two commands trade letters; keys of others are refused, and nothing is lost by it', async () => {
  const { keeper } = excel()
  const { keys, choice } = await opened(keeper)
  const letters = () => ['postVouchers', 'checkVouchers'].map((id) => keys.letters[id])
  expect(await Promise.all([choice.choose('postVouchers', 'K'), choice.choose('postVouchers', 'Q')])).toEqual([
    ['checkVouchers', 'postVouchers'],
    undefined,
  ])
  expect(letters()).toEqual(['K', 'B'])
  const { postVouchers, checkVouchers } = await keeper.getShortcuts()
  expect([postVouchers, checkVouchers]).toEqual(['Ctrl+Alt+K', 'Ctrl+Alt+B'])
})

test('a command whose keys the user gave to something else has none until it gets others; a Mac has its own', async () => {
  const { keeper, lose } = excel('mac')
  lose('drillDown')
  const { keys, choice } = await opened(keeper, true)
  expect([keys.shown('drillDown'), keys.shown('openPane'), keys.commandOf('D')]).toEqual([
    ...[undefined, 'Command Alt Shift H', undefined],
  ])
  expect(await choice.choose('openPane', 'Y')).toEqual(['openPane'])
  expect((await keeper.getShortcuts()).drillDown).toBe(null)
  expect(await choice.choose('drillDown', 'W')).toEqual(['drillDown'])
  expect((await keeper.getShortcuts()).drillDown).toBe('Command+Alt+Shift+W')
})

test('a command without keys takes those of another, which gets free ones: no two have the same', async () => {
  const { keeper, lose } = excel()
  lose('drillDown')
  const inUse = ['Ctrl+Alt+A', 'Ctrl+Alt+C']
  const areShortcutsInUse = async (asked: string[]) =>
    asked.map((shortcut) => ({ shortcut, inUse: inUse.includes(shortcut) }))
  const { keys, choice } = await opened({ ...keeper, areShortcutsInUse })
  expect(await choice.choose('drillDown', 'B')).toEqual(['postVouchers', 'drillDown'])
  expect([keys.letters.drillDown, keys.letters.postVouchers]).toEqual(['B', 'D'])
  const kept = Object.values(await keeper.getShortcuts())
  expect([kept.includes(null), new Set(kept).size]).toEqual([false, kept.length])
})

test('where no keys are free, or Excel does not answer, a choice fails and all are as before', async () => {
  const { keeper, lose } = excel()
  lose('drillDown')
  const before = await keeper.getShortcuts()
  const areShortcutsInUse = async (asked: string[]) => asked.map((shortcut) => ({ shortcut, inUse: true }))
  const { keys, choice } = await opened({ ...keeper, areShortcutsInUse })
  const { letters } = keys
  await expect(choice.choose('drillDown', 'B')).rejects.toThrow('No letter is free')
  expect([await keeper.getShortcuts(), keys.letters]).toEqual([before, letters])
  const mute = await opened({ ...keeper, replaceShortcuts: () => Promise.reject(new Error('GeneralException')) })
  await expect(mute.choice.choose('openPane', 'Y')).rejects.toThrow('GeneralException')
  expect(mute.keys.letters).toEqual(letters)
})

test('keys without a letter are nobody’s; those that write € and µ are not offered', () => {
  const keys = new OwnKeys()
  keys.letters = { ...keys.letters, drillDown: '' }
  expect(keys.commandOf('')).toBe(undefined)
  expect([LETTERS.includes('E'), LETTERS.includes('M'), LETTERS.length]).toEqual([false, false, 24])
})
