import { expect, type Page } from '@playwright/test'
import { scope } from '#lab/addresses.ts'
import { killNode, patronictl, up } from '#lab/control.ts'
import { expectRecords } from './expect-records.ts'
import { labClusterName } from './lab-cluster.ts'
import type { Rest } from './rest.ts'
import { test } from './signed-in.ts'
import { untilHealthy } from './until-healthy.ts'
import { until } from './until.ts'

test('where nobody leads, the member that a person names takes the lead, and the sheet tells before what it lacks', async ({
  page,
  admin,
  rest,
}) => {
  const { leader: dead, members } = await untilHealthy(rest)
  const others = members.filter(({ name }) => name !== dead).map(({ name }) => name)
  if (dead === null || others.length < 2) throw new Error('The lab is not fit for a failover.')
  const reason = `browser test at ${new Date().toISOString()}`
  await page.goto(`/clusters/${labClusterName}`)
  const failOver = page.getByRole('group', { name: 'Acts' }).getByRole('button', { name: 'Fail over' })
  await expect(failOver).toHaveAttribute('aria-disabled', 'true')
  await expect(failOver).toHaveAccessibleDescription(new RegExp(`^${dead} leads and works.*switch over instead`))

  try {
    await loseLeader(dead, rest)
    const verdict = page.getByRole('main')
    await expect(verdict.getByText('Down', { exact: true })).toBeVisible({ timeout: 120_000 })
    await expect(verdict.getByText(/^Nobody (holds|has held) the leader key/).first()).toBeVisible()
    await expect(failOver).not.toHaveAttribute('aria-disabled', 'true')
    await failOver.click()

    const heir = await decide(page, { dead, others, reason })
    await expect(page).toHaveURL(/\/operations\//)
    await expect(page.getByRole('list', { name: 'Steps' })).toBeVisible()
    await expect(page.getByText('Succeeded', { exact: true })).toBeVisible({ timeout: 240_000 })
    await expect(page.getByRole('main').getByText(`Failed over to ${heir}: it leads on timeline`)).toBeVisible()
    await expect(page.getByRole('region', { name: 'Measured' })).toContainText(`${dead} → ${heir}`)
    expect((await rest.showCluster(labClusterName)).leader).toBe(heir)
    const target = `${labClusterName} to ${heir}`
    const outcomes = { Failover: 'done', 'Ask for a failover': 'requested' }
    await expectRecords(page, { reason, email: admin.email, target }, outcomes)
  } finally {
    await patronictl(['resume', scope, '--wait'])
    await up()
    await untilHealthy(rest)
  }
})

/** Patroni paused, the leader's machine dead, and its lease ended: nobody takes over by itself. */
async function loseLeader(leader: string, rest: Rest): Promise<void> {
  expect(await patronictl(['pause', scope, '--wait'])).toMatchObject({ exitCode: 0 })
  const hasFinding = (kind: string) => async () =>
    (await rest.showCluster(labClusterName)).findings.some((finding) => finding.kind === kind)
  await until({ what: 'the console sees the pause', timeoutMs: 60_000 }, hasFinding('paused'))
  await killNode(leader)
  await until({ what: 'nobody holds the leader key', timeoutMs: 120_000 }, hasFinding('no-leader'))
}

/** On the sheet: nobody is chosen beforehand, everybody is told with what it lacks, and nothing goes without its proof of intent. */
async function decide(
  page: Page,
  { dead, others, reason }: { dead: string; others: readonly string[]; reason: string },
): Promise<string> {
  const sheet = page.getByRole('dialog', { name: `Fail over ${labClusterName}` })
  const confirm = sheet.getByRole('button', { name: /^Fail over/ })
  await expect(sheet).toContainText(`Nobody leads now. ${dead} led last`)
  const candidates = sheet.getByRole('group', { name: 'New leader' })
  await expect(candidates.getByRole('radio')).toHaveCount(others.length + 1)
  await expect(candidates.getByRole('radio', { checked: true })).toHaveCount(0)
  await expect(candidates.getByRole('radio', { name: new RegExp(`^${dead}`) })).toBeDisabled()
  for (const name of others) {
    const lacking = new RegExp(`^${name}\\s*\\d.* behind the last known position, timeline \\d+`)
    await expect(candidates.getByRole('radio', { name: lacking })).toBeEnabled()
  }
  await expect(confirm).toHaveAccessibleDescription('Say which member shall lead.')

  const heir = (await candidates.getByRole('radio', { disabled: false }).first().getAttribute('value')) ?? ''
  await candidates.getByRole('radio', { name: new RegExp(`^${heir}`) }).check()
  const what = sheet.getByRole('region', { name: 'What will happen' })
  await expect(what).toContainText(`Matriarch asks Patroni on ${heir} to take the lead`)
  await expect(what).toContainText(/holds all that is known|At least .* will be lost/)
  await expect(what).toContainText(`What ${dead} wrote after that and no replica received is lost too`)
  await expect(what).toContainText('Point of no return')
  await expect(confirm).toHaveAccessibleName(`Fail over to ${heir}`)
  await sheet.getByLabel('Reason').fill(reason)
  await sheet.getByLabel(`Type ${labClusterName} to confirm`).fill(heir)
  await expect(confirm).toHaveAttribute('aria-disabled', 'true')
  await sheet.getByLabel(`Type ${labClusterName} to confirm`).fill(labClusterName)
  await confirm.click()
  return heir
}
