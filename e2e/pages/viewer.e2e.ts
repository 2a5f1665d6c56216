import { expect, type Page } from '@playwright/test'
import { labClusterName } from '../lab-cluster.ts'
import { newPerson } from '../new-person.ts'
import { routes } from '../routes.ts'
import { test } from '../signed-in.ts'
import { untilHealthy } from '../until-healthy.ts'

/** How the names of what changes something begin; filters, tables, charts, copies and the menu are called otherwise. */
const acts =
  /^(Acknowledge|Add|Allow|Approve|Back up|Begin|Cancel|Change|Delete|Disable|Drain|Enable|End(?! of the archive)|Expire|Extend|Fail over|Forget|Invite|Kill|Link a|Make|Map|Mark|Pause(?! the live)|Put|Recover|Rehearse|Reinitialise|Reject|Release|Reload|Remove|Require|Restart|Restore|Resume|Revoke|Run|Save|Schedule|Send|Set|Silence|Start|Stop|Switch over|Take|Terminate|Try|Vouch|Withdraw|Write)\b/

test('a viewer sees the same page without acts, and one line that says so', async ({ openAs, rest }) => {
  const page = await openAs(await newPerson(rest, 'viewer', 'Vera Viewer'))
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

test('a viewer finds no button that acts on any page, and whatever is pressed there only reads', async ({
  openAs,
  rest,
}) => {
  await untilHealthy(rest)
  const operation = await rest.someOperation(labClusterName)
  const incident = await rest.someIncident(labClusterName)
  const page = await openAs(await newPerson(rest, 'viewer', 'Vito Viewer'))
  const writes: string[] = []
  page.on('request', (request) => {
    if (request.method() !== 'GET') writes.push(`${request.method()} ${request.url()} of ${page.url()}`)
  })
  let pressed = 0
  // The password, the second factors and the sessions are a viewer's own to change.
  const paths = routes.map(({ path }) => path).filter((path) => path !== '/settings/account')
  for (const path of [...paths, `/operations/${operation}`, `/incidents/${incident}`]) {
    expect((await page.goto(path))?.status(), path).toBe(200)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0)
    // What a dialog shows is pressed too, once it is open.
    const seen = [...(await pressAll(page)), ...(await pressAll(page))]
    pressed += seen.length
    expect(
      seen.filter((name) => acts.test(name)),
      path,
    ).toEqual([])
    await expect(page.locator('main form'), path).toHaveCount(0)
  }
  expect(pressed).toBeGreaterThan(50)
  expect(writes).toEqual([])
})

test('what a viewer finds by Ctrl-K changes nothing', async ({ openAs, rest }) => {
  const page = await openAs(await newPerson(rest, 'viewer', 'Vilma Viewer'))
  await page.goto(`/clusters/${labClusterName}`)
  await expect(page.getByText(/^live, seen/)).toBeVisible()
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Find a page or an act' })
  await expect(palette.getByRole('option').first()).toBeVisible()
  // The password and the tokens are a viewer's own to change.
  const offered = await palette.getByRole('option').allInnerTexts()
  expect(offered.filter((text) => acts.test(text) && !/token|your password/.test(text))).toEqual([])
})

/** Presses each button beside and below the menu that can be pressed; their names. Links are followed by other tests. */
async function pressAll(page: Page): Promise<string[]> {
  const seen = await page.evaluate(() => {
    const all = document.querySelectorAll<HTMLElement>('main button, main summary, [role="dialog"] button')
    const able = [...all].filter(
      (one) => one.checkVisibility() && one.ariaDisabled !== 'true' && !one.hasAttribute('disabled'),
    )
    const names = able.map((one) => (one.ariaLabel ?? one.textContent ?? '').trim())
    for (const one of able) one.click()
    return names
  })
  await page.waitForTimeout(300)
  return seen
}
