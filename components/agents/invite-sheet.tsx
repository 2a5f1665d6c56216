'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence, fieldErrors } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { toast } from '#components/ui/toast.tsx'
import { agentPort, type NodeAgent } from '#domain/agent/agent.ts'
import type { RouterOutputs } from '#server/api/root.ts'
import { InvitationView } from './invitation-view.tsx'

interface InviteSheetProps {
  cluster: string
  node: NodeAgent
  onClose: () => void
}

/** Invites the agent of a node: first where it listens, then what to type there, until it is enrolled. */
export function InviteSheet({ cluster, node, onClose }: InviteSheetProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [address, setAddress] = useState(node.agent?.address ?? (node.host === null ? '' : withPort(node.host)))
  const [made, setMade] = useState<RouterOutputs['agents']['invite'] | null>(null)
  const invite = useMutation(
    trpc.agents.invite.mutationOptions({
      onSuccess: (invited) => {
        void queryClient.invalidateQueries({ queryKey: trpc.agents.pathKey() })
        setMade(invited)
      },
    }),
  )
  const cancel = useMutation(
    trpc.agents.cancelInvitation.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: trpc.agents.pathKey() })
        toast(`The invitation of ${node.node} is cancelled.`)
        onClose()
      },
    }),
  )
  const failure = invite.error ?? cancel.error
  const errors = fieldErrors(invite.error)
  const missing = address.trim() === '' ? 'Say where its agent listens.' : null
  const send = () => {
    if (missing === null && !invite.isPending) invite.mutate({ cluster, node: node.node, address })
  }
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={`Invite the agent of ${node.node}`}
      description="Both sides prove that they hold the token; from then on each knows the other's key."
      footer={
        <div className="flex flex-wrap justify-end gap-2 phone:*:flex-1">
          <Button onClick={onClose}>Close</Button>
          {node.invitation?.endedAt === null ? (
            <Button tone="danger" isBusy={cancel.isPending} onClick={() => cancel.mutate({ cluster, node: node.node })}>
              Cancel the invitation
            </Button>
          ) : null}
          {made ? null : (
            <Button type="submit" form="invite" tone="strong" isBusy={invite.isPending} disabledReason={missing}>
              Invite {node.node}
            </Button>
          )}
        </div>
      }
    >
      {made ? (
        <InvitationView made={made} node={node} onAgain={send} isBusy={invite.isPending} />
      ) : (
        <form
          id="invite"
          noValidate
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            send()
          }}
        >
          <Field
            label="Address of the agent"
            hint="Host and port on which it listens and the worker reaches it."
            error={errors['address']}
          >
            {(field) => (
              <TextInput
                {...field}
                className="font-mono"
                value={address}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => setAddress(event.target.value)}
              />
            )}
          </Field>
          {node.agent ? (
            <p className="text-muted">The agent that is enrolled stays until the new one has taken its place.</p>
          ) : null}
          {node.invitation?.endedAt === null ? (
            <p className="text-muted">The token made before is good for nothing as soon as there is a new one.</p>
          ) : null}
        </form>
      )}
      {failure && errors['address'] === undefined ? (
        <p role="alert" className="flex items-start gap-2.5 pt-4">
          <StateIcon tone="bad" className="mt-[3px]" />
          <span>{errorSentence(failure)}</span>
        </p>
      ) : null}
    </Sheet>
  )
}

function withPort(host: string): string {
  return `${host.includes(':') ? `[${host}]` : host}:${agentPort}`
}
