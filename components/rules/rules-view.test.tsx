import { expect, test } from 'vitest'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import { alertRules } from '#domain/alerts/catalogue/catalogue.ts'
import type { RuleOverride } from '#domain/alerts/rule.ts'
import type { Role } from '#domain/people/permission.ts'
import type { RouterOutputs } from '#server/api/root.ts'
import { RulesView } from './rules-view.tsx'

const lag = 'replication-lag'

function rules(override: Omit<RuleOverride, 'ruleId'> | null = null): RouterOutputs['alerts']['rules'] {
  return alertRules.map((rule) => ({
    rule,
    override: rule.id === lag && override ? { ruleId: lag, ...override } : null,
    setBy: rule.id === lag && override ? 'Mara' : null,
    setAt: rule.id === lag && override ? new Date() : null,
    untriable: null,
  }))
}

function open({ override, search = '', role = 'operator' }: Given = {}) {
  return openPage({
    page: <RulesView cluster="main" />,
    role,
    search,
    answers: {
      'alerts.rules': () => rules(override),
      'alerts.tryRule': () => ({
        sentence: 'It would have fired 3 times within the last week.',
        isTried: true,
        from: new Date(0),
        to: new Date(1),
        firings: [],
      }),
      'alerts.setRule': () => rules(),
    },
  })
}

interface Given {
  override?: Omit<RuleOverride, 'ruleId'>
  search?: string
  role?: Role
}

test('what is otherwise than it comes is told in words', async () => {
  await using page = await open({ override: { forSeconds: 600, parameters: { seconds: 60 } } })
  await page.until(() => page.text().includes('watch main'))
  expect(page.text()).toContain('1 of them otherwise than they come')
  expect(page.text()).toContain('behind by more than 1 min instead of 30 s')
  expect(page.text()).toContain('for 10 min instead of 5 min')
})

test('what a rule would have done stands beside the fields, and only what differs is set', async () => {
  await using page = await open({ search: `rule=${lag}` })
  await page.until(() => page.text().includes('It would have fired 3 times'))
  await page.fill('Must hold for', '10 min')
  await page.fill('Ends after quiet for', '5 min')
  await page.until(() => page.asked.some(({ input }) => JSON.stringify(input).includes('"forSeconds":600')))
  await page.fill('Reason', 'the link is slow')
  await page.press('Save')
  await page.until(() => page.asked.some(({ path }) => path === 'alerts.setRule'))
  expect(page.asked.find(({ path }) => path === 'alerts.setRule')?.input).toEqual({
    cluster: 'main',
    rule: lag,
    forSeconds: 600,
    keepFiringSeconds: 300,
    reason: 'the link is slow',
  })
})

test('what makes no sense is told at its field, and nothing is set', async () => {
  await using page = await open({ search: `rule=${lag}` })
  await page.until(() => page.text().includes('Must hold for'))
  await page.fill('Behind by more than', 'a while')
  await page.fill('Reason', 'the link is slow')
  expect(document.querySelector('[aria-invalid]')).not.toBeNull()
  expect(page.text()).toContain('Must be an amount such as 5 min.')
  await page.press('Save')
  expect(page.asked.some(({ path }) => path === 'alerts.setRule')).toBe(false)
})

test('a rule is reset with a reason to how it comes', async () => {
  await using page = await open({ search: `rule=${lag}`, override: { isEnabled: false } })
  await page.until(() => page.text().includes('Reset to how it comes'))
  await page.fill('Reason', 'the link is fine again')
  await page.press('Reset to how it comes')
  await page.until(() => page.asked.some(({ path }) => path === 'alerts.setRule'))
  expect(page.asked.find(({ path }) => path === 'alerts.setRule')?.input).toEqual({
    cluster: 'main',
    rule: lag,
    reason: 'the link is fine again',
  })
})

test('who only reads sees what it would have done, and no field', async () => {
  await using page = await open({ search: `rule=${lag}`, role: 'viewer' })
  await page.until(() => page.text().includes('It would have fired 3 times'))
  expect(page.text()).toContain('You look on as viewer')
  expect(page.text()).not.toContain('Must hold for')
})
