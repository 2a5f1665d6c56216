import { expect } from '@playwright/test'
import { labClusterName } from './lab-cluster.ts'
import { newNobody, signInAsNobody } from './new-person.ts'
import { test } from './signed-in.ts'

test('whoever has no role finds their account and nothing else, and the page they wished for once they have one', async ({
  browser,
  consoleUrl,
  rest,
}) => {
  const nobody = await newNobody(rest, 'Nils Nobody')
  const page = await browser.newPage({ baseURL: consoleUrl })
  await signInAsNobody(page, nobody)
  for (const path of ['/', '/alerts', '/settings/users', `/clusters/${labClusterName}`]) {
    await page.goto(path)
    await expect(page).toHaveURL(`/no-role?next=${encodeURIComponent(path)}`)
    await expect(page.getByRole('navigation', { name: 'Pages' })).toHaveCount(0)
  }

  await page.getByRole('link', { name: 'Your account' }).click()
  await expect(page.getByRole('table', { name: 'Sessions' }).getByRole('row')).toHaveCount(2)
  await expect(page.getByText(nobody.email)).toBeVisible()
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await page.getByLabel('Present password').fill(nobody.password)
  await page.getByLabel('New password').fill('another long password')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('Your password is changed.')).toBeVisible()
  await page.getByRole('button', { name: 'Add an authenticator app' }).click()
  await expect(page.getByRole('img', { name: 'Secret for the authenticator app' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Back' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Nobody has given you a role yet' })).toBeVisible()

  await page.goto(`/clusters/${labClusterName}`)
  await expect(page.getByRole('heading', { level: 1, name: 'Nobody has given you a role yet' })).toBeVisible()
  await rest.giveRole(nobody.id, 'viewer')
  await page.getByRole('button', { name: 'Look again' }).click()
  await expect(page).toHaveURL(`/clusters/${labClusterName}`)
  await expect(page.getByRole('table', { name: 'Members' })).toBeVisible()

  // Taken away while the console is open, it is said at the next page.
  await rest.revokeRole(nobody.id, 'viewer')
  await page.getByRole('navigation', { name: 'Pages', exact: true }).getByRole('link', { name: 'Events' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Nobody has given you a role yet' })).toBeVisible()
  await page.context().close()
})
