'use client'

import { useEffect, useRef } from 'react'

/**
 * One tooltip for the whole page: whatever carries `data-tip` shows it on hover, focus, or a tap on something disabled.
 * It costs a row of a long table nothing, and works the same for exact values, UTC times and reasons.
 */
export function TooltipLayer() {
  const ref = useRef<HTMLDivElement>(null)

  // The document's pointer and focus are the outside system.
  useEffect(() => {
    const bubble = ref.current
    if (!bubble) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let shown: Element | null = null

    const hide = () => {
      clearTimeout(timer)
      shown = null
      bubble.hidden = true
    }
    const show = (target: HTMLElement) => {
      const text = target.dataset['tip']
      if (!text) return
      shown = target
      bubble.textContent = text
      bubble.hidden = false
      place(bubble, target.getBoundingClientRect())
    }
    const enter = (event: Event) => {
      const target = tipOf(event.target)
      if (target === shown) return
      hide()
      if (!target) return
      if (event instanceof PointerEvent && event.type === 'pointerover' && event.pointerType === 'touch') return
      if (event.type === 'pointerover') timer = setTimeout(() => show(target), 350)
      else if (event.type === 'click' || target.matches(':focus-visible')) show(target)
    }
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide()
    }

    const signal = new AbortController()
    const options = { signal: signal.signal, passive: true }
    document.addEventListener('pointerover', enter, options)
    document.addEventListener('focusin', enter, options)
    document.addEventListener('click', enter, options)
    document.addEventListener('focusout', hide, options)
    document.addEventListener('keydown', leave, options)
    document.addEventListener('scroll', hide, { ...options, capture: true })
    return () => {
      clearTimeout(timer)
      signal.abort()
    }
  }, [])

  return (
    <div
      ref={ref}
      hidden
      role="tooltip"
      className="pointer-events-none fixed z-50 max-w-80 rounded-md border border-line-strong bg-raised px-2.5 py-1.5 text-sm whitespace-pre-line text-text shadow-float print-hidden"
    />
  )
}

function tipOf(target: EventTarget | null): HTMLElement | null {
  const found = target instanceof Element ? target.closest('[data-tip]') : null
  return found instanceof HTMLElement || found instanceof SVGElement ? asHtml(found) : null
}

/** SVG elements carry `dataset` and a box as HTML elements do; nothing else of them is used. */
function asHtml(element: HTMLElement | SVGElement): HTMLElement {
  return element as HTMLElement
}

function place(bubble: HTMLElement, around: DOMRect) {
  const edge = 8
  const box = bubble.getBoundingClientRect()
  const left = Math.min(Math.max(edge, around.left + around.width / 2 - box.width / 2), innerWidth - box.width - edge)
  const isAbove = around.top - box.height - edge > 0
  bubble.style.left = `${left}px`
  bubble.style.top = `${isAbove ? around.top - box.height - 6 : around.bottom + 6}px`
}
