import { expect, type Page } from '@playwright/test'
import { enrolAgents } from './enrol-agents.ts'
import { labClusterName } from './lab-cluster.ts'
import { test } from './signed-in.ts'
import { untilHealthy } from './until-healthy.ts'

test('a pooler is paused and resumed from its page, each with its plan before and its record after', async ({
  page,
  rest,
  admin,
}) => {
  const { leader, members } = await untilHealthy(rest)
  await enrolAgents(rest)
  // Nobody is held up who writes.
  const node = members.find(({ name }) => name !== leader)?.name ?? ''
  const reason = `browser test at ${new Date().toISOString()}`
  try {
    await openAct(page, `Pause all databases on ${node}`)
    const pause = page.getByRole('dialog', { name: 'Pause all databases' })
    const confirm = pause.getByRole('button', { name: /^Pause/ })
    await expect(pause.getByRole('heading', { name: 'What will happen' })).toBeVisible()
    await expect(pause).toContainText(node)
    await pause.getByLabel('Resume after, s').fill('600')
    await expect(pause.getByLabel('What will happen')).toContainText(/110 s/)
    // pgBouncer of the lab turns clients away that wait for 30 s.
    await pause.getByLabel('Resume after, s').fill('20')
    await pause.getByLabel('Reason').fill(reason)
    await pause.getByLabel(`Type ${labClusterName} to confirm`).fill(labClusterName)
    await expect(confirm).not.toHaveAttribute('aria-disabled', 'true')
    await confirm.click()
    await expect(page).toHaveURL(/\/operations\//)
    const paused = page.url()
    await expect(page.getByRole('list', { name: 'Steps' })).toContainText(/held|Hold/i)

    await openAct(page, `Resume all databases on ${node}`)
    const resume = page.getByRole('dialog', { name: 'Resume all databases' })
    await expect(resume.getByRole('heading', { name: 'What will happen' })).toBeVisible()
    await resume.getByLabel('Reason').fill(reason)
    await resume.getByRole('button', { name: /^Resume/ }).click()
    await expect(page.getByText('Succeeded', { exact: true })).toBeVisible({ timeout: 60_000 })
    await page.goto(paused)
    await expect(page.getByText('Succeeded', { exact: true })).toBeVisible({ timeout: 60_000 })
    // On a busy machine the pause ends by itself before.
    await expect(page.getByRole('main')).toContainText(new RegExp(`${node} was resumed (by somebody|at the limit)`))
  } finally {
    const asked = await rest.poolers(labClusterName, { act: 'resume', node, reason: 'the browser test is over' })
    await rest.untilEnded(asked.id)
  }
  await page.goto(`/audit?cluster=${labClusterName}`)
  const records = page.getByRole('table', { name: 'Audit records' }).getByRole('row').filter({ hasText: reason })
  await expect(records.filter({ hasText: 'Ask for a command to poolers' })).toHaveCount(2)
  await expect(records.first()).toContainText(admin.email)
  await expect(records.first()).toContainText(node)
})

test('a viewer sees pools, sessions and traffic without a button that changes them', async ({ openAs, rest }) => {
  const email = `onlooker-${Date.now()}@example.org`
  const { password } = await rest.createUser({ email, name: 'Otto Onlooker', role: 'viewer' })
  const page = await openAs({ email, password })
  // The page itself can be paused by anybody.
  const act = /^(Pause|Resume|Reconnect|Reload|Disable|Enable|Kill) .+ (on|at) |^(Cancel the|Terminate|Drain|Take) /
  for (const { path, note } of [
    { path: 'pools', note: 'Operators pause and resume poolers.' },
    { path: 'postgres', note: 'Operators end statements and sessions.' },
    { path: 'traffic', note: 'Operators drain servers and take them back.' },
  ]) {
    await page.goto(`/clusters/${labClusterName}/${path}`)
    await expect(page.getByText(note)).toBeVisible()
    await expect(page.getByRole('main').getByRole('button', { name: act })).toHaveCount(0)
  }
})

async function openAct(page: Page, name: string): Promise<void> {
  await page.goto(`/clusters/${labClusterName}/pools`)
  await page.getByRole('button', { name, exact: true }).click()
}
