import type { KeyboardEvent } from 'react'

/** Arrows, Home and End move the focus among what carries `data-row` below the element that hears the key. */
export function moveAmongRows(event: KeyboardEvent<HTMLElement>) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')]
  const present = rows.findIndex((row) => row === event.target)
  if (present < 0) return
  const next = { ArrowDown: present + 1, ArrowUp: present - 1, Home: 0, End: rows.length - 1 }[event.key]
  const row = next === undefined ? undefined : rows[next]
  if (!row) return
  event.preventDefault()
  row.focus()
}
