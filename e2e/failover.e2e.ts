import { expect } from '@playwright/test'
import { killNode, up } from '#lab/control.ts'
import { labClusterName } from './lab-cluster.ts'
import { test } from './signed-in.ts'

test('a failover arrives on the open page without a reload', async ({ page, rest }) => {
  test.setTimeout(240_000)
  const { leader: old, forecast } = await rest.showCluster(labClusterName)
  const promised = forecast?.nextLeader
  if (old === null || promised === null || promised === undefined) throw new Error('The lab is not fit for a failover.')
  await page.goto(`/clusters/${labClusterName}`)
  await expect(page.getByRole('heading', { name: `If ${old} died now` })).toBeVisible()
  let loads = 0
  page.on('load', () => loads++)

  await killNode(old)
  try {
    await expect(page.getByRole('heading', { name: `If ${promised} died now` })).toBeVisible({ timeout: 90_000 })
    const members = page.getByRole('table', { name: 'Members' })
    await expect(members.getByRole('row', { name: new RegExp(`^${promised}.*leader`) })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Lately' })).toContainText(promised)
  } finally {
    await up()
  }
  const healed = page.getByRole('table', { name: 'Members' }).getByRole('row', { name: new RegExp(`^${old}`) })
  await expect(healed).toContainText(/streaming|running/, { timeout: 60_000 })
  expect(loads).toBe(0)
})
