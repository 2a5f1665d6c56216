import { afterEach, beforeEach, expect, test } from 'vitest'
import { renderHook } from './testing/render-hook.tsx'
import { useRowKeys } from './use-row-keys.ts'

let list: HTMLElement

beforeEach(() => {
  document.body.innerHTML =
    '<input><ol><li data-row="1" tabindex="-1"><a href="#one">one</a></li><li data-row="2" tabindex="-1">two</li></ol>'
  const found = document.querySelector('ol')
  if (!found) throw new Error('The list is not there.')
  list = found
})
afterEach(() => {
  document.body.innerHTML = ''
})

function press(key: string, target: Element | null = document.activeElement) {
  target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  return document.activeElement?.getAttribute('data-row') ?? null
}

test('arrows enter the list from the page and move among its rows', async () => {
  await using _ = await renderHook(() => useRowKeys({ current: list }), null)
  expect(press('ArrowUp')).toBeNull()
  expect(press('ArrowDown')).toBe('1')
  expect(press('ArrowDown')).toBe('2')
  expect(press('ArrowDown')).toBe('2')
  expect(press('Home')).toBe('1')
  expect(press('End')).toBe('2')
})

test('Enter opens what a row leads to', async () => {
  await using _ = await renderHook(() => useRowKeys({ current: list }), null)
  let opened = 0
  list.querySelector('a')?.addEventListener('click', () => (opened += 1))
  press('ArrowDown')
  press('Enter')
  expect(opened).toBe(1)
})

test('a field keeps its arrows', async () => {
  await using _ = await renderHook(() => useRowKeys({ current: list }), null)
  document.querySelector('input')?.focus()
  expect(press('ArrowDown')).toBeNull()
})
