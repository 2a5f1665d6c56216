'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import type { Scope } from '#domain/people/grant.ts'
import type { WrittenGrant } from '#domain/people/grant-text.ts'
import { emptyGrant, grantIn, type GrantForm } from './grant-form.ts'
import { GrantFields } from './grant-fields.tsx'
import { keyOf, placeWords, sourceWords, type ListedGrant } from './grant-words.tsx'
import type { Person } from './user-table.tsx'

/** What a person may do, right by right; each change counts from their next request on. */
export function RightsDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [form, setForm] = useState<GrantForm>(emptyGrant)
  const onSettled = () => queryClient.invalidateQueries({ queryKey: trpc.users.pathKey() })
  const give = useMutation(trpc.users.grant.mutationOptions({ onSettled, onSuccess: () => setForm(emptyGrant) }))
  const take = useMutation(trpc.users.revoke.mutationOptions({ onSettled }))
  const wanted = grantIn(form)
  const error = give.error ?? take.error
  const isBusy = give.isPending || take.isPending
  const { id } = person
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Rights of ${person.name}`}
      description="They add up, and each change counts at once."
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <div className="grid gap-5 overflow-y-auto px-5 py-3">
        <ul aria-label="Rights" className="grid gap-px">
          {person.grants.map((grant) => (
            <li key={keyOf(grant)} className="flex min-h-9 items-center justify-between gap-3">
              <span className="min-w-0 break-words">
                <span className="font-medium">{grant.role}</span>{' '}
                <span className="text-muted">{[placeWords(grant), ...sourceWords(grant)].join(', ')}</span>
              </span>
              {grant.group === null ? (
                <Button
                  tone="quiet"
                  size="small"
                  isBusy={isBusy}
                  aria-label={`Take away ${grant.role} ${placeWords(grant)}`}
                  onClick={() => {
                    give.reset()
                    take.mutate({ id, grant: writtenOf(grant) })
                  }}
                >
                  Take away
                </Button>
              ) : null}
            </li>
          ))}
          {person.grants.some(({ group }) => group !== null) ? (
            <li className="pt-1 text-sm text-muted">
              What a group gives goes with it: at the provider, or under Sign-in.
            </li>
          ) : null}
          {person.grants.length === 0 ? <li className="text-muted">None: they see nothing.</li> : null}
        </ul>
        <div className="grid gap-3 border-t border-line pt-4">
          <GrantFields form={form} onChange={setForm} />
          <Button
            className="justify-self-start border-line-strong"
            isBusy={isBusy}
            disabledReason={wanted ? null : 'Say where the right holds.'}
            onClick={() => {
              take.reset()
              if (wanted) give.mutate({ id, grant: wanted })
            }}
          >
            Give this right
          </Button>
        </div>
        {error ? (
          <p role="alert" className="flex items-start gap-2.5">
            <StateIcon tone="bad" className="mt-[3px]" />
            <span>{errorSentence(error)}</span>
          </p>
        ) : null}
      </div>
    </Dialog>
  )
}

function writtenOf({ role, scope }: ListedGrant): WrittenGrant {
  return { role, scope: writtenScope(scope) }
}

function writtenScope(scope: Scope): WrittenGrant['scope'] {
  return scope.kind === 'cluster' ? { kind: 'cluster', cluster: scope.clusterId } : scope
}
