import { expect, test } from 'vitest'
import { madeCommitsLost } from '#domain/testing/commits-lost-made.ts'
import { minute } from '#domain/testing/backup-made.ts'
import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import { plannedAim } from './aim.ts'
import type { RestoreSoFar } from './facts.ts'
import { questionOf } from './question.ts'
import { restorePlan } from './testing/restore-plan.ts'

const plan = restorePlan()
const counted = { ...plan, loss: { ...plan.loss, commits: madeCommitsLost() } }
const final = (asked: RestorePlan, restore: RestoreSoFar = {}) =>
  questionOf({ plan: asked, facts: { restore }, ended: [] }, null).ways.find(({ kind }) => kind === 'commit')?.sentence

test('who makes it final reads how many commits will be gone, where that was counted for this target', () => {
  expect(final(counted)).toContain('1,234 commits after the target will be gone, the last at')
  expect(final(counted, { aim: plannedAim(plan) })).toContain('1,234 commits')
  expect(final(plan)).toMatch(/is no longer in the cluster\.$/)
  const moved = { ...plannedAim(plan), target: { type: 'time', at: minute(5), timeline: null } as const }
  expect(final(counted, { aim: moved })).toMatch(/is no longer in the cluster\.$/)
})
