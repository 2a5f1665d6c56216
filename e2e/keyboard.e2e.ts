import { expect } from '@playwright/test'
import { webPidOf } from './console.ts'
import { labClusterName } from './lab-cluster.ts'
import { test } from './signed-in.ts'
import { untilHealthy } from './until-healthy.ts'

test('the filter is a key away, and what is typed opens at once', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByText(/^live, seen/)).toBeVisible()
  await page.keyboard.press('/')
  const filter = page.getByRole('searchbox', { name: /^Filter clusters/ })
  await expect(filter).toBeFocused()
  await page.keyboard.type('no cluster is called this')
  await expect(page.getByText('No cluster matches.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(filter).toHaveValue('')
  await page.keyboard.type(labClusterName)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: labClusterName })).toBeVisible()
})

test('from the fleet Ctrl-K finds the switchover of a cluster and opens its sheet', async ({ page, rest }) => {
  await untilHealthy(rest)
  await page.goto('/')
  await expect(page.getByText(/^live, seen/)).toBeVisible()
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Find a page or an act' })
  await expect(palette).toBeVisible()
  await page.keyboard.type(`switch over ${labClusterName}`)
  await expect(palette.getByRole('option').first()).toContainText(`Switch over ${labClusterName}`)
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: `Switch over ${labClusterName}` })
  await expect(sheet.getByRole('heading', { name: 'What will happen' })).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`/clusters/${labClusterName}$`))
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
})

test('the keys are listed, and the live view is paused and followed again', async ({ page }) => {
  await page.goto(`/clusters/${labClusterName}`)
  await expect(page.getByText(/^live, seen/)).toBeVisible()
  await page.keyboard.press('?')
  const keys = page.getByRole('dialog', { name: 'Keys' })
  await expect(keys.getByText('Pause or follow the live view')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(keys).toBeHidden()

  await page.keyboard.press('p')
  await expect(page.getByText(/^paused, seen/)).toBeVisible()
  await expect(page.getByText(/^This page was paused/)).toBeVisible()
  await page.keyboard.press('p')
  await expect(page.getByText(/^live, seen/)).toBeVisible()
  await expect(page.getByText(/^This page was paused/)).toBeHidden()
})

test('a lost connection is told, and the page is live again without a reload', async ({ page, consolePid }) => {
  let codeAt = 0
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/_next/static/')) codeAt = Date.now()
  })
  await page.goto(`/clusters/${labClusterName}`)
  await expect(page.getByText(/^live, seen/)).toBeVisible()
  // A page of which a part is still on its way has nothing to be live with: it asks for the whole again.
  await expect.poll(() => Date.now() - codeAt).toBeGreaterThan(3_000)
  let loads = 0
  page.on('load', () => loads++)
  const web = webPidOf(consolePid)
  if (web === null) throw new Error('The console has no web process.')
  process.kill(web, 'SIGKILL')
  await expect(page.getByText(/^reconnecting, seen/)).toBeVisible()
  await expect(page.getByText(/^live, seen/)).toBeVisible({ timeout: 60_000 })
  expect(loads).toBe(0)
})
