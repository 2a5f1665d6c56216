import { expect, test } from 'vitest'
import { replicaMethods } from './replica-methods.ts'

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
  ['the list of another key behind it', 'create_replica_methods:\nparameters:\n  - x\n', []],
])('%s', (_, config, methods) => {
  expect(replicaMethods(config)).toEqual(methods)
})
