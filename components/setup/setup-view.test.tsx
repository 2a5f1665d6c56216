import { expect, test } from 'vitest'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import { checkSetup } from '#domain/setup/check-setup.ts'
import type { SetupInput } from '#domain/setup/setup-input.ts'
import { setupSentence } from '#domain/setup/setup-sentence.ts'
import { all, config, dynamic } from '#domain/testing/setup-changed.ts'
import { setupNow, wellSetUp } from '#domain/testing/setup-made.ts'
import { truthTable } from '#domain/judgement/truth/truth-table.ts'
import type { RouterOutputs } from '#server/api/root.ts'
import { SetupView } from './setup-view.tsx'

type Checked = RouterOutputs['setup']['checks']

function answer(input: SetupInput, seenAt: Date | null = setupNow): Checked {
  const checks = checkSetup(input)
  return {
    cluster: 'shop',
    sentence: setupSentence(checks),
    checks,
    truth: input.snapshot && truthTable(input.snapshot, input.stack, setupNow),
    seenAt,
    stackSeenAt: input.stack?.takenAt ?? null,
    serverNow: setupNow,
  }
}

function open(checked: () => Checked) {
  return openPage({ page: <SetupView cluster="shop" />, answers: { 'setup.checks': checked }, now: setupNow })
}

test('what fails comes first, worst first, each with its risk, its cost and a fix to copy', async () => {
  const change = all(config({ ttlSeconds: 20 }), dynamic({ useSlots: false }))
  await using page = await open(() => answer(change(wellSetUp())))
  await page.until(() => page.text().includes('What fails'))
  const titles = [...document.querySelectorAll('h3')].map(({ textContent }) => textContent)
  expect(titles[0]).toBe('The lease outlasts a leader that retries')
  expect(titles).toContain('Replicas have replication slots')
  expect(page.text()).toContain('At worst: Two leaders for up to 10 s')
  const copied = page.button('Copy the fix of: use_slots is off.')
  expect(copied.closest('div')?.textContent).toBe('postgresql:\n  use_slots: true')
  expect(page.text()).toMatch(/rules fail\. The worst would cost: two leaders/)
})

test('what was not seen is open with why, what passed is folded', async () => {
  await using page = await open(() => answer(wellSetUp()))
  await page.until(() => page.text().includes('The other rules'))
  const folds = [...document.querySelectorAll('details')].map(({ open: isOpen, textContent }) => [
    isOpen,
    textContent.slice(0, 24),
  ])
  expect(folds[0]).toEqual([true, '3 rules not seen, and wh'])
  expect(folds.slice(1).every(([isOpen]) => isOpen === false)).toBe(true)
  expect(page.text()).toContain('Matriarch sends no write to find out')
  expect(page.text()).not.toContain('What fails')
})

test('each source says who leads, and how it stands', async () => {
  await using page = await open(() => answer(wellSetUp()))
  await page.until(() => page.text().includes('Who leads, by whom'))
  const rows = [...document.querySelectorAll('tbody tr')].map(({ textContent }) => textContent)
  expect(rows[0]).toMatch(/^The leader keypg-node-3 holds it\.agrees/)
  expect(rows).toContainEqual(
    expect.stringMatching(/^pgBouncer beside pg-node-1It leads to the Postgres.*follows nobody/),
  )
})

test.each([
  [
    'was not looked at yet',
    () => answer({ ...wellSetUp(), snapshot: null }, null),
    'The console has not looked at shop',
  ],
  ['is not seen any more', () => answer(wellSetUp(), new Date(setupNow.getTime() - 120_000)), 'stale'],
  ['cannot be asked for', failing, 'Try again'],
])('a cluster that %s is told as such', async (_, checked, said) => {
  await using page = await open(checked)
  await page.until(() => page.text().includes(said))
  expect(page.text()).not.toContain('What fails')
})

function failing(): Checked {
  throw new Error('The store does not answer.')
}
