import { expect, test } from 'vitest'
import { isVerb, verbs, type VerbName } from '#agent/protocol/verbs.ts'
import { blankConfig } from '#agent/testing/built-agent.ts'
import { machineVerbs } from './machine-verbs.ts'
import { outerProgram, serviceWords } from './outer-program.ts'
import { pgbackrestPrograms } from './pgbackrest-programs.ts'
import { isMachineVerb, isPgbackrestVerb, isServiceVerb, type PgbackrestVerb, routes } from './routes.ts'

const blank = blankConfig('/srv/x')
const config = {
  ...blank,
  pgbackrest: { ...blank.pgbackrest, program: '/usr/bin/pgbackrest', configFile: '/etc/pgbackrest.conf' },
  patroni: {
    ...blank.patroni,
    service: {
      stop: ['/bin/systemctl', 'stop', 'p'],
      start: ['/bin/systemctl', 'start', 'p'],
      mask: ['/bin/systemctl', 'mask', 'p'],
      unmask: ['/bin/systemctl', 'unmask', 'p'],
      status: [],
    },
  },
  become: { postgres: ['/usr/bin/sudo', '-n', '-u', 'postgres'], service: ['/usr/bin/sudo', '-n'] },
}
const quiet = ['--log-level-console=off', '--log-level-stderr=warn']
const telling = ['--log-level-console=info', '--log-level-stderr=warn']
const detailed = ['--log-level-console=detail', '--log-level-stderr=warn']
const demo = '--stanza=demo'
const set = '20261125-151627F'
const backup = { stanza: 'demo', repository: 2, type: 'incr', startFast: false, fromStandby: false, annotation: null }
const restore = { stanza: 'demo', repository: 1, set, timeline: 10, action: 'promote' }
const restored = [demo, ...detailed, '--repo=1', '--delta', `--set=${set}`]
const value = '2026-11-25 15:16:34.551865+00'

const table: [PgbackrestVerb, unknown, string[]][] = [
  ['pgbackrest-info', { stanza: 'demo' }, [demo, ...quiet, '--output=json', 'info']],
  [
    'pgbackrest-repo-ls',
    { stanza: 'demo', repository: 1, archiveId: '15-1', folder: '0000000100000000' },
    [demo, ...quiet, '--repo=1', '--output=json', 'repo-ls', 'archive/demo/15-1/0000000100000000'],
  ],
  [
    'pgbackrest-repo-ls',
    { stanza: 'demo', repository: 1, archiveId: null, folder: null },
    [demo, ...quiet, '--repo=1', '--output=json', 'repo-ls', 'archive/demo'],
  ],
  ['pgbackrest-info', { stanza: 'demo', output: 'text' }, [demo, ...quiet, '--output=text', 'info']],
  [
    'pgbackrest-history',
    { stanza: 'demo', repository: 2, archiveId: '15-1', timeline: '0000000A' },
    [demo, ...quiet, '--repo=2', 'repo-get', 'archive/demo/15-1/0000000A.history'],
  ],
  ['pgbackrest-check', { stanza: 'demo' }, [demo, ...telling, 'check']],
  ['pgbackrest-stanza-create', { stanza: 'demo' }, [demo, ...telling, 'stanza-create']],
  ['pgbackrest-backup', backup, [demo, ...telling, '--repo=2', '--type=incr', 'backup']],
  [
    'pgbackrest-backup',
    { ...backup, type: 'full', startFast: true, fromStandby: true, annotation: 'by ann' },
    [
      demo,
      ...telling,
      '--repo=2',
      '--type=full',
      '--start-fast',
      '--backup-standby',
      '--annotation=matriarch=by ann',
      'backup',
    ],
  ],
  [
    'pgbackrest-expire',
    { stanza: 'demo', repository: 1, set: null, isDryRun: true },
    [demo, ...telling, '--repo=1', '--dry-run', 'expire'],
  ],
  [
    'pgbackrest-expire',
    { stanza: 'demo', repository: 1, set, isDryRun: false },
    [demo, ...telling, '--repo=1', `--set=${set}`, 'expire'],
  ],
  [
    'pgbackrest-verify',
    { stanza: 'demo', repository: 1 },
    [demo, ...telling, '--repo=1', '--output=text', '--verbose', 'verify'],
  ],
  [
    'pgbackrest-restore',
    { ...restore, target: { type: 'time', value } },
    [...restored, '--type=time', `--target=${value}`, '--target-timeline=10', '--target-action=promote', 'restore'],
  ],
  [
    'pgbackrest-restore',
    { ...restore, action: 'pause', target: { type: 'lsn', value: '0/3000000', exclusive: true } },
    [
      ...restored,
      '--type=lsn',
      '--target=0/3000000',
      '--target-exclusive',
      '--target-timeline=10',
      '--target-action=pause',
      'restore',
    ],
  ],
  [
    'pgbackrest-restore',
    { ...restore, target: { type: 'name', value: 'before' } },
    [...restored, '--type=name', '--target=before', '--target-timeline=10', '--target-action=promote', 'restore'],
  ],
  [
    'pgbackrest-restore',
    { ...restore, target: { type: 'default' } },
    [...restored, '--type=default', '--target-timeline=10', 'restore'],
  ],
  [
    'pgbackrest-restore',
    { ...restore, target: { type: 'immediate' } },
    [...restored, '--type=immediate', '--target-action=promote', 'restore'],
  ],
]

