import fc from 'fast-check'
import { expect, test } from 'vitest'
import { everywhere, type ClusterScope, type Grant } from './grant.ts'
import { meetGrants } from './meet-grants.ts'
import { holdersOf, isAllowed, permissions, roles, type Where } from './permission.ts'

const ids = ['a', 'b', 'c']
const labels = ['prod', 'test', 'eu']
const cluster: fc.Arbitrary<ClusterScope> = fc.record({ id: fc.constantFrom(...ids), labels: fc.subarray(labels) })
const where: fc.Arbitrary<Where> = fc.oneof(cluster, fc.constantFrom<Where>('anywhere', 'everywhere'))
const permission = fc.constantFrom(...permissions)
const grant: fc.Arbitrary<Grant> = fc.record({
  role: fc.constantFrom(...roles),
  scope: fc.oneof(
    fc.constant({ kind: 'all' as const }),
    fc.record({ kind: fc.constant('cluster' as const), clusterId: fc.constantFrom(...ids) }),
    fc.record({ kind: fc.constant('label' as const), label: fc.constantFrom(...labels) }),
  ),
})
const grants = fc.array(grant, { maxLength: 4 })

test('more grants never take a right away', () => {
  fc.assert(
    fc.property(grants, grants, permission, where, (some, more, asked, there) => {
      fc.pre(isAllowed(some, asked, there))
      expect(isAllowed([...more, ...some], asked, there)).toBe(true)
      expect(isAllowed([...some, ...more], asked, there)).toBe(true)
    }),
  )
})

test('a grant of a label holds exactly for clusters that carry it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...roles),
      fc.constantFrom(...labels),
      cluster,
      permission,
      (role, label, of, asked) => {
        const held = isAllowed([{ role, scope: { kind: 'label', label } }], asked, of)
        expect(held).toBe(holdersOf(asked).includes(role) && of.labels.includes(label))
      },
    ),
  )
})

test('a grant of one cluster holds there and nowhere else', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ids), cluster, permission, (clusterId, of, asked) => {
      expect(isAllowed([{ role: 'admin', scope: { kind: 'cluster', clusterId } }], asked, of)).toBe(of.id === clusterId)
    }),
  )
})

test('what is allowed everywhere is allowed at every cluster, and what is allowed at one is allowed somewhere', () => {
  fc.assert(
    fc.property(grants, permission, cluster, (held, asked, of) => {
      const [all, one, some] = [
        isAllowed(held, asked, 'everywhere'),
        isAllowed(held, asked, of),
        isAllowed(held, asked, 'anywhere'),
      ]
      expect([one || !all, some || !one]).toEqual([true, true])
    }),
  )
})

test('the console as a whole is for grants of everything alone', () => {
  const label = { role: 'admin', scope: { kind: 'label', label: 'prod' } } as const
  expect(isAllowed([label], 'users.manage', 'everywhere')).toBe(false)
  expect(isAllowed([everywhere('admin')], 'users.manage', 'everywhere')).toBe(true)
  expect(isAllowed([], 'clusters.read', 'anywhere')).toBe(false)
})

test('the rights of a token within those of its maker are never more than either', () => {
  fc.assert(
    fc.property(grants, grants, permission, where, (token, maker, asked, there) => {
      fc.pre(isAllowed(meetGrants(token, maker), asked, there))
      expect(isAllowed(token, asked, there) && isAllowed(maker, asked, there)).toBe(true)
    }),
  )
})

test('within an administrator of everything a token keeps all of its rights', () => {
  fc.assert(
    fc.property(grants, permission, where, (token, asked, there) => {
      const met = meetGrants(token, [everywhere('admin')])
      expect(isAllowed(met, asked, there)).toBe(isAllowed(token, asked, there))
    }),
  )
})
