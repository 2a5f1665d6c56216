import { cx } from 'class-variance-authority'
import Search from 'lucide-react/icons/search'
import { control } from './text-input.tsx'

interface SearchInputProps {
  label: string
  value: string
  onChange: (value: string) => void
  className?: string
}

/** Narrows what is listed; `/` puts the cursor here. */
export function SearchInput({ label, value, onChange, className }: SearchInputProps) {
  return (
    <span className={cx('relative', className)}>
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-3 size-3.5 -translate-y-1/2 text-faint"
      />
      <input
        type="search"
        data-filter=""
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur()
          // From the filter, straight down into what it found.
          const first = event.key === 'ArrowDown' ? document.querySelector('[data-row]') : null
          if (first instanceof HTMLElement) first.focus()
        }}
        className={cx(control, 'h-9 border-line pl-8.5 phone:h-11 [&::-webkit-search-cancel-button]:hidden')}
      />
    </span>
  )
}
