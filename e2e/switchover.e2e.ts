import { expect } from '@playwright/test'
import { expectRecords } from './expect-records.ts'
import { labClusterName } from './lab-cluster.ts'
import { test } from './signed-in.ts'
import { untilHealthy } from './until-healthy.ts'

test('a switchover from the button to the verified outcome and its audit record', async ({
  page,
  openAs,
  admin,
  rest,
}) => {
  const { leader } = await untilHealthy(rest)
  const onlooker = await openAs(admin)
  await onlooker.goto(`/clusters/${labClusterName}`)
  await expect(onlooker.getByRole('heading', { name: `If ${leader} died now` })).toBeVisible()
  let loads = 0
  onlooker.on('load', () => loads++)
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
  await expect(page.getByText('Succeeded', { exact: true })).toBeVisible({ timeout: 240_000 })
  // On a busy machine looks may lie too far apart for a length; then the reason is told.
  const measured = page.getByRole('region', { name: 'Measured' })
  await expect(measured).toContainText(/Writes stopped for|could not be measured\..*Not measured: \S/)
  await expect(measured).toContainText(`${leader} → ${target}`)
  const members = onlooker.getByRole('table', { name: 'Members' })
  await expect(members.getByRole('row', { name: new RegExp(`^${target}.*leader`) })).toBeVisible()
  await expect(members.getByRole('row', { name: new RegExp(`^${leader}.*leader`) })).toHaveCount(0)
  expect(loads).toBe(0)
  await onlooker.context().close()
  await page.reload()
  await expect(page.getByText('Succeeded', { exact: true })).toBeVisible()

  await expectRecords(
    page,
    { reason, email: admin.email, target: `${labClusterName}/${leader} to ${target}` },
    { Switchover: 'done', 'Ask for a switchover': 'requested' },
  )
})
