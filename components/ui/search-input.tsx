'use client'

import { cx } from 'class-variance-authority'
import { Kbd } from './kbd.tsx'
import { Icon } from './icon.tsx'
import { control } from './text-input.tsx'

interface SearchInputProps {
  /** Its accessible name. */
  label: string
  placeholder?: string
  value: string
  /** Hears of every letter. */
  onChange: (value: string) => void
  /** `/` puts the cursor here: one a page. */
  isMain?: boolean
  className?: string
}

/** Narrows what is listed. */
export function SearchInput({
  label,
  placeholder = label,
  value,
  onChange,
  isMain = true,
  className,
}: SearchInputProps) {
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
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            if (value === '') event.currentTarget.blur()
            onChange('')
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
