'use client'

import { type ReactNode, useState } from 'react'
import { OldMark } from '#components/layers/old-mark.tsx'
import { Card } from '#components/ui/card.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import type { PoolerServer } from '#domain/stack/pooler-detail.ts'
import type { PoolerTold } from '#domain/stack/pools-told.ts'
import { count } from '#domain/words.ts'
import { DatabaseList } from './database-list.tsx'
import { PoolerActs, type PoolerAsked, wholeActs } from './pooler-acts.tsx'
import { ClientTable } from './client-table.tsx'

interface PoolerCardProps {
  told: PoolerTold
  now: Date
  /** Null = whoever looks may not, or what is shown is old. */
  onAct: ((asked: PoolerAsked) => void) | null
}

/** One pgBouncer: what it is, and on demand who is connected to it and to what it is connected. */
export function PoolerCard({ told: { member, detail, looked }, now, onAct }: PoolerCardProps) {
  const { clients, clientsLeftOut, servers, serversLeftOut } = detail
  return (
    <div id={member} className="scroll-mt-4">
      <Card
        title={`pgBouncer on ${member}`}
        aside={
          <span>
            {detail.version} <OldMark looked={looked} now={now} />
          </span>
        }
      >
        <div className="grid gap-2">
          {onAct ? <PoolerActs acts={wholeActs} node={member} database={null} onAct={onAct} /> : null}
          <OnDemand summary={count(detail.databases.length, 'database')}>
            <DatabaseList member={member} databases={detail.databases} onAct={onAct} />
          </OnDemand>
          <OnDemand summary={`${count(clients.length + clientsLeftOut, 'client')}`}>
            <ClientTable label={`Clients of ${member}`} clients={clients.map((client) => ({ member: null, client }))} />
            <LeftOut amount={clientsLeftOut} noun="client" />
          </OnDemand>
          <OnDemand summary={`${count(servers.length + serversLeftOut, 'server connection')}`}>
            <ServerTable member={member} servers={servers} />
            <LeftOut amount={serversLeftOut} noun="server connection" />
          </OnDemand>
        </div>
      </Card>
    </div>
  )
}

/** Drawn only once it is opened: hundreds of rows that nobody looks at cost each look. */
function OnDemand({ summary, children }: { summary: string; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="h-8 rounded-sm py-1.5 select-none phone:h-11 phone:py-3">{summary}</summary>
      {isOpen ? children : null}
    </details>
  )
}

function LeftOut({ amount, noun }: { amount: number; noun: string }) {
  return amount === 0 ? null : <p className="pt-2 text-sm text-muted">{count(amount, `more ${noun}`)} not shown.</p>
}

function ServerTable({ member, servers }: { member: string; servers: readonly PoolerServer[] }) {
  return (
    <Table aria-label={`Server connections of ${member}`}>
      <thead>
        <tr>
          <Th>Server</Th>
          <Th keep="desktop">To</Th>
          <Th>State</Th>
          <Th align="right" data-tip="Process of Postgres behind it">
            Pid
          </Th>
        </tr>
      </thead>
      <tbody>
        {servers.map((server) => (
          <tr key={`${server.address} ${server.port} ${server.backendPid} ${server.database} ${server.user}`}>
            <Td className="break-words">
              {server.user} in {server.database}
            </Td>
            <Td keep="desktop" className="font-mono text-sm break-all text-muted">
              {server.address}:{server.port}
            </Td>
            <Td>
              {server.state}
              {server.closeNeeded ? <span className="text-muted">, closes after use</span> : null}
            </Td>
            <Td align="right" className="font-mono text-sm">
              {server.backendPid ?? '–'}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
