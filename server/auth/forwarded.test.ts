import { expect, test } from 'vitest'
import { forwardedFor, trustedPeers } from './forwarded.ts'

const isTrusted = trustedPeers(['10.0.0.0/24', '2001:db8::7'])

test.each([
  ['a stranger who writes another address', '192.0.2.9', '203.0.113.1', '192.0.2.9'],
  ['a stranger who writes none', '192.0.2.9', undefined, '192.0.2.9'],
  ['a proxy on this machine', '127.0.0.1', '203.0.113.1', '203.0.113.1'],
  ['a proxy on this machine, heard on a socket of both families', '::ffff:127.0.0.1', '203.0.113.1', '203.0.113.1'],
  ['a proxy of a trusted network', '10.0.0.200', '1.2.3.4, 203.0.113.1', '1.2.3.4, 203.0.113.1'],
  ['a trusted proxy of the newer family', '2001:db8::7', '203.0.113.1', '203.0.113.1'],
  ['a neighbour of it', '2001:db8::8', '203.0.113.1', '2001:db8::8'],
  ['a trusted proxy that says nothing', '10.0.0.200', undefined, '10.0.0.200'],
  ['nobody any more', undefined, '203.0.113.1', ''],
])('of %s the address counts that it cannot choose', (_, peer, header, counted) => {
  expect(forwardedFor({ peer, header }, isTrusted)).toBe(counted)
})
