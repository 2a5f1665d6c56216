'use client'

import { useSyncExternalStore } from 'react'
import { Icon } from './icon.tsx'
import { StateIcon, type Tone } from './state-mark.tsx'

/** Tells of something done, for six seconds; an error stays until it is closed. */
export function toast(sentence: string, tone: Tone = 'ok') {
  const id = ++lastId
  publish([...toasts.slice(-2), { id, sentence, tone }])
  if (tone !== 'bad' && tone !== 'down') setTimeout(() => dismiss(id), 6000)
}

export function Toaster() {
  const shown = useSyncExternalStore(
    subscribe,
    () => toasts,
    () => none,
  )
  return (
    <div
      role="status"
      className="pointer-events-none fixed right-4 bottom-4 z-50 grid w-[min(24rem,calc(100vw-2rem))] gap-2 print-hidden phone:bottom-20"
    >
      {shown.map((one) => (
        <div
          key={one.id}
          className="pointer-events-auto flex items-start gap-2.5 rounded-lg border border-line-strong bg-raised py-2.5 pr-2 pl-3.5 shadow-float"
        >
          <StateIcon tone={one.tone} className="mt-0.5" />
          <p className="flex-1">{one.sentence}</p>
          <button
            type="button"
            aria-label="Close this message"
            onClick={() => dismiss(one.id)}
            className="grid size-6 place-items-center rounded-sm text-muted hover:text-text"
          >
            <Icon name="close" className="size-3.5" />
          </button>
        </div>
      ))}
    </div>
  )
}

interface ToastEntry {
  id: number
  sentence: string
  tone: Tone
}

const none: ToastEntry[] = []
const listeners = new Set<() => void>()
let toasts: ToastEntry[] = none
let lastId = 0

function dismiss(id: number) {
  publish(toasts.filter((one) => one.id !== id))
}

function publish(next: ToastEntry[]) {
  toasts = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
