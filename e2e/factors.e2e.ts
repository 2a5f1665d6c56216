import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, type Browser, type Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import { ageStepUps } from '#tools/testing/age-step-ups.ts'
import { givePassword } from './give-password.ts'
import { newPerson } from './new-person.ts'
import { signIn, test, type Account } from './signed-in.ts'
import { addVirtualPasskeys } from './virtual-passkeys.ts'

/** Browsers keep passkeys for a name, not for 127.0.0.1. */
const named = (url: string) => url.replace('127.0.0.1', 'localhost')

test('a passkey is registered and lets in alone, after the password, and before a dangerous act', async ({
  browser,
  consoleUrl,
  consoleHome,
  rest,
}) => {
  const account = await newPerson(rest, 'admin', 'Pia Passkey')
  const page = await browser.newPage({ baseURL: named(consoleUrl) })
  await addVirtualPasskeys(page)
  await signIn(page, account)
  await page.goto('/settings/account')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  const adding = page.getByRole('dialog', { name: 'Add a passkey' })
  await adding.getByLabel('Name').fill('Laptop')
  await adding.getByRole('button', { name: 'Make the passkey' }).click()
  await expect(page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')).toHaveCount(10)
  const [code = ''] = await page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allTextContents()
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByRole('list', { name: 'Your second factors' })).toContainText('Laptop')

  await signOut(page)
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible()

  await signOut(page)
  await givePassword(page, account)
  await expect(page.getByText('Now the second factor')).toBeVisible()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible()

  await ageStepUps(consoleHome)
  await page.goto('/settings/account?add=1')
  const making = page.getByRole('dialog', { name: 'Make a token' })
  await making.getByLabel('Name').fill(`typed before ${account.email}`)
  await making.getByRole('button', { name: 'Make the token' }).click()
  const asking = page.getByRole('dialog', { name: 'Show that it is you' })
  await asking.getByRole('button', { name: 'Go on with a passkey' }).click()
  await expect(page.getByRole('dialog', { name: `Token typed before ${account.email}` })).toBeVisible()

  await page.getByRole('button', { name: 'I have kept it' }).click()
  await signOut(page)
  await givePassword(page, account)
  await page.getByRole('button', { name: 'Use a recovery code' }).click()
  await page.getByLabel('Recovery code').fill(code)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible()
  await page.goto('/settings/account')
  await expect(page.getByText('9 recovery codes left')).toBeVisible()
  await page.context().close()
})

test('an authenticator app is registered by its secret and asked for at the next sign-in; a code counts once', async ({
  browser,
  consoleUrl,
  rest,
}) => {
  const account = await newPerson(rest, 'admin', 'Anton App')
  const page = await browser.newPage({ baseURL: consoleUrl })
  await signIn(page, account)
  await page.goto('/settings/account')
  await page.getByRole('button', { name: 'Add an authenticator app' }).click()
  const adding = page.getByRole('dialog', { name: 'Add an authenticator app' })
  await expect(adding.getByRole('img', { name: 'Secret for the authenticator app' })).toBeVisible()
  const shown = await adding.getByText(/^([A-Z2-7]{4} ?){8}$/).textContent()
  const app = new TOTP({ secret: Secret.fromBase32((shown ?? '').replaceAll(' ', '')) })
  const first = app.generate()
  await adding.getByLabel('Code').fill(first)
  await adding.getByRole('button', { name: 'Add the app' }).click()
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByRole('list', { name: 'Your second factors' })).toContainText('Not vouched for')

  await signOut(page)
  await givePassword(page, account)
  const field = page.getByLabel('Code of your authenticator app')
  await field.fill(first)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByText(/used before|code is wrong/)).toBeVisible()
  await page.goto('/')
  await expect(page).toHaveURL(/sign-in/)
  // The password was right: what is still wanted is asked for again.
  await field.fill(app.generate({ timestamp: Date.now() + 30_000 }))
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible()
  await page.context().close()
})

test('who has no second factor shows the password before a dangerous act, and may let it be', async ({
  browser,
  consoleUrl,
  consoleHome,
  rest,
}) => {
  const account = await newPerson(rest, 'admin', 'Paul Password')
  const page = await browser.newPage({ baseURL: consoleUrl })
  await signIn(page, account)
  await ageStepUps(consoleHome)
  await page.goto('/settings/account?add=1')
  const making = page.getByRole('dialog', { name: 'Make a token' })
  await making.getByLabel('Name').fill(`token of ${account.email}`)
  await making.getByRole('button', { name: 'Make the token' }).click()
  const asking = page.getByRole('dialog', { name: 'Show that it is you' })
  await asking.getByRole('button', { name: 'Cancel' }).click()
  await expect(making.getByRole('alert')).toContainText('Show again that it is you')
  await expect(making.getByLabel('Name')).toHaveValue(`token of ${account.email}`)
  await making.getByRole('button', { name: 'Make the token' }).click()
  await asking.getByLabel('Your password').fill(account.password)
  await asking.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('dialog', { name: `Token token of ${account.email}` })).toBeVisible()
  await page.context().close()
})

test('an administrator who was vouched for beside the store vouches for somebody with a proof', async ({
  browser,
  consoleUrl,
  consoleHome,
  rest,
}) => {
  const [owner, other] = await Promise.all([
    newPerson(rest, 'admin', 'Olga Owner'),
    newPerson(rest, 'admin', 'Nils New'),
  ])
  const page = await withPasskey(browser, named(consoleUrl), owner)
  const others = await withPasskey(browser, named(consoleUrl), other)
  const vouch = async () => {
    await page.goto('/settings/users')
    await page
      .getByRole('row', { name: other.email })
      .getByRole('button', { name: /^Change/ })
      .click()
    await page.getByRole('menuitem', { name: 'Second factors' }).click()
    await page.getByRole('button', { name: 'Vouch for Laptop' }).click()
    await page.getByRole('button', { name: 'Vouch for it with a passkey' }).click()
  }
  await vouch()
  await expect(page.getByText('Nobody has vouched for this factor yet')).toBeVisible()
  const { stdout } = await promisify(execFile)('bin/matriarch', ['users', 'vouch', owner.email, '--json'], {
    env: { ...process.env, MATRIARCH_HOME: consoleHome },
  })
  expect(JSON.parse(stdout)).toEqual({ vouchedFor: ['Laptop'] })
  await vouch()
  await expect(page.getByText(`Vouched for by ${owner.email}`)).toBeVisible()
  await others.goto('/settings/account')
  await expect(others.getByText(`Vouched for by ${owner.email}`)).toBeVisible()
  await page.context().close()
  await others.context().close()
})

async function withPasskey(browser: Browser, baseURL: string, account: Account): Promise<Page> {
  const page = await browser.newPage({ baseURL })
  await addVirtualPasskeys(page)
  await signIn(page, account)
  await page.goto('/settings/account')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('dialog', { name: 'Add a passkey' }).getByLabel('Name').fill('Laptop')
  await page.getByRole('button', { name: 'Make the passkey' }).click()
  await page.getByRole('button', { name: 'I have kept them' }).click()
  return page
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out', exact: true }).first().click()
  await expect(page.getByRole('heading', { name: 'Sign in to Matriarch' })).toBeVisible()
}
