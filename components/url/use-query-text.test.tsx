import { SearchParamsContext } from 'next/dist/shared/lib/hooks-client-context.shared-runtime.js'
import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { renderHook } from '#components/ui/testing/render-hook.tsx'
import { useQueryText } from './use-query-text.ts'

beforeEach(() => {
  vi.useFakeTimers()
  history.replaceState(null, '', '/')
})
afterEach(() => {
  vi.useRealTimers()
})

/** A page whose search field stands in the address as `q`. */
function openPage() {
  return renderHook(
    () => useQueryText('q'),
    null,
    (inside) => <SearchParamsContext value={new URLSearchParams(location.search)}>{inside}</SearchParamsContext>,
  )
}

test('what is typed counts at once, the address follows when the typing pauses', async () => {
  await using page = await openPage()
  await page.change(([, type]) => type('bill'))
  await page.change(([, type]) => type('billing'))
  expect(page.result[0]).toBe('billing')
  expect(location.search).toBe('')
  await act(async () => vi.advanceTimersByTime(120))
  expect(location.search).toBe('?q=billing')
  await page.render(null)
  expect(page.result[0]).toBe('billing')
})

test('an address changed by other hands takes the place of what was typed', async () => {
  await using page = await openPage()
  await page.change(([, type]) => type('billing'))
  await act(async () => vi.advanceTimersByTime(120))
  await page.render(null)
  history.replaceState(null, '', '/?q=shop')
  await page.render(null)
  expect(page.result[0]).toBe('shop')
})
