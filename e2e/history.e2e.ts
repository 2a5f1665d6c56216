import { readFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { labClusterName } from './lab-cluster.ts'
import { test } from './signed-in.ts'
import { untilHealthy } from './until-healthy.ts'

test('what is sampled is drawn, looked at closer, and taken along as a file, without a reload', async ({
  page,
  rest,
}) => {
  test.setTimeout(240_000)
  const leader = (await untilHealthy(rest)).leader ?? ''
  await page.goto(`/clusters/${labClusterName}`)
  let loads = 0
  page.on('load', () => loads++)
  await page
    .getByRole('navigation', { name: `Pages of ${labClusterName}` })
    .getByRole('link', { name: 'History' })
    .click()
  const plot = page.getByRole('slider').first()
  // A sample is taken every ten seconds; two make a line.
  await expect(plot).toBeVisible({ timeout: 120_000 })
  await expect(page.getByRole('region', { name: 'Replication' })).toContainText(leader)

  await plot.focus()
  await page.keyboard.press('+')
  await expect(page).toHaveURL(/from=.*to=/)
  await page.goBack()
  await expect(page).not.toHaveURL(/from=/)

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Replication as CSV' }).click()
  const text = await readFile(await (await download).path(), 'utf8')
  const [head = '', ...rows] = text.trim().split('\n')
  expect(head).toContain(leader)
  expect(rows.length).toBeGreaterThan(1)
  expect(loads).toBe(0)
})
