import { expect, test } from 'vitest'
import { assess } from '#domain/judgement/assess.ts'
import type { HaproxyBackend } from './readings.ts'
import { writeRouteOf } from './route.ts'
import type { Snapshot } from './snapshot.ts'
import { follow } from '#domain/testing/follow.ts'
import { healthyWorld } from '#domain/testing/world.ts'

const noon = new Date('2026-11-23T12:00:00.000Z')

type Server = [name: string, address: string | null, isUp: boolean]

function backend(name: string, ...servers: Server[]): HaproxyBackend {
  return {
    name,
    sessions: 0,
    servers: servers.map(([server, address, isUp]) => ({
      name: server,
      address,
      isUp,
      status: isUp ? 'UP' : 'DOWN',
      check: '',
      sessions: 0,
    })),
  }
}

function through(backends: HaproxyBackend[], hosts: string[] = []): Snapshot {
  const snapshot = follow(healthyWorld(noon))
  const members = snapshot.members.map((member, index) => ({
    ...member,
    host: hosts[index] ?? member.host,
    apiUrl: hosts[index] ? `http://${hosts[index]}:8008` : member.apiUrl,
  }))
  return { ...snapshot, members, haproxy: { backends, seenAt: noon, problem: null } }
}

const critical = (snapshot: Snapshot) =>
  assess(snapshot, noon).findings.filter(({ severity }) => severity === 'critical')

test('members listed by DNS name, behind servers of other names, are not claimed to be somebody else', () => {
  const snapshot = through(
    [backend('primary', ['db1', '10.0.1.10:6432', false], ['db3', '10.0.1.12:6432', true])],
    ['one.example', 'two.example', 'three.example'],
  )
  expect(writeRouteOf(snapshot)).toBeNull()
  expect(critical(snapshot)).toEqual([])
})

test('a target that fits no member is not claimed to be wrong, though others fit', () => {
  const snapshot = through([backend('primary', ['pg-node-1', '10.9.9.1:6432', false], ['db3', '10.9.9.3:6432', true])])
  expect(writeRouteOf(snapshot)).toEqual({ backend: 'primary', targets: ['db3'], isKnown: false })
  expect(critical(snapshot)).toEqual([])
})

test("of a shared HAProxy the backend is read that has this cluster's members", () => {
  const snapshot = through([
    backend('shop_primary', ['pg-node-1', '10.0.7.10:5432', true], ['pg-node-2', '10.0.7.11:5432', false]),
    backend('crm_primary', ['a', '10.0.1.10:6432', false], ['c', '10.0.1.12:6432', true]),
  ])
  expect(writeRouteOf(snapshot)).toEqual({ backend: 'crm_primary', targets: ['pg-node-3'], isKnown: true })
  expect(critical(snapshot)).toEqual([])
})

test('members of one host are told apart by their ports', () => {
  const hosts = ['10.0.1.9', '10.0.1.9', '10.0.1.9']
  const snapshot = through(
    [backend('primary', ['a', '10.0.1.9:5431', false], ['b', '10.0.1.9:5432', false], ['c', '10.0.1.9:5433', true])],
    hosts,
  )
  const members = snapshot.members.map((member, index) => ({ ...member, port: 5431 + index }))
  expect(writeRouteOf({ ...snapshot, members })).toMatchObject({ targets: ['pg-node-3'] })
})

test('a server of an IPv6 address is the member that lives there', () => {
  const snapshot = through([backend('primary', ['a', '[fd00::3]:5432', true])], ['fd00::1', 'fd00::2', 'fd00::3'])
  expect(writeRouteOf(snapshot)).toMatchObject({ targets: ['pg-node-3'] })
})
