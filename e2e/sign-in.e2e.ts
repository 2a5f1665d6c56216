import { expect } from '@playwright/test'
import { givePassword } from './give-password.ts'
import { signIn, test } from './signed-in.ts'

test('a wrong password is told without saying which part was wrong', async ({ browser, consoleUrl, admin }) => {
  const page = await browser.newPage({ baseURL: consoleUrl })
  await page.goto('/')
  await expect(page).toHaveURL(/\/sign-in/)
  await givePassword(page, { ...admin, password: 'not the password' })
  await expect(page.getByRole('alert').filter({ hasText: /./ })).toBeVisible()
  await expect(page).toHaveURL(/\/sign-in/)
  await page.context().close()
})

test('who signs in sees the fleet and comes to a cluster', async ({ browser, consoleUrl, admin }) => {
  const page = await browser.newPage({ baseURL: consoleUrl })
  await signIn(page, admin)
  await expect(page.getByRole('heading', { level: 1, name: 'Fleet' })).toBeVisible()
  await page.getByRole('table', { name: 'Clusters' }).getByRole('link', { name: 'lab', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'lab' })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Members' }).getByRole('row')).toHaveCount(4)
  await page.context().close()
})

test('signing out ends the session on the server', async ({ browser, consoleUrl, admin }) => {
  const context = await browser.newContext({ baseURL: consoleUrl })
  const page = await context.newPage()
  await signIn(page, admin)
  const cookies = await context.cookies()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in to Matriarch' })).toBeVisible()

  await context.addCookies(cookies)
  await page.goto('/')
  await expect(page).toHaveURL(/\/sign-in/)
  await context.close()
})
