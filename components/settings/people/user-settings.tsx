'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { FactorPolicy } from '#components/factors/factor-policy.tsx'
import { useMay } from '#components/session/session-context.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Button } from '#components/ui/button.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { toast } from '#components/ui/toast.tsx'
import { useQueryParam } from '#components/url/use-query-params.ts'
import { ConfirmAct } from '../confirm-act.tsx'
import { OneTimeSecret } from '../one-time-secret.tsx'
import { ReadOnlyNote } from '../read-only-note.tsx'
import { SettingsHead } from '../settings-head.tsx'
import { InvitePerson } from './invite-person.tsx'
import { FactorsDialog } from './factors-dialog.tsx'
import { PersonSessions } from './person-sessions.tsx'
import { RightsDialog } from './rights-dialog.tsx'
import { UserTable, type UserAct } from './user-table.tsx'

/** Who may sign in, and what each may do. */
export function UserSettings() {
  if (useMay('people.read', 'everywhere')) return <Users />
  return <ReadOnlyNote>Only administrators and auditors see who may sign in.</ReadOnlyNote>
}

interface Told {
  title: string
  sentence: string
  secret: string
}

function Users() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const mayManage = useMay('users.manage', 'everywhere')
  const list = useQuery(trpc.users.list.queryOptions())
  const [isAdding, setIsAdding] = useQueryParam('add')
  const [asked, setAsked] = useState<UserAct | null>(null)
  const [told, setTold] = useState<Told | null>(null)

  const refresh = () => void queryClient.invalidateQueries({ queryKey: trpc.users.pathKey() })
  const update = useMutation(
    trpc.users.update.mutationOptions({
      onSuccess: (person) => {
        refresh()
        setAsked(null)
        toast(person.disabledAt ? `${person.name} cannot sign in any more.` : `${person.name} may sign in again.`)
      },
    }),
  )
  const reset = useMutation(
    trpc.users.resetPassword.mutationOptions({
      onSuccess: ({ password }) => {
        refresh()
        setTold(passwordTold(asked?.person.email ?? '', password))
        setAsked(null)
      },
    }),
  )
  const invite = useMutation(
    trpc.users.inviteAgain.mutationOptions({
      onSuccess: ({ user, link }) => {
        refresh()
        setTold(linkTold(user.email, link))
        setAsked(null)
      },
    }),
  )
  const ask = (act: UserAct) => {
    update.reset()
    reset.reset()
    invite.reset()
    setAsked(act)
  }
  const perform = ({ kind, person: { id } }: UserAct) => {
    if (kind === 'disable' || kind === 'enable') update.mutate({ id, disabled: kind === 'disable' })
    if (kind === 'reset') reset.mutate({ id })
    if (kind === 'invite') invite.mutate({ id })
  }
  const person = list.data?.find(({ id }) => id === asked?.person.id) ?? asked?.person
  const close = () => setAsked(null)

  return (
    <div className="grid gap-5">
      <SettingsHead
        sentence="Who may sign in, and what each may do where."
        act={
          mayManage ? (
            <Button onClick={() => setIsAdding('1')} className="border-line-strong">
              Invite a person
            </Button>
          ) : undefined
        }
      />
      {mayManage ? null : <ReadOnlyNote>An administrator invites people and changes their rights.</ReadOnlyNote>}
      {list.data ? <UserTable people={list.data} onAct={ask} /> : null}
      <QueryProblem query={list} />
      {list.isPending ? <Skeleton className="h-64" /> : null}
      {mayManage ? <FactorPolicy /> : null}
      {mayManage && isAdding !== '' ? (
        <InvitePerson
          onClose={() => setIsAdding('')}
          onInvited={({ email, link }) => {
            setIsAdding('')
            setTold(linkTold(email, link))
          }}
        />
      ) : null}
      {asked?.kind === 'rights' && person ? <RightsDialog person={person} onClose={close} /> : null}
      {asked?.kind === 'sessions' && person ? <PersonSessions person={person} onClose={close} /> : null}
      {asked?.kind === 'factors' && person ? <FactorsDialog person={person} onClose={close} /> : null}
      {asked && isConfirmed(asked) ? (
        <ConfirmAct
          act={actWords(asked.kind, asked.person.name)}
          sentence={consequences[asked.kind]}
          isBusy={update.isPending || reset.isPending || invite.isPending}
          error={update.error ?? reset.error ?? invite.error}
          onConfirm={() => perform(asked)}
          onClose={close}
        />
      ) : null}
      {told ? <OneTimeSecret {...told} onClose={() => setTold(null)} /> : null}
    </div>
  )
}

function passwordTold(email: string, secret: string): Told {
  const sentence =
    'It is shown only now. Hand it over in person or by a safe way; it can be changed under Account after signing in.'
  return { title: `Password of ${email}`, sentence, secret }
}

function linkTold(email: string, secret: string): Told {
  const sentence =
    'It is shown only now, and is good once, for seven days. Whoever has it becomes this person: hand it over by a safe way.'
  return { title: `Invitation of ${email}`, sentence, secret }
}

type ConfirmedKind = Exclude<UserAct['kind'], 'rights' | 'sessions' | 'factors'>

function isConfirmed(act: UserAct): act is UserAct & { kind: ConfirmedKind } {
  return act.kind !== 'rights' && act.kind !== 'sessions' && act.kind !== 'factors'
}

function actWords(kind: ConfirmedKind, name: string): string {
  switch (kind) {
    case 'disable':
      return `Disable ${name}`
    case 'enable':
      return `Let ${name} in again`
    case 'reset':
      return `Reset the password of ${name}`
    case 'invite':
      return `Make a new link for ${name}`
  }
}

const consequences = {
  disable:
    'All of their sessions and tokens end at once, and they cannot sign in. Links that they made end too: pages and badges that others watch, and invitations of people and agents that nobody has taken up. Somebody else makes new ones where they are still wanted. What they have done stays in the audit log.',
  enable: 'They sign in with the password they had, with the rights they had. Their tokens stay revoked.',
  reset: 'The console makes a new password and shows it once. All of their sessions end at once.',
  invite: 'The link of before is good for nothing any more. The new one is shown once.',
} as const satisfies Record<ConfirmedKind, string>
