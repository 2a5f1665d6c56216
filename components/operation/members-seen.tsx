import { StateMark } from '#components/ui/state-mark.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import type { RestoreResult } from '#domain/recovery/restore-result.ts'

/** Each member as it was seen at the end. */
export function MembersSeen({ members }: { members: RestoreResult['members'] }) {
  return (
    <section aria-label="Members at the end" className="grid gap-1">
      <h3 className="font-medium">Members at the end</h3>
      <Table aria-label="Members at the end">
        <thead>
          <tr>
            <Th>Member</Th>
            <Th>Role</Th>
            <Th>State</Th>
            <Th align="right">Timeline</Th>
          </tr>
        </thead>
        <tbody>
          {members.map(({ name, role, timeline, isStreaming }) => (
            <tr key={name}>
              <Td className="font-medium">{name}</Td>
              <Td>{role}</Td>
              <Td>{stateOf(role, isStreaming)}</Td>
              <Td align="right">{timeline ?? 'unknown'}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  )
}

function stateOf(role: string, isStreaming: boolean) {
  if (role === 'leader' || role === 'master' || role === 'primary') return <StateMark tone="ok">leads</StateMark>
  return isStreaming ? <StateMark tone="ok">streams</StateMark> : <StateMark tone="warn">does not stream</StateMark>
}
