import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import type { AlertCause } from '#domain/alerts/rule.ts'
import { nodeNamed } from '#lab/names.ts'
import { labClusterName } from './lab-cluster.ts'
import { holdUp } from './lock-queue.ts'
import { hushRules } from './other-rules.ts'
import type { Rest } from './rest.ts'
import { test } from './signed-in.ts'
import { until } from './until.ts'
import { untilHealthy } from './until-healthy.ts'

const rule = 'sessions-blocked'

/** Causes whose incidents what a session holds up would be taken for a part of. */
const takesIn: ReadonlySet<AlertCause> = new Set<AlertCause>(['leadership', 'member', 'capacity', 'workload'])

test('a rule changed on its page fires for whom a session holds up; the incident is answered, its cause is ended, and so it is', async ({
  page,
  rest,
  admin,
}) => {
  test.setTimeout(900_000)
  const leader = nodeNamed((await untilHealthy(rest)).leader ?? '')
  await using _hushed = await hushRules(rest, takesIn)
  await using held = await holdUp(leader)
  try {
    await page.goto(`/clusters/${labClusterName}/postgres`)
    const queue = page.getByRole('list', { name: `Who waits for whom on ${leader}` })
    await expect(queue).toContainText('holds up 1 other')
    const reason = `browser test at ${new Date().toISOString()}`
    await fireSooner(page, reason)
    const number = await openIncident(page)
    await answer(page, number, admin.email)
    await takeItAlong(page, number)
    await readRunbook(page)
    await page.getByRole('group', { name: 'What may mend it' }).getByRole('link', { name: 'End sessions' }).click()
    await terminate(page, leader, held.holder)

    await page.goto(`/incidents/${number}`)
    await untilOver(rest, number)
    await expect(page.getByText('Over, was critical')).toBeVisible()
    const main = page.getByRole('main')
    await expect(main).toContainText(/Since .* until .*\./)
    await expect(main).toContainText(`Acknowledged by ${admin.email}`)
    await expect(page.getByRole('button', { name: 'Acknowledge' })).toHaveCount(0)
    await expect(page).not.toHaveTitle(/critical/)
    await endSilence(page)
    await resetRule(page, reason)
  } finally {
    await rest.setRule(labClusterName, rule, { reason: 'the browser test is over' })
  }
})

/** Waits until nothing fires of an incident any more: what else has joined it meanwhile keeps firing for minutes. */
function untilOver(rest: Rest, number: number): Promise<true> {
  return until({ what: `incident ${number} is over`, timeoutMs: 300_000, everyMs: 1_000 }, async () => {
    const open = await rest.openIncidents(labClusterName)
    if (open.every((incident) => incident.number !== number)) return true
    const firing = (await rest.alerts(labClusterName)).filter(({ state }) => state === 'firing')
    throw new Error(firing.map(({ ruleId, subject, summary }) => `${ruleId} on ${subject} fires: ${summary}`).join(' '))
  })
}

/** Sets the rule otherwise, once its page says that it would have fired by now. */
async function fireSooner(page: Page, reason: string): Promise<void> {
  await page.goto(`/clusters/${labClusterName}/alerts/rules?rule=${rule}`)
  const sheet = page.getByRole('dialog', { name: 'Sessions are blocked' })
  const trial = sheet.getByRole('region', { name: 'Within the last week' })
  const save = sheet.getByRole('button', { name: 'Save' })
  await expect(trial).toContainText(/It would not have fired|cannot be said/)
  await sheet.getByLabel('More than').fill('0')
  await sheet.getByLabel('Must hold for').fill('0 s')
  await sheet.getByLabel('Ends after quiet for').fill('2 s')
  await sheet.getByLabel('Weight').selectOption('critical')
  // The two minutes in which it was sampled have to be rolled up, and the page has to ask again.
  await expect(trial).toContainText(/It would have fired \d+ times? within the last week/, { timeout: 240_000 })
  await expect(save).toHaveAttribute('aria-disabled', 'true')
  await sheet.getByLabel('Reason').fill(reason)
  await save.click()
  await expect(page.getByText('Saved. It holds from the next look on.')).toBeVisible()
  const line = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Sessions are blocked' }) })
  await expect(line).toContainText('more than 0 instead of 5')
  await expect(line).toContainText('Critical')

  await page.goto(`/audit?cluster=${labClusterName}`)
  const record = page.getByRole('row').filter({ hasText: reason })
  await expect(record).toContainText('Change an alert rule')
  await expect(record).toContainText('done')
}

/** Through the menu, whose count and tab title tell of it, to the page of its incident; its number. */
async function openIncident(page: Page): Promise<number> {
  const menu = page.getByRole('navigation', { name: 'Pages', exact: true })
  // A recovery that has just ended explains for two minutes what sessions do.
  await expect(menu.getByRole('link', { name: /^Alerts/ })).toContainText(/\d+ critical/, { timeout: 180_000 })
  await expect(page).toHaveTitle(/^\(\d+ critical\) /)
  await page.goto(`/clusters/${labClusterName}/alerts`)
  const line = page.getByRole('listitem').filter({ hasText: 'must wait for a lock' })
  await line.getByRole('link', { name: /must wait for a lock/ }).click()
  await expect(page).toHaveURL(/\/incidents\/\d+$/)
  await expect(page.getByText('Nobody has acknowledged it yet.')).toBeVisible()
  return Number(new URL(page.url()).pathname.split('/').at(-1))
}

