'use client'

import { cx } from 'class-variance-authority'
import { useState } from 'react'
import { Icon } from './icon.tsx'
import { toast } from './toast.tsx'

interface CopyProps {
  text: string
  /** What stands before the button; empty = the text stands elsewhere. */
  shown?: string
  /** What the button copies, where the shown text does not say it. */
  label?: string
  className?: string
}

/** An identifier with its copy button. */
export function Copy({ text, shown = text, label = shown, className }: CopyProps) {
  const [isCopied, setIsCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
    } catch {
      toast('This browser copies over HTTPS only: select the text instead.', 'warn')
      return
    }
    setIsCopied(true)
    setTimeout(() => setIsCopied(false), 1500)
  }
  return (
    <span className={cx('inline-flex min-w-0 items-center gap-1 font-mono text-sm', className)}>
      {shown === '' ? null : <span className="truncate">{shown}</span>}
      <button
        type="button"
        aria-label={`Copy ${label}`}
        onClick={() => void copy()}
        className="grid size-6 shrink-0 place-items-center rounded-sm text-faint hover:bg-raised hover:text-text print-hidden phone:size-9"
      >
        {isCopied ? <Icon name="check" className="size-3.5 text-ok" /> : <Icon name="copy" className="size-3.5" />}
      </button>
      <span role="status" className="sr-only">
        {isCopied ? 'Copied' : ''}
      </span>
    </span>
  )
}
