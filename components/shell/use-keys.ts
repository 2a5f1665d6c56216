'use client'

import { useEffect, useRef } from 'react'
import type { Line } from '#components/live/line.ts'
import { clusterInPath, paths } from '#components/paths.ts'
import type { ShellControls } from './shell-context.tsx'

interface Given {
  path: string
  go: (href: string) => void
  line: Line
  controls: ShellControls
}

/** Listens to the keys that work on every page. */
export function useKeys(given: Given) {
  const latest = useRef(given)
  useEffect(() => {
    latest.current = given
  })

  // The keyboard is the outside system.
  useEffect(() => {
    let isGoing = false
    let timer: ReturnType<typeof setTimeout> | undefined

    const press = (event: KeyboardEvent) => {
      const { path, go, line, controls } = latest.current
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        controls.openPalette()
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isModalOpen()) return
      if (isGoing) {
        isGoing = false
        const href = placeOf(event.key, path)
        if (href) go(href)
        return
      }
      switch (event.key) {
        case 'g':
          isGoing = true
          clearTimeout(timer)
          timer = setTimeout(() => (isGoing = false), 1200)
          break
        case '?':
          controls.openKeys()
          break
        case 'p':
          line.setPhase(line.read().phase === 'paused' ? 'connecting' : 'paused')
          break
        case '/': {
          const filter = document.querySelector('[data-filter]')
          if (filter instanceof HTMLElement) {
            event.preventDefault()
            filter.focus()
          }
          break
        }
      }
    }

    document.addEventListener('keydown', press)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('keydown', press)
    }
  }, [])
}

function placeOf(key: string, path: string): string | null {
  const cluster = clusterInPath(path)
  switch (key) {
    case 'f':
      return paths.fleet()
    case 'a':
      return paths.audit()
    case 's':
      return paths.clusterSettings()
    case 'e':
      return cluster === null ? paths.events() : paths.clusterEvents(cluster)
    case 'i':
      return cluster === null ? paths.alerts() : paths.clusterAlerts(cluster)
    case 'o':
      return cluster === null ? null : paths.cluster(cluster)
    case 'h':
      return cluster === null ? null : paths.clusterHistory(cluster)
    case 'p':
      return cluster === null ? null : paths.clusterOperations(cluster)
    default:
      return null
  }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
}

function isModalOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null
}
