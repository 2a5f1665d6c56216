import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from './console/root.ts'

const units = ['docs/install/matriarch-web.service', 'docs/install/matriarch-worker.service']
const agentUnit = 'agent/install/matriarch-agent.service'
const analyze = '/usr/bin/systemd-analyze'

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

test('the agent runs as a user of its own, dumps no memory and leaves its state to nobody', () => {
  const settings = settingsOf(agentUnit)
  expect(settings.get('User')).toEqual(['matriarch-agent'])
  for (const [name, value] of [
    ['ProtectHome', 'yes'],
    ['ProtectControlGroups', 'yes'],
    ['StateDirectoryMode', '0700'],
    ['UMask', '0077'],
    ['LimitCORE', '0'],
  ])
    expect([name, settings.get(name ?? '')]).toEqual([name, [value]])
})

// Where there is no systemd there is nobody to ask; the settings above are held all the same.
describe.skipIf(!existsSync(analyze))('systemd itself', () => {
  test.each([...units, agentUnit])('understands every line of %s', (path) => {
    const { stdout, stderr } = spawnSync(analyze, ['verify', '--man=no', join(root, path)], { encoding: 'utf8' })
    // Node need not be where a production machine has it.
    const said = `${stdout}${stderr}`.split('\n').filter((line) => line !== '' && !line.includes('is not executable'))
    expect(said).toEqual([])
  })

  test.each(units)('calls %s well guarded', (path) => {
    const args = ['security', '--offline=true', '--threshold=20', '--no-pager', join(root, path)]
    expect(execFileSync(analyze, args, { encoding: 'utf8' })).toMatch(/Overall exposure level .*: 1\.\d OK/)
  })
})

describe('the image', () => {
  const lines = readFileSync(join(root, 'docs/install/Containerfile'), 'utf8').split('\n')
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')))

  test('runs as a user by number that owns nothing of what it runs', () => {
    expect(last.filter((line) => line.startsWith('USER '))).toEqual([expect.stringMatching(/^USER [1-9]\d*$/)])
    expect(last.findIndex((line) => line.startsWith('USER '))).toBeGreaterThan(
      last.findLastIndex((line) => /^(COPY|RUN) /.test(line)),
    )
    expect(last.join('\n')).not.toMatch(/--chown|chmod|setcap|sudo/)
  })

  test('is begun by the program itself, which hears when it is to stop', () => {
    expect(last.find((line) => line.startsWith('CMD '))).toMatch(/^CMD \["node", /)
  })

  test('holds no secret, and takes no key or state of a checkout with it', () => {
    expect(lines.join('\n')).not.toMatch(/SECRET|PASSWORD|DATABASE_URL|^ADD /m)
    const left = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n')
    for (const name of ['.git', '.state', '.next', 'node_modules', '**/*.env']) expect(left).toContain(name)
  })
})
