import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from './console/root.ts'

const units = ['docs/install/matriarch-web.service', 'docs/install/matriarch-worker.service']

function settingsOf(path: string): Map<string, string[]> {
  const settings = new Map<string, string[]>()
  for (const line of readFileSync(join(root, path), 'utf8').split('\n')) {
    const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? []
    if (name !== undefined) settings.set(name, [...(settings.get(name) ?? []), value ?? ''])
  }
  return settings
}

describe.each(units)('%s', (path) => {
  const settings = settingsOf(path)

  test('runs as a user of its own without any privilege', () => {
    expect(settings.get('User')?.[0]).toMatch(/^matriarch-(web|worker)$/)
    expect(settings.get('CapabilityBoundingSet')).toEqual([''])
    expect(settings.get('AmbientCapabilities')).toEqual([''])
    for (const name of ['NoNewPrivileges', 'PrivateUsers', 'PrivateDevices', 'RestrictSUIDSGID', 'RestrictNamespaces'])
      expect([name, settings.get(name)]).toEqual([name, ['yes']])
  })

  test('sees and writes what it needs', () => {
    expect(settings.get('ProtectSystem')).toEqual(['strict'])
    for (const name of [
      'ProtectHome',
      'PrivateTmp',
      'ProtectControlGroups',
      'ProtectKernelTunables',
      'ProtectKernelModules',
    ])
      expect([name, settings.get(name)]).toEqual([name, ['yes']])
    expect(settings.has('ReadWritePaths')).toBe(false)
    expect(settings.get('UMask')).toEqual(['0077'])
  })

  test('speaks to the network and calls what a service calls', () => {
    expect(settings.get('RestrictAddressFamilies')).toEqual(['AF_INET AF_INET6 AF_UNIX'])
    expect(settings.get('SystemCallFilter')).toEqual(['@system-service', '~@privileged @resources'])
    expect(settings.get('SystemCallArchitectures')).toEqual(['native'])
  })

  test('holds no secret in the unit, which everybody may read', () => {
    expect(settings.get('EnvironmentFile')?.[0]).toMatch(/^\/etc\/matriarch\/(web|worker)\.env$/)
    expect((settings.get('Environment') ?? []).join(' ')).not.toMatch(/SECRET|PASSWORD|DATABASE_URL/)
  })
})

test('the workers alone keep state, and only they may look into it', () => {
  expect(settingsOf('docs/install/matriarch-worker.service').get('StateDirectoryMode')).toEqual(['0700'])
  expect(settingsOf('docs/install/matriarch-web.service').has('StateDirectory')).toBe(false)
})

test('the image does not run as root', () => {
  const lines = readFileSync(join(root, 'docs/install/Containerfile'), 'utf8').split('\n')
  expect(lines.filter((line) => line.startsWith('USER ')).at(-1)).toMatch(/^USER [1-9]\d*$/)
})
