import { expect, test } from 'vitest'
import { MENU, menuOf } from '#web/menu.ts'
import { permissionsOf } from '#worker/access/permission.ts'

test('each page of the menu has a letter of its own, and K is the clients’', () => {
  const letters = MENU.map(({ go }) => go)
  expect(new Set(['K', ...letters]).size).toBe(letters.length + 1)
})
test('a group’s pages stand together, and nobody sees a group without pages', () => {
  const order = MENU.map(({ group }) => group).filter((group, i, all) => group !== all[i - 1])
  expect(new Set(order).size).toBe(order.length)
  expect(
    menuOf({ permissions: permissionsOf('employee') })
      .flatMap(({ entries }) => entries)
      .every(({ may }) => may === 'company:read'),
  ).toBe(true)
})
