import { cva, cx, type VariantProps } from 'class-variance-authority'
import type { ComponentProps, MouseEvent, ReactNode } from 'react'

type ButtonProps = Omit<ComponentProps<'button'>, 'disabled' | 'type'> &
  VariantProps<typeof button> & {
    type?: 'button' | 'submit'
    /** Why it cannot be pressed now; the button stays reachable so that the reason can be read. */
    disabledReason?: string | null | undefined
    isBusy?: boolean | undefined
    icon?: ReactNode
    /** Said on hover where it can be pressed. */
    'data-tip'?: string | undefined
  }

export function Button({
  tone,
  size,
  className,
  disabledReason,
  isBusy = false,
  icon,
  'data-tip': tip,
  type = 'button',
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const isOff = disabledReason != null || isBusy
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (isOff) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <button
      {...rest}
      type={type}
      onClick={press}
      aria-disabled={isOff || undefined}
      aria-busy={isBusy || undefined}
      aria-description={disabledReason ?? undefined}
      data-tip={disabledReason ?? tip}
      className={cx(button({ tone, size }), className)}
    >
      {icon}
      {children}
    </button>
  )
}

/** The look of a button, for links that act as one. */
export const button = cva(
  [
    'inline-flex shrink-0 items-center justify-center gap-2 rounded-md border font-medium whitespace-nowrap select-none',
    'transition-colors duration-100 aria-disabled:cursor-not-allowed aria-busy:cursor-progress',
    '[&_svg]:size-4 [&_svg]:shrink-0',
  ],
  {
    variants: {
      tone: {
        plain:
          'border-line bg-panel text-text hover:not-aria-disabled:border-line-strong hover:not-aria-disabled:bg-raised aria-disabled:text-faint',
        /** The one act of a form that moves no lead. */
        strong:
          'border-text bg-text text-page hover:not-aria-disabled:border-muted hover:not-aria-disabled:bg-muted aria-disabled:border-line aria-disabled:bg-panel aria-disabled:text-faint',
        lead: 'border-lead bg-lead text-on-lead hover:not-aria-disabled:border-lead-strong hover:not-aria-disabled:bg-lead-strong aria-disabled:border-line aria-disabled:bg-panel aria-disabled:text-faint',
        danger:
          'border-line bg-panel text-bad hover:not-aria-disabled:border-bad hover:not-aria-disabled:bg-bad-soft aria-disabled:text-faint',
        quiet:
          'border-transparent bg-transparent text-muted hover:not-aria-disabled:bg-raised hover:not-aria-disabled:text-text aria-disabled:text-faint',
      },
      size: {
        small: 'h-7 px-2.5 text-sm phone:h-9',
        medium: 'h-9 px-3.5 phone:h-11',
        icon: 'size-8 phone:size-11',
      },
    },
    defaultVariants: { tone: 'plain', size: 'medium' },
  },
)
