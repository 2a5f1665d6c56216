import { expect, test } from 'vitest'
import { bindSecrets } from '#domain/bound-secret.ts'
import { readHaproxy } from '#server/adapters/haproxy/client.ts'
import { createPostgresLook } from '#server/adapters/postgres/client.ts'
import { serveHttp, serveTcp } from '#server/adapters/testing/local-server.ts'
import { createAccess } from './access.ts'
import { clusterWith } from './testing.ts'

const typed = {
  'patroni-password': 'a',
  'etcd-password': 'b',
  'haproxy-password': 'c',
  'postgres-password': 'd',
}
const given = {
  patroniUrls: ['http://10.0.1.10:8008'],
  etcdUrls: ['http://10.0.1.20:2379'],
  haproxyUrl: 'http://10.0.1.30:7000/',
}

test('no password reaches a host that it was not typed for, and each look says what to do', async () => {
  const heard: string[] = []
  await using stranger = await serveHttp((request, response) => {
    heard.push(`${request.method} ${request.url}`)
    response.end()
  })
  await using postgres = await serveTcp((socket) => {
    heard.push('a connection')
    socket.destroy()
  })
  const users = { patroniUser: 'u', etcdUser: 'u', haproxyUser: 'u', postgresUser: 'u' }
  const changed = { patroniUrls: [stranger.url], etcdUrls: [stranger.url], haproxyUrl: stranger.url }
  const access = createAccess(clusterWith({ ...users, ...changed }), bindSecrets(typed, given))
  const order = { leader: 'a', candidate: null, scheduledAt: null }
  expect(await access.patroni.requestSwitchover(stranger.url, order)).toMatchObject({
    kind: 'refused',
    sentence: expect.stringContaining(`was given for other hosts than ${stranger.url}`),
  })
  const barred = { kind: 'unauthorized', message: expect.stringContaining('type it again in the settings') }
  await expect(access.patroni.checkCredentials(stranger.url)).rejects.toMatchObject(barred)
  await expect(access.etcd?.listKeys('/service', 'main')).rejects.toMatchObject(barred)
  await expect(access.haproxy && readHaproxy(access.haproxy)).rejects.toMatchObject(barred)
  const place = access.postgresAt({ host: '127.0.0.1', port: Number(new URL(postgres.url).port), who: 'a' })
  await expect(place && createPostgresLook(place).read()).rejects.toMatchObject(barred)
  expect(heard).toEqual([])
})

test('where it was typed for, a password is sent', async () => {
  const heard: (string | undefined)[] = []
  await using haproxy = await serveHttp((request, response) => {
    heard.push(request.headers.authorization)
    response.writeHead(401).end()
  })
  const endpoints = { ...given, haproxyUrl: haproxy.url }
  const access = createAccess(clusterWith({ ...endpoints, haproxyUser: 'u' }), bindSecrets(typed, endpoints))
  await expect(access.haproxy && readHaproxy(access.haproxy)).rejects.toMatchObject({ kind: 'unauthorized' })
  expect(heard).toEqual([`Basic ${Buffer.from('u:c').toString('base64')}`])
})
