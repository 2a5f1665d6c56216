import { expect, type Page } from '@playwright/test'
import { labClusterName } from './lab-cluster.ts'
import { newPerson } from './new-person.ts'
import { test } from './signed-in.ts'
import { untilHealthy } from './until-healthy.ts'

const rule = 'connections-high'

test('planned work counts down on every page of the cluster, keeps others from moving the lead, mutes its alerts, and ends by hand', async ({
  openAs,
  page: admin,
  rest,
}) => {
  await untilHealthy(rest)
  const olga = await newPerson(rest, 'operator', 'Olga Owner')
  const paul = await newPerson(rest, 'operator', 'Paul Other')
  const [owner, other] = [await openAs(olga), await openAs(paul)]
  const reason = `new disks, ${new Date().toISOString()}`
  // One that any connection breaks, so that there is an alert to hold back.
  const any = { parameters: { use: 0.001 }, forSeconds: 0, keepFiringSeconds: 0 }
  await rest.setRule(labClusterName, rule, { ...any, reason })
  try {
    await other.goto(`/clusters/${labClusterName}`)
    const switchOver = other.getByRole('group', { name: 'Acts' }).getByRole('button', { name: 'Switch over' })
    await expect(switchOver).not.toHaveAttribute('aria-disabled', 'true')

    await begin(owner, reason)
    await expect(owner.getByText(/^Maintenance on lab ends in (1 h|59 min)/)).toBeVisible()

    // It comes to the page that is open.
    const banner = other.getByText(/^Maintenance ends in/).locator('..')
    await expect(banner).toContainText(reason)
    await expect(banner).toContainText(`Only ${olga.email} switches over or recovers meanwhile.`)
    await expectCountdown(other)
    await expect(switchOver).toHaveAttribute('aria-disabled', 'true')
    await expect(switchOver).toHaveAttribute('aria-description', new RegExp(`${olga.email} has maintenance on it`))
    for (const path of ['postgres', 'backups', 'status']) {
      await other.goto(`/clusters/${labClusterName}/${path}`)
      await expect(other.getByText(/^Maintenance ends in/)).toBeVisible()
    }
    await expect(other.getByText(/^goes on until/)).toBeVisible()

    await owner.goto(`/clusters/${labClusterName}`)
    const own = owner.getByRole('group', { name: 'Acts' }).getByRole('button', { name: 'Switch over' })
    await expect(own).not.toHaveAttribute('aria-disabled', 'true')
    await owner.goto(`/clusters/${labClusterName}/alerts`)
    const muted = owner.getByText(`muted by maintenance of ${olga.email}`)
    await expect(muted.first()).toBeVisible()

    await other.goto(`/clusters/${labClusterName}`)
    await expect(switchOver).toHaveAttribute('aria-disabled', 'true')
    await owner.goto('/maintenance')
    await owner.getByRole('button', { name: `End maintenance on ${labClusterName}`, exact: true }).click()
    const ending = owner.getByRole('dialog', { name: `End maintenance on ${labClusterName}` })
    await ending.getByRole('button', { name: `End maintenance on ${labClusterName}` }).click()
    await expect(owner.getByText('No maintenance goes on.')).toBeVisible()
    await expect(owner.getByRole('listitem').filter({ hasText: reason })).toContainText(`ended by ${olga.email}`)
    await expect(other.getByText(/^Maintenance ends in/)).toHaveCount(0)
    await expect(switchOver).not.toHaveAttribute('aria-disabled', 'true')
  } finally {
    await rest.endMaintenance(labClusterName)
    await rest.setRule(labClusterName, rule, { reason: 'the browser test is over' })
  }

  await admin.goto(`/audit?cluster=${labClusterName}`)
  const records = admin.getByRole('table', { name: 'Audit records' }).getByRole('row').filter({ hasText: olga.email })
  await expect(records.filter({ hasText: 'Begin maintenance' }).filter({ hasText: reason })).toContainText('done')
  await expect(records.filter({ hasText: 'End maintenance' })).toContainText('done')
})

/** Through the page, as whoever is about to work does. */
async function begin(page: Page, reason: string): Promise<void> {
  await page.goto('/maintenance')
  await page.getByRole('button', { name: 'Begin maintenance' }).click()
  const sheet = page.getByRole('dialog', { name: 'Begin maintenance' })
  await sheet.getByLabel('On what').selectOption({ label: labClusterName })
  await sheet.getByLabel('For how long').selectOption({ label: '1 h' })
  await sheet.getByLabel('Only I switch over or recover meanwhile').check()
  const act = sheet.getByRole('button', { name: 'Begin maintenance' })
  await expect(act).toHaveAttribute('aria-disabled', 'true')
  await sheet.getByLabel('Reason').fill(reason)
  await act.click()
  await expect(page.getByText('The maintenance has begun.')).toBeVisible()
}

async function expectCountdown(page: Page): Promise<void> {
  const left = page.getByText(/^Maintenance ends in/).locator('span')
  const first = await left.innerText()
  await expect(left).not.toHaveText(first, { timeout: 90_000 })
}
