import { expect, type Page } from '@playwright/test'
import { labClusterName } from '../lab-cluster.ts'
import { openRoutes, routes } from '../routes.ts'
import { test } from '../signed-in.ts'
import { chooseTheme, expectSound, looks, nameOf, openStranger, settle, stand } from '../sound-page.ts'

for (const { theme, viewport } of looks) {
  test.describe(nameOf({ theme, viewport }), () => {
    test.describe.configure({ mode: 'default' })
    const look = { viewport, colorScheme: theme }
    // One page for all: what each address needs is at hand after the first.
    let page: Page
    test.beforeAll(async ({ openAs, admin }) => {
      page = await openAs(admin, look)
      await chooseTheme(page, theme)
    })
    test.afterAll(() => page.context().close())

    for (const { name, path } of routes) {
      test(`the page ${name} has no fault and does not scroll sideways`, async () => {
        expect((await page.goto(path))?.status()).toBe(200)
        await settle(page)
        await expectSound(page, theme)
      })
    }

    for (const { name, path } of openRoutes) {
      test(`the page ${name} has no fault and does not scroll sideways`, async ({ browser, consoleUrl }) => {
        const stranger = await openStranger(browser, consoleUrl, look)
        await chooseTheme(stranger, theme)
        expect((await stranger.goto(path))?.status()).toBe(200)
        await settle(stranger)
        await expectSound(stranger, theme)
        await stranger.context().close()
      })
    }

    test('the form of a channel has no fault', async () => {
      await page.goto('/settings/notifications')
      await page.getByRole('button', { name: 'Add a channel' }).click()
      await expect(page.getByRole('dialog').getByLabel('Address')).toBeVisible()
      await stand(page)
      await expectSound(page, theme)
    })

    test('the sheet of a rule has no fault', async () => {
      await page.goto(`/clusters/${labClusterName}/alerts/rules?rule=replication-lag`)
      const sheet = page.getByRole('dialog')
      await expect(sheet.getByLabel('Behind by more than')).toBeVisible()
      await expect(sheet.getByRole('region', { name: 'Within the last week' })).toContainText('.')
      await stand(page)
      await expectSound(page, theme)
    })

    test('the sheet of a switchover has no fault', async () => {
      await page.goto(`/clusters/${labClusterName}`)
      await page.getByRole('group', { name: 'Acts' }).getByRole('button', { name: 'Switch over' }).click()
      await expect(page.getByRole('dialog').getByLabel('Reason')).toBeVisible()
      await stand(page)
      await expectSound(page, theme)
    })
  })
}
