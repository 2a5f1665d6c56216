import { expect, test } from 'vitest'
import { fixture } from '../testing/fixture.ts'
import { parseVerify } from './parse-verify.ts'

const target = { who: 'pg-node-1', system: 'pgBackRest', address: '10.0.1.10:8009' }
const recorded = (name: string) => parseVerify(fixture(`pgbackrest/fixtures/2.45-verify-${name}.txt`), target)

test('recorded: a sound repository', () => {
  const found = recorded('ok')
  expect(found).toMatchObject({ stanza: 'main', isSound: true, remarks: [] })
  expect(found.archives).toEqual([
    { archiveId: '15-1', checked: 8, valid: 8, missing: 0, checksumInvalid: 0, sizeInvalid: 0, other: 0 },
  ])
  expect(found.backups.map(({ status }) => status)).toEqual(['valid', 'valid', 'valid'])
})

test.each(['corrupt', 'corrupt-plain'])('recorded: damage is counted, verbose or not (%s)', (name) => {
  const found = recorded(name)
  expect(found.isSound).toBe(false)
  expect(found.archives[0]).toMatchObject({ checked: 26, valid: 25, other: 1 })
  expect(found.backups).toHaveLength(5)
  expect(found.backups[0]).toMatchObject({
    label: '20261125-151358F',
    status: 'invalid',
    checked: 967,
    valid: 964,
    missing: 1,
    checksumInvalid: 2,
  })
})

test('recorded: a backup without its manifest is not sound, although verify calls the whole ok', () => {
  const found = recorded('no-manifest')
  expect(found.backups.map(({ status }) => status)).toContain('manifest missing')
  expect(found.isSound).toBe(false)
})

test('what else it says is kept', () => {
  expect(parseVerify('stanza: main\nstatus: ok\n  no archives exist in the repo\n', target)).toMatchObject({
    isSound: true,
    remarks: ['no archives exist in the repo'],
  })
})

test.each(['', 'ERROR: [050]: x', 'stanza: main\n'])('%j is no result of verify', (text) => {
  expect(() => parseVerify(text, target)).toThrow('no result of verify')
})
