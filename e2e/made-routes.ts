import { expect, type Page } from '@playwright/test'
import { addPolicy, removePolicy } from './approval-policy.ts'
import { givePassword } from './give-password.ts'
import { labClusterName } from './lab-cluster.ts'
import { newNobody, newPerson, signInAsNobody } from './new-person.ts'
import type { Rest } from './rest.ts'
import type { MadeRoute } from './routes.ts'
import type { Account } from './signed-in.ts'
import { untilHealthy } from './until-healthy.ts'
import { vouchedApp } from './vouched-app.ts'

interface Making {
  rest: Rest
  consoleHome: string
  /** A page of the administrator's. */
  page: Page
  /** A page of a stranger's. */
  openStranger: () => Promise<Page>
  openAs: (account: Account) => Promise<Page>
}

/** Makes what a page is of, and has it looked at there. */
export const makers: Record<MadeRoute, (making: Making, look: (page: Page) => Promise<void>) => Promise<void>> = {
  '/operations/[id]': async ({ rest, page }, look) => {
    await page.goto(`/operations/${await rest.someOperation(labClusterName)}`)
    await look(page)
  },

  '/incidents/[number]': async ({ rest, page }, look) => {
    await page.goto(`/incidents/${await rest.someIncident(labClusterName)}`)
    await look(page)
  },

  '/approvals/[id]': async ({ rest, consoleHome, openAs, page }, look) => {
    const eve = await newPerson(rest, 'admin', 'Eve Policy')
    const policies = await openAs(eve)
    const code = await vouchedApp(policies, eve, consoleHome)
    const policy = `looked at ${Date.now()}`
    await addPolicy(policies, policy, code())
    try {
      await untilHealthy(rest)
      const { id } = await rest.switchOver(labClusterName, {
        to: null,
        reason: 'something to look at',
        approval: 'ask',
      })
      await page.goto('/approvals')
      await look(page)
      await page.goto(`/approvals/${id}`)
      await look(page)
      await page.goto('/settings/policies')
      await look(page)
      await rest.cancel(id, 'it was looked at')
    } finally {
      await removePolicy(policies, policy, code)
    }
  },

  '/status': async ({ rest, openStranger }, look) => {
    const link = { kind: 'page', title: 'Orders', clusters: [labClusterName], expiresInDays: 1 } as const
    const { share, path } = await rest.share(link)
    const page = await openStranger()
    await page.goto(path)
    await page.getByRole('heading', { level: 2, name: labClusterName }).waitFor()
    await look(page)
    await rest.revokeShare(share.id)
    await page.context().close()
  },

  '/enrol': async ({ rest, openStranger }, look) => {
    const edda = await newPerson(rest, 'operator', 'Edda Enrols')
    const page = await openStranger()
    await rest.wantFactors('required')
    try {
      await page.goto('/sign-in')
      await givePassword(page, edda)
      const asked = page.getByRole('heading', { level: 1, name: 'A second factor first' })
      await asked.waitFor()
      await look(page)
      for (const path of [`/clusters/${labClusterName}/events`, '/settings/account', '/audit']) {
        expect((await page.goto(path))?.status(), path).toBe(200)
        await asked.waitFor()
      }
    } finally {
      await rest.wantFactors('optional')
    }
    await page.context().close()
  },

  '/no-role': async ({ rest, openStranger }, look) => {
    const page = await openStranger()
    await signInAsNobody(page, await newNobody(rest, 'Nora Norole'))
    await look(page)
    await page.getByRole('link', { name: 'Your account' }).click()
    await page.getByRole('table', { name: 'Sessions' }).waitFor()
    await look(page)
    await page.context().close()
  },
}
