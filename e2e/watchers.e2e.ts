import { expect, type Browser, type Page } from '@playwright/test'
import { endShare } from '#tools/testing/end-share.ts'
import { labClusterName } from './lab-cluster.ts'
import { newPerson } from './new-person.ts'
import { test } from './signed-in.ts'
import { untilHealthy } from './until-healthy.ts'

const works = 'The database is working: it takes writes.'
const refused = 'This link is not good any more.'

/** What could be pressed, filled in or followed. */
const controls =
  'button, form, input, select, textarea, a[href], summary, [role="button"], [contenteditable], [tabindex="0"]'
const names = /pg-node|etcd-?\d|10\.0\.1\.|haproxy|pgbouncer|patroni/i

test('a link for watchers shows whether the database works and nothing to press, is counted, and ends at once', async ({
  browser,
  consoleUrl,
  page,
  rest,
}) => {
  await untilHealthy(rest)
  const title = `Orders ${Date.now()}`
  const address = await makeLink(page, title)
  const stranger = await openByNobody(browser, consoleUrl)
  const watching = watchTraffic(stranger)
  await stranger.goto(address)
  await expect(stranger.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(stranger.getByText(works)).toBeVisible()
  await expect(stranger.getByText(/The target is 99\.9 %/).first()).toBeVisible()
  await expect(stranger.locator(controls)).toHaveCount(0)
  expect(await stranger.content()).not.toMatch(names)
  await watching.untilLookedAgain()
  expect(watching.texts.join('\n')).not.toMatch(names)
  // The token is exchanged once; all the rest only reads.
  expect(watching.writes).toEqual(['POST /api/watch/enter'])

  await page.reload()
  const row = page.getByRole('row', { name: title })
  await expect(row).toContainText('1 ×')
  await row.getByRole('button', { name: `Revoke ${title}` }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Revoke ${title}` })
    .click()
  await expect(row).toContainText('revoked')

  await expect(stranger.getByText(refused)).toBeVisible()
  await expect(stranger.getByText(works)).toHaveCount(0)
  await stranger.reload()
  await expect(stranger.getByRole('heading', { level: 1, name: refused })).toBeVisible()
  await expect(stranger.locator(controls)).toHaveCount(0)
  await stranger.context().close()
})

test('a link whose time is over says so on the open page, and opens no more', async ({
  browser,
  consoleUrl,
  consoleHome,
  rest,
}) => {
  const link = { kind: 'page', title: 'Orders for a day', clusters: [labClusterName], expiresInDays: 1 } as const
  const { share, path } = await rest.share(link)
  const stranger = await openByNobody(browser, consoleUrl)
  await stranger.goto(path)
  await expect(stranger.getByRole('heading', { level: 1, name: link.title })).toBeVisible()
  await endShare(consoleHome, share.id)
  await expect(stranger.getByText(refused)).toBeVisible()
  await stranger.reload()
  await expect(stranger.getByText(refused)).toBeVisible()
  await stranger.context().close()
})

test('a badge is a picture that says the state, until its link is revoked', async ({ page, rest }) => {
  await untilHealthy(rest)
  const link = { kind: 'badge', title: 'orders', clusters: [labClusterName], expiresInDays: 30 } as const
  const { share, path } = await rest.share(link)
  await page.goto('/')
  const isPicture = await page.evaluate(async (address) => {
    const image = new Image()
    image.src = address
    await image.decode()
    return image.naturalWidth > 0
  }, path)
  expect(isPicture).toBe(true)
  const answer = await page.request.get(path)
  expect(answer.headers()['content-type']).toContain('image/svg+xml')
  expect(await answer.text()).toContain('orders: takes writes')
  expect(await answer.text()).not.toMatch(names)
  await rest.revokeShare(share.id)
  const after = await page.request.get(path)
  expect([after.status(), await after.text()]).toEqual([404, expect.stringContaining('not shared')])
})

test("a viewer's page of the status names no server and has nothing to press", async ({ openAs, rest }) => {
  await untilHealthy(rest)
  const page = await openAs(await newPerson(rest, 'viewer', 'Walter Watches'))
  await page.goto(`/clusters/${labClusterName}/status`)
  const status = page.getByRole('region', { name: labClusterName, exact: true })
  await expect(status.getByText(works)).toBeVisible()
  await expect(status.locator(controls)).toHaveCount(0)
  expect(await page.getByRole('main').innerText()).not.toMatch(names)
})

async function openByNobody(browser: Browser, baseURL: string): Promise<Page> {
  return (await browser.newContext({ baseURL })).newPage()
}

/** Makes the link as an administrator does; its address. */
async function makeLink(page: Page, title: string): Promise<string> {
  await page.goto('/settings/watchers')
  await page.getByRole('button', { name: 'Make a link' }).click()
  const making = page.getByRole('dialog', { name: 'Make a link for watchers' })
  await making.getByLabel('Title').fill(title)
  await making.getByLabel(labClusterName, { exact: true }).check()
  await making.getByRole('button', { name: 'Make the link' }).click()
  const told = page.getByRole('dialog', { name: title })
  const line = told.getByText(/\/status#[\w-]{43}$/)
  await expect(line).toBeVisible()
  const address = await line.innerText()
  await told.getByRole('button', { name: 'I have kept it' }).click()
  return address
}

/** What a page asks for, and what it is answered. */
function watchTraffic(page: Page) {
  const [writes, texts]: [string[], string[]] = [[], []]
  page.on('request', (request) => {
    if (request.method() !== 'GET') writes.push(`${request.method()} ${new URL(request.url()).pathname}`)
  })
  page.on('response', async (response) => {
    if (new URL(response.url()).pathname.startsWith('/api/')) texts.push(await response.text().catch(() => ''))
  })
  return {
    writes,
    texts,
    async untilLookedAgain() {
      const before = texts.length
      await expect.poll(() => texts.length).toBeGreaterThan(before + 1)
    },
  }
}
