'use client'

import { useOfferActs } from '#components/palette/page-acts.ts'
import { Age } from '#components/time/age.tsx'
import { Moment } from '#components/time/moment.tsx'
import { useMay, useViewer } from '#components/session/session-context.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Menu, type MenuEntry } from '#components/ui/menu.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import type { RouterOutputs } from '#server/api/root.ts'
import { GrantWords } from './grant-words.tsx'

export type Person = RouterOutputs['users']['list'][number]

/** What an administrator may do with somebody. */
export interface UserAct {
  kind: 'rights' | 'sessions' | 'factors' | 'invite' | 'disable' | 'enable' | 'reset'
  person: Person
}

export function UserTable({ people, onAct }: { people: readonly Person[]; onAct: (act: UserAct) => void }) {
  const viewer = useViewer()
  const mayManage = useMay('users.manage', 'everywhere')
  useOfferActs(
    (mayManage ? people : []).flatMap((person) =>
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
          <Th>Rights</Th>
          <Th keep="desktop">State</Th>
          <Th keep="desktop" align="right">
            Last seen
          </Th>
          {mayManage ? (
            <Th>
              <span className="sr-only">Acts</span>
            </Th>
          ) : null}
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
            <Td className="py-1.5">
              <GrantWords grants={person.grants} />
              <span className="block text-sm empty:hidden md:hidden">{stateWord(person)}</span>
            </Td>
            <Td keep="desktop" className="py-1.5 whitespace-nowrap">
              <PersonState person={person} />
            </Td>
            <Td keep="desktop" align="right" className="py-1.5 whitespace-nowrap text-muted">
              {person.lastSeenAt ? <Age at={person.lastSeenAt} after=" ago" /> : 'not lately'}
            </Td>
            {mayManage ? (
              <Td align="right" className="py-1.5">
                <Menu
                  trigger={
                    <Button tone="quiet" size="small" aria-label={`Change ${person.name}`}>
                      Change
                    </Button>
                  }
                  entries={entriesFor(person, person.id === viewer.id, onAct)}
                />
              </Td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function PersonState({ person: { disabledAt, hasJoined, invitationEndsAt } }: { person: Person }) {
  if (disabledAt) {
    return (
      <StateMark tone="quiet">
        disabled <Moment at={disabledAt} />
      </StateMark>
    )
  }
  if (hasJoined) return <StateMark tone="ok">may sign in</StateMark>
  if (invitationEndsAt === null) return <StateMark tone="quiet">no link is good any more</StateMark>
  return (
    <StateMark tone="quiet">
      invited until <Moment at={invitationEndsAt} />
    </StateMark>
  )
}

function stateWord({ disabledAt, hasJoined, invitationEndsAt }: Person): string {
  if (disabledAt) return 'disabled'
  if (hasJoined) return ''
  return invitationEndsAt === null ? 'no link is good any more' : 'invited'
}

function entriesFor(person: Person, isOwn: boolean, onAct: (act: UserAct) => void): MenuEntry[] {
  const own = isOwn ? 'This is you: another administrator can.' : null
  const entry = (kind: UserAct['kind'], label: string, more: Partial<MenuEntry> = {}): MenuEntry => ({
    label,
    onSelect: () => onAct({ kind, person }),
    ...more,
  })
  return [
    entry('rights', 'Change rights', { disabledReason: own }),
    entry('sessions', 'See sessions'),
    entry('factors', 'Second factors'),
    person.hasJoined
      ? entry('reset', 'Reset the password', { disabledReason: isOwn ? 'Change your own under Account.' : null })
      : entry('invite', 'Make a new link', { disabledReason: person.disabledAt ? 'Let them in again first.' : null }),
    person.disabledAt
      ? entry('enable', 'Let in again')
      : entry('disable', 'Disable', { isDanger: true, disabledReason: own }),
  ]
}
