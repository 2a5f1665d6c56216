'use client'

import { defaultRangeExtractor, useWindowVirtualizer, type Range } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type RefObject } from 'react'
import { fleetColumns } from './fleet-columns.ts'
import type { FleetLine } from './fleet-lines.ts'
import { ClusterRow } from './fleet-row.tsx'
import { useFleetKeys } from './use-fleet-keys.ts'

interface FleetListProps {
  lines: readonly FleetLine[]
  filter: RefObject<HTMLElement | null>
  onOpen: (cluster: string) => void
}

/** The lines in view and a few around them; the page scrolls as if all were there. */
export function FleetList({ lines, filter, onOpen }: FleetListProps) {
  const list = useRef<HTMLDivElement>(null)
  const [selected, setSelected] = useState<string | null>(null)
  const [scrollMargin, setScrollMargin] = useState(0)
  const isFocusWanted = useRef(false)
  const selectedIndex = lines.findIndex((line) => line.key === selected)

  // Layout is the outside system: the list begins wherever what is above it ends.
  useEffect(() => {
    const measure = () => setScrollMargin(list.current ? list.current.getBoundingClientRect().top + scrollY : 0)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [])

  // It measures rows as they come: its answers differ at every render.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useWindowVirtualizer({
    count: lines.length,
    estimateSize: (index) => (lines[index]?.kind === 'group' ? 44 : 41),
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 10,
    useFlushSync: false,
    scrollMargin,
    initialRect: { width: 1200, height: 900 },
    // The selected row stays, wherever the page is scrolled to: the focus is on it.
    rangeExtractor: (range) => withIndex(range, selectedIndex),
  })

  const select = (key: string) => {
    isFocusWanted.current = true
    setSelected(key)
    virtual.scrollToIndex(lines.findIndex((line) => line.key === key))
  }
  // The document's focus follows the selection once its row is there.
  useEffect(() => {
    if (!isFocusWanted.current || selectedIndex < 0) return
    const link = list.current?.querySelector<HTMLElement>(`[data-index="${selectedIndex}"] a`)
    if (!link) return
    isFocusWanted.current = false
    link.focus({ preventScroll: true })
  })
  useFleetKeys({
    keys: lines.flatMap((line) => (line.kind === 'row' ? [line.key] : [])),
    selected,
    onSelect: select,
    onOpen: (key) => {
      const line = lines.find((one) => one.key === key)
      if (line?.kind === 'row') onOpen(line.row.name)
    },
    filter,
  })

  return (
    <div role="table" aria-label="Clusters" aria-rowcount={lines.length + 1}>
      <div role="rowgroup" className="sticky top-0 z-20 bg-page phone:sr-only">
        <div role="row" aria-rowindex={1} className={`${fleetColumns} px-2 py-1.5 text-sm text-faint`}>
          <div role="columnheader">State</div>
          <div role="columnheader">Cluster</div>
          <div role="columnheader">In a sentence</div>
          <div role="columnheader" className="max-xl:hidden">
            Leader
          </div>
          <div role="columnheader">Members</div>
          <div role="columnheader" className="text-right max-xl:hidden">
            Worst lag
          </div>
          <div role="columnheader" className="max-[88rem]:hidden">
            Last backup
          </div>
          <div role="columnheader" className="max-xl:hidden">
            Alerts
          </div>
          <div role="columnheader" className="text-right">
            Seen
          </div>
        </div>
      </div>
      <div ref={list} role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const line = lines[item.index]
          if (!line) return null
          return (
            <div
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              onFocus={() => setSelected(line.key)}
              role="row"
              aria-rowindex={item.index + 2}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${item.start - virtual.options.scrollMargin}px)` }}
            >
              {line.kind === 'group' ? (
                <div role="cell" className="flex items-baseline gap-2 px-2 pt-5 pb-1.5 phone:px-1">
                  <h2 className="font-semibold">{line.label}</h2>
                  <span className="text-sm text-faint">{line.size}</span>
                </div>
              ) : (
                <ClusterRow row={line.row} isSelected={line.key === selected} />
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function withIndex(range: Range, index: number): number[] {
  const shown = defaultRangeExtractor(range)
  return index < 0 || shown.includes(index) ? shown : [...shown, index].toSorted((one, other) => one - other)
}
