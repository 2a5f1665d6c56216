import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planRestore } from '#domain/plan/plan-restore.ts'
import { restoreReport } from './restore-report.ts'
import { madeAttempt, madeOperation, madeRestoreResult, second } from '#domain/testing/operation-made.ts'
import { madeCase } from '#domain/testing/restore-case.ts'

const plan = planRestore(madeCase())

test('the whole of a recovery, for whoever was not there', () => {
  const decisions = [
    { step: 12, way: 'commit' as const, target: null, reason: 'The orders are back', by: 'Grace', at: second(300) },
  ]
  expect(restoreReport(madeOperation(plan, madeRestoreResult(), { decisions }))).toMatchInlineSnapshot(`
    "# Recovery of postgres-cluster

    The cluster runs on its data as of 2026-11-24 00:09:00 UTC.

    - Asked for by: Ada, 2026-11-24 01:00:00 UTC
    - Reason: orders was dropped
    - Began: 2026-11-24 01:00:01 UTC
    - Ended: 2026-11-24 01:10:01 UTC, after 10 min
    - State: succeeded
    - Operation: 0d5f0c8e-5b0e-4e55-9d1f-8d1c3a2f9b11

    ## What was asked for

    - Target: 2026-11-24 00:09:00.000 UTC
    - Backup: 20261124-000700F, repository 1. Newest backup that ended before 2026-11-24 00:09:00 UTC; that moment lies on timeline 4.
    - Timeline: 4
    - Node: pg-node-3 leads: what is not archived yet is there, and the settings and the room of a leader.
    - Given up from: 2026-11-24 00:09:00 UTC to 2026-11-24 01:00:00 UTC
    - Final without asking: no

    ## What was recovered

    Recovery stopped before commit of transaction 725, time 2026-11-24 00:09:00.201+00. The last transaction in the data committed at 2026-11-24 00:08:59.9+00. That is the target, 2026-11-24 00:09:00.000 UTC.

    - Last WAL position replayed: 0/9000148

    The check query

    \`\`\`
    select count(*) from orders
    \`\`\`

    was answered in 0 s with 1 row.

    | count |
    | --- |
    | 41 |

    | Database | Table | Size | Rows |
    | --- | --- | --- | --- |
    | shop | public.orders | 82 kB | 41 |

    ## What stands now

    The cluster runs on the recovered data.

    - Timeline before: 4
    - Timeline after: 5
    - System identifier: 7711258502852368380
    - First WAL of the new timeline in the archive: 000000050000000000000009
    - Full backup on the new timeline: 20261124-011000F
    - Data kept aside: 0d5f0c8e on pg-node-3

    | Member | Role | Timeline | Streams |
    | --- | --- | --- | --- |
    | pg-node-3 | leader | 5 |  |

    ## What was decided

    | When | Who | What | Why |
    | --- | --- | --- | --- |
    | 2026-11-24 01:05:00 UTC | Grace | make it final | The orders are back |

    ## How long it took

    From shutting clients out to the first writable leader it took 1 min 35 s.

    | Phase | Took |
    | --- | --- |
    | Restore | 1 min 1 s |
    | Replay | 9 s |

    ## Every step

    | Step | Began | Took | End | What came of it |
    | --- | --- | --- | --- | --- |
    | 1. Look at everything once more | 2026-11-24 01:00:01 UTC | 2 s | done | All is as planned. |
    | 2. Shut clients out | 2026-11-24 01:00:03 UTC | 1 s | done | No pgBouncer takes clients. |
    "
  `)
})

test('a recovery that moved, off its target, with a query that was not answered', () => {
  const move = { type: 'xid', value: '741', set: null, timeline: null, isExclusive: true } as const
  const attempts = [
    madeAttempt({ isOnTarget: false, stoppedHow: null, xid: null, time: null, lastCompletedAt: null }),
    madeAttempt({ check: { query: 'x', columns: [], rows: [], isCut: false, problem: 'syntax error', ms: 1 } }),
  ]
  const decisions = [{ step: 12, way: 'move' as const, target: move, reason: 'too late', by: 'Grace', at: second(9) }]
  const report = restoreReport(madeOperation(plan, madeRestoreResult({ attempts }), { decisions }))
  expect(report).toContain('## Recovery 1 of 2\n\nRecovery came to the end of the WAL at 0/9000148. No transaction')
  expect(report).toContain('That is not, or not provably, the target')
  expect(report).toContain('was not answered: syntax error')
  expect(report).toContain('recover to another moment: just before transaction 741 | too late |')
})

test('one that was abandoned, and one that has not come so far', () => {
  const abandoned = madeRestoreResult({ ended: 'abandoned', newBackup: null, archivedWal: null, writableAfterMs: null })
  const report = restoreReport(madeOperation(plan, abandoned, { state: 'cancelled' }))
  expect(report).toContain('The old cluster is back.')
  expect(report).not.toMatch(/none yet|not seen/)
  const question = { step: 12, sentence: 'Look and decide.', ways: [], askedAt: second(60) }
  const waiting = madeOperation(plan, null, { state: 'waiting', outcome: null, endedAt: null, question })
  expect(restoreReport(waiting)).toContain('It waits for a decision: Look and decide.')
  expect(restoreReport(madeOperation(plan, null, { outcome: null }))).toContain('It has not ended yet.')
})

test('many tables are cut, and a long answer says that it is', () => {
  const [one] = madeAttempt().tables
  const tables = one ? Array.from({ length: 23 }, (_, index) => ({ ...one, name: `t${index}`, rows: null })) : []
  const check = { query: 'x', columns: ['a'], rows: [[null], ['b']], isCut: true, problem: null, ms: 9 }
  const report = restoreReport(madeOperation(plan, madeRestoreResult({ attempts: [madeAttempt({ tables, check })] })))
  expect(report).toContain('3 smaller tables are left out here.')
  expect(report).toContain('with 2 rows, cut there.')
  expect(report).toContain('| null |\n| b |')
})

test('whatever people and data say, no table is torn and nothing becomes markup', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 1 }), (reason, cell) => {
      const check = { query: cell, columns: [cell], rows: [[cell]], isCut: false, problem: null, ms: 1 }
      const decisions = [{ step: 1, way: 'commit' as const, target: null, reason, by: cell, at: second(1) }]
      const result = madeRestoreResult({ attempts: [madeAttempt({ check })] })
      const lines = restoreReport(madeOperation(plan, result, { decisions, reason })).split('\n')
      const decided = lines.find((line) => line.startsWith('| 2026-11-24 01:00:01 UTC | '))
      expect(decided?.match(/(?<!\\)(?:\\\\)*\|/g)).toHaveLength(5)
      expect(lines.filter((line) => line.startsWith('# '))).toHaveLength(cell.startsWith('# ') ? 2 : 1)
    }),
  )
})
