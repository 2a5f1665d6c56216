/** How long a window may last, as a list offers it, in seconds. */
export const windowLengths = [
  { value: '1800', label: '30 min' },
  { value: '3600', label: '1 h' },
  { value: '7200', label: '2 h' },
  { value: '14400', label: '4 h' },
  { value: '28800', label: '8 h' },
  { value: '86400', label: '1 day' },
  { value: '259200', label: '3 days' },
  { value: '604800', label: '7 days, the longest' },
] as const
