import { expect, test } from 'vitest'
import { renderHook } from '#components/ui/testing/render-hook.tsx'
import { useOfferActs, useOfferedActs } from './page-acts.ts'

function usePage({ label, run }: { label: string; run: () => void }) {
  useOfferActs([{ label, reason: null, run }])
  useOfferActs([{ label: 'Revoke ci', reason: 'It is revoked.', run }])
  return useOfferedActs()
}

test('what the parts of a page offer is found together, and does what the page means now', async () => {
  const done: string[] = []
  await using page = await renderHook(usePage, { label: 'Switch over', run: () => done.push('old') })
  const before = page.result
  await page.render({ label: 'Switch over', run: () => done.push('new') })
  expect(page.result).toBe(before)
  page.result[0]?.run()
  expect(done).toEqual(['new'])
  await page.render({ label: 'Schedule switchover', run: () => done.push('later') })
  expect(page.result.map(({ label }) => label)).toEqual(expect.arrayContaining(['Schedule switchover', 'Revoke ci']))
})
