import { Table, Td, Th } from '#components/ui/table.tsx'
import { formatDuration } from '#domain/format.ts'
import type { PoolerClient } from '#domain/stack/pooler-detail.ts'

interface ClientTableProps {
  label: string
  clients: readonly { member: string | null; client: PoolerClient }[]
}

/** Clients of poolers; `member` null = all are of the one that the heading names. */
export function ClientTable({ label, clients }: ClientTableProps) {
  const hasMember = clients.some(({ member }) => member !== null)
  return (
    <Table aria-label={label}>
      <thead>
        <tr>
          {hasMember ? <Th>At</Th> : null}
          <Th>Client</Th>
          <Th keep="desktop">From</Th>
          <Th>State</Th>
          <Th align="right">Waits</Th>
        </tr>
      </thead>
      <tbody>
        {clients.map(({ member, client }) => (
          <tr key={`${member} ${client.address} ${client.port} ${client.id}`}>
            {hasMember ? <Td className="break-words">{member}</Td> : null}
            <Td className="break-words">
              {client.user} in {client.database}
              {client.application ? <span className="text-muted">, {client.application}</span> : null}
            </Td>
            <Td keep="desktop" className="font-mono text-sm break-all text-muted">
              {client.address}:{client.port}
            </Td>
            <Td>{client.state}</Td>
            <Td align="right" className="whitespace-nowrap">
              {client.waitSeconds > 0 ? formatDuration(client.waitSeconds * 1000) : '–'}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
