import { expect, type Page } from '@playwright/test'
import { freePort } from '#tools/testing/ports.ts'
import { startReceiver } from './lab/alert-receiver.ts'
import { labClusterName } from './lab-cluster.ts'
import { test } from './signed-in.ts'

const secret = 'never-to-be-seen-again'

test('a channel and a route are made in their forms, a test arrives and is logged, and the secret is not shown again', async ({
  page,
  rest,
}) => {
  await using receiver = await startReceiver()
  const shown: string[] = []
  page.on('response', (response) => {
    if (response.url().includes('/api/trpc/'))
      void response.text().then(
        (body) => shown.push(body),
        () => {},
      )
  })
  await page.goto('/settings/notifications')
  try {
    await addChannel(page, { name: 'on-call', url: 'receiver.example.org' }, 'Address')
    const sheet = page.getByRole('dialog', { name: 'Add a channel' })
    await sheet.getByLabel('Address').fill(receiver.url)
    await sheet.getByRole('button', { name: 'Add the channel' }).click()
    await expect(sheet).toHaveCount(0)
    const channels = page.getByRole('table', { name: 'Channels' })
    await expect(channels.getByRole('row', { name: /on-call/ })).toContainText(new URL(receiver.url).host)

    await page.getByRole('button', { name: 'Send a test to on-call' }).click()
    await expect(page.getByText('on-call accepted the test: ')).toBeVisible()
    expect(receiver.authorizations()).toEqual([`Bearer ${secret}`])
    const log = page.getByRole('table', { name: 'Notifications' })
    await expect(log.getByRole('row', { name: /on-call/ })).toContainText('sent')

    await page.getByRole('button', { name: 'Add a route' }).click()
    const route = page.getByRole('dialog', { name: 'Add a route' })
    await route.getByLabel('Cluster').selectOption(labClusterName)
    await route.getByLabel('Again').selectOption('every hour')
    await expect(route).toContainText(new RegExp(`critical.*${labClusterName}.*on-call`, 'i'))
    await route.getByRole('button', { name: 'Add the route' }).click()
    await expect(page.getByText('Who is told is changed.')).toBeVisible()
    await expect(page.getByRole('region', { name: 'Routes' }).getByRole('listitem')).toContainText('on-call')

    await page.reload()
    await channels.getByRole('button', { name: 'Change on-call' }).click()
    await page.getByRole('menuitem', { name: 'Change it' }).click()
    const change = page.getByRole('dialog', { name: 'Change on-call' })
    await expect(change.getByLabel('Bearer token or password')).toHaveValue('')
    await expect(change).toContainText('What is kept stays, unless you type another.')
    expect(shown.length).toBeGreaterThan(0)
    expect(shown.filter((body) => body.includes(secret))).toEqual([])
    expect(await page.content()).not.toContain(secret)
    await change.getByRole('button', { name: 'Cancel' }).click()

    await channels.getByRole('button', { name: 'Change on-call' }).click()
    await page.getByRole('menuitem', { name: 'Remove it' }).click()
    const removal = page.getByRole('dialog', { name: 'Remove on-call' })
    await removal.getByRole('button', { name: 'Remove on-call' }).click()
    await expect(removal.getByRole('alert')).toHaveText('Route 1 leads to on-call: change it first.')
    await removal.getByRole('button', { name: 'Leave it' }).click()
  } finally {
    await rest.tellNobody()
  }
})

test('a channel that leads nowhere says of its test what, where and what to do', async ({ page, rest }) => {
  await page.goto('/settings/notifications')
  const url = `http://127.0.0.1:${await freePort()}/`
  try {
    await addChannel(page, { name: 'nobody', url })
    await page.getByRole('button', { name: 'Send a test to nobody' }).click()
    const said = page.getByText(/nobody did not accept the test: /)
    await expect(said).toBeVisible()
    await expect(said).toContainText(
      `Nothing listens on ${new URL(url).host} (nobody): check that the receiver runs there.`,
    )
    const log = page.getByRole('table', { name: 'Notifications' })
    await expect(log.getByRole('row', { name: /nobody/ })).toContainText('given up')
  } finally {
    await rest.tellNobody()
  }
})

/** Through the form; with `faultAt` the address is first refused at that field, and the form stays open. */
async function addChannel(page: Page, channel: { name: string; url: string }, faultAt?: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a channel' }).click()
  const sheet = page.getByRole('dialog', { name: 'Add a channel' })
  const add = sheet.getByRole('button', { name: 'Add the channel' })
  await expect(add).toHaveAttribute('aria-disabled', 'true')
  await sheet.getByLabel('Name').fill(channel.name)
  await sheet.getByLabel('Address').fill(channel.url)
  await sheet.getByLabel('Bearer token or password').fill(secret)
  await add.click()
  if (faultAt === undefined) {
    await expect(sheet).toHaveCount(0)
    return
  }
  const field = sheet.getByLabel(faultAt)
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(field).toHaveAccessibleDescription(/http/)
}
