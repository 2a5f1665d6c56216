'use client'

import { cx } from 'class-variance-authority'
import { chooseTheme, useThemeChoice, type ThemeChoice as Choice } from '#components/shell/theme.ts'

/** Dark, light, or as this machine has it; kept in this browser. */
export function ThemeChoice() {
  const chosen = useThemeChoice()
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 pt-4">
      <span id="theme" className="text-muted">
        Theme
      </span>
      <div role="radiogroup" aria-labelledby="theme" className="flex gap-0.5">
        {choices.map(({ value, label }) => (
          <label
            key={value}
            className={cx(
              'flex h-8 items-center rounded-md px-2.5 has-focus-visible:outline-2 has-focus-visible:outline-info phone:h-11',
              value === chosen ? 'bg-raised text-text' : 'text-muted hover:bg-raised hover:text-text',
            )}
          >
            <input
              type="radio"
              name="theme"
              value={value}
              checked={value === chosen}
              onChange={() => chooseTheme(value)}
              className="sr-only"
            />
            {label}
          </label>
        ))}
      </div>
    </div>
  )
}

const choices = [
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
  { value: 'system', label: 'As this machine' },
] as const satisfies readonly { value: Choice; label: string }[]
