'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '#components/session/session-context.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { toast } from '#components/ui/toast.tsx'
import { useQueryParam } from '#components/url/use-query-params.ts'
import { FactorPolicy } from '#components/factors/factor-policy.tsx'
import { PersonFactors } from '#components/factors/person-factors.tsx'
import { ConfirmAct } from './confirm-act.tsx'
import { CreateUser } from './create-user.tsx'
import { OneTimeSecret } from './one-time-secret.tsx'
import { ReadOnlyNote } from './read-only-note.tsx'
import { SettingsHead } from './settings-head.tsx'
import { UserTable, type UserAct } from './user-table.tsx'

/** Who may sign in, and what each may do. */
export function UserSettings() {
  if (useMay('users.manage')) return <Users />
  return <ReadOnlyNote>Only administrators see and change who may sign in.</ReadOnlyNote>
}

function Users() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const list = useQuery(trpc.users.list.queryOptions())
  const [isAdding, setIsAdding] = useQueryParam('add')
  const [asked, setAsked] = useState<UserAct | null>(null)
  const [looked, setLooked] = useState<UserAct['person'] | null>(null)
  const [told, setTold] = useState<{ email: string; password: string } | null>(null)

  const refresh = () => void queryClient.invalidateQueries({ queryKey: trpc.users.pathKey() })
  const update = useMutation(
    trpc.users.update.mutationOptions({
      onSuccess: (person) => {
        refresh()
        setAsked(null)
        toast(person.disabledAt ? `${person.name} cannot sign in any more.` : `${person.name} is ${person.role}.`)
      },
    }),
  )
  const reset = useMutation(
    trpc.users.resetPassword.mutationOptions({
      onSuccess: ({ password }) => {
        refresh()
        setTold({ email: asked?.person.email ?? '', password })
        setAsked(null)
      },
    }),
  )
  const ask = (act: UserAct) => {
    update.reset()
    reset.reset()
    setAsked(act)
  }
  const perform = (act: UserAct) => {
    const { id } = act.person
    switch (act.kind) {
      case 'role':
        return update.mutate({ id, role: act.role })
      case 'disable':
        return update.mutate({ id, disabled: true })
      case 'enable':
        return update.mutate({ id, disabled: false })
      case 'reset':
        return reset.mutate({ id })
    }
  }

  return (
    <div className="grid gap-5">
      <SettingsHead
        sentence="Who may sign in, and what each may do."
        act={
          <Button onClick={() => setIsAdding('1')} className="border-line-strong">
            Add a person
          </Button>
        }
      />
      {list.data ? <UserTable people={list.data} onAct={ask} onFactors={setLooked} /> : null}
      <QueryProblem query={list} />
      {list.isPending ? <Skeleton className="h-64" /> : null}
      <FactorPolicy />
      {isAdding !== '' ? (
        <CreateUser
          onClose={() => setIsAdding('')}
          onCreated={(person) => {
            setIsAdding('')
            setTold(person)
          }}
        />
      ) : null}
      {asked ? (
        <ConfirmAct
          act={actWords(asked)}
          sentence={consequence(asked)}
          isBusy={update.isPending || reset.isPending}
          error={update.error ?? reset.error}
          onConfirm={() => perform(asked)}
          onClose={() => setAsked(null)}
        />
      ) : null}
      {looked ? (
        <Dialog
          isOpen
          onClose={() => setLooked(null)}
          title={`Second factors of ${looked.name}`}
          description={looked.email}
        >
          <div className="overflow-y-auto px-5 pt-2 pb-4">
            <PersonFactors person={looked} />
          </div>
        </Dialog>
      ) : null}
      {told ? (
        <OneTimeSecret
          title={`Password of ${told.email}`}
          sentence="It is shown only now. Hand it over in person or by a safe way; it can be changed under Account after signing in."
          secret={told.password}
          onClose={() => setTold(null)}
        />
      ) : null}
    </div>
  )
}

function actWords(act: UserAct): string {
  const { name } = act.person
  switch (act.kind) {
    case 'role':
      return `Make ${name} ${act.role}`
    case 'disable':
      return `Disable ${name}`
    case 'enable':
      return `Let ${name} in again`
    case 'reset':
      return `Reset the password of ${name}`
  }
}

function consequence(act: UserAct): string {
  switch (act.kind) {
    case 'role':
      return `They are ${act.person.role} now. The new role counts from their next request on.`
    case 'disable':
      return 'All of their sessions end at once, and they cannot sign in. What they have done stays in the audit log.'
    case 'enable':
      return `They sign in with the password they had and are ${act.person.role} again.`
    case 'reset':
      return 'The console makes a new password and shows it once. All of their sessions end at once.'
  }
}
