import { expect } from '@playwright/test'
import { killNode, up } from '#lab/control.ts'
import { labClusterName } from './lab-cluster.ts'
import { test } from './signed-in.ts'
import { until } from './until.ts'
import { untilHealthy } from './until-healthy.ts'

test('a failover arrives on the open page without a reload', async ({ page, rest }) => {
  const { leader: old, forecast } = await untilHealthy(rest)
  const heirs = (forecast?.candidates ?? []).filter(({ isFit }) => isFit).map(({ name }) => name)
  if (old === null || heirs.length === 0) throw new Error('The lab is not fit for a failover.')
  await page.goto(`/clusters/${labClusterName}`)
  await expect(page.getByRole('heading', { name: `If ${old} died now` })).toBeVisible()
  let loads = 0
  page.on('load', () => loads++)

  const killedAt = new Date()
  await killNode(old)
  try {
    const heading = page.getByRole('heading', { name: new RegExp(`^If (${heirs.join('|')}) died now`) })
    await expect(heading).toBeVisible({ timeout: 180_000 })
    const heir = /^If (\S+) died now/.exec(await heading.innerText())?.[1] ?? ''
    const members = page.getByRole('table', { name: 'Members' })
    await expect(members.getByRole('row', { name: new RegExp(`^${heir}.*leader`) })).toBeVisible()
    const takeover = await until({ what: `the takeover by ${heir} is kept`, timeoutMs: 60_000 }, async () => {
      const events = await rest.events(labClusterName, killedAt)
      return events.find(({ kind, to }) => kind === 'leader-changed' && to === heir) ?? null
    })
    // Its moment tells it from takeovers of earlier tests, which are told in the same words.
    const told = page
      .getByRole('region', { name: 'Lately' })
      .getByRole('listitem')
      .filter({ has: page.locator(`time[datetime="${takeover.at.toISOString()}"]`) })
      .filter({ hasText: takeover.sentence })
    await expect(told).toHaveCount(1)
  } finally {
    await up()
  }
  const healed = page.getByRole('table', { name: 'Members' }).getByRole('row', { name: new RegExp(`^${old}`) })
  await expect(healed).toContainText(/streaming|running/, { timeout: 60_000 })
  expect(loads).toBe(0)
})
