import { expect, test } from 'vitest'
import { pgbackrestConfig } from './pgbackrest.ts'

test.each([
  'repo1-type=posix',
  'repo1-retention-full=4',
  'repo1-retention-diff=14',
  'repo1-cipher-type=aes-256-cbc',
  'repo2-type=s3',
  'repo2-retention-full=4',
  'repo2-cipher-type=aes-256-cbc',
  'process-max=4',
  'compress-type=zst',
  'compress-level=3',
])('backups are set up as in production, in a folder and in S3: %s', (line) => {
  expect(pgbackrestConfig.text('pg-node-1').split('\n')).toContain(line)
})
