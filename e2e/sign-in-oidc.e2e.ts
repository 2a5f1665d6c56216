import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startTestProvider, testClient, type TestProvider } from '#tools/testing/oidc-provider.ts'
import { freePort } from '#tools/testing/ports.ts'
import { startConsole, type RunningConsole } from './console.ts'
import { signIn } from './signed-in.ts'

let provider: TestProvider
let console: RunningConsole
const folder = mkdtempSync(join(tmpdir(), 'matriarch-oidc-'))

test.beforeAll(async () => {
  const port = await freePort()
  provider = await startTestProvider(`http://127.0.0.1:${port}`)
  const secretFile = join(folder, 'client-secret')
  writeFileSync(secretFile, testClient.clientSecret, { mode: 0o600 })
  console = await startConsole({
    port,
    told: {
      MATRIARCH_OIDC_ISSUER: provider.issuer,
      MATRIARCH_OIDC_CLIENT_ID: testClient.clientId,
      MATRIARCH_OIDC_CLIENT_SECRET_FILE: secretFile,
      MATRIARCH_OIDC_NAME: 'Test ID',
    },
  })
})

test.afterAll(async () => {
  await console.stop({ keepHome: false })
  await provider[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

test('an administrator maps a group, and whoever is in it signs in with the provider and out again', async ({
  browser,
}) => {
  const anna = await browser.newPage({ baseURL: console.url })
  await anna.goto('/settings/account')
  await anna.getByRole('link', { name: 'Sign in with Test ID' }).click()
  await expect(anna.getByText('None of your groups at Test ID gives you a role here.')).toBeVisible()

  const admin = await browser.newPage({ baseURL: console.url })
  await signIn(admin, console.admin)
  await admin.goto('/settings/sign-in')
  const provided = admin.getByRole('region', { name: 'Provider' })
  await expect(provided).toContainText('rest 7 days after the last sign-in there')
  await expect(provided).toContainText('counts where the provider says that it is confirmed')
  await expect(provided).toContainText('does not count here')
  await admin.getByRole('button', { name: 'Map a group' }).click()
  const dialog = admin.getByRole('dialog', { name: 'Map a group' })
  await dialog.getByLabel('Group').fill('dba')
  await dialog.getByLabel('Role').selectOption('operator')
  await dialog.getByRole('button', { name: 'Map the group' }).click()
  await expect(admin.getByRole('table', { name: 'Groups and what they give' })).toContainText('dba')

  await anna.goto('/settings/account')
  await anna.getByRole('link', { name: 'Sign in with Test ID' }).click()
  await expect(anna).toHaveURL(`${console.url}/settings/account`)
  await expect(anna.getByText('anna@example.org').first()).toBeVisible()
  await admin.reload()
  await expect(admin.getByRole('table', { name: 'Identities' })).toContainText('anna@example.org')

  const cookies = await anna.context().cookies(console.url)
  await anna.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(anna).toHaveURL(new RegExp(`^${provider.issuer}/session/end`))
  await anna.context().addCookies(cookies)
  await anna.goto(`${console.url}/settings/account`)
  await expect(anna).toHaveURL(/\/sign-in/)
  await anna.context().close()
  await admin.context().close()
})

test('with the provider away the page says so, and a password still lets in', async ({ browser }) => {
  provider.mood = 'failing'
  const page = await browser.newPage({ baseURL: console.url })
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Sign in with Test ID' }).click()
  await expect(page.getByRole('alert').filter({ hasText: /Test ID/ })).toBeVisible()
  await signIn(page, console.admin)
  await expect(page.getByRole('heading', { level: 1, name: 'Fleet' })).toBeVisible()
  provider.mood = 'well'
  await page.context().close()
})
