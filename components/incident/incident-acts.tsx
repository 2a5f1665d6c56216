'use client'

import { useState } from 'react'
import { LazySilenceSheet } from '#components/alerts/lazy-silence-sheet.tsx'
import { openSilence, type OpenedSilence } from '#components/alerts/opened-silence.ts'
import { aimsOfIncident } from '#components/alerts/silence-aims.ts'
import { useAcknowledge } from '#components/alerts/use-acknowledge.ts'
import { saveText } from '#components/operation/save-text.ts'
import { useOfferActs } from '#components/palette/page-acts.ts'
import { useMay } from '#components/session/session-context.tsx'
import { useTRPCClient } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { toast } from '#components/ui/toast.tsx'
import type { RouterOutputs } from '#server/api/root.ts'

/** What can be done with an incident: to look after it, to hear no more of it, to write it down. At the thumb on a phone. */
export function IncidentActs({ shown: { incident, alerts } }: { shown: RouterOutputs['incidents']['get'] }) {
  const may = useMay('incidents.answer')
  const acknowledge = useAcknowledge()
  const [silence, setSilence] = useState<OpenedSilence | null>(null)
  const { isBusy, save } = useExport(incident.number)
  const { number, clusterName, sentence, closedAt, acknowledgedBy } = incident
  const over = closedAt === null ? null : 'The incident is over.'
  const mayAcknowledge = over ?? (acknowledgedBy === null ? null : `${acknowledgedBy} has acknowledged it.`)
  const open = () =>
    setSilence((last) =>
      openSilence(last, {
        aims: aimsOfIncident(
          clusterName,
          alerts.filter(({ state }) => state === 'firing'),
        ),
        about: `Incident ${number}: ${sentence}`,
      }),
    )
  useOfferActs([
    ...(may
      ? [
          { label: 'Acknowledge', reason: mayAcknowledge, run: () => acknowledge.mutate({ number }) },
          { label: 'Silence', reason: over, run: open },
        ]
      : []),
    { label: 'Export as Markdown', reason: null, run: () => void save() },
  ])
  return (
    <div
      role="group"
      aria-label="Acts"
      className="flex flex-wrap gap-2 print-hidden phone:fixed phone:inset-x-0 phone:bottom-0 phone:z-30 phone:flex-nowrap phone:border-t phone:border-line phone:bg-panel phone:px-4 phone:pt-2.5 phone:pb-[max(0.625rem,env(safe-area-inset-bottom))] phone:*:flex-1"
    >
      {may && over === null ? (
        <>
          {acknowledgedBy === null ? (
            <Button tone="strong" isBusy={acknowledge.isPending} onClick={() => acknowledge.mutate({ number })}>
              Acknowledge
            </Button>
          ) : null}
          <Button onClick={open}>Silence</Button>
        </>
      ) : null}
      <Button isBusy={isBusy} onClick={() => void save()}>
        Export
      </Button>
      <LazySilenceSheet opened={silence} onClose={() => setSilence((last) => last && { ...last, isOpen: false })} />
    </div>
  )
}

/** Hands the incident to the browser as a file of Markdown. */
function useExport(number: number): { isBusy: boolean; save: () => Promise<void> } {
  const client = useTRPCClient()
  const [isBusy, setIsBusy] = useState(false)
  const save = async () => {
    setIsBusy(true)
    try {
      const { name, markdown } = await client.incidents.markdown.query({ number })
      saveText(name, markdown)
    } catch (error) {
      toast(errorSentence(error), 'bad')
    } finally {
      setIsBusy(false)
    }
  }
  return { isBusy, save }
}
