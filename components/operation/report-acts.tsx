'use client'

import { useState } from 'react'
import { useTRPCClient } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { toast } from '#components/ui/toast.tsx'
import { isEnded, type Operation } from '#domain/operation/operation.ts'
import { saveText } from './save-text.ts'

/** The report for whoever was not there: as a file, or on paper. */
export function ReportActs({ operation: { id, state } }: { operation: Operation }) {
  const client = useTRPCClient()
  const [isBusy, setIsBusy] = useState(false)
  if (!isEnded(state)) return null
  const download = async () => {
    setIsBusy(true)
    try {
      const { name, markdown } = await client.operations.report.query({ id })
      saveText(name, markdown)
    } catch (error) {
      toast(errorSentence(error), 'bad')
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <span className="flex flex-wrap justify-end gap-2 print-hidden">
      <Button size="small" isBusy={isBusy} onClick={() => void download()}>
        Download report
      </Button>
      <Button size="small" tone="quiet" className="phone:hidden" onClick={() => print()}>
        Print
      </Button>
    </span>
  )
}
