'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { useEscape } from '#components/ui/use-escape.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { RecordView } from './record-view.tsx'
import { useIsWide } from './use-is-wide.ts'

interface RecordPanelProps {
  seq: number
  /** The record, where the list has it. */
  listed: AuditRecord | undefined
  onClose: () => void
}

/** The open record: beside the list where there is room, else in a sheet above it. */
export function RecordPanel({ seq, listed, onClose }: RecordPanelProps) {
  const isWide = useIsWide()
  const asked = useQuery(useTRPC().audit.get.queryOptions({ seq }, { enabled: listed === undefined, retry: false }))
  const record = listed ?? asked.data
  const content = (
    <>
      {record ? <RecordView record={record} /> : null}
      {!record && asked.error ? (
        <ErrorPanel
          sentence={errorSentence(asked.error)}
          onRetry={() => void asked.refetch()}
          isRetrying={asked.isFetching}
        />
      ) : null}
      {!record && asked.isPending ? <Skeleton className="h-96" /> : null}
    </>
  )
  if (!isWide) {
    return (
      <Sheet isOpen onClose={onClose} title={`Record ${seq}`}>
        {content}
      </Sheet>
    )
  }
  return (
    <Beside seq={seq} onClose={onClose}>
      {content}
    </Beside>
  )
}

function Beside({ seq, onClose, children }: { seq: number; onClose: () => void; children: ReactNode }) {
  const close = () => {
    // Back to where it was opened from; the row is there before the panel goes.
    document.querySelector<HTMLElement>(`[data-row="${seq}"]`)?.focus()
    onClose()
  }
  useEscape(close)
  return (
    <section
      aria-label={`Record ${seq}`}
      className="sticky top-4 grid max-h-[calc(100dvh-2rem)] content-start gap-4 overflow-y-auto rounded-lg border border-line bg-panel px-5 py-4 print:static print:max-h-none print:break-before-page"
    >
      <div className="flex items-center justify-between text-sm text-faint">
        <h2>Record {seq}</h2>
        <Button
          tone="quiet"
          size="icon"
          aria-label="Close the record"
          icon={<Icon name="close" />}
          onClick={close}
          className="-my-2 -mr-2 print-hidden"
        />
      </div>
      {children}
    </section>
  )
}
