import { expect, type Page } from '@playwright/test'
import { labClusterName } from './lab-cluster.ts'

/** Adds a policy by which a switchover of the lab needs the approval of others. */
export async function addPolicy(page: Page, name: string, code: string): Promise<void> {
  await page.goto('/settings/policies')
  await page.getByRole('button', { name: 'Add a policy' }).click()
  const sheet = page.getByRole('dialog', { name: 'Add a policy' })
  await sheet.getByLabel('Name', { exact: true }).fill(name)
  await sheet.getByLabel('Clusters').selectOption('cluster')
  await sheet.getByLabel('Cluster', { exact: true }).selectOption({ label: labClusterName })
  await sheet.getByLabel('A switchover').check()
  await sheet.getByRole('button', { name: 'Add the policy' }).click()
  const proving = page.getByRole('dialog', { name: `Add the policy ${name}` })
  await proving.getByLabel('Code of your authenticator app').fill(code)
  await proving.getByRole('button', { name: 'Add the policy' }).click()
  await expect(page.getByRole('region', { name })).toBeVisible()
}

export async function removePolicy(page: Page, name: string, code: () => string): Promise<void> {
  await page.goto('/settings/policies')
  await page.getByRole('region', { name }).getByRole('button', { name: 'Remove' }).click()
  const dialog = page.getByRole('dialog', { name: `Remove the policy ${name}` })
  await dialog.getByLabel('Code of your authenticator app').fill(code())
  await dialog.getByRole('button', { name: 'Remove the policy' }).click()
  await expect(page.getByRole('region', { name })).toHaveCount(0)
}
