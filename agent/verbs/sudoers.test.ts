import { expect, test } from 'vitest'
import { blankConfig } from '#agent/testing/built-agent.ts'
import { sudoersOf } from './sudoers.ts'

const blank = blankConfig('/srv/x')
const config = {
  ...blank,
  become: { postgres: ['/usr/bin/sudo', '-n', '-u', 'postgres'], service: ['/usr/bin/sudo', '-n'] },
  patroni: {
    ...blank.patroni,
    service: {
      stop: ['/usr/bin/systemctl', 'stop', 'patroni'],
      start: ['/usr/bin/systemctl', 'start', 'patroni'],
      mask: ['/usr/local/bin/mask-patroni'],
      unmask: [],
      status: ['/usr/bin/systemctl', 'is-active', 'patroni@a:b'],
    },
  },
}
const ask = { config, ownProgram: ['/usr/lib/matriarch/matriarch-agent'], agentUser: 'matriarch-agent' }

test('each verb has one exact line, and none has a pattern', () => {
  const lines = sudoersOf(ask).trimEnd().split('\n')
  expect(lines).toContain(
    'matriarch-agent ALL=(postgres) NOPASSWD: /usr/lib/matriarch/matriarch-agent run-verb pgbackrest-backup',
  )
  expect(lines).toContain(
    'matriarch-agent ALL=(postgres) NOPASSWD: /usr/lib/matriarch/matriarch-agent run-verb pgbackrest-history',
  )
  expect(lines).toContain('matriarch-agent ALL=(root) NOPASSWD: /usr/bin/systemctl stop patroni')
  expect(lines).toContain('matriarch-agent ALL=(root) NOPASSWD: /usr/local/bin/mask-patroni ""')
  expect(lines).toContain(String.raw`matriarch-agent ALL=(root) NOPASSWD: /usr/bin/systemctl is-active patroni@a\:b`)
  expect(lines.join('\n')).not.toMatch(/[*?[\]!]/)
  expect(new Set(lines).size).toBe(lines.length)
  expect(lines.join('\n')).not.toContain('job-')
})

test('what the agent is already, it needs no line for', () => {
  expect(sudoersOf({ ...ask, config: { ...config, become: { postgres: [], service: [] } } })).toBe('')
})

test('a verb that the node forbids has no line', () => {
  expect(sudoersOf({ ...ask, config: { ...config, vetoed: ['pgbackrest-restore'] } })).not.toContain(
    'pgbackrest-restore',
  )
})

test('a family that the node forbids has no line, neither as the Postgres user nor as root', () => {
  const vetoing = (...vetoed: string[]) => sudoersOf({ ...ask, config: { ...config, vetoed } })
  const forbidden = /pgbackrest-restore|recover-start|promote|retarget|postgres-stop|data-(?:move|put|discard)/
  expect(sudoersOf(ask)).toMatch(forbidden)
  expect(vetoing('restore')).not.toMatch(forbidden)
  expect(vetoing('restore')).toContain('run-verb rehearsal-restore')
  expect(vetoing('rehearsal')).not.toContain('rehearsal')
  expect(vetoing('query', 'wal', 'clients')).not.toMatch(/postgres-(query|tables)|wal-commits|clients-(fence|release)/)
  expect(vetoing('patroni')).not.toMatch(/(stop|start) patroni|mask-patroni/)
  expect(vetoing('patroni')).toContain('is-active')
  expect(vetoing('patroni')).toContain('run-verb pgbackrest-restore')
})

test('what sudoers would read otherwise is refused', () => {
  expect(() => sudoersOf({ ...ask, ownProgram: ['matriarch-agent'] })).toThrow('full path')
  expect(() => sudoersOf({ ...ask, ownProgram: ['/opt/a b/agent'] })).toThrow('pattern')
  expect(() => sudoersOf({ ...ask, agentUser: 'ALL, x' })).toThrow('no name of a user')
})
