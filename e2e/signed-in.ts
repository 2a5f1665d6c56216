import { test as base, type Browser, type Page } from '@playwright/test'
import { z } from 'zod'
import { markFailed } from './failed-mark.ts'
import { givePassword } from './give-password.ts'
import { createRest, type Rest } from './rest.ts'
import { waitingForButtons } from './taken-over.ts'

export interface Account {
  email: string
  password: string
}

interface TestFixtures {
  /** Runs around every test: the logs of a failed one are worth keeping. */
  failureMark: void
}

interface WorkerFixtures {
  consoleUrl: string
  /** The folder that the console keeps its store in. */
  consoleHome: string
  /** The supervisor's process. */
  consolePid: number
  admin: Account
  rest: Rest
  /** A page of a new context, signed in. */
  openAs: (account: Account, options?: Parameters<Browser['newContext']>[0]) => Promise<Page>
}

/** Tests that find a console with the lab's cluster; `page` is signed in as its administrator. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  failureMark: [
    // oxlint-disable-next-line no-empty-pattern -- the runner reads the names of fixtures from this pattern
    async ({}, give, testInfo) => {
      await give()
      if (testInfo.status !== testInfo.expectedStatus) markFailed(readConsole().home)
    },
    { auto: true },
  ],
  // oxlint-disable-next-line no-empty-pattern
  consoleUrl: [async ({}, give) => give(readConsole().url), { scope: 'worker' }],
  // oxlint-disable-next-line no-empty-pattern
  consoleHome: [async ({}, give) => give(readConsole().home), { scope: 'worker' }],
  // oxlint-disable-next-line no-empty-pattern
  consolePid: [async ({}, give) => give(readConsole().pid), { scope: 'worker' }],
  // oxlint-disable-next-line no-empty-pattern
  admin: [async ({}, give) => give(readConsole()), { scope: 'worker' }],
  // oxlint-disable-next-line no-empty-pattern
  rest: [async ({}, give) => give(createRest(readConsole())), { scope: 'worker' }],
  openAs: [
    async ({ browser, consoleUrl }, give) => {
      // One sign-in an account: every further page takes over its cookies.
      const states = new Map<string, Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>>()
      const opened: Page[] = []
      await give(async (account, options = {}) => {
        let storageState = states.get(account.email)
        if (storageState === undefined) {
          const first = await browser.newPage({ baseURL: consoleUrl })
          await signIn(first, account)
          storageState = await first.context().storageState()
          states.set(account.email, storageState)
          await first.context().close()
        }
        const context = await browser.newContext({ baseURL: consoleUrl, storageState, ...options })
        const page = waitingForButtons(await context.newPage())
        await answerStepUps(page, account)
        opened.push(page)
        return page
      })
      for (const page of opened) await page.context().close()
    },
    { scope: 'worker' },
  ],
  page: async ({ openAs, admin, viewport }, give) => {
    const page = await openAs(admin, { viewport })
    await give(page)
    await page.context().close()
  },
})

/** Through the form, as a person does. */
export async function signIn(page: Page, account: Account): Promise<void> {
  await page.goto('/sign-in')
  await givePassword(page, account)
  await page
    .getByRole('navigation', { name: 'Pages' })
    .or(page.getByRole('button', { name: 'Open the menu' }))
    .first()
    .waitFor()
}

/**
 * Answers the question who one is, whenever an act asks it: sign-ins are taken over from test to test, and grow old. That happens
 * while something is clicked or expected, but not while a text is read: whoever reads what an act shows expects it to be visible first.
 */
async function answerStepUps(page: Page, { password }: Account): Promise<void> {
  const asking = page.getByRole('dialog', { name: 'Show that it is you' })
  await page.addLocatorHandler(asking.getByLabel('Your password'), async (field) => {
    await field.fill(password)
    await asking.getByRole('button', { name: 'Go on' }).click()
  })
}

const consoleShape = z.object({
  url: z.string(),
  home: z.string(),
  pid: z.number(),
  email: z.string(),
  password: z.string(),
  token: z.string(),
})

function readConsole() {
  return consoleShape.parse(JSON.parse(process.env['E2E_CONSOLE'] ?? 'null'))
}
