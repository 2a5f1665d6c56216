import { expect, test } from 'vitest'
import type { DcsSight } from '../lead/sighting.ts'
import { judgeFailover, type FailoverJudgement } from './judge-failover.ts'

const dcs = (leader: string | null, isMovePending: boolean | null): DcsSight => ({
  leader,
  isMovePending,
  history: null,
})

test.each<[string, string, DcsSight | null, boolean, FailoverJudgement]>([
  ['the key is not seen', '', null, true, { kind: 'open' }],
  ['the named member holds it', '', dcs('b', false), false, { kind: 'moved' }],
  ['somebody else took it', '', dcs('c', false), false, { kind: 'elsewhere', to: 'c' }],
  ['the request still stands', '', dcs(null, true), true, { kind: 'open' }],
  ['it may not have shown yet', '', dcs(null, false), false, { kind: 'open' }],
  ['whether it stands cannot be seen', '', dcs(null, null), true, { kind: 'open' }],
  ['nothing of it is left', '', dcs(null, false), true, { kind: 'nothing' }],
  ['the holder goes on', 'a', dcs('a', false), true, { kind: 'nothing' }],
  ['the holder has just lost the key', 'a', dcs(null, false), true, { kind: 'open' }],
])('where %s', (_, leader, seen, isSettled, judged) => {
  expect(judgeFailover({ leader, candidate: 'b' }, { dcs: seen }, isSettled)).toEqual(judged)
})
