import { expect } from '@playwright/test'
import { enrolAgent } from '#lab/control.ts'
import { labClusterName } from './lab-cluster.ts'
import { test } from './signed-in.ts'
import { untilArchived } from './until-archived.ts'
import { untilHealthy } from './until-healthy.ts'

test('a backup from the invitation of an agent to the row in the list, without a reload', async ({ page, rest }) => {
  // How long pgBackRest takes depends on how much the tests before have archived.
  test.setTimeout(900_000)
  const leader = (await untilHealthy(rest)).leader ?? ''
  await page.goto(`/clusters/${labClusterName}/agents`)
  const row = page.getByRole('row', { name: new RegExp(`^${leader}`) })
  await row.getByRole('button', { name: /^Invite/ }).click()
  const invitation = page.getByRole('dialog', { name: `Invite the agent of ${leader}` })
  await invitation.getByRole('button', { name: `Invite ${leader}` }).click()
  const command = invitation.getByText('matriarch-agent enroll mta_')
  await expect(command).toBeVisible()
  const token = /mta_\S+/.exec((await command.textContent()) ?? '')?.[0] ?? ''
  expect(await enrolAgent(leader, token)).toMatchObject({ exitCode: 0 })
  await expect(invitation).toContainText(/enrolled/, { timeout: 60_000 })
  await invitation.getByRole('button', { name: 'Close' }).first().click()
  await expect(row).toContainText('enrolled')

  let loads = 0
  page.on('load', () => loads++)
  const pages = page.getByRole('navigation', { name: `Pages of ${labClusterName}` })
  await pages.getByRole('link', { name: 'Backups' }).click()
  await page.getByRole('button', { name: 'Back up', exact: true }).click({ timeout: 240_000 })
  const sheet = page.getByRole('dialog', { name: `Back up ${labClusterName}` })
  const confirm = sheet.getByRole('button', { name: `Take a full backup of ${labClusterName}` })
  await expect(confirm).toHaveAttribute('aria-disabled', 'true')
  await expect(sheet).toContainText(`The agent on ${leader} runs pgBackRest for the stanza main.`)
  await sheet.getByLabel('Reason').fill('the browser test wants a backup')
  await confirm.click()
  await expect(page).toHaveURL(/\/operations\//)
  await expect(page.getByText('Succeeded', { exact: true })).toBeVisible({ timeout: 420_000 })
  const made = /\d{8}-\d{6}F/.exec(await page.getByRole('main').innerText())?.[0] ?? ''
  expect(made).not.toBe('')

  // In a lab where little is written the next segment is not full for a long time.
  await untilArchived(leader)
  await page.getByRole('link', { name: labClusterName, exact: true }).first().click()
  await pages.getByRole('link', { name: 'Backups' }).click()
  await expect(page.getByRole('table', { name: 'Backups' })).toContainText(made, { timeout: 240_000 })
  await expect(page.getByText('Recovery can land anywhere from')).toBeVisible({ timeout: 240_000 })
  expect(loads).toBe(0)
})
