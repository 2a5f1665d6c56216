import { SearchParamsContext } from 'next/dist/shared/lib/hooks-client-context.shared-runtime.js'
import { expect, test } from 'vitest'
import { renderHook } from '#components/ui/testing/render-hook.tsx'
import { useAskedAct } from './use-asked-act.ts'

test('an act in the address begins once and leaves the rest of the address as it is', async () => {
  history.replaceState(null, '', '/clusters/shop?act=switchover&x=1')
  const begun: string[] = []
  await using page = await renderHook(
    () => useAskedAct((act) => begun.push(act)),
    null,
    (inside) => <SearchParamsContext value={new URLSearchParams(location.search)}>{inside}</SearchParamsContext>,
  )
  await page.render(null)
  expect(begun).toEqual(['switchover'])
  expect(location.search).toBe('?x=1')
})
