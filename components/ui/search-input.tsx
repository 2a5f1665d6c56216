'use client'

import { cx } from 'class-variance-authority'
import { useEffect, useState } from 'react'
import { Kbd } from './kbd.tsx'
import { Icon } from './icon.tsx'
import { control } from './text-input.tsx'

interface SearchInputProps {
  /** Its accessible name. */
  label: string
  placeholder?: string
  value: string
  /** Hears of the text when the typing pauses. */
  onChange: (value: string) => void
  /** `/` puts the cursor here: one a page. */
  isMain?: boolean
  className?: string
}

/** Narrows what is listed. It holds what is typed itself, so that no letter is lost to an address that follows slowly. */
export function SearchInput({
  label,
  placeholder = label,
  value,
  onChange,
  isMain = true,
  className,
}: SearchInputProps) {
  const [text, setText] = useState(value)
  const [told, setTold] = useState(value)
  const [known, setKnown] = useState(value)

  // The value was changed by other hands: a link, "clear", "back".
  if (value !== known) {
    setKnown(value)
    if (value !== told) {
      setText(value)
      setTold(value)
    }
  }

  // The address is the outside system; it is not written at every letter.
  useEffect(() => {
    if (text === told) return
    const timer = setTimeout(() => {
      setTold(text)
      onChange(text)
    }, 120)
    return () => clearTimeout(timer)
  }, [text, told, onChange])

  return (
    <span className={cx('relative', className)}>
      <Icon
        name="search"
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-3 size-3.5 -translate-y-1/2 text-faint"
      />
      <input
        type="search"
        {...(isMain ? { 'data-filter': '', 'aria-keyshortcuts': '/' } : {})}
        aria-label={label}
        placeholder={placeholder}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            if (text === '') event.currentTarget.blur()
            setText('')
          }
          // From the filter, straight down into what it found.
          const first = event.key === 'ArrowDown' ? document.querySelector('[data-row]') : null
          if (first instanceof HTMLElement) first.focus()
        }}
        className={cx(
          control,
          'peer h-9 border-line pl-8.5 placeholder-shown:pr-9 phone:h-11 [&::-webkit-search-cancel-button]:hidden',
        )}
      />
      {isMain ? (
        <span
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 right-2 hidden -translate-y-1/2 peer-placeholder-shown:md:block peer-focus:!hidden"
        >
          <Kbd>/</Kbd>
        </span>
      ) : null}
    </span>
  )
}
