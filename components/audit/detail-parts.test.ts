import { expect, test } from 'vitest'
import { detailParts, spaced, tell } from './detail-parts.ts'

const empty = { sentences: [], plan: [], warnings: [], steps: [], changes: [], rest: [] }

test.each([null, undefined])('a record without detail has nothing to show', (detail) => {
  expect(detailParts(detail)).toEqual(empty)
})

test('a detail of an unknown shape is shown as it is', () => {
  expect(detailParts('by hand')).toEqual({ ...empty, rest: [{ name: 'detail', value: 'by hand' }] })
  expect(detailParts({ patroniUrls: ['http://a', 'http://b'], nested: { deep: [1] }, gone: null, none: [] })).toEqual({
    ...empty,
    rest: [
      { name: 'patroni urls', value: 'http://a, http://b' },
      { name: 'nested', value: '{"deep":[1]}' },
    ],
  })
})

test('a refusal tells why, and each field once', () => {
  const detail = {
    code: 'invalid',
    sentence: 'The name is taken.',
    fields: [
      { field: 'name', sentence: 'The name is taken.' },
      { field: 'labels', sentence: 'Too many.' },
    ],
  }
  expect(detailParts(detail)).toMatchObject({
    sentences: ['The name is taken.', 'labels: Too many.'],
    rest: [{ name: 'code', value: 'invalid' }],
  })
})

test('before and after are told part by part, only where they differ', () => {
  const detail = {
    before: { name: 'a', endpoints: { haproxyUrl: null, etcdUrls: ['x'] } },
    after: { name: 'a', endpoints: { haproxyUrl: 'http://h', etcdUrls: ['x'] } },
  }
  expect(detailParts(detail).changes).toEqual([{ name: 'endpoints.haproxyUrl', before: null, after: 'http://h' }])
})

test('a change without an after is laid over what was before', () => {
  const detail = { before: { role: 'viewer', disabled: false }, change: { role: 'admin' } }
  expect(detailParts(detail).changes).toEqual([{ name: 'role', before: 'viewer', after: 'admin' }])
})

test('the end of an operation tells plan, steps with times, who leads now and how long writes stopped', () => {
  const detail = {
    outcome: 'pg-node-1 leads.',
    plan: { sentences: ['One.', 'Two.'], warnings: ['Careful.'] },
    steps: [
      {
        n: 1,
        name: 'ask',
        title: 'Ask',
        state: 'done',
        startedAt: '2026-11-23T10:00:00.000Z',
        endedAt: null,
        detail: 'ok',
      },
    ],
    before: { leader: 'pg-node-3', timeline: 4 },
    after: {
      newLeader: 'pg-node-1',
      oldLeader: 'pg-node-3',
      timelineAfter: 5,
      interruptionMs: 1400,
      interruptionBasis: 'SQL',
    },
  }
  expect(detailParts(detail)).toEqual({
    sentences: ['pg-node-1 leads.'],
    plan: ['One.', 'Two.'],
    warnings: ['Careful.'],
    steps: [{ title: 'Ask', state: 'done', startedAt: new Date('2026-11-23T10:00:00Z'), endedAt: null, detail: 'ok' }],
    changes: [
      { name: 'leader', before: 'pg-node-3', after: 'pg-node-1' },
      { name: 'timeline', before: 4, after: 5 },
    ],
    rest: [{ name: 'writes stopped for', value: '1.4 s (SQL)' }],
  })
})

test('malformed parts of a detail do no harm', () => {
  const detail = { plan: 'none', steps: [null, 3, { state: 7, startedAt: 'never' }], fields: 'x', before: 1, after: [] }
  expect(detailParts(detail).steps).toEqual([
    { title: 'nothing', state: '7', startedAt: null, endedAt: null, detail: null },
  ])
})

test('values and names are told as a person reads them', () => {
  expect(tell([])).toBe('nothing')
  expect(tell('')).toBe('nothing')
  expect(tell(false)).toBe('false')
  expect(spaced('hasPatroniPassword')).toBe('has patroni password')
})