test.each(table)('%s of %j', (verb, args, argv) => {
  expect(pgbackrestPrograms[verb](args, config, 45)).toEqual({
    file: '/usr/bin/pgbackrest',
    argv,
    env: {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      LANG: 'C.UTF-8',
      TZ: 'UTC',
      PGBACKREST_CONFIG: '/etc/pgbackrest.conf',
    },
    as: 'postgres',
  })
})

test('a pgBackRest that knows no annotations gets none', () => {
  const args = { ...backup, annotation: 'x' }
  expect(pgbackrestPrograms['pgbackrest-backup'](args, config, 40).argv.join(' ')).not.toContain('annotation')
  expect(pgbackrestPrograms['pgbackrest-backup'](args, config, null).argv.join(' ')).not.toContain('annotation')
})

test.each([
  ['pgbackrest-info', { stanza: '--delta' }],
  ['pgbackrest-info', { stanza: 'other' }],
  ['pgbackrest-info', { stanza: 'demo', more: 1 }],
  ['pgbackrest-restore', { ...restore, set: '--force', target: { type: 'default' } }],
  ['pgbackrest-restore', { ...restore, target: { type: 'name', value: '-x' } }],
  ['pgbackrest-restore', { ...restore, target: { type: 'time', value: '2026-11-25T15:16:34Z' } }],
  ['pgbackrest-info', { stanza: 'demo', output: '--set=x' }],
  ['pgbackrest-history', { stanza: 'demo', repository: 1, archiveId: '15-1', timeline: '../../..' }],
  ['pgbackrest-history', { stanza: 'demo', repository: 1, archiveId: '15-1', timeline: '2' }],
  ['pgbackrest-history', { stanza: 'other', repository: 1, archiveId: '15-1', timeline: '00000002' }],
  ['pgbackrest-repo-ls', { stanza: 'demo', repository: 1, archiveId: '../..', folder: null }],
  ['pgbackrest-repo-ls', { stanza: 'demo', repository: 1, archiveId: null, folder: '0000000100000000' }],
] as const)('%s refuses %j', (verb, args) => {
  expect(() => pgbackrestPrograms[verb](args, config, 45)).toThrow(expect.objectContaining({ code: 'bad-arguments' }))
})

test.each(Object.keys(verbs).filter(isVerb))('%s has exactly one who does it', (name) => {
  const doers = [
    isPgbackrestVerb(name) && pgbackrestPrograms[name],
    isMachineVerb(name) && machineVerbs[name],
    isServiceVerb(name) && serviceWords(name, config),
    routes[name] === 'agent' && ['job-state', 'job-cancel'].includes(name),
  ].filter(Boolean)
  expect(doers).toHaveLength(1)
  const program = outerProgram(name, config, ['/usr/lib/matriarch/matriarch-agent'])
  expect(program?.file ?? null).toBe(routes[name] === 'agent' ? null : '/usr/bin/sudo')
})

test.each([
  ['patroni-stop', ['-n', '/bin/systemctl', 'stop', 'p'], 'service'],
  ['patroni-start', ['-n', '/bin/systemctl', 'start', 'p'], 'service'],
  ['patroni-mask', ['-n', '/bin/systemctl', 'mask', 'p'], 'service'],
  ['patroni-unmask', ['-n', '/bin/systemctl', 'unmask', 'p'], 'service'],
  ['data-discard', ['-n', '-u', 'postgres', '/a', 'run-verb', 'data-discard'], 'postgres'],
] satisfies [VerbName, string[], string][])('%s is begun through sudo', (verb, argv, as) => {
  expect(outerProgram(verb, config, ['/a'])).toMatchObject({ argv, as })
})
