import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import { nodes } from '#lab/addresses.ts'
import { sql } from '#lab/control.ts'
import { enrolAgents } from './enrol-agents.ts'
import { labClusterName } from './lab-cluster.ts'
import type { Rest } from './rest.ts'
import { test } from './signed-in.ts'
import { untilArchived } from './until-archived.ts'
import { untilHealthy } from './until-healthy.ts'

const minuteMs = 60_000

test('from "someone dropped orders" to the proof that it is back, and the old data let go', async ({ page, rest }) => {
  test.setTimeout(25 * minuteMs)
  const timeline = await prepare(rest)
  await dropOrders((await untilHealthy(rest)).leader ?? '')

  await page.goto(`/clusters/${labClusterName}/backups`)
  await page.getByRole('link', { name: 'Go back in time' }).click()
  const confirm = page.getByRole('button', { name: new RegExp(`^Recover ${labClusterName} to`) })
  await expect(page.getByText('Say first where to go back to.').first()).toBeVisible()
  await chooseJustBeforeTheDrop(page)
  // The table itself stays locked by what dropped it until all is final.
  await page
    .getByRole('textbox', { name: /^Check query/ })
    .fill("select count(*) from pg_class where relname = 'orders'")
  await expect(confirm).toHaveAccessibleName(/to just before transaction \d+$/)
  await expect(page.getByText('of writes are given up')).toBeVisible()
  await expectCommitsCounted(page)
  await expect(confirm).toHaveAttribute('aria-disabled', 'true')
  await page.getByLabel('Reason').fill('someone dropped orders')
  await page.getByLabel(`Type ${labClusterName} to confirm`).fill('something else')
  await expect(confirm).toHaveAttribute('aria-disabled', 'true')
  await page.getByLabel(`Type ${labClusterName} to confirm`).fill(labClusterName)
  await expect(confirm).not.toHaveAttribute('aria-disabled', 'true')
  await confirm.click()

  await expect(page).toHaveURL(/\/operations\//)
  await expect(page.getByText('Waits for a decision')).toBeVisible({ timeout: 10 * minuteMs })
  await expect(page.getByRole('region', { name: 'Answer of the check query' })).toContainText('1')
  await expect(page.getByText('on the target', { exact: true })).toBeVisible()
  await page.reload()
  await makeItFinal(page)

  const proof = page.getByRole('region', { name: 'Proof of the recovery' })
  await expect(proof).toContainText('The cluster runs on the recovered data.', { timeout: 15 * minuteMs })
  await expect(proof).toContainText('Writes stopped for')
  await expect(proof).toContainText(`${timeline} → `)
  expect(await sql('haproxy', 'select count(*)::int as count from orders')).toEqual([{ count: rows }])
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    proof.getByRole('button', { name: 'Download report' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^restore-lab-.*\.md$/)
  expect(await readFile(await download.path(), 'utf8')).toContain('someone dropped orders')
  await untilHealthy(rest)

  await proof.getByRole('button', { name: 'Let the old data go' }).click()
  const sheet = page.getByRole('dialog', { name: 'Let the old data go' })
  await sheet.getByLabel('Reason').fill('the recovered cluster has proven itself')
  await sheet.getByLabel(`Type ${labClusterName} to confirm`).fill(labClusterName)
  await sheet.getByRole('button', { name: 'Let the old data go' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('kept data')
  await expect(page.getByText('Succeeded', { exact: true })).toBeVisible({ timeout: 3 * minuteMs })
})

const rows = 1204

/** Agents everywhere and a backup of the leader as it is now; gives its timeline. */
async function prepare(rest: Rest): Promise<number | null> {
  await untilHealthy(rest)
  await enrolAgents(rest)
  const { id } = await rest.takeBackup(labClusterName, { type: 'full', reason: 'to go back to' })
  expect(await rest.untilLongEnded(id)).toMatchObject({ state: 'succeeded' })
  const { leader, members } = await untilHealthy(rest)
  return members.find(({ name }) => name === leader)?.timeline ?? null
}

async function dropOrders(leader: string): Promise<void> {
  await sql('haproxy', 'drop table if exists orders')
  await sql('haproxy', `create table orders as select n as id from generate_series(1, ${rows}) as n`)
  // A replica reads the archive, and the catalog's rows on its disk: by a table's name it is found once they are there.
  for (const node of nodes) await sql(node, 'checkpoint')
  await sql('haproxy', 'drop table orders')
  // Until it is archived a look finds older ones alone: those of whoever used the lab before.
  await untilArchived(leader)
}

/** The drop itself is one of them at least, and who asks for the recovery sees the number without asking for it, or asks. */
async function expectCommitsCounted(page: Page): Promise<void> {
  const counted = page.getByText(/^(At least )?[\d,]+ commits? after the target will be gone/)
  const count = page.getByRole('button', { name: 'Count the commits' })
  await expect(counted.or(count)).toBeVisible({ timeout: 3 * minuteMs })
  if (await count.isVisible()) await count.click()
  await expect(counted).toBeVisible({ timeout: 3 * minuteMs })
  await expect(page.getByText(/Counted on pg-node-\d in \d+ WAL segments?, /)).toBeVisible()
}

/** The newest of all that dropped it is what was just done. */
async function chooseJustBeforeTheDrop(page: Page): Promise<void> {
  const found = page.getByRole('list', { name: 'Transactions that took something away' })
  const dropped = found.getByRole('listitem').filter({ hasText: /Dropped .*\borders\b/ })
  // Each look reads the archive of an hour anew: it is waited for before another is taken.
  await expect(async () => {
    await page.getByRole('button', { name: /^Look (for it|again)$/ }).click()
    await expect(dropped.first()).toBeVisible({ timeout: 3 * minuteMs })
  }).toPass({ timeout: 7 * minuteMs })
  await dropped
    .first()
    .getByRole('button', { name: /^Just before this/ })
    .click()
  await expect(page.getByText('It can be recovered.')).toBeVisible({ timeout: 2 * minuteMs })
}

async function makeItFinal(page: Page): Promise<void> {
  await page.getByRole('list', { name: 'Ways on' }).getByRole('button', { name: 'Make it final' }).click()
  const sheet = page.getByRole('dialog', { name: 'Make it final' })
  const act = sheet.getByRole('button', { name: 'Make it final' })
  await sheet.getByLabel('Reason').fill('the count is right')
  await expect(act).toHaveAttribute('aria-disabled', 'true')
  await sheet.getByLabel(`Type ${labClusterName} to confirm`).fill(labClusterName)
  await act.click()
  await expect(sheet).toBeHidden()
}
