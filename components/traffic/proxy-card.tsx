import { OldMark } from '#components/layers/old-mark.tsx'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { StateMark, type Tone } from '#components/ui/state-mark.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { backendRole } from '#domain/snapshot/backend-role.ts'
import { formatBytes, formatDuration } from '#domain/format.ts'
import type { HaproxyWish } from '#domain/plan/haproxy-plan.ts'
import { isLookedOld } from '#domain/stack/deep-age.ts'
import { checkWords } from '#domain/stack/haproxy-check-words.ts'
import type { HaproxyFrontend, HaproxyProxy, HaproxyServer } from '#domain/stack/haproxy-detail.ts'
import type { Looked } from '#domain/stack/stack-view.ts'

interface ProxyCardProps {
  proxy: HaproxyProxy
  looked: Looked<unknown>
  now: Date
  /** Null = whoever looks may not, or what is shown is old. */
  onAct: ((wish: HaproxyWish) => void) | null
}

/** One frontend with its backend: what comes in, and which server gets it. */
export function ProxyCard({ proxy: { name, frontend, backend, servers }, looked, now, onAct }: ProxyCardProps) {
  const role = backendRole(name)
  const isOld = isLookedOld(looked, now)
  return (
    <Card
      title={
        <>
          {name}
          {role === null ? null : (
            <span className="font-normal">, takes {role === 'primary' ? 'writes' : 'reads'}</span>
          )}
        </>
      }
      aside={<OldMark looked={looked} now={now} />}
    >
      <div className={isOld ? 'text-muted grayscale' : ''}>
        {frontend ? <Frontend frontend={frontend} /> : null}
        {backend && servers.length === 0 ? (
          <p className="text-muted">
            {role === null
              ? "It has no servers, as HAProxy's own page of statistics has none."
              : 'This backend has no server.'}
          </p>
        ) : null}
        {servers.length === 0 ? null : (
          <Table aria-label={`Servers of ${name}`}>
            <thead>
              <tr>
                <Th className="phone:w-24">Server</Th>
                <Th>State</Th>
                <Th align="right">Sessions</Th>
                <Th align="right" keep="desktop" data-tip="New sessions in the last second">
                  New
                </Th>
                <Th align="right" keep="wide" data-tip="To and from clients since HAProxy was last reloaded">
                  In, out
                </Th>
                <Th align="right" keep="wide">
                  Changed
                </Th>
              </tr>
            </thead>
            <tbody>
              {servers.map((server) => (
                <Server key={server.name} proxy={name} server={server} isOld={isOld} onAct={onAct} />
              ))}
            </tbody>
          </Table>
        )}
      </div>
    </Card>
  )
}

function Frontend({ frontend }: { frontend: HaproxyFrontend }) {
  const { status, sessions, sessionsLimit, rate, sessionsMax, requestErrors } = frontend
  return (
    <p className="pb-2 text-muted">
      Takes {sessions.toLocaleString('en-US')} {sessions === 1 ? 'session' : 'sessions'}
      {sessionsLimit === null ? '' : ` of ${sessionsLimit.toLocaleString('en-US')}`}, {rate} new each second, at most{' '}
      {sessionsMax.toLocaleString('en-US')} so far
      {requestErrors > 0 ? `; ${requestErrors.toLocaleString('en-US')} requests were faulty` : ''}
      {status === 'OPEN' ? '.' : `. It is ${status}.`}
    </p>
  )
}

interface ServerProps {
  proxy: string
  server: HaproxyServer
  isOld: boolean
  onAct: ProxyCardProps['onAct']
}

function Server({ proxy, server, isOld, onAct }: ServerProps) {
  const { tone, sentence } = checkWords(server, backendRole(proxy))
  const isLeftBehind = !server.isUp && server.sessions > 0
  return (
    <tr className="align-top">
      <Td className="py-1.5 break-words">
        <span className="font-semibold">{server.name}</span>
        {server.isBackup ? <span className="text-muted">, backup</span> : null}
        <span className="block font-mono text-sm break-all text-faint phone:hidden">{server.address}</span>
      </Td>
      <Td className="py-1.5">
        <StateMark tone={isOld ? 'unseen' : looks[tone]}>{stateWord(server)}</StateMark>
        <span className="block max-w-prose text-muted" data-tip={tipOf(server)}>
          {sentence}
        </span>
        <ServerAct proxy={proxy} server={server} onAct={onAct} />
      </Td>
      <Td align="right" className="py-1.5">
        {server.sessions.toLocaleString('en-US')}
        {server.queued > 0 ? <span className="block text-warn">{server.queued} queued</span> : null}
        {isLeftBehind ? (
          <span className="block text-sm">
            <StateMark tone={isOld ? 'unseen' : 'warn'}>left behind</StateMark>
          </span>
        ) : null}
      </Td>
      <Td align="right" keep="desktop" className="py-1.5 whitespace-nowrap">
        {server.rate} / s
      </Td>
      <Td align="right" keep="wide" className="py-1.5 whitespace-nowrap text-muted">
        {formatBytes(server.bytesIn)}, {formatBytes(server.bytesOut)}
      </Td>
      <Td align="right" keep="wide" className="py-1.5 whitespace-nowrap text-muted">
        {server.changedSeconds === null ? '–' : `${formatDuration(server.changedSeconds * 1000)} ago`}
      </Td>
    </tr>
  )
}

/** Maintenance stops the checks, so HAProxy alone is told to begin it. */
function ServerAct({ proxy, server: { name, admin }, onAct }: Omit<ServerProps, 'isOld'>) {
  if (onAct === null || admin === 'maint') return null
  const isDrained = admin === 'drain'
  return (
    <Button
      tone="quiet"
      size="small"
      className="-ml-2.5 print-hidden"
      aria-label={isDrained ? `Take ${name} back into ${proxy}` : `Drain ${name} in ${proxy}`}
      onClick={() => onAct({ act: isDrained ? 'ready' : 'drain', proxy, server: name })}
    >
      {isDrained ? 'Take back' : 'Drain'}
    </Button>
  )
}

const looks = { good: 'ok', expected: 'quiet', bad: 'bad', idle: 'info' } as const satisfies Record<string, Tone>

function stateWord({ isUp, admin }: HaproxyServer): string {
  if (admin === 'drain') return 'draining'
  if (admin === 'maint') return 'in maintenance'
  return isUp ? 'up' : 'down'
}

/** As HAProxy itself writes it. */
function tipOf({ check, checkCode, checkMilliseconds, lastCheck }: HaproxyServer): string {
  const took = checkMilliseconds === null ? '' : ` in ${checkMilliseconds} ms`
  return `${check}${checkCode === null ? '' : `/${checkCode}`}${took}${lastCheck === '' ? '' : `: ${lastCheck}`}`
}
