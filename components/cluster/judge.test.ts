import { expect, test } from 'vitest'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { judge } from './judge.ts'

const at = new Date('2026-11-23T12:00:00.000Z')
const snapshot = takeSnapshot(null, readingsOf(healthyWorld(at)), at)
const later = new Date(at.getTime() + 25_000)

test('a page that has never been connected says so and blames no other part', () => {
  const judged = judge(snapshot, later, 'connecting')
  expect(judged.isHearing).toBe(false)
  expect(judged.assessment.verdict.level).toBe('unseen')
  expect(judged.assessment.verdict.sentence).toMatch(/^This page is not connected to the console yet/u)
})

test('what was seen a moment ago holds while the line comes up', () => {
  expect(judge(snapshot, at, 'connecting')).toMatchObject({ isHearing: true, deafReason: null })
})

test('on a page that hears, an old picture is the collector’s doing', () => {
  const { assessment, isHearing } = judge(snapshot, later, 'live')
  expect(isHearing).toBe(true)
  expect(assessment.verdict.sentence).not.toContain('This page')
})

test.each([
  ['paused', /paused/u],
  ['reconnecting', /not connected/u],
] as const)('who is %s is told that, not that the console sees too little', (phase, reason) => {
  expect(judge(snapshot, later, phase).deafReason).toMatch(reason)
})