/** Looks after it, writes down what is known, and holds back what would be told of it. */
async function answer(page: Page, number: number, who: string): Promise<void> {
  const acts = page.getByRole('group', { name: 'Acts' })
  await acts.getByRole('button', { name: 'Acknowledge' }).click()
  await expect(page.getByText(`Acknowledged by ${who}`)).toBeVisible()
  await expect(acts.getByRole('button', { name: 'Acknowledge' })).toHaveCount(0)
  await page.getByLabel('Add a note').fill('The nightly report holds the lock.')
  await page.getByRole('button', { name: 'Add note' }).click()
  const notes = page.getByRole('region', { name: 'Notes' })
  await expect(notes).toContainText('The nightly report holds the lock.')
  await expect(page.getByRole('region', { name: 'What happened' })).toContainText('The nightly report holds the lock.')

  await acts.getByRole('button', { name: 'Silence' }).click()
  const sheet = page.getByRole('dialog', { name: 'Silence' })
  await expect(sheet).toContainText(`Incident ${number}`)
  await sheet.getByLabel('For how long').selectOption('30 min')
  await expect(sheet).toContainText(/Until \d{4}-\d{2}-\d{2} \d{2}:\d{2}/)
  await sheet.getByLabel('Reason').fill('I am at it.')
  await sheet.getByRole('button', { name: 'Silence' }).click()
  await expect(page.getByText('Silenced.')).toBeVisible()
}

/** The export holds what is wrong, who answered and what was noted. */
async function takeItAlong(page: Page, number: number): Promise<void> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  const text = await readFile(await (await download).path(), 'utf8')
  expect(text).toContain(`# Incident ${number}: ${labClusterName}`)
  expect(text).toMatch(/Of its sessions 1 must wait for a lock/)
  expect(text).toContain('The nightly report holds the lock.')
  expect(text).toMatch(/Acknowledged/)
}

/** What to do stands on the page itself; what it refers to opens. */
async function readRunbook(page: Page): Promise<void> {
  const todo = page.getByRole('region', { name: 'What to do' })
  const runbook = todo.getByRole('group').filter({ hasText: 'The runbook sessions-held' })
  // Of an incident that other alerts have joined, another runbook may be the one to read first.
  if (!(await runbook.evaluate((details: HTMLDetailsElement) => details.open))) await runbook.locator('summary').click()
  await runbook.getByRole('link', { name: 'The runbook sessions-held on a page of its own' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Runbook sessions-held' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('Clients wait')
  await page.goBack()
}

/** Ends the session that holds the others up, once its plan has said what will happen. */
async function terminate(page: Page, member: string, pid: number): Promise<void> {
  const reason = `it holds others up ${new Date().toISOString()}`
  // It stands below as well by now, among those that are idle in a transaction.
  const queue = page.getByRole('list', { name: `Who waits for whom on ${member}` })
  await queue.getByRole('button', { name: `Terminate pid ${pid} on ${member}` }).click()
  const sheet = page.getByRole('dialog', { name: `Terminate pid ${pid}` })
  const confirm = sheet.getByRole('button', { name: `Terminate pid ${pid}` })
  await expect(sheet.getByRole('heading', { name: 'What will happen' })).toBeVisible()
  await expect(sheet).toContainText(`pid ${pid}`)
  await expect(confirm).toHaveAttribute('aria-disabled', 'true')
  await sheet.getByLabel('Reason').fill(reason)
  await confirm.click()
  await expect(page).toHaveURL(/\/operations\//)
  await expect(page.getByText('Succeeded', { exact: true })).toBeVisible({ timeout: 60_000 })
  await page.getByRole('link', { name: 'Audit record' }).click()
  const record = page.getByRole('row').filter({ hasText: reason }).filter({ hasText: 'Ask to end a statement' })
  await expect(record).toContainText(`pid ${pid} on ${member}`)
}

async function endSilence(page: Page): Promise<void> {
  await page.goto(`/clusters/${labClusterName}/alerts`)
  await expect(page.getByText('I am at it.')).toBeVisible()
  await page.getByRole('button', { name: /^End the silence of Sessions are blocked/ }).click()
  await expect(page.getByText('I am at it.')).toHaveCount(0)
}

async function resetRule(page: Page, reason: string): Promise<void> {
  await page.goto(`/clusters/${labClusterName}/alerts/rules?rule=${rule}`)
  const sheet = page.getByRole('dialog', { name: 'Sessions are blocked' })
  await expect(sheet).toContainText('Set otherwise by')
  await sheet.getByLabel('Reason').fill(`${reason}, and it is over`)
  await sheet.getByRole('button', { name: 'Reset to how it comes' }).click()
  await expect(sheet).toHaveCount(0)
  await expect(page.getByText('more than 0 instead of 5')).toHaveCount(0)
}
