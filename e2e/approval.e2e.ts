import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, type Page } from '@playwright/test'
import { labClusterName } from './lab-cluster.ts'
import type { Rest } from './rest.ts'
import { type Account, test } from './signed-in.ts'
import { totpOf } from './totp.ts'
import { untilHealthy } from './until-healthy.ts'

const matriarch = fileURLToPath(new URL('../bin/matriarch', import.meta.url))
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

async function newPerson(rest: Rest, role: string, name: string): Promise<Account> {
  const email = `${name.toLowerCase().replace(' ', '.')}-${Date.now()}@example.org`
  const { password } = await rest.createUser({ email, name, role })
  return { email, password }
}

/** Registers an authenticator app, has it vouched for beside the store, and gives codes of which none was used before. */
async function vouchedApp(page: Page, { email }: Account, home: string): Promise<() => string> {
  await page.goto('/settings/account')
  await page.getByRole('button', { name: 'Add an authenticator app' }).click()
  const adding = page.getByRole('dialog', { name: 'Add an authenticator app' })
  const secret = (await adding.getByText(/^([A-Z2-7]{4} ?){8}$/).textContent()) ?? ''
  let step = Math.floor(Date.now() / 30_000) - 1
  // One step ahead at most is taken, so that the third waits for half a minute.
  const next = () => totpOf(secret, new Date((step = Math.max(step + 1, Math.floor(Date.now() / 30_000))) * 30_000))
  await adding.getByLabel('Code').fill(next())
  await adding.getByRole('button', { name: 'Add the app' }).click()
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await promisify(execFile)(matriarch, ['users', 'vouch', email], { env: { ...process.env, MATRIARCH_HOME: home } })
  return next
}

async function addPolicy(page: Page, name: string, code: string): Promise<void> {
  await page.goto('/settings/policies')
  await page.getByRole('button', { name: 'Add a policy' }).click()
  const sheet = page.getByRole('dialog', { name: 'Add a policy' })
  await sheet.getByLabel('Name').fill(name)
  await sheet.getByLabel('Clusters').selectOption('cluster')
  await sheet.getByLabel('Cluster', { exact: true }).selectOption({ label: labClusterName })
  await sheet.getByLabel('A switchover').check()
  await sheet.getByRole('button', { name: 'Add the policy' }).click()
  const proving = page.getByRole('dialog', { name: `Add the policy ${name}` })
  await proving.getByLabel('Code of your authenticator app').fill(code)
  await proving.getByRole('button', { name: 'Add the policy' }).click()
  await expect(page.getByRole('region', { name })).toBeVisible()
}

async function removePolicy(page: Page, name: string, code: () => string): Promise<void> {
  await page.goto('/settings/policies')
  await page.getByRole('region', { name }).getByRole('button', { name: 'Remove' }).click()
  const dialog = page.getByRole('dialog', { name: `Remove the policy ${name}` })
  await dialog.getByLabel('Code of your authenticator app').fill(code())
  await dialog.getByRole('button', { name: 'Remove the policy' }).click()
  await expect(page.getByRole('region', { name })).toHaveCount(0)
}
