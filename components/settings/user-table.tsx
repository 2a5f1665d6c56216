'use client'

import { useOfferActs } from '#components/palette/page-acts.ts'
import { Age } from '#components/time/age.tsx'
import { Moment } from '#components/time/moment.tsx'
import { useViewer } from '#components/session/session-context.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Menu, type MenuEntry } from '#components/ui/menu.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { roles } from '#domain/permission.ts'
import type { RouterOutputs } from '#server/api/root.ts'
import { roleWords } from './role-words.ts'

export type Person = RouterOutputs['users']['list'][number]

/** What an administrator may do with somebody. */
export type UserAct =
  | { kind: 'role'; person: Person; role: Person['role'] }
  | { kind: 'disable' | 'enable' | 'reset'; person: Person }

interface UserTableProps {
  people: readonly Person[]
  onAct: (act: UserAct) => void
  onFactors: (person: Person) => void
}

export function UserTable({ people, onAct, onFactors }: UserTableProps) {
  const viewer = useViewer()
  useOfferActs(
    people.flatMap((person) =>
      entriesFor(person, person.id === viewer.id, onAct).map(({ label, disabledReason, onSelect }) => ({
        label: `${person.name}: ${label}`,
        reason: disabledReason ?? null,
        run: onSelect,
      })),
    ),
  )
  return (
    <Table aria-label="People">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th keep="desktop">E-mail</Th>
          <Th>Role</Th>
          <Th keep="desktop">State</Th>
          <Th keep="desktop" align="right">
            Last seen
          </Th>
          <Th>
            <span className="sr-only">Acts</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.id} className={person.disabledAt ? 'text-muted' : ''}>
            <Td className="py-1.5">
              <span className="flex flex-wrap items-center gap-2">
                <span className="font-medium break-words">{person.name}</span>
                {person.id === viewer.id ? <Badge>you</Badge> : null}
              </span>
              <span className="block text-sm break-all text-muted md:hidden">{person.email}</span>
            </Td>
            <Td keep="desktop" className="py-1.5 break-all text-muted">
              {person.email}
            </Td>
            <Td className="py-1.5" data-tip={roleWords[person.role]}>
              {person.role}
              {person.disabledAt ? <span className="block text-sm md:hidden">disabled</span> : null}
            </Td>
            <Td keep="desktop" className="py-1.5 whitespace-nowrap">
              {person.disabledAt ? (
                <StateMark tone="quiet">
                  disabled <Moment at={person.disabledAt} />
                </StateMark>
              ) : (
                <StateMark tone="ok">may sign in</StateMark>
              )}
            </Td>
            <Td keep="desktop" align="right" className="py-1.5 whitespace-nowrap text-muted">
              {person.lastSeenAt ? <Age at={person.lastSeenAt} after=" ago" /> : 'not lately'}
            </Td>
            <Td align="right" className="py-1.5">
              <Menu
                trigger={
                  <Button tone="quiet" size="small" aria-label={`Change ${person.name}`}>
                    Change
                  </Button>
                }
                entries={[
                  { label: 'Second factors', onSelect: () => onFactors(person) },
                  ...entriesFor(person, person.id === viewer.id, onAct),
                ]}
              />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function entriesFor(person: Person, isOwn: boolean, onAct: (act: UserAct) => void): MenuEntry[] {
  const own = isOwn ? 'This is you: another administrator can.' : null
  return [
    ...roles
      .filter((role) => role !== person.role)
      .map((role) => ({
        label: `Make ${role === 'admin' ? 'an administrator' : `${role === 'operator' ? 'an' : 'a'} ${role}`}`,
        disabledReason: own,
        onSelect: () => onAct({ kind: 'role', person, role }),
      })),
    {
      label: 'Reset the password',
      disabledReason: isOwn ? 'Change your own under Account.' : null,
      onSelect: () => onAct({ kind: 'reset', person }),
    },
    person.disabledAt
      ? { label: 'Let in again', onSelect: () => onAct({ kind: 'enable', person }) }
      : { label: 'Disable', isDanger: true, disabledReason: own, onSelect: () => onAct({ kind: 'disable', person }) },
  ]
}
