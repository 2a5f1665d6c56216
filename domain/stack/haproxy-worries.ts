import { backendRole } from '#domain/snapshot/backend-role.ts'
import { count, listNames } from '#domain/words.ts'
import { checkWords } from './haproxy-check-words.ts'
import type { HaproxyDetail, HaproxyProxy } from './haproxy-detail.ts'
import { type Worry, worriesByTone } from './worry.ts'

/** What stands out of HAProxy, worst first. */
export function haproxyWorries({ proxies }: HaproxyDetail): Worry[] {
  return worriesByTone(
    proxies.flatMap((proxy) => [
      ...writers(proxy),
      ...checks(proxy),
      ...leftBehind(proxy),
      ...queues(proxy),
      ...fullFrontends(proxy),
    ]),
  )
}

/** Who gets what: `HAProxy sends writes to pg-node-3 and reads to pg-node-1, 412 sessions.` */
export function haproxySentence({ proxies }: HaproxyDetail): string {
  const ways = (['primary', 'replica'] as const).flatMap((role) => {
    const own = proxies.filter(({ name, servers }) => servers.length > 0 && backendRole(name) === role)
    if (own.length === 0) return []
    const up = [...new Set(own.flatMap(({ servers }) => servers.filter(({ isUp }) => isUp).map(({ name }) => name)))]
    return [`${role === 'primary' ? 'writes' : 'reads'} to ${listNames(up)}`]
  })
  const sessions = proxies.reduce((sum, { backend }) => sum + (backend?.sessions ?? 0), 0)
  const sends = ways.length === 0 ? 'has no backend whose name says what it takes' : `sends ${listNames(ways)}`
  return `HAProxy ${sends}, with ${count(sessions, 'session')} open.`
}

function writers({ name, servers }: HaproxyProxy): Worry[] {
  if (servers.length === 0 || backendRole(name) !== 'primary') return []
  const up = servers.filter(({ isUp, admin }) => isUp && admin === 'ready')
  if (up.length === 0) return [{ tone: 'bad', sentence: `No server of ${name} is up: writes go nowhere.` }]
  if (up.length === 1) return []
  return [{ tone: 'bad', sentence: `${name} sends writes to ${listNames(up.map((server) => server.name))} at once.` }]
}

function checks({ name, servers }: HaproxyProxy): Worry[] {
  return servers.flatMap((server): Worry[] => {
    const { tone, sentence } = checkWords(server, backendRole(name))
    return tone === 'bad' ? [{ tone: 'warn', sentence: `${server.name} in ${name}: ${sentence}` }] : []
  })
}

/** Sessions are not moved when a server goes down, unless on-marked-down says so. */
function leftBehind({ name, servers }: HaproxyProxy): Worry[] {
  return servers
    .filter(({ isUp, admin, sessions }) => !isUp && admin === 'ready' && sessions > 0)
    .map(({ name: server, sessions }) => ({
      tone: 'warn',
      sentence: `${count(sessions, 'session')} of ${name} ${sessions === 1 ? 'is' : 'are'} still on ${server}, which is down there.`,
    }))
}

function queues({ name, backend }: HaproxyProxy): Worry[] {
  if (!backend || backend.queued === 0) return []
  return [{ tone: 'warn', sentence: `${count(backend.queued, 'session')} of ${name} wait in HAProxy's queue.` }]
}

function fullFrontends({ name, frontend }: HaproxyProxy): Worry[] {
  if (!frontend?.sessionsLimit || frontend.sessions < frontend.sessionsLimit * 0.9) return []
  return [
    {
      tone: frontend.sessions >= frontend.sessionsLimit ? 'bad' : 'warn',
      sentence: `${frontend.sessions} of ${frontend.sessionsLimit} sessions that ${name} takes are open.`,
    },
  ]
}
