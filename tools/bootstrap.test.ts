import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder: string
let policy: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'matriarch-bootstrap-'))
  policy = join(folder, 'policy-rc.d')
})

afterEach(() => rmSync(folder, { recursive: true }))

/** Runs functions of the script on a policy file of the test; what follows a kill never runs. */
function run(...functions: string[]): void {
  const script = readFileSync(new URL('bootstrap.sh', import.meta.url), 'utf8')
    .replace('main "$@"', '')
    .replace(/^cd .*$/m, '')
    .replace('policy=/usr/sbin/policy-rc.d', `policy=${policy}`)
  execFileSync('bash', ['-c', `${script}\nas_root() { "$@"; }\n${functions.join('\n')}`])
}

test.each([null, '#!/bin/sh\nexit 0\n'])('a set-up that was killed leaves no policy of ours behind: %j', (original) => {
  if (original !== null) writeFileSync(policy, original)
  run('forbid_service_starts')
  expect(readFileSync(policy, 'utf8')).toContain('exit 101')
  run('forbid_service_starts', 'allow_service_starts')
  expect(existsSync(policy) ? readFileSync(policy, 'utf8') : null).toBe(original)
  expect(existsSync(`${policy}.before-matriarch`)).toBe(false)
})

test('a policy that somebody wrote meanwhile is not lost', () => {
  run('forbid_service_starts')
  writeFileSync(policy, '#!/bin/sh\nexit 104\n')
  run('forbid_service_starts', 'allow_service_starts')
  expect(readFileSync(policy, 'utf8')).toContain('exit 104')
})
