import { expect } from '@playwright/test'
import { labClusterName } from './lab-cluster.ts'
import { test } from './signed-in.ts'
import { until } from './until.ts'

test('a switchover from the button to the verified outcome and its audit record', async ({ page, rest }) => {
  const { leader } = await until({ what: 'the lab is healthy', timeoutMs: 90_000 }, async () => {
    const seen = await rest.showCluster(labClusterName)
    return seen.verdict === 'healthy' ? seen : null
  })
  const reason = `browser test at ${new Date().toISOString()}`
  await page.goto(`/clusters/${labClusterName}`)
  await page.getByRole('group', { name: 'Acts' }).getByRole('button', { name: 'Switch over' }).click()

  const sheet = page.getByRole('dialog', { name: `Switch over ${labClusterName}` })
  const confirm = sheet.getByRole('button', { name: /^Switch over/ })
  await expect(sheet.getByRole('heading', { name: 'What will happen' })).toBeVisible()
  await expect(sheet.getByRole('radio', { name: new RegExp(`^${leader}`) })).toBeDisabled()
  const fit = sheet.getByRole('radio', { name: /^pg-node/, disabled: false, checked: true })
  const target = (await fit.getAttribute('value')) ?? ''
  await expect(confirm).toHaveAccessibleName(`Switch over to ${target}`)
  await expect(confirm).toHaveAttribute('aria-disabled', 'true')
  await sheet.getByLabel('Reason').fill(reason)
  await sheet.getByLabel(`Type ${labClusterName} to confirm`).fill('something else')
  await expect(confirm).toHaveAttribute('aria-disabled', 'true')
  await sheet.getByLabel(`Type ${labClusterName} to confirm`).fill(labClusterName)
  await confirm.click()

  await expect(page).toHaveURL(/\/operations\//)
  await expect(page.getByRole('list', { name: 'Steps' })).toBeVisible()
  await expect(page.getByText('Succeeded', { exact: true })).toBeVisible({ timeout: 90_000 })
  await expect(page.getByRole('region', { name: 'Measured' })).toContainText('Writes stopped for')
  await page.reload()
  await expect(page.getByText('Succeeded', { exact: true })).toBeVisible()

  await page.getByRole('link', { name: 'Audit record' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Audit' })).toBeVisible()
  await expect(page.getByText(reason).first()).toBeVisible()
})
