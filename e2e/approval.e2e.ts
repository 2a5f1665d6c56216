import { expect } from '@playwright/test'
import { addPolicy, removePolicy } from './approval-policy.ts'
import { labClusterName } from './lab-cluster.ts'
import { newPerson } from './new-person.ts'
import { test } from './signed-in.ts'
import { untilHealthy } from './until-healthy.ts'
import { vouchedApp } from './vouched-app.ts'

const phone = { viewport: { width: 390, height: 844 } }

test('an operator asks, an approver approves on a phone, the operator runs, and an auditor reviews and verifies', async ({
  openAs,
  consoleHome,
  rest,
}) => {
  const { leader } = await untilHealthy(rest)
  const eve = await newPerson(rest, 'admin', 'Eve Policy')
  const bob = await newPerson(rest, 'approver', 'Bob Approver')
  const ada = await newPerson(rest, 'operator', 'Ada Operator')
  const cleo = await newPerson(rest, 'auditor', 'Cleo Auditor')
  const policyPage = await openAs(eve)
  const codesOfEve = await vouchedApp(policyPage, eve, consoleHome)
  const phonePage = await openAs(bob, phone)
  const codesOfBob = await vouchedApp(phonePage, bob, consoleHome)

  const policy = `browser test ${Date.now()}`
  await addPolicy(policyPage, policy, codesOfEve())
  try {
    const reason = `approval test at ${new Date().toISOString()}`
    const page = await openAs(ada)
    await page.goto(`/clusters/${labClusterName}?act=switchover`)
    const sheet = page.getByRole('dialog', { name: `Switch over ${labClusterName}` })
    await expect(sheet.getByRole('region', { name: 'Approval' })).toContainText(policy)
    await sheet.getByLabel('Reason').fill(reason)
    await sheet.getByLabel(`Type ${labClusterName} to confirm`).fill(labClusterName)
    await sheet.getByRole('button', { name: 'Ask for approval' }).click()
    await expect(page).toHaveURL(/\/operations\//)
    await expect(page.getByText('Waits for approval', { exact: true })).toBeVisible()
    await page.getByRole('link', { name: 'See the request' }).click()
    await expect(page.getByRole('button', { name: 'Run now' })).toHaveAttribute('aria-disabled', 'true')

    await phonePage.goto('/approvals')
    await phonePage
      .getByRole('region', { name: 'For you to decide' })
      .getByRole('listitem')
      .filter({ hasText: reason })
      .getByRole('link')
      .click()
    await expect(phonePage.getByRole('region', { name: 'Why' })).toContainText(reason)
    await expect(phonePage.getByRole('heading', { name: 'What will happen' })).toBeVisible()
    expect(await phonePage.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await phonePage.getByRole('button', { name: 'Approve', exact: true }).click()
    const approving = phonePage.getByRole('dialog', { name: 'Approve the request' })
    await approving.getByLabel('Code of your authenticator app').fill(codesOfBob())
    await approving.getByRole('button', { name: 'Approve it' }).click()
    await expect(phonePage.getByRole('region', { name: 'Approvals' })).toContainText(`${bob.email} approved it`)

    await page.getByRole('button', { name: 'Run now' }).click()
    await expect(page).toHaveURL(/\/operations\//)
    await expect(page.getByText('Succeeded', { exact: true })).toBeVisible({ timeout: 240_000 })
    await expect(page.getByRole('region', { name: 'Approvals' })).toContainText(bob.email)
    await expect(page.getByRole('region', { name: 'Measured' })).toContainText(`${leader} →`)

    const audit = await openAs(cleo)
    await audit.goto('/audit')
    const records = audit.getByRole('table', { name: 'Audit records' }).getByRole('row')
    await expect(records.filter({ hasText: 'Approve a request' }).filter({ hasText: bob.email }).first()).toBeVisible()
    await expect(
      records.filter({ hasText: 'Run what was approved' }).filter({ hasText: ada.email }).first(),
    ).toBeVisible()
    await audit.goto('/audit?act=verify')
    await expect(audit.getByText('The chain is whole').first()).toBeVisible({ timeout: 60_000 })
  } finally {
    await removePolicy(policyPage, policy, codesOfEve)
  }
})
