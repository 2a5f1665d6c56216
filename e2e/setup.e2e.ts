import { expect } from '@playwright/test'
import { labClusterName } from './lab-cluster.ts'
import { test } from './signed-in.ts'
import { untilHealthy } from './until-healthy.ts'

test('the set-up tells what is wrong in a sentence, with a fix to paste, and who leads by whom', async ({
  page,
  rest,
}) => {
  test.setTimeout(120_000)
  const leader = (await untilHealthy(rest)).leader ?? ''
  await page.goto(`/clusters/${labClusterName}/setup`)
  await expect(page.getByText(/^\d+ of \d+ rules? fails?/)).toBeVisible({ timeout: 60_000 })
  const truth = page.getByRole('region', { name: 'Who leads, by whom' })
  await expect(truth).toContainText(leader)
  await expect(truth).toContainText(/HAProxy/)
})
