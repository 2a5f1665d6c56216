import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, type Page } from '@playwright/test'
import type { Account } from './signed-in.ts'
import { totpOf } from './totp.ts'

const matriarch = fileURLToPath(new URL('../bin/matriarch', import.meta.url))

/** Registers an authenticator app, has it vouched for beside the store, and gives codes of which none was used before. */
export async function vouchedApp(page: Page, { email }: Account, home: string): Promise<() => string> {
  await page.goto('/settings/account')
  await page.getByRole('button', { name: 'Add an authenticator app' }).click()
  const adding = page.getByRole('dialog', { name: 'Add an authenticator app' })
  const shown = adding.getByText(/^([A-Z2-7]{4} ?){8}$/)
  await expect(shown).toBeVisible()
  const secret = (await shown.textContent()) ?? ''
  let step = Math.floor(Date.now() / 30_000) - 1
  // One step ahead at most is taken, so that the third waits for half a minute.
  const next = () => totpOf(secret, new Date((step = Math.max(step + 1, Math.floor(Date.now() / 30_000))) * 30_000))
  await adding.getByLabel('Code').fill(next())
  await adding.getByRole('button', { name: 'Add the app' }).click()
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await promisify(execFile)(matriarch, ['users', 'vouch', email], { env: { ...process.env, MATRIARCH_HOME: home } })
  return next
}
