import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import { madeRestorePlan } from '#domain/testing/restore-plan-made.ts'
import { RestoreFacts } from './restore-facts.tsx'

function shown(change: Partial<RestorePlan> = {}): string {
  const markup = renderToStaticMarkup(<RestoreFacts plan={madeRestorePlan(change)} />)
  return new DOMParser().parseFromString(markup, 'text/html').body.textContent
}

test('what is given up is told first, in time and in WAL', () => {
  expect(shown()).toMatch(/^27 min of writes are given up, 34 MB of WAL\./u)
  const { fromAt, toAt } = madeRestorePlan().loss
  expect(shown({ loss: { fromAt, toAt, walBytes: null, walAtMostBytes: 34_000_000 } })).toMatch(
    /^27 min of writes are given up, at most 34 MB of WAL\./u,
  )
  expect(shown({ loss: { fromAt: null, toAt, walBytes: null } })).toMatch(/^Everything written after it is given up\./u)
  expect(shown({ target: { type: 'default', timeline: null } })).toMatch(/^Nothing that is archived is given up\./u)
})

test('from what, where and how long are told with their reasons, and what is not known as such', () => {
  expect(shown()).toContain('20261124-000700F in repository 1')
  expect(shown()).toContain('about 6 min 12 s')
  expect(shown({ expectedMs: null })).toContain('not known: none was done before')
  expect(shown({ wayBack: 'replica' })).toContain('the data of the furthest replica')
})
