import { expect, test } from 'vitest'
import { clonesFromBackup, replicaMethods } from './replica-methods.ts'

test.each([
  ['nothing', 'postgresql:\n  data_dir: /data\n', []],
  [
    'a list',
    'postgresql:\n  create_replica_methods:\n    - pgbackrest\n    - basebackup\n  pgbackrest:\n',
    ['pgbackrest', 'basebackup'],
  ],
  [
    'a list at the margin of its key',
    'postgresql:\n  create_replica_methods:\n  - pgbackrest # first\n\n  - "basebackup"\n',
    ['pgbackrest', 'basebackup'],
  ],
  ['a list in one line', "create_replica_methods: [pgbackrest, 'basebackup']\n", ['pgbackrest', 'basebackup']],
  ['the old name of the key', '  create_replica_method:\n    - wal_e\n', ['wal_e']],
  [
    'a list in brackets over lines',
    'create_replica_methods: [\n  pgbackrest, # first\n  basebackup,\n]\n',
    ['pgbackrest', 'basebackup'],
  ],
  ['JSON', '{"postgresql": {"create_replica_methods": ["pgbackrest", "basebackup"]}}', ['pgbackrest', 'basebackup']],
  ['a name alone', 'create_replica_method: pgbackrest\n', ['pgbackrest']],
  ['a list that is commented out', '#create_replica_methods: [pgbackrest]\n', []],
  ['the list of another key behind it', 'create_replica_methods:\nparameters:\n  - x\n', []],
])('%s', (_, config, methods) => {
  expect(replicaMethods(config)).toEqual(methods)
})

test.each<[string, string, string, boolean]>([
  ['by the old name of the key', 'create_replica_method:\n  - pgbackrest\n', '{}', true],
  ['by what all share', 'postgresql:\n', '{"postgresql":{"create_replica_methods":["pgbackrest"]}}', true],
  [
    'not where its own list says otherwise',
    'create_replica_methods: [basebackup]\n',
    '{"postgresql":{"create_replica_methods":["pgbackrest"]}}',
    false,
  ],
  ['not by anything', '', '{"ttl":30}', false],
])('built from a backup: %s', (_, own, shared, is) => {
  expect(clonesFromBackup(own, shared)).toBe(is)
})
