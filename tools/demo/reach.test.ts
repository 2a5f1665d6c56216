import { expect, test } from 'vitest'
import { judgeReach } from '#server/adapters/reach/reach.ts'
import { address, bridgeAddress, etcdUrls, haproxyStatisticsUrl, nodes, patroniUrls, ports } from '#lab/addresses.ts'
import { demoReach } from './reach.ts'

const mayReach = judgeReach({ networks: demoReach().split(', '), own: [] })

test('the demo reaches all of the lab that the console looks at', () => {
  const urls = [...patroniUrls, ...etcdUrls, haproxyStatisticsUrl].map((each) => new URL(each))
  const places: [string, number][] = [
    ...urls.map(({ hostname, port }): [string, number] => [hostname, Number(port)]),
    ...nodes.flatMap((node) =>
      [ports.postgres, ports.pgbouncer, ports.agent].map((port): [string, number] => [address[node], port]),
    ),
  ]
  expect(places.length).toBeGreaterThan(12)
  expect(places.filter(([host, port]) => !mayReach(host, port))).toEqual([])
})

test('and nothing else: not this machine by any address, nor the rest of the lab, its own network or the internet', () => {
  const others = [
    '127.0.0.1',
    '::1',
    bridgeAddress,
    address.writer,
    address.s3,
    '10.0.1.99',
    '10.0.2.10',
    '192.168.1.1',
  ]
  expect([...others, '169.254.169.254', '203.0.113.7'].filter((host) => mayReach(host, 443))).toEqual([])
})
