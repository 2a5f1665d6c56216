import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, test } from 'vitest'
import { DayField } from './day-field.tsx'

Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', true)

test('a day that becomes valid keeps the field and the focus; other hands change it when nobody is in it', async () => {
  const place = document.body.appendChild(document.createElement('div'))
  const root = createRoot(place)
  const show = (value: string) =>
    act(async () => root.render(<DayField label="From" value={value} onChange={() => undefined} />))
  await show('')
  const input = place.querySelector('input')
  input?.focus()
  await show('2026-11-01')
  expect(place.querySelector('input')).toBe(input)
  expect(document.activeElement).toBe(input)
  input?.blur()
  await show('')
  expect(input?.value).toBe('')
  await act(async () => root.unmount())
})
