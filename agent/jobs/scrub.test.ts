import { expect, test } from 'vitest'
import { scrub, scrubConfig } from './scrub.ts'

test.each([
  ['repo1-cipher-pass=abc', 'repo1-cipher-pass=[hidden]'],
  [
    'P00 INFO: --repo2-s3-key=AK --repo2-s3-key-secret=<redacted> --stanza=demo',
    'P00 INFO: --repo2-s3-key=[hidden] --repo2-s3-key-secret=[hidden] --stanza=demo',
  ],
  ['host=db user=x password=s3cret dbname=y', 'host=db user=x password=[hidden] dbname=y'],
  [`primary_conninfo = 'user=rep password=''pw'' host=a'`, `primary_conninfo = 'user=rep password=[hidden] host=a'`],
  ['PGPASSWORD=abc psql', 'PGPASSWORD=[hidden] psql'],
  ['PGBACKREST_REPO1_CIPHER_PASS=abc', 'PGBACKREST_REPO1_CIPHER_PASS=[hidden]'],
  ['postgres://bob:hunter2@db:5432/x', 'postgres://bob:[hidden]@db:5432/x'],
  ['  password: "a b \\" c" # x', '  password: [hidden] # x'],
  ['superuser: {username: u, password: p}', 'superuser: {username: u, password: [hidden]}'],
  ['{"password": "x", "name": "y"}', '{"password": [hidden], "name": "y"}'],
  [`ALTER ROLE a PASSWORD 'it''s'`, `ALTER ROLE a PASSWORD [hidden]`],
  ['Authorization: Basic abc', 'Authorization: [hidden]'],
  ['repo1-azure-key=AA== x', 'repo1-azure-key=[hidden] x'],
  [
    '<Code>Denied</Code><AWSAccessKeyId>AK</AWSAccessKeyId><StringToSign>AWS4 x</StringToSign>',
    '<Code>Denied</Code><AWSAccessKeyId>[hidden]</AWSAccessKeyId><StringToSign>[hidden]</StringToSign>',
  ],
  [
    'AWS4-HMAC-SHA256 Credential=AK/20260301/eu, SignedHeaders=host',
    'AWS4-HMAC-SHA256 Credential=[hidden]/20260301/eu, SignedHeaders=host',
  ],
])('%s', (line, scrubbed) => {
  expect(scrub(line)).toBe(scrubbed)
})

test.each([
  'repo1-s3-key-type=auto',
  'restore file /data/base/5/1255 (768KB, 3.42%) checksum adb7',
  'new backup label = 20261125-151627F',
  'keyfile: /etc/ssl/key.pem',
  'passfile: /tmp/pgpass',
  'verify: ok, bypass: none',
])('%s stays as it is', (line) => {
  expect(scrub(line)).toBe(line)
})

test.each([
  ['repo1-cipher-pass=ab,cd&ef', 'repo1-cipher-pass=[hidden]'],
  ['#repo1-s3-key-secret = a;b c', '#repo1-s3-key-secret = [hidden]'],
  ['  password: my long phrase', '  password: [hidden]'],
  ['- password: a, b', '- password: [hidden]'],
  ['superuser: {password: p, username: u}', 'superuser: {password: [hidden], username: u}'],
  ['repo1-s3-key-type=auto, x', 'repo1-s3-key-type=auto, x'],
  [`primary_conninfo: 'password=a host=b'`, `primary_conninfo: 'password=[hidden] host=b'`],
])('in a configuration: %s', (line, scrubbed) => {
  expect(scrubConfig(line)).toBe(scrubbed)
})

test('a phrase that goes on in the next line is taken out whole, and what stands beside it stays', () => {
  const text = '- password: my long\n    phrase\n  username: x\nrepo1-cipher-pass=a b\n  repo1-path=/b'
  expect(scrubConfig(text)).toBe('- password: [hidden]\n  username: x\nrepo1-cipher-pass=[hidden]\n  repo1-path=/b')
})

test('a secret that goes on over lines is taken out whole', () => {
  const text = 'auth:\n  password: |\n    one\n    two\n  username: x\n  secret:\n    hidden too\nnext: 1'
  const scrubbed = scrubConfig(text)
  expect(scrubbed).not.toMatch(/one|two|hidden too/)
  expect(scrubbed).toMatch(/username: x[^]*next: 1/)
})
