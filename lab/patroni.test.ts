import { expect, test } from 'vitest'
import { nodes } from './addresses.ts'
import { bootstrapSettings, patronictlText } from './patroni.ts'

test('the cluster-wide settings name no node, folder or address', () => {
  const text = JSON.stringify(bootstrapSettings)
  for (const local of [...nodes, '10.0.1.1', '/var/', '/tmp/']) {
    expect(text.replaceAll('10.0.1.0/24', '')).not.toContain(local)
  }
})

test('patronictl gets the REST password only when there is one', () => {
  expect(patronictlText(null)).not.toContain('authentication')
  expect(patronictlText('secret')).toContain('"password": "secret"')
})
