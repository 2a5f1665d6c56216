import { expect } from '@playwright/test'
import { labClusterName } from './lab-cluster.ts'
import { test } from './signed-in.ts'

test('a viewer sees the same page without acts, and one line that says so', async ({ openAs, rest }) => {
  const email = `viewer-${Date.now()}@example.org`
  const { password } = await rest.createUser({ email, name: 'Vera Viewer', role: 'viewer' })
  const page = await openAs({ email, password })
  await page.goto(`/clusters/${labClusterName}`)
  await expect(page.getByRole('table', { name: 'Members' })).toBeVisible()
  await expect(page.getByText('You look on as viewer')).toBeVisible()
  await expect(page.getByRole('group', { name: 'Acts' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: /switch over/i })).toHaveCount(0)

  const refused = await page.evaluate(async (cluster) => {
    const response = await fetch('/api/trpc/switchover.request?batch=1', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-matriarch': '1' },
      body: JSON.stringify({ 0: { json: { cluster } } }),
    })
    return response.status
  }, labClusterName)
  expect(refused).toBe(403)
})
