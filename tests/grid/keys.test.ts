import { describe, expect, test } from 'vitest'
import { commandOf, keyMapFrom, mayBeBound, PRESETS } from '#web/islands/voucher/keys.ts'

/** The command of `Ctrl Shift z`. */
function press(text: string, where = {}, map = keyMapFrom({})) {
  const parts = text.split(' ')
  const key = parts.at(-1)!
  const has = (name: string) => parts.includes(name)
  return commandOf(
    {
      key,
      code: key.length === 1 ? `Key${key.toUpperCase()}` : key,
      ctrlKey: has('Ctrl'),
      metaKey: false,
      altKey: has('Alt'),
      shiftKey: has('Shift'),
    },
    { inGrid: true, isWriting: false, mayBeText: false, ...where },
    map,
  )
}

describe('keys', () => {
  test.each([
    ['Ctrl b', 'post'],
    ['Ctrl Enter', 'rest'],
    ['Ctrl z', 'undo'],
    ['Ctrl Shift z', 'redo'],
    ['Ctrl d', 'fillDown'],
    ['Alt Enter', 'fix'],
    ['Alt k', 'copyLine'],
    ['Shift F8', 'previousIssue'],
    ['?', 'help'],
    ['Enter', undefined],
    ['b', undefined],
    ['Ctrl k', undefined],
  ])('%s is %s', (keys, expected) => expect(press(keys)).toBe(expected))
  test('while one writes, keys that edit belong to the field', () => {
    expect([
      press('Ctrl z', { isWriting: true }),
      press('?', { isWriting: true }),
      press('?', { mayBeText: true }),
    ]).toEqual([undefined, undefined, undefined])
    expect([press('Ctrl b', { isWriting: true }), press('Ctrl Enter', { isWriting: true })]).toEqual(['post', 'rest'])
  })
})

describe('keys of one’s own', () => {
  test('a preset gives commands other keys, and one’s own choice comes before it', () => {
    const classic = keyMapFrom({ preset: 'classic' })
    expect([press('F10', {}, classic), press('Ctrl b', {}, classic), press('F7', {}, classic)]).toEqual([
      'post',
      undefined,
      'rest',
    ])
    const own = keyMapFrom({ preset: 'classic', post: 'Ctrl+M', rest: '' })
    expect([press('Ctrl m', {}, own), press('F10', {}, own), press('F7', {}, own)]).toEqual([
      'post',
      undefined,
      undefined,
    ])
    expect(keyMapFrom({ preset: 'none of ours' })).toEqual(keyMapFrom({}))
  })
  test('no key has two commands, in any preset', () => {
    for (const preset of Object.keys(PRESETS)) {
      const keys = Object.values(keyMapFrom({ preset })).flat()
      expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([])
    }
  })
  test('keys that writing and moving need cannot be bound', () => {
    expect(['Enter', 'Tab', 'a', 'Shift+A', 'Ctrl+C', 'ArrowUp', ''].filter(mayBeBound)).toEqual([])
    expect(['F10', 'Ctrl+M', 'Alt+Q', 'Ctrl+Delete'].filter(mayBeBound)).toHaveLength(4)
  })
})
