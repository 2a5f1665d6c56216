import { expect, test } from 'vitest'
import { judgeBackups } from './judge-backups.ts'
import { rehearsalFindings, type RehearsalSeen } from './rehearsal-findings.ts'
import { hour, madeView } from './testing/restore-case.ts'

const daysAgo = (days: number): Date => new Date(hour.getTime() - days * 86_400_000)
const good = (days: number): RehearsalSeen => ({ endedAt: daysAgo(days), isGood: true, fault: null })
const bad = (days: number): RehearsalSeen => ({
  endedAt: daysAgo(days),
  isGood: false,
  fault: 'WAL 00000004000000000000000A is missing.',
})

test.each<[string, RehearsalSeen[], [string, RegExp][]]>([
  ['one lately', [good(34)], []],
  ['none ever', [], [['rehearsal-overdue', /was ever rehearsed/]]],
  ['one long ago', [good(60), good(36)], [['rehearsal-overdue', /went well was 36 d ago/]]],
  ['one that failed first', [bad(3)], [['rehearsal-failed', /3 d ago failed: WAL 0{7}4.* is missing\. None has ever/]]],
  ['one that failed since', [bad(3), good(5)], [['rehearsal-failed', /last that went well was 5 d ago/]]],
  ['one that went well since', [good(2), bad(3)], []],
])('%s', (_, rehearsals, found) => {
  const findings = rehearsalFindings(rehearsals, hour)
  expect(findings).toHaveLength(found.length)
  for (const [index, [kind, sentence]] of found.entries()) {
    expect(findings[index]).toMatchObject({ kind, sentence: expect.stringMatching(sentence) })
  }
})

test('they are told with the other findings where rehearsals are known and there is a backup', () => {
  const kinds = (rehearsals: RehearsalSeen[] | null, view = madeView()) =>
    judgeBackups(view, hour, rehearsals).findings.map(({ kind }) => kind)
  expect(kinds([])).toContain('rehearsal-overdue')
  expect(kinds(null)).not.toContain('rehearsal-overdue')
  expect(kinds([], madeView({}, []))).not.toContain('rehearsal-overdue')
})
