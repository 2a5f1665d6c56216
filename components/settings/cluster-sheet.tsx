'use client'

import { useEffect, useRef, type FormEvent } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import { DiscoveryView } from './discovery-view.tsx'
import { AdvancedFields } from './advanced-fields.tsx'
import { PlainFields } from './plain-fields.tsx'
import { useClusterDraft, type ClusterDraftModel } from './use-cluster-draft.ts'

interface ClusterSheetProps {
  /** The cluster to change; null = a new one. */
  known: ClusterConfig | null
  onClose: () => void
}

/** Adds a cluster or changes one: what is typed is looked at first, and nothing is kept that does not answer. */
export function ClusterSheet({ known, onClose }: ClusterSheetProps) {
  const element = useRef<HTMLFormElement>(null)
  const model = useClusterDraft(known, onClose)
  const { form, change, errors, discovery, failure, missing, wrongTurn } = model
  const fields = { form, onChange: change, errors, known: known?.endpoints ?? null }
  const isReady = known !== null || missing === null

  // The document's focus is the outside system: it goes to the first thing that is wrong.
  useEffect(() => {
    if (wrongTurn > 0) element.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [wrongTurn])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isReady) model.save()
    else model.look()
  }

  return (
    <Sheet
      isOpen
      onClose={onClose}
      size="wide"
      title={known ? `Change ${known.name}` : 'Add a cluster'}
      description={known ? undefined : 'The console looks at it first. Nothing is kept until it answers.'}
      footer={<Acts model={model} known={known} isReady={isReady} />}
    >
      <form ref={element} id="cluster" onSubmit={submit} className="grid gap-5" noValidate>
        <PlainFields {...fields} />
        {failure === null ? null : (
          <p role="alert" className="flex items-start gap-2.5">
            <StateIcon tone="bad" className="mt-[3px]" />
            <span>{failure}</span>
          </p>
        )}
        <div aria-live="polite" className="empty:hidden">
          {discovery ? <DiscoveryView discovery={discovery} /> : null}
          {model.isLooking ? (
            <p className="text-muted">Looking at {form.patroniUrls}. This takes a few seconds.</p>
          ) : null}
        </div>
        <details open={model.isAdvanced} onToggle={(event) => model.setIsAdvanced(event.currentTarget.open)}>
          <summary className="w-fit rounded-sm text-muted hover:text-text phone:py-3">
            etcd, HAProxy, Postgres, credentials, labels
          </summary>
          <AdvancedFields {...fields} />
        </details>
      </form>
    </Sheet>
  )
}

interface ActsProps {
  model: ClusterDraftModel
  known: ClusterConfig | null
  isReady: boolean
}

/** Enter in a field presses the one of the two that is next. */
function Acts({ model, known, isReady }: ActsProps) {
  const name = model.form.name.trim()
  return (
    <div className="flex flex-wrap justify-end gap-2 phone:*:flex-1">
      <Button {...(isReady ? { onClick: model.look } : { type: 'submit', form: 'cluster' })} isBusy={model.isLooking}>
        {lookWord(model, known !== null)}
      </Button>
      <Button
        {...(isReady ? { type: 'submit', form: 'cluster' } : {})}
        tone="strong"
        isBusy={model.isSaving}
        disabledReason={model.missing}
      >
        {known ? 'Save the changes' : `Add ${name === '' ? 'the cluster' : name}`}
      </Button>
    </div>
  )
}

function lookWord({ isLooking, wasLooked }: ClusterDraftModel, isKnown: boolean): string {
  if (isLooking) return 'Looking'
  if (wasLooked) return 'Look again'
  return isKnown ? 'Try without saving' : 'Find its members'
}
