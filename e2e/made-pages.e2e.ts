import { expect } from '@playwright/test'
import { givePassword } from './give-password.ts'
import { makers } from './made-routes.ts'
import { newPerson } from './new-person.ts'
import { madeRoutes } from './routes.ts'
import { test } from './signed-in.ts'
import { expectSoundInEveryLook, openStranger } from './sound-page.ts'
import { vouchedApp } from './vouched-app.ts'

// What has to be made first is made once, and looked at in every look.
test.describe('in every look', () => {
  for (const made of madeRoutes) {
    test(`what is made for ${made} has no fault and does not scroll sideways`, async ({
      browser,
      consoleUrl,
      consoleHome,
      rest,
      openAs,
      admin,
    }) => {
      const page = await openAs(admin)
      const making = { rest, consoleHome, page, openAs, openStranger: () => openStranger(browser, consoleUrl) }
      await makers[made](making, expectSoundInEveryLook)
      await page.context().close()
    })
  }

  test('the second step of signing in has no fault and does not scroll sideways', async ({
    browser,
    consoleUrl,
    consoleHome,
    rest,
    openAs,
  }) => {
    const account = await newPerson(rest, 'operator', 'Stella Second')
    const own = await openAs(account)
    await vouchedApp(own, account, consoleHome)
    const stranger = await openStranger(browser, consoleUrl)
    const code = stranger.getByLabel('Code of your authenticator app')
    await stranger.goto('/sign-in')
    await givePassword(stranger, account)
    await expect(code).toBeVisible()
    // A sign-in that was begun waits for its second step, also where the page is opened anew.
    await expectSoundInEveryLook(stranger, async () => {
      await stranger.reload()
      await expect(code).toBeVisible()
    })
    await stranger.context().close()
  })
})
