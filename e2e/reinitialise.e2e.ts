import { expect } from '@playwright/test'
import { labClusterName } from './lab-cluster.ts'
import { test } from './signed-in.ts'
import { untilHealthy } from './until-healthy.ts'

test('a replica is reinitialised from its row to the verified outcome, and the leader is not offered', async ({
  page,
  rest,
}) => {
  const { leader, members } = await untilHealthy(rest)
  const replica = members.find(({ name }) => name !== leader)?.name ?? ''
  await page.goto(`/clusters/${labClusterName}`)
  const rows = page.getByRole('table', { name: 'Members' })
  const ofLeader = rows.getByRole('button', { name: `Reinitialise ${leader}` })
  await expect(ofLeader).toHaveAttribute('aria-disabled', 'true')
  await expect(ofLeader).toHaveAccessibleDescription(new RegExp(`^${leader} leads`))
  await rows.getByRole('button', { name: `Reinitialise ${replica}` }).click()

  const sheet = page.getByRole('dialog', { name: `Reinitialise ${replica}` })
  const confirm = sheet.getByRole('button', { name: `Reinitialise ${replica}` })
  await expect(sheet.getByText('deletes its data directory')).toBeVisible()
  await expect(sheet.getByRole('combobox', { name: 'Replica' })).toHaveValue(replica)
  await expect(sheet.getByRole('option', { name: String(leader) })).toHaveCount(0)
  await sheet.getByLabel('Reason').fill('browser test')
  await expect(confirm).toHaveAttribute('aria-disabled', 'true')
  await sheet.getByLabel(`Type ${replica} to confirm`).fill(replica)
  await confirm.click()

  await expect(page).toHaveURL(/\/operations\//)
  await expect(page.getByText('Succeeded', { exact: true })).toBeVisible({ timeout: 240_000 })
  await expect(page.getByRole('main').getByText(`${replica} was copied anew in`)).toBeVisible()
  const after = await untilHealthy(rest)
  expect(after.leader).toBe(leader)
})
