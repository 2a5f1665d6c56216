import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readGrant, grantText } from './grant-text.ts'
import { isSameGrant, namedRoles, type Grant } from './grant.ts'
import { roles } from './permission.ts'

test.each([
  ['operator', { role: 'operator', scope: { kind: 'all' } }],
  ['admin@all', { role: 'admin', scope: { kind: 'all' } }],
  ['operator@cluster:orders', { role: 'operator', scope: { kind: 'cluster', cluster: 'orders' } }],
  ['viewer@label:team:eu@west', { role: 'viewer', scope: { kind: 'label', label: 'team:eu@west' } }],
  ['root', null],
  ['', null],
  ['viewer@', null],
  ['viewer@cluster', null],
  ['viewer@cluster:', null],
  ['viewer@somewhere', null],
])('%s is read as what it says', (text, grant) => {
  expect(readGrant(text)).toEqual(grant)
})

test('what is written of a grant is read again', () => {
  const name = fc.string({ minLength: 1 }).filter((text) => text.trim() === text && text !== '')
  fc.assert(
    fc.property(fc.constantFrom(...roles), name, fc.constantFrom('all', 'cluster', 'label'), (role, text, kind) => {
      const scopes: Record<string, Grant['scope']> = {
        all: { kind: 'all' },
        cluster: { kind: 'cluster', clusterId: text },
        label: { kind: 'label', label: text },
      }
      const scope = scopes[kind] ?? { kind: 'all' }
      const again = readGrant(grantText({ role, scope }))
      expect(again?.role).toBe(role)
      expect(again?.scope).toEqual(scope.kind === 'cluster' ? { kind: 'cluster', cluster: text } : scope)
    }),
  )
})

test('a grant is the same by role and place', () => {
  const of = (label: string): Grant => ({ role: 'viewer', scope: { kind: 'label', label } })
  expect(isSameGrant(of('a'), of('a'))).toBe(true)
  expect(isSameGrant(of('a'), of('b'))).toBe(false)
  expect(isSameGrant(of('a'), { role: 'viewer', scope: { kind: 'cluster', clusterId: 'a' } })).toBe(false)
})

test('roles are named as a sentence names them', () => {
  const at = (role: Grant['role']): Grant => ({ role, scope: { kind: 'all' } })
  expect(namedRoles([at('viewer'), at('operator'), at('viewer')])).toBe('viewer and operator')
  expect(namedRoles([])).toBe('nobody in particular')
})
