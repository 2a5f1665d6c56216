import { expect } from '@playwright/test'
import { killNode, up } from '#lab/control.ts'
import { labClusterName } from './lab-cluster.ts'
import { test } from './signed-in.ts'

test('a failover arrives on the open page without a reload', async ({ page, rest }) => {
  test.setTimeout(240_000)
  const { leader: old, forecast } = await rest.showCluster(labClusterName)
  const heirs = (forecast?.candidates ?? []).filter(({ isFit }) => isFit).map(({ name }) => name)
  if (old === null || heirs.length === 0) throw new Error('The lab is not fit for a failover.')
  await page.goto(`/clusters/${labClusterName}`)
  await expect(page.getByRole('heading', { name: `If ${old} died now` })).toBeVisible()
  let loads = 0
  page.on('load', () => loads++)

  await killNode(old)
  try {
    const heading = page.getByRole('heading', { name: new RegExp(`^If (${heirs.join('|')}) died now`) })
    await expect(heading).toBeVisible({ timeout: 90_000 })
    const heir = /^If (\S+) died now/.exec(await heading.innerText())?.[1] ?? ''
    const members = page.getByRole('table', { name: 'Members' })
    await expect(members.getByRole('row', { name: new RegExp(`^${heir}.*leader`) })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Lately' })).toContainText(heir)
  } finally {
    await up()
  }
  const healed = page.getByRole('table', { name: 'Members' }).getByRole('row', { name: new RegExp(`^${old}`) })
  await expect(healed).toContainText(/streaming|running/, { timeout: 60_000 })
  expect(loads).toBe(0)
})
