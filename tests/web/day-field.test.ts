import { expect, test } from 'vitest'
import { DayField, DayPick } from '#web/day-field.tsx'

test('a day that cannot be read is told of only where a notice stands, beside what the field says itself', () => {
  const props = { name: 'date', value: '31.02.2026', describedBy: 'help' }
  const field = String(DayField(props))
  expect(field).toContain('aria-describedby="help"')
  expect(field).not.toMatch(/unread|data-focus/)
  const pick = String(DayPick({ label: 'Dato', ...props }))
  expect(pick).toContain('aria-describedby="help unread"')
  expect(pick).toMatch(/aria-invalid="true".*data-focus/)
  expect(String(DayPick({ label: 'Dato', name: 'date', value: '28.02.2026' }))).not.toContain('aria-')
})
