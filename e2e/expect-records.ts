import { expect, type Page } from '@playwright/test'

/** From an operation's page to its records: one for each act, by this person, of this target, with this reason. */
export async function expectRecords(
  page: Page,
  { reason, email, target }: { reason: string; email: string; target: string },
  outcomes: Record<string, string>,
): Promise<void> {
  await page.getByRole('link', { name: 'Audit record' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Audit' })).toBeVisible()
  const records = page.getByRole('table', { name: 'Audit records' }).getByRole('row').filter({ hasText: reason })
  for (const [act, outcome] of Object.entries(outcomes)) {
    const record = records.filter({ has: page.getByRole('link', { name: act, exact: true }) })
    await expect(record).toHaveCount(1)
    await expect(record).toContainText(email)
    await expect(record).toContainText(target)
    await expect(record.getByRole('cell').last()).toHaveText(outcome)
  }
}
