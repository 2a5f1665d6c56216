import { expect, test } from 'vitest'
import { renderHook } from './testing/render-hook.tsx'
import { useEscape } from './use-escape.ts'

function press(target: HTMLElement, key = 'Escape') {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
}

test('Esc closes, except in a field and below a dialog', async () => {
  let closed = 0
  await using page = await renderHook(() => useEscape(() => (closed += 1)), null)
  press(document.body)
  press(document.body, 'Enter')
  expect(closed).toBe(1)
  press(document.body.appendChild(document.createElement('input')))
  const dialog = document.body.appendChild(document.createElement('div'))
  dialog.setAttribute('role', 'dialog')
  press(document.body)
  expect(closed).toBe(1)
  dialog.remove()
  await page.render(null)
  press(document.body)
  expect(closed).toBe(2)
})
